"""One report to its claims: the rules in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.reading.actors import Actors, PartyNames, actors, with_text
from detente.reading.attribution import Attribution
from detente.reading.claims import Claim, with_ids
from detente.reading.conditions import needs
from detente.reading.demanded import condition, demands
from detente.reading.document import Paragraph, read_text
from detente.reading.grammar import Grammar, grammar
from detente.reading.lexicon import Lexicon
from detente.reading.offers import link_replies
from detente.reading.phrases import subject_before
from detente.reading.plain import plain
from detente.reading.report import Report
from detente.reading.said import Said, first_character, statement, unique
from detente.reading.sentences import Sentence, sentences
from detente.reading.speakers import AUTHOR, Cast, cast
from detente.reading.stances import stances
from detente.reading.stancewords import Stances, stance_words
from detente.reading.taken import of_stance
from detente.reading.tokens import tokenize


@dataclass(frozen=True)
class Reader:
    """The rules with their word lists, and the actors known everywhere."""

    lexicon: Lexicon
    g: Grammar
    words: Stances
    known: Actors


def reader(lexicon: Lexicon, parties: Iterable[PartyNames] = ()) -> Reader:
    """Return a reader that can be used for any number of reports."""
    return Reader(lexicon, grammar(lexicon), stance_words(lexicon), actors(lexicon, parties))


def read(report: Report, rules: Reader) -> list[Claim]:
    """Return the claims of one report in text order, with the report's own characters."""
    shown = plain(report)
    return [shown.given(claim) for claim in _read(shown.plain, rules)]


def _read(report: Report, rules: Reader) -> list[Claim]:
    """Return the claims of a report whose text is plain."""
    text = report.text
    tokens = tokenize(text)
    paragraphs = read_text(tokens, rules.lexicon, rules.g)
    known = with_text(rules.known, text)
    quoted = [quote.inner for p in paragraphs for quote in p.quotes]
    people = cast(text, quoted, rules.g, rules.lexicon, known)
    flat = [
        sentences(tokens, p.span, (), rules.lexicon) if p.quotes else p.sentences
        for p in paragraphs
    ]
    drafts: list[Claim] = []
    for paragraph, rows in zip(paragraphs, flat, strict=True):
        drafts += _paragraph(report, paragraph, rows, people, known, rules)
    drafts = link_replies(drafts, rules.words)
    return with_ids(report.id, drafts)


def _paragraph(
    report: Report,
    paragraph: Paragraph,
    rows: Sequence[Sentence],
    people: Cast,
    known: Actors,
    rules: Reader,
) -> list[Claim]:
    """Return the drafts of one paragraph in text order."""
    for s in rows:
        for subject in _subjects(s, rules.g):
            if people.notice(s.span(*subject)):
                break
    said: list[Said] = []
    for attribution in sorted(paragraph.attributions, key=first_character):
        if attribution.kind == "borrowed" and not _acts(attribution, people):
            continue
        if attribution.source is None and attribution.cue is not None:
            speaker = AUTHOR  # "it was reported that": nobody is named
        else:
            speaker = people.resolve(attribution.source)
        if attribution.direct and speaker.name is not None:
            people.speaker = speaker
        said.append(Said(attribution, speaker))
    drafts = [statement(report, one, known, rules.words) for one in said]
    for s in rows:
        for need in needs(s, rules.g, rules.words):
            drafts += condition(report, s, need, said, people, known, rules.g)
    drafts += demands(report, said, drafts, known)
    for s in rows:
        for stance in stances(s, rules.g, rules.words):
            drafts += of_stance(report, s, stance, said, drafts, people, known)
    return sorted(unique(drafts), key=lambda d: (d.content[0].start, d.content[-1].end, d.kind))


def _acts(attribution: Attribution, people: Cast) -> bool:
    """Tell whether somebody's words are borrowed: a law or a plan has none."""
    return attribution.source is not None and people.is_actor(attribution.source)


_OPENING = 16


"""The subject of a sentence is looked for before a verb among so many units."""


def _subjects(s: Sentence, g: Grammar) -> Iterator[tuple[int, int]]:
    """Yield the subjects of a sentence's first finite verbs."""
    for k in range(1, min(len(s), _OPENING)):
        if g.finite_verb(s, k) and s.low[k] != "'s":
            subject = subject_before(s, k, 0, g)
            if subject is not None:
                yield subject
