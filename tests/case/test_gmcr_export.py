"""Writing ``.gmcr`` files, and reading them back.

Expected files were written by hand from the format; random cases are held against themselves:
what comes back must have the same states, moves and ranks.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.case import formula as fm
from detente.case import gmcr
from detente.case.model import (
    Basis,
    Case,
    Option,
    Outcome,
    Party,
    Ranking,
    Rule,
    Statement,
    Statements,
    Weights,
)
from detente.errors import CaseError, LimitError
from detente.graph import build

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("sample", ["quota", "old_ranking"])
def test_reading_what_was_written_gives_the_same_case(sample):
    case = gmcr.read(SAMPLES / f"{sample}.gmcr").case
    written = gmcr.to_json(case, build)
    assert written.left_out == ()
    again = gmcr.parse(written.text, name=case.name)
    assert again.case == case
    assert again.problems == ()


X_BEFORE_Y = Case(
    name="c",
    title="A title",
    parties=(
        Party(
            "p",
            "P",
            (Option("x", "X", changes=frozenset({(0, 1)})), Option("y", "Y")),
            Statements(
                (
                    Statement(fm.parse("not calm")),
                    Statement(fm.parse("p.x iff p.y"), Basis(note="why")),
                    Statement(fm.parse("p.x and not p.x")),
                )
            ),
            aliases=("PP",),
        ),
    ),
    outcomes=(Outcome("calm", fm.parse("not p.x")),),
    infeasible=(Rule(fm.parse("not (p.x if p.y)")),),
    status_quo=(0, 0),
    source="a book",
    as_of=dt.date(1991, 1, 1),
)
"""Y only with X; the first wish is an outcome, the second takes two patterns, the last fails."""


def test_the_file_written_by_hand():
    written = gmcr.to_json(X_BEFORE_Y)
    assert json.loads(written.text) == {
        "program": "detente",
        "options": [
            {"name": "X", "permittedDirection": "fwd"},
            {"name": "Y", "permittedDirection": "both"},
        ],
        "decisionMakers": [
            {
                "name": "P",
                "options": [0, 1],
                "preferences": [
                    [[0, "Y"]],
                    {"compound": True, "members": [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]},
                ],
                "misperceptions": [],
            }
        ],
        "infeasibles": [[[0, "N"], [1, "Y"]]],
        "useManualPreferenceRanking": False,
        "coalitions": [0],
    }
    assert written.left_out == (
        "1 outcome",
        "the status quo",
        "the citations and notes of rules and statements",
        "the other names of the parties",
        "the date",
        "the source",
        "the title",
        "the statement 'p.x and not p.x' of P, which never holds",
    )


def plain(options: tuple[Option, ...], wants: object = Statements(), **more: object) -> Case:
    return Case("c", "c", (Party("p", "p", options, wants),), **more)


def test_what_the_format_cannot_hold_is_refused():
    three = Option("x", "x", ("none", "partial", "full"))
    stuck = Option("y", "y", changes=frozenset())
    with pytest.raises(CaseError) as caught:
        gmcr.to_json(plain((three, stuck)))
    assert [p.message.partition(";")[0] for p in caught.value.problems] == [
        "option 'p.x' has 3 levels and a .gmcr file holds two",
        "option 'p.y' can never change and a .gmcr file cannot say so",
    ]
    with pytest.raises(CaseError, match="the case has none"):
        gmcr.to_json(plain(()))


def test_what_cannot_be_written_is_named():
    odd = Option("x", "Some label", ("keep", "give"))
    assert gmcr.to_json(plain((odd,))).left_out == (
        "the names of the levels, which become no and yes",
        "the short names used in formulas; reading the file makes new ones from the labels",
    )


def test_one_party_with_other_names_is_enough_to_name_them():
    two = replace(X_BEFORE_Y, parties=(*X_BEFORE_Y.parties, Party("q", "Q")))
    assert "the other names of the parties" in gmcr.to_json(two).left_out


def wide(n: int) -> tuple[tuple[Option, ...], fm.Formula]:
    """A formula over 2n options that takes 2^n patterns."""
    options = tuple(Option(f"o{i}", f"o{i}") for i in range(2 * n))
    pairs = [f"(p.o{i} or p.o{i + n})" for i in range(n)]
    return options, fm.parse(" and ".join(pairs))


def test_a_statement_of_too_many_patterns_becomes_a_ranking():
    options, formula = wide(8)
    written = json.loads(gmcr.to_json(plain(options, infeasible=(Rule(formula),))).text)
    assert len(written["infeasibles"]) == 256
    options, formula = wide(9)
    with pytest.raises(CaseError, match="would take more than 256 patterns"):
        gmcr.to_json(plain(options, infeasible=(Rule(formula),)))
    parity = "p.o0"
    for i in range(1, 11):
        parity = f"({parity}) iff p.o{i}"
    case = plain(options[:11], Statements((Statement(fm.parse(parity)),)))
    written = gmcr.to_json(case, build)
    assert written.left_out == ("the statements of p, written as a ranking of states",)
    assert np.array_equal(build(gmcr.parse(written.text).case).ranks[0], build(case).ranks[0])
    with pytest.raises(CaseError, match="needs the states"):
        gmcr.to_json(case)


def test_nested_equivalences_and_towers_of_outcomes_take_no_time():
    tower = [Outcome("o0", fm.parse("p.x"))]
    tower += [Outcome(f"o{i}", fm.parse(f"o{i - 1} iff o{i - 1}")) for i in range(1, 60)]
    case = plain(
        (Option("x", "x"),), Statements((Statement(fm.parse("o59")),)), outcomes=tuple(tower)
    )
    assert gmcr.to_json(case).left_out == ("60 outcomes",)
    deep = [Outcome("o0", fm.parse("p.x"))]
    deep += [Outcome(f"o{i}", fm.parse(f"not o{i - 1}")) for i in range(1, 5000)]
    case = plain(
        (Option("x", "x"),), infeasible=(Rule(fm.OutcomeIs("o4999")),), outcomes=tuple(deep)
    )
    with pytest.raises(CaseError, match="more than 256 patterns"):
        gmcr.to_json(case)


def test_a_ranking_that_would_be_too_long_is_refused():
    options = tuple(Option(f"o{i}", f"o{i}") for i in range(21))
    heavy = Weights(((fm.parse("p.o0"), Fraction(1)),))
    with pytest.raises(CaseError, match="would be too long"):
        gmcr.to_json(plain(options, heavy), build)
    with pytest.raises(CaseError, match=r"its 131,072 states instead would be too long"):
        gmcr.to_json(plain(options[:17], heavy), build)


# --- random cases -----------------------------------------------------------------------------

NAMES = ("a.x", "a.y", "b.x", "b.y", "c.z")


def formulas(names: tuple[str, ...]) -> st.SearchStrategy[fm.Formula]:
    """Formulas over two-level options, with every connective."""
    atom = st.builds(
        lambda name, level: fm.OptionIs(*name.split("."), level),
        st.sampled_from(names),
        st.sampled_from([None, "no", "yes"]),
    )
    return st.recursive(
        atom,
        lambda f: st.one_of(
            st.builds(fm.Not, f),
            st.builds(lambda a, b: fm.And((a, b)), f, f),
            st.builds(lambda a, b, c: fm.Or((a, b, c)), f, f, f),
            st.builds(fm.If, f, f),
            st.builds(fm.Iff, f, f),
        ),
        max_leaves=5,
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Three parties, one of which may own nothing; statements, or weights for some."""
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)))
    formula = formulas(names)
    ways = st.sampled_from([None, frozenset({(0, 1)}), frozenset({(1, 0)})])
    statements = st.lists(formula, max_size=4).map(lambda f: Statements(tuple(map(Statement, f))))
    weights = st.lists(st.tuples(formula, st.integers(-3, 3).map(Fraction)), min_size=1, max_size=3)
    wants = draw(st.sampled_from([statements, statements | weights.map(tuple).map(Weights)]))
    parties = tuple(
        Party(
            party,
            party.upper(),
            tuple(
                Option(option, f"Do {option}", changes=draw(ways))
                for owner, option in (name.split(".") for name in names)
                if owner == party
            ),
            draw(wants),
        )
        for party in "abc"
    )
    rules = tuple(map(Rule, draw(st.lists(formula, max_size=2))))
    return Case("c", "c", parties, infeasible=rules)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_a_written_case_means_the_same(case):
    try:
        before = build(case)
    except (CaseError, LimitError):
        assume(False)
    after = build(gmcr.parse(gmcr.to_json(case, build).text).case)
    assert np.array_equal(after.feasible, before.feasible)
    for old, new in zip(before.changes, after.changes, strict=True):
        assert np.array_equal(old, new)
    for old, new in zip(before.ranks, after.ranks, strict=True):
        assert np.array_equal(old[before.feasible], new[after.feasible])


@given(cases())
@settings(max_examples=60, deadline=None)
def test_writing_twice_changes_nothing_more(case):
    try:
        once = gmcr.parse(gmcr.to_json(case, build).text, name="c").case
    except (CaseError, LimitError):
        assume(False)
    again = gmcr.to_json(once, build)
    assert gmcr.parse(again.text, name="c").case == once
    assert again.left_out == ()
    assert all(isinstance(p.preferences, Ranking | Statements) for p in once.parties)
