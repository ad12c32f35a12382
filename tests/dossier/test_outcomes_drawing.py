"""Outcomes against concepts drawn: the numbers are those of the verdicts."""

import itertools

import numpy as np
import pytest
from sheets import SVG, check, words
from stands import relabelled, several

import detente
from detente.dossier.drawings.outcomes import outcomes_drawing
from wayout.random_cases import holds

CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq", "sim", "pessimistic2"]


@pytest.mark.parametrize("width", [300, 340, 520, 720, 1100])
@pytest.mark.parametrize("case", [several(), relabelled(several()), detente.load("elmira")])
@pytest.mark.parametrize("concepts", [["nash", "seq"], CONCEPTS])
def test_nothing_is_cut_off_or_stands_on_anything_else(case, width, concepts):
    check(outcomes_drawing(detente.stability(case, concepts), width=width), width=width)


@pytest.mark.parametrize("width", [340, 720])
@pytest.mark.parametrize("name", ["elmira", "garrison", "cuba", "milk-river"])
def test_each_number_is_a_count_of_states(name, width):
    case = detente.load(name)
    found = detente.stability(case)
    root = check(outcomes_drawing(found, width=width))
    cells = {
        (g.get("data-outcome"), g.get("data-concept")): int(g.get("data-states"))
        for g in root.iter(f"{SVG}g")
        if g.get("data-states")
    }
    for concept in found.concepts:
        kept = found.equilibria(concept.name).states
        states = [s for s in itertools.product(*map(range, case.shape)) if kept[s]]
        where = {o.name: [s for s in states if holds(o.formula, case, s)] for o in case.outcomes}
        for outcome, those in where.items():
            assert cells[outcome, concept.name] == len(those)
        others = [s for s in states if not any(s in those for those in where.values())]
        assert cells.get(("none", concept.name), 0) == len(others)
        if case.status_quo is not None:
            assert cells["today", concept.name] == (case.status_quo in states)
    shown = words(root).replace(",", "").split()
    assert {str(n) for n in cells.values() if n > 1} <= set(shown)


def test_a_case_without_outcomes_counts_all_states():
    case = detente.load("chicken")
    found = detente.stability(case, ["nash"])
    root = check(outcomes_drawing(found))
    total = {int(g.get("data-states")) for g in root.iter(f"{SVG}g") if g.get("data-states")}
    assert int(np.count_nonzero(found.equilibria("nash").states)) in total


def test_the_same_bytes_every_time():
    found = [detente.stability(several(), ["nash", "seq"]) for _ in range(2)]
    assert outcomes_drawing(found[0]) == outcomes_drawing(found[1])
