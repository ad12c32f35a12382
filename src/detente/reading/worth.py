"""Which sentences are worth reading: where somebody takes a position, or may."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import lemma, low
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.lists import Words
from detente.reading.learned.tagger import Tagged
from detente.reading.paragraphs import Span
from detente.reading.records import SentenceRecord
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent

SHARE = 0.54
"""About so much of a report's sentences is marked, from 0 to 1."""
BARS = (-1.0, 3.9)
"""The bar lies between these scores; no unit. Set on the reports at hand."""
_TAGGED = 4.0
"""What a sentence gains where the tagger is sure of one of its words."""
_LONG, _SHORT, _FEW = 25, 9, 4
"""Words of a sentence that is apt to hold a position, of one that is not, of one that hardly is."""

_IF = frozenset(
    [
        "if",
        "unless",
        "until",
        "till",
        "once",
        "provided",
        "before",
        "when",
        "only",
        "whoever",
        "exchange",
        "return",
        "condition",
        "conditions",
        "otherwise",
        "without",
    ]
)
_NOT = frozenset(
    ["not", "n't", "no", "never", "nothing", "nor", "none", "longer", "without", "yet", "neither"]
)
_NOUNS = frozenset(
    [
        "offer",
        "proposal",
        "demand",
        "reply",
        "answer",
        "response",
        "word",
        "deadline",
        "ultimatum",
        "strike",
        "talks",
        "ceasefire",
        "truce",
        "agreement",
        "deal",
        "sanctions",
        "embargo",
        "blockade",
        "boycott",
        "concession",
        "invitation",
        "claim",
        "plan",
        "plans",
        "false",
        "untrue",
        "lie",
        "table",
        "yes",
        "refusal",
        "condition",
        "guarantee",
        "compensation",
    ]
)
_MODALS = frozenset(
    [
        "will",
        "wo",
        "'ll",
        "shall",
        "would",
        "'d",
        "must",
        "should",
        "may",
        "can",
        "ca",
        "ready",
        "willing",
        "prepared",
        "going",
    ]
)


@dataclass(frozen=True)
class _Sets:
    """Base forms that weigh in a sentence: of acts, of deeds, of telling, of thinking."""

    stance: frozenset[str]
    deed: frozenset[str]
    tell: frozenset[str]
    belief: frozenset[str]


def _sets(words: Words) -> _Sets:
    """Return the base forms of the acts and of the deeds, from the lists' first words."""
    acts = (
        words.act_demand
        | words.act_offer
        | words.act_accept
        | words.act_refuse
        | words.act_deny
        | words.act_threaten
        | words.act_support
        | words.act_drop
        | words.yield_
    )
    deeds = words.harm | words.violent | words.end | words.meet
    light = {
        "put",
        "down",
        "use",
        "call",
        "hold",
        "break",
        "go",
        "give",
        "take",
        "say",
        "come",
        "make",
        "be",
        "set",
        "stand",
        "let",
        "get",
    }
    return _Sets(
        frozenset(w.split()[0] for w in acts) - light,
        frozenset(w.split()[0] for w in deeds) - light,
        words.tell,
        words.belief,
    )


def sentences(
    parsed: Parsed,
    world: World,
    words: Words,
    claimed: Collection[Span],
    tagged: Tagged | None = None,
) -> Iterator[SentenceRecord]:
    """Yield every sentence of a report in text order, each marked whether it is worth reading.

    Parameters
    ----------
    parsed : Parsed
        The report.
    world : World
        Who is who.
    words : Words
        Word lists.
    claimed : collection of Span
        Where claims of position stand.
    tagged : Tagged, optional
        What the tagger marks.
    """
    sets = _sets(words)
    scored: list[tuple[Span, float]] = []
    for unit in parsed.units:
        for sent in unit.doc.sents if unit.doc is not None else ():
            spans = unit.spans(sent.start_char, sent.end_char)
            if not spans or not any(t.is_alpha for t in sent):
                continue
            hit = any(a.start < b.end and b.start < a.end for a in claimed for b in spans)
            score = _score(sent, unit, parsed, world, sets, hit) if unit.kind != "title" else -1.0
            if tagged is not None and unit.kind != "title":
                score += _TAGGED * tagged.peak(spans[0].start, spans[-1].end)
            scored.append((Span(spans[0].start, spans[-1].end), score))
    bar = _bar([score for _, score in scored], 0.0 if tagged is None else _TAGGED)
    for span, score in sorted(scored, key=lambda pair: (pair[0].start, pair[0].end)):
        yield SentenceRecord(parsed.name, (span.start, span.end), score >= bar)


def _bar(scores: Sequence[float], more: float) -> float:
    """Return the score from which a report's sentences are marked.

    It is the one that marks the share of :data:`SHARE`, within the bounds of :data:`BARS`: of a
    report full of positions more is marked, of one without any less. ``more`` is what a tagger may
    add to a score.
    """
    ranked = sorted(scores, reverse=True)
    low, high = BARS[0], BARS[1] + more
    at = ranked[min(len(ranked) - 1, int(SHARE * len(ranked)))] if ranked else high
    return max(low, min(high, at))


def _score(
    sent: Sent, unit: Unit, parsed: Parsed, world: World, sets: _Sets, claimed: bool
) -> float:
    """Return how much a sentence promises."""
    shown = {low(t) for t in sent}
    bases = {lemma(t) for t in sent if t.pos_ in ("VERB", "AUX", "NOUN", "ADJ")}
    size = sum(t.is_alpha for t in sent)
    score = 4.0 * claimed
    score += 1.2 * bool(bases & sets.stance) + 0.8 * bool(bases & sets.deed)
    score += 1.2 * bool(shown & _MODALS) + 0.9 * bool(shown & _IF) + 0.8 * bool(shown & _NOT)
    score += 1.2 * bool(shown & _NOUNS) + 0.4 * bool(bases & sets.tell)
    own = unit.kind in ("quote", "turn") or bool(parsed.issuer)
    score += 0.8 * own + 0.3 * bool(shown & {"we", "our", "us", "i"})
    subjects = (t for t in sent if t.dep_ in ("nsubj", "nsubjpass"))
    score += 1.0 * any(world.who(t, unit, parsed).party for t in subjects)
    score += 0.5 * any(t.ent_type_ in ("DATE", "TIME") for t in sent)
    score += 0.4 * any(t.like_num for t in sent) + 0.8 * any(c in sent.text for c in '“”"')
    asks = unit.kind == "question" or str(sent.text).strip().endswith("?")
    score += 1.2 * (size >= _LONG) - 0.8 * (size < _SHORT) - 0.2 * (size < _FEW)
    score -= 1.5 * asks + 1.0 * bool(shown & {"anonymity", "comment", "analysts"})
    return score - 1.0 * bool(bases & sets.belief) - 0.4 * bool(shown & {"you", "your"})
