"""Edits of a case file: patches on its YAML that leave comments, order and untouched lines alone.

An edit goes through ruamel's round trip; what that would write otherwise than the author did is
taken back, line by line, so that only what was edited changes. An undo is the same edit the other
way round, and so it can be taken back after others, or after somebody has edited the file in
another program: :func:`merged` brings two sets of changes together or names where they clash.
"""

from __future__ import annotations

import difflib
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from detente.case.excerpt import Excerpt, excerpt
from detente.errors import DetenteError

if TYPE_CHECKING:
    from ruamel.yaml import YAML

Way: TypeAlias = tuple[str | int, ...]
"""From the top of a file to something in it: keys, and positions from 0."""

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None
"""What a YAML file can hold."""


class EditError(DetenteError):
    """An edit does not fit the file; the file is as it was."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a file.

    Parameters
    ----------
    do : str
        ``put``: the value at ``way``, in place of what is there; a list takes one more at its
        end, ``insert``: the value into a list before ``way``'s last position, or into a mapping
        before its key ``before``, ``drop``: what is at ``way``, ``move``: the item of a list at
        ``way`` to the position ``to``, ``rename``: the key at ``way`` to ``to``, in its place.
    way : tuple
        Where. Mappings on the way that are missing are made by ``put``; a list by ``insert``.
    value : value, optional
        What to put or insert.
    to : int or str, optional
        As above.
    before : str, optional
        For ``insert`` of a key.
    """

    do: Literal["put", "insert", "drop", "move", "rename"]
    way: Way
    value: Value = None
    to: int | str = 0
    before: str = ""


END = "+"
"""The last step of a way to the end of a list."""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a file's text after some edits, all of them or an error.

    Parameters
    ----------
    text : str
        A YAML mapping, or nothing.
    edits : sequence of Edit
        One after another.

    Raises
    ------
    EditError
        If the text is no YAML, or an edit asks for something that is not there.
    """
    if "\n" in text and text.count("\r\n") == text.count("\n"):  # as another system writes it
        return edited(text.replace("\r\n", "\n"), edits).replace("\n", "\r\n")
    runs = [[*run] for _, run in itertools.groupby(edits, key=lambda edit: edit.way[:2])]
    for k, run in enumerate(runs):
        made = _edited_alone(text, run)
        if made is None:
            return _edited(text, [edit for rest in runs[k:] for edit in rest])
        text = made
    return text


def _edited_alone(text: str, edits: Sequence[Edit]) -> str | None:
    """Return a text after some edits, what they touch read alone; None if it takes the whole."""
    ways = [way for edit in edits for way in _touched(edit)]
    counted = len(edits) == 1 or all(edit.do == "put" for edit in edits)
    part = excerpt(text, ways, items=counted)
    if part is None:
        return None
    try:
        made = _edited(part.text, [_within(edit, part) for edit in edits])
    except EditError:  # told by the whole file, whatever it is
        return None
    if not made.startswith(part.above):
        return None
    return part.before + made[len(part.above) :] + part.after


def _touched(edit: Edit) -> tuple[Way, ...]:
    """Return the places that an edit takes something from, or brings something to."""
    moved = edit.do == "move" and isinstance(edit.to, int)
    return (edit.way, (*edit.way[:-1], edit.to)) if moved else (edit.way,)


def _within(edit: Edit, part: Excerpt) -> Edit:
    """Return an edit of a file as one of an excerpt, whose list begins later."""
    at, skipped = part.depth, part.skipped
    if not skipped:
        return edit
    step = edit.way[at]
    assert isinstance(step, int)
    to = edit.to - skipped if edit.do == "move" and isinstance(edit.to, int) else edit.to
    return replace(edit, way=(*edit.way[:at], step - skipped, *edit.way[at + 1 :]), to=to)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text after some edits; the whole of it is read and written."""
    yaml = _yaml(text)
    document = _loaded(yaml, text)
    old = _dumped(yaml, document)
    for edit in edits:
        _DOING[edit.do](document, edit)
    new = _dumped(yaml, document)
    if old == new:
        return text
    kept = merged(old, text, new) if old != text else Merge(new)
    if kept.text != new and (kept.clashes or not _says(kept.text, document)):
        return new  # the author's way of writing cannot be kept here; what it says can
    return kept.text


# --- one edit -----------------------------------------------------------------------------------


def _put(root: Any, edit: Edit) -> None:
    holder, last = _holder(root, edit.way, make=True)
    if isinstance(holder, list) and last == len(holder):
        holder.append(edit.value)
    else:
        _need(holder, last, edit, new=isinstance(holder, dict))
        holder[last] = _commented(holder, last, edit.value)


def _commented(holder: Any, last: str | int, value: Value) -> Any:
    """Return a value as it takes another's place, with the comment behind that one in it.

    A comment behind a scalar holds the end of its line; left where it is, a mapping or list that
    takes the scalar's place would begin in the middle of a line.
    """
    if not isinstance(value, dict | list) or not hasattr(holder, "ca"):
        return value
    notes = holder.ca.items.get(last) or []
    behind = [k for k, one in enumerate(notes) if one and not isinstance(one, list)]
    if not behind:  # what stands above it stays there
        return value
    token, notes[behind[0]] = notes[behind[0]], None
    if not isinstance(value, dict):
        return value
    made = _new(as_list=False)
    made.update(value)
    plain = next((key for key, one in value.items() if not isinstance(one, dict | list)), None)
    if plain is not None:
        made.ca.items[plain] = [None, None, token, None]
    return made


def _insert(root: Any, edit: Edit) -> None:
    holder, last = _holder(root, edit.way, make=True)
    if isinstance(holder, list) and isinstance(last, int) and 0 <= last <= len(holder):
        holder.insert(last, edit.value)
    elif isinstance(holder, dict) and isinstance(last, str) and last not in holder:
        keys = list(holder)
        at = keys.index(edit.before) if edit.before in holder else len(keys)
        holder.insert(at, last, edit.value)  # type: ignore[attr-defined]
    else:
        raise EditError(f"{said(edit.way)} is there already, or no place for something new")


def _drop(root: Any, edit: Edit) -> None:
    holder, last = _holder(root, edit.way)
    _need(holder, last, edit)
    del holder[last]
    if not holder and len(edit.way) > 1:
        _emptied(root, edit.way[:-1])


def _emptied(root: Any, way: Way) -> None:
    """Write what holds nothing any more as ``[]`` or ``{}``, without the comments of its lines."""
    above, key = _holder(root, way)
    new = _new(as_list=isinstance(above[key], list))
    new.fa.set_flow_style()
    if hasattr(above, "ca"):
        above.ca.items.pop(key, None)
    above[key] = new


def _move(root: Any, edit: Edit) -> None:
    holder, last = _holder(root, edit.way)
    _need(holder, last, edit)
    if not isinstance(holder, list) or not isinstance(edit.to, int):
        raise EditError(f"{said(edit.way)} is not in a list; only what is in a list can be moved")
    if not 0 <= edit.to < len(holder):
        raise EditError(f"{said(edit.way)} cannot be moved to place {edit.to + 1}")
    order = list(range(len(holder)))
    order.insert(edit.to, order.pop(int(last)))
    _reorder(holder, order)


def _reorder(items: Any, order: Sequence[int]) -> None:
    """Put a list into another order, each item with its comments."""
    values = list(items)
    notes = dict(items.ca.items) if hasattr(items, "ca") else {}
    for new, old in enumerate(order):
        items[new] = values[old]
    if hasattr(items, "ca"):
        items.ca.items.clear()
        items.ca.items.update({new: notes[old] for new, old in enumerate(order) if old in notes})


def _rename(root: Any, edit: Edit) -> None:
    holder, last = _holder(root, edit.way)
    _need(holder, last, edit)
    if not isinstance(holder, dict) or not isinstance(edit.to, str):
        raise EditError(f"{said(edit.way)} has no name of its own")
    if edit.to == last:
        return
    if edit.to in holder:
        raise EditError(f"'{edit.to}' is there already; choose another name")
    at, value = list(holder).index(last), holder[last]
    notes = holder.ca.items.get(last) if hasattr(holder, "ca") else None
    del holder[last]
    holder.insert(at, edit.to, value)  # type: ignore[attr-defined]
    if notes is not None:
        holder.ca.items[edit.to] = notes  # type: ignore[attr-defined]


_DOING: dict[str, Callable[[Any, Edit], None]] = {
    "put": _put,
    "insert": _insert,
    "drop": _drop,
    "move": _move,
    "rename": _rename,
}


def _holder(root: Any, way: Way, *, make: bool = False) -> tuple[Any, Any]:
    """Return the mapping or list that holds what is at the end of a way, and its key there."""
    if not way:
        raise EditError("an edit needs a place in the file")
    at = root
    for depth, step in enumerate(way[:-1]):
        there = _there(at, step)
        if make and isinstance(at, dict) and (not there or at[step] is None):
            at[step] = _new(as_list=isinstance(way[depth + 1], int) or way[depth + 1] == END)
        elif not there:
            raise EditError(f"{said(way[: depth + 1])} is not in the file")
        at = at[step]
    return at, _place(at, way[-1])


def _place(holder: Any, last: str | int) -> str | int:
    """Return where in a list its end is, or an entry that is named by what it says."""
    if not isinstance(holder, list) or isinstance(last, int):
        return last
    if last == END:
        return len(holder)
    return next((k for k, entry in enumerate(holder) if entry == last), last)


def _new(*, as_list: bool) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    return CommentedSeq() if as_list else CommentedMap()


def _there(holder: Any, step: str | int) -> bool:
    if isinstance(holder, list):
        return isinstance(step, int) and 0 <= step < len(holder)
    return isinstance(holder, dict) and step in holder


def _need(holder: Any, last: str | int, edit: Edit, *, new: bool = False) -> None:
    if not new and not _there(holder, last):
        raise EditError(f"{said(edit.way)} is not in the file")


def said(way: Way) -> str:
    """Return a place for people: ``preferences of usa, number 3``."""
    parts = [f"number {step + 1}" if isinstance(step, int) else str(step) for step in way]
    return ", ".join(parts) or "the file"


# --- YAML in and out ----------------------------------------------------------------------------


def _yaml(text: str) -> YAML:
    """Return a reader and writer that keeps comments, quotes and the author's indentation."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.allow_unicode = True
    dash = _SET_IN.search(text)
    offset = max(0, len(dash["dash"]) - len(dash["key"])) if dash else 2
    step = re.search(r"^\w[^\n]*\n(?:[ \t]*#[^\n]*\n|\n)*(?P<in> +)[^\s#-]", text, re.M)
    yaml.indent(mapping=len(step["in"]) if step else 2, sequence=offset + 2, offset=offset)
    return yaml


_SET_IN = re.compile(
    r"^(?P<key> *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*#[^\n]*\n|\n)*(?P<dash> *)- ", re.M
)
"""A list and the key that it stands under."""


def _loaded(yaml: YAML, text: str) -> Any:
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    try:
        found = yaml.load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark is not None else ""
        raise EditError(
            f"the file is no YAML as it stands ({place}{problem}); mend it first"
        ) from None
    if found is None:
        return CommentedMap()
    if not isinstance(found, dict):
        raise EditError("the file is no mapping of keys to values; mend it first")
    return found


def _dumped(yaml: YAML, document: Any) -> str:
    page = io.StringIO()
    if document:
        yaml.dump(document, page)
    return page.getvalue()


def _says(text: str, document: Any) -> bool:
    """Return whether a text is YAML and says what a document does."""
    from ruamel.yaml.error import YAMLError

    try:
        return _plain(text) == _ordered(document)
    except YAMLError:
        return False


def _plain(text: str) -> object:
    """Return what a text says, without how; order counts."""
    from ruamel.yaml import YAML

    return _ordered(YAML(typ="rt").load(text) or {})


def _ordered(value: Any) -> object:
    """Return what a document says as nested lists of text."""
    if isinstance(value, dict):
        return [(str(key), _ordered(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return ["list", *map(_ordered, value)]
    return str(value)


# --- two sets of changes ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merge:
    """What two sets of changes to one text come to.

    Parameters
    ----------
    text : str
        Both, where they do not touch each other; where they do, the first one's.
    clashes : tuple of (int, int)
        Lines of ``text``, from 1, end exclusive, where both changed the same lines otherwise.
    """

    text: str
    clashes: tuple[tuple[int, int], ...] = ()


def merged(base: str, mine: str, theirs: str) -> Merge:
    """Return two sets of changes to one text brought together.

    Undoing an edit that led from ``a`` to ``b`` in the text ``now`` is ``merged(b, now, a)``.

    Parameters
    ----------
    base : str
        What both began with.
    mine, theirs : str
        What each made of it.
    """
    if mine == base or theirs == mine:
        return Merge(theirs)
    if theirs == base:
        return Merge(mine)
    lines, own, other = (t.splitlines(keepends=True) for t in (base, mine, theirs))
    out: list[str] = []
    clashes: list[tuple[int, int]] = []
    done = 0
    for stretch in _stretches(_changes(lines, own), _changes(lines, other)):
        out += lines[done : stretch.start]
        mines = _changed(lines, own, stretch, stretch.mine)
        others = _changed(lines, other, stretch, stretch.theirs)
        if stretch.mine and stretch.theirs and mines != others:
            clashes.append((len(out) + 1, len(out) + 1 + len(mines)))
        out += mines if stretch.mine else others
        done = stretch.end
    out += lines[done:]
    return Merge("".join(out), tuple(clashes))


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines of the base and what stands for them."""

    start: int
    end: int
    first: int
    last: int


@dataclass(slots=True)
class _Stretch:
    """Lines of the base that one side, or both, changed."""

    start: int
    end: int
    mine: list[_Change]
    theirs: list[_Change]


def _changes(lines: Sequence[str], others: Sequence[str]) -> list[_Change]:
    matcher = difflib.SequenceMatcher(None, lines, others, autojunk=False)
    return [_Change(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _stretches(mine: Sequence[_Change], theirs: Sequence[_Change]) -> Iterator[_Stretch]:
    """Yield changes in order, those of both sides that touch each other together."""
    tagged = sorted(
        [(c.start, c.end, 0, c) for c in mine] + [(c.start, c.end, 1, c) for c in theirs],
        key=lambda entry: entry[:3],
    )
    now: _Stretch | None = None
    for start, end, side, change in tagged:
        if now is None or not _touches(now, start, end):
            if now is not None:
                yield now
            now = _Stretch(start, end, [], [])
        now.end = max(now.end, end)
        (now.theirs if side else now.mine).append(change)
    if now is not None:
        yield now


def _touches(stretch: _Stretch, start: int, end: int) -> bool:
    """Whether lines lie in a stretch; two insertions at one place do too."""
    return start < stretch.end or start == stretch.start


def _changed(
    lines: Sequence[str], others: Sequence[str], stretch: _Stretch, changes: Sequence[_Change]
) -> list[str]:
    """Return what one side made of a stretch."""
    out: list[str] = []
    done = stretch.start
    for change in changes:
        out += lines[done : change.start]
        out += others[change.first : change.last]
        done = change.end
    return out + list(lines[done : stretch.end])
