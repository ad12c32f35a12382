"""The tool that breaks the code on purpose: what it changes, and that functions get the change."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("resource")  # bounds of processor time; not on every system

TOOLS = Path(__file__).parents[1] / "tools"

TEXT = """
LIMIT = 3


def below(x):
    return x < LIMIT


def table(rows=2):
    return [(lambda x: x + 1)(k) for k in range(rows)]


def pair():
    return (lambda x: x + 1), (lambda x: x - 1)


def endless():
    while True:
        return [k for k in range(3)]


def both(a, b):
    return (
        a
        and b
    )


def last():
    return 7
"""


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def trials():
    yield load(TOOLS / "mutate_trials.py", "mutate_trials")
    del sys.modules["mutate_trials"]


@pytest.fixture
def changed(trials, tmp_path):
    """A module with one expression changed as the tool does it; None where it cannot be so."""

    def make(before: str, after: str) -> ModuleType | None:
        file = tmp_path / "sample.py"
        file.write_text(TEXT, "utf-8")
        module = load(file, "sample")
        del sys.modules["sample"]
        start = TEXT.index(before)
        line = TEXT[:start].count("\n") + 1
        mutant = trials.Mutant(str(file), line, before, after, start, start + len(before), before)
        codes = trials.changed_codes(mutant, TEXT)
        trials._swap(codes, file)
        return module if codes else None

    return make


def test_a_function_gets_the_change(changed):
    assert changed("x < LIMIT", "x <= LIMIT").below(3)
    assert changed("7", "8").last() == 8


def test_a_function_inside_another_gets_it_too(changed):
    assert changed("x + 1", "x - 1").table() == [-1, 0]


def test_over_several_lines_later_functions_stay_where_they_are(changed):
    module = changed("a\n        and b", "a or b")
    assert module.both(False, True)
    assert module.last() == 7


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3", "4"),  # while the module is imported
        ("2", "3"),  # a default, too
        ("x - 1", "x + 1"),  # two functions without a name on one line
        ("True", "False"),  # nothing is left of what stands in it
    ],
)
def test_what_cannot_be_given_to_a_function_is_left_to_a_new_process(changed, before, after):
    assert changed(before, after) is None


def test_tests_that_reach_a_line_run_the_quick_ones_first(trials):
    known = trials.Reach(
        {"a.py:4": ["t::slow", "t::quick"]}, {"t::slow": 9.0, "t::quick": 0.1, "t::other": 1.0}, []
    )
    every = ["t::slow", "t::other", "t::quick", "t::new"]
    mutant = trials.Mutant("a.py", 4, "x", "y", 0, 1, "x")
    assert known.of(mutant, every) == ["t::new", "t::quick", "t::slow"]
    elsewhere = trials.Mutant("a.py", 5, "x", "y", 0, 1, "x")
    assert known.of(elsewhere, every) == ["t::new", "t::quick", "t::other", "t::slow"]
    assert known.bound(["t::slow"]) == trials.LEAST + 9 * trials.TIMES


def test_what_is_known_to_mean_nothing_can_still_be_drawn(trials):
    tool = load(TOOLS / "mutate.py", "mutate")
    listed = tool.known_equal()
    parts = {Path(file).parts[2] for file, *_ in listed}
    assert parts <= {*trials.OWN}
    assert listed - {tool.known_as(m) for part in parts for m in tool.mutants(part)} == set()
    for part in parts:
        assert not listed & {tool.known_as(m) for m in tool.drawn(part, 1, 10**6)}
