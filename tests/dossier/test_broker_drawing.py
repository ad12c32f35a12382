"""Third parties drawn: before and after are those of the result."""

import itertools
from dataclasses import replace

import pytest
from sheets import SVG, check, data, words
from stands import nine, relabelled, several

import detente
from detente.case.formula import OutcomeIs
from detente.dossier.drawings.broker import broker_drawing

GOAL = OutcomeIs("talks")


@pytest.fixture(scope="module")
def found():
    return detente.broker(several(), "talks")


@pytest.mark.parametrize("width", [300, 340, 520, 720, 1100])
@pytest.mark.parametrize("case", [several(), relabelled(several())])
def test_nothing_is_cut_off_or_stands_on_anything_else(case, width):
    check(broker_drawing(detente.broker(case, "talks"), GOAL, width=width), width=width)


@pytest.mark.parametrize("width", [340, 720])
def test_before_and_after_are_those_of_the_result(found, width):
    root = check(broker_drawing(found, GOAL, width=width))
    rows = [g for g in root.iter(f"{SVG}g") if g.get("data-level")]
    assert len(rows) == len(found.uses) > 1
    for row, use in zip(rows, found.uses, strict=True):
        party, option = found.today.case.options[use.axis]
        assert row.get("data-option") == f"{party.name}.{option.name}"
        assert row.get("data-level") == option.levels[use.level]
        figures = {g.get("data-figure"): g for g in row.iter(f"{SVG}g") if g.get("data-figure")}
        stuck = use.unused or found.today.deadlock
        assert (number(figures["cost"], "before"), number(figures["cost"], "after")) == (
            stuck.cost,
            use.after.cost,
        )
        for when, told in (("before", found.today.exposure), ("after", use.after.exposure)):
            assert number(figures["risk"], when) == pytest.approx(float(told), rel=1e-5)


def number(group, key):
    """A figure of the drawing; None where there is none."""
    told = group.get(f"data-{key}")
    return float(told) if told else None


def test_a_longer_way_is_further_along(found):
    root = check(broker_drawing(found, GOAL))
    at = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("data-figure") == "cost":
            before, after = group.iter(f"{SVG}circle")
            at[number(group, "before")] = float(before.get("cx"))
            at[number(group, "after")] = float(after.get("cx"))
    costs = sorted(at)
    assert len(costs) > 2
    assert [at[c] for c in costs] == sorted(at.values())
    steps = [(at[b] - at[a]) / (b - a) for a, b in itertools.pairwise(costs)]
    assert max(steps) - min(steps) < 0.2


def test_what_cannot_be_or_is_left_out_is_told(found):
    barred = replace(found, uses=(replace(found.uses[0], after=None), *found.uses[1:]))
    root = check(broker_drawing(barred, GOAL, most=1))
    assert "This cannot be" in words(root)
    assert f"and {len(found.uses) - 1} further options, not drawn" in words(root)
    assert not data(root, "figure")


def test_one_party_has_one_colour_everywhere():
    case = nine()
    found = detente.broker(case, "p0.talk and p1.talk")
    root = check(broker_drawing(found, GOAL))
    for group in root.iter(f"{SVG}g"):
        if group.get("data-level"):
            k = case.party_names.index(group.get("data-party"))
            hues = {c for n in group.iter() for c in (n.get("class") or "").split() if c[0] == "p"}
            assert hues & {f"p{j}" for j in range(1, 9)} == {f"p{k % 8 + 1}"}
