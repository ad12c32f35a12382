"""Wishes in doubt in a case file: what the ways are, and what holds in them, gone through by hand.

The oracle lists the ways itself, from the file's content, ranks states by the tuple of what holds,
and asks the definitions in ``oracle`` about each.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from detente.case.files import parse
from detente.case.files import read as read_file
from detente.case.lines import lines
from detente.case.write import to_yaml
from detente.doubt import holding
from detente.doubt.holding import doubt
from detente.errors import CaseError, LimitError
from detente.graph import build
from detente.graph.completions import completions, n_completions
from detente.stability.registry import find
from oracle import INDIVIDUAL, Conflict
from strategies import QUICK

RNG = np.random.default_rng(0)
OPTIONS = ("a.x", "a.y", "b.x", "b.y")
HEAD = {
    "parties": {"a": {"options": {"x": {}, "y": {}}}, "b": {"options": {"x": {}, "y": {}}}},
    "infeasible": ["a.x and a.y"],
}


def read(preferences, **more):
    file = {**HEAD, "preferences": preferences, **more}
    return parse(yaml.safe_dump(file, sort_keys=False), file="case.yaml", name="made").case


# --- the ways ---------------------------------------------------------------------------------


def test_ways_and_their_shares_by_hand():
    case = read(
        {"a": ["a.x", {"that": "b.x", "unsure": 0.25}, {"either": ["b.y", "a.y"]}], "b": ["b.x"]}
    )
    party = case.parties[0]
    assert n_completions(party) == 4
    told = {
        tuple(f"{w.formula.party}.{w.formula.option}" for w in wants.statements): share
        for wants, share in completions(party)
    }
    eighth = Fraction(1, 8)
    assert told == {
        ("a.x", "b.x", "b.y", "a.y"): eighth,
        ("a.x", "b.x", "a.y", "b.y"): eighth,
        ("a.x", "b.y", "a.y"): 3 * eighth,
        ("a.x", "a.y", "b.y"): 3 * eighth,
    }


def test_two_neighbouring_pairs_are_two_pairs():
    pairs = [{"either": ["a.x", "b.x"]}, {"either": ["a.y", "b.y"]}]
    case = read({"a": pairs})
    assert n_completions(case.parties[0]) == 4
    steps = [line.path for line in lines(case) if line.kind == "statement"]
    assert steps == [
        ("preferences", "a", k, "either", j) for k, j in itertools.product((0, 1), (0, 1))
    ]


def test_what_is_in_doubt_is_written_as_it_is_read():
    case = read(
        {
            "a": [
                {"that": "a.x", "unsure": True, "note": "a guess"},
                {"either": ["b.x", {"that": "b.y", "unsure": 0.3}]},
                {"either": ["a.y", "b.x and b.y"]},
            ],
            "b": {
                "readings": {
                    "hard": ["b.x", {"either": ["a.x", "a.y"]}],
                    "none": [],
                    "soft": {"weights": {"a.x": 2, "b.y": -1}},
                },
                "shares": {"hard": 0.5},
            },
        }
    )
    assert n_completions(case.parties[0]) == 16
    assert [r.share for r in case.parties[1].readings] == [
        Fraction(1, 2),
        Fraction(1, 4),
        Fraction(1, 4),
    ]
    assert parse(to_yaml(case), file="again.yaml", name="made").case == case


WRONG = [
    ({"a": [{"that": "a.x", "unsure": 2}]}, "a chance from 0 to 1, not 2"),
    ({"a": [{"that": "a.x", "unsure": "perhaps"}]}, "'unsure' is true, or the chance"),
    ({"a": [{"either": ["a.x"]}]}, "'either' holds 1; expected at least 2"),
    ({"a": [{"either": ["a.x", "a.q"]}]}, "a.q"),
    ({"a": [{"that": "a.x", "unsur": True}]}, "unknown key 'unsur'; did you mean 'unsure'"),
    ({"a": {"readings": {"hard": ["a.x"]}}}, "readings are two at least"),
    ({"a": {"statements": ["a.x"], "shares": {"hard": 1}}}, "'shares' belongs to 'readings'"),
    (
        {"a": {"readings": {"hard": ["a.x"], "soft": []}, "shares": {"hart": 1}}},
        "unknown reading 'hart'; did you mean 'hard'",
    ),
    (
        {"a": {"readings": {"hard": ["a.x"], "soft": []}, "shares": {"hard": 0.9, "soft": 0.9}}},
        "the shares are 1.8 together, not 1",
    ),
    ({"a": {"readings": {"hard": ["a.x"]}, "statements": ["a.y"]}}, "stand together"),
]


@pytest.mark.parametrize(("preferences", "message"), WRONG)
def test_a_mistake_is_told(preferences, message):
    with pytest.raises(CaseError) as caught:
        read(preferences)
    assert message in str(caught.value)


# --- what holds in them -----------------------------------------------------------------------


def plain_ways(wishes):
    """Yield the orders of wishes that a list of ('sure' | 'unsure' | 'either', names) allows."""
    parts = []
    for kind, names in wishes:
        if kind == "either":
            parts.append([list(order) for order in itertools.permutations(names)])
        elif kind == "unsure":
            parts.append([list(names), []])
        else:
            parts.append([list(names)])
    for chosen in itertools.product(*parts):
        yield [name for part in chosen for name in part]


def file_form(wishes):
    forms = {
        "sure": lambda names: names[0],
        "unsure": lambda names: {"that": names[0], "unsure": True},
        "either": lambda names: {"either": list(names)},
    }
    return [forms[kind](names) for kind, names in wishes]


def wish_lists():
    single = st.tuples(
        st.sampled_from(["sure", "unsure"]), st.sampled_from(OPTIONS).map(lambda name: (name,))
    )
    pair = st.tuples(
        st.just("either"), st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=2, unique=True)
    )
    return st.lists(st.one_of(single, pair), min_size=1, max_size=3)


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_the_ways_in_which_a_state_holds_are_counted_right(concept):
    @QUICK
    @given(wish_lists(), wish_lists())
    def check(first, second):
        case = read({"a": file_form(first), "b": file_form(second)})
        graph = build(case)
        (held,) = doubt(case, graph, [find(concept)], RNG).held
        base = Conflict.from_graph(graph)
        times = dict.fromkeys(base.states, 0)
        ways = 0
        for orders in itertools.product(plain_ways(first), plain_ways(second)):
            ways += 1
            conflict = base
            for party, order in enumerate(orders):
                truth = {s: [s[OPTIONS.index(n)] == 1 for n in order] for s in base.states}
                ladder = sorted(map(tuple, {tuple(t) for t in truth.values()}))
                worth = {s: ladder.index(tuple(t)) for s, t in truth.items()}
                conflict = conflict.with_payoff(party, worth)
            for s in base.states:
                times[s] += all(INDIVIDUAL[concept](conflict, i, s) for i in base.parties)
        for s in base.states:
            flat = int(np.ravel_multi_index(s, graph.shape))
            assert held.times(flat) == times[s]
            assert bool(held.necessary.flat[flat]) == (times[s] == ways)
            assert bool(held.possible.flat[flat]) == (times[s] > 0)

    check()


def test_no_move_is_better_for_sure_and_yet_the_state_never_holds():
    # By hand, [V] in the theory: f1 before t1 and f2 before t2, otherwise unknown: six orders.
    # At 'stay' the party has t1 and t2; one move leads to f1 alone, one to f2 alone. Each is better
    # in five of six orders; in each order one of them is.
    names = {"f1": "p.m = one", "f2": "p.m = two", "t1": "p.m = stay", "t2": "p.m = stay"}
    orders = [
        order
        for order in itertools.permutations(("f1", "t1", "f2", "t2"))
        if order.index("f1") < order.index("t1") and order.index("f2") < order.index("t2")
    ]
    assert len(orders) == 6
    file = {
        "parties": {"p": {"options": {"m": {"levels": ["stay", "one", "two"]}}}},
        "preferences": {
            "p": {
                "readings": {f"r{k}": [names[n] for n in order] for k, order in enumerate(orders)}
            }
        },
    }
    case = parse(yaml.safe_dump(file, sort_keys=False), file="case.yaml", name="trap").case
    graph = build(case)
    (nash,) = doubt(case, graph, [find("nash")], RNG).held
    assert nash.times(0) == 0
    better = [build(read_one).ranks[0] for read_one in map(_with(case), case.parties[0].readings)]
    assert sum(int(r[1] > r[0]) for r in better) == 5
    assert sum(int(r[2] > r[0]) for r in better) == 5


def _with(case):
    return lambda reading: replace(
        case,
        parties=(replace(case.parties[0], preferences=reading.preferences, readings=()),),
    )


def test_bounds_hold_the_exact_answer(monkeypatch):
    unsure = [{"that": name, "unsure": True} for name in ("b.x", "a.x", "not b.y")]
    case = read({"a": unsure, "b": [{"either": ["a.x", "not b.x", "a.y"]}]})
    graph = build(case)
    (exact,) = doubt(case, graph, [find("seq")], RNG).held
    monkeypatch.setattr(holding, "MAX_JOINT", 2)
    (bounds,) = doubt(case, graph, [find("seq")], RNG).held
    assert (exact.how, bounds.how) == ("jointly", "bounds")
    (same,) = doubt(case, graph, [replace(find("seq"), name="cred")], RNG).held
    assert (same.necessary == bounds.necessary).all()  # no concept is known by its name
    assert (bounds.necessary <= exact.necessary).all()
    assert (exact.possible <= bounds.possible).all()
    # What was drawn agrees with the exact shares: within five standard deviations everywhere.
    assert bounds.hits is not None
    for state in range(graph.feasible.size):
        share = float(exact.share(state))
        spread = 5 * (share * (1 - share) / bounds.draws) ** 0.5 + 1e-9
        assert abs(int(bounds.hits.flat[state]) / bounds.draws - share) <= spread
        low, high = bounds.interval(state)
        assert 0 <= low <= int(bounds.hits.flat[state]) / bounds.draws <= high <= 1
    with pytest.raises(LimitError, match="'sim' would have to be worked out in"):
        doubt(case, graph, [find("sim")], RNG)


def test_too_many_ways_are_refused_by_name():
    wishes = [{"that": f"b.x or a.y or {'not ' * k}a.x", "unsure": True} for k in range(14)]
    case = read({"a": wishes})
    with pytest.raises(LimitError, match="the wishes of 'a' may be in 16,384 ways"):
        doubt(case, build(case), [find("nash")], RNG)


# --- what is told -----------------------------------------------------------------------------

CHICKEN = """\
parties:
  row: {options: {swerve: Swerve}}
  column: {options: {swerve: Swerve}}
preferences:
  row: [{that: row.swerve or column.swerve, unsure: 0.9}, not row.swerve]
  column: [row.swerve or column.swerve, not column.swerve]
"""


def test_the_command_tells_what_holds_in_every_way(tmp_path, run):
    # By hand: while row fears the crash it swerves only if column does not, and NY, YN hold. If
    # it does not fear it, it never swerves, so column does: NY alone holds.
    file = tmp_path / "case.yaml"
    file.write_text(CHICKEN, "utf-8")
    ask = ("stability", file, "--concepts", "nash", "--doubt")
    told = " ".join(run(*ask).out.split())
    assert "Row in 2, 2 ways in all." in told
    assert "NY always" in told
    assert "YN 1 of 2, 90 %" in told
    found = json.loads(run(*ask, "--json").out)["doubt"]
    assert (found["ways"], found["all"]) == ({"row": 2, "column": 1}, 2)
    nash = found["concepts"]["nash"]
    assert (nash["how"], nash["necessary"]) == ("by party", ["NY"])
    assert sorted(nash["possible"]) == ["NY", "YN"]
    assert nash["open"] == [{"state": "YN", "ways": 1, "share": 0.9}]
    counted = json.loads(run(*ask, "--json", "--counts").out)["doubt"]["concepts"]["nash"]
    assert counted == {"how": "by party", "necessary": 1, "possible": 2}


def test_who_does_not_ask_is_told_that_there_is_doubt(tmp_path, run):
    file = tmp_path / "case.yaml"
    file.write_text(CHICKEN, "utf-8")
    assert "--doubt goes through every way" in " ".join(run("stability", file).err.split())
    assert run("stability", file, "--doubt").err == ""
    assert "doubt" not in run("stability", "elmira", "--json").err


def test_a_case_without_doubt_says_so(run):
    told = " ".join(run("stability", "chicken", "--doubt").out.split())
    assert "Nothing about the wishes in this case is left open" in told


def test_coalitions_and_diagrams_are_refused(tmp_path, run):
    file = tmp_path / "case.yaml"
    file.write_text(CHICKEN, "utf-8")
    refused = run("stability", file, "--doubt", "--concepts", "cnash")
    assert (refused.code, "'cnash' is over coalitions" in refused.err) == (2, True)


READ = """\
parties:
  a: {options: {x: {}, y: {}}}
preferences:
  a:
    readings:
      hard:
        - a.x
        - either: [a.x and not a.x, a.x]
      soft: [a.y]
"""


def test_warnings_stand_at_the_line_of_a_reading():
    # By hand: line 8 has a wish that never holds; 'a.y' is spoken of in the second reading alone.
    found = parse(READ, file="case.yaml", name="made")
    told = [(p.place.line, p.message) for p in found.problems if p.place]
    assert [line for line, text in told if "holds in no feasible state" in text] == [8]
    assert not [text for _, text in told if "nothing is said about" in text]


def test_a_quote_in_any_reading_is_looked_up(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text("The host said: we stay.\n", "utf-8")
    cite = "{that: a.y, cite: {report: one, quote: we QUOTE}}"
    text = READ.replace("soft: [a.y]", f"soft: [{cite}]")
    told = {}
    for word in ("stay", "leave"):
        (tmp_path / "case.yaml").write_text(text.replace("QUOTE", word), "utf-8")
        told[word] = [(p.place.line, p.message) for p in read_file(tmp_path).problems if p.place]
    new = set(told["leave"]) - set(told["stay"])
    assert [(line, "quote" in message) for line, message in new] == [(9, True)]
