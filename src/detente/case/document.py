"""YAML text as a tree that knows where everything stands; what is odd or hostile is refused.

Only ruamel.yaml's events are used: its composer recurses, resolves aliases and drops positions,
all of which a file from a stranger should not be able to set off. Scalars stay text, as typed;
:mod:`detente.case.schema` says which of them must be numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from detente.errors import CaseError, Place, Problem

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.events import Event

MAX_BYTES = 1_000_000
"""Largest file read; the longest hand-made cases have some 50 kB."""

MAX_DEPTH = 30
"""Deepest nesting of lists and mappings; a case needs 7."""

MAX_NODES = 20_000
"""Most values in one file; like the limits above and below, it keeps reading near a second."""

MAX_LINES = 50_000
"""Most lines, empty ones included."""

MAX_LINE = 200_000
"""Longest line in characters."""

Steps: TypeAlias = tuple[str | int, ...]
"""The way from the top of a document to something in it: keys and positions from 0."""


class Plain(str):
    """Text that stood without quotes, and so might be meant as a number or as true or false."""

    __slots__ = ()


@dataclass(slots=True)
class Node:
    """A scalar, list or mapping of the document.

    Parameters
    ----------
    line, column : int
        From 1.
    text : str, optional
        A scalar's text; None for lists and mappings, and for an empty value.
    verbatim : int
        Characters between ``column`` and the text's first one, or -1 if the text is not written
        in one piece on one line.
    """

    line: int
    column: int
    text: str | None = None
    verbatim: int = -1
    items: list[Node] | None = None
    entries: dict[str, tuple[Node, Node]] | None = None

    def moved(self, lines: int) -> Node:
        """Return a copy with all that it holds, so many lines further down."""
        made = Node(self.line + lines, self.column, self.text, self.verbatim)
        if self.items is not None:
            made.items = [item.moved(lines) for item in self.items]
        if self.entries is not None:
            made.entries = {
                name: (key.moved(lines), value.moved(lines))
                for name, (key, value) in self.entries.items()
            }
        return made


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document and its places.

    Parameters
    ----------
    file : str
        As the user named it.
    root : Node
        The top of the tree.
    problems : tuple of Problem
        What is wrong without stopping the reading: keys that stand twice.
    twice : tuple of paths
        Where those keys lead; the first value counts.
    text : str
        What was read.
    values : int
        How many scalars, lists and mappings it holds, keys too.
    """

    file: str
    root: Node
    problems: tuple[Problem, ...] = ()
    twice: tuple[Steps, ...] = ()
    text: str = ""
    values: int = 0

    def place(self, path: Steps, offset: int = 0, *, key: bool = False) -> Place:
        """Return where something stands.

        Parameters
        ----------
        path : tuple of str and int
            Steps that lead nowhere are skipped, so the place of a missing key is its mapping's.
        offset : int
            A character within the scalar there, from 0.
        key : bool
            Whether the key is meant, and not its value.
        """
        real = self._nearest(path)
        node = self._walk(real)
        above = self._walk(real[:-1]).entries if real else None
        if key and above is not None:
            node = above[str(real[-1])][0]
        shift = node.verbatim + offset if node.verbatim >= 0 else 0
        return Place(self.file, node.line, node.column + shift)

    def cut(self, paths: Iterable[Steps]) -> tuple[Steps, ...]:
        """Take things out of the tree, and return the paths of what was really cut.

        Parameters
        ----------
        paths : iterable of paths
            Of each path the last step that leads somewhere is cut.
        """
        real = {self._nearest(path) for path in paths}
        for path in sorted(
            real,
            key=lambda p: [(str(s), 0) if isinstance(s, str) else ("", s) for s in p],
            reverse=True,
        ):
            above = self._walk(path[:-1])
            if path and above.entries is not None:
                del above.entries[str(path[-1])]
            elif path and above.items is not None:
                del above.items[int(path[-1])]
        return tuple(real)

    def _nearest(self, path: Steps) -> Steps:
        """Return the path without the steps that lead nowhere."""
        node, real = self.root, []
        for step in path:
            if isinstance(step, str) and node.entries and step in node.entries:
                node = node.entries[step][1]
            elif isinstance(step, int) and node.items and step < len(node.items):
                node = node.items[step]
            else:
                continue
            real.append(step)
        return tuple(real)

    def _walk(self, path: Steps) -> Node:
        node = self.root
        for step in path:
            if node.entries is not None:
                node = node.entries[str(step)][1]
            elif node.items is not None:
                node = node.items[int(step)]
        return node

    def has(self, path: Steps) -> bool:
        """Tell whether every step of a path leads somewhere."""
        return self._nearest(path) == path

    def plain(self) -> object:
        """Return the document as nested dicts, lists, strings and None."""
        return _plain(self.root)


def read(text: str, *, file: str) -> Document:
    """Read one YAML document.

    Raises
    ------
    CaseError
        If it is not YAML, holds nothing, or uses what cases have no use for: aliases, tags,
        several documents, nesting or size beyond all need.
    """
    refuse_odd_characters(text, file)
    return composed(text, file)


def composed(text: str, file: str, depth: int = 0) -> Document:
    """Return a document of a text whose characters and lines are none too many and none odd.

    Parameters
    ----------
    text : str
        The YAML.
    file : str
        As the user named it.
    depth : int
        How many lists and mappings hold the text, if it is a part.
    """
    return _Composer(text, file, depth).document()


def decode(data: bytes, *, file: str, size: int | None = None) -> str:
    """Return the text of a file's bytes.

    Parameters
    ----------
    data : bytes
        The file's content, or so much of it that it is known to be too long.
    file : str
        What messages call it.
    size : int, optional
        Bytes of the whole file; by default those given.

    Raises
    ------
    CaseError
        If there are too many of them, or they are not UTF-8.
    """
    size = len(data) if size is None else size
    if size > MAX_BYTES:
        raise _error(
            Place(file),
            f"the file has {size / 1e6:,.1f} MB; a case may have {MAX_BYTES / 1e6:,.0f} MB",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(
            Place(file, line), "this is not UTF-8 text; save the file as UTF-8, or name a case file"
        ) from None


def _plain(node: Node) -> object:
    if node.entries is not None:
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if node.items is not None:
        return [_plain(item) for item in node.items]
    return node.text


# What no text file holds, by oversight or not; direction marks are allowed, names may need them.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def refuse_odd_characters(text: str, file: str) -> None:
    """Refuse a text that no reader should be given; CaseError says why."""
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        column = odd.start() - text.rfind("\n", 0, odd.start())
        raise _error(
            Place(file, line, column),
            f"the character U+{ord(odd.group()):04X} does not belong in a text file; "
            "delete it, or name a case file",
        )
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        message = f"the file has {len(lines):,} lines; at most {MAX_LINES:,} are read"
        raise _error(Place(file), message)
    for number, line_text in enumerate(lines, 1):
        if len(line_text) > MAX_LINE:
            raise _error(
                Place(file, number),
                f"the line has {len(line_text):,} characters; at most {MAX_LINE:,} are read",
            )


# --- events to nodes --------------------------------------------------------------------------


class _Composer:
    """Builds the tree from events with a stack of its own, so that depth cannot hurt."""

    def __init__(self, text: str, file: str, depth: int) -> None:
        self.text, self.file, self.depth = text, file, depth
        self.open: list[Node] = []
        self.keys: list[Node | None] = []  # for each open node, the key that waits for its value
        self.root: Node | None = None
        self.count = self.documents = 0
        self.problems: list[Problem] = []
        self.twice: list[Steps] = []

    def document(self) -> Document:
        """Return the finished document."""
        try:
            for event in self._events():
                self._take(event)
        except RecursionError:
            raise _error(Place(self.file), "the file is nested too deep to be read") from None
        top = self.root or Node(0, 0)
        if top.text is None and top.items is None and top.entries is None:
            raise _error(Place(self.file), "the file is empty; 'detente new' writes a first case")
        problems, twice = tuple(self.problems), tuple(self.twice)
        return Document(self.file, top, problems, twice, self.text, self.count)

    def _events(self) -> Iterator[Event]:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)
            raise _error(place, _in_plain_words(error, self.text)) from None
        except (YAMLError, ValueError, AttributeError, IndexError) as error:
            # ruamel's scanner trips over some broken files with errors of Python's own.
            raise _error(Place(self.file), f"this is not YAML: {error}") from None

    def _take(self, event: Event) -> None:
        """Add what one event says to the tree."""
        kind = type(event).__name__
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise _error(place, "a second document begins here; a file holds one case")
        elif kind == "AliasEvent":
            raise _error(place, "aliases such as '*name' are not read; write the value out again")
        elif kind in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent"}:
            self._refuse_tag(event, place)
            self._begin(event, kind, place)
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            self.open.pop()
            self.keys.pop()

    def _refuse_tag(self, event: Event, place: Place) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = _shown(str(tag).replace("tag:yaml.org,2002:", "!!"))
            raise _error(place, f"tags such as '{shown}' are not read; delete it")

    def _begin(self, event: Event, kind: str, place: Place) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise _error(place, f"the file holds more than {MAX_NODES:,} values; split the case")
        node = Node(place.line, place.column)
        if kind == "ScalarEvent":
            self._fill(node, event, place)
        elif kind == "SequenceStartEvent":
            node.items = []
        else:
            node.entries = {}
        self._attach(node, place)
        if kind != "ScalarEvent":
            self.open.append(node)
            self.keys.append(None)
            if self.depth + len(self.open) > MAX_DEPTH:
                raise _error(place, f"lists and mappings are nested more than {MAX_DEPTH} deep")

    def _fill(self, node: Node, event: Event, place: Place) -> None:
        """Give a scalar node its text, and say whether that is written in one piece."""
        value, style = str(getattr(event, "value", "")), getattr(event, "style", None)
        if odd := _ODD.search(value):
            raise _error(place, f"the text holds the character U+{ord(odd.group()):04X}; delete it")
        begin, end = event.start_mark.index, event.end_mark.index
        written = self.text[begin:end].strip() if end - begin <= MAX_LINE else ""
        if not style:
            node.text = None if value in {"", "~", "null", "Null", "NULL"} else Plain(value)
            node.verbatim = 0 if written == value else -1
        else:
            node.text = value
            node.verbatim = 1 if written[1:-1] == value else -1

    def _attach(self, node: Node, place: Place) -> None:
        """Hang a node where it belongs: the top, a list, a key, or a key's value."""
        if not self.open:
            self.root = self.root or node
            return
        above = self.open[-1]
        if above.items is not None:
            above.items.append(node)
        elif self.keys[-1] is None:
            if node.text is None:
                raise _error(place, "a key must be a name or a formula, and not empty")
            self.keys[-1] = node
        else:
            self._enter(above, self.keys[-1], node)
            self.keys[-1] = None

    def _path(self) -> Steps:
        """Return the way to the value that is being read."""
        steps = zip(self.open, self.keys, strict=True)
        return tuple(
            str(key.text) if key is not None else len(node.items or ()) - 1 for node, key in steps
        )

    def _enter(self, mapping: Node, key: Node, value: Node) -> None:
        assert mapping.entries is not None
        name = str(key.text)
        if name in mapping.entries:
            self.twice.append(self._path())
            first = mapping.entries[name][0]
            self.problems.append(
                Problem(
                    f"'{_shown(name)}' stands twice in the same place; "
                    f"the first is in line {first.line}, column {first.column}",
                    Place(self.file, key.line, key.column),
                )
            )
        else:
            mapping.entries[name] = (key, value)


# --- words ------------------------------------------------------------------------------------

_PLAIN_WORDS = (
    (
        "mapping values are not allowed",
        "a ':' stands where none can be; put the text in quotes, or look at the indentation",
    ),
    ("could not find expected ':'", "a key without ':'; is the line indented as its neighbours?"),
    ("found character '\\t'", "a tab; indent with spaces"),
    ("cannot start any token", "this character must stand in quotes"),
    ("unexpected end of stream", "the file ends inside quotes; was it cut off?"),
    ("but found '<stream end>'", "the file ends inside a list or mapping; was it cut off?"),
    ("did not find expected ',' or", "a ',' or the closing bracket is missing"),
    ("expected ',' or", "a ',' or the closing bracket is missing"),
    ("expected <block end>", "this line does not fit the lines above; look at its indentation"),
    ("while scanning a directive", "a line may not begin with '%'"),
)


def _in_plain_words(error: MarkedYAMLError, text: str) -> str:
    """Say what is wrong with the YAML, for people who do not know its jargon."""
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    if error.problem_mark is not None and error.problem_mark.index >= len(text.rstrip()):
        return f"this is not YAML: the file ends too early; was it cut off? ({said})"
    for jargon, words in _PLAIN_WORDS:
        if jargon in said:
            return f"this is not YAML: {words}"
    return f"this is not YAML: {said}"


def _shown(text: str, length: int = 60) -> str:
    """Shorten a text for a message."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _error(place: Place, message: str) -> CaseError:
    return CaseError([Problem(message, place)])
