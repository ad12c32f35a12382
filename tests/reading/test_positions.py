"""What parties demand, offer, refuse, threaten and do, in reports written for this test.

The samples are about invented disputes; the tables say what a reader must find in them, and
what must not be found, decided by hand before the program read them.
"""

from __future__ import annotations

import pytest


def rows(claims, kind):
    return [c for c in claims if c.kind == kind]


def has(claims, kind, party, words, **more):
    """Whether one claim of that kind and party holds the words, and the other fields given."""
    return any(
        c.party == party
        and words in c.text
        and all(getattr(c, key) == value for key, value in more.items())
        for c in rows(claims, kind)
    )


MUST = [
    # (sample, kind, party, words in its text, other fields)
    ("dam", "condition", "Borduria", "Syldavia signs a binding treaty", {"target": "Syldavia"}),
    ("dam", "statement", "Syldavia", "the filling of the reservoir stopped", {}),
    ("dam", "refusal", "Syldavia", "the demand", {"speaker": "Tomas Hark"}),
    ("dam", "offer", "African River Commission", "to mediate", {}),
    ("dam", "silence", "Borduria", "has not responded", {}),
    ("dam", "threat", "Syldavia", "would cut power exports", {"target": "Borduria"}),
    ("dam", "statement", "Borduria", "We have waited nine years", {"speaker": "Marta Velic"}),
    ("strike", "condition", "Dockers' Union", "the company withdraws the dismissals", {}),
    ("strike", "refusal", "Northport Terminals", "any pay rise above two percent", {}),
    (
        "strike",
        "condition",
        "Northport Terminals",
        "the pickets were gone",
        {"speaker": "Paul Ostrow"},
    ),
    ("strike", "pressure", "Northport Terminals", "suspended overtime payments", {}),
    ("strike", "threat", "Dockers' Union", "extend the strike", {}),
    ("strike", "offer", "Ellen Brandt", "both sides to the town hall", {}),
    ("strike", "statement", "port authority", "forty ships are waiting", {"direct": False}),
    ("strike", "statement", "Dockers' Union", "quieter picket", {"speaker": "Rosa Delgado"}),
    ("fishery", "pressure", "Norland", "expelled two Vesterian fisheries officers", {}),
    ("fishery", "refusal", "Norland", "not willing to discuss the line", {}),
    ("fishery", "condition", "Norland", "left the disputed banks", {"speaker": "Lars Dahl"}),
    ("fishery", "silence", None, "a joint survey", {"target": "Vesteria"}),
    ("fishery", "statement", "Fishermen's League", "the line of 1976", {"direct": True}),
    ("trade", "threat", "Freedonia", "would retaliate", {"speaker": "Anna Petrova"}),
    ("trade", "threat", "Freedonia", "the plan was dropped", {"target": "United States"}),
    ("trade", "statement", "Freedonia", "This is a mistake", {"direct": True}),
    ("trade", "support", "European Union", "Freedonia's complaint", {}),
    ("trade", "offer", "European Union", "to host a round of talks", {}),
    ("trade", "silence", "United States", "did not reply", {}),
    ("border", "demand", "Ruritania", "all foreign troops leave", {"speaker": "Otto Stein"}),
    ("border", "condition", "Sylvania", "the prisoners are freed", {"speaker": "Ada Novak"}),
    ("border", "pressure", "Sylvania", "two more brigades", {"target": "Ruritania"}),
    ("border", "refusal", "Ruritania", "the condition unacceptable", {}),
]


@pytest.mark.parametrize(("sample", "kind", "party", "words", "more"), MUST)
def test_what_must_be_found(claims_in, sample, kind, party, words, more):
    claims = claims_in(sample)
    assert has(claims, kind, party, words, **more), [
        (c.party, c.speaker, c.target, c.text) for c in rows(claims, kind)
    ]


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("dam", "140 metres"),  # the author's own description
        ("strike", "anybody had been threatened"),  # denied, so nobody's threat
        ("trade", "Prices rose"),
        ("fishery", "Our boats were rammed"),  # said of them, by nobody named
    ],
)
def test_what_must_not_be_a_position(claims_in, sample, words):
    said = ("statement", "denial")
    assert not [c for c in claims_in(sample) if c.kind not in said and words in c.text]


def test_nobody_speaks_where_nobody_is_quoted(claims_in):
    claims = claims_in("The dam is high. It was built in 1970. It rained in Smithtown on Monday.")
    assert claims == []


@pytest.mark.parametrize(
    ("sample", "offer", "answer", "kind"),
    [
        ("dam", "to mediate", "accepted", "acceptance"),
        ("dam", "to mediate", "has not responded", "silence"),
        ("strike", "both sides to the town hall", "accepted", "acceptance"),
        ("strike", "both sides to the town hall", "declined", "refusal"),
        ("trade", "to host a round of talks", "did not reply", "silence"),
        ("border", "the prisoners are freed", "called", "refusal"),
    ],
)
def test_the_fate_of_offers_and_demands(claims_in, sample, offer, answer, kind):
    claims = claims_in(sample)
    asked = {c.id for c in claims if c.kind in ("offer", "condition") and offer in c.text}
    assert asked
    answers = [c for c in claims if c.reply_to in asked and c.kind == kind]
    assert answers, [(c.kind, c.text, c.reply_to) for c in claims if c.reply_to]


@pytest.mark.parametrize(
    ("text", "needed", "purpose"),
    [
        (
            "Smith said talks would begin only if the troops left.",
            "the troops left",
            "talks would begin",
        ),
        ("Smith said there could be no talks until the troops left.", "the troops left", None),
        ("“No talks unless they leave,” Smith said.", "No talks unless they leave", None),
        (
            "Smith demands that for talks to begin, all troops must leave.",
            "all troops must leave",
            "talks to begin",
        ),
        (
            "Smith said Spain would return when the ban was lifted.",
            "the ban was lifted",
            "Spain would return",
        ),
        ("Smith said he would sign as soon as it was safe.", "it was safe", "he would sign"),
        (
            "Spain would return “only if the ban ends,” Smith told reporters on Monday.",
            "only if the ban ends",
            None,
        ),
    ],
)
def test_conditions(claims_in, text, needed, purpose):
    found = rows(claims_in(text), "condition")
    assert [c.text for c in found][:1] == [needed] or needed in [c.text for c in found]
    if purpose is not None:
        assert purpose in [c.purpose for c in found]


@pytest.mark.parametrize(
    ("text", "asked", "target"),
    [
        ("Spain said that if talks occur, the law must stand.", "the law must stand", None),
        ("“Any deal must include the islands,” Spain said.", "must include the islands", None),
        ("Spain said: “We want talks, only in a third country.”", "only in a third country", None),
        ("Spain said there was a need for Italy to lift the ban.", "lift the ban", "Italy"),
        ("Spain said the sanctions against Italy should end.", "sanctions", None),
    ],
)
def test_demands(claims_in, text, asked, target):
    found = rows(claims_in(text), "demand")
    assert [(c.party, c.target) for c in found if asked in c.text] == [("Spain", target)]


def test_an_answer_in_the_passive_has_its_party_and_what_it_answers(claims_in):
    claims = claims_in("Spain demanded fishing rights. The demand was deemed absurd by Italy.")
    (asked,) = rows(claims, "demand")
    (answer,) = rows(claims, "refusal")
    assert (answer.party, answer.target, answer.reply_to) == ("Italy", "Spain", asked.id)


def test_rain_is_nobodys_deed(claims_in):
    claims = claims_in("Spain rejected the offer of Italy.\n\nIt rained in the valley all day.")
    assert not [c for c in claims if "rained" in c.text]


def test_a_body_keeps_its_name_where_its_seat_is_only_the_place(claims_in):
    claims = claims_in("The European Union offered to host a round of talks in Brussels.")
    assert {c.party for c in claims} == {"European Union"}


def test_deeds_are_events_of_who_does_them(claims_in):
    text = (
        "Spain accused Italy of theft. Italy provided Malta with boats. Spain withdrew from Malta."
    )
    claims = claims_in(text)
    assert ("Spain", "ACCUSE") in {(c.party, c.plover) for c in claims}
    done = {(c.party, c.target) for c in rows(claims, "event")}
    assert {("Italy", "Malta"), ("Spain", "Malta")} <= done
