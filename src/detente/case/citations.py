"""Whether the words that a case cites stand in its reports.

Words match if they differ only in white space, in the shape of quotation marks and dashes, or in
characters that Unicode counts as compatible, as documents made from others often do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from detente.case import naming
from detente.case.check import Places, nowhere
from detente.case.document import Steps
from detente.case.lines import cited
from detente.case.model import Case, Citation
from detente.decoding import decode
from detente.errors import Problem

FOLDER = "reports"
"""Where the reports of a case are, beside its file."""

PLAIN_TEXT = (".txt", ".md", ".markdown", ".text")
OTHER_KINDS = (".html", ".htm", ".pdf", ".docx", ".odt", ".rtf", ".eml")
"""The kinds of file that a report may be."""

SHARED_WORDS = 3
"""A report that begins a quote with as many words may be shown to go on otherwise."""

MAX_REPORT_BYTES = 5_000_000
"""Largest report looked through."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the citations of a case.

    Parameters
    ----------
    problems : tuple of Problem
        Citations that are wrong or doubtful.
    found : int
        How many quotes stand in their report.
    unchecked : tuple of Citation
        Those whose report is not there to be looked into.
    """

    problems: tuple[Problem, ...] = ()
    found: int = 0
    unchecked: tuple[Citation, ...] = ()


def check(case: Case, folder: Path, at: Places = nowhere) -> Checked:
    """Look for every cited quote in its report.

    Parameters
    ----------
    case : Case
        Its citations are looked for.
    folder : Path
        Holds the reports; it need not exist.
    at : callable
        Where a path of the case stands in its file.
    """
    reports = _reports(folder)
    citations = list(_citations(case))
    if not reports:
        return Checked(unchecked=tuple(citation for _, citation in citations))
    read = lru_cache(maxsize=None)(_folded_report)
    problems: list[Problem] = []
    unchecked: list[Citation] = []
    found = 0
    for path, citation in citations:
        report = naming.one_report(citation.report, reports)
        text = read(reports[report]) if report is not None else None
        if report is None:
            fault = naming.fault(citation.report, reports)
            problems.append(Problem(fault, at((*path, "report"))))
        elif text is None:
            unchecked.append(citation)
        elif doubt := _quote_doubt(citation, text):
            problems.append(Problem(doubt, at((*path, "quote")), "warning"))
        else:
            found += 1
    return Checked(tuple(problems), found, tuple(unchecked))


def _citations(case: Case) -> Iterator[tuple[Steps, Citation]]:
    for path, _, basis in cited(case):
        for i, citation in enumerate(basis.cite):
            yield (*path, "cite", i), citation


def _reports(folder: Path) -> Mapping[str, Path]:
    """Return the reports in a folder, by file name without ending."""
    kinds = (*PLAIN_TEXT, *OTHER_KINDS)
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in kinds)
    except OSError:
        return {}
    return {p.stem: p for p in reversed(files)}


def _quote_doubt(citation: Citation, text: str) -> str:
    """Say what is doubtful about a quote; nothing if it stands there."""
    quote = fold(citation.quote)
    if not quote:
        return "the quote is empty; write the words it rests on"
    places = list(_occurrences(quote, text))
    if not places:
        return f"the quote is not in report '{citation.report}'{_nearest(quote, text)}"
    before, after = fold(citation.prefix), fold(citation.suffix)
    fitting = [p for p in places if _fits(text, p, p + len(quote), before, after)]
    if not fitting:
        return f"the quote is in report '{citation.report}', but not between these words"
    if len(fitting) > 1:
        return (
            f"the quote stands {len(fitting)} times in report '{citation.report}'; add 'prefix' "
            "or 'suffix', the words right beside the one that is meant"
        )
    return ""


def _occurrences(quote: str, text: str) -> Iterator[int]:
    """Yield where a quote begins in a text."""
    begin = text.find(quote)
    while begin >= 0:
        yield begin
        begin = text.find(quote, begin + len(quote))


def _fits(folded: str, begin: int, end: int, before: str, after: str) -> bool:
    """Whether some words stand right before a place in a folded text, and others right after.

    No more of the text is copied or looked at than these words: a quote may stand everywhere.
    """
    begin -= folded.startswith(" ", begin - 1) if begin else 0
    end += folded.startswith(" ", end)
    return folded.endswith(before, 0, begin) and folded.startswith(after, end)


def _nearest(quote: str, text: str) -> str:
    """Say how the report goes on where it begins like the quote, if it does for three words."""
    words = quote.split()
    known, missing = 0, len(words)
    while missing - known > 1:  # the more words, the rarer: halve the interval
        middle = (known + missing) // 2
        if " ".join(words[:middle]) in text:
            known = middle
        else:
            missing = middle
    if known < SHARED_WORDS:
        return ""
    end = text.find(" ".join(words[:known])) + len(" ".join(words[:known]))
    ahead = " ".join(text[end : end + 200].split(" ")[:6]).strip()
    return f"; after '{' '.join(words[max(0, known - 5) : known])}' it goes on '{ahead}'"


# --- the text of reports ----------------------------------------------------------------------

_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4`"), "'")
_DOUBLE = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"')
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_SAME = {**_QUOTES, **_DOUBLE, **_DASHES, **_UNSEEN}


def fold(text: str) -> str:
    """Return a text without what does not make its words others: spacing, shapes of quotes."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).split())


def locate(citation: Citation, text: str) -> tuple[int, int] | None:
    """Return where a citation's words stand in a report.

    Parameters
    ----------
    citation : Citation
        Its words, and those beside them where they stand more than once.
    text : str
        The report as it is.

    Returns
    -------
    tuple of int, or None
        The first character, and that after the last; None if the words are not there. Of several
        places that fit, the first.
    """
    folded, origin = _fold_with_places(text)
    quote = fold(citation.quote)
    if not quote:
        return None
    before, after = fold(citation.prefix), fold(citation.suffix)
    for begin in _occurrences(quote, folded):
        end = begin + len(quote)
        if _fits(folded, begin, end, before, after):
            return origin[begin], origin[end - 1] + _width(text, origin[end - 1])
    return None


@lru_cache(maxsize=8)
def _fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the folded text, and for each of its characters where it comes from."""
    out: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        width = _width(text, at)
        for char in unicodedata.normalize("NFKC", text[at : at + width].translate(_SAME)):
            for piece in char.translate(_SAME):
                if piece.isspace():
                    if out and out[-1] != " ":
                        out.append(" ")
                        origin.append(at)
                else:
                    out.append(piece)
                    origin.append(at)
        at += width
    return "".join(out), tuple(origin)


def _width(text: str, at: int) -> int:
    """Return how many characters a letter with its combining marks takes."""
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end - at


def _folded_report(file: Path) -> str | None:
    """Return the folded text of a report; None if it is not plain text that can be read."""
    if file.suffix.lower() not in PLAIN_TEXT:
        return None
    try:
        if not file.is_file():  # a pipe would be waited for
            return None
        with file.open("rb") as stream:
            data = stream.read(MAX_REPORT_BYTES + 1)
    except OSError:
        return None
    if len(data) > MAX_REPORT_BYTES:
        return None
    return fold(decode(data).text)
