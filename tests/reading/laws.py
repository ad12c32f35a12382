"""Changes of a text that change nothing, or all, of what it says: laws that need no gold."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.reading.claims import Claim
from detente.reading.ingest import Found, find_reports
from detente.reading.pile import Settings, claims, scan
from rules_alone import rules_alone

FIRM = ("event", "demand", "condition", "offer", "acceptance", "refusal", "concession", "pressure")
"""Kinds that say that something is so, or is asked: none of it may come out of a supposition."""


@dataclass(frozen=True)
class Saying:
    """A claim without what may differ: offsets, ids, blanks."""

    kind: str
    party: str | None
    speaker: str | None
    target: str | None
    direct: bool
    text: str
    purpose: str
    plover: str | None
    reply: str


def flat(words: str | None) -> str:
    """Words on one line, composed, hyphens at line ends as they were."""
    return " ".join(unicodedata.normalize("NFC", words or "").split())


def sayings(
    found: Sequence[Claim], same: Callable[[str], str] = lambda words: words
) -> list[Saying]:
    """What claims say, in text order; ``same`` undoes what a law changed in the words."""
    texts = {claim.id: claim.text for claim in found}

    def plain(words: str | None) -> str:
        return same(flat(words))

    rows = [
        Saying(
            claim.kind,
            plain(claim.party) or None,
            plain(claim.speaker) or None,
            plain(claim.target) or None,
            claim.direct,
            plain(claim.text),
            plain(claim.purpose),
            claim.plover,
            plain(texts.get(claim.reply_to or "")),
        )
        for claim in found
    ]
    return sorted(rows, key=repr)


def read_pile(
    folder: Path, order: Callable[[Iterable[Path]], Iterable[Path]] = list
) -> dict[str, list[Claim]]:
    """The claims of each report in a folder, read by the rules as one pile in some order.

    The tagger weighs words by what stands around them, so that laws hold for it by and large only.
    """
    files = tuple(order(find_reports([folder]).files))
    with rules_alone():
        pile = scan(Found(files), Settings(), lambda *_: None)
        parts = list(claims(pile, Settings(), lambda *_: None))
    return {record.report: list(part) for record, part in zip(pile.records, parts, strict=True)}


# --- what changes nothing -----------------------------------------------------------------------


def wrapped(text: str, width: int) -> str:
    """A text whose paragraphs are lines, those of prose broken at a width."""
    rows = []
    for paragraph in text.split("\n"):
        if len(paragraph) < 120:  # a title, or a line that is none when it is broken
            rows.append(paragraph)
            continue
        row = ""
        for word in paragraph.split(" "):
            if row and len(row) + 1 + len(word) > width:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        rows.append(row)
    return "\n".join(rows)


def broken_once(text: str, seed: int) -> str:
    """A text with a line end for one of its blanks, inside a paragraph of prose."""
    places = [
        line.start() + blank.start()
        for line in re.finditer(r"[^\n]{120,}", text)
        for blank in re.finditer(" ", line[0])
        if 30 < blank.start() < len(line[0]) - 10
    ]
    if not places:
        return text
    at = random.Random(seed).choice(places)
    return f"{text[:at]}\n{text[at + 1 :]}"


def decomposed(text: str) -> str:
    """A text whose letters and accents are apart."""
    return unicodedata.normalize("NFD", text)


def shortened(text: str) -> str:
    """A text in which the United States are the US."""
    return text.replace("United States", "US")


def lengthened(words: str) -> str:
    """Words in which the US are the United States."""
    return re.sub(r"\bUS\b", "United States", words)


MEN = frozenset(
    [
        *("Tomas", "Otto", "Paul", "Peter", "Per", "Ola", "Jan", "Piet", "Jean", "Ivan", "Sami"),
        *("Farrukh", "Rustam", "Dilshod", "Henrique", "Murdo", "Oumar", "Issa", "Khalid", "Mads"),
        *("Hassan", "Carlos", "Yaw", "Kofi", "Bram", "Ignacio", "Donald", "John", "James", "Rex"),
        *("Michael", "David", "Robert", "William", "Richard", "Thomas", "Mark", "George", "Lars"),
    ]
)
"""Given names of men: whoever is called otherwise may be no Mr."""


def surnames(found: Iterable[Claim]) -> set[str]:
    """The last names of men with two names who speak."""
    names = {claim.speaker for claim in found if claim.speaker}
    parts = [name.split() for name in names]
    return {
        row[-1]
        for row in parts
        if 1 < len(row) < 4 and row[0] in MEN and all(p[:1].isupper() and len(p) > 3 for p in row)
    }


def with_mr(text: str, names: Iterable[str]) -> str:
    """A text in which people of these names, where called by nothing else, are called Mr."""
    for name in sorted(names):
        text = re.sub(rf"\b{name}\b(?! [A-Z])(?!-)", _mr, text)
    return text


def _mr(found: re.Match[str]) -> str:
    """A name with Mr before it, unless another name or a title stands there."""
    before = found.string[: found.start()]
    last = re.search(r"([\w.’'-]+) $", before)
    begins = re.search(r"(?:^|[.?!”\"\n“(—:;,–-] ?)$", before)
    alone = last is not None and last[1][:1].islower() and "." not in last[1]
    return f"Mr {found[0]}" if alone or begins else found[0]


def without_mr(words: str) -> str:
    """Words in which nobody is called Mr."""
    return re.sub(r"\bMr (?=[A-Z])", "", words)


UNRELATED = (
    "The museum of clocks in the old mill has nine rooms and a garden with pear trees, and the"
    " pears are ripe in the autumn."
)


def with_paragraph(text: str, seed: int) -> str:
    """A text with an unrelated paragraph in it or at its end, where nothing is broken by it."""
    parts = text.split("\n\n")
    places = [len(parts)] + [
        k
        for k in range(2, len(parts))
        if not parts[k - 1].endswith((":", "?")) and _is_whole("".join(parts[:k]))
    ]
    at = random.Random(seed).choice(places)
    return "\n\n".join((*parts[:at], UNRELATED, *parts[at:]))


def _is_whole(text: str) -> bool:
    """Whether no quotation is open at the end of a text."""
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


# --- what changes all ---------------------------------------------------------------------------


def supposed(sentence: str) -> str:
    """A sentence as a supposition."""
    return f"If {_inside(sentence)}, nobody would be surprised."


def denied(sentence: str) -> str:
    """A sentence as what is not so."""
    return f"It is not true that {_inside(sentence)}."


def said_by(sentence: str, speaker: str) -> str:
    """A sentence as what somebody says."""
    return f"{speaker} said that {_inside(sentence)}."


def _inside(sentence: str) -> str:
    """A sentence as a clause."""
    first = sentence.split(" ", 1)[0]
    lower = first in ("The", "A", "An", "Its", "Their", "His", "Her", "Two", "Three", "Some")
    return (sentence[:1].lower() if lower else sentence[:1]) + sentence[1:].rstrip(". ")
