"""The day of a report: what its dateline or letterhead says, or its file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY}(?: of)? {_MONTH},? ?{_YEAR}\b",
        rf"\b{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_YEAR},? {_MONTH} {_DAY}\b",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (rf"\b{_DAY}(?: of)? {_MONTH}(?![\w,]* ?\d)", rf"\b{_MONTH} {_DAY}\b(?!,? ?\d)")
)
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<number>[01]\d)[-_.]?(?P<day>[0-3]\d)(?!\d)"
)
_HEAD_LINES = 5
_DATELINE = 90
"""How many characters of a paragraph a dateline may take."""
_PLACE = re.compile(
    r"(?!(?:On|In|By|Since|From|Until|After|Before|At|As|The|Of|Between|During)\b)"
    r"(?:[A-Z(/][^\s.]*[\s,]+|[-–—/]+ ?|(?:of|and|the|de|la|el|al|sur) ){0,8}"
)
"""What may stand before a dateline's day: names."""
_TALKED_OF = re.compile(r"(?i)\b(?:on|by|until|till|since|after|before|from|to|for|of)\s*$")
"""Before a day that a headline talks about."""
_HEADING = 140
"""The longest line, in characters, that is taken for a letterhead."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a report writes it.

    Parameters
    ----------
    month, day : int
        0 where nothing is said.
    year : int
        0 where it is not said.
    """

    month: int = 0
    day: int = 0
    year: int = 0

    def iso(self, year: int = 0) -> str:
        """Return the day as ISO writes it, in a year if it says none; empty if it is no day."""
        try:
            return date(self.year or year, self.month, self.day).isoformat()
        except ValueError:
            return ""


def day_of(text: str, name: str) -> Day:
    """Return the day of a report: by its first lines or its dateline, else by its file's name.

    Parameters
    ----------
    text : str
        Plain text, a line for each paragraph.
    name : str
        The file's stem.
    """
    heads = list(_heads(text))
    for forms in (_FORMS, _WITHOUT_YEAR):
        for head, is_heading in heads:
            day = _in_head(head, is_heading, forms)
            if day is not None:
                named = _named(name)
                same = (named.month, named.day) == (day.month, day.day)
                return named if same and not day.year else day
    return _named(name)


def _in_head(head: str, is_heading: bool, forms: Iterable[re.Pattern[str]]) -> Day | None:
    """Return the day in a letterhead, or behind the place of a dateline; None for none."""
    for form in forms:
        found = form.search(head)
        if found is None or _TALKED_OF.search(head, 0, found.start()):
            continue
        if not (is_heading or _PLACE.fullmatch(head, 0, found.start())):
            continue
        day = _day(found)
        if day.iso(2000):
            return day
    return None


def _named(name: str) -> Day:
    """Return the day that a file's name begins or ends with."""
    found = _IN_NAME.search(name)
    return _day(found) if found is not None and _day(found).iso() else Day()


def _heads(text: str) -> Iterable[tuple[str, bool]]:
    """Yield what may hold the day of a report, and whether it is a line that heads it."""
    for line in [row for row in text.split("\n") if row][:_HEAD_LINES]:
        if len(line) <= _HEADING and line[-1] not in '.!?”"':
            yield line, True
        else:
            yield line[:_DATELINE], False


def _day(found: re.Match[str]) -> Day:
    """Return the day that a form has found."""
    parts = found.groupdict()
    month = parts.get("number") or 0
    if parts.get("month"):
        begin = str(parts["month"]).lower()[:3]
        month = next(k for k, name in enumerate(_MONTHS, 1) if name.startswith(begin))
    return Day(int(month), int(parts["day"]), int(parts.get("year") or 0))


def in_their_year(days: Sequence[Day], known: Iterable[str]) -> list[str]:
    """Return days as ISO writes them; days without a year get the pile's, if it has but one.

    Parameters
    ----------
    days : sequence of Day
        One for each report.
    known : iterable of str
        The days of all reports that say theirs otherwise.
    """
    years = {day.year for day in days if day.year}
    years |= {int(told[:4]) for told in known if re.match(r"(?:19|20)\d\d-", told)}
    only = next(iter(years)) if len(years) == 1 else 0
    return [day.iso(only) if day.year or only else "" for day in days]
