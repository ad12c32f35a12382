"""Quotations taken out of a paragraph: each a unit of its own, a stand-in where it stood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from detente.reading.analysis.model import Piece, Unit
from detente.reading.paragraphs import Span
from detente.reading.quotes import Quote, quotes, uses_single_marks

_SAID = re.compile(
    r"\b(?:said|says?|saying|told|tells|add(?:ed|s)|wr(?:ote|ites)|ask(?:ed|s)|repli(?:ed|es)|answer(?:ed|s)"
    r"|state[ds]|declare[ds]|warn(?:ed|s)|insist(?:ed|s)|note[ds]|call(?:ed|s)|explain(?:ed|s)"
    r"|argue[ds]|shout(?:ed|s)|respond(?:ed|s)|claim(?:ed|s)|stress(?:ed|es)|repeat(?:ed|s)"
    r"|announce[ds]|remark(?:ed|s)|continue[ds]|conclude[ds]|post(?:ed|s)|joke[ds]|quipped"
    r"|tweet(?:ed|s)|snap(?:ped|s)|recall(?:ed|s)|observe[ds]|complain(?:ed|s)|promise[ds]|vow(?:ed|s))\b"
)
_LEAD = re.compile(r"\s*(?:\d+/ ?)?")
_FAR = 9
"""Words after a quotation among which a verb of speech makes them its tag."""


def clean(text: str) -> str:
    """Return text of the same length without what misleads a parser: line ends, stars, ‘ ’."""
    return text.translate(_PLAIN)


_PLAIN = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "’": "'", "‘": "'", "*": " ", "_": " "}
)


@dataclass
class Builder:
    """Text put together from pieces of a report."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def add(self, text: str, start: int = -1) -> None:
        """Add characters that stand at ``start`` in the report; -1 for nowhere."""
        if start >= 0 and text:
            self.pieces.append(Piece(len(self.text), start, len(text)))
        self.text += text


@dataclass
class _Taken:
    """One quotation: its words, where its stand-in stands (-1 for nowhere), its last mark."""

    words: Builder
    place: int
    last: str


def split(text: str, span: Span, paragraph: int, number: int) -> list[Unit]:
    """Return a paragraph as prose with stand-ins, then its quotations.

    Parameters
    ----------
    text : str
        The report's text.
    span : Span
        The part of it to be split.
    paragraph, number : int
        Of the paragraph; of the first unit.
    """
    marks = [q for q in quotes(text, span, uses_single_marks(text, span)) if _is_speech(text, q)]
    frame, taken = Builder(), list[_Taken]()
    at = span.start
    for quote in marks:
        frame.add(clean(text[at : quote.start]), at)
        _take(text, span, quote, frame, taken)
        at = quote.end
    frame.add(clean(text[at : span.end]), at)
    prose = Unit(number, "prose", frame.text, tuple(frame.pieces), paragraph)
    units = [prose] if re.search(r"\w", re.sub(r"(?i)\bthis\b", "", frame.text)) else []
    for one in taken:
        framed = one.place >= 0 and bool(units)
        units.append(
            Unit(
                number + len(units),
                "quote",
                _closed(one.words.text),
                tuple(one.words.pieces),
                paragraph,
                frame=number if framed else -1,
                place=one.place if framed else -1,
            )
        )
    return units


def _closed(text: str) -> str:
    """Return a quotation's words with a full stop for the comma before its tag."""
    return re.sub(r"[,—–-]\s*$", lambda m: "." + " " * (len(m[0]) - 1), text)


def _is_speech(text: str, quote: Quote) -> bool:
    """Tell whether a quotation is speech by itself, not a word or two held with tongs."""
    inner = text[quote.inner.start : quote.inner.end].strip()
    before = text[: quote.start].rstrip()
    words = len(inner.split())
    starts = not before or before[-1] in '.!?:,”"—–'
    if inner[-1] in ".,!?;…—":
        return words >= 2 or starts or inner[-1] in ".!?"
    return words >= 4 and starts and inner[0].isupper()


def _take(text: str, span: Span, quote: Quote, frame: Builder, taken: list[_Taken]) -> None:
    """Take one quotation out of a paragraph."""
    inner = text[quote.inner.start : quote.inner.end]
    before = text[span.start : quote.start].rstrip()
    after = text[quote.end : span.end].strip()
    last = inner.rstrip()[-1]
    starts = not before or before[-1] in '.!?”"'
    tag = re.split(r"(?<=[.!?])\s", after, maxsplit=1)[0]
    place = -1
    if not _alone(starts, after, last, tag):
        place = len(frame.text)
        frame.add("This" if starts else "this")
        frame.add(_mark(last, tag, after[:1], starts))
    begin = quote.inner.start + _lead(inner)
    words = clean(text[begin : quote.inner.end])
    if taken and words.strip()[:1].islower() and taken[-1].last in ",—–-":
        taken[-1].words.add(" ")
        taken[-1].words.add(words, begin)
        taken[-1].last = last
    else:
        one = _Taken(Builder(), place, last)
        one.words.add(words, begin)
        taken.append(one)


def _lead(inner: str) -> int:
    """Return how many characters of numbering a quotation begins with."""
    found = _LEAD.match(inner)
    return found.end() if found else 0


def _alone(starts: bool, after: str, last: str, tag: str) -> bool:
    """Tell whether a quotation stands by itself, with no words beside it that say who speaks."""
    if not starts:
        return False
    if not after or (last == "." and (after[0].isupper() or after[0] in '“"[(')):
        return True
    near = " ".join(tag.split()[:_FAR])
    return last in "?!…" and (len(tag.split()) > 30 or not _SAID.search(near))


def _mark(last: str, tag: str, following: str, starts: bool) -> str:
    """Return the mark that a quotation leaves behind its stand-in."""
    if last in ".!?…" and (not tag or not following or (following.isupper() and not starts)):
        return "."
    return "," if last in ",?!" and following not in (",", ".") else ""


def has_tag(words: str) -> bool:
    """Tell whether words hold a verb of speech."""
    return bool(_SAID.search(words))
