"""What a dossier tells of unsure and strong wishes, of attitudes, and of public words."""

from __future__ import annotations

import detente

CASE = """\
title: A stand-off
parties:
  us: {name: The South, options: {strike: Strike, sit: Sit down}}
  nk: {name: The North, options: {stop: Stop, sit: Sit down}}
status_quo: []
outcomes: {talks: {that: us.sit and nk.sit, label: Both sit down}}
preferences:
  us: [{that: nk.stop, strong: true}, {that: us.sit and nk.sit, unsure: 0.3}, not us.strike]
  nk: [{that: not us.strike, strong: true}, {that: not nk.stop, unsure: true}, us.sit, nk.sit]
attitudes: {us: {nk: 1}, nk: {us: -1}}
refusals: [{party: nk, id: r, refuses: nk.stop}]
conditions: [{party: us, id: c, option: us.sit, needs: nk.stop}]
"""


def test_each_is_told_where_the_case_has_it(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    found = detente.brief(tmp_path)
    told = found.markdown()
    case = found.case
    graph = found.stability.graph
    # The figures are those of the commands.
    inside = detente.stability(case, "seq", doubt=True).doubt.held[0]
    assert (int(inside.necessary.sum()), int(inside.possible.sum())) == (1, 6)
    assert "it may be in 4 ways. One situation holds in every one of them, six in some." in told
    names = ("seq_a", "seq_d", "seq_strong", "rseq")
    held = detente.stability(case, names)
    counts = [(name, len(held.equilibria(name))) for name in names]
    assert [(one.concept, one.states) for one in found.nuances] == counts
    assert "surely no better keeps them back, no situations hold; if only" in told
    assert "Two situations hold strongly: whoever gained by leaving" in told
    assert "With that, two situations hold, one of them without it, too." in told
    # By hand: the North refuses what the South waits for, and is believed; the South's not sitting
    # down does not move it.
    assert "2 dilemmas" in told
    assert "The South has a persuasion dilemma with the North." in told
    assert graph.n_states == 16


def test_the_document_holds_what_is_told(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    found = detente.brief(tmp_path)
    document = found.document()
    doubt = {"how": "jointly", "necessary": 1, "possible": 6}
    assert document["doubt"] == {
        "ways": {"us": 2, "nk": 2},
        "all": 4,
        "concepts": {"seq": doubt},
    }
    held = detente.stability(found.case, ("seq", "seq_strong", "rseq"))
    plain = set(held.equilibria("seq"))
    by_name = {one["concept"]: one for one in document["nuances"]}
    for name in ("seq_strong", "rseq"):
        states = set(held.equilibria(name))
        told = {"concept": name, "states": len(states), "also": len(states & plain)}
        assert by_name[name] == told
    pressed = detente.dilemmas(found.case).document()
    assert document["dilemmas"] == {**pressed, "case": document["case"]["name"]}
    # By hand: the North's step pays by its last wish alone, which the South's comes before.
    assert document["leans"] == [{"party": "nk", "wish": "nk.sit", "place": 4, "step": 2}]
    # By hand: without its wish for talks nothing is better for the South than today.
    assert [[t["statement"] for t in way] for way in document["zone_turn"]["turns"]] == [
        ["us.sit and nk.sit"]
    ]
    assert document["views"] is None
    assert "views" in document["unanswered"]


def test_beliefs_stand_in_the_document_as_numbers():
    found = detente.brief("korea-jacobi-feared")
    game = detente.views(found.case, "seq").games[0]
    graph = found.zone.graph
    held, true = (set(graph.states(at)) for at in (game.holds, game.true))
    assert found.document()["views"] == {
        "concept": "seq",
        "holds": len(held),
        "true": len(true),
        "same": len(held & true),
        "surprised": ["us", "nk"],
    }


def test_nothing_is_told_where_the_case_says_nothing():
    told = detente.brief("prisoners-dilemma", target="row.defect").markdown()
    for word in ("unsure", "strongly", "disposed", "dilemma with"):
        assert word not in told
