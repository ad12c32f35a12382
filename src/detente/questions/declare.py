"""How a question is declared: by its signature and its docstring, read here for every door.

A parameter is a Python parameter with an annotation; what the annotation alone does not say stands
in ``Annotated`` with the marks below. What people are told about it stands in the docstring, under
``Parameters``. The command line, its help and an assistant's tools are made from that; nothing is
written a second time.
"""

from __future__ import annotations

import inspect
import itertools
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from detente.case.model import Case

Kind: TypeAlias = Literal[
    "case", "text", "whole", "number", "flag", "path", "choice", "size", "by party", "progress"
]

REQUIRED: Any = inspect.Parameter.empty
"""The default of a parameter that has none."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number is this or more."""

    least: float


@dataclass(frozen=True, slots=True)
class AtMost:
    """A number is this or less."""

    most: float


@dataclass(frozen=True, slots=True)
class Size:
    """A number of bytes, which people may write as ``4G``."""


@dataclass(frozen=True, slots=True)
class ByParty:
    """One number for all, or a number for each party."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Called while the work goes on; the last two arguments are how much is done, and of how much.

    ``label`` says what is being done, where the call does not; empty for the case's name.
    """

    label: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """Several may be given on a command line; where the question takes one, each is asked."""


@dataclass(frozen=True, slots=True)
class Argument:
    """Stands on a command line without an option's name; ``metavar`` is what help calls it."""

    metavar: str = ""


@dataclass(frozen=True)
class Option:
    """What a command line and its help say otherwise than the name and the type would.

    Parameters
    ----------
    *flags : str
        Such as ``--from``; made of the name where there is none.
    metavar : str
        What help calls the value, such as ``FORMULA``.
    shown : str
        The default in words, where it is no plain value.
    kind : Kind, optional
        What is read from a command line, where the type allows more.
    terminal : object
        The default on a command line, where it differs.
    """

    flags: tuple[str, ...]
    metavar: str
    shown: str
    kind: Kind | None
    terminal: object

    def __init__(
        self,
        *flags: str,
        metavar: str = "",
        shown: str = "",
        kind: Kind | None = None,
        terminal: object = REQUIRED,
    ) -> None:
        given = {"flags": flags, "metavar": metavar, "shown": shown, "kind": kind}
        for name, value in (given | {"terminal": terminal}).items():
            object.__setattr__(self, name, value)


Target: TypeAlias = Annotated[
    str | None, Option(metavar="FORMULA", shown="the case's target, or talks")
]
Formula: TypeAlias = Annotated[str | None, Option(metavar="FORMULA")]
State: TypeAlias = Annotated[str, Argument("STATE")]
Concept: TypeAlias = Annotated[str, Option(metavar="NAME")]
Concepts: TypeAlias = Annotated[
    str | Sequence[str] | None, Option(metavar="NAMES", shown="nash,gmr,smr,seq")
]
Joint: TypeAlias = Annotated[int, AtLeast(1), Option(metavar="N")]
Count: TypeAlias = Annotated[int, AtLeast(0), Option(metavar="N")]
Memory: TypeAlias = Annotated[int | None, Size()]
Rates: TypeAlias = Annotated[float | Mapping[str, float] | None, ByParty()]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question, as every door needs it.

    Parameters
    ----------
    name : str
        In Python.
    kind : Kind
        What a value is.
    several : bool
        Whether several may be given.
    each : bool
        Whether each of them is asked about on its own: the question takes one.
    default : object
        :data:`REQUIRED` where a value has to be given.
    told : str
        What it means, for people.
    argument : str or None
        What a command line calls it where it stands without an option's name; None for an option.
    flags : tuple of str
        The option's names on a command line.
    metavar, shown : str
        As in :class:`Option`.
    least, most : float or None
        Limits of a number.
    choices : tuple of str
        The values that may be chosen.
    label : str
        As in :class:`Progress`.
    """

    name: str
    kind: Kind
    several: bool
    default: object
    told: str
    argument: str | None = None
    flags: tuple[str, ...] = ()
    metavar: str = ""
    shown: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    label: str = ""
    terminal: object = REQUIRED
    each: bool = False

    @property
    def required(self) -> bool:
        """Whether a value has to be given."""
        return self.default is REQUIRED


@dataclass(frozen=True, slots=True)
class Docstring:
    """A numpydoc docstring taken apart.

    Parameters
    ----------
    summary : str
        The first line.
    more : tuple of str
        The paragraphs up to the first section, marks of reStructuredText taken off. One that is
        indented keeps its lines.
    parameters : dict of str to str
        What is said about each parameter.
    """

    summary: str
    more: tuple[str, ...]
    parameters: dict[str, str]


def parameters(function: Callable[..., object]) -> tuple[Parameter, ...]:
    """Return the parameters of a question, or of any function declared like one."""
    hints = _hints(function)
    told = docstring(function).parameters
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "self" or parameter.kind is parameter.VAR_KEYWORD:
            continue
        found.append(_parameter(name, hints[name], parameter.default, told.get(name, "")))
    return tuple(found)


def _hints(function: Callable[..., object]) -> dict[str, Any]:
    """Return the annotations of the parameters; what is returned need not be importable."""
    given: Any = inspect.unwrap(function)
    written = {name: hint for name, hint in given.__annotations__.items() if name != "return"}
    holder: Any = types.SimpleNamespace(__annotations__=written)
    return get_type_hints(holder, given.__globals__, include_extras=True)


def result_of(function: Callable[..., object]) -> Any:
    """Return the class of what a question answers."""
    return get_type_hints(function)["return"]


def docstring(function: Callable[..., object]) -> Docstring:
    """Return the docstring of a function, taken apart."""
    lines = inspect.cleandoc(function.__doc__ or "").splitlines()
    heads = [k for k, line in enumerate(lines) if k and re.fullmatch(r"-{3,}", line)]
    first = heads[0] - 1 if heads else len(lines)
    paragraphs = list(_paragraphs(lines[:first]))
    told: dict[str, str] = {}
    for head, after in itertools.pairwise([*heads, len(lines) + 1]):
        if lines[head - 1] == "Parameters":
            told = _told(lines[head + 1 : after - 1])
    return Docstring(paragraphs[0] if paragraphs else "", tuple(paragraphs[1:]), told)


def plain(text: str) -> str:
    """Return text without the marks of reStructuredText: words as they are read aloud."""
    text = re.sub(r":\w+:`~?([^`]+)`", lambda m: m[1].rpartition(".")[2], text)
    return re.sub(r"``(-[^`]+)``", r"\1", text).replace("``", "'")


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    for block in "\n".join(lines).strip("\n").split("\n\n"):
        if block.startswith(" "):
            yield plain(block)
        elif block.strip():
            yield plain(" ".join(block.split()))


def _told(lines: Sequence[str]) -> dict[str, str]:
    """Return the text under each name of a ``Parameters`` section."""
    found: dict[str, list[str]] = {}
    names: list[str] = []
    for line in lines:
        if line and not line.startswith(" "):
            names = [name.strip(" *") for name in line.partition(" : ")[0].split(",")]
            found |= {name: [] for name in names}
        for name in names:
            if line.startswith(" "):
                found[name].append(line)
    return {name: plain(" ".join(" ".join(text).split())) for name, text in found.items()}


def _parameter(name: str, hint: Any, default: object, told: str) -> Parameter:
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    members = set(_members(hint))
    made = Parameter(name, _kind(members, default), _all_lists(members), default, told)
    if made.kind == "choice":
        made = replace(made, choices=tuple(str(word) for m in members for word in get_args(m)))
    for mark in marks:
        made = _marked(made, mark)
    if made.several and not any(get_origin(m) in _COLLECTIONS for m in members):
        made = replace(made, each=True)
    return replace(made, flags=made.flags or (f"--{name.replace('_', '-')}",))


def _marked(made: Parameter, mark: object) -> Parameter:
    """Return a parameter with what one mark says about it."""
    match mark:
        case AtLeast(least):
            return replace(made, least=least)
        case AtMost(most):
            return replace(made, most=most)
        case Size():
            return replace(made, kind="size")
        case ByParty():
            return replace(made, kind="by party")
        case Progress(label):
            return replace(made, kind="progress", label=label)
        case Several():
            return replace(made, several=True)
        case Argument(metavar):
            return replace(made, argument=metavar or made.name.upper())
        case Option():
            return replace(
                made,
                flags=mark.flags or made.flags,
                metavar=mark.metavar or made.metavar,
                shown=mark.shown or made.shown,
                kind=mark.kind or made.kind,
                terminal=made.terminal if mark.terminal is REQUIRED else mark.terminal,
            )
    return made


def _members(hint: Any) -> Iterator[Any]:
    """Yield the types that a value may have, None left out."""
    if get_origin(hint) is Annotated:
        yield from _members(get_args(hint)[0])
    elif get_origin(hint) in (Union, types.UnionType):
        for member in get_args(hint):
            yield from _members(member)
    elif hint is not type(None):
        yield hint


def _all_lists(members: set[Any]) -> bool:
    return bool(members) and all(get_origin(m) in (Sequence, Iterable, tuple) for m in members)


_COLLECTIONS = (Sequence, Iterable, tuple)


def _kind(members: set[Any], default: object) -> Kind:
    """Return what a value on a command line is; of a list, what each of its values is."""
    single = {m for m in members if get_origin(m) not in _COLLECTIONS}
    if not single:
        single = {inner for m in members for inner in _members(get_args(m)[0])}
    origins = {get_origin(m) for m in single}
    kinds: tuple[tuple[Kind, bool], ...] = (
        ("path", PathLike in origins or any(_is_path(m) for m in single)),
        ("case", single == {Case}),
        ("choice", origins == {Literal}),
        ("whole", int in single),
        ("number", float in single),
        ("text", str in single),
        ("flag", bool in single or isinstance(default, bool)),
    )
    return next((kind for kind, fits in kinds if fits), "text")


def _is_path(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, PathLike)
