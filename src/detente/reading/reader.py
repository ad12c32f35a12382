"""Reports to claims: parsed together, who is who gathered over all, then read one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.reading.actors import PartyNames
from detente.reading.analysis.model import Parsed
from detente.reading.analysis.parser import analysed
from detente.reading.analysis.places import Places
from detente.reading.claims import Claim, with_ids
from detente.reading.frames.lists import Words, words_of
from detente.reading.frames.read import drafts
from detente.reading.grammar import Grammar, grammar
from detente.reading.learned.tagger import Tagger
from detente.reading.learned.weigh import RULE as LEARNT
from detente.reading.learned.weigh import weighed
from detente.reading.lexicon import Lexicon
from detente.reading.paragraphs import Span
from detente.reading.plain import Plain, plain
from detente.reading.positions import position
from detente.reading.records import SentenceRecord
from detente.reading.replies import linked
from detente.reading.report import Report
from detente.reading.statements import said, statements
from detente.reading.who.world import World
from detente.reading.worth import sentences


@dataclass(frozen=True)
class Reader:
    """The rules with their word lists, the parties known beforehand, and what weighs the rules.

    Without a tagger the rules are believed as they are.
    """

    lexicon: Lexicon
    g: Grammar
    words: Words
    types: Mapping[str, str]
    parties: tuple[PartyNames, ...] = ()
    tagger: Tagger | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says.

    Parameters
    ----------
    claims : tuple of Claim
        In text order.
    sentences : tuple of SentenceRecord
        All sentences, each marked whether it is worth reading.
    """

    claims: tuple[Claim, ...] = ()
    sentences: tuple[SentenceRecord, ...] = ()


def reader(
    lexicon: Lexicon, parties: Iterable[PartyNames] = (), tagger: Tagger | None = None
) -> Reader:
    """Return a reader that can be used for any number of reports."""
    return Reader(
        lexicon,
        grammar(lexicon),
        words_of(lexicon),
        lexicon.meaning("statement types"),
        tuple(parties),
        tagger,
    )


def read(report: Report, rules: Reader) -> list[Claim]:
    """Return the claims of one report in text order, with the report's own characters."""
    return list(next(read_all([report], rules)).claims)


def read_all(
    reports: Sequence[Report], rules: Reader, copies: Collection[str] = ()
) -> Iterator[Told]:
    """Yield what each of some reports says, in their order.

    Parameters
    ----------
    reports : sequence of Report
        They are one pile: a person keeps his side in all of them.
    rules : Reader
        The rules.
    copies : collection of str
        Ids of reports whose mentions do not count again.
    """
    shown = [plain(report) for report in reports]
    parsed = analysed([one.plain for one in shown])
    world = World(parsed, frozenset(copies), rules.parties, rules.lexicon)
    for one, text in zip(parsed, shown, strict=True):
        yield tell(one, text, world, rules)


def tell(parsed: Parsed, text: Plain, world: World, rules: Reader) -> Told:
    """Return what one report says, in its own characters; the world is open at it."""
    pairs = list(drafts(parsed, world, rules.words))
    tagged = None if rules.tagger is None else rules.tagger(parsed.text)
    if rules.tagger is not None and tagged is not None:
        pairs = weighed(pairs, parsed, world, rules.words, rules.tagger, tagged)
    spoken = said(parsed, world, Places(parsed), rules.lexicon, rules.g)
    made = [position(parsed, unit, draft, spoken) for unit, draft in pairs]
    positions = [
        replace(claim, by="tagger") if claim.rule == LEARNT else claim
        for claim in made
        if claim is not None
    ]
    claimed = [s for c in positions if c.kind not in ("event",) for s in c.content]
    marked = sentences(parsed, world, rules.words, claimed, tagged)
    claims = sorted(
        _unique([*statements(parsed, spoken, rules.types), *positions]),
        key=lambda c: (c.content[0].start, c.content[-1].end, c.kind),
    )
    given = [text.given(claim) for claim in linked(claims)]
    return Told(
        tuple(with_ids(parsed.name, given)), tuple(_given(record, text) for record in marked)
    )


def _unique(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims without repetitions of one kind over the same characters."""
    return list({(c.kind, c.content, c.party): c for c in reversed(list(claims))}.values())


def _given(record: SentenceRecord, text: Plain) -> SentenceRecord:
    """Return a sentence with the report's own characters."""
    span = text.traced.given(Span(*record.span))
    return replace(record, span=(span.start, span.end))
