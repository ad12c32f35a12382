"""From the characters of a claim to a citation that finds them again, and only them."""

from __future__ import annotations

import re
from itertools import pairwise

from detente.case.citations import fold
from detente.case.model import Citation
from detente.reading.claims import Claim

_OPENING = re.compile(r"\b(?:if|for|that)\s+\Z")

MAX_QUOTE = 300
"""Longest quote in characters; longer words are cited by their beginning."""

_MARKS = re.compile(r"[*_`\\>#\[\u00ad\u200b-\u200f-]+\s*|\]\([^()\s]*\)[*_]*|-\s*\n\s*")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no case file holds; words around them are cited in pieces."""

_STEP = 40
_MAX_BESIDE = 200


def citation(claim: Claim, text: str) -> Citation | None:
    """Return the citation of a claim; None where there are no words.

    The cue, what a condition is for, and who refuses or threatens are part of the quote where
    they stand close by, so that it can be judged without the report.

    Parameters
    ----------
    claim : Claim
        What is cited.
    text : str
        The whole text of its report.
    """
    start, end = claim.content[0].start, claim.content[-1].end
    if len(claim.content) > 1 and not (_is_one_piece(claim, text) and _fits(start, end)):
        longest = max(claim.content, key=lambda part: part.end - part.start)
        return cited(claim.report, text, longest.start, longest.end)
    near = [claim.cue] if claim.kind in ("condition", "refusal", "threat") else []
    if claim.kind in ("refusal", "threat") and claim.source:
        between = text[end : claim.source.start].strip() if claim.source.start > start else "by"
        near += [claim.source] if between == "by" else []
    for span in near:
        if span is not None and _fits(min(start, span.start), max(end, span.end)):
            start, end = min(start, span.start), max(end, span.end)
    purpose = claim.purpose or ""
    at = text.rfind(purpose, max(0, start - MAX_QUOTE), start) if purpose else -1
    if at >= 0 and _fits(at, end):
        before = _OPENING.search(text[max(0, at - 8) : at])
        start = max(0, at - 8) + before.start() if before else at
    return cited(claim.report, text, start, end)


def _is_one_piece(claim: Claim, text: str) -> bool:
    """Tell whether only marks, such as those of emphasis and links, part the words of a claim."""
    return all(
        not (gap := text[a.end : b.start]).strip() or _MARKS.fullmatch(gap)
        for a, b in pairwise(claim.content)
    )


def _fits(start: int, end: int) -> bool:
    """Tell whether a stretch of text is short enough to be quoted."""
    return end - start <= MAX_QUOTE


def cited(report: str, text: str, start: int, end: int) -> Citation | None:
    """Return a citation of some characters, with the words beside where they stand twice."""
    if _ODD.search(report):
        return None
    start, end = _clean(text, start, end)
    quote, end = _short(text, start, end)
    if not fold(quote):
        return None
    folded = fold(text)
    needle = fold(quote)
    if folded.count(needle) < 2:
        return Citation(report, quote)
    before = fold(text[:start])
    at = len(before)
    near = folded.find(needle, max(0, at - 3))
    if near < 0:
        return Citation(report, quote)
    for size in range(_STEP, _MAX_BESIDE + 1, _STEP):
        prefix = _ODD.split(folded[max(0, near - size) : near])[-1].strip()
        suffix = _ODD.split(folded[near + len(needle) :][:size])[0].strip()
        if folded.count(f"{prefix} {needle}") == 1 and prefix:
            return Citation(report, quote, prefix=prefix)
        if folded.count(f"{needle} {suffix}") == 1 and suffix:
            return Citation(report, quote, suffix=suffix)
    return Citation(report, quote, prefix=prefix, suffix=suffix)


def _clean(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the longest stretch of some characters that a case file can hold."""
    edges = [start, *(start + m.end() for m in _ODD.finditer(text[start:end])), end + 1]
    pairs = [(a, b - 1) for a, b in pairwise(edges)]
    return max(pairs, key=lambda pair: pair[1] - pair[0])


def _short(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the words between two places on one line, cut where they are too many."""
    if end - start > MAX_QUOTE:
        last = start + MAX_QUOTE
        cut = max(text.rfind(space, start, last) for space in " \n")
        end = cut if cut > start else start + MAX_QUOTE
    return " ".join(text[start:end].split()), end
