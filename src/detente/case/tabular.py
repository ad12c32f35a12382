"""A table of options and states, as papers print models, as a case.

The first row names the states, the first two columns the party and the option; below the options
stand rankings, the moves where the model is given as a graph, and which state is today's. What is
read is what ``detente states --table`` writes, and more.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.case.files import Loaded
from detente.case.formula import And, Formula, Not, OptionIs, Or, OutcomeIs
from detente.case.identifiers import identifiers
from detente.case.model import (
    TWO_LEVELS,
    Case,
    Guard,
    Option,
    Outcome,
    Party,
    Ranking,
    Rule,
    Statements,
)
from detente.decoding import decode
from detente.errors import CaseError, DetenteError, Place, Problem
from detente.opening import bytes_of

MAX_BYTES = 5_000_000
"""Largest file read."""

MAX_STATES, MAX_OPTIONS = 1_000, 60
"""Largest table read."""

YES, NO = ("y", "yes", "true", "1", "✓"), ("n", "no", "false", "0")
EITHER = ("", "-", "–", "—", "*")
RANKING = ("ranking", "preference", "preferences", "order")
RANKS, PAYOFFS = ("rank", "ranks"), ("payoff", "payoffs", "value", "values", "utility")
ONE_WAY = ("irreversible", "one way")
MOVES, TODAY = ("moves", "arcs", "reachable"), ("today", "status quo", "status_quo")

Pattern = tuple[int | None, ...]
"""The level of each option in a state; None where any will do."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table: where it stands, whose it is, what it is called, its cells."""

    number: int
    party: str
    label: str
    cells: tuple[str, ...]


def read(path: Path | str) -> Loaded:
    """Return the case in a ``.csv`` or ``.xlsx`` file.

    Raises
    ------
    CaseError
        If it cannot be read, or holds no such table: where and what.
    """
    path = Path(path)
    try:
        data = bytes_of(path, MAX_BYTES)
    except OSError as error:
        raise _fault(path, 0, f"cannot be read: {error.strerror or error}") from None
    if path.suffix.casefold() == ".xlsx":
        rows = _of_workbook(data, path)
    else:
        rows = _of_text(decode(data).text)
    return _Table(path, rows).loaded(path.stem)


def parse(text: str, *, file: str = "<text>", name: str = "case") -> Loaded:
    """Return the case in the text of a table whose cells are parted by commas, semicolons or tabs.

    Raises
    ------
    CaseError
        If it holds no such table: where and what.
    """
    return _Table(Path(file), _of_text(text)).loaded(name)


def _fault(path: Path, row: int, message: str) -> CaseError:
    return CaseError([Problem(message, Place(str(path), row) if row else Place(str(path)))])


def _of_text(text: str) -> list[list[str]]:
    first = text.lstrip().split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    with contextlib.suppress(csv.Error):  # what breaks off is no row of a table
        return [[cell.strip() for cell in row] for row in read]
    return []


def _of_workbook(data: bytes, path: Path) -> list[list[str]]:
    try:
        import openpyxl
    except ImportError:
        raise DetenteError(
            "Excel files need openpyxl: pip install 'detente[office]'; or save it as .csv"
        ) from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = itertools.islice(sheet.iter_rows(values_only=True), 10_000)
        return [[_cell(value) for value in row] for row in rows]
    except Exception as error:  # whatever is wrong inside, it is no workbook that can be read
        raise _fault(path, 0, f"cannot be read as a workbook: {error}") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class _Table:
    """Reads the rows of a table, and makes the case of them."""

    def __init__(self, path: Path, rows: Sequence[Sequence[str]]) -> None:
        self._path = path
        kept = [(k, list(row)) for k, row in enumerate(rows, start=1) if any(row)]
        if len(kept) < 2 or len([cell for cell in kept[0][1] if cell]) < 2:
            raise self._fault(
                0,
                "is no table of options and states: the first row names the states, the first two "
                "columns the party and the option",
            )
        (_, head), *below = kept
        last = max(k for k, cell in enumerate(head) if cell)
        self._names = [cell or str(k) for k, cell in enumerate(head[2 : last + 1], start=1)]
        if not self._names or len(self._names) > MAX_STATES:
            raise self._fault(1, f"has {len(self._names):,} states; 1 to {MAX_STATES:,} are read")
        self._rows = list(self._filled(below))
        self._outcomes = identifiers((f"s {n}" if n[:1].isdigit() else n for n in self._names), "s")
        self._outcomes = tuple(re.sub(r"^s_(?=\d)", "s", name) for name in self._outcomes)
        self.notes: list[str] = []

    def _fault(self, row: int, message: str) -> CaseError:
        return _fault(self._path, row, message)

    def _filled(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[_Row]:
        """Yield the rows; where the party is left out it is that of the row above."""
        party = ""
        for number, row in rows:
            cells = [*row, *[""] * (2 + len(self._names) - len(row))]
            party = cells[0] or party
            yield _Row(number, cells[0] or party, cells[1], tuple(cells[2 : 2 + len(self._names)]))

    def loaded(self, name: str) -> Loaded:
        """Return the case, and what is doubtful."""
        options = [row for row in self._rows if self._is_option(row)]
        if not options or len(options) > MAX_OPTIONS:
            raise self._fault(0, f"has {len(options)} rows of options; 1 to {MAX_OPTIONS} are read")
        labels = list(dict.fromkeys(row.party for row in options))
        ids = dict(zip(labels, identifiers(labels, "party"), strict=True))
        one_way = self._one_way()
        made: list[tuple[str, Option, list[int | None]]] = []
        for label in labels:
            own = [row for row in options if row.party == label]
            for row, key in zip(own, identifiers((r.label for r in own), "option"), strict=True):
                levels, cells = self._levels(row)
                rising = frozenset(itertools.combinations(range(len(levels)), 2))
                changes = rising if (label, row.label.casefold()) in one_way else None
                made.append((ids[label], Option(key, row.label, levels, changes), cells))
        patterns: list[Pattern] = list(zip(*(cells for _, _, cells in made), strict=True))
        self._require_apart(patterns)
        wants = {ids[p]: groups for p, groups in self._rankings(ids).items()}
        parties = [
            Party(
                ids[label],
                label,
                tuple(option for owner, option, _ in made if owner == ids[label]),
                wants.get(ids[label], Statements()),
            )
            for label in labels
        ]
        case = self._case(name, parties, patterns)
        case = self._with_moves(case, patterns, ids)
        problems = tuple(Problem(note, Place(str(self._path)), "warning") for note in self.notes)
        return Loaded(case, problems)

    # --- options and states

    def _is_option(self, row: _Row) -> bool:
        word = row.label.casefold()
        if word in ("", "state", *RANKING, *RANKS, *PAYOFFS, *MOVES, *TODAY, *ONE_WAY):
            return False
        told = {cell for cell in row.cells if cell not in EITHER}
        return not (told and told <= {"s", "E"})  # a row of verdicts

    def _one_way(self) -> set[tuple[str, str]]:
        """Return the options, with whose they are, that cannot be taken back."""
        found = set()
        for row in self._rows:
            if row.label.casefold() in ONE_WAY:
                own = {r.label.casefold() for r in self._rows if r.party == row.party}
                for cell in filter(None, row.cells):
                    if cell.casefold() not in own:
                        message = f"'{row.party}' has no option '{cell}' that could be irreversible"
                        raise self._fault(row.number, message)
                    found.add((row.party, cell.casefold()))
        return found

    def _levels(self, row: _Row) -> tuple[tuple[str, ...], list[int | None]]:
        """Return the levels of an option, and the level in each state."""
        said = [cell.casefold() for cell in row.cells]
        told = [cell for cell in said if cell not in EITHER]
        if all(cell in (*YES, *NO) for cell in told):
            cells = [None if c in EITHER else int(c in YES) for c in said]
            return TWO_LEVELS, cells
        order = list(dict.fromkeys(told))
        if all(re.fullmatch(r"\d+", cell) for cell in order):
            order.sort(key=int)
        else:
            self.notes.append(
                f"'{row.label}': its levels are taken in the order in which they stand: "
                f"{', '.join(order)}"
            )
        fit = all(re.fullmatch(r"\w+", cell) for cell in order)
        names = tuple(order) if fit else identifiers(order, "level")
        if len(names) < 2:
            names = (*names, "other")
        return names, [None if c in EITHER else order.index(c) for c in said]

    def _require_apart(self, patterns: Sequence[Pattern]) -> None:
        for (a, one), (b, two) in itertools.combinations(enumerate(patterns), 2):
            if all(x is None or y is None or x == y for x, y in zip(one, two, strict=True)):
                raise self._fault(
                    0, f"the states '{self._names[a]}' and '{self._names[b]}' are not told apart"
                )

    def _case(self, name: str, parties: Sequence[Party], patterns: Sequence[Pattern]) -> Case:
        axes = [(party.name, option) for party in parties for option in party.options]
        outcomes = [
            Outcome(outcome, _formula(axes, pattern), f"State {number}")
            for outcome, pattern, number in zip(self._outcomes, patterns, self._names, strict=True)
        ]
        sizes = [len(option.levels) for _, option in axes]
        size = [_size(pattern, sizes) for pattern in patterns]
        rules: tuple[Rule, ...] = ()
        if sum(size) < math.prod(sizes):
            every = [OutcomeIs(outcome.name) for outcome in outcomes]
            rules = (Rule(Not(Or(tuple(every)) if len(every) > 1 else every[0])),)
        same = tuple(Rule(OutcomeIs(o.name)) for o, n in zip(outcomes, size, strict=True) if n > 1)
        today = self._today()
        levels = None if today is None else tuple(level or 0 for level in patterns[today])
        return Case(
            name, name, tuple(parties), tuple(outcomes), rules, levels,
            source=f"a table of {len(patterns)} states", equivalent=same,
        )  # fmt: skip

    def _today(self) -> int | None:
        for row in self._rows:
            if row.label.casefold() in TODAY:
                marked = [k for k, cell in enumerate(row.cells) if cell.casefold() in YES]
                named = [cell for cell in row.cells if cell not in EITHER]
                if len(marked) == 1:
                    return marked[0]
                if len(named) == 1:
                    return self._state(named[0], row)
                raise self._fault(row.number, "today's state is not told; mark one with 'yes'")
        return None

    def _state(self, name: str, row: _Row) -> int:
        """Return the place of a state by its number or its string."""
        strings = next((r.cells for r in self._rows if r.label.casefold() == "state"), ())
        if name in self._names:
            return self._names.index(name)
        if name in strings:
            return strings.index(name)
        known = ", ".join(self._names[:12])
        raise self._fault(row.number, f"there is no state '{name}'; states: {known}")

    # --- wishes

    def _rankings(self, ids: dict[str, str]) -> dict[str, Ranking]:
        found: dict[str, Ranking] = {}
        for row in self._rows:
            word = row.label.casefold()
            if word not in (*RANKING, *RANKS, *PAYOFFS):
                continue
            if row.party not in ids:
                raise self._fault(row.number, f"'{row.party}' has no options in this table")
            if row.party in found:
                raise self._fault(row.number, f"'{row.party}' is ranked twice")
            groups = self._named(row) if word in RANKING else self._numbered(row, word in RANKS)
            found[row.party] = Ranking(
                tuple(tuple(OutcomeIs(self._outcomes[k]) for k in group) for group in groups)
            )
        return found

    def _named(self, row: _Row) -> list[list[int]]:
        """Return the groups of a list of states, the best first: ``7 > 3, 4 ~ 8``."""
        cells = [cell for cell in row.cells if cell]
        groups: list[list[int]] = []
        for cell in cells:
            for part in re.split(r"[>,;≻]|\s+(?![~=∼])(?<![~=∼]\s)", cell):
                names = [n for n in re.split(r"[~=∼\s]+", part.strip(" ()[]{}")) if n]
                if names:
                    groups.append([self._state(name, row) for name in names])
        told = [k for group in groups for k in group]
        twice = sorted({self._names[k] for k in told if told.count(k) > 1})
        missing = [n for k, n in enumerate(self._names) if k not in told]
        if twice or missing:
            what = [f"lacks {', '.join(missing)}"] if missing else []
            what += [f"has {', '.join(twice)} twice"] if twice else []
            raise self._fault(row.number, f"the ranking of '{row.party}' {' and '.join(what)}")
        return groups

    def _numbered(self, row: _Row, best_is_least: bool) -> list[list[int]]:
        try:
            worth = [float(cell.replace(",", ".")) for cell in row.cells]
        except ValueError:
            told = next(cell for cell in row.cells if not re.fullmatch(r"[-+\d.,]+", cell))
            message = f"'{row.label}' of '{row.party}' has '{told}', which is no number"
            raise self._fault(row.number, message) from None
        order = sorted(set(worth), reverse=not best_is_least)
        return [[k for k, w in enumerate(worth) if w == one] for one in order]

    # --- graph form

    def _with_moves(self, case: Case, patterns: Sequence[Pattern], ids: dict[str, str]) -> Case:
        """Return the case with only the moves that the table lists, where it lists any."""
        listed: dict[str, set[tuple[int, int]]] = {}
        for row in self._rows:
            if row.label.casefold() in MOVES:
                if row.party not in ids:
                    raise self._fault(row.number, f"'{row.party}' has no options in this table")
                listed.setdefault(ids[row.party], set()).update(self._arcs(row))
        if not listed:
            return case
        if any(None in pattern for pattern in patterns):
            raise self._fault(0, "moves are listed, so each state must say Y or N of every option")
        start, parties = 0, []
        for party in case.parties:
            own = range(start, start + len(party.options))
            start = own.stop
            arcs = listed.get(party.name)
            if arcs is None:
                raise self._fault(0, f"moves are listed, but none of '{party.label}'")
            self._require_own(party, own, arcs, patterns)
            options = [
                self._guarded(option, axis, own, arcs, patterns)
                for option, axis in zip(party.options, own, strict=True)
            ]
            parties.append(replace(party, options=tuple(options)))
        return replace(case, parties=tuple(parties))

    def _arcs(self, row: _Row) -> Iterator[tuple[int, int]]:
        """Yield the moves of a row: ``1>2`` or, below a state, the states it leads to."""
        for k, cell in enumerate(row.cells):
            for part in filter(None, re.split(r"[,;\s]+", cell)):
                if part in EITHER:
                    continue
                names = re.split(r"->|→|>", part)
                if len(names) == 2:
                    yield self._state(names[0], row), self._state(names[1], row)
                else:
                    yield k, self._state(part, row)

    def _require_own(
        self, party: Party, own: range, arcs: set[tuple[int, int]], patterns: Sequence[Pattern]
    ) -> None:
        for a, b in sorted(arcs):
            changed = [k for k, (x, y) in enumerate(zip(patterns[a], patterns[b], strict=True))
                       if x != y]  # fmt: skip
            if not changed or any(k not in own for k in changed):
                raise self._fault(
                    0,
                    f"'{party.label}' cannot move from '{self._names[a]}' to '{self._names[b]}': "
                    "these differ in what is not its own",
                )

    def _guarded(
        self,
        option: Option,
        axis: int,
        own: range,
        arcs: set[tuple[int, int]],
        patterns: Sequence[Pattern],
    ) -> Option:
        """Return an option whose changes are those that the moves make of it, each where they do.

        A change is free where every state that the party could make by it is listed.
        """
        others = [k for k in range(len(patterns[0])) if k not in own]
        place = [tuple(pattern[k] for k in others) for pattern in patterns]
        able = {
            (a, b)
            for a, b in itertools.permutations(range(len(patterns)), 2)
            if place[a] == place[b]
        }
        changes: set[tuple[int, int]] = set()
        guards: list[Guard] = []
        for old, new in itertools.permutations(range(len(option.levels)), 2):

            def makes(arc: tuple[int, int], old: int = old, new: int = new) -> bool:
                return patterns[arc[0]][axis] == old and patterns[arc[1]][axis] == new

            made = sorted(arc for arc in arcs if makes(arc))
            if not made:
                continue
            changes.add((old, new))
            if set(made) == {arc for arc in able if makes(arc)}:
                continue
            for source in dict.fromkeys(a for a, _ in made):
                ends = [OutcomeIs(self._outcomes[b]) for a, b in made if a == source]
                after: Formula = Or(tuple(ends)) if len(ends) > 1 else ends[0]
                before = OutcomeIs(self._outcomes[source])
                guards.append(Guard(new, old, before, after, entry=len(guards)))
        every = set(itertools.permutations(range(len(option.levels)), 2))
        if changes == every and not guards:
            return option
        return replace(option, changes=frozenset(changes), guards=tuple(guards))


def _formula(axes: Sequence[tuple[str, Option]], pattern: Pattern) -> Formula:
    """Return the formula that holds in the states of a pattern."""
    parts: list[Formula] = []
    for (party, option), level in zip(axes, pattern, strict=True):
        if level is None:
            continue
        if option.levels == TWO_LEVELS:
            yes = OptionIs(party, option.name)
            parts.append(yes if level else Not(yes))
        else:
            parts.append(OptionIs(party, option.name, option.levels[level]))
    if not parts:  # any state at all
        party, option = axes[0]
        return Or(tuple(OptionIs(party, option.name, level) for level in option.levels))
    return And(tuple(parts)) if len(parts) > 1 else parts[0]


def _size(pattern: Pattern, sizes: Sequence[int]) -> int:
    return math.prod(n for level, n in zip(pattern, sizes, strict=True) if level is None)
