"""What a model proposes is kept only as far as the report's own words and grammar bear it out."""

from __future__ import annotations

import random
from functools import cache

import pytest

from detente.reading.analysis.parser import analysed
from detente.reading.lexicon import load
from detente.reading.model.guard import DROPPED, ground, judged
from detente.reading.model.prompt import passages
from detente.reading.paragraphs import paragraphs
from detente.reading.plain import plain
from detente.reading.reader import reader
from detente.reading.report import Report
from detente.reading.who.world import World

pytest.importorskip("spacy")

HARBOUR = """The harbour workers' union said it would not unload the ships before Friday.

Port Alder offered to pay a bonus of 300 crowns if the cranes are manned by noon. The mayor,
Helen Astley, did not promise a new pier.

“We will not sign a paper that we have not read,” said Murdo Pask, who chairs the union.

If the strike went on, the company might close the yard. Did the union accept the bonus?

“No guards, not on my quay,” Pask said. Such a paper is not something to which we devote money, Port
Alder said.
"""
OTHER = "The ferry operator agreed to return 40 of the boats to Merrowland on Monday."


@cache
def grounds():
    rules = reader(load(None))
    reports = [
        plain(Report("harbour", "harbour.txt", HARBOUR, "")).plain,
        plain(Report("other", "other.txt", OTHER, "")).plain,
    ]
    parsed = analysed(reports)
    world = World(parsed, frozenset(), (), rules.lexicon)
    return {p.name: ground(p, world, rules.words) for p in parsed}


def judge(quote, kind, party=None, **more):
    seen = grounds()["harbour"]
    (passage,) = passages("harbour", paragraphs(seen.parsed.text))
    given = {"quote": quote, "kind": kind, "party": party, "speaker": None, "target": None}
    return judged(given | {"for": None} | more, passage, seen)


def test_what_stands_there_is_kept_in_the_report_s_own_words():
    claim = judge("would not unload the ships before Friday", "refusal", "harbour workers' union")
    assert claim.text.endswith("would not unload the ships before Friday")
    assert claim.by == "model"
    assert claim.shown
    (span,) = claim.content
    assert grounds()["harbour"].parsed.text[span.start : span.end] == claim.text


def test_a_quotation_is_widened_so_that_no_not_is_left_outside():
    claim = judge("sign a paper that we have not read", "refusal", "Murdo Pask")
    assert claim.text.startswith("We will not sign a paper")


def test_a_not_just_before_a_quotation_belongs_to_it():
    """Even where the parser finds no clause, or hangs it elsewhere."""
    claim = judge("on my quay", "refusal", "Murdo Pask")
    assert claim.text.startswith("not on my quay")
    assert judge("on my quay", "offer", "Murdo Pask") == "denied"


def test_a_noun_s_words_are_read_in_the_clause_that_it_stands_in():
    """ "… is not something to which we devote money": the inner clause alone denies nothing."""
    assert judge("something to which we devote money", "support", "Port Alder") == "denied"
    assert judge("something to which we devote money", "refusal", "Port Alder").text.startswith(
        "Such a paper is not something"
    )


def test_a_condition_keeps_what_it_is_for():
    claim = judge(
        "if the cranes are manned by noon",
        "condition",
        "Port Alder",
        **{"for": "pay a bonus of 300 crowns"},
    )
    assert claim.purpose == "pay a bonus of 300 crowns"


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (("would unload the ships before Friday", "offer", "harbour workers' union"), "quote"),
        (("pay a bonus of 400 crowns", "offer", "Port Alder"), "quote"),
        (("return 40 of the boats to Merrowland", "offer", "Port Alder"), "quote"),
        (("before Friday. Port Alder offered to pay", "offer", "Port Alder"), "across"),
        (("a bonus", "offer", "Port Alder"), "short"),
        (("” said Murdo", "offer", "harbour workers' union"), "short"),
        (("did not promise a new pier", "offer", "Helen Astley"), "denied"),
        (("promise a new pier", "offer", "Helen Astley"), "denied"),
        (("the company might close the yard", "event", "company"), "supposed"),
        (("the union accept the bonus", "acceptance", "union"), "supposed"),
        (("offered to pay a bonus", "offer", "Ruritania"), "name"),
        (("offered to pay a bonus", "offer", "lowercase nobody"), "name"),
        (("offered to pay a bonus", "statement", "Port Alder"), "kind"),
        (("offered to pay a bonus", "wish", "Port Alder"), "kind"),
    ],
)
def test_what_does_not_is_dropped(proposal, reason):
    assert judge(*proposal) == reason
    assert reason in DROPPED


def test_a_purpose_that_does_not_stand_there_drops_it():
    found = judge(
        "if the cranes are manned by noon",
        "condition",
        "Port Alder",
        **{"for": "pay a bonus of 500 crowns"},
    )
    assert found == "for"


@pytest.mark.parametrize("proposal", [None, 3, "x", [], {}, {"quote": 3}, {"quote": "a b c"}])
def test_what_has_not_the_form_is_dropped(proposal):
    seen = grounds()["harbour"]
    (passage,) = passages("harbour", paragraphs(seen.parsed.text))
    assert judged(proposal, passage, seen) in ("form", "kind")


def test_whose_it_is_not_by_the_clause_is_marked():
    claim = judge("offered to pay a bonus of 300 crowns", "offer", "harbour workers' union")
    assert not claim.shown


def test_who_is_asked_and_who_only_tells_are_not_shown_to_hold_it():
    rules = reader(load(None))
    text = "Sudland demanded that Norland lift the blockade. Norland said that Sudland had left."
    report = plain(Report("strait", "strait.txt", text, "")).plain
    parsed = analysed([report])
    seen = ground(parsed[0], World(parsed, frozenset(), (), rules.lexicon), rules.words)
    (passage,) = passages("strait", paragraphs(parsed[0].text))

    def shown(quote, kind, party):
        given = {"quote": quote, "kind": kind, "party": party, "speaker": None, "target": None}
        claim = judged(given | {"for": None}, passage, seen)
        return isinstance(claim, str) or claim.shown

    assert not shown("that Norland lift the blockade", "demand", "Norland")
    assert not shown("that Sudland had left", "event", "Norland")
    assert shown("that Sudland had left", "event", "Sudland")


TRUE = [
    ("would not unload the ships before Friday", "refusal", "harbour workers' union"),
    ("offered to pay a bonus of 300 crowns", "offer", "Port Alder"),
    ("We will not sign a paper that we have not read", "refusal", "Murdo Pask"),
]


def test_the_truth_gets_in():
    assert all(not isinstance(judge(*given), str) for given in TRUE)


def test_a_swapped_party_is_marked_wherever_the_clause_names_another():
    rng = random.Random(3)
    parties = ["harbour workers' union", "Port Alder", "Murdo Pask", "Helen Astley"]
    swapped = [
        judge(quote, kind, other)
        for quote, kind, party in TRUE
        for other in rng.sample(parties, 4)
        if other != party and not {other, party} <= {"harbour workers' union", "Murdo Pask"}
    ]
    kept = [claim for claim in swapped if not isinstance(claim, str)]
    assert kept
    assert [claim.text for claim in kept if claim.shown] == []
