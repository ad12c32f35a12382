"""Which report a name means: an id, or the beginning of one.

Ids of reports are long ("001_f7f6e8dc"). Wherever people name a report, any beginning that no
other report has will do: in the citations of a case and in claims that somebody edits.
"""

from __future__ import annotations

from collections.abc import Collection

from detente.errors import unknown

SHOWN = 5
"""Of many ids that a name may mean, so many are shown."""


def meant(name: str, ids: Collection[str]) -> list[str]:
    """Return the ids that a name may mean: itself where it is one, else all that begin with it.

    Parameters
    ----------
    name : str
        What somebody wrote; an empty name means nothing.
    ids : collection of str
        The reports that there are.
    """
    if name in ids:
        return [name]
    return sorted(other for other in set(ids) if name and other.startswith(name))


def one_report(name: str, ids: Collection[str]) -> str | None:
    """Return the one id that a name means; None where it means none or several."""
    found = meant(name, ids)
    return found[0] if len(found) == 1 else None


def fault(name: str, ids: Collection[str]) -> str:
    """Say why a name does not mean one report, and what to do; nothing if it does."""
    found = meant(name, ids)
    if len(found) == 1:
        return ""
    if not found:
        return unknown("report", name, ids)
    names = ", ".join(f"'{other}'" for other in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return f"'{name}' may mean {names}{more}; write more of the name"
