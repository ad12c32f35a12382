"""Offers in time drawn: each once, under its day, with what came of it beside it."""

import pytest
from hard_to_draw import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import check

from detente.case.files import parse
from detente.dossier import telling
from detente.dossier.drawings.plate import plate_svg
from detente.dossier.page.blocks import plain
from detente.dossier.sections.drawn import DRAWN, dealt
from detente.dossier.sections.drawn.dealt import day_words
from detente.reading.claims import KINDS, Claim
from detente.reading.dealings import dealings
from detente.reading.evidence import Evidence
from detente.reading.paragraphs import Span

CASE = parse(
    "title: A pass\nparties: {a: {name: Ardan, options: {x: Talk}}, "
    "b: {name: Velia, options: {y: Talk}}}\n",
    file="case.yaml",
    name="pass",
).case


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


def drawn(claims, case=None, **more):
    told = telling.context(case or CASE, evidence=Evidence(claims=tuple(claims), **more))
    return list(DRAWN["timeline"](told))


def rows(plate):
    """The rows of what was dealt out, as (who, what, what came of it), each under its day."""
    day, found = "", []
    for row in plate.rows:
        cells = [plain(cell.text) for cell in row.cells]
        who, *_ = row.cells
        if row.kind == "group":
            (day,) = cells
        elif row.kind == "row":
            found.append((day, ", ".join(map(plain, (who.text, *who.more))), *cells[1:]))
    return found


@pytest.mark.parametrize("width", [300, 340, 519, 520, 720, 1100])
def test_the_drawing_is_whole_at_every_width(width):
    (plate,) = drawn([d.claim for d in STORY])
    check(plate_svg(plate, width=width), width=width)


def test_everything_is_there_once_in_its_time_with_what_came_of_it():
    (plate,) = drawn([d.claim for d in STORY])
    assert rows(plate) == [
        ("4 May 2031", "Ardan to Velia, offers", "a meeting at the pass", TURNED_DOWN),
        ("6 May 2031", "Velia, refuses", "the offer", ""),
        ("6 May 2031", "Velia to Ardan, threatens", "close the port", ""),
        ("June 2031", "somebody not named to Velia, presses", "an embargo", ""),
        ("Without a date", "c to Velia, offers", "grain", "No answer is reported."),
    ]
    told = "Two offers were made: one was turned down, of one no answer is reported."
    assert plain(plate.finding) == told


TURNED_DOWN = "Turned down by Velia, 6 May 2031."


def test_of_many_those_that_were_answered_come_first():
    many = [
        claim(f"k{k}", "condition", f"demand {k}", date=f"2031-01-{k:02}") for k in range(1, 29)
    ]
    found = dealings([*many, *(d.claim for d in STORY)], [])
    assert [d.claim.id for d in dealt.chosen(found, 3)] == ["o", "r", "u"]
    (plate,) = drawn([*many, *(d.claim for d in STORY)])
    assert plate.rows[-1].kind == "line"
    assert plain(plate.rows[-1].cells[0].text) == f"and {len(found) - 30} more, not drawn"


def test_where_nothing_is_reported_nothing_is_drawn():
    assert drawn([]) == []
    (plate,) = drawn([claim("t", "threat", "close the port")])
    assert plain(plate.finding).startswith("No report tells of an offer")
    (plate,) = drawn([claim("o", "offer", "grain")])
    assert plain(plate.finding) == "One offer was made, and no answer is reported."


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


@settings(max_examples=20, deadline=None)
@given(st.data(), st.sampled_from([340, 720]), st.integers(1, 12))
def test_any_story_can_be_drawn(asked, width, n):
    label = st.sampled_from([*HOSTILE, "short", ""])
    ids = [f"k{k}" for k in range(n)]
    claims = [
        claim(
            name,
            asked.draw(st.sampled_from(KINDS)),
            asked.draw(label),
            asked.draw(st.sampled_from(["a", "b", None, *(f"p{k}" for k in range(9)), HOSTILE[0]])),
            target=asked.draw(st.sampled_from([None, "a", HOSTILE[4]])),
            date=asked.draw(st.sampled_from([None, "2031-05-04", "2031-06"])),
            reply_to=asked.draw(st.sampled_from([None, *ids])),
        )
        for name in ids
    ]
    found = dealings(claims, [])
    for plate in drawn(claims):
        check(plate_svg(plate, width=width), width=width)
        assert len(rows(plate)) == len(found)
