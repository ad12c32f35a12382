#!/bin/sh
# Sees to a browser for the tests, once: `sh tools/chromium.sh NOTE` finds one or installs Debian's
# Chromium where that is allowed. It never fails; NOTE gets one line on why there is none, or
# nothing. `make browser` tries again.
note=$1
: >"$note"

give_up() {
	echo "$1" >"$note"
	echo "No browser for the tests: $1. They are skipped; everything else runs."
	exit 0
}

[ "$DETENTE_BROWSER" != no ] || give_up "DETENTE_BROWSER=no asks for none"
for name in ${DETENTE_BROWSER:-chromium chromium-browser google-chrome}; do
	if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
[ -z "$DETENTE_BROWSER" ] || give_up "DETENTE_BROWSER names '$DETENTE_BROWSER', which is no program"

command -v apt-get >/dev/null 2>&1 || give_up "there is no Chromium here and no apt-get to install it"
if [ "$(id -u)" -eq 0 ]; then
	as_root=
elif sudo -n true >/dev/null 2>&1; then
	as_root="sudo -n"
else
	give_up "there is no Chromium here and installing it needs root"
fi

echo "Installing Debian's Chromium for the tests (DETENTE_BROWSER=no leaves it out) ..."
apt_get() {
	# shellcheck disable=SC2086
	timeout 600 $as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 "$@" 2>&1
}
said=$(apt_get install --no-install-recommends chromium fonts-dejavu-core fonts-liberation) ||
	said=$(apt_get update && apt_get install --no-install-recommends chromium fonts-dejavu-core \
		fonts-liberation) ||
	give_up "apt-get could not install it ($(echo "$said" | grep -v '^$' | tail -n 1))"
