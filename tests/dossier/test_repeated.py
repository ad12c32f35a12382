"""The commands that a dossier names answer again what it answered."""

from __future__ import annotations

import json
import shlex

import dam
import pytest

from detente.dossier.page.blocks import Method
from detente.dossier.sections import page as page_of
from detente.questions.brief import brief


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = dam.write(tmp_path_factory.mktemp("a dam") / "the dam")
    return brief(folder)


def commands(made):
    page = page_of(made)
    blocks = [b for s in page.sections for b in s.blocks if isinstance(b, Method)]
    return [command for block in blocks for command in block.commands]


def test_every_command_named_runs(made, run):
    named = commands(made)
    verbs = {shlex.split(command)[1] for command in named}
    assert verbs >= {"stability", "explain", "deadlock", "unlock", "path", "broker", "risk", "diff"}
    for command in dict.fromkeys(named):
        program, *arguments = shlex.split(command)
        assert program == "detente"
        ran = run(*arguments)
        assert ran.code == 0, (command, ran.err)


@pytest.mark.parametrize("verb", ["deadlock", "path", "broker", "unlock", "risk"])
def test_a_command_gives_the_figures_of_the_dossier(made, run, verb):
    command = next(c for c in commands(made) if c.startswith(f"detente {verb} "))
    told = json.loads(run(*shlex.split(command)[1:], "--json").out)
    document = json.loads(json.dumps(made.document()))[verb]
    shared = set(told) & set(document) - {"steps", "complete", "what_if", "case"}
    assert len(shared) >= 4
    for key in shared:
        assert told[key] == document[key], key


def test_a_target_asked_for_is_asked_for_again(run):
    made = brief("elmira", target="closed")
    aimed = [c for c in commands(made) if shlex.split(c)[1] in ("unlock", "path", "broker")]
    assert aimed
    for command in aimed:
        assert "--target closed" in command
        assert run(*shlex.split(command)[1:]).code == 0
