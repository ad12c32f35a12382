"""Untrusted text: linear time whatever stands there, and nothing in it is obeyed.

Time is not measured against a clock but against the same text at half its length: linear work
doubles, quadratic work grows fourfold. The bound lies between, with room for a busy machine.
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
"""Characters; the million of the benchmark is the same text, longer."""

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
}


def seconds(rules, text: str) -> float:
    """The shortest of two readings."""
    found = []
    for _ in range(2):
        begin = time.perf_counter()
        read(Report("r", "r.txt", text, ""), rules)
        found.append(time.perf_counter() - begin)
    return min(found)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_length_alone(rules, unit):
    whole = unit * (SIZE // len(unit))
    half = whole[: len(whole) // 2]
    assert seconds(rules, whole) < 3.2 * seconds(rules, half) + 0.1


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
