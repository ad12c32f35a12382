"""The tagger: word pieces, the encoder, what is marked, and how rules and marks are weighed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.reading import pile
from detente.reading.analysis.parser import analysed
from detente.reading.frames.read import drafts
from detente.reading.ingest import find_reports
from detente.reading.learned import weigh, weights
from detente.reading.learned.belief import belief, tables
from detente.reading.learned.encoder import LONGEST, encoder
from detente.reading.learned.pieces import FIRST, LAST, Piece, pieces
from detente.reading.learned.tagger import KINDS, MENTIONS, Mention, tagger, windows
from detente.reading.learned.weigh import Weighing, bar_of, believed, weighing
from detente.reading.lexicon import load
from detente.reading.plain import plain
from detente.reading.reader import read, reader
from detente.reading.report import Report
from detente.reading.who.world import World
from detente.reading.why import why
from programs import program

HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""Of the encoder's files, as they were looked at on 29 November 2026."""

WORDS = ("[UNK]", "the", "dam", "dams", "##s", "##ming", "re", "##open", ".", "$", "5", "cafe")
VOCABULARY = {word: number for number, word in enumerate(WORDS)}

REPORT = (
    "ESSIN, 3 May - The Harbour Union said on Tuesday that it would not lift its blockade of the"
    " port before the Harbour Board paid the winter bonus. “We ask the Board to open its books,”"
    " said Mara Oduya of the union.\n\nThe Board has offered a one-off payment. Fog kept two"
    " ferries at their berths for most of the morning, and cafés along the quay were full.\n"
)


@pytest.fixture(scope="module")
def marks():
    found = tagger()
    if found is None:
        pytest.skip(f"the encoder is not installed: {weights.CURE}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam.", [("the", "The"), ("dam", "dam"), (".", ".")]),
        ("damming", [("dam", "dam"), ("##ming", "ming")]),
        ("dams", [("dams", "dams")]),
        ("re-open", [("re", "re"), ("[UNK]", "-"), ("[UNK]", "open")]),
        ("reopen café", [("re", "re"), ("##open", "open"), ("cafe", "café")]),
        ("$5 zzz", [("$", "$"), ("5", "5"), ("[UNK]", "zzz")]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_pieces_that_there_are(text, expected):
    found = pieces(text, VOCABULARY)
    assert [(WORDS[p.number], text[p.start : p.end]) for p in found] == expected


@given(st.text(max_size=60))
def test_pieces_stand_in_order_and_cover_every_mark_and_letter(text):
    found = pieces(text, VOCABULARY)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.start <= b.start for a, b in pairwise(found))
    covered = {n for p in found for n in range(p.start, p.end)}
    assert all(n in covered for n, char in enumerate(text) if char.isascii() and char.isalnum())


@given(st.integers(0, 900), st.sets(st.integers(0, 900), max_size=40))
def test_windows_cover_all_pieces_without_a_gap(count, stops):
    text = "".join("." if n in stops else "a" for n in range(count))
    row = [Piece(0, n, n + 1) for n in range(count)]
    found = list(windows(row, text))
    assert all(0 < end - start <= LONGEST - 2 for start, end in found)
    edges = [0, *(end for _, end in found)]
    assert edges[-1] == count
    assert all(a < b for a, b in pairwise(edges))
    assert all(start <= edge for (start, _), edge in zip(found, edges, strict=False))


def test_the_encoder_is_the_one_that_was_looked_at(marks):
    place = weights.folder()
    for name, digest in HASHES.items():
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest


REFERENCE = {
    1: [-0.3804, 0.4441, 0.2986, 0.7203, -0.2295],
    3: [-0.2341, 0.6862, 0.3731, 0.2898, -0.0995],
}
"""First numbers of two pieces' meanings in SENTENCE, by another program (JAX, exact bend)."""
SENTENCE = "The union refused to lift its blockade."


def test_the_encoder_gives_what_another_program_gives(marks):
    """Without our changes it is all-MiniLM-L6-v2."""
    place = weights.folder()
    known = weights.encoder_weights(place)
    none = {name: np.zeros_like(a) for name, a in weights.own().items() if a.ndim > 1}
    plain = encoder(known, none, (marks.vocabulary[FIRST], marks.vocabulary[LAST]))
    found = plain([p.number for p in pieces(SENTENCE, marks.vocabulary)])
    for at, expected in REFERENCE.items():
        assert found[at, : len(expected)] == pytest.approx(expected, abs=4e-3)


def test_what_was_learnt_has_a_place_for_every_kind(marks):
    own = weights.own()
    assert own["kinds.weight"].shape[1] == 1 + 2 * len(KINDS)
    assert len(own["party.kind"]) == len(own["target.kind"]) == len(MENTIONS)
    assert tables().keys() == {"claim", "party", "target"}


def test_stretches_stand_in_order_and_are_more_something_than_nothing(marks):
    tagged = marks(REPORT)
    assert tagged.odds.sum(1) == pytest.approx(1, abs=1e-4)
    found = list(tagged.stretches())
    assert found
    assert all(a.last <= b.first for a, b in pairwise(found))
    assert all(0 <= s.floor <= s.sure <= s.peak <= 1 for s in found)


def test_the_refusal_is_marked_and_the_fog_is_not(marks):
    tagged = marks(REPORT)
    told = [(s.able[0], REPORT[s.start : s.end], s.sure) for s in tagged.stretches()]
    refused = [
        (kind, sure) for kind, words, sure in told if "blockade" in words or "bonus" in words
    ]
    assert any(kind in ("refusal", "condition") and sure > 0.5 for kind, sure in refused)
    assert any(kind == "demand" and "open its books" in words for kind, words, _ in told)
    assert not any("Fog" in words or "cafés" in words for _, words, _ in told)


def test_nobody_is_pointed_to_where_nobody_is_spoken_of(marks):
    tagged = marks(REPORT)
    found, none = marks.pointed(tagged, 0, 5, tagged.placed([]), "party")
    assert found == {}
    assert none == pytest.approx(1)


def test_shares_of_those_who_are_pointed_to_add_up(marks):
    spoken = [Mention(REPORT.index("Harbour Union"), "Harbour Union", "party")]
    spoken += [Mention(REPORT.index("Harbour Board"), "Harbour Board", "party")]
    tagged = marks(REPORT)
    found, none = marks.pointed(tagged, 0, 20, tagged.placed(spoken), "party")
    assert sum(found.values()) + none == pytest.approx(1, abs=1e-4)


def test_belief_is_a_share_and_knows_no_traits_it_was_not_taught():
    assert belief("claim", {}) == pytest.approx(0.5)
    assert belief("claim", {"no such trait": 9.0}) == pytest.approx(0.5)
    assert 0 <= belief("claim", {"log odds": 1e9}) <= 1


# --- rules and tagger weighed ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def weighed_report(marks):
    rules = reader(load())
    parsed = analysed([plain(Report("essin", "essin.txt", REPORT, "")).plain])
    world = World(parsed, frozenset(), (), rules.lexicon)
    pairs = drafts(parsed[0], world, rules.words)
    return pairs, weighing(pairs, parsed[0], world, rules.words, marks)


def test_every_claim_of_the_rules_is_weighed(weighed_report):
    pairs, found = weighed_report
    held = {id(draft) for one in found.candidates for draft in one.drafts}
    kinds = {(one.kind, w.i) for one in found.candidates for w in one.words}
    assert all(id(d) in held or any((d.kind, w.i) in kinds for w in d.content) for _, d in pairs)


def test_only_what_is_believed_becomes_a_claim(weighed_report):
    _, found = weighed_report
    kept = believed(found)
    assert kept
    assert all(belief("claim", one.traits) >= bar_of(one) for one in kept)
    for one in kept:
        for other in kept:
            mine, its = ({t.i for t in c.words} for c in (one, other))
            answers = {one.kind, other.kind} & {"acceptance", "refusal", "silence"}
            if one.kind != other.kind and one.unit is other.unit and not answers:
                assert len(mine & its) <= 0.6 * min(len(mine), len(its))


def test_whose_a_claim_is_can_be_anybody_who_is_spoken_of(weighed_report):
    _, found = weighed_report
    names = {m.party for m in found.spoken.mentions}
    assert {"Harbour Union", "Harbour Board"} <= names
    for one in found.candidates:
        told = found.choices(one, "party")
        assert all(0 <= belief("party", traits) <= 1 for traits in told.values())


def test_whom_a_rule_tells_stands_unless_somebody_is_twice_as_likely(weighed_report, monkeypatch):
    _, found = weighed_report
    one = found.candidates[0]
    rivals = {"Ruled": {"ruled": 1.0}, "Other": {"other": 1.0}}
    monkeypatch.setattr(Weighing, "choices", lambda self, one, to: rivals)
    for sure, expected in ((0.9, "Ruled"), (0.45, "Ruled"), (0.3, "Other")):
        sums = {"ruled": sure, "other": 0.8}
        monkeypatch.setattr(weigh, "belief", lambda _, of, sums=sums: max(sums[n] for n in of))
        assert weigh._chosen(one, "party", 0.2, "Ruled", found) == expected
    assert weigh._chosen(one, "party", 0.9, "Ruled", found) == "Ruled"


@pytest.mark.parametrize(
    ("noun", "whose"), [("museum", "museum"), ("lenders", "lenders"), ("fog", "")]
)
def test_a_known_kind_of_body_may_be_meant_by_its_bare_noun(
    weighed_report, monkeypatch, noun, whose
):
    _, found = weighed_report
    monkeypatch.setattr(Weighing, "choices", lambda *_: {noun: {"as noun": 1.0}})
    monkeypatch.setattr(weigh, "belief", lambda *_: 0.9)
    assert weigh._chosen(found.candidates[0], "party", 0.2, "", found) == whose


def test_a_plain_condition_of_a_short_report_is_a_claim(marks):
    text = (
        "LISBON, 3 May - Portugal demanded that Spain reopen the bridge. Spain refused. “We"
        " will talk only if the tolls go,” its transport minister, Ana Ruiz, said.\n"
    )
    rules = replace(reader(load()), tagger=marks)
    found = read(Report("a", "a.txt", text, ""), rules)
    assert any(c.kind == "condition" and "tolls go" in c.text for c in found)


def test_why_tells_whose_a_claim_may_be(marks):
    report = Report("essin", "essin.txt", REPORT, "")
    start = REPORT.index("We ask")
    rules = replace(reader(load()), tagger=marks)
    lines = why([report], rules, f"essin:{start}-{start + 30}")
    whose = next(line for line in lines if line.startswith("  whose "))
    assert re.search(r"Harbour (Union|Board) 0\.\d\d", whose)


def told(folder, settings, progress=lambda *args: None):
    found = pile.scan(find_reports([folder]), settings, progress)
    return found, [list(claims) for claims in pile.claims(found, settings, progress)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "essin.txt").write_text(REPORT, "utf-8")
    return tmp_path


def test_without_the_encoder_the_rules_are_believed_and_people_are_told(folder, monkeypatch):
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    weights.folder.cache_clear(), weights.stamp.cache_clear()
    tagger.cache_clear(), pile.rules.cache_clear()
    try:
        found, (claims,) = told(folder, pile.Settings())
    finally:
        monkeypatch.undo()
        weights.folder.cache_clear(), weights.stamp.cache_clear()
        tagger.cache_clear(), pile.rules.cache_clear()
    assert claims
    assert any(weights.CURE in note for note in found.notes)


def test_with_the_encoder_there_is_nothing_to_tell(marks, folder):
    found, (claims,) = told(folder, pile.Settings())
    assert not found.notes
    assert any("winter bonus" in c.text and c.party == "Harbour Union" for c in claims)
    assert not any("Fog" in c.text for c in claims)


def test_a_worker_with_another_tagger_is_refused(folder, monkeypatch):
    monkeypatch.setattr(weights, "stamp", iter(map(str, range(99))).__next__)
    with pytest.raises(DetenteError, match="a worker has not the same tagger"):
        told(folder, pile.Settings())


@pytest.mark.parametrize(
    "wrapped",
    [
        "If the Harbour Union refuses to lift its blockade of the port, the Board will sue.",
        "It is not true that the Harbour Union refuses to lift its blockade of the port.",
        "Will the Harbour Union refuse to lift its blockade of the port?",
    ],
)
def test_what_is_supposed_denied_or_asked_is_no_claim_of_the_tagger(marks, wrapped):
    rules = reader(load())
    parsed = analysed([plain(Report("r", "r.txt", f"{REPORT}\n{wrapped}\n", "")).plain])
    world = World(parsed, frozenset(), (), rules.lexicon)
    found = weighing([], parsed[0], world, rules.words, marks)
    told = [one for one in found.candidates if one.head.sent.text.strip() == wrapped]
    assert not [one for one in told if one.kind == "refusal"]


@pytest.mark.parametrize(
    "unit", ["“", "(", ". ", "Ann and ", "\0", "\u202e", "he said ", "\n", "Ö"]
)
def test_whatever_stands_there_is_weighed_to_its_end(marks, unit):
    text = unit * (600 // len(unit))
    for claim in read(Report("r", "r.txt", text, ""), reader(load(), (), marks)):
        assert "".join(text[s.start : s.end] for s in claim.content) == claim.text


# --- what it learnt from --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def learnt():
    with program("tools", "learnt_sets") as module:
        yield module


def test_all_marked_words_stand_in_their_reports(learnt):
    """Reading a set fails where they do not."""
    known = list(learnt.sets())
    assert len(known) == 911
    assert sum(len(r.gold) for one in known for r in one.reports) == 36_160
    whose = [(one, g.party) for one in known for r in one.reports for g in r.gold]
    assert all(party == "-" or one.who(party) for one, party in whose)


def test_a_letterhead_may_begin_with_a_mark(learnt):
    """Its first word is looked for in the text; it was taken for a pattern."""
    (one,) = (s for s in learnt.sets(("ab",)) if s.name == "ab03")
    assert one.reports[1].text.startswith("+ ")
    shown = [plain(Report(r.name, r.name, r.text, "")) for r in one.reports]
    World(analysed([text.plain for text in shown]), frozenset(), (), load())
