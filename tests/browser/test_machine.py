"""Seeing to a browser: found, installed where that is allowed, and never in the way of the rest."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess

import pytest

from browser.machine import ROOT, tool

SCRIPT = ROOT / "tools" / "chromium.sh"
NEEDED = ("env", "grep", "tail", "timeout")
pytestmark = pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing but what is put on it; returns how to put a program there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv(tool.VARIABLE, raising=False)

    def put(name: str, lines: str) -> None:
        file = programs / name
        file.write_text(f"#!{SHELL}\n{lines}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return put


SHELL = shutil.which("sh")


def see_to_it(tmp_path) -> tuple[str, str]:
    """Run the script; what it printed, and the line it left."""
    note = tmp_path / "note"
    run = subprocess.run(
        [SHELL, SCRIPT, note], env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout, note.read_text()


@pytest.mark.parametrize("name", tool.NAMES)
def test_a_browser_that_is_there_is_taken(machine, tmp_path, name):
    machine(name, "exit 0")
    machine("apt-get", "echo must not run; exit 1")
    assert see_to_it(tmp_path) == ("", "")
    assert tool.found().name == name


def test_root_gets_one_by_apt(machine, tmp_path):
    machine("id", "echo 0")
    machine("apt-get", f'echo "$@" >>{tmp_path}/asked')
    told, note = see_to_it(tmp_path)
    assert told.count("\n") == 1
    assert "Installing Debian's Chromium" in told
    assert note == ""
    asked = (tmp_path / "asked").read_text()
    assert " install --no-install-recommends chromium " in asked
    assert "update" not in asked


def test_old_lists_are_renewed_once(machine, tmp_path):
    machine("id", "echo 0")
    listed = tmp_path / "listed"
    machine(
        "apt-get",
        f'case "$*" in *update*) : >{listed};; *) test -e {listed};; esac',
    )
    _, note = see_to_it(tmp_path)
    assert note == ""
    assert listed.exists()


def test_without_a_network_the_reason_is_kept(machine, tmp_path):
    machine("id", "echo 0")
    machine("apt-get", "echo Reading; echo 'E: Unable to fetch some archives'; exit 100")
    told, note = see_to_it(tmp_path)
    assert "apt-get could not install it (E: Unable to fetch some archives)" in note
    assert "are skipped" in told
    assert tool.found() is None


@pytest.mark.parametrize("sudo", [None, "exit 1"], ids=["no sudo", "sudo asks for a password"])
def test_others_are_not_asked_for_a_password(machine, tmp_path, sudo):
    machine("id", "echo 1000")
    machine("apt-get", "echo must not run; exit 1")
    if sudo:
        machine("sudo", sudo)
    assert "needs root" in see_to_it(tmp_path)[1]


def test_sudo_without_a_password_serves(machine, tmp_path):
    machine("id", "echo 1000")
    machine("sudo", f'shift; echo "$@" >>{tmp_path}/asked')
    machine("apt-get", "echo must not run; exit 1")
    assert see_to_it(tmp_path)[1] == ""
    assert "apt-get" in (tmp_path / "asked").read_text()


def test_another_system_is_left_alone(machine, tmp_path):
    assert "no apt-get" in see_to_it(tmp_path)[1]


@pytest.mark.parametrize(
    ("named", "why"), [("no", "asks for none"), ("nosuchbrowser", "which is no program")]
)
def test_the_variable_comes_first(machine, monkeypatch, tmp_path, named, why):
    machine("chromium", "exit 0")
    monkeypatch.setenv(tool.VARIABLE, named)
    assert why in see_to_it(tmp_path)[1]
    assert tool.found() is None


def test_the_variable_names_a_browser(machine, monkeypatch, tmp_path):
    machine("mybrowser", "exit 0")
    monkeypatch.setenv(tool.VARIABLE, "mybrowser")
    assert see_to_it(tmp_path) == ("", "")
    assert tool.found().name == "mybrowser"
