"""Starting stays light: what importing and asking for help load, and how long they take."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

HEAVY = {"numpy", "pandas", "rich", "pydantic", "lark", "ruamel", "click"}
ASK = "import sys; sys.stderr.write(' '.join(sorted({m.partition('.')[0] for m in sys.modules})))"


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running some code."""
    command = [sys.executable, "-c", f"{code}\n{ASK}"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def fastest(command: list[str], times: int) -> float:
    """The shortest of several runs in seconds: the others measure the neighbours."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - start

    return min(once() for _ in range(times))


HELP = """
import sys
from detente.cli import main
sys.argv = ["detente", "--help"]
try:
    main()
except SystemExit as done:
    assert not done.code
"""


def test_importing_loads_nothing_heavy():
    assert loaded_by("import detente") & HEAVY == set()


@pytest.mark.clock
def test_importing_is_fast():
    assert fastest([sys.executable, "-c", "import detente"], 3) < 0.5


def test_help_loads_only_what_it_needs():
    assert loaded_by(HELP) & (HEAVY - {"click"}) == set()


@pytest.mark.clock
def test_help_is_fast():
    # 0.2 s is the aim.
    assert fastest([sys.executable, "-c", HELP], 5) < 0.5


@pytest.mark.parametrize("module", ["numpy", "click"])
def test_what_is_loaded_is_seen(module):
    assert module in loaded_by(f"import {module}")
