"""Untrusted text: linear time whatever stands there, and nothing in it is obeyed.

Time is not measured against a clock but against the same text at a part of its length: twice the
length is linear work doubled and quadratic work fourfold. The bound lies between, with room for a
busy machine; seconds are the processor's own, so other work beside the tests does not count.
"""

from __future__ import annotations

import time

import pytest

from detente.dossier.text.digest import digest, show
from detente.reading.duplicates import fingerprint
from detente.reading.reader import read
from detente.reading.records import ReportRecord
from detente.reading.report import Report

SIZE = 40_000
"""Characters of each of many texts; a million of a few follows."""

HOSTILE = {
    "straight marks": '"',
    "opening marks": "“",
    "single marks": "'",
    "both marks": "“”",
    "the letter a": "a",
    "the letter a, apart": "a ",
    "brackets": "(",
    "square brackets": "[",
    "dots": ". ",
    "abbreviations": "a.",
    "hyphens": "a-",
    "commas": ", ",
    "colons": "A: ",
    "line ends": "\n",
    "names": "Al ",
    "possessives": "Ann's ",
    "conjunctions": "Ann and ",
    "an endless sentence": "Spain said that it would talk only if Italy agreed, and ",
    "short quotations": '"a" said he. ',
    "he said": "he said ",
    "that": "that ",
    "offers": "Spain rejected the offer of Italy. ",
    "demands": "Spain would talk when Italy leaves. ",
    "paragraphs left open": "“He said so\n\n",
    "countries": "North Korea ",
    "nulls": "\0",
    "marks of direction": "\u202e",
    "titles": "on “Big Talk” ",
    "according to": "according to ",
    "headlines": "Anna Velic: The Dam Will Stay Shut\n",
    "rows of quotations": "Anna said “no,” and “yes,” and ",
}

MILLION = {
    "quotation marks": lambda n: '"' * n,
    "the letter a": lambda n: "a" * n,
    "nested brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "one endless sentence": lambda n: "the dam is full and nobody opens it, but " * (n // 41),
}


LONGEST = "quotation marks"
"""The text that takes longest, some five seconds: read in the slow tests only."""


def seconds(rules, text: str, times: int = 2) -> float:
    """The shortest of some readings, in seconds of the processor."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        read(Report("r", "r.txt", text, ""), rules)
        found.append(time.process_time() - begin)
    return min(found)


def growth(rules, part: str, whole: str, bound: float, tries: int = 4) -> tuple[float, float]:
    """The times of a part and the whole, measured again while their ratio is out of bounds.

    A neighbour on the machine can slow down one measurement; more work slows down every one.
    """
    for _ in range(tries):
        short, long = seconds(rules, part), seconds(rules, whole)
        if long < bound * short + 0.1:
            break
    return short, long


@pytest.mark.clock
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_length_alone(rules, unit):
    whole = unit * (SIZE // len(unit))
    short, long = growth(rules, whole[: len(whole) // 2], whole, 3.2)
    assert long < 3.2 * short + 0.1


@pytest.mark.clock
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=[pytest.mark.slow] if name == LONGEST else [])
        for name, text in MILLION.items()
    ],
)
def test_a_million_characters_take_four_times_as_long_as_a_quarter(rules, text):
    quarter, whole = (seconds(rules, text(size), times=1) for size in (250_000, 1_000_000))
    assert whole < 9 * quarter + 0.5  # sixteen times, if work were quadratic
    assert whole < 60


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_whatever_stands_there_is_read_to_its_end(rules, unit):
    text = unit * (2_000 // len(unit))
    for claim in read(Report("r", "r.txt", text, ""), rules):
        assert "".join(text[s.start : s.end] for s in claim.content) == claim.text


@pytest.mark.clock
def test_many_people_of_one_name_are_told_apart_in_linear_time(rules):
    def velics(count):
        return "".join(f"Anna Velic{n} said no.\n" for n in range(count))

    short, long = growth(rules, velics(2000), velics(4000), 3.2)
    assert long < 3.2 * short + 0.1


def test_a_long_headline_in_capitals_over_a_transcript_comes_to_an_end(rules):
    """A guest's side is looked for in the headline; it took two to the power of its letters."""
    heading = "DAILY BRIEFING BY THE OFFICE OF THE SPOKESPERSON AT THE SEAT OF THE UNITED COUNCIL"
    answer = "The mission asks both sides to take the fence down."
    read(Report("r", "r.txt", f"{heading}\n\nSpokesperson: {answer}\n", ""), rules)


def test_nested_brackets_and_quotations_come_to_an_end(rules):
    for text in ("(" * 9000 + ")" * 9000, "“" * 9000 + "”" * 9000, "[" * 9000 + "]" * 9000):
        read(Report("r", "r.txt", text, ""), rules)
        fingerprint(text)


def test_controls_are_shown_not_obeyed():
    assert show("a\u202eb\x1b[2Jc") == "a\\u202eb\\u001b[2Jc"
    assert show("two\nlines\tand  blanks") == "two lines and blanks"


def test_the_digest_shows_controls_of_names_too(rules):
    text = "“We\u202e go\x1b now,” Anna Smith said."
    claims = read(Report("r", "r.txt", text, ""), rules)
    printed = "\n".join(digest([ReportRecord("r", "r.txt", len(text), "")], claims))
    assert "We\\u202e go\\u001b now" in printed
    assert "\x1b" not in printed
    assert "\u202e" not in printed
