"""The question as a user asks it: verb, command, what-ifs, words, documents, exports, drawings."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

import detente
from detente.case.files import parse
from detente.case.formula import parse as formula
from detente.case.model import Rule
from detente.cli import main
from detente.dossier import say as risk_text
from detente.dossier.documents.risk import risk_document
from detente.errors import CaseError
from detente.risk.prism import variables
from detente.risk.uncertainty import Misstep

CASE = """\
title: Two <neighbours> & more
parties:
  north: {name: North, options: {talk: Talk, attack: {label: Attack, irreversible: true}}}
  south: {name: South, options: {talk: Talk, arm: {label: Arms, levels: [few, some, many]}}}
outcomes:
  war: north.attack and south.arm = many
  talks: north.talk and south.talk and not north.attack
status_quo: []
preferences:
  north: [not north.attack, south.arm = few]
  south: [not war, south.arm = some if not south.talk, south.talk if north.talk]
"""
BLOCK = """\
risk:
  danger: {that: north.attack, note: It cannot be undone.}
  misstep: {all: 0.1, north: {rate: 0.3, note: Tired.}}
  tempo: {south: 2}
  what_if: [not south.arm]
"""


@pytest.fixture(scope="module")
def case():
    return parse(CASE, file="case.yaml", name="neighbours").case


@pytest.fixture(scope="module")
def told():
    return parse(CASE + BLOCK, file="case.yaml", name="neighbours").case


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return str(path)


def run(capsys, *words):
    """Exit code and both outputs of a command."""
    with pytest.raises(SystemExit) as done:
        main([str(word) for word in words])
    out, err = capsys.readouterr()
    return done.value.code, out, err


# --- what-ifs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["not south.talk", "not south.arm", "north.talk if south.talk"])
def test_a_what_if_is_the_case_edited_by_hand(case, text):
    (scenario,) = detente.risk(case, what_if=[text]).what_if
    assert not scenario.moved
    by_hand = parse(CASE + f"infeasible: [not ({text})]\n", file="case.yaml", name="n").case
    want = detente.risk(by_hand).base.hitting
    got = scenario.hitting
    assert (got.p_danger, got.expected_ticks, got.share) == (
        want.p_danger,
        want.expected_ticks,
        want.share,
    )
    assert (got.within == want.within).all()


def test_a_what_if_that_does_not_hold_today_begins_at_the_nearest_state(case):
    (scenario,) = detente.risk(case, what_if=["south.arm = many"]).what_if
    assert scenario.moved
    assert scenario.case.status_quo == (0, 0, 0, 2)
    by_hand = replace(
        case,
        infeasible=(Rule(formula("not (south.arm = many)")),),
        status_quo=(0, 0, 0, 2),
    )
    assert detente.risk(by_hand).base.hitting.p_danger == scenario.hitting.p_danger


# --- what is assumed --------------------------------------------------------------------------


def test_the_case_says_what_to_assume(told):
    settings = detente.risk(told).settings
    assert settings.misstep.tolist() == [0.3, 0.1]
    assert settings.tempo.tolist() == [1.0, 2.0]
    origins = {g.what: (g.value, g.origin, g.note) for g in settings.grounds}
    assert origins["danger"] == ("north.attack", "assumed", "It cannot be undone.")
    assert origins["goal"] == ("talks", "usual", "")
    assert origins["misstep north"] == ("0.3", "assumed", "Tired.")
    assert origins["tempo north"] == ("1", "usual", "")
    assert origins["behaviour"] == ("improve", "usual", "")


def test_what_is_asked_for_goes_before_what_the_case_says(told):
    result = detente.risk(told, danger="war", misstep={"south": 0.5}, what_if=[])
    assert result.settings.misstep.tolist() == [0.3, 0.5]
    assert result.what_if == ()
    assert detente.risk(told, misstep=0.2).settings.misstep.tolist() == [0.2, 0.2]
    both = detente.risk(told, misstep={"all": 0.2, "north": 0.4}).settings
    assert both.misstep.tolist() == [0.4, 0.2]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"misstep": 1.5}, "the misstep rate of 'north' is from 0 to 1, not 1.5"),
        ({"misstep": float("nan")}, "is from 0 to 1, not nan"),
        ({"misstep": 1e-13}, "the misstep rate of 'north' is 0, or 1e-12 and more, not 1e-13"),
        (
            {"tempo": {"north": 1e-300}},
            "the tempo of 'north', 1e-300, is next to nothing beside 1;",
        ),
        ({"misstep": {"nort": 0.1}}, "unknown party 'nort'; did you mean 'north'?"),
        ({"tempo": 0.0}, "every tempo is 0, so nobody ever moves"),
        ({"tempo": -1.0}, "the tempo of 'north' is 0 or more, not -1"),
        ({"danger": "talks or war"}, "danger and goal overlap: both hold in 3 states"),
        ({"danger": "wra"}, "unknown outcome 'wra'; did you mean 'war'?"),
        ({"behaviour": "softmx"}, "unknown behaviour 'softmx'; did you mean 'softmax'?"),
        ({"behaviour": "softmax", "temperature": -1.0}, "the temperature must be above 0"),
        ({"concept": "cnash"}, "not 'cnash'"),
        ({"ticks": -1}, "the ticks are from 0"),
        ({"rates": -1}, "the curve over misstep rates has 0 to 1,000 points, not -1"),
        ({"rates": 100_000}, "the curve over misstep rates has 0 to 1,000 points, not 100,000"),
        ({"rates": [0.1, 2.0]}, "a misstep rate is from 0 to 1, not 2"),
        ({"rates": [float("nan")]}, "a misstep rate is from 0 to 1, not nan"),
        ({"what_if": ["north.talk and not north.talk"]}, "no feasible state satisfies 'north"),
    ],
)
def test_what_cannot_be_asked_is_told(case, asked, message):
    with pytest.raises(CaseError) as caught:
        detente.risk(case, **asked)
    assert message in str(caught.value)


def test_a_case_without_danger_or_today_says_what_is_missing(case):
    with pytest.raises(CaseError, match="no outcome 'war'; its outcomes are talks"):
        detente.risk(replace(case, outcomes=case.outcomes[1:]))
    with pytest.raises(CaseError, match="no status quo"):
        detente.risk(replace(case, status_quo=None))


def test_what_is_worked_out_is_kept_when_stopped(case):
    def stop(done, of):
        if done == 2:
            raise KeyboardInterrupt

    result = detente.risk(case, what_if=["north.talk", "south.talk"], on_scenario=stop)
    assert not result.complete
    assert [s.what_if for s in result.what_if] == ["north.talk"]


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"danger": "not north.attack", "goal": "war"},
            "No mistake is needed, because the danger is there already",
        ),
        ({"goal": "not north.talk and not war"}, "because the goal is reached"),
        ({"danger": "talks and war"}, "No moves from here, wanted or not, lead to"),
        ({"misstep": 0.0}, "at these rates no party makes one"),
        ({"misstep": 0.0}, "neither ever comes"),
        (
            {"danger": "north.attack", "goal": "war and talks"},
            "so nothing but danger ends it",
        ),
        ({}, "the chance of war by mistake is about"),
        ({}, "The North’s missteps matter most"),
    ],
)
def test_the_answer_says_in_words_what_is_so(case, asked, said):
    assert said in " ".join(str(detente.risk(case, **asked)).split())


def test_what_is_not_defined_is_said_and_the_rest_given(case):
    # Without missteps both stay where nothing is better: a trap that the least misstep opens.
    result = detente.risk(case, misstep=0.0)
    hitting = result.base.hitting
    assert hitting.expected_ticks is None
    assert hitting.p_neither == 1.0
    assert None in hitting.share
    assert "is not defined" in str(result)
    assert "–" in str(result)


def test_several_closed_classes_leave_the_mean_of_those_that_end():
    # The first party errs into danger or into a state that nobody can leave, each as likely.
    text = """
parties:
  a: {options: {x: {levels: [calm, bad, dull], changes: [[calm, bad], [calm, dull]]}}}
  b: {options: {y: {changes: [[no, yes], [yes, no]]}}}
outcomes: {war: a.x = bad, talks: a.x = bad and not a.x = bad}
status_quo: []
preferences: {a: [a.x = calm], b: [not b.y]}
"""
    model = parse(text, file="case.yaml", name="dull").case
    found = detente.risk(model, misstep=0.5).base.hitting
    assert found.p_danger == pytest.approx(0.5)
    assert found.p_neither == pytest.approx(0.5)
    assert found.expected_ticks is None
    assert found.ticks_if_any == pytest.approx(4)  # it leaves with 1/2 * 1/2 a tick, either way
    assert "takes 4 ticks on average" in " ".join(str(detente.risk(model, misstep=0.5)).split())


@pytest.mark.parametrize(
    ("p", "words"),
    [(0.0, "0%"), (1.0, "100%"), (0.9999, "above 99.9%"), (0.1234, "12.3%"), (1e-9, "1.0e-09")],
)
def test_probabilities_are_never_rounded_to_certainty(p, words):
    assert risk_text.percent(p) == words


# --- the command ------------------------------------------------------------------------------


def test_the_document_is_what_was_promised(case, capsys, file):
    code, out, _ = run(
        capsys, "risk", file, "--json", "--misstep", "north=0.1", "--tempo", "south=2",
        "--ticks", "3", "--what-if", "not south.talk",
    )  # fmt: skip
    assert code == 0
    document = json.loads(out)
    same = [
        "states", "p_danger_before_goal", "p_danger_within", "p_danger_by_misstep",
        "expected_ticks", "share",
    ]  # fmt: skip
    assert list(document) == [
        "case", "danger", "goal", "behaviour", "misstep", "tempo", *same, "what_if",
    ]  # fmt: skip
    assert document["misstep"] == {"north": 0.1, "south": 0.02}
    assert document["tempo"] == {"north": 1.0, "south": 2.0}
    assert (document["danger"], document["goal"]) == ("war", "talks")
    assert [tick for tick, _ in document["p_danger_within"]] == [0, 1, 2, 3]
    assert list(document["what_if"]) == ["not south.talk"]
    assert list(document["what_if"]["not south.talk"]) == same
    result = detente.risk(case, misstep={"north": 0.1}, tempo={"south": 2}, ticks=3)
    hitting = result.base.hitting
    assert document["p_danger_before_goal"] == hitting.p_danger
    assert document["expected_ticks"] == hitting.expected_ticks
    assert list(document["share"].values()) == list(hitting.share)
    assert risk_document(case, result.settings, [result.base])["states"] == document["states"]


@pytest.mark.parametrize(
    ("words", "told_so"),
    [
        (["--misstep", "2"], "from 0 to 1, not 2"),
        (["--misstep", "north=x"], "'north=x' is no number"),
        (["--misstep", "0.1", "--misstep", "0.2"], "--misstep is given twice for 'all'"),
        (["--misstep", "west=0.1"], "unknown party 'west'"),
        (["--tempo", "0"], "every tempo is 0"),
        (["--danger", "talks"], "danger and goal overlap"),
        (["--danger", "nroth.talk"], "did you mean 'north'?"),
        (["--what-if", "north.tlak"], "did you mean 'north.talk'?"),
        (["--behaviour", "wild"], "unknown behaviour 'wild'"),
        (["--ticks", "-1"], "-1"),
    ],
)
def test_mistakes_end_with_a_message_and_code_2(capsys, file, words, told_so):
    code, out, err = run(capsys, "risk", file, *words)
    assert code == 2
    assert out == ""
    assert told_so in err


def test_where_parties_err_by_rates_of_their_own_the_curve_is_still_of_one_for_all(case):
    alike = detente.risk(case, misstep=0.1, rates=[0.1]).base
    apart = detente.risk(case, misstep={"north": 0.1, "south": 0.3}, rates=[0.1]).base
    assert apart.hitting.p_danger != alike.hitting.p_danger
    assert apart.over_rates == pytest.approx(alike.over_rates)


def test_the_terminal_shows_everything_in_80_columns(capsys, file, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    whats = ["not south.talk", "north.talk", "south.arm = many", "not south.arm"]
    words = [word for what in whats for word in ("--what-if", what)]
    code, out, err = run(capsys, "risk", file, *words)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    for said in ("as things are", "before the goal", "The likeliest ways", "by mistake"):
        assert said in out
    # The case asks for nothing else, so a row is called by the formula as it was asked.
    assert all(what.split()[-1] in out for what in whats)


def test_the_drawings_are_written(capsys, file, tmp_path):
    code, _, err = run(capsys, "risk", file, "--svg", tmp_path / "drawn")
    assert code == 0
    names = ["risk-missteps.svg", "risk-shares.svg", "risk-ticks.svg"]
    assert sorted(p.name for p in (tmp_path / "drawn").iterdir()) == names
    assert all(name in err for name in names)


def test_the_command_sweep_goes_on_where_it_was(capsys, file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vary.yaml").write_text("- {misstep: north, from: 0.01, to: 0.2}\n")
    asked = ("sweep", file, "--vary", "vary.yaml", "--samples")
    code, _, err = run(capsys, *asked, 20)
    (records,) = tmp_path.glob("sweep-*.jsonl")
    assert (code, err) == (0, f"records in {records.name}\n")
    first = records.read_bytes()
    code, out, _ = run(capsys, *asked, 30, "--json")
    assert code == 0
    assert records.read_bytes().startswith(first)
    assert json.loads(out)["samples"] == 30
    assert json.loads(out)["p_danger"]["samples"] == 30
    code, _, err = run(capsys, *asked[:3], "vray.yaml", "--samples", 3)
    assert code == 2
    assert "vray.yaml" in err


# --- for model checkers -----------------------------------------------------------------------


def test_the_export_is_the_chain(case, capsys, file, tmp_path):
    code, _, err = run(capsys, "export", file, "--format", "prism", "-o", tmp_path / "out")
    assert code == 0
    assert "wrote" in err
    texts = {p.suffix: p.read_text() for p in (tmp_path / "out").iterdir()}
    assert set(texts) == {".tra", ".sta", ".lab", ".pctl", ".drn"}
    base = detente.risk(case).base
    matrix = base.chain.transitions(np.full(2, 0.02)).toarray()
    head, *rows = texts[".tra"].splitlines()
    assert head == f"{len(matrix)} {np.count_nonzero(matrix)}"
    read = np.zeros_like(matrix)
    for row in rows:
        source, target, chance = row.split()
        read[int(source), int(target)] = float(chance)
    assert (read == matrix).all()
    assert abs(read.sum(axis=1) - 1).max() < 1e-12
    assert texts[".sta"].splitlines()[:2] == [
        "(north_talk,north_attack,south_talk,south_arm)", "0:(0,0,0,0)",
    ]  # fmt: skip
    assert texts[".lab"].startswith('0="init" 1="deadlock" 2="danger" 3="goal"\n0: 0\n')
    marks = dict(line.split(": ") for line in texts[".lab"].splitlines()[1:])
    assert [int(k) for k, m in marks.items() if m == "2"] == np.flatnonzero(
        base.chain.danger
    ).tolist()
    assert texts[".pctl"].splitlines()[0] == 'P=? [ !"goal" U "danger" ]'
    # Danger and the goal both come about, so Storm needs no state that only holds their labels.
    assert f"@nr_states\n{len(matrix)}\n@nr_choices\n{len(matrix)}\n" in texts[".drn"]


def test_the_property_has_the_probability_that_is_reported(case):
    """Reads the files as a model checker would, and iterates to the value of the property."""
    model = detente.prism(case)
    states, arrows = model.tra.splitlines()[0].split()
    assert model.line().endswith(f": {int(states):,} states, {int(arrows):,} transitions")
    _, *rows = model.tra.splitlines()
    marks = dict(line.split(": ") for line in model.lab.splitlines()[1:])
    value = {int(k): float(m == "2") for k, m in marks.items()}
    edges = [(int(s), int(t), float(p)) for s, t, p in map(str.split, rows)]
    for _ in range(60_000):
        onward: dict[int, float] = {}
        for s, t, p in edges:
            onward[s] = onward.get(s, 0.0) + p * value.get(t, 0.0)
        if all(abs(onward[s] - value.get(s, 0.0)) < 1e-14 for s in onward):
            break
        value = onward
    start = next(int(k) for k, m in marks.items() if m == "0")
    assert value[start] == pytest.approx(detente.risk(case).base.hitting.p_danger, abs=1e-8)


def test_names_of_options_are_ones_that_prism_takes(case):
    graph = detente.risk(case).base.graph
    strange = replace(graph, options=("a.b_c", "a_b.c", "ö.talk", "_x.y"))
    names = variables(strange)
    assert len(set(names)) == 4
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in names)


def test_the_export_needs_a_folder(capsys, file):
    code, _, err = run(capsys, "export", file, "--format", "prism")
    assert code == 2
    assert "-o DIR" in err


@pytest.mark.parametrize(
    ("misstep", "of", "told"),
    [
        (0.02, 100, "A party’s own missteps, if one percentage point more frequent, change the"),
        (0.001, 1_000, "One more misstep in 1,000 moves of a party changes the"),
        (1e-5, 100_000, "One more misstep in 100,000 moves of a party changes the"),
    ],
)
def test_what_missteps_change_is_told_of_so_many_moves_as_hold_one(case, misstep, of, told):
    found = detente.risk(case, misstep=misstep, rates=0, what_if=[])
    text = " ".join(str(found).split())
    (said,) = re.findall(rf"{told} probability by ([-+][\d.,]+)( points| in [\d,]+) for", text)
    assert said[1] == (" points" if of == 100 else f" in {of:,}")
    # So many moves of which one more is a misstep are no more than rates as small let one see.
    more = {"north": misstep + 1e-3 / of, "south": misstep}
    moved = detente.risk(case, misstep=more, rates=0, what_if=[]).base.hitting.p_danger
    slope = (moved - found.base.hitting.p_danger) / 1e-3 * of
    assert float(said[0].replace(",", "")) == pytest.approx(slope, rel=0.02)
    assert ("danger grows, or shrinks, by one more misstep" in str(found.drawings())) == (of > 100)


def test_a_share_is_told_in_digits_that_people_read():
    assert [risk_text.points(x) for x in (-332.4, 12345.0, 5.218, 0.0, None)] == [
        "-332", "+12,345", "+5.22", "0", "–",
    ]  # fmt: skip


# --- drawings ---------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


def drawings(case):
    result = detente.risk(case, what_if=["not south.talk", "south.arm = many"])
    found = detente.sweep(case, [Misstep("north", 0.01, 0.2)], 10, workers=1)
    return {**result.drawings(), "sweep": found.drawing()}


def test_what_was_not_worked_out_is_not_drawn(case):
    drawn = detente.risk(case, rates=[], ticks=0).drawings()
    assert list(drawn) == ["risk-shares.svg"]


def test_every_drawing_is_whole_and_can_be_read_out(case):
    for text in drawings(case).values():
        root = ET.fromstring(text)
        name = root.get("id")
        assert root.get("aria-labelledby") == f"{name}-title {name}-desc"
        assert root.find(f"{SVG}title").text.endswith(".")
        assert root.find(f"{SVG}desc").text
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert "prefers-color-scheme:dark" in root.find(f"{SVG}style").text
        box = [float(n) for n in root.get("viewBox").split()]
        for mark in root.iter(f"{SVG}rect"):
            x, y, w, h = (float(mark.get(k)) for k in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= box[2]
            assert 0 <= y <= y + h <= box[3]


def test_a_line_goes_where_the_figures_are(case):
    result = detente.risk(case, ticks=4, misstep=0.5)
    root = ET.fromstring(result.drawings()["risk-ticks.svg"])
    (line,) = root.iter(f"{SVG}polyline")
    points = np.array([[float(n) for n in p.split(",")] for p in line.get("points").split()])
    within = result.base.hitting.within
    assert len(points) == 5
    # A straight map from probabilities to heights, upwards.
    slope, _ = np.polyfit(within, points[:, 1], 1)
    assert slope < 0
    assert np.corrcoef(within, points[:, 1])[0, 1] == pytest.approx(-1, abs=1e-4)
    assert np.ptp(np.diff(points[:, 0])) < 0.2


def test_the_tornado_puts_the_largest_share_first(case):
    result = detente.risk(case, misstep=0.5)
    root = ET.fromstring(result.drawings()["risk-shares.svg"])
    bars = [b for b in root.iter(f"{SVG}rect") if "full" in b.get("class", "").split()]
    first, second = (float(bar.get("width")) for bar in bars)
    least, most = sorted(abs(s) for s in result.base.hitting.share)
    assert second / first == pytest.approx(least / most, abs=2e-3)
