"""What stands in a ``.gmcr`` file, as a case.

Such a file lists options that are taken or not, who owns which, patterns of choices that cannot be,
and for each decision maker either statements (patterns, or any of several patterns), the most
important first, or a ranking of state numbers. States are numbered from 1 among the feasible ones,
in the order of their value when the first option of the file is the lowest bit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from detente.case.files import Loaded
from detente.case.formula import And, Formula, Not, OptionIs, Or
from detente.case.gmcr.export import DIRECTIONS
from detente.case.gmcr.saved import Maker, Notes, Pattern, Saved, decode, shown
from detente.case.identifiers import identifiers
from detente.case.model import (
    Case,
    Option,
    Party,
    Preferences,
    Ranking,
    Rule,
    Statement,
    Statements,
)
from detente.decoding import decode as decode_bytes
from detente.errors import CaseError, Place, Problem
from detente.opening import bytes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES = 2_000_000
"""Largest file read; the largest known conflicts of this format take some kilobytes."""

MAX_RANKED = 1 << 20
"""Most states looked at while the states of a manual ranking are numbered."""

Atoms: TypeAlias = dict[int, OptionIs]
"""Position of an option in the file to what it is called; in party order."""


def read(path: Path | str, *, name: str | None = None) -> Loaded:
    """Return the case in a ``.gmcr`` file, and what is doubtful in it.

    Parameters
    ----------
    path : path
        The file.
    name : str, optional
        The case's short name; by default that of the file.

    Raises
    ------
    CaseError
        With everything that is wrong in the file.
    """
    path = Path(path)
    try:
        data = bytes_of(path, MAX_BYTES)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise CaseError([Problem(problem, Place(str(path)))]) from None
    if data.startswith(_PICKLES):
        raise CaseError([Problem(_PICKLED, Place(str(path)))])
    decoded = decode_bytes(data)
    if not decoded.is_text:
        problem = "is not text; a .gmcr file is JSON in UTF-8"
        raise CaseError([Problem(problem, Place(str(path)))])
    return parse(decoded.text, file=str(path), name=path.stem if name is None else name)


_PICKLES = (
    *(b"\x80" + bytes([protocol]) for protocol in range(2, 6)),
    b"}q",
    b"]q",
    b"(dp",
    b"(lp",
    b"(i",
    b"ccopy_reg",
)
_PICKLED = (
    "is a Python pickle, as early versions of gmcr-py saved; a pickle can run any program, so it "
    "is not opened here. Open it there and save it again, as JSON"
)


def parse(text: str, *, file: str = "<text>", name: str = "case") -> Loaded:
    """Return the case in the text of a ``.gmcr`` file, and what is doubtful in it.

    Parameters
    ----------
    text : str
        JSON.
    file, name : str
        How messages name the file; the case's short name, which also serves as its title.

    Raises
    ------
    CaseError
        With everything that is wrong in the text.
    """
    from detente.case.check import check

    notes = Notes(file)
    saved = decode(text, notes)
    values = _feasible_values(saved, notes) if saved.manual else None
    notes.stop_on_errors()
    case = _case(name, saved, values, notes)
    notes.stop_on_errors()
    for members in saved.coalitions:
        who = [case.parties[m] for m in members]
        notes.warn(
            f"the coalition of {' and '.join(p.label for p in who)} is not part of a case and was "
            "left out; ask about it with "
            f"'detente stability CASE --coalition {'+'.join(p.name for p in who)}'"
        )
    notes.problems += [replace(problem, place=Place(file)) for problem in check(case)]
    notes.stop_on_errors()
    return Loaded(case, tuple(notes.problems))


def _feasible_values(saved: Saved, notes: Notes) -> NDArray[np.int64] | None:
    """Return the values of the feasible states, rising; state number n is the n-th of them."""
    import numpy as np

    values = np.zeros(1, np.int64)
    n_options = len(saved.options)
    complete: list[list[Pattern]] = [[] for _ in saved.options]
    for pattern in saved.infeasible:
        complete[max(o for o, _ in pattern)].append(pattern)
    # Options join one by one, lowest bit first; a pattern prunes once all its options are in.
    for bit, patterns in enumerate(complete):
        values = np.concatenate([values, values | (1 << bit)])
        for pattern in patterns:
            mask = sum(1 << o for o, _ in pattern)
            wanted = sum(1 << o for o, taken in pattern if taken)
            values = values[values & mask != wanted]
        if len(values) > MAX_RANKED or n_options > 62:
            notes.error(
                f"too many states ({n_options} options) to be ranked by number; "
                "give the decision makers statements instead"
            )
            return None
    if not len(values):
        notes.error("'infeasibles' leaves no state; drop or soften one of its patterns")
    return values


def _case(name: str, saved: Saved, values: NDArray[np.int64] | None, notes: Notes) -> Case:
    """Put the case together: the same options, party by party."""
    party_names = identifiers((m.name for m in saved.makers), "party")
    owned = [_own_options(maker, saved) for maker in saved.makers]
    atoms = {
        at: OptionIs(party, option.name)
        for party, maker, options in zip(party_names, saved.makers, owned, strict=True)
        for at, option in zip(maker.options, options, strict=True)
    }
    if values is not None and list(atoms) != sorted(atoms):
        notes.warn(
            "the options are not listed decision maker by decision maker; the state numbers of "
            "the rankings were read with the options in the order of the list"
        )
    return Case(
        name=name,
        title=name,
        parties=tuple(
            Party(party, maker.name or party, options, _wants(maker, atoms, values, notes))
            for party, maker, options in zip(party_names, saved.makers, owned, strict=True)
        ),
        infeasible=tuple(Rule(_conjunction(p, atoms)) for p in saved.infeasible),
    )


def _own_options(maker: Maker, saved: Saved) -> tuple[Option, ...]:
    """Return the options of one decision maker, under names of their own."""
    taken = [saved.options[at] for at in maker.options]
    names = identifiers((label for label, _ in taken), "option")
    return tuple(
        Option(name, label or name, changes=DIRECTIONS[direction])
        for name, (label, direction) in zip(names, taken, strict=True)
    )


def _wants(
    maker: Maker, atoms: Atoms, values: NDArray[np.int64] | None, notes: Notes
) -> Preferences:
    if values is None:
        either = (_joined(Or, [_conjunction(p, atoms) for p in s]) for s in maker.statements)
        return Statements(tuple(map(Statement, either)))
    groups = []
    for group in _groups(maker, values, notes):
        states = [tuple((at, bool(value >> at & 1)) for at in atoms) for value in group]
        # By number once the options are in party order, so that writing and reading agree.
        groups.append(tuple(_conjunction(s, atoms) for s in sorted(states, key=_from_last)))
    return Ranking(tuple(groups))


def _conjunction(pattern: Pattern, atoms: Atoms) -> Formula:
    return _joined(And, [atoms[at] if taken else Not(atoms[at]) for at, taken in pattern])


def _joined(join: type[And] | type[Or], formulas: Sequence[Formula]) -> Formula:
    return formulas[0] if len(formulas) == 1 else join(tuple(formulas))


def _groups(maker: Maker, values: NDArray[np.int64], notes: Notes) -> list[list[int]]:
    """Turn state numbers into values; refuse numbers that are missing, repeated or too high."""
    n = len(values)
    times = Counter(s for group in maker.ranking or () for s in group)
    wrong = False
    for numbers, what in (
        (sorted(s for s in times if not 1 <= s <= n), f"no state of the {n:,} has the number"),
        (sorted(s for s in times if times[s] > 1), "these states stand twice:"),
        (sorted(set(range(1, n + 1)) - set(times)), "these states are missing:"),
    ):
        if numbers:
            wrong = True
            some = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
            notes.error(f"decision maker {shown(maker.name)}, ranking: {what} {some}")
    return [] if wrong else [[int(values[s - 1]) for s in g] for g in maker.ranking or ()]


def _from_last(state: Pattern) -> list[bool]:
    """Return the key that sorts states by value, the first option being the lowest bit."""
    return [taken for _, taken in reversed(state)]
