"""Whom a phrase means. All reports and all expected names are our own."""

from __future__ import annotations

import pytest

from detente.reading.actors import PartyNames
from detente.reading.ingest import report_of
from detente.reading.lexicon import load
from detente.reading.reader import read, reader


def said(claims, words):
    (claim,) = [c for c in claims if c.kind == "statement" and words in c.text]
    return claim.speaker, claim.party


@pytest.mark.parametrize(
    ("text", "speaker", "party"),
    [
        # the fullest name, though the tag is short
        ("French minister Anna Petrova came. “We go now,” Petrova said.", "Anna Petrova", "France"),
        # pronouns, by what is known of first names
        ("Anna Petrova met Peter Jones. “We go now,” she said.", "Anna Petrova", "Anna Petrova"),
        ("Anna Petrova met Peter Jones. “We go now,” he said.", "Peter Jones", "Peter Jones"),
        # offices
        (
            "French President Anna Petrova met Spanish President Juan Gil. “We go now,” the Spanish"
            " president said.",
            "Juan Gil",
            "Spain",
        ),
        (
            "Rosa Gil, leader of the Miners' Union, came. “We go now,” the union leader said.",
            "Rosa Gil",
            "Miners' Union",
        ),
        # countries by their capitals and people
        ("“We go now,” Paris said.", "France", "France"),
        ("“We go now,” the French foreign ministry said.", "French foreign ministry", "France"),
        # countries that only the report knows
        ("Borduria and a Bordurian ship. “We go now,” Borduria said.", "Borduria", "Borduria"),
        # the North of just one North Korea
        ("North Korea came. “We go now,” the North said.", "North Korea", "North Korea"),
        # nothing at all: the paragraph before
        ("“We stay,” Anna Petrova said.\n\n“We go now. We stay.”", "Anna Petrova", "Anna Petrova"),
        # somebody else's spokesman
        ("“We go now,” a spokesman for Anna Petrova said.", "spokesman for Anna Petrova", None),
    ],
)
def test_who_speaks(claims_in, text, speaker, party):
    found = said(claims_in(text), "We go now")
    assert found[0] == speaker
    assert party is None or found[1] == party


def test_a_case_names_its_parties():
    parties = [
        PartyNames("north", "Northland", ("the Republic",)),
        PartyNames("paris", "French side", ("France",)),
    ]
    rules = reader(load(), parties)
    text = "“We go,” Northland said. “We stay,” a French minister said. The Republic said it knew."
    claims = read(report_of(text.encode(), "r.txt", "r"), rules)
    assert [c.party for c in claims] == ["north", "paris", "north"]


def test_a_partys_alias_is_known_by_its_people_and_leaders_keep_their_names():
    rules = reader(load(), [PartyNames("up", "Upstream", ("Borduria", "Velic"))])
    text = "“We go,” Bordurian President Marta Velic said. “We stay,” Borduria said."
    found = [(c.speaker, c.party) for c in read(report_of(text.encode(), "r.txt", "r"), rules)]
    assert found == [("Marta Velic", "up"), ("Borduria", "up")]


def test_the_authors_own_words_have_no_speaker(claims_in):
    claims = claims_in("Spain expelled two Italian officers on Monday.")
    assert [(c.kind, c.party, c.speaker, c.target) for c in claims] == [
        ("pressure", "Spain", None, "Italy")
    ]
