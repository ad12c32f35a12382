"""Who said what: sentences to attributions, each a source, a cue and the words reported."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.reading.borrowed import quoted_words
from detente.reading.content import content_of
from detente.reading.cues import is_headline, sites
from detente.reading.extents import sentence_end
from detente.reading.grammar import Grammar
from detente.reading.paragraphs import Span
from detente.reading.phrases import phrase_after
from detente.reading.quotes import Quote
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site
from detente.reading.subjects import main_subject, whole_subject
from detente.reading.tags import SHORT_QUOTE


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that somebody said or thought, as a report gives them.

    Parameters
    ----------
    source, cue : Span, optional
        The words that name who, and those that say how; None where the report has none.
    content : tuple of Span
        What was said, without quotation marks around it.
    direct : bool
        Everything in ``content`` stood between quotation marks.
    lemma : str
        The base form of the reporting verb; "according" for "according to", empty for none.
    sentence : int
        The sentence of the cue, from 0 in the paragraph.
    kind : str
        How the cue stands; see :class:`detente.reading.cues.Site`.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    direct: bool
    lemma: str
    sentence: int
    kind: str = "finite"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one sentence gave: attributions, the units spoken for, and a cue without words."""

    found: list[Attribution]
    used: frozenset[int]
    bare: Attribution | None


def attributions(row: Sequence[Sentence], g: Grammar) -> list[Attribution]:
    """Return the attributions of one paragraph, in the order of their first words.

    Parameters
    ----------
    row : sequence of Sentence
        The paragraph's sentences.
    g : Grammar
        Word classes.
    """
    found: list[Attribution] = []
    loose: list[tuple[int, Quote]] = []  # whole quotations that no cue has claimed yet
    bare: Attribution | None = None  # a tag that stands before its words: "Smith agreed. “…”"
    for n, s in enumerate(row):
        reading = _read(s, n, g)
        if reading.bare is not None and loose:
            found.append(_claim(reading.bare, [quote for _, quote in loose]))
            loose = []
        elif reading.bare is None and bare is not None and s.low[0] == QUOTE and not reading.found:
            found.append(_claim(bare, [s.quote[0]]))
            reading = _Reading([], frozenset({0}), None)
        bare = None if reading.found or reading.used else reading.bare
        found += reading.found
        for unit, quote in s.quote.items():
            if unit not in reading.used and _is_utterance(s, unit):
                loose = _attach(found, loose, n, quote)
    loose = _introduced(row, found, loose, g)
    if loose and (speaking := [a for a in found if a.cue and _speaks(a, g)]):
        found = [*found, *_attached(speaking, loose)]
        loose = []
    found += _without_cue(loose)
    return sorted(found, key=lambda a: (a.content[0].start, a.content[-1].end))


def _claim(bare: Attribution, marks: Sequence[Quote]) -> Attribution:
    """Return the tag that follows a quotation ("….” Smith said.") with its words."""
    return replace(bare, content=tuple(quote.inner for quote in marks), direct=True)


def _attach(
    found: list[Attribution], loose: list[tuple[int, Quote]], n: int, quote: Quote
) -> list[tuple[int, Quote]]:
    """Add a whole quotation to the last direct speech of the paragraph, or keep it for later."""
    for k in range(len(found) - 1, -1, -1):
        if found[k].direct and found[k].cue is not None and found[k].content[0].start < quote.start:
            content = (*found[k].content, quote.inner)
            found[k] = replace(found[k], content=content)
            return loose
    return [*loose, (n, quote)]


def _speaks(a: Attribution, g: Grammar) -> bool:
    """Tell whether quotations beside an attribution can be of the same breath."""
    verb = g.verbs.get(a.lemma)
    frames = verb.frames if verb is not None else frozenset()
    tag = a.cue is not None and a.content[0].start < a.cue.start  # "…, he added"
    said = bool(frames & {"that", "quote", "hearer"}) and ("weak" not in frames or tag)
    return a.direct or (
        said and a.kind in ("finite", "inverted", "participle") and a.source is not None
    )


def _attached(
    speaking: Sequence[Attribution], loose: Sequence[tuple[int, Quote]]
) -> list[Attribution]:
    """Return quotations without a cue of their own with the source that is nearest before them.

    A quotation before all sources of its paragraph takes the first.
    """
    order = sorted(speaking, key=lambda a: (not a.direct, a.content[0].start))
    if order[0].direct:
        order = [a for a in order if a.direct]
    found = []
    for _, quote in loose:
        i = bisect_left(order, quote.start, key=lambda a: a.content[0].start)
        near = order[max(0, i - 1)]
        found.append(replace(near, content=(quote.inner,), direct=True))
    return found


def _without_cue(loose: Sequence[tuple[int, Quote]]) -> list[Attribution]:
    """Return quoted paragraphs that name nobody: the words are the last speaker's."""
    if not loose:
        return []
    content = tuple(quote.inner for _, quote in loose)
    return [Attribution(None, None, content, True, "", loose[0][0])]


def _introduced(
    row: Sequence[Sentence],
    found: list[Attribution],
    loose: Sequence[tuple[int, Quote]],
    g: Grammar,
) -> list[tuple[int, Quote]]:
    """Read quotations that a colon brings in, or that a name signs; return the others."""
    rest = []
    for n, quote in loose:
        source, cue = signature(row[n], quote) or introduction(row[n], quote, g) or (None, None)
        if cue is None and n and row[n - 1].low[-1] == ":":
            source, cue = introduction(row[n - 1], None, g) or (None, None)
        if cue is None:
            rest.append((n, quote))
        else:
            found.append(Attribution(source, cue, (quote.inner,), True, "", n))
    return rest


def introduction(s: Sentence, quote: Quote | None, g: Grammar) -> tuple[Span | None, Span] | None:
    """Return who speaks, and the mark, where a colon brings a quotation in; None where none does.

    ``quote`` is the quotation inside the sentence; None where it follows the sentence.
    """
    unit = len(s) if quote is None else next(k for k, q in s.quote.items() if q is quote)
    if unit == 0 or s.low[unit - 1] != ":":
        return None
    subject = main_subject(s, unit - 1, (), g) or whole_subject(s, unit - 1, g)
    source = s.span(*subject) if subject else None
    return source, s.span(unit - 1, unit)


def signature(s: Sentence, quote: Quote) -> tuple[Span, Span] | None:
    """Return the name that signs a quotation after a dash, and the dash; None where none does."""
    unit = next(k for k, q in s.quote.items() if q is quote)
    dash = unit + 1
    if dash + 1 >= len(s) or s.low[dash] not in _DASHES or len(s) - dash > 12:
        return None
    return (s.span(dash + 1, len(s)), s.span(dash, dash + 1)) if s.capital(dash + 1) else None


_DASHES = frozenset(["―", "—", "–", "-"])


def _is_utterance(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation is a sentence of its own and not a word held with tongs."""
    quote = s.quote[unit]
    words = s.text.count(" ", quote.inner.start, quote.inner.end) + 1
    alone = all(k == unit or not word[0].isalnum() for k, word in enumerate(s.low))
    first = s.text[quote.inner.start]
    closed = s.text[quote.inner.end - 1] in ".,?!…—"
    if alone or (unit and s.low[unit - 1] == ":"):
        return words >= 2 or closed
    if _is_title(s.text[quote.inner.start : quote.inner.end]):
        return False
    return words >= SHORT_QUOTE and not first.islower() and closed


def _is_title(words: str) -> bool:
    """Tell whether words are the name of a book or a song: every longer one has a capital."""
    longer = [word for word in words.split() if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer)


def _read(s: Sentence, n: int, g: Grammar) -> _Reading:
    """Return what the cues of one sentence say."""
    found: list[Attribution] = []
    used: set[int] = set()
    bare: Attribution | None = None
    if (titled := _headline(s, n, g)) is not None:
        return _Reading([titled], frozenset(s.quote), None)
    every = sites(s, g)
    high = sentence_end(s)
    floor = 0
    covered = 0  # where the words reported so far end
    for k, site in enumerate(every):
        if _echoes(s, site, covered, g):
            continue
        parts = content_of(s, site, every[k + 1 :], floor, high, g)
        if not parts:
            if site.kind in ("finite", "inverted") and _is_tag(site):
                bare = _attribution(s, site, (), n)
            continue
        used |= {q for q in s.quote for a, b in parts if a <= q < b}
        found.append(_attribution(s, site, parts, n))
        covered = max(covered, parts[-1][1])
        if site.kind in ("finite", "inverted") and parts[0][1] <= site.at:
            floor = max(floor, parts[-1][1], site.end)
    for unit in s.quote:
        if unit not in used and not _is_utterance(s, unit):
            loose = quoted_words(s, unit, every, high, g)
            if loose is not None:
                site, parts = loose
                used |= {q for q in s.quote for a, b in parts if a <= q < b}
                found.append(_attribution(s, site, parts, n))
    return _Reading(found, frozenset(used), bare)


_SPOKEN_OF = 3000
"""So many characters after a headline are searched for the name in it."""


def _headline(s: Sentence, n: int, g: Grammar) -> Attribution | None:
    """Return what a headline gives after a name and a colon: "Velic: Dam Will Stay Shut"."""
    if n or ":" not in s.low[1:6] or not is_headline(s):
        return None
    colon = s.low.index(":")
    name = phrase_after(s, 0, colon, g)
    if name != colon or not all(s.capital(k) or s.low[k] == "." for k in range(colon)):
        return None
    last = s.text[s.start[colon - 1] : s.end[colon - 1]]
    again = s.text.find(f" {last}", s.end[-1], s.end[-1] + _SPOKEN_OF)
    if again < 0 or colon + 2 >= len(s):
        return None  # "Breaking: …": nobody the report speaks of
    words = (s.span(colon + 1, sentence_end(s)),)
    return Attribution(s.span(0, colon), s.span(colon, colon + 1), words, False, "", n)


def _echoes(s: Sentence, site: Site, covered: int, g: Grammar) -> bool:
    """Tell whether a thought is only the speaker's own in other words: "said she hopes"."""
    if site.verb is None or "mind" not in site.verb.frames or site.source is None:
        return False
    begin, end = site.source
    return site.at < covered and end == begin + 1 and s.low[begin] in g.subject_pronouns


def _is_tag(site: Site) -> bool:
    """Tell whether a sentence is nothing but "Smith said on Monday"; its words stand beside it."""
    if (
        site.verb is None
        or not site.verb.frames & {"that", "quote", "hearer"}
        or site.source is None
    ):
        return False
    return (site.source[0] if site.kind == "finite" else site.begin) <= 1


def _attribution(s: Sentence, site: Site, parts: Sequence[tuple[int, int]], n: int) -> Attribution:
    """Turn units into characters."""
    source = s.span(*site.source) if site.source else None
    cue = s.span(site.begin, site.end)
    content = tuple(_characters(s, a, b) for a, b in parts)
    direct = bool(parts) and all(b == a + 1 and a in s.quote for a, b in parts)
    named = {"noun": s.low[site.at], "borrowed": ""}.get(site.kind, "according")
    lemma = site.verb.lemma if site.verb else named
    return Attribution(source, cue, content, direct, lemma, n, site.kind)


def _characters(s: Sentence, a: int, b: int) -> Span:
    """Return the characters of units; of a lone quotation only what the marks hold."""
    if b == a + 1 and a in s.quote:
        return s.quote[a].inner
    return s.span(a, b)
