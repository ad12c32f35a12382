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
    ``after`` is the rest of the file. If these are items of a list, ``skipped`` of them stand
    before, and their positions are the step ``depth`` of a way.
    """

    before: str
    above: str
    text: str
    after: str
    depth: int = 0
    skipped: int = 0


_KEY = re.compile(r"""(?P<in> *)(?P<key>[\w.~+]+|"[^"\n\\]*"|'[^'\n]*')[ ]*:(?P<rest>[ ].*)?$""")
_BARE = re.compile(r" *(#.*)?$")


def excerpt(text: str, ways: Sequence[Steps], *, items: bool = False) -> Excerpt | None:
    """Return the smallest block of a file that holds all of some places; None for the whole file.

    Reading and writing take time with the length of a text, and most edits touch little of it.

    Parameters
    ----------
    text : str
        The file.
    ways : sequence of paths
        The places.
    items : bool
        Whether some items of a list will do, because the positions in ``ways`` are those that the
        items have in ``text``.
    """
    lines = text.splitlines(keepends=True)
    start, end, indent = 0, len(lines), 0
    above: list[str] = []
    found: Excerpt | None = None
    for depth in range(min((len(way) for way in ways), default=0)):
        steps = [way[depth] for way in ways]
        held = [step for step in steps if isinstance(step, int)]
        if items and above and len(held) == len(steps):
            first, last, skipped = _items(lines, start, end, min(held), max(held))
            return _cut(lines, first, last, above, depth, skipped) if last else found
        ends = depth + 1 == min(map(len, ways))
        if ends or held or any(step != steps[0] for step in steps):
            break
        block = _block(lines, start, end, indent, str(steps[0]))
        if block is None:
            break
        found = _cut(lines, *block, above)
        start, end = block[0] + 1, block[1]
        match = _KEY.match(lines[block[0]].rstrip("\r\n"))
        inner = _first(lines, start, end)
        if match is None or not _BARE.match(match["rest"] or "") or -1 < inner <= indent:
            break
        above.append(lines[block[0]])
        indent = inner
    return found


def _cut(
    lines: Sequence[str],
    first: int,
    last: int,
    above: Sequence[str],
    depth: int = 0,
    skipped: int = 0,
) -> Excerpt:
    """Return some lines, from 0 and end exclusive, below the keys that lead to them."""
    head, part = "".join(above), "".join(lines[first:last])
    before, after = "".join(lines[:first]), "".join(lines[last:])
    return Excerpt(before, head, head + part, after, depth, skipped)


def _items(lines: Sequence[str], start: int, end: int, low: int, high: int) -> tuple[int, int, int]:
    """Return the lines of some items of a list, and how many stand before; zeros for none.

    What stands between two items goes with the first of them, as ruamel.yaml has it.
    """
    begins: list[int] = []
    dash = -1
    for at in range(start, end):
        bare = lines[at].strip()
        if not bare or bare.startswith("#"):
            continue
        depth = len(lines[at]) - len(lines[at].lstrip(" "))
        dash = depth if dash < 0 else dash
        if depth == dash and (bare == "-" or bare.startswith("- ")):
            begins.append(at)
        elif depth <= dash or not begins:
            return 0, 0, 0
    if not 0 <= low <= high or not begins:
        return 0, 0, 0
    low, high = min(low, len(begins) - 1), min(high, len(begins) - 1)
    first = begins[low] if low else start
    return first, begins[high + 1] if high + 1 < len(begins) else end, low


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
