"""Why a claim was made, or a passage made none: clause, rule, what is known of the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from detente.errors import ReportError
from detente.reading.analysis.model import Parsed
from detente.reading.analysis.parser import analysed
from detente.reading.claims import Claim
from detente.reading.frames.deed import Deed
from detente.reading.frames.read import RULES, Rule, drafts, scenes
from detente.reading.frames.scene import Scene
from detente.reading.frames.subject import asks
from detente.reading.frames.tied import tied
from detente.reading.learned.belief import belief
from detente.reading.learned.weigh import bar_of, weighing
from detente.reading.paragraphs import Span
from detente.reading.plain import Plain, plain
from detente.reading.reader import Reader, tell
from detente.reading.report import Report
from detente.reading.who.model import Who
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent

_SHOWN = 3
"""Of those whose a claim could be, so many are told, the likeliest first."""
_PASSAGE = re.compile(r"(?P<report>.+):(?P<start>\d+)-(?P<end>\d+)")


def why(reports: Sequence[Report], rules: Reader, what: str) -> list[str]:
    """Return the lines that tell why a claim was made, or what was made of a passage.

    Parameters
    ----------
    reports : sequence of Report
        The pile: who is meant depends on all of it.
    rules : Reader
        The rules.
    what : str
        A claim's id, or ``REPORT:START-END``: characters of a report, end exclusive.

    Raises
    ------
    ReportError
        If no report has such a claim, or there is no such report.
    """
    shown = [plain(report) for report in reports]
    parsed = analysed([one.plain for one in shown])
    world = World(parsed, frozenset(), rules.parties, rules.lexicon)
    passage = _PASSAGE.fullmatch(what)
    for one, text in zip(parsed, shown, strict=True):
        if passage and one.name == passage["report"]:
            span = Span(int(passage["start"]), int(passage["end"]))
            return [*_passage(text, span), *_sentences(one, text, [span], world, rules)]
        if passage or not what.startswith(f"{one.name}:"):
            continue
        found = next((c for c in tell(one, text, world, rules).claims if c.id == what), None)
        if found is not None:
            return [*_claim(found), *_sentences(one, text, found.content, world, rules)]
    raise ReportError(
        f"{what}: no such claim or passage here; name a claim's id from 'detente read … --json', or"
        " REPORT:START-END, the characters of a report"
    )


def _passage(text: Plain, span: Span) -> Iterator[str]:
    """Yield a passage as it stands in its report."""
    words = " ".join(text.report.text[span.start : span.end].split())
    yield f"{text.report.id}:{span.start}-{span.end}"
    yield f"  passage  {words}"


def _claim(claim: Claim) -> Iterator[str]:
    """Yield what a claim says, and the rule that made it."""
    whose = claim.party or "whose it is, the report does not say"
    to = f", to {claim.target}" if claim.target else ""
    yield f"{claim.id}: {claim.kind} of {whose}{to}"
    yield f"  words    {' '.join(claim.text.split())}"
    if claim.purpose:
        yield f"  for      {' '.join(claim.purpose.split())}"
    rule = claim.rule or "attribution: who said what, by the words around it"
    yield f"  rule     {'none: the tagger alone found it' if claim.by == 'tagger' else rule}"


def _sentences(
    parsed: Parsed, text: Plain, spans: Sequence[Span], world: World, rules: Reader
) -> Iterator[str]:
    """Yield the sentences that touch some characters, clause by clause."""
    for scene in scenes(parsed, world, rules.words):
        unit = scene.unit
        for sent in unit.doc.sents if unit.doc is not None else ():
            here = [text.traced.given(s) for s in unit.spans(sent.start_char, sent.end_char)]
            if any(a.start < b.end and b.start < a.end for a in here for b in spans):
                yield from _sentence(sent, scene)
    yield from _weighed(parsed, text, spans, world, rules)


def _weighed(
    parsed: Parsed, text: Plain, spans: Sequence[Span], world: World, rules: Reader
) -> Iterator[str]:
    """Yield what was weighed in some characters: how likely, and whether a rule found it, too."""
    if rules.tagger is None:
        return
    pairs = drafts(parsed, world, rules.words)
    all_ = weighing(pairs, parsed, world, rules.words, rules.tagger)
    for one in all_.candidates:
        found = [s for t in one.words for s in one.unit.spans(t.idx, t.idx + len(t))]
        here = [text.traced.given(s) for s in found]
        if not any(a.start < b.end and b.start < a.end for a in here for b in spans):
            continue
        sure = belief("claim", one.traits)
        by = "a rule and the tagger" if one.drafts and "stretch" in one.traits else ""
        by = by or ("a rule" if one.drafts else "the tagger")
        words = " ".join(t.text for t in one.words)
        verdict = "a claim" if sure >= bar_of(one) else f"none: below {bar_of(one)}"
        yield f"  weighed  {one.kind} {sure:.2f}, {verdict}; found by {by}: “{words}”"
        if sure >= bar_of(one):
            able = ((belief("party", of), who) for who, of in all_.choices(one, "party").items())
            likeliest = sorted(able, key=lambda pair: (-pair[0], pair[1]))[:_SHOWN]
            yield f"  whose    {', '.join(f'{who} {sure:.2f}' for sure, who in likeliest)}"


def _sentence(sent: Sent, scene: Scene) -> Iterator[str]:
    """Yield one sentence: what kind of text, who speaks, and its clauses."""
    scene.question = asks(sent, scene.unit)
    yield f"  sentence {' '.join(str(sent.text).split())}"
    yield f"  kind     {_KINDS[scene.unit.kind]}{_speaks(scene)}"
    if scene.question:
        yield "  nothing  it asks"
        return
    for token in sent:
        verb = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")
        if verb or token.dep_ == "ROOT":
            yield from _clause(scene.deed(token), scene)


_KINDS = {
    "title": "headline, which repeats what is told below",
    "prose": "the reporter's words",
    "quote": "a quotation",
    "turn": "an answer or a turn of a transcript",
    "question": "a question",
}


def _speaks(scene: Scene) -> str:
    """Return who speaks in a unit, as far as that is known."""
    if scene.unit.kind not in ("quote", "turn") and not scene.issued:
        return ""
    return f", said by {_who(scene.holder)}"


def _who(who: Who) -> str:
    """Return who is meant, and what that rests on."""
    named = who.speaker if who.speaker and who.speaker != who.party else ""
    names = who.party or ("" if named else f"nobody that the report names ({who.kind})")
    both = f"{named} for {names}" if named and names else names or named
    return f"{both} ({who.why})" if who.why else both


def _clause(deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield a clause with its marks, its people, and the rule that knew it."""
    marks = deed.clause
    said = [
        f"verb “{marks.verb.text}”",
        f"subject “{marks.subject.text}”" if marks.subject is not None else "no subject",
        marks.tense if marks.tense != "none" else "",
        marks.modal,
        "denied" if marks.negated else "",
        "passive" if marks.passive else "",
        "" if marks.mood == "real" else marks.mood,
    ]
    yield f"  clause   {', '.join(part for part in said if part)}"
    yield f"    who    {_who(deed.who)}"
    for one in deed.by:
        yield f"    says   {_who(one.who)}, by “{one.verb.text}”"
    yield f"    rule   {_rule(deed, scene)}"


def _rule(deed: Deed, scene: Scene) -> str:
    """Return the rule that settles a clause, and what it makes of it."""
    outcome, used = tied(deed, scene)
    if used:
        return _made("tied", [f"{d.kind} ({d.rule})" for d in outcome.drafts])
    if deed.clause.supposed:
        return "none: it is only supposed, asked or denied"
    for rule in RULES:
        outcome = rule(deed, scene)
        if outcome.settled:
            return _made(_name(rule), [f"{d.kind} ({d.rule})" for d in outcome.drafts])
    return "none knows it"


def _name(rule: Rule) -> str:
    """Return the name of a rule."""
    return str(getattr(rule, "__name__", "rule")).replace("_", " ")


def _made(name: str, made: Sequence[str]) -> str:
    """Return a rule with what it made; nothing where it says that nothing counts."""
    return f"{name}: {', '.join(made) if made else 'nothing that counts'}"
