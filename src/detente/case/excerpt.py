"""The part of a case file that some edits touch, read alone for the sake of speed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.document import Steps


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file that can be read alone, below the keys that lead to them.

    ``text`` is ``above``, the lines of those keys, and then the lines themselves; ``before`` and
    ``after`` is the rest of the file.
    """

    before: str
    above: str
    text: str
    after: str


_KEY = re.compile(r"""(?P<in> *)(?P<key>[\w.~+]+|"[^"\n\\]*"|'[^'\n]*')[ ]*:(?P<rest>[ ].*)?$""")
_BARE = re.compile(r" *(#.*)?$")


def excerpt(text: str, ways: Sequence[Steps]) -> Excerpt | None:
    """Return the smallest block of a file that holds all of some places; None for the whole file.

    Reading and writing take time with the length of a text, and most edits touch little of it.
    """
    lines = text.splitlines(keepends=True)
    start, end, indent = 0, len(lines), 0
    above: list[str] = []
    found: tuple[int, int, tuple[str, ...]] | None = None
    for depth in range(min((len(way) for way in ways), default=0) - 1):
        step = ways[0][depth]
        if any(way[depth] != step for way in ways) or not isinstance(step, str):
            break
        block = _block(lines, start, end, indent, step)
        if block is None:
            break
        found = (*block, tuple(above))
        match = _KEY.match(lines[block[0]].rstrip("\r\n"))
        inner = _first(lines, block[0] + 1, block[1])
        if match is None or not _BARE.match(match["rest"] or "") or inner <= indent:
            break
        above.append(lines[block[0]])
        start, end, indent = block[0] + 1, block[1], inner
    if found is None:
        return None
    first, last, keys = found
    head = "".join(keys)
    return Excerpt(
        "".join(lines[:first]), head, head + "".join(lines[first:last]), "".join(lines[last:])
    )


def _block(
    lines: Sequence[str], start: int, end: int, indent: int, key: str
) -> tuple[int, int] | None:
    """Return the lines of one key of a mapping; None where that cannot be told by its lines."""
    first, last = -1, end
    for at in range(start, end):
        line = lines[at].rstrip("\r\n")
        bare = line.lstrip(" ")
        if not bare or bare.startswith("#") or len(line) - len(bare) > indent:
            continue
        match = _KEY.match(line)
        if match is None or len(match["in"]) != indent:
            if bare.startswith("- ") and len(line) - len(bare) == indent:
                continue
            return None
        if match["key"].strip("\"'") == key:
            if first >= 0:
                return None
            first = at
        elif first >= 0 and last == end:
            last = at
    while last > first + 1 and _is_between(lines[last - 1], indent):
        last -= 1
    return (first, last) if first >= 0 else None


def _is_between(line: str, indent: int) -> bool:
    """Whether a line before the next key says something of that key, or nothing."""
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= indent)


def _first(lines: Sequence[str], start: int, end: int) -> int:
    """Return how far the first line with content is indented; -1 where it is an item of a list."""
    for line in lines[start:end]:
        bare = line.strip()
        if bare and not bare.startswith("#"):
            return -1 if bare.startswith("-") else len(line) - len(line.lstrip(" "))
    return -1
