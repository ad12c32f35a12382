"""Random formulas and cases for hypothesis: everything that a case file can say."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import (
    NO_BASIS,
    TWO_LEVELS,
    Basis,
    Belief,
    Case,
    Citation,
    Condition,
    Disbelief,
    Guard,
    Option,
    Outcome,
    Party,
    Preferences,
    Ranking,
    Refusal,
    Rule,
    Stance,
    Statement,
    Statements,
    View,
    Weights,
)

NAMES = (
    "talk",
    "pledge",
    "x",
    "y2",
    "_z",
    "null",
    "true",
    "no",
    "Österreich",
    "nott",
    "ifs",
    "日本",
)
LEVELS = ("none", "partial", "full", "0", "1", "007", "yes", "no", "nan", "1e5", "null")

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")).filter(
        lambda c: c not in "\ufffe\uffff"
    ),
    max_size=20,
)
"""Texts that may stand in a case: any character but breaks, controls and half a character."""

LABELS = st.one_of(
    st.sampled_from(
        ["yes", "null", "~", "- x", "a: b", "#", "3", "'", '"', "it's", "x #y", "{", "*a"]
    ),
    WORDS.filter(lambda text: text.strip() != ""),
)


def formulas(
    atoms: st.SearchStrategy[Formula], *, max_leaves: int = 12
) -> st.SearchStrategy[Formula]:
    """Draw formula trees over the names given, of every shape that the language has."""

    def larger(smaller: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(smaller, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(fm.Not, smaller),
            st.builds(fm.And, several),
            st.builds(fm.Or, several),
            st.builds(fm.If, smaller, smaller),
            st.builds(fm.Iff, smaller, smaller),
        )

    return st.recursive(atoms, larger, max_leaves=max_leaves)


def atoms_of(parties: tuple[Party, ...], outcomes: tuple[str, ...] = ()) -> list[Formula]:
    """Return every name that a formula over these parties and outcomes can use."""
    made: list[Formula] = [fm.OutcomeIs(name) for name in outcomes]
    for party, option in ((p, o) for p in parties for o in p.options):
        made.append(fm.OptionIs(party.name, option.name))
        made += [fm.OptionIs(party.name, option.name, level) for level in option.levels]
    return made


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    max_cells: int = 64,
    feasible_only: bool = False,
    guards: bool = False,
    beliefs: bool = False,
) -> Case:
    """Draw a case of few states; nothing makes sure that it makes sense.

    Parameters
    ----------
    max_cells : states, the infeasible ones included
    feasible_only : no rules
    guards : changes under a condition, too
    beliefs : views, attitudes, positions and doubts, too
    """
    bare = draw(parties(max_cells))
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    outcomes: list[Outcome] = []
    for name in names:
        known = atoms_of(bare, tuple(o.name for o in outcomes))
        label = draw(st.one_of(st.just(""), LABELS))
        form = draw(st.sampled_from(("", "clause", "noun")))
        outcomes.append(Outcome(name, draw(formulas(st.sampled_from(known))), label, form))
    any_formula = formulas(st.sampled_from(atoms_of(bare, tuple(names))))
    if guards:
        bare = tuple(
            replace(p, options=tuple(draw(guarded(o, any_formula)) for o in p.options))
            for p in bare
        )
    rules = st.lists(st.builds(Rule, any_formula, bases()), max_size=0 if feasible_only else 2)
    levels = [len(o.levels) for p in bare for o in p.options]
    today = st.tuples(*(st.integers(0, n - 1) for n in levels))
    speaker = st.sampled_from([p.name for p in bare])
    firmness = st.integers(1, 999_999)
    seen = draw(perceived(bare, any_formula)) if beliefs else {}
    ids = draw(st.lists(st.from_regex(r"[\w.-]{1,5}", fullmatch=True), max_size=4, unique=True))
    return Case(
        name="drawn",
        title=draw(LABELS),
        parties=tuple(replace(p, preferences=draw(preferences(any_formula))) for p in bare),
        outcomes=tuple(outcomes),
        infeasible=tuple(draw(rules)),
        status_quo=draw(st.one_of(st.none(), today)),
        conditions=tuple(
            Condition(i, draw(speaker), draw(any_formula), draw(any_formula), draw(firmness), b)
            for i, b in zip(ids[::2], itertools.repeat(draw(bases())), strict=False)
        ),
        refusals=tuple(
            Refusal(i, draw(speaker), draw(any_formula), draw(firmness), draw(bases()))
            for i in ids[1::2]
        ),
        as_of=draw(st.one_of(st.none(), st.dates(dt.date(1000, 1, 1)))),
        source=draw(WORDS),
        target=draw(st.one_of(st.none(), any_formula)),
        earlier=draw(WORDS),
        draft=draw(st.booleans()),
        author=draw(LABELS),
        handling=draw(st.sampled_from(("", "For official use"))),
        **seen,
    )


@st.composite
def parties(draw: st.DrawFn, max_cells: int) -> tuple[Party, ...]:
    """Draw one to three parties without preferences; there is one option at least."""
    cells = 1
    made = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        options = []
        wanted = st.lists(
            st.sampled_from(NAMES), min_size=0 if made else 1, max_size=3, unique=True
        )
        for key in draw(wanted):
            levels = draw(level_names())
            if cells * len(levels) > max_cells:
                continue
            cells *= len(levels)
            options.append(
                Option(
                    key,
                    draw(LABELS),
                    levels,
                    draw(level_changes(len(levels))),
                    draw(st.sampled_from(("", "do a thing"))),
                    draw(st.sampled_from(((), tuple(f"do {i}" for i in range(len(levels)))))),
                )
            )
        aliases = tuple(draw(st.lists(LABELS, max_size=2)))
        made.append(
            Party(
                name,
                draw(LABELS),
                tuple(options),
                aliases=aliases,
                the=draw(st.sampled_from((None, True, False))),
                plural=draw(st.sampled_from((None, True, False))),
            )
        )
    return tuple(made)


def level_names() -> st.SearchStrategy[tuple[str, ...]]:
    """Draw two to four levels, mostly no and yes."""
    other = st.lists(st.sampled_from(LEVELS), min_size=2, max_size=4, unique=True).map(tuple)
    return st.one_of(st.just(TWO_LEVELS), other)


def level_changes(n: int) -> st.SearchStrategy[frozenset[tuple[int, int]] | None]:
    """Draw the allowed changes between n levels: all, rising only, or any set of them."""
    rising = frozenset(itertools.combinations(range(n), 2))
    some = st.frozensets(st.sampled_from(list(itertools.permutations(range(n), 2))))
    return st.one_of(st.none(), st.just(rising), some)


@st.composite
def guarded(draw: st.DrawFn, option: Option, formula: st.SearchStrategy[Formula]) -> Option:
    """Draw an option, some changes of which have a condition."""
    n = len(option.levels)
    free = option.changes or frozenset(itertools.permutations(range(n), 2))
    guards = draw(
        st.lists(
            st.builds(
                Guard,
                st.integers(0, n - 1),
                st.one_of(st.none(), st.integers(0, n - 1)),
                st.one_of(st.none(), formula),
                st.one_of(st.none(), formula),
                bases(),
            ).filter(lambda g: g.old != g.new and (g.before or g.after)),
            max_size=3,
        )
    )
    bound = frozenset().union(*(guard.pairs(n) for guard in guards))
    changes = option.changes if not guards else (free - bound) | bound
    return replace(option, changes=changes, guards=tuple(guards))


@st.composite
def perceived(
    draw: st.DrawFn, bare: tuple[Party, ...], formula: st.SearchStrategy[Formula]
) -> dict[str, object]:
    """Draw how parties see each other, and what they say of single options."""
    names = [p.name for p in bare]
    options = [(p.name, o.name) for p in bare for o in p.options]
    sizes = {(p.name, o.name): len(o.levels) for p in bare for o in p.options}
    views = []
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=2)):
        others = [n for n in names if n != name]
        held = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        foreign = [o for o in options if o[0] != name]
        unaware = draw(st.lists(st.sampled_from(foreign), unique=True)) if foreign else []
        views.append(
            View(name, tuple(Belief(n, draw(preferences(formula))) for n in held), tuple(unaware))
        )
    pairs = [(a, b) for a in names for b in names]
    towards = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))

    def stance(party: str, option: tuple[str, str]) -> Stance:
        return Stance(party, option, draw(st.integers(0, sizes[option] - 1)))

    said = draw(st.lists(st.sampled_from(options), unique=True, max_size=2)) if options else []
    who = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    return {
        "views": tuple(views),
        "attitudes": tuple(
            sorted(
                ((a, b, draw(st.integers(-1, 1))) for a, b in towards),
                key=lambda t: [x[0] for x in towards].index(t[0]),
            )
        ),
        "positions": tuple(stance(name, option) for name in who for option in said),
        "intentions": tuple(stance(option[0], option) for option in said),
        "doubts": tuple(Disbelief(name, option) for name in who for option in said[:1]),
    }


def bases() -> st.SearchStrategy[Basis]:
    """Draw what a line rests on; often nothing."""
    quote = WORDS.filter(bool)
    cite = st.lists(st.builds(Citation, quote, quote, WORDS, WORDS), max_size=2).map(tuple)
    return st.one_of(st.just(NO_BASIS), st.builds(Basis, cite, WORDS, st.booleans()))


def preferences(formula: st.SearchStrategy[Formula]) -> st.SearchStrategy[Preferences]:
    """Draw statements, weights or a ranking; the ranking need not fit the states."""
    weight = st.fractions(-(10**6), 10**6, max_denominator=10**6)
    by = st.lists(st.tuples(formula, weight), max_size=3, unique_by=lambda pair: pair[0])
    groups = st.lists(st.lists(formula, max_size=2).map(tuple), max_size=3).map(tuple)
    return st.one_of(
        st.lists(st.builds(Statement, formula, bases(), strong=st.booleans()), max_size=4).map(
            lambda wishes: Statements(tuple(wishes))
        ),
        by.map(lambda pairs: Weights(tuple((f, Fraction(w)) for f, w in pairs))),
        groups.map(Ranking),
    )


# --- what a case means, state by state --------------------------------------------------------


def feasible_states(case: Case) -> list[dict[tuple[str, str], str]]:
    """Return every state that no rule excludes, as the level name of each option."""
    options = [((p.name, o.name), o) for p, o in case.options]
    states = (
        {key: level for (key, _), level in zip(options, levels, strict=True)}
        for levels in itertools.product(*(o.levels for _, o in options))
    )
    return [s for s in states if not any(holds(r.formula, case, s) for r in case.infeasible)]


def holds(formula: fm.Formula, case: Case, state: dict[tuple[str, str], str]) -> bool:
    """Tell whether a formula holds in one state, by the meaning of each word."""
    match formula:
        case fm.OptionIs(party, option, None):
            lowest = next(
                o.levels[0] for p, o in case.options if (p.name, o.name) == (party, option)
            )
            return state[party, option] != lowest
        case fm.OptionIs(party, option, level):
            return state[party, option] == level
        case fm.OutcomeIs(name):
            return holds(next(o.formula for o in case.outcomes if o.name == name), case, state)
        case fm.Not(part):
            return not holds(part, case, state)
        case fm.And(parts):
            return all(holds(part, case, state) for part in parts)
        case fm.Or(parts):
            return any(holds(part, case, state) for part in parts)
        case fm.If(then, given_):
            return not holds(given_, case, state) or holds(then, case, state)
        case fm.Iff(left, right):
            return holds(left, case, state) is holds(right, case, state)


def holds_in(formula: Formula, case: Case, levels: tuple[int, ...]) -> bool:
    """Tell whether a formula holds in the state of some levels, from 0."""
    state = {
        (p.name, o.name): o.levels[level]
        for (p, o), level in zip(case.options, levels, strict=True)
    }
    return holds(formula, case, state)
