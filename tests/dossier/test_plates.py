"""The drawings: whole at every width, and each mark what the case says, worked out anew."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hard_to_draw import relabelled, several
from sheets import check

import detente
from detente.case.formula import parse, to_text
from detente.case.model import Outcome
from detente.dossier import telling
from detente.dossier.drawings.plate import plate_svg
from detente.dossier.page.blocks import plain
from detente.dossier.sections.drawn import DRAWN, KNOTS
from detente.graph import build
from detente.questions.brief import brief
from detente.stability.neighbourhood import neighbourhood
from marked import few
from wayout.random_cases import holds

WIDTHS = (300, 340, 519, 520, 720, 1100)
CASES = {"several": several, "hostile": lambda: relabelled(several())}
CASES |= {name: (lambda name=name: detente.load(name)) for name in ("elmira", "korea-2018")}


@pytest.fixture(scope="module")
def known():
    """All answers about every case, each worked out once."""
    made: dict[str, telling.Context] = {}

    def of(name: str) -> telling.Context:
        if name not in made:
            case = CASES[name]()
            made[name] = telling.Context(brief(case), telling.Sources(telling.Evidence()))
        return made[name]

    return of


@pytest.mark.parametrize("name", few(CASES, "several", "hostile"))
@pytest.mark.parametrize("drawing", DRAWN)
def test_a_drawing_is_whole_at_every_width(known, name, drawing):
    plates = [*DRAWN[drawing](known(name))]
    assert len(plates) <= 1
    for plate, width in itertools.product(plates, WIDTHS):
        check(plate_svg(plate, width=width), width=width)
        assert plate_svg(plate, width=width) == plate_svg(plate, width=width)


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_most_questions_have_a_drawing(known, name):
    drawn = {what for what, make in DRAWN.items() if [*make(known(name))]}
    assert drawn >= {"positions", "outcomes", "moves", "knots", "path", "risk", "zone", "who"}


def one(known, name, drawing):
    """The only drawing of a kind."""
    (plate,) = DRAWN[drawing](known(name))
    return plate


def rows(plate):
    """Its rows, without heads and lines."""
    return [row for row in plate.rows if row.kind == "row"]


def wishes(case, party, levels):
    """Truth of a party's wishes, the first first: more is better, as the case file defines it."""
    return [holds(s.formula, case, levels) for s in case.parties[party].preferences.statements]


def against(case, party, today, then):
    """In a word, how a party is off in a situation."""
    now, after = (wishes(case, party, levels) for levels in (today, then))
    return "better" if after > now else "worse" if after < now else "as"


def sits(told: str) -> str:
    """The word in what is read out."""
    return told.split()[0]


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_the_way_shows_who_is_better_off_after_each_step(known, name):
    found = known(name).answers.path
    case, space = found.case, found.graph.space
    steps = found.found.paths[0].steps
    plate = one(known, name, "path")
    across = len(steps) <= 5
    for p, party in enumerate(case.parties):
        if not across:
            break
        row = rows(plate)[p]
        assert party.label in plain(row.cells[0].text)
        for step, cell in zip(steps, row.cells[2:], strict=False):
            told = cell.glyph.told
            assert sits(told) == against(case, p, case.status_quo, space.at(step.target))
            assert ("moves" in told) == (p in step.movers)


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_who_would_leave_today_is_who_has_a_better_move(known, name):
    context = telling.context(
        known(name).answers.case, stability=known(name).answers.stability,
        plan=telling.Plan("", "nash"),
    )  # fmt: skip
    (plate,) = DRAWN["outcomes"](context)
    case = known(name).answers.case
    told = rows(plate)[0].cells[1].glyph.told
    leaving = re.search(r"([^;]*): would leave", told)
    shown = set(leaving.group(1).strip().split(", ")) if leaving else set()
    assert shown == {case.parties[p].label for p in range(len(case.parties)) if paying(case, p)}


def own_moves(case, party):
    """Where a party can go from today, by trying every level of its options."""
    graph = build(case)
    own = [k for k, (owner, _) in enumerate(case.options) if owner is case.parties[party]]
    for levels in itertools.product(*(range(n) for n in case.shape)):
        rest = [k for k in range(len(levels)) if k not in own]
        same = all(levels[k] == case.status_quo[k] for k in rest)
        rises = all(levels[k] >= case.status_quo[k] for k in own if case.options[k][1].irreversible)
        if same and rises and levels != case.status_quo and graph.feasible[levels]:
            yield levels


def paying(case, party):
    """Those of them that are better for it."""
    today = case.status_quo
    return [m for m in own_moves(case, party) if against(case, party, today, m) == "better"]


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_every_move_from_today_is_a_dot(known, name):
    case = known(name).answers.case
    graph = build(case)
    start = graph.space.find(case.status_quo)
    found = neighbourhood(graph, start, graph.feasible)
    (plate,) = DRAWN["moves"](telling.context(case, neighbourhood=found))
    told = {plain(row.cells[0].text): row.cells[1].glyph.told for row in rows(plate)}
    for p, party in enumerate(case.parties):
        moves = [*own_moves(case, p)]
        if moves:
            n, better = len(moves), len(paying(case, p))
            made = "1 move" if n == 1 else f"{n:,} moves"
            pay = f"{better or 'none'} {'are' if better > 1 else 'is'} better for it"
            assert told[party.label] == f"{made}, of which {pay}"
        else:
            assert party.label not in told


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_every_clash_is_drawn_once(known, name):
    found = known(name).answers.deadlock
    plate = one(known, name, "knots")
    shown = sum(cell.glyph is not None for row in rows(plate) for cell in row.cells)
    assert shown == len(found.knots[:KNOTS])
    words = " ".join(plain(c.text) for row in rows(plate) for c in row.cells)
    english = known(name).english
    assert (len(found.knots) > KNOTS) == ("More clashes are left out here." in plate.how)
    for knot in found.knots[:KNOTS]:
        for said in knot:
            assert english.said(found.said(said)).lower() in words.lower()


def test_korea_by_hand(known):
    """What the case file says, read by eye."""
    told = {
        plain(r.cells[0].text): [c.glyph.told for c in r.cells[1:]]
        for r in rows(one(known, "korea-2018", "positions"))
    }
    against_, only, for_ = told["North Korea pledges to give up its arms"]
    assert "North Korea" in against_  # it refuses aloud
    assert "United States" in for_  # it asks for it aloud
    assert "North Korea" not in only + for_
    _, only, _ = told["The United States sits down with North Korea"]
    assert "United States" in only  # its two conditions
    zone = rows(one(known, "korea-2018", "zone"))
    verdicts = {plain(r.cells[0].text): plain(r.cells[2].text) for r in zone}
    assert verdicts["War"].startswith("Blocked by the United States, North Korea, South Korea")
    who = [
        c.glyph.told if c.glyph else plain(c.text)
        for r in rows(one(known, "korea-2018", "who"))
        for c in r.cells[1:]
    ]
    assert who[:2] == ["United States, North Korea together", "United States; or North Korea"]


@pytest.mark.parametrize("name", ["several", "korea-2018"])
def test_what_is_blocked_is_worse_for_those_who_block_it(known, name):
    result = known(name).answers.zone
    case = result.case
    for row in rows(one(known, name, "zone")):
        told = dict(reversed(part.split(": ")) for part in row.cells[1].glyph.told.split("; "))
        verdict = plain(row.cells[2].text)
        assert verdict.startswith("Blocked by") == ("worse off" in told)
        every = [label for part in told.values() for label in part.split(", ")]
        assert len(every) == len(result.found.parties)
        for label in told.get("worse off", "").split(", "):
            assert not label or case.party_names  # each is named in the verdict, too
            assert not label or label in verdict


def test_the_figures_of_danger_are_those_of_the_result(known):
    found = known("korea-2018").answers.risk
    plate = one(known, "korea-2018", "risk")
    for row, scenario in zip(rows(plate), found.scenarios, strict=True):
        (value,) = [m.value for m in row.cells[2].text if getattr(m, "kind", "") == "number"]
        assert value == scenario.hitting.p_danger
        x = float(re.search(r'class="danger" cx="([\d.]+)"', row.cells[1].glyph.marks).group(1))
        assert x == pytest.approx(10 + 320 * value, abs=0.1)  # the scale ends at 1


def test_squares_are_the_cost(known):
    found = known("korea-2018").answers.broker
    first = rows(one(known, "korea-2018", "parties"))[0].cells[1].glyph
    assert first.told == f"cost {found.uses[0].unused.cost}, then {found.uses[0].after.cost}"
    assert first.marks.count("tone") == found.uses[0].after.cost
    assert first.marks.count("hollow") == found.uses[0].unused.cost - found.uses[0].after.cost


def test_a_page_shows_what_the_picture_tells(known):
    for drawing in ("zone", "who", "outcomes"):
        plate = one(known, "korea-2018", drawing)
        svg = plate_svg(plate, width=1100)
        for row in rows(plate):
            first = plain(row.cells[0].text).split()[0]
            assert first in svg, to_text(known("korea-2018").answers.target)


def test_what_is_left_out_is_told(known):
    case = several()
    more = tuple(Outcome(f"o{k}", parse("ardan.talk")) for k in range(9))
    crowded = replace(case, outcomes=(*case.outcomes, *more))
    (few,) = DRAWN["outcomes"](known("several"))
    (many,) = DRAWN["outcomes"](telling.context(crowded, stability=detente.stability(crowded)))
    assert "left out" not in few.how
    assert "More outcomes are left out here." in many.how
