"""The formula language: one grammar, one printer, one evaluator over whole state arrays.

A formula is a frozen tree. :func:`parse` reads it, :func:`to_text` writes it so that reading again
gives the same tree, and :func:`evaluate` tells for every state at once whether it holds. Nothing
is simplified on the way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from detente.errors import DetenteError

if TYPE_CHECKING:
    import numpy as np
    from lark import Lark
    from numpy.typing import NDArray

    BoolArray: TypeAlias = NDArray[np.bool_]

MAX_DEPTH = 100
"""Deepest nesting of a formula; far beyond what a person can read, far below the stack's end."""

MAX_LENGTH = 100_000
"""Longest formula in characters."""


@dataclass(frozen=True, slots=True)
class OptionIs:
    """``party.option`` (any level but the lowest) or ``party.option = level``."""

    party: str
    option: str
    level: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeIs:
    """The name of an outcome; it holds where the outcome's formula holds."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its operand does not."""

    operand: Formula


@dataclass(frozen=True, slots=True)
class And:
    """Holds where every operand holds; two operands or more."""

    operands: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Holds where some operand holds; two operands or more."""

    operands: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class If:
    """``then if given``: fails only where ``given`` holds and ``then`` does not."""

    then: Formula
    given: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """Holds where both sides have the same truth value."""

    left: Formula
    right: Formula


Formula: TypeAlias = OptionIs | OutcomeIs | Not | And | Or | If | Iff


class FormulaError(DetenteError):
    """A formula cannot be read.

    Parameters
    ----------
    message : str
        What is wrong and what would be right.
    offset : int
        The character, from 0, at which the trouble starts.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Mention(NamedTuple):
    """A name in a formula and the character, from 0, where it starts."""

    atom: OptionIs | OutcomeIs
    offset: int


# --- reading ----------------------------------------------------------------------------------


class _Builder:
    """Bottom-up tree building; lark calls a method with the children already built."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []

    def option(self, party: str, option: str) -> Formula:
        return self._atom(OptionIs(_plain(party), _plain(option)), party)

    def level(self, party: str, option: str, level: str) -> Formula:
        return self._atom(OptionIs(_plain(party), _plain(option), _plain(level)), party)

    def outcome(self, name: str) -> Formula:
        return self._atom(OutcomeIs(_plain(name)), name)

    def negation(self, operand: Formula) -> Formula:
        return Not(operand)

    def conjunction(self, *operands: Formula) -> Formula:
        return And(operands)

    def disjunction(self, *operands: Formula) -> Formula:
        return Or(operands)

    def conditional(self, then: Formula, given: Formula) -> Formula:
        return If(then, given)

    def biconditional(self, left: Formula, right: Formula) -> Formula:
        return Iff(left, right)

    def _atom(self, atom: OptionIs | OutcomeIs, token: object) -> Formula:
        self.mentions.append(Mention(atom, int(getattr(token, "start_pos", 0))))
        return atom


IN_PIECES = "letter and accent are two characters; type the letter anew, with its accent"


def is_word(text: str) -> bool:
    """Whether a text is of nothing but letters, digits and ``_``, as names and levels are."""
    return f"_{text}".isidentifier()


def _plain(token: str) -> str:
    """Return the text of a name or level; the grammar lets signs such as ``²`` pass."""
    for at, character in enumerate(token):
        if not is_word(character) and not is_word(token[: at + 1]):
            start = int(getattr(token, "start_pos", 0))
            raise FormulaError(
                f"'{character}' in '{token}' is no digit; use letters, digits and _", start + at
            )
    return str(token)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    grammar = resources.files("detente.case").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False)


def parse(text: str) -> Formula:
    """Read one formula.

    Raises
    ------
    FormulaError
        With the offset at which reading failed and what was expected there.
    """
    return parse_with_mentions(text)[0]


def parse_with_mentions(text: str) -> tuple[Formula, tuple[Mention, ...]]:
    """Read one formula and say where in the text each name stands.

    Raises
    ------
    FormulaError
        With the offset at which reading failed and what was expected there.
    """
    from lark import UnexpectedCharacters, UnexpectedToken

    _refuse_monsters(text)
    builder = _Builder()
    try:
        tree = _parser().parse(text)
    except UnexpectedToken as error:
        offset = _offset(error)
        if shouted := _SHOUTED.search(text[:offset]):  # it was taken for a name
            raise FormulaError(_in_small_letters(shouted[1]), shouted.start()) from None
        raise FormulaError(_complaint(text, error.token, error.expected), offset) from None
    except UnexpectedCharacters as error:
        offset = int(error.pos_in_stream or 0)
        raise FormulaError(_foreign(text, offset), offset) from None
    formula = _build(tree, builder)
    return formula, tuple(sorted(builder.mentions, key=lambda m: m.offset))


def _build(node: object, builder: _Builder) -> Formula:
    """Fold lark's tree into ours; its depth was bounded before parsing."""
    from lark import Tree

    assert isinstance(node, Tree)
    children = [_build(c, builder) if isinstance(c, Tree) else c for c in node.children]
    made: Formula = getattr(builder, str(node.data))(*children)
    return made


def _refuse_monsters(text: str) -> None:
    """Bound length and nesting before any recursive code sees the text."""
    if not text.strip():
        raise FormulaError("the formula is empty", 0)
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"the formula has {len(text):,} characters; at most {MAX_LENGTH:,} are read", 0
        )
    depth = negations = 0
    for token in re.finditer(r"[()]|\w+", text):
        word = token.group()
        depth += (word == "(") - (word == ")")
        negations = negations + 1 if word == "not" else negations * (word == "(")
        if depth + negations > MAX_DEPTH:
            raise FormulaError(
                f"the formula is nested more than {MAX_DEPTH} deep; "
                "give its parts names under 'outcomes'",
                token.start(),
            )


def _offset(error: object) -> int:
    token = getattr(error, "token", None)
    if token is not None and token.type != "$END":
        return int(token.start_pos)
    return int(getattr(token, "end_pos", None) or 0)


_EXPECTED = {
    "NAME": "a name",
    "LEVEL": "a level",
    "_NOT": "'not'",
    "LPAR": "'('",
    "RPAR": "')'",
    "DOT": "'.'",
    "EQUAL": "'='",
    "_AND": "'and'",
    "_OR": "'or'",
    "_IF": "'if'",
    "_IFF": "'iff'",
    "$END": "the end of the formula",
}


_ELSEWHERE = {"&": "and", "∧": "and", "|": "or", "∨": "or", "!": "not", "~": "not", "¬": "not"}
"""What other languages write, and this one does not."""


def _foreign(text: str, offset: int) -> str:
    """Word the message for a character that the language does not know."""
    if offset and len(unicodedata.normalize("NFC", text[offset - 1 : offset + 1])) == 1:
        return IN_PIECES
    character = text[offset]
    message = f"{character!r} has no meaning in a formula"
    if character in "-→⇒":
        return f"{message}; for 'a -> b' write 'b if a'"
    ours = _ELSEWHERE.get(character)
    return f"{message}; write '{ours}'" if ours else message


_SHOUTED = re.compile(r"\b(?!not|and|or|iff?)((?i:not|and|or|iff?))\s*\Z")
"""A word of the language, written otherwise than in small letters, at the end of a text."""


def _in_small_letters(word: str) -> str:
    return f"'{word}' does not fit here; write '{word.lower()}', in small letters"


def _complaint(text: str, token: object, expected: set[str]) -> str:
    if text.count("(") <= text.count(")"):
        expected = expected - {"RPAR"}
    wanted = [word for name, word in _EXPECTED.items() if name in expected]
    kind, value = getattr(token, "type", ""), str(token)
    found = "the formula ends" if kind == "$END" else f"'{value}' does not fit"
    if kind == "RPAR" and text.count("(") < text.count(")"):
        return "this ')' closes no '('"
    if _SHOUTED.fullmatch(value):
        return _in_small_letters(value)
    if kind in {"_IF", "_IFF"} and "RPAR" not in wanted:
        return f"{found} here: 'if' and 'iff' do not chain; put parentheses around one of them"
    if kind == "$END" and text.count("(") > text.count(")"):
        return f"{found} before a ')' closes the last '('"
    return f"{found} here; expected {' or '.join(wanted)}" if wanted else f"{found} here"


# --- printing ---------------------------------------------------------------------------------

_TIGHTNESS: dict[type, int] = {If: 0, Iff: 0, Or: 1, And: 2, Not: 3, OptionIs: 4, OutcomeIs: 4}


def to_text(formula: Formula) -> str:
    """Write a formula so that :func:`parse` gives the same tree again."""

    def inner(part: Formula, above: int) -> str:
        text = to_text(part)
        return f"({text})" if _TIGHTNESS[type(part)] <= above else text

    match formula:
        case OptionIs(party, option, None):
            return f"{party}.{option}"
        case OptionIs(party, option, level):
            return f"{party}.{option} = {level}"
        case OutcomeIs(name):
            return name
        case Not(operand):
            return f"not {inner(operand, 2)}"
        case And(operands):
            return " and ".join(inner(o, 2) for o in operands)
        case Or(operands):
            return " or ".join(inner(o, 1) for o in operands)
        case If(then, given):
            return f"{inner(then, 0)} if {inner(given, 0)}"
        case Iff(left, right):
            return f"{inner(left, 0)} iff {inner(right, 0)}"


# --- looking inside ---------------------------------------------------------------------------


def parts(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas directly inside a formula, left to right."""
    match formula:
        case Not(operand):
            return (operand,)
        case And(operands) | Or(operands):
            return operands
        case If(then, given):
            return (then, given)
        case Iff(left, right):
            return (left, right)
        case _:
            return ()


def atoms(formula: Formula) -> Iterator[OptionIs | OutcomeIs]:
    """Yield the names in a formula, left to right, as often as they stand there."""
    if isinstance(formula, OptionIs | OutcomeIs):
        yield formula
    for part in parts(formula):
        yield from atoms(part)


# --- evaluating -------------------------------------------------------------------------------


def evaluate(formula: Formula, holds: Callable[[OptionIs | OutcomeIs], BoolArray]) -> BoolArray:
    """Tell for every state whether the formula holds.

    Parameters
    ----------
    formula : Formula
        Its names must be declared.
    holds : callable
        Where an atom holds: one axis for each option, length 1 on those it does not depend on.
        :class:`detente.case.truth.Truth` is one, for a case.

    Returns
    -------
    bool array
        One axis for each option of the case, in the case's order. An axis that the formula does
        not depend on has length 1, so the array broadcasts against any state array and a formula
        over k options costs 2^k, however many states there are.
    """
    import numpy as np

    def both(op: Callable[..., BoolArray], operands: tuple[Formula, ...]) -> BoolArray:
        value = evaluate(operands[0], holds)
        for operand in operands[1:]:
            value = op(value, evaluate(operand, holds))
        return value

    match formula:
        case OptionIs() | OutcomeIs():
            return holds(formula)
        case Not(operand):
            return ~evaluate(operand, holds)
        case And(operands):
            return both(np.logical_and, operands)
        case Or(operands):
            return both(np.logical_or, operands)
        case If(then, given):
            return evaluate(then, holds) | ~evaluate(given, holds)
        case Iff(left, right):
            return ~(evaluate(left, holds) ^ evaluate(right, holds))
