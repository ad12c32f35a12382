"""A document read again after a change: only the lines around the change, where that will do.

Reading takes time with the length of a text, and most changes touch a line or two. The lines of
some neighbours in a block list or mapping are read alone, and hung in among the others, which keep
what they say and get the lines they stand in now. It is read as it would be in the whole because
nothing before such lines can reach into them, nor they into what follows: each begins where the
list or mapping stands, which ends whatever scalar came before, and they are a whole document.
Where anything is out of the ordinary, the answer is None, and the whole text is to be read.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from detente.case.document import MAX_NODES, Document, Node, composed, refuse_odd_characters
from detente.errors import CaseError

_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")
"""Ends of lines that need more care than they are worth."""

_MARKS = ("---", "...", "%")
"""Lines that begin so may end a document."""


Child: TypeAlias = tuple[Node | None, Node]
"""What a mapping holds, with its key; what a list holds has none."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Neighbours in a block list or mapping.

    Parameters
    ----------
    node : Node
        The list or mapping.
    first, last : int
        The neighbours, from 0, both of them included.
    start, end : int
        Their lines, from 0, end exclusive.
    """

    node: Node
    first: int
    last: int
    start: int
    end: int


def reread(before: Document, text: str) -> Document | None:
    """Return the document of a text that differs from one that was read; None to read the whole.

    It shares with the other document what did not change.

    Parameters
    ----------
    before : Document
        Of the other text; nothing may have been cut from it.
    text : str
        The text.
    """
    if before.twice or _ODD_BREAK.search(text) or _ODD_BREAK.search(before.text):
        return None
    try:
        refuse_odd_characters(text, before.file)
    except CaseError:
        return None
    old, new = before.text.splitlines(keepends=True), text.splitlines(keepends=True)
    way = [*_around(before.root, old, *_changed(old, new))]
    while way:
        made = _spliced(before, way, text, new, len(new) - len(old))
        if made is not None:
            return made
        way.pop()
    return None


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return the lines of the old text, from 0 and end exclusive, that others stand for now."""
    most = min(len(old), len(new))
    first = next((k for k in range(most) if old[k] != new[k]), most)
    most -= first
    same = next((k for k in range(most) if old[-1 - k] != new[-1 - k]), most)
    return first, len(old) - same


def _around(root: Node, lines: Sequence[str], first: int, last: int) -> Iterator[_Stretch]:
    """Yield the neighbours that hold some lines, from the top down, each within the one before.

    Where the lines begin with a neighbour, the one before it is taken too: what stands between
    two, such as an empty line, may belong to the first.
    """
    node, end = root, len(lines)
    while begins := _begins(node, lines):
        if first < begins[0]:
            return
        low = bisect_right(begins, first) - 1
        high = max(low, bisect_left(begins, last) - 1)
        if begins[low] == first:  # all of the first may be gone; something has to stay
            low, high = max(0, low - 1), min(high + (not low), len(begins) - 1)
        ends = [*begins[1:], end]
        yield _Stretch(node, low, high, begins[low], ends[high])
        if low != high:
            return
        node, end = _children(node)[low][1], ends[low]


def _begins(node: Node, lines: Sequence[str]) -> list[int]:
    """Return the line, from 0, of each child of a block list or mapping; nothing for others.

    Each must begin a line of its own, behind nothing but spaces, and the dash of a list.
    """
    heads = [value if key is None else key for key, value in _children(node)]
    mark = "" if node.items is None else "-"
    begins = [head.line - 1 for head in heads]
    for head, at in zip(heads, begins, strict=True):
        space = lines[at][: head.column - 1] if at < len(lines) else ""
        column = space.find(mark) if mark else len(space)
        if space.strip(" ") != mark or column != node.column - 1:
            return []
    there = begins[:1] == [node.line - 1] and all(a < b for a, b in itertools.pairwise(begins))
    return begins if there else []


def _children(node: Node) -> list[Child]:
    if node.entries is not None:
        return list(node.entries.values())
    return [(None, item) for item in node.items or ()]


def _spliced(
    before: Document, way: Sequence[_Stretch], text: str, new: Sequence[str], more: int
) -> Document | None:
    """Return a document with the last stretch of a way read from the new lines; None if it fails.

    Parameters
    ----------
    before : Document
        The document.
    way : sequence of _Stretch
        From the top of the tree; each but the last holds the next.
    text, new : str, sequence of str
        The new text, and its lines.
    more : int
        How many lines it has more than the old.
    """
    stretch = way[-1]
    lines = new[stretch.start : stretch.end + more]
    part = _read(lines, before.file, len(way) - 1)
    node = stretch.node
    if part is None or not _alike(part.root, node) or not _begins(part.root, lines):
        return None
    made = _children(part.root.moved(stretch.start))
    old = _children(node)
    gone = old[stretch.first : stretch.last + 1]
    values = before.values + part.values - 1 - _count(gone)
    children = [*old[: stretch.first], *made, *_moved(old[stretch.last + 1 :], more)]
    names = [key.text for key, _ in children if key is not None]
    if values > MAX_NODES or len(set(names)) < len(names):
        return None
    line = node.line if stretch.first else part.root.line + stretch.start
    root = _holding(Node(line, node.column), node, children)
    for above in reversed(way[:-1]):
        old, k = _children(above.node), above.first
        children = [*old[:k], (old[k][0], root), *_moved(old[k + 1 :], more)]
        root = _holding(Node(above.node.line, above.node.column), above.node, children)
    return Document(before.file, root, text=text, values=values)


def _read(lines: Sequence[str], file: str, depth: int) -> Document | None:
    """Return lines as a document of their own; None where that is none, or would end another."""
    if any(line.startswith(_MARKS) for line in lines):
        return None
    try:
        part = composed("".join(lines), file, depth)
    except CaseError:
        return None
    return None if part.twice or _ends_in_nothing(part.root) else part


def _ends_in_nothing(node: Node) -> bool:
    """Whether the last value is empty: ruamel.yaml then says that it stands where more follows."""
    children = _children(node)
    return _ends_in_nothing(children[-1][1]) if children else node.text is None


def _alike(one: Node, other: Node) -> bool:
    """Whether two nodes are both lists, or both mappings, and begin in the same column."""
    return one.column == other.column and (one.items is None) == (other.items is None)


def _holding(made: Node, like: Node, children: Sequence[Child]) -> Node:
    """Give a new node children, as a list or mapping like another."""
    if like.items is not None:
        made.items = [value for _, value in children]
    else:
        made.entries = {str(key.text): (key, value) for key, value in children if key is not None}
    return made


def _moved(children: Sequence[Child], lines: int) -> list[Child]:
    """Return children so many lines further down."""
    if not lines:
        return list(children)
    return [(key and key.moved(lines), value.moved(lines)) for key, value in children]


def _count(children: Sequence[Child]) -> int:
    """Return how many values there are, keys and what they hold too."""
    return sum(1 + (key is not None) + _count(_children(value)) for key, value in children)
