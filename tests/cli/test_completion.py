"""What a shell completes, asked as a shell asks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def completed(*words: str) -> list[str]:
    """What bash would offer for the last word."""
    env = os.environ | {
        "_DETENTE_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["detente", *words]),
        "COMP_CWORD": str(len(words)),
    }
    run = subprocess.run(
        [sys.executable, "-m", "detente"], env=env, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return [line.partition(",")[2] for line in run.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["stab"], {"stability"}),
        (["stability", "kor"], {"korea-2017", "korea-2018"}),
        (["brief", "elm"], {"elmira"}),
        (["stability", "elmira", "--target", "set"], {"settled"}),
        (["stability", "elmira", "--target", "moe."], {"moe.modify"}),
        (["explain", "elmira", "unir"], {"uniroyal.strategy"}),
        (["draw", "elmira", "gra"], {"graph"}),
    ],
)
def test_commands_cases_and_formulas_complete(words, offered):
    assert offered <= set(completed(*words))


def test_the_last_word_of_a_quoted_formula_completes():
    found = completed("stability", "elmira", "--target", '"not moe."')
    assert "not moe.modify" in found


def test_a_case_that_is_not_there_completes_nothing_and_says_nothing():
    assert completed("stability", "nowhere", "--target", "x") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell):
    env = os.environ | {"_DETENTE_COMPLETE": f"{shell}_source"}
    run = subprocess.run([sys.executable, "-m", "detente"], env=env, capture_output=True, text=True)
    if shell == "bash" and "not supported" in run.stderr:
        pytest.skip("no bash of version 4.4")
    assert "_DETENTE_COMPLETE" in run.stdout
