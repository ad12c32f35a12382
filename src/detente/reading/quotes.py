"""Quotation marks: what stands between them, also where one of the two is missing.

One pass over the marks of a paragraph. Seen in print and handled: a closing mark without an
opening one (the quotation began with the sentence), an opening mark never shut (it runs to the
paragraph's end, and the next paragraph may go on), ``“`` shutting a quotation, quotations in
quotations, ``‘`` as an apostrophe, single marks in the British manner, `` and '' of old wires,
inches and minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.paragraphs import Span

_DOUBLE = re.compile(r"[“”„«»\"＂]|''|``")
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)|(?<=[\w.,?!…])['’](?!\w)")
_SINGLE_END = re.compile(r"(?<=[.,?!])['’](?!\w)|(?<=\w)['’](?=[,.])")
_BEFORE_CLOSE = ".,?!…;:-–—)’'"
_SENTENCE_END = re.compile(r"[.?!][)’”\"']*\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation inside a paragraph.

    Parameters
    ----------
    start, end : int
        Characters with the marks, end exclusive.
    inner : Span
        Characters between the marks, white space left out.
    unclosed : bool
        The paragraph ends before the quotation does.
    repaired : bool
        The opening mark is missing; the start is the reader's guess.
    """

    start: int
    end: int
    inner: Span
    unclosed: bool = False
    repaired: bool = False


def quotes(text: str, paragraph: Span, single: bool = False) -> list[Quote]:
    """Return the outermost quotations of a paragraph, in order.

    Parameters
    ----------
    text : str
        The whole text.
    paragraph : Span
        Where to look.
    single : bool
        Read single marks, as British papers use them, not double ones.
    """
    pattern = _SINGLE if single else _DOUBLE
    found: list[Quote] = []
    opened: tuple[int, int, str] | None = None  # start, end and mark
    depth = 0
    for match in pattern.finditer(text, paragraph.start, paragraph.end):
        mark, start, end = match[0], match.start(), match.end()
        opens = _opens(text, paragraph, start, end, mark, opened is not None)
        if mark == '"' and opened is None and _is_inches(text, paragraph, start, end):
            continue
        if opened is None and opens:
            opened, depth = (start, end, mark), 0
        elif opened is None:
            found.append(_closed_only(text, paragraph, found, start, end))
        elif opens and mark in "“„«``" and opened[2] != '"':
            depth += 1
        elif not opens and depth:
            depth -= 1
        else:
            found.append(_quote(text, opened[0], opened[1], start, end))
            opened = None
    if opened is not None:
        found.append(_rest(text, paragraph, opened, depth))
    return [quote for quote in found if quote.inner.start < quote.inner.end]


def uses_single_marks(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph quotes with single marks: a pair of them, and no double one."""
    if _DOUBLE.search(text, paragraph.start, paragraph.end):
        return False
    opens = any(
        _looks_open(text, m.start()) for m in _SINGLE.finditer(text, paragraph.start, paragraph.end)
    )
    return opens and _SINGLE_END.search(text, paragraph.start, paragraph.end) is not None


def _looks_open(text: str, at: int) -> bool:
    """Tell whether a mark has space before it and a word after it."""
    return (at == 0 or not text[at - 1].isalnum()) and text[at + 1 : at + 2].isalnum()


def _opens(text: str, paragraph: Span, start: int, end: int, mark: str, inside: bool) -> bool:
    """Tell whether a mark opens a quotation, from its shape and from what stands around it."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if mark in ("”", "»"):
        return False
    if mark in ("„", "«", "``"):
        return True
    if mark == "“":  # some papers shut a quotation with it
        return not ((before in _BEFORE_CLOSE or before.isalnum()) and not after.isalnum())
    if not inside:
        return not (not before.isspace() and before in ".,?!…" and not after.isalnum())
    return mark in ("‘",) and before.isspace()


def _is_inches(text: str, paragraph: Span, start: int, end: int) -> bool:
    """Tell whether a straight mark stands for inches: after a digit, before no word."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    return before.isdigit() and not after.isalnum()


def _quote(text: str, start: int, inside: int, inner_end: int, end: int) -> Quote:
    """Return the quotation with its inner span trimmed."""
    return Quote(start, end, trim(text, inside, inner_end))


def _closed_only(text: str, paragraph: Span, found: list[Quote], start: int, end: int) -> Quote:
    """Return a quotation whose opening mark is missing: it began with a sentence."""
    floor = found[-1].end if found else paragraph.start
    if found and (sentence := _SENTENCE_END.search(text, floor, start)):
        floor = sentence.end()
    return Quote(floor, end, trim(text, floor, start), repaired=True)


def _rest(text: str, paragraph: Span, opened: tuple[int, int, str], depth: int) -> Quote:
    """Return a quotation that nothing shuts inside the paragraph."""
    start, inside, _ = opened
    return Quote(start, paragraph.end, trim(text, inside, paragraph.end), unclosed=depth == 0)


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
