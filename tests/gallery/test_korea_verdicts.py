"""What follows from the two Korean cases, held against a second reading of their files.

Nothing is published about these cases. So no number here was printed by the engine or the solver:
each comes from ``plain_reading`` and the oracle, or was worked out by hand where it is said.
"""

from __future__ import annotations

import functools
import itertools
import shutil
from fractions import Fraction

import numpy as np
import pytest
from plain_reading import Plain

import detente
from detente import gallery
from detente.graph import build
from detente.stability import registry
from oracle import INDIVIDUAL

TARGET = {"korea-2017": "korean_talks", "korea-2018": "talks"}
NAMES = tuple(TARGET)
BOTH = pytest.mark.parametrize("name", NAMES)
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


@functools.cache
def plain(name: str) -> Plain:
    return Plain(gallery.folder(name) / "case.yaml")


@functools.cache
def graph(name: str):
    return build(detente.load(name))


def knots_of(found) -> set[frozenset[str]]:
    return {frozenset(k) for k in found.knots}


def cost(name: str, drop: frozenset[str]) -> int:
    return sum(plain(name).said()[said][2] for said in drop)


# --- the second reading and the first agree -------------------------------------------------------


@BOTH
def test_the_states_and_today_are_the_same(name):
    case, again = detente.load(name), plain(name)
    assert case.option_names == tuple(again.options)
    assert case.status_quo == again.today
    assert {tuple(map(int, s)) for s in np.argwhere(graph(name).feasible)} == again.feasible
    assert gallery.expected(name).n_states == len(again.states)
    assert 1000 <= len(again.states) <= 4000  # what keeps all answers within seconds


@BOTH
def test_the_preferences_order_the_states_alike(name):
    again = plain(name)
    where = tuple(np.array(again.states).T)
    for ranks, worth in zip(graph(name).ranks, again.worth, strict=True):
        dense = np.unique(worth, return_inverse=True)[1]
        assert np.array_equal(np.unique(ranks[where], return_inverse=True)[1], dense)


def sample(name: str) -> list[tuple[int, ...]]:
    """Today, and a dozen states spread over all."""
    again = plain(name)
    return [again.today, *again.states[:: len(again.states) // 12]]


@pytest.mark.parametrize("concept", CONCEPTS)
@BOTH
def test_stability_is_as_the_definitions_say(name, concept):
    again = plain(name).conflict
    for party in again.parties:
        held = registry.find(concept).stable(graph(name), party)
        for state in sample(name):
            assert bool(held[state]) == INDIVIDUAL[concept](again, party, state), (party, state)


# --- why they do not talk -------------------------------------------------------------------------


@BOTH
def test_knots_and_concessions_are_those_of_trying_everything(name):
    knots, concessions = plain(name).knots_and_concessions(TARGET[name])
    found = detente.deadlock(detente.load(name))
    assert found.complete
    assert knots_of(found) == knots
    assert {frozenset(c.drop) for c in found.concessions} == concessions
    assert found.cost == min(cost(name, drop) for drop in concessions)


def test_july_2017_a_knot_for_each_demand_that_was_rejected_and_one_for_the_silence():
    # By hand: a demand and its rejection exclude each other; the silence excludes talks alone.
    assert plain("korea-2017").knots_and_concessions("korean_talks")[0] == {
        frozenset({"forces-leave", "no-withdrawal"}),
        frozenset({"programmes-stay", "no-licence"}),
        frozenset({"offer-unanswered"}),
    }


def test_july_2017_that_its_government_stays_is_the_demand_that_blocks_nothing():
    knots, _ = plain("korea-2017").knots_and_concessions("korean_talks")
    assert "government-stays" not in frozenset().union(*knots)


def test_february_2018_knots_stand_between_the_united_states_and_north_korea():
    again = plain("korea-2018")
    knots, concessions = again.knots_and_concessions("talks")
    assert {frozenset(again.said()[k][0] for k in knot) for knot in knots} == {
        frozenset({"usa", "prk"})
    }
    # By hand: lowering the threshold is one thing given up; disarming would be two.
    assert sorted((cost("korea-2018", c), sorted(c)) for c in concessions) == [
        (3, ["must-result"]),
        (9, ["no-discussion", "programmes-stay"]),
    ]


def test_february_2018_the_south_saves_washington_half_of_it():
    """Without Seoul between them the president's own condition blocks, too."""
    knots, concessions = plain("korea-2018").knots_and_concessions(
        "talks", keep="not rok.broker = broker"
    )
    assert frozenset({"right-conditions", "no-discussion"}) in knots
    assert min(cost("korea-2018", c) for c in concessions) == 5  # 3 and 2
    use = next(
        u
        for u in detente.broker(detente.load("korea-2018")).uses
        if (graph("korea-2018").options[u.axis], u.level) == ("rok.broker", 2)
    )
    assert (use.unused.cost, use.after.cost) == (5, 3)


# --- what holds -----------------------------------------------------------------------------------


def test_july_2017_is_held_by_deterrence():
    """A strike tempts Washington; what others would do makes it no better than today."""
    again = plain("korea-2017").conflict
    today, strike = (
        plain("korea-2017").today,
        plain("korea-2017").changed(plain("korea-2017").today, usa_strike=1),
    )
    usa, prk, _, chn = again.parties
    assert again.payoff[usa][strike] > again.payoff[usa][today]
    assert not INDIVIDUAL["nash"](again, usa, today)
    assert all(INDIVIDUAL["seq"](again, party, today) for party in again.parties)
    for other, answer in ((prk, {"prk_attack": 1}), (chn, {"chn_answer": 1})):
        answered = plain("korea-2017").changed(strike, **answer)
        assert again.payoff[other][answered] > again.payoff[other][strike]
        assert again.payoff[usa][answered] < again.payoff[usa][today]


def test_february_2018_is_left_by_the_south_alone():
    again = plain("korea-2018").conflict
    today = plain("korea-2018").today
    held = [INDIVIDUAL["seq"](again, party, today) for party in again.parties]
    assert dict(zip(plain("korea-2018").parties, held, strict=True)) == {
        "usa": True, "prk": True, "rok": False, "chn": True, "rus": True,
    }  # fmt: skip


def test_february_2018_talks_that_the_south_brokers_hold():
    again = plain("korea-2018").conflict
    talks = plain("korea-2018").changed(
        plain("korea-2018").today, usa_talk=1, prk_talk=1, rok_broker=2
    )
    for concept in CONCEPTS:
        assert all(INDIVIDUAL[concept](again, party, talks) for party in again.parties)


def test_february_2018_the_subject_is_discussed_only_where_sanctions_bite():
    g, again = graph("korea-2018"), plain("korea-2018")
    held = np.logical_and.reduce([registry.find("seq").stable(g, p) for p in range(5)])
    states = {tuple(map(int, s)) for s in np.argwhere(held & g.feasible)}
    oracle = again.conflict
    for state in states:
        assert all(INDIVIDUAL["seq"](oracle, party, state) for party in oracle.parties)
    talks, bite, on_table = (
        set(itertools.compress(again.states, again.truth(text)))
        for text in ("talks", "squeeze", "prk.disarm")
    )
    discussed = states & talks & on_table
    assert discussed
    assert discussed <= bite
    assert not any(
        INDIVIDUAL["nash"](oracle, p, s)
        for s in discussed
        for p, name in enumerate(again.parties)
        if name in ("chn", "rus")
    )


# --- the way into the room ------------------------------------------------------------------------


def exposure(name: str, start, end, mover: int) -> Fraction:
    """What a mover stands to lose after a step, as the definition says it."""
    again = plain(name)
    c = again.conflict
    worst = again.level(mover, end)
    for party in c.parties:
        if party != mover:
            for t in c.moves[party][end]:
                if c.payoff[party][t] > c.payoff[party][end]:
                    worst = min(worst, again.level(mover, t))
    return max(Fraction(0), again.level(mover, start) - worst)


def test_february_2018_three_steps_that_nobody_yields_in():
    again = plain("korea-2018")
    path = detente.path(detente.load("korea-2018")).found.paths[0]
    steps = [(again.parties[s.movers[0]], s.target) for s in path.steps]
    assert [party for party, _ in steps] == ["rok", "prk", "usa"]
    at = again.today
    for (party, target), step in zip(steps, path.steps, strict=True):
        mover = again.parties.index(party)
        then = tuple(int(i) for i in np.unravel_index(target, graph("korea-2018").shape))
        assert then in again.moves(mover, at)
        assert again.level(mover, then) > again.level(mover, at)
        assert list(step.exposure) == [0] == [exposure("korea-2018", again.today, then, mover)]
        at = then
    assert at == again.changed(again.today, usa_talk=1, prk_talk=1, rok_broker=2)


def test_july_2017_no_first_step_is_free_of_risk():
    """Whoever enters the talks, or moves towards them, stands to lose, joint steps or not."""
    way = detente.path(detente.load("korea-2017")).found
    assert way.paths[0].exposure > 0
    assert way.paths[0].yielding_steps > 0
    again = plain("korea-2017")
    prk = again.parties.index("prk")
    for start in again.states[::7]:  # sitting down without its demands met is a step down
        met = start[again.options.index("usa.withdraw")] and (
            start[again.options.index("usa.terms")] == 2
        )
        seated = again.changed(start, prk_talk=1)
        if not met and seated != start and seated in again.feasible:
            assert again.level(prk, seated) < again.level(prk, start)


# --- the slide ------------------------------------------------------------------------------------


@BOTH
def test_danger_in_one_tick_is_what_counting_moves_gives(name):
    """Nobody wants war today, so it comes by a misstep: one hundredth, and the moves into it."""
    again, c = plain(name), plain(name).conflict
    war = set(itertools.compress(again.states, again.truth("war")))
    chance = Fraction(0)
    for party in c.parties:
        moves = c.moves[party][again.today]
        chance += Fraction(sum(m in war for m in moves), len(moves) * 100 * len(c.parties))
    found = detente.risk(detente.load(name), what_if=())
    assert found.base.hitting.within[1] == pytest.approx(float(chance), rel=1e-9)


def test_the_danger_is_small_and_smaller_with_a_broker():
    """The South's brokering is what shortens the time in which missteps can happen."""
    found = detente.risk(detente.load("korea-2018"))
    assert 0.001 < found.base.hitting.p_danger < 0.05
    without, _ = found.what_if
    assert without.hitting.within[100] > 3 * found.base.hitting.within[100]


def test_july_2017_without_an_answer_to_fear_a_strike_comes():
    found = detente.risk(detente.load("korea-2017"))
    _, unanswered = found.what_if
    assert found.base.hitting.within[100] < 0.1
    assert unanswered.hitting.within[100] > 0.9


# --- what hangs on what: the table of the page about these cases ----------------------------------

BROKER = "(prk.disarm or rok.broker = broker)"
WITHOUT = {
    # By leaving an assumption out: cheapest way out, whose steps, whether somebody yields.
    "brokering makes the conditions right": (
        [(BROKER, "prk.disarm"), ("needs: prk.disarm or rok.broker = broker", "needs: prk.disarm")],
        (5, None, True),
    ),
    "the North comes alone if Seoul invites it": (
        [
            (" and not rok.broker = broker)", ")"),
            ("prk.talk iff rok.broker = broker", "prk.talk if talks"),
        ],
        (3, [{"rok"}, {"usa", "prk"}], False),
    ),
    "biting sanctions move the North": (
        [("not prk.disarm if not (squeeze and usa.talk)", "not prk.disarm")],
        (3, [{"rok"}, {"prk"}, {"usa"}], False),
    ),
    "no more wish to strike": (
        [
            (
                "that: not usa.strike\n      note: >-\n        In July",
                "that: usa.strike if not prk.disarm\n      note: >-\n        In July",
            )
        ],
        (3, None, True),
    ),
}


@pytest.mark.parametrize("assumption", WITHOUT)
def test_without_an_assumption(assumption, tmp_path):
    changes, (least, movers, yields) = WITHOUT[assumption]
    shutil.copytree(gallery.folder("korea-2018"), tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "case.yaml").read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    case = detente.load(tmp_path)
    _, concessions = Plain(tmp_path / "case.yaml").knots_and_concessions("talks")
    assert detente.deadlock(case).cost == least
    assert min(cost("korea-2018", c) for c in concessions) == least
    path = detente.path(case).found.paths[0]
    assert (path.yielding_steps > 0) == yields
    if movers is not None:
        assert path.exposure == 0
        assert [{case.party_names[m] for m in s.movers} for s in path.steps] == movers
    # Talks that no single move brings about come by missteps alone, so danger has more time.
    alone = movers is not None and all(len(step) == 1 for step in movers)
    slide = detente.risk(case, what_if=()).base.hitting.within[100]
    assert (slide < 0.02) if alone else (0.04 < slide < 0.08)


# --- what changed ---------------------------------------------------------------------------------


def test_from_july_to_february_a_way_out_became_cheaper():
    found = detente.diff(detente.load("korea-2017"), detente.load("korea-2018"))
    assert (found.before.cost, found.after.cost) == (8, 3)  # firmness 3 + 4 + 1; firmness 3
    assert len(found.knots_gone) == 3
    assert len(found.knots_new) == 2
    said = {(c.what, c.how, c.party) for c in found.changes}
    assert ("condition", "gone", "prk") in said
    assert ("condition", "new", "usa") in said
    assert ("refusal", "new", "prk") in said
