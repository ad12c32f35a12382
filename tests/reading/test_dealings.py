"""Dealings: each told once, in order, with what came of it."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from detente.reading.claims import KINDS, Claim
from detente.reading.dealings import KINDS as DEALT
from detente.reading.dealings import Answer, dealings
from detente.reading.paragraphs import Span
from detente.reading.records import ReportRecord


def claim(name, kind, text, **how):
    """A claim with what matters here; the rest is empty."""
    given_ = {"report": "r1", "party": "a", "target": "b", "direct": False, **how}
    return Claim(
        id=name,
        kind=kind,
        speaker=None,
        source=None,
        cue=None,
        content=(Span(0, 1),),
        text=text,
        **given_,
    )


def report(name, date=None, **how):
    return ReportRecord(name, f"{name}.txt", 1, "0", date=date, **how)


def test_an_offer_and_what_came_of_it():
    claims = [
        claim("o", "offer", "a meeting", date="2031-05-04"),
        claim("r", "refusal", "the offer", party="b", target="a", reply_to="o", date="2031-05-06"),
        claim("l", "event", "the offer", reply_to="o", date="2031-06-01", plover=None),
        claim(
            "y", "event", "the offer", party="c", reply_to="o", date="2031-06-02", plover="AGREE"
        ),
        claim("s", "statement", "it rained", date="2031-05-05"),
    ]
    told = dealings(claims, [])
    assert [d.claim.id for d in told] == ["o", "r", "l", "y"]
    assert told[0].answers == (
        Answer("r", "refused"),
        Answer("l", "lapsed"),
        Answer("y", "accepted"),
    )


def test_a_copy_of_a_report_tells_nothing_new():
    claims = [
        claim("o", "offer", "A  meeting", report="r1"),
        claim("c", "offer", "a meeting", report="copy"),
        claim("n", "offer", "a MEETING", report="r2"),
        claim("x", "refusal", "it", report="r2", party="b", reply_to="n"),
    ]
    records = [
        report("r1", "2031-05-04"),
        report("copy", "2031-05-04", duplicate_of="r1", duplicate_kind="truncated", shared=1.0),
        report("r2", "2031-05-09"),
    ]
    told = dealings(claims, records)
    assert [(d.claim.id, d.day, d.reports) for d in told] == [
        ("o", "2031-05-04", ("r1", "r2")),
        ("x", "2031-05-09", ("r2",)),
    ]
    assert told[0].answers == (Answer("x", "refused"),)  # an answer to one telling is to the offer


def test_a_day_is_the_claims_or_the_reports_or_none():
    claims = [
        claim("a", "threat", "1", date="2031-05"),
        claim("b", "threat", "2", report="dated"),
        claim("c", "threat", "3", report="other"),
        claim("d", "threat", "4", date="next week"),
    ]
    told = dealings(claims, [report("dated", "2030-01-02"), report("other")])
    assert [(d.claim.id, d.day) for d in told] == [
        ("b", "2030-01-02"),
        ("a", "2031-05"),
        ("c", ""),
        ("d", ""),
    ]


DAYS = st.one_of(st.none(), st.dates(dt.date(2030, 1, 1), dt.date(2031, 1, 1)).map(str))


@st.composite
def piles(draw):
    """Claims of all kinds, with answers to any of them, themselves included."""
    n = draw(st.integers(0, 12))
    ids = [f"k{k}" for k in range(n)]
    return [
        claim(
            name,
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(["a", "b", "B ", "c"])),
            party=draw(st.sampled_from(["x", "y", None])),
            report=draw(st.sampled_from(["r1", "r2", "copy"])),
            date=draw(DAYS),
            reply_to=draw(st.sampled_from([None, *ids, "gone"])),
            plover=draw(st.sampled_from([None, "AGREE", "REJECT"])),
        )
        for name in ids
    ]


RECORDS = [report("r1"), report("r2", "2030-06-01")]
RECORDS.append(report("copy", duplicate_of="r1", duplicate_kind="identical"))


@given(piles())
def test_each_is_told_once_and_in_order(pile):
    told = dealings(pile, RECORDS)
    ids = [d.claim.id for d in told]
    assert len(ids) == len(set(ids))
    assert {d.claim.report for d in told} <= {"r1", "r2"}
    same = [(d.claim.kind, d.claim.party, " ".join(d.claim.text.casefold().split())) for d in told]
    assert len(same) == len(set(same))
    wanted = {c.id for c in pile if c.kind in DEALT and c.report != "copy"}
    kept = {(d.claim.kind, d.claim.party, d.claim.text.casefold().strip()) for d in told}
    for one in pile:
        if one.id in wanted:
            assert (one.kind, one.party, one.text.casefold().strip()) in kept
    days = [d.day for d in told]
    known = [d for d in days if d]
    assert days == sorted(known) + [""] * (len(days) - len(known))
    assert all(a.by in ids for d in told for a in d.answers)


@given(piles(), st.randoms(use_true_random=False))
def test_the_order_of_dated_claims_does_not_matter(pile, order):
    pile = [c for c in pile if c.date and c.reply_to is None]
    pile = [c for k, c in enumerate(pile) if c.date not in {d.date for d in pile[:k]}]
    mixed = list(pile)
    order.shuffle(mixed)
    assert [d.claim.id for d in dealings(pile, RECORDS)] == [
        d.claim.id for d in dealings(mixed, RECORDS)
    ]
