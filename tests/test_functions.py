"""The Python verbs: what a notebook sees."""

from __future__ import annotations

import dataclasses
import inspect
import json
import sys
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

import detente
from detente.case.files import parse
from detente.questions.declare import docstring, result_of
from detente.questions.table import FUNCTIONS

HOSTILE = """
title: <script>alert(1)</script>
parties:
  a: {name: "<b>A</b>", options: {x: "<i>X</i>"}}
  b: {options: {y: Y}}
preferences:
  a: [a.x]
  b: [b.y]
"""


def test_a_result_answers_by_concept_and_party() -> None:
    result = detente.stability(detente.load("prisoners-dilemma"))
    # Textbook: both defect is the one Nash equilibrium, both cooperate holds under the others.
    assert list(result.equilibria("nash")) == ["YY"]
    assert list(result.equilibria("seq")) == ["NN", "YY"]
    assert "YY" in result.stable("nash", "row")
    assert "NN" not in result.stable("nash", "row")
    with pytest.raises(detente.CaseError, match="'cnash' was not worked out"):
        result.equilibria("cnash")
    with pytest.raises(detente.CaseError, match="no verdict under 'nash' for 'nobody'"):
        result.stable("nash", "nobody")


def test_a_data_frame_has_a_row_for_each_state() -> None:
    result = detente.stability(detente.load("elmira"), ["nash", "cnash"], coalition="moe+uniroyal")
    frame = result.frame()
    assert list(frame["state"]) == list(detente.states(detente.load("elmira")))
    assert set(frame["uniroyal.strategy"]) == {"delay", "accept", "abandon"}
    assert list(frame["state"][frame["nash"]]) == list(result.equilibria("nash"))
    assert list(frame["state"][frame["nash.local"]]) == list(result.stable("nash", "local"))
    assert "cnash.moe+uniroyal" in frame.columns


def test_polars_serves_where_pandas_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=dict))  # a stand-in
    frame = detente.stability(detente.load("chicken")).frame()
    assert isinstance(frame, dict)
    assert frame["state"] == ["NN", "NY", "YN", "YY"]


def test_a_missing_frame_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"pip install 'detente\[frames\]'"):
        detente.stability(detente.load("chicken")).frame()


def test_a_notebook_shows_the_section_with_its_drawing() -> None:
    case = detente.load("korea-2018")
    for found, told in (
        (detente.path(case), "Taken back on the way"),
        (detente.deadlock(case), "What was said that cannot all be kept"),
        (detente.who(case), "Who can do it alone"),
    ):
        html = found._repr_html_()
        assert told in html
        assert '<div class="detente">' in html
        assert 'class="plate' in html
        assert "<script" not in html


def test_a_notebook_shows_labels_and_never_runs_them() -> None:
    case = parse(HOSTILE, file="case.yaml", name="hostile").case
    for shown in (detente.stability(case)._repr_html_(), detente.explain(case, "NN")._repr_html_()):
        assert "<script>" not in shown
        assert "<b>A" not in shown
        assert "&lt;b&gt;A&lt;/b&gt;" in shown


def test_arrays_of_a_result_cannot_be_changed() -> None:
    result = detente.stability(detente.load("chicken"))
    with pytest.raises(ValueError, match="read-only"):
        result.graph.feasible[0, 0] = False
    with pytest.raises(ValueError, match="read-only"):
        result.verdicts[0].stable[0, 0] = True


def test_an_interrupted_analysis_says_that_it_is_not_complete() -> None:
    def stop(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    result = detente.stability(detente.load("chicken"), ["nash", "gmr"], on_verdict=stop)
    assert not result.complete
    assert [c.name for c in result.concepts] == ["nash"]
    assert len(result.equilibria("nash")) == 2
    with pytest.raises(detente.CaseError, match="'gmr' was not worked out"):
        result.equilibria("gmr")


def test_a_case_too_large_is_refused_before_it_starts() -> None:
    options = ", ".join(f"o{k}: Option {k}" for k in range(60))
    case = parse(
        f"title: Large\nparties:\n  a: {{options: {{{options}}}}}\npreferences:\n  a: [a.o1]\n",
        file="case.yaml",
        name="large",
    ).case
    with pytest.raises(detente.LimitError, match=r"60 options span 1,152,921,504,606,846,976"):
        detente.states(case)


def test_a_hundred_statements_rank() -> None:
    options = ", ".join(f"o{k}: Option {k}" for k in range(6))
    wishes = "\n".join(f"    - a.o{k % 6} or not a.o{(k * 5 + 1) % 6}" for k in range(99))
    case = parse(
        f"title: Many\nparties:\n  a: {{options: {{{options}}}}}\n"
        f"preferences:\n  a:\n    - not a.o0\n{wishes}\n",
        file="case.yaml",
        name="many",
    ).case
    graph = detente.stability(case, ["nash"]).graph
    states = list(np.ndindex(graph.shape))

    def truths(s: tuple[int, ...]) -> tuple[bool, ...]:
        rest = tuple(bool(s[k % 6]) or not s[(k * 5 + 1) % 6] for k in range(99))
        return (not s[0], *rest)

    wanted = {value: rank for rank, value in enumerate(sorted({truths(s) for s in states}))}
    assert [int(graph.ranks[0][s]) for s in states] == [wanted[truths(s)] for s in states]


def test_evolution_and_inverse_are_data() -> None:
    result = detente.stability(detente.load("elmira"), ["seq"])
    evolution = detente.evolution(result)
    by_improvements = [d for d in evolution.destinations if d.by_improvements.sequences]
    assert len(by_improvements) == 1  # s5 alone: the local government insists
    found = detente.inverse(detente.load("syria-iraq"), "YNN", "smr")
    assert found.requirements[0].rankings == 300  # exact enumeration, as in the literature note
    assert json.dumps([sorted(s) for s in found.requirements[0].sets])


def _undocumented(name: str, function: object) -> list[str]:
    told = docstring(function).parameters  # type: ignore[arg-type]
    given = inspect.signature(function).parameters  # type: ignore[arg-type]
    wanted = [p.strip("*") for p in given if p not in ("self", "cls")]
    return [f"{name}: {p}" for p in wanted if not told.get(p)]


def test_every_public_parameter_is_documented() -> None:
    """Of the functions, of what they return, and of the methods of that."""
    classes = {value for value in vars(detente).values() if inspect.isclass(value)}
    missing: list[str] = []
    for name, entry in FUNCTIONS.items():
        function = getattr(import_module(f"detente.questions.{entry.question}"), name)
        classes.add(result_of(function))
        missing += _undocumented(name, function)
    for made in (c for c in classes if inspect.isclass(c)):
        told = {key for base in made.__mro__[:-1] for key in docstring(base).parameters}
        shown = dataclasses.fields(made) if dataclasses.is_dataclass(made) else ()
        missing += [f"{made.__name__}: {f.name}" for f in shown if f.name not in told]
        for name, method in inspect.getmembers(made, inspect.isroutine):
            if name[0] != "_" and str(getattr(method, "__module__", "")).startswith("detente"):
                missing += _undocumented(f"{made.__name__}.{name}", method)
    assert missing == []
