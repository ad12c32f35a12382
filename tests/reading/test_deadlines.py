"""Deadlines as days. Expected days were counted on a calendar: 5 March 2031 is a Wednesday."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.deadlines import deadline
from detente.reading.ingest import report_of
from detente.reading.reader import read

WEDNESDAY = "2031-03-05"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Leave by Friday", "2031-03-07"),
        ("Leave by Wednesday", "2031-03-12"),
        ("until noon on Sunday", "2031-03-09"),
        ("have until Sunday noon to go", "2031-03-09"),
        ("has 48 hours to reply", "2031-03-07"),
        ("gave the board forty-eight hours to reply", "2031-03-07"),
        ("within three days", "2031-03-08"),
        ("within two weeks", "2031-03-19"),
        ("by 15 March", "2031-03-15"),
        ("before March 15th", "2031-03-15"),
        ("by the 1st of February", "2032-02-01"),
        ("no later than 4 May 2033", "2033-05-04"),
        ("by tomorrow", "2031-03-06"),
        ("before the end of the month", "2031-03-31"),
        ("by the end of the year", "2031-12-31"),
        ("a deadline of 1 June", "2031-06-01"),
        ("two days of talks", None),
        ("by the river", None),
        ("by 31 February", None),
        ("in March", None),
    ],
)
def test_a_day_is_counted_from_the_reports(words, day):
    assert deadline(words, WEDNESDAY) == day


def test_without_the_reports_day_nothing_is_told():
    assert deadline("by Friday", None) is None
    assert deadline("by Friday", "2031") is None


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 6))
def test_a_day_of_the_week_is_the_next_one(told, weekday):
    found = dt.date.fromisoformat(deadline(f"by {calendar.day_name[weekday]}", told.isoformat()))
    assert found.weekday() == weekday
    assert 1 <= (found - told).days <= 7


def test_a_claim_carries_its_deadline(rules):
    text = "---\ndate: 2031-03-05\n---\nKenya gave Ethiopia until Friday to open the dam.\n"
    (claim,) = [
        c for c in read(report_of(text.encode(), "r.txt", "r"), rules) if c.kind == "demand"
    ]
    assert claim.deadline == "2031-03-07"
