"""Deadlines as days: "by Friday", "within 48 hours", "until 15 March", from the report's day."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DAYS = [name.lower() for name in calendar.day_name]
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_NUMBERS = {
    name: n
    for n, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "fourteen": 14, "thirty": 30, "forty-eight": 48, "twenty-four": 24}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_UNTIL = r"\b(?:by|until|till|before|no later than|not later than|of|on)\s+"
_CLOCK = r"\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|p\.m\.|a\.m\.)?"
_TIME = rf"(?:(?:noon|midnight|dawn|dusk|the end|the evening|{_CLOCK})\s+(?:on|of)\s+)?"
_WEEKDAY = re.compile(rf"{_UNTIL}{_TIME}(?:next\s+|this\s+)?({'|'.join(_DAYS)})\b", re.IGNORECASE)
_DATE = re.compile(
    rf"{_UNTIL}{_TIME}(?:the\s+)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?"
    rf"|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b)(?:,?\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:\s+|-)(?P<unit>hours?|days?|weeks?)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|in the next|gave|gives|given|has|have|had|in)\b.{0,40}$", re.IGNORECASE
)
_SOON = re.compile(rf"{_UNTIL}(today|tonight|tomorrow|the end of the (?:week|month|year))", re.I)
_HOURS = {"hour": 1, "day": 24, "week": 168}


def deadline(words: str, day: str | None) -> str | None:
    """Return the day on which a time ends that some words set; None where they set none.

    Parameters
    ----------
    words : str
        Of a demand, condition, offer or threat.
    day : str, optional
        The report's, ``YYYY-MM-DD``; without one no deadline is told.
    """
    try:
        told = dt.date.fromisoformat((day or "")[:10])
    except ValueError:
        return None
    for rule in (_by_date, _by_weekday, _by_name, _within):
        found = rule(words, told)
        if found is not None:
            return found.isoformat()
    return None


def _by_date(words: str, told: dt.date) -> dt.date | None:
    """Return the day of "by 15 March"; of two years the one that is not over."""
    found = _DATE.search(words)
    if found is None:
        return None
    date = int(found["d1"] or found["d2"])
    month = _MONTHS[(found["m1"] or found["m2"]).lower()]
    years = [int(found["year"])] if found["year"] else [told.year, told.year + 1]
    for year in years:
        try:
            one = dt.date(year, month, date)
        except ValueError:
            continue
        if one >= told or found["year"]:
            return one
    return None


def _by_weekday(words: str, told: dt.date) -> dt.date | None:
    """Return the next such day of the week after the report's."""
    found = _WEEKDAY.search(words)
    if found is None:
        return None
    day = _DAYS.index(found[1].lower())
    if day == told.weekday() and found[0].lower().startswith("on "):
        return None  # "offered talks on Monday", told on that Monday
    ahead = (day - told.weekday() - 1) % 7 + 1
    return told + dt.timedelta(days=ahead)


def _by_name(words: str, told: dt.date) -> dt.date | None:
    """Return the day of "by tomorrow", "before the end of the month"."""
    found = _SOON.search(words)
    if found is None:
        return None
    match found[1].lower().split()[-1]:
        case "tomorrow":
            return told + dt.timedelta(days=1)
        case "week":
            return told + dt.timedelta(days=6 - told.weekday())
        case "month":
            return told.replace(day=calendar.monthrange(told.year, told.month)[1])
        case "year":
            return told.replace(month=12, day=31)
    return told


def _within(words: str, told: dt.date) -> dt.date | None:
    """Return the day on which "within 48 hours", "gave them three days" ends."""
    for found in _SPAN.finditer(words):
        if _WITHIN.search(words[: found.start()]) is None:
            continue
        number = found["n"].lower()
        count = int(number) if number.isdigit() else _NUMBERS[number]
        hours = count * _HOURS[found["unit"].lower().rstrip("s")]
        return told + dt.timedelta(days=-(-hours // 24))
    return None
