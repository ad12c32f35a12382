"""How a draft is told on a terminal: words of claims, and what is never cut."""

from __future__ import annotations

from types import SimpleNamespace

from detente.dossier.text.draft import draft_text
from detente.drafting.gaps import _few
from detente.reading.paragraphs import Span
from draft_samples import drafted


def test_words_that_stand_apart_are_not_run_together():
    spans = (Span(0, 19), Span(30, 46))
    claim = SimpleNamespace(text="the road stays shuta guard is there", content=spans)
    assert _few(claim) == "the road stays shut … a guard is there"
    claim = SimpleNamespace(text="the roadstays shut", content=(Span(0, 8), Span(9, 19)))
    assert _few(claim) == "the road stays shut"


def test_positions_and_what_they_rest_on_are_told_whole():
    made = drafted("growers")
    told = draft_text(made.case, made.gaps, made.reports, len(made.claims))
    said = told.split("Conditions\n")[1].split("What the reports")[0]
    assert " only if " in " ".join(said.split())
    assert "…" not in said
    assert "inferred" in " ".join(told.split("Parties and")[0].split())
    assert max(map(len, told.split("\n"))) < 80
