"""A report's text as rules and parser see it, and where its characters stand in the report.

A paragraph is a line, words broken at a line's end are whole, letters are composed, quotation
marks English, and no mark of Markdown or mail is left. The report itself stays as it was given:
whatever is found is carried back to its characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.reading import characters, markup
from detente.reading.boilerplate import why_skipped
from detente.reading.claims import Claim, words_of
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.report import Report
from detente.reading.telex import sentence_case
from detente.reading.traced import Edit, Traced
from detente.reading.vocabulary import is_word

_LAYERS = 3
"""How deep emphasis is nested."""
_LINE_END = re.compile(r"\s*\n\s*")
_BROKEN = re.compile(r"\w[-‐]\s*\n\s*\w")
_LINKS = frozenset(("and", "or", "to"))
"""Words after a hyphen that stands for a word's second half, as in "two- or three-year"."""


@dataclass(frozen=True)
class Plain:
    """A report whose text is plain, and the way back.

    Parameters
    ----------
    report : Report
        As it was given.
    plain : Report
        The same with its plain text; front matter is gone.
    traced : Traced
        Where the characters come from.
    skipped : tuple of str
        Why paragraphs were left out, one for each.
    """

    report: Report
    plain: Report
    traced: Traced
    skipped: tuple[str, ...] = ()

    def given(self, claim: Claim) -> Claim:
        """Return a claim about the plain text as one about the report's own characters."""
        content = tuple(part for span in claim.content for part in self.traced.parts(span))
        return replace(
            claim,
            content=content,
            text=words_of(self.report.text, content),
            source=self.traced.given(claim.source) if claim.source else None,
            cue=self.traced.given(claim.cue) if claim.cue else None,
        )


def plain(report: Report) -> Plain:
    """Return a report in plain text, without paragraphs that cannot hold a claim."""
    traced = plain_text(report.text, report.body)
    edits, reasons = _skipped(traced.text)
    traced = traced.edited(edits)
    return Plain(report, replace(report, text=traced.text, body=0), traced, tuple(reasons))


def _skipped(text: str) -> tuple[list[Edit], list[str]]:
    """Return the edits that take out what is not parsed, and why each is; a whole text stays."""
    edits, reasons, done = [], [], 0
    for line in text.split("\n\n"):
        end = min(len(text), done + len(line) + 2)
        if reason := why_skipped(line) if line else "":
            edits.append(Edit(done, end, ""))
            reasons.append(reason)
        done = end
    if sum(edit.end - edit.start for edit in edits) >= len(text):
        return [], []
    return edits, reasons


def plain_text(text: str, body: int = 0) -> Traced:
    """Return the plain text of a text whose first ``body`` characters do not count."""
    traced = Traced(text)
    if body:
        traced = traced.edited([Edit(0, body, "")])
    traced = traced.edited(characters.twice_decoded(traced.text))
    for step in (
        markup.entities,
        characters.composed,
        characters.spaces,
        characters.quotation_marks,
        markup.lines,
        *(markup.emphasis,) * _LAYERS,
        markup.links,
        _one_line_each,
        sentence_case,
    ):
        traced = traced.edited(step(traced.text))
    return traced


def _one_line_each(text: str) -> Iterator[Edit]:
    """Yield the edits that make a line of every paragraph, with a blank line between two."""
    spans = paragraphs(text)
    known = (
        Counter(re.findall(r"\w+(?:-\w+)*", text.lower())) if _BROKEN.search(text) else Counter()
    )
    done = 0
    for span in spans:
        yield Edit(done, span.start, "\n\n" if done else "")
        yield from _joined(text, span, known)
        done = span.end
    yield Edit(done, len(text), "")


def _joined(text: str, span: Span, known: Counter[str]) -> Iterator[Edit]:
    """Yield the edits that join a paragraph's lines."""
    for found in _LINE_END.finditer(text, span.start, span.end):
        before, after = found.start(), found.end()
        left = re.search(
            r"\w[\w-]*(?<!-)$|$", text[max(span.start, before - 40) : max(0, before - 1)]
        )
        right = re.match(r"\w*", text[after : after + 40])
        first, second = left[0] if left else "", right[0] if right else ""
        if text[before - 1] in "-‐" and first and second and second.lower() not in _LINKS:
            whole = _is_one_word(first, second, known)
            yield Edit(before - 1 if whole else before, after, "")
        elif text[before - 1] == "—" and text[max(0, before - 2)] != " ":
            yield Edit(before, after, "")
        else:
            yield Edit(before, after, " ")


def _is_one_word(left: str, right: str, known: Counter[str]) -> bool:
    """Tell whether two parts of a word that a line's end divides are written without a hyphen."""
    if not right[:1].islower() or left[-1:].isdigit():
        return False
    together, apart = (left + right).lower(), f"{left}-{right}".lower()
    if known[together] != known[apart]:
        return known[together] > known[apart]
    if is_word(together):
        return True
    return not (is_word(left.lower()) and is_word(right.lower()))
