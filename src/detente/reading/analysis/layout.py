"""What kind of text stands where: headlines, datelines, turns, answers, prose and quotations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from detente.reading.analysis.issuer import find_issuer
from detente.reading.analysis.model import Manner, Parsed, Piece, Speaker, Unit
from detente.reading.analysis.quoting import clean, has_tag, split
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.report import Report

_TURN = re.compile(
    r"(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(?: \((?P<side>[^)]{2,60})\))?:\s+(?=\S)"
)
_NO_LABEL = re.compile(
    r"(?i)(correction|updated?|note|background|opinion|analysis|comment|corrected|contact"
    r"|press contact|photo|source|editor'?s note|exclusive|breaking|first(ly)?|second(ly)?"
    r"|third(ly)?|fourth|fifth|one|two|three|finally|point \w+|article \w+|demands?|our demands"
    r"|watch|live|in brief|key points|subject|date|re|to|from|cc|sent|summary|about .*|present"
    r"|absent|in the chair|item \w+)$"
)
_ASKER = re.compile(
    r"(?i)(q|question|reporter|journalist|interviewer|press|moderator|host|chair|presenter|anchor"
    r"|.*\b(times|news|post|radio|tv))$"
)
_PLACE = r"(?P<place>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+|-[\w’'-]+){0,3})"
_DAY = r", (?:[A-Z][\w’'-]+, )?\d{0,2} ?[A-Z][a-z]+\.? ?\d{0,2}(?:,? \d{4})?"
_AGENCY = r"(?: ?[(/][\w .’'-]{2,30}[)/])?"
_ANSWER = re.compile(r"(?i)(?:a|answer)$")
_WHERE = re.compile(
    r"(?P<place>[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}), (?:\w+, )?(?:\d{1,2}\.? [A-Z][a-z]+"
    r"|[A-Z][a-z]+\.? \d{1,2})"
)
_PRESENTER = re.compile(r"(?i)(?:presenter|host|anchor|newsreader|narrator|studio|announcer)$")
_ROLE = re.compile(
    r"(?i)\b(?:secretary|general|spokes\w+|minister|president|director|chair\w*|chief|officer|head|deputy"
    r"|ambassador|mayor|commissioner|governor|leader|manager|coach|captain|envoy|premier|delegate)\b"
)
_LETTERHEAD = re.compile(
    r"(?i)\b(?:department|ministry|community|union|council|office|government|commission|agency|state"
    r"|organi[sz]ation|association|company|party|front|movement|federation|board|authority|court|church|club|embassy|army|university)\b"
)
_BODY = re.compile(
    r"(?i)\b(?:union|company|government|army|rebels?|opposition|ministry|council|workers?|strikers|police|management|owners?|residents?)\b"
)
_DATELINE = re.compile(
    rf"^{_PLACE}(?:(?:{_DAY})?{_AGENCY} ?(?:--|-|–|—)|{_DAY}{_AGENCY}\.) ?(?=[A-Z\"“])"
)
_STAMP = re.compile(
    r"^(?:(?:First|Second|Third|Fourth|Fifth|Finally)(?:ly)?[:,] "
    r"|\d{1,2}[.:]\d{2}(?: ?[ap]m)?[:.]?\s+|\d{1,2}[.)/]\s+|[•*-]\s+)+"
)
_LABEL = re.compile(r"^(?:The )?[A-Z][\w’']*(?: \w+){0,2}\. (?=[A-Z“\"])")
_SIGNED = re.compile(r"(?i:for|on behalf of) (the [\w’' -]+|[A-Z][\w’' -]+): ?(\w[\w’' .-]+)$")
_SIGNED_BELOW = re.compile(
    r"(?i:for|on behalf of) (the [\w’' -]+?"
    r"|[A-Z][\w’' -]+?),?\s+([A-Z]\w+(?: [A-Z][\w’'-]+)+)(?:, [\w ,’'-]+)?$"
)
_OPINION = re.compile(
    r"(?i)\W*(opinion|comment|op-ed|editorial|viewpoint|column"
    r"|letter to the editor|letter from|diary|notebook|essay|sketch)\b"
)
_COLUMNIST = re.compile(r"(?im)^the (writer|author) (is|was)\b")
_FIRM = re.compile(r"\b(S\.A|Inc|Ltd|Co|Corp|B\.V|No)\.$")
_HEADLINE = 160
LONGEST = 6_000
"""Longer paragraphs, in characters, are no prose, and are left out."""
"""The longest headline, in characters."""


@dataclass
class _Draft:
    """A report while it is cut."""

    report: Report
    spans: list[Span]
    units: list[Unit] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    dateline: str = ""
    manner: Manner = "news"
    signed: list[tuple[str, str]] = field(default_factory=list)
    askers: frozenset[str] = frozenset()
    asked: int = -1

    def words(self, n: int) -> str:
        """Return the characters of a paragraph."""
        return self.report.text[self.spans[n].start : self.spans[n].end]

    def add(self, unit: Unit) -> None:
        """Add a unit."""
        self.units.append(unit)

    def whole(self, kind: str, n: int, cut: int = 0, end: int = 0, **more: object) -> Unit:
        """Return a paragraph, ``cut`` and ``end`` characters left out, as one unit."""
        start = self.spans[n].start + cut
        words = clean(self.report.text[start : self.spans[n].end - end])
        unit = Unit(len(self.units), kind, words, (Piece(0, start, len(words)),), n)  # type: ignore[arg-type]
        return replace(unit, **more)  # type: ignore[arg-type]


def layout(report: Report) -> Parsed:
    """Return a report in units that no parser has seen yet."""
    blind = " " * report.body + report.text[report.body :]
    draft = _Draft(report, paragraphs(blind))
    first = _headlines(draft)
    answers = _answers(draft, first)
    draft.manner = _manner(draft, answers)
    if draft.manner == "transcript":
        draft.askers = _askers(draft)
    for n in range(first, len(draft.spans)):
        if draft.spans[n].end - draft.spans[n].start > LONGEST:
            continue
        _paragraph(draft, n, first, answers)
    blank = any(u.kind == "turn" and u.speaker == Speaker() for u in draft.units)
    if draft.manner == "transcript" and blank:
        draft.manner = "interview"  # "Q:" and "A:"
    issuer = find_issuer(draft.titles, _head(draft, first), draft.units, draft.signed)
    manner: Manner = "statement" if issuer and draft.manner == "news" else draft.manner
    return Parsed(
        report,
        tuple(draft.units),
        tuple(draft.titles),
        draft.dateline,
        manner,
        issuer if manner == "statement" else "",
        tuple(draft.signed),
    )


def _head(draft: _Draft, first: int) -> str:
    """Return the report's beginning, up to its second paragraph of text."""
    if not draft.spans:
        return ""
    end = draft.spans[min(len(draft.spans), first + 2) - 1].end
    return draft.report.text[draft.report.body : end]


def _headlines(draft: _Draft) -> int:
    """Take headlines and letterheads; return the number of the first paragraph after them."""
    n = 0
    talks = _talks(draft)
    while n < len(draft.spans) - 1 and n < 4:
        words = draft.words(n).rstrip()
        short = len(words) < 60 and _FIRM.search(words)
        shout = n == 0 and words[-1] in "?!"
        if (words[-1] in ".!?:" and not short and not shout) or len(words) > _HEADLINE:
            break
        if n and talks and _turn(words):
            break
        draft.titles.append(words)
        if n and (found := _WHERE.match(words)):
            draft.dateline = found["place"]
        draft.add(draft.whole("title", n))
        n += 1
    return n


def _turn(words: str) -> re.Match[str] | None:
    """Return the label that a paragraph of a transcript begins with."""
    found = _TURN.match(words)
    return None if found is None or _NO_LABEL.match(found["label"]) else found


def _answers(draft: _Draft, first: int) -> frozenset[int]:
    """Return the paragraphs that may be an interview's answers: one quotation, no tag."""
    text = draft.report.text
    quoted = [
        n
        for n in range(first, len(draft.spans))
        if text[draft.spans[n].start] in '“"' and text[draft.spans[n].end - 1] in '”"'
    ]
    found = set()
    for n in quoted:
        words = draft.words(n)
        one = sum(words.count(mark) for mark in '”"') <= (1 if words[0] == "“" else 2)
        if n - 1 >= first and n - 1 not in quoted and one and not has_tag(words.split("”")[-1]):
            found.add(n)
    return frozenset(found) or (frozenset() if _talks(draft) else _bare_answers(draft, first))


_EXCHANGES = 3
"""So many questions, each a paragraph of its own, make an interview printed without any marks."""
_OWN = re.compile(r"(?i)\b(?:i|we|our|my|us|me)\b")


def _bare_answers(draft: _Draft, first: int) -> frozenset[int]:
    """Return the answers of an interview that has no marks: every other paragraph is a question."""
    words = {n: draft.words(n).rstrip() for n in range(first, len(draft.spans))}
    asked = [n for n in words if words[n].endswith(("?", "?…", "?..."))]
    odd = [n for n in asked if n % 2 == asked[0] % 2]
    if len(odd) < _EXCHANGES or len(odd) < len(asked):
        return frozenset()
    if any(words[n][0] in '“"' or has_tag(words[n]) for n in odd):
        return frozenset()
    found = [n for n in range(odd[0] + 1, len(draft.spans), 2) if n in words]
    last = odd[-1] + 1
    own = [n for n in found if n <= last and _OWN.search(words[n])]
    long = all(len(words[n]) < _HEADLINE * 2 for n in odd)
    return (
        frozenset(n for n in found if n <= last)
        if long and len(own) * 2 > len(found)
        else (frozenset())
    )


def _manner(draft: _Draft, answers: frozenset[int]) -> Manner:
    """Return what kind of report it is, as far as its form shows."""
    asked = sum(draft.words(n - 1)[-1] == "?" for n in answers)
    if len(answers) >= 3 and asked * 2 >= len(answers):
        return "interview"
    if _talks(draft):
        return "transcript"
    if _OPINION.match(" ".join(draft.titles)) or _COLUMNIST.search(draft.report.text):
        return "opinion"
    return "news"


def _talks(draft: _Draft) -> bool:
    """Tell whether a report is a transcript."""
    return sum(_turn(draft.words(n)) is not None for n in range(1, len(draft.spans))) > 1


def _askers(draft: _Draft) -> frozenset[str]:
    """Return the labels of those who mostly ask."""
    asks: dict[str, list[bool]] = defaultdict(list)
    for n in range(len(draft.spans)):
        words = draft.words(n)
        if found := _TURN.match(words):
            asks[found["label"]].append("?" in words[-2:])
    return frozenset(
        label
        for label, times in asks.items()
        if len(asks) > 1 and len(times) > 1 and sum(times) * 2 > len(times)
    )


def _paragraph(draft: _Draft, n: int, first: int, answers: frozenset[int]) -> None:
    """Cut one paragraph."""
    words = draft.words(n)
    if draft.manner == "interview" and n in answers:
        mark = 1 if words[0] in '“"' else 0
        draft.add(draft.whole("turn", n, mark, mark, speaker=Speaker(), question=draft.asked))
        return
    if draft.manner == "interview" and n + 1 in answers:
        draft.asked = len(draft.units)
        draft.add(draft.whole("question", n))
        return
    if draft.manner == "transcript" and (found := _turn(words)):
        _take_turn(draft, n, found)
        return
    if signed := _SIGNED.match(words) or _SIGNED_BELOW.match(words):
        draft.signed.append((signed[1], signed[2].strip()))
        return
    cut = _opening(draft, words, n <= first + 1)
    rest = Span(draft.spans[n].start + cut, draft.spans[n].end)
    if rest.start < rest.end:
        draft.units += split(draft.report.text, rest, n, len(draft.units))


def _take_turn(draft: _Draft, n: int, found: re.Match[str]) -> None:
    """Take a turn of a transcript: a question, or what somebody says."""
    label, side = found["label"], found["side"] or ""
    label = "" if _ANSWER.match(label) and not side else label
    side = _side(draft, side)
    if _PRESENTER.match(label) and not draft.words(n).endswith("?"):
        rest = Span(draft.spans[n].start + found.end(), draft.spans[n].end)
        draft.units += split(draft.report.text, rest, n, len(draft.units))
        return
    asks = (_ASKER.match(label) or label in draft.askers) and not side
    speaker = Speaker(label, side)
    if asks:
        draft.asked = len(draft.units)
        draft.add(draft.whole("question", n, found.end(), speaker=speaker))
    else:
        draft.add(draft.whole("turn", n, found.end(), speaker=speaker, question=draft.asked))


def _side(draft: _Draft, words: str) -> str:
    """Return the side that brackets behind a label name; an office is the letterhead's."""
    if "," in words and _ROLE.search(words):
        named = [part.strip() for part in words.split(",") if not _ROLE.search(part)]
        return named[-1] if named else ""
    if (
        _ROLE.search(words)
        and not re.search(r"\b(?:of|for) (?:the )?[A-Z]", words)
        and "," not in words
    ):
        head = re.split(r" [-–—|] |,|:", draft.titles[0])[0].strip() if draft.titles else ""
        return head if _LETTERHEAD.search(head) or head.isupper() else ""
    if words and not re.search(r"[A-Z]", words):
        return words if _BODY.search(words) else ""
    return words


def _opening(draft: _Draft, words: str, early: bool) -> int:
    """Return how many characters of dateline, time, numbering and label a paragraph begins with."""
    cut = 0
    if early and (found := _DATELINE.match(words)):
        draft.dateline, cut = found["place"], found.end()
    if found := _STAMP.match(words[cut:]):
        cut += found.end()
        label = _LABEL.match(words[cut:])
        if label and len(label[0]) < 30:
            cut += label.end()
    return cut


def texts(reports: Sequence[Parsed]) -> list[str]:
    """Return what the parser shall see of some reports, unit by unit."""
    return [unit.text for parsed in reports for unit in parsed.units]
