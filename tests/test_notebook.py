"""The notebook of the docs runs, and what its cells keep stays small; types come with the wheel."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import detente
from detente import gallery
from detente.case.files import parse

ROOT = Path(__file__).parents[1]
TOUR = ROOT / "docs" / "notebooks" / "tour.ipynb"

WRONG = {"a": ["a.z"]}

CELL = 100_000
"""Characters that the output of a cell keeps at most."""


def cells() -> list[str]:
    found = json.loads(TOUR.read_text("utf-8"))
    assert found["nbformat"] == 4
    return ["".join(c["source"]) for c in found["cells"] if c["cell_type"] == "code"]


def shown(value: object) -> str:
    """All that a notebook keeps of the last line of a cell."""
    made = [repr(value)]
    for form in ("_repr_html_", "_repr_svg_", "_repr_markdown_"):
        if (method := getattr(value, form, None)) is not None:
            made.append(method() or "")
    assert not hasattr(value, "_repr_mimebundle_")
    return "".join(made)


def test_the_tour_runs_and_keeps_little(capsys):
    pytest.importorskip("pandas")
    names: dict[str, object] = {}
    for source in cells():
        *body, last = ast.parse(source).body
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            assert len(shown(value)) < CELL, source
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), names)
        assert len(capsys.readouterr().out) < CELL
    assert len(names["result"].equilibria("seq")) == 6  # type: ignore[attr-defined]


def test_nothing_that_stands_last_in_a_cell_stores_arrays():
    case = detente.load("korea-2018")
    result = detente.stability(case, ["nash", "seq"])
    way = detente.path(case)
    for value in (
        case, result, way, result.graph, result.verdicts, way.found, result.equilibria("seq"),
        detente.zone(case), detente.who(case, "war"), detente.broker(case), detente.unlock(case),
        detente.whatif(case, ["prk.talk"]), detente.risk(case, ticks=10, rates=0),
        detente.draw(case, "moves"), detente.states(case), detente.prism(case),
    ):  # fmt: skip
        assert len(shown(value)) < CELL, type(value)


@pytest.mark.parametrize("name", gallery.names())
def test_a_case_goes_to_text_and_comes_back(name):
    case = detente.load(name)
    assert parse(case.yaml(), file="case.yaml", name=case.name).case == case


def test_a_case_is_built_in_code_as_in_a_file():
    made = detente.Case.of(
        "small",
        title="Small",
        parties={
            "a": {"options": {"x": "Do it"}},
            "b": {"options": {"y": {"levels": ["lo", "hi"]}}},
        },
        preferences={"a": ["a.x"], "b": {"weights": {"b.y = hi": 2}}},
        status_quo=[],
    )
    assert isinstance(made, detente.Case)
    assert made.option_names == ("a.x", "b.y")
    assert detente.stability(made, "nash").equilibria("nash").count == 1
    with pytest.raises(detente.CaseError) as told:
        detente.Case.of(
            "small", parties={"a": {"options": {"x": None}}}, preferences={"a": ["a.z"]}
        )
    assert "unknown option 'a.z'" in str(told.value)


@pytest.mark.slow
def test_types_and_data_come_with_the_wheel(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", tmp_path, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"detente/py.typed", "detente/case/case.schema.json"} <= names


def test_the_package_says_that_it_is_typed():
    assert (Path(detente.__file__).parent / "py.typed").is_file()
