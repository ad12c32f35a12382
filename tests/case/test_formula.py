"""The formula language: reading, writing, and what a formula means."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case import formula as fm
from detente.case.model import Case
from detente.case.truth import Truth, TruthAt
from strategies_case import NAMES, atoms_of, cases, formulas

names = st.sampled_from([*NAMES, "a", "very_long_name_2"])
any_atom = st.one_of(
    st.builds(fm.OutcomeIs, names),
    st.builds(
        fm.OptionIs, names, names, st.one_of(st.none(), st.sampled_from(["0", "full", "1e5"]))
    ),
)
MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@given(formulas(any_atom, max_leaves=25))
@MANY
def test_reading_what_was_written_gives_the_same_tree(formula):
    assert fm.parse(fm.to_text(formula)) == formula


def o(text: str) -> fm.OptionIs:
    party, _, option = text.partition(".")
    return fm.OptionIs(party, option)


# Trees by hand, after the order of binding: not, and, or, then `if` and `iff`.
@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a.x", o("a.x")),
        ("war", fm.OutcomeIs("war")),
        ("a.x = 2", fm.OptionIs("a", "x", "2")),
        ("  a . x=full ", fm.OptionIs("a", "x", "full")),
        ("not a.x and b.y", fm.And((fm.Not(o("a.x")), o("b.y")))),
        ("not (a.x and b.y)", fm.Not(fm.And((o("a.x"), o("b.y"))))),
        ("not a.x = 2", fm.Not(fm.OptionIs("a", "x", "2"))),
        ("a.x or b.y and c.z", fm.Or((o("a.x"), fm.And((o("b.y"), o("c.z")))))),
        ("a.x or b.y or c.z", fm.Or((o("a.x"), o("b.y"), o("c.z")))),
        ("a.x or (b.y or c.z)", fm.Or((o("a.x"), fm.Or((o("b.y"), o("c.z")))))),
        ("a.x or b.y if c.z", fm.If(fm.Or((o("a.x"), o("b.y"))), o("c.z"))),
        ("a.x iff not b.y", fm.Iff(o("a.x"), fm.Not(o("b.y")))),
        ("(a.x if b.y) if c.z", fm.If(fm.If(o("a.x"), o("b.y")), o("c.z"))),
        ("a.x\n  and\n  notable", fm.And((o("a.x"), fm.OutcomeIs("notable")))),
        ("not(a.x)and(b.y)or(c.z)", fm.Or((fm.And((fm.Not(o("a.x")), o("b.y"))), o("c.z")))),
        ("notb.x", o("notb.x")),
        ("iffy.x if order.y", fm.If(o("iffy.x"), o("order.y"))),
    ],
)
def test_binding(text, tree):
    assert fm.parse(text) == tree


# Offsets counted by hand, from 0.
@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "the formula is empty"),
        (" \n", 0, "the formula is empty"),
        ("a.x & b.y", 4, "'&' has no meaning in a formula; write 'and'"),
        ("!a.x", 0, "'!' has no meaning in a formula; write 'not'"),
        ("a.x -> b.y", 4, "'-' has no meaning in a formula; for 'a -> b' write 'b if a'"),
        ("a.x $", 4, "'$' has no meaning in a formula"),
        ("a.x AND b.y", 4, "'AND' does not fit here; write 'and', in small letters"),
        ("Not a.x", 0, "'Not' does not fit here; write 'not', in small letters"),
        ("a.x and NOT(b.y)", 8, "'NOT' does not fit here; write 'not', in small letters"),
        ("a.x and", 7, "the formula ends here; expected a name or 'not' or '('"),
        ("(a.x", 4, "the formula ends before a ')' closes the last '('"),
        (
            "a.x)",
            3,
            "this ')' closes no '('",
        ),
        ("(a.x and )", 9, "')' does not fit here; expected a name or 'not' or '('"),
        (
            "a.x if b.y if c.z",
            11,
            "'if' does not fit here: 'if' and 'iff' do not chain; "
            "put parentheses around one of them",
        ),
        ("and a.x", 0, "'and' does not fit here; expected a name or 'not' or '('"),
        ("a.not", 2, "'not' does not fit here; expected a name"),
        ("a.x = ", 5, "the formula ends here; expected a level"),
        (
            "a.x andb.y",
            4,
            "'andb' does not fit here; expected '=' or 'and' or 'or' or 'if' or 'iff'",
        ),
        ("a.x iffb.y", 4, "'iffb' does not fit here; expected '=' or 'and' or"),
        ("a.x or b.y orc", 11, "'orc' does not fit here; expected '=' or 'and' or"),
        ("a.x²", 3, "'²' in 'x²' is no digit; use letters, digits and _"),
        ("war and a.x = ½", 14, "'½' in '½' is no digit; use letters, digits and _"),
        ("o²", 1, "'²' in 'o²' is no digit; use letters, digits and _"),
    ],
)
def test_what_cannot_be_read(text, offset, message):
    with pytest.raises(fm.FormulaError) as caught:
        fm.parse(text)
    assert caught.value.offset == offset
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_mentions_stand_where_they_stand():
    _, mentions = fm.parse_with_mentions("war or not (ally.talk = 1 and war)")
    assert [(m.offset, fm.to_text(m.atom)) for m in mentions] == [
        (0, "war"),
        (12, "ally.talk = 1"),
        (30, "war"),
    ]


# --- meaning ----------------------------------------------------------------------------------


def holds(formula: fm.Formula, case: Case, state: tuple[int, ...]) -> bool:
    """Read the meaning aloud, one state at a time; the oracle of this file."""
    match formula:
        case fm.OptionIs(party, option, level):
            position = [(p.name, x.name) for p, x in case.options].index((party, option))
            levels = case.options[position][1].levels
            return state[position] > 0 if level is None else levels[state[position]] == level
        case fm.OutcomeIs(name):
            return any(holds(x.formula, case, state) for x in case.outcomes if x.name == name)
        case fm.Not(part):
            return not holds(part, case, state)
        case fm.And(parts):
            return all(holds(part, case, state) for part in parts)
        case fm.Or(parts):
            return any(holds(part, case, state) for part in parts)
        case fm.If(then, given_):
            return holds(then, case, state) if holds(given_, case, state) else True
        case fm.Iff(left, right):
            return holds(left, case, state) == holds(right, case, state)


@st.composite
def cases_with_formula(draw):
    case = draw(cases(max_cells=36))
    atoms = atoms_of(case.parties, tuple(x.name for x in case.outcomes))
    return case, draw(formulas(st.sampled_from(atoms)))


@given(cases_with_formula())
@MANY
def test_arrays_agree_with_the_meaning_in_every_state(drawn):
    case, formula = drawn
    array = Truth(case)(formula)
    assert array.ndim == len(case.shape)
    states = list(itertools.product(*map(range, case.shape)))
    for state in states:
        index = tuple(min(level, size - 1) for level, size in zip(state, array.shape, strict=True))
        assert bool(array[index]) == holds(formula, case, state)
    assert bool(TruthAt(case, states[-1])(formula)) == holds(formula, case, states[-1])


# --- monsters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000 + "a.x" + ")" * 5_000,
        "not " * 5_000 + "a.x",
        "not (" * 5_000 + "a.x" + ")" * 5_000,
        "(" * 100_001,
        "a.x if (" * 5_000 + "a.x" + ")" * 5_000,
    ],
)
def test_nesting_beyond_all_need_is_refused(text):
    with pytest.raises(fm.FormulaError, match=r"nested more than 100 deep|characters; at most"):
        fm.parse(text)


def test_length_beyond_all_need_is_refused():
    with pytest.raises(fm.FormulaError, match=r"has 1,000,000 characters; at most 100,000 are"):
        fm.parse("a" * 1_000_000)


def test_the_deepest_formula_allowed_can_be_read_and_written():
    text = "not " * 98 + "a.x"
    assert fm.to_text(fm.parse(text)) == text
