"""Offers in time drawn: each once, in its lane, with an arrow to what came of it."""

import itertools

import pytest
from hard_to_draw import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import SVG, check, data, words

from detente.dossier.drawings.timeline import day_words, timeline_drawing
from detente.reading.claims import KINDS, Claim
from detente.reading.dealings import Dealing, dealings
from detente.reading.paragraphs import Span

PARTIES = [("a", "Ardan"), ("b", "Velia")]


def claim(name, kind, text, party="a", target=None, **how):
    return Claim(
        id=name,
        report=how.pop("report", "r1"),
        kind=kind,
        party=party,
        speaker=None,
        target=target,
        direct=how.pop("direct", False),
        source=None,
        cue=None,
        content=(Span(0, 1),),
        text=text,
        **how,
    )


STORY = dealings(
    [
        claim("o", "offer", "a meeting at the pass", target="b", date="2031-05-04"),
        claim("r", "refusal", "the offer", "b", reply_to="o", date="2031-05-06"),
        claim("t", "threat", "close the port", "b", target="a", date="2031-05-06", direct=True),
        claim("u", "offer", "grain", "c", target="b"),
        claim("p", "pressure", "an embargo", None, target="b", date="2031-06"),
    ],
    [],
)


@pytest.mark.parametrize("width", [300, 340, 519, 520, 720, 1100])
def test_everything_is_there_once(width):
    root = check(timeline_drawing(STORY, PARTIES, width=width), width=width)
    assert data(root, "claim") == ["o", "r", "t", "p", "u"]
    assert data(root, "day") == ["2031-05-04", "2031-05-06", "2031-05-06", "2031-06", ""]
    told = words(root)
    for said in (
        "4 May 2031",
        "June 2031",
        "Without a date",
        "Ardan offers Velia",
        "“close the",
    ):
        assert said in told
    assert told.index("Without a date") < told.index("grain")
    assert told.count("6 May 2031") == 1
    assert "No answer is reported" in told


def test_an_arrow_goes_from_the_offer_to_its_answer():
    root = check(timeline_drawing(STORY, PARTIES))
    (arrow,) = (g for g in root.iter(f"{SVG}g") if g.get("data-fate"))
    assert [arrow.get(f"data-{k}") for k in ("from", "to", "fate")] == ["o", "r", "refused"]
    assert "What came of it: refused." in words(root)
    assert "Velia refuses an offer" in words(root)


def test_each_party_has_one_lane_and_its_own_mark():
    root = check(timeline_drawing(STORY, PARTIES))
    lanes = [p for p in root.iter(f"{SVG}path") if p.get("data-party") is not None]
    assert [p.get("data-party") for p in lanes] == ["a", "b", "c", ""]
    at = {p.get("data-party"): p.get("d").split()[0] for p in lanes}
    assert len(set(at.values())) == 4
    assert len({p.get("class") for p in lanes}) == 4


def test_cards_lead_to_their_words():
    root = check(
        timeline_drawing(STORY, link=lambda name: f"#{name}" if name == "o" else None), hrefs={"#o"}
    )
    assert len(list(root.iter(f"{SVG}a"))) == 1


def test_of_many_those_that_were_answered_come_first():
    many = [
        claim(f"k{k}", "condition", f"demand {k}", date=f"2031-01-{k:02}") for k in range(1, 29)
    ]
    found = dealings([*many, *(d.claim for d in STORY)], [])
    root = check(timeline_drawing(found, PARTIES, most=3))
    assert data(root, "claim") == ["o", "r", "u"]
    assert f"and {len(found) - 3} more, not drawn" in words(root)


def test_nothing_reported_is_told():
    assert "No offer" in words(check(timeline_drawing([])))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2031-05-04", "4 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("", "Without a date"),
        ("2031-13-40", "40 13 2031"),
    ],
)
def test_days_are_told_as_people_say_them(day, told):
    assert day_words(day) == told


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([340, 720]), st.integers(0, 20))
def test_any_story_can_be_drawn(drawn, width, n):
    label = st.sampled_from([*HOSTILE, "short", ""])
    ids = [f"k{k}" for k in range(n)]
    claims = [
        claim(
            name,
            drawn.draw(st.sampled_from(KINDS)),
            drawn.draw(label),
            drawn.draw(st.sampled_from(["a", "b", None, *(f"p{k}" for k in range(9)), HOSTILE[0]])),
            target=drawn.draw(st.sampled_from([None, "a", HOSTILE[4]])),
            date=drawn.draw(st.sampled_from([None, "2031-05-04", "2031-06"])),
            reply_to=drawn.draw(st.sampled_from([None, *ids])),
        )
        for name in ids
    ]
    found: tuple[Dealing, ...] = dealings(claims, [])
    root = check(timeline_drawing(found, PARTIES, width=width, most=100), width=width)
    assert data(root, "claim") == [d.claim.id for d in found]
    arrows = [g for g in root.iter(f"{SVG}g") if g.get("data-fate")]
    links = itertools.chain(*([(d.claim.id, a.by) for a in d.answers] for d in found))
    assert {(g.get("data-from"), g.get("data-to")) for g in arrows} == {
        x for x in links if x[0] != x[1]
    }
