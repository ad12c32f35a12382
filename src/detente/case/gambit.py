"""Gambit's strategic form (``.nfg``) as a case, and a case as Gambit's strategic form.

A strategy of Gambit is one assignment of levels to all options of a party: read, each player has
one option with a level for each strategy; written, each party has a strategy for each assignment.
Payoffs are read as weights, exactly, and written as ranks, for a case orders states and no more.
The format is described in Gambit's manual, under "The strategic game (.nfg) file format".
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from detente.case.files import Loaded
from detente.case.formula import And, Formula, OptionIs
from detente.case.gmcr.export import Exported, StateArrays
from detente.case.identifiers import identifiers
from detente.case.model import Case, Option, Party, Weights
from detente.decoding import decode
from detente.errors import CaseError, Place, Problem
from detente.opening import bytes_of

MAX_BYTES = 2_000_000
"""Largest file read."""

MAX_CELLS = 4_096
"""Most combinations of strategies; each is a line of the case for each player."""

OPTION = "strategy"
"""The one option of a player that was read."""

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[{}])|(?P<comma>,)'
    r"|(?P<number>[+-]?(?:\d+/0*[1-9]\d*|\d*\.?\d+(?:[eE][+-]?\d{1,3})?|\d+\.?))(?=[\s{},]|$)"
    r"|(?P<word>[^\s{},\"]+)|(?P<odd>.))"
)


def read(path: Path | str) -> Loaded:
    """Return the case in a ``.nfg`` file.

    Raises
    ------
    CaseError
        If it cannot be read, or is no strategic form: where and what.
    """
    path = Path(path)
    try:
        data = bytes_of(path, MAX_BYTES)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise CaseError([Problem(problem, Place(str(path)))]) from None
    return parse(decode(data).text, file=str(path), name=path.stem)


def parse(text: str, *, file: str = "<text>", name: str = "case") -> Loaded:
    """Return the case in the text of a ``.nfg`` file, in its form with payoffs or with outcomes.

    Parameters
    ----------
    text : str
        A strategic form.
    file, name : str
        How messages name the file; the case's short name.

    Raises
    ------
    CaseError
        At the first thing that is wrong.
    """
    tokens = _Tokens(text, file)
    title = _head(tokens)
    players = tokens.names("player")
    strategies = _strategies(tokens, len(players))
    cells = math.prod(map(len, strategies))
    if cells > MAX_CELLS:
        tokens.fail(f"{cells:,} combinations of strategies; {MAX_CELLS:,} is the most here")
    if tokens.sees("text"):
        tokens.take("text")  # a comment
    payoffs = _payoffs(tokens, cells, len(players))
    return Loaded(_case(name, title, players, strategies, payoffs))


# --- reading ------------------------------------------------------------------------------------


class _Tokens:
    """The words of a file one after another, with the line of each."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._all = [
            (str(m.lastgroup), m[m.lastgroup or 0], text.count("\n", 0, m.start(m.lastgroup or 0)))
            for m in _TOKEN.finditer(text.rstrip())
            if m.lastgroup != "comma"
        ]
        self._at = 0

    def sees(self, kind: str, value: str | None = None) -> bool:
        """Whether the next token is of a kind, and has a value."""
        if self._at >= len(self._all):
            return False
        found = self._all[self._at]
        return found[0] == kind and value in (None, found[1])

    def take(self, kind: str, value: str | None = None, wanted: str = "") -> str:
        """Return the next token, which has to be of a kind."""
        if not self.sees(kind, value):
            there = self._all[self._at][1] if self._at < len(self._all) else "the end"
            self.fail(f"{wanted or value or kind} is expected here, not {there[:40]}")
        self._at += 1
        found = self._all[self._at - 1][1]
        return re.sub(r"\\(.)", r"\1", found[1:-1]) if kind == "text" else found

    def fail(self, problem: str) -> None:
        """Raise an error at the next token."""
        at = min(self._at, len(self._all) - 1)
        line = self._all[at][2] + 1 if self._all else 1
        raise CaseError([Problem(problem, Place(self._file, line))])

    def names(self, what: str) -> tuple[str, ...]:
        """Return names between braces."""
        self.take("mark", "{")
        found = []
        while not self.sees("mark", "}"):
            found.append(self.take("text", wanted=f"the name of a {what} in quotes"))
        self.take("mark", "}")
        if not found:
            self.fail(f"at least one {what} is needed")
        return tuple(found)

    def number(self) -> Fraction:
        """Return a number, exactly."""
        return Fraction(self.take("number", wanted="a number"))

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._all)


def _head(tokens: _Tokens) -> str:
    """Return the title."""
    if not tokens.sees("word", "NFG"):
        tokens.fail("this is no strategic form of Gambit; such a file begins with NFG 1 R")
    tokens.take("word")
    tokens.take("number", "1", "version 1")
    if not (tokens.sees("word", "R") or tokens.sees("word", "D")):
        tokens.fail("R or D is expected here")
    tokens.take("word")
    return tokens.take("text", wanted="the title in quotes")


def _strategies(tokens: _Tokens, players: int) -> tuple[tuple[str, ...], ...]:
    """Return the names of each player's strategies; numbers where only their number is given."""
    tokens.take("mark", "{")
    found: list[tuple[str, ...]] = []
    while not tokens.sees("mark", "}"):
        if tokens.sees("number"):
            count = tokens.number()
            if count.denominator != 1 or not 1 <= count <= MAX_CELLS:
                tokens.fail("the number of strategies has to be a whole number from 1")
            found.append(tuple(str(k) for k in range(1, int(count) + 1)))
        else:
            found.append(tokens.names("strategy"))
    tokens.take("mark", "}")
    if len(found) != players:
        tokens.fail(f"strategies of {len(found)} players, but there are {players}")
    return tuple(found)


def _payoffs(tokens: _Tokens, cells: int, players: int) -> list[tuple[Fraction, ...]]:
    """Return the payoffs of every combination, the first player's strategy changing fastest."""
    if not tokens.sees("mark", "{"):
        rows = [tuple(tokens.number() for _ in range(players)) for _ in range(cells)]
    else:
        outcomes = list(_outcomes(tokens, players))
        nothing = (Fraction(0),) * players
        rows = []
        for _ in range(cells):
            number = tokens.number()
            if number.denominator != 1 or not 0 <= number <= len(outcomes):
                tokens.fail(f"outcome {number} is not among the {len(outcomes)}")
            rows.append(outcomes[int(number) - 1] if number else nothing)
    if not tokens.ended:
        tokens.fail(f"more payoffs than the {cells} combinations of strategies have")
    return rows


def _outcomes(tokens: _Tokens, players: int) -> Iterator[tuple[Fraction, ...]]:
    tokens.take("mark", "{")
    while not tokens.sees("mark", "}"):
        tokens.take("mark", "{")
        tokens.take("text", wanted="the name of an outcome in quotes")
        yield tuple(tokens.number() for _ in range(players))
        tokens.take("mark", "}", "the end of an outcome")
    tokens.take("mark", "}")


def _case(
    name: str,
    title: str,
    players: Sequence[str],
    strategies: Sequence[Sequence[str]],
    payoffs: Sequence[tuple[Fraction, ...]],
) -> Case:
    """Return a case with one option for each player."""
    parties = identifiers(players, "party")
    levels = [_levels(names) for names in strategies]
    # [cell, player] in Gambit's order: the last index of the product changes slowest
    order = [tuple(reversed(c)) for c in itertools.product(*(range(len(s)) for s in levels[::-1]))]
    formulas = [_cell(parties, levels, chosen) for chosen in order]
    made = []
    for i, (party, label) in enumerate(zip(parties, players, strict=True)):
        options = (Option(OPTION, "Strategy", levels[i]),) if len(levels[i]) > 1 else ()
        worth = [(f, row[i]) for f, row in zip(formulas, payoffs, strict=True) if row[i]]
        made.append(Party(party, label, options, Weights(tuple(worth))))
    return Case(name, title or name, tuple(made), source="a strategic form of Gambit (.nfg)")


def _levels(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of levels: figures may stand as they are."""
    if all(re.fullmatch(r"\w+", name) for name in names) and len(set(names)) == len(names):
        return tuple(names)
    return identifiers(names, "strategy")


def _cell(
    parties: Sequence[str], levels: Sequence[Sequence[str]], chosen: Sequence[int]
) -> Formula:
    """Return the formula of one combination of strategies."""
    parts = [
        OptionIs(party, OPTION, names[k])
        for party, names, k in zip(parties, levels, chosen, strict=True)
        if len(names) > 1
    ]
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


# --- writing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Strategy:
    """One assignment of a party: its name and its levels on the party's axes."""

    name: str
    levels: tuple[int, ...]


def to_text(case: Case, build: Callable[[Case], StateArrays]) -> Exported:
    """Return a case as the text of a ``.nfg`` file, and what had to be left out.

    Parameters
    ----------
    case : Case
        A checked case in which every combination of levels can be.
    build : callable
        Gives the arrays of a case: :func:`detente.graph.build.build`.

    Raises
    ------
    CaseError
        If the states cannot be written: too many, or some combination cannot be.
    """
    cells = math.prod(case.shape)
    if cells > MAX_CELLS:
        raise CaseError([Problem(f"{cells:,} states; .nfg is written up to {MAX_CELLS:,}")])
    arrays = build(case)
    if not arrays.feasible.all():
        raise CaseError(
            [Problem("some combinations of options cannot be, and .nfg has no way to say so")]
        )
    strategies = [list(_assignments(party)) for party in case.parties]
    rows = []
    for chosen in itertools.product(*strategies[::-1]):
        state = tuple(itertools.chain.from_iterable(s.levels for s in reversed(chosen)))
        rows.append(" ".join(str(int(rank[state])) for rank in arrays.ranks))
    names = " ".join(f'"{_escaped(p.label)}"' for p in case.parties)
    columns = "\n".join(
        "  { " + " ".join(f'"{_escaped(s.name)}"' for s in own) + " }" for own in strategies
    )
    text = (
        f'NFG 1 R "{_escaped(case.title)}" {{ {names} }}\n{{\n{columns}\n}}\n'
        f'"payoffs are ranks, larger is better"\n\n' + "\n".join(rows) + "\n"
    )
    return Exported(text, tuple(_unwritten(case)))


def _assignments(party: Party) -> Iterator[_Strategy]:
    """Yield the strategies of a party, its last option changing fastest."""
    for levels in itertools.product(*(range(len(o.levels)) for o in party.options)):
        words = [f"{o.label}: {o.levels[k]}" for o, k in zip(party.options, levels, strict=True)]
        yield _Strategy("; ".join(words) or "nothing", levels)


def _unwritten(case: Case) -> Iterator[str]:
    """Yield what a strategic form has no place for."""
    one_way = [f"{p.name}.{o.name}" for p, o in case.options if o.changes is not None]
    if one_way:
        yield f"which changes of {', '.join(one_way)} are allowed"
    if case.status_quo is not None:
        yield "today's state"
    for words, there in (
        ("outcomes", case.outcomes),
        ("conditions", case.conditions),
        ("refusals", case.refusals),
    ):
        if there:
            yield f"the {words}"


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
