"""What a model proposes, held against the report: kept with the report's own words, or dropped.

A quotation has to stand in one paragraph to the letter; it is widened to its clause, so that no
"not" is left outside, and what the grammar says of that clause decides: whether it is denied,
supposed or asked, and whose it is. Nothing is repaired by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.reading.acts import Act, acts_of
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.claims import KINDS, Claim, words_of
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import Draft
from detente.reading.frames.read import drafts
from detente.reading.frames.scene import Scene
from detente.reading.frames.setphrases import phrases_of, sayings_of
from detente.reading.frames.subject import asks
from detente.reading.model.prompt import Passage
from detente.reading.model.quoting import fold, places
from detente.reading.paragraphs import Span
from detente.reading.positions import spans

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.frames.lists import Words
    from detente.reading.who.world import World

SHORTEST = 3
"""Words of the shortest quotation that is kept."""

LONGEST = 80
"""Words of the longest."""

DROPPED: Mapping[str, str] = {
    "form": "not in the form that was asked for",
    "kind": "of no known kind",
    "short": "quotes fewer than three words",
    "long": "quotes more than a sentence or two",
    "quote": "quotes words that do not stand in the passage",
    "across": "quotes across paragraphs",
    "for": "says what it is a condition for in words that do not stand in the passage",
    "name": "names somebody who is in no report and no known side",
    "denied": "takes for so what the report denies",
    "supposed": "takes for so what is only supposed or asked",
    "hearsay": "takes for a position what is hearsay, or nobody's",
    "opposite": "is the opposite of what the grammar says",
}
"""Why a proposal is dropped, for people."""

_SO = frozenset({"offer", "acceptance", "support", "event", "concession", "pressure"})
"""Kinds that need a deed which is not denied."""
_REAL = frozenset({"acceptance", "refusal", "concession", "pressure", "denial", "event", "silence"})
"""Kinds that need a clause which is neither supposed nor asked."""
_DONE = frozenset({"acceptance", "concession", "pressure", "event"})
"""Kinds that need a deed which is done, or is being done."""
_OPEN = frozenset({"may", "might", "can", "could", "would", "should", "must", "ought"})
"""Modals of what is not done."""
_OPPOSITE = {
    "refusal": frozenset({"offer", "acceptance", "concession", "support"}),
    "denial": frozenset({"acceptance", "event", "offer"}),
    "offer": frozenset({"refusal", "denial"}),
    "acceptance": frozenset({"refusal", "denial"}),
}
_JUST_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|neither|nor|cannot)|\b\w+n[’']t)\s*$", re.IGNORECASE
)
_BESIDE = "nsubj nsubjpass csubj expl aux auxpass neg dobj attr acomp xcomp prt prep dative agent"
_WITHIN = frozenset([*_BESIDE.split(), "oprd", "advmod", "npadvmod", "ccomp", "pobj"])
"""What belongs to a clause beside its predicate."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A report as the guard sees it.

    Parameters
    ----------
    parsed : Parsed
        The report; offsets are into its text.
    world : World
        Who is who in the pile.
    scenes : tuple of Scene
        Its units that were parsed, each as the rules see it.
    ruled : tuple of (Unit, Draft)
        What the rules find in it, before a tagger weighs them: grammar, not likelihood.
    named : frozenset of str
        Who is a party or a speaker in what was read, besides.
    """

    parsed: Parsed
    world: World
    scenes: tuple[Scene, ...]
    ruled: tuple[tuple[Unit, Draft], ...]
    named: frozenset[str]


def ground(parsed: Parsed, world: World, words: Words, read: Iterable[Claim] = ()) -> Ground:
    """Return a report as the guard sees it, with what was read in it.

    The grammar's own findings are taken anew: what was read may have been weighed by a tagger, and
    its offsets are those of the text as it was given.
    """
    named = frozenset(name for claim in read for name in (claim.party, claim.speaker) if name)
    ruled = tuple(drafts(parsed, world, words))
    phrases, sayings = phrases_of(words.phrases), sayings_of(words.sayings)
    scenes = tuple(
        Scene(world, parsed, unit, words, phrases, sayings)
        for unit in parsed.units
        if unit.doc is not None
    )
    return Ground(parsed, world, scenes, ruled, named)


def judged(proposal: object, passage: Passage, ground: Ground) -> Claim | str:
    """Return a proposal as a claim, or the reason why it is dropped.

    Parameters
    ----------
    proposal : object
        As it came in the answer.
    passage : Passage
        What was asked about.
    ground : Ground
        The report.

    Returns
    -------
    Claim or str
        A key of :data:`DROPPED` where it is dropped.
    """
    given = _form(proposal)
    if isinstance(given, str):
        return given
    found = _place(given["quote"], passage, ground.parsed.text)
    if isinstance(found, str):
        return found
    paragraph, quoted = found
    place = _with_its_not(quoted, ground.parsed.text)
    if place != quoted and given["kind"] in _SO:
        return "denied"
    purpose = _purpose(given, paragraph, ground.parsed.text)
    if purpose == "for":
        return "for"
    names = {key: _name(given[key], ground) for key in ("party", "speaker", "target")}
    if any(given[key] and not names[key] for key in names):
        return "name"
    clause = _clause(place, ground)
    fault = _fault(given["kind"], names["party"], place, clause, ground)
    if fault:
        return fault
    content = _widened(place, clause)
    act, bound = _acts(given["kind"], names, clause, purpose)
    return Claim(
        "",
        ground.parsed.name,
        given["kind"],
        names["party"] or None,
        names["speaker"] or None,
        names["target"] or None,
        clause.unit.kind in ("quote", "turn") if clause else False,
        None,
        None,
        content,
        words_of(ground.parsed.text, content),
        purpose or None,
        None,
        ground.parsed.report.date or None,
        rule="model",
        by="model",
        shown=_is_shown(given["kind"], names["party"], clause),
        act=act,
        bound=bound,
    )


def _acts(
    kind: str, names: Mapping[str, str], clause: _Clause | None, purpose: str
) -> tuple[Act | None, Act | None]:
    """Return the deed of a proposal's clause, by the same grammar as for the rules."""
    if clause is None:
        return None, None
    doc = clause.deed.verb.doc
    at = doc.text.find(purpose) if purpose else -1
    then = tuple(t for t in doc if at <= t.idx < at + len(purpose)) if at >= 0 else ()
    draft = Draft(
        kind,  # type: ignore[arg-type]
        names["party"],
        names["speaker"],
        names["target"],
        clause.tokens,
        (clause.deed.verb,),
        then,
        "model",
    )
    return acts_of(draft, clause.scene)


# --- what can be told from the letters ----------------------------------------------------------


def _form(proposal: object) -> dict[str, str] | str:
    """Return the fields of a proposal as text, empty for null; or why it is none."""
    if not isinstance(proposal, dict) or not isinstance(proposal.get("quote"), str):
        return "form"
    given: dict[str, str] = {}
    for key in ("quote", "kind", "party", "speaker", "target", "for"):
        value: Any = proposal.get(key)
        if value is not None and not isinstance(value, str):
            return "form"
        given[key] = " ".join((value or "").split())
    if given["kind"] not in KINDS or given["kind"] == "statement":
        return "kind"
    length = sum(any(map(str.isalnum, word)) for word in given["quote"].split())
    return "short" if length < SHORTEST else "long" if length > LONGEST else given


def _place(quote: str, passage: Passage, text: str) -> tuple[Span, Span] | str:
    """Return the paragraph and the place where a quotation stands, or why it does not."""
    for paragraph in passage.paragraphs:
        found = places(quote, fold(text[paragraph.start : paragraph.end], paragraph.start))
        if found:
            return paragraph, found[0]
    whole = passage.span
    stands = places(quote, fold(text[whole.start : whole.end], whole.start))
    return "across" if stands else "quote"


def _with_its_not(place: Span, text: str) -> Span:
    """Return a quotation with the "not" just before it, if one stands there."""
    found = _JUST_BEFORE.search(text, max(0, place.start - 20), place.start)
    return Span(found.start(), place.end) if found else place


def _purpose(given: Mapping[str, str], paragraph: Span, text: str) -> str:
    """Return the words that say what a condition is for, ``"for"`` if they do not stand there."""
    if not given["for"] or given["kind"] != "condition":
        return ""
    found = places(given["for"], fold(text[paragraph.start : paragraph.end], paragraph.start))
    return text[found[0].start : found[0].end] if found else "for"


def _name(name: str, ground: Ground) -> str:
    """Return the party or person that a name means; empty where nobody is meant by it."""
    if not name:
        return ""
    lore = ground.world.resolver(ground.parsed).scene.lore
    side = lore.party(name)
    if side:
        return str(side)
    person = ground.world.find_person(name, ground.parsed)
    if person is not None:
        return person.side or person.full
    if name in ground.named:
        return name
    where = places(name, fold(ground.parsed.text))
    for place in where:
        party = _meant(place, ground)
        if party:
            return party
    return name if where and name[:1].isupper() else ""


def _meant(place: Span, ground: Ground) -> str:
    """Return the party that the words of a place mean; empty where they mean none."""
    for scene in ground.scenes:
        inside = _inside(place, scene.unit)
        for token in inside:
            if token.head not in inside:
                return ground.world.who(token, scene.unit, ground.parsed).party or ""
    return ""


# --- what can be told from the grammar ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Clause:
    """The clause that a quotation lies in."""

    unit: Unit
    scene: Scene
    deed: Deed
    tokens: tuple[Token, ...]


def _clause(place: Span, ground: Ground) -> _Clause | None:
    """Return the clause of a place; None where the text is no prose that was parsed."""
    for scene in ground.scenes:
        inside = _inside(place, scene.unit)
        verb = _predicate(inside)
        if verb is None:
            continue
        scene.question = asks(verb.sent, scene.unit)
        return _Clause(scene.unit, scene, scene.deed(verb), tuple(_whole(verb, inside)))
    return None


def _inside(place: Span, unit: Unit) -> list[Token]:
    """Return the words of a unit that a place holds."""
    if unit.doc is None or not any(
        p.start < place.end and place.start < p.start + p.length for p in unit.pieces
    ):
        return []
    return [t for t in unit.doc if place.start <= unit.where(t) < place.end]


def _predicate(inside: Sequence[Token]) -> Token | None:
    """Return the predicate of some words: the highest among them, or the one it depends on."""
    ranked = sorted(inside, key=lambda t: (sum(1 for _ in t.ancestors), t.i))
    for token in ranked[:1]:
        for above in (token, *token.ancestors):
            if _is_predicate(above):
                return above
    return next(filter(_is_predicate, ranked), None)


def _is_predicate(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")


def _whole(verb: Token, inside: Iterable[Token]) -> list[Token]:
    """Return the words of a clause, and those of the quotation, without a gap."""
    own = {verb.i, *(t.i for t in inside)}
    for child in verb.children:
        if child.dep_ in _WITHIN:
            own |= {t.i for t in child.subtree}
    if verb.dep_ == "xcomp":  # "refused to …", "is not ready to …"
        above = verb.head
        own |= {above.i} | {
            t.i
            for child in above.children
            if child.dep_ in ("neg", "aux", "auxpass", "nsubj", "nsubjpass")
            for t in child.subtree
        }
    sent = verb.sent
    first = max(sent.start, min(own))
    last = min(sent.end - 1, max(own))
    return list(verb.doc[first : last + 1])


def _fault(kind: str, party: str, place: Span, clause: _Clause | None, ground: Ground) -> str:
    """Return why the grammar speaks against a proposal; empty if it does not."""
    if clause is not None:
        marks = clause.deed.clause
        if kind in _SO and (marks.negated or _is_denied(clause.deed)):
            return "denied"
        if kind in _REAL and (marks.supposed or (kind in _DONE and marks.modal in _OPEN)):
            return "supposed"
        if not clause.deed.doer.counts and not clause.deed.voice.counts:
            return "hearsay"
        if marks.mood == "question":
            return "supposed"
    for unit, draft in ground.ruled:
        same = not party or draft.party == party
        if same and kind in _OPPOSITE.get(draft.kind, ()) and _meets(unit, draft, place):
            return "opposite"
    return ""


def _is_denied(deed: Deed) -> bool:
    """Whether a clause stands under a denial: "did not say that …", "denied that …"."""
    from detente.reading.analysis.marks import is_negated

    for above in deed.verb.ancestors:
        if above.pos_ in ("VERB", "AUX") and (
            is_negated(above) or above.lemma_ in ("deny", "reject", "dismiss", "refute")
        ):
            return deed.verb.dep_ in ("ccomp", "xcomp", "acl", "pcomp")
    return False


def _meets(unit: Unit, draft: Draft, place: Span) -> bool:
    """Whether a finding of the rules is about the same words."""
    own = spans(unit, draft.content)
    length = sum(max(0, min(s.end, place.end) - max(s.start, place.start)) for s in own)
    return 2 * length >= min(place.end - place.start, sum(s.end - s.start for s in own))


def _widened(place: Span, clause: _Clause | None) -> tuple[Span, ...]:
    """Return a quotation with the rest of its clause."""
    if clause is None:
        return (place,)
    found = spans(clause.unit, clause.tokens)
    around = [s for s in found if s.start < place.end and s.end > place.start] or [place]
    start = min(place.start, *(s.start for s in around))
    end = max(place.end, *(s.end for s in around))
    return (Span(start, end),)


def _is_shown(kind: str, party: str, clause: _Clause | None) -> bool:
    """Whether the clause itself shows whose it is: as its subject, its holder or who says it.

    What is asked for is another's deed, so that its subject is not who asks; and who tells of
    another's deed does not do it.
    """
    if not party or clause is None:
        return False
    deed = clause.deed
    told: set[str | None] = {*deed.voice.parties, deed.voice.speaker}
    if kind in _ASKING and (deed.verb.dep_ in _BELOW or deed.modal in _OUGHT):
        return party in told
    subject: set[str | None] = {deed.who.party, deed.who.speaker, *deed.who.several}
    own = {*deed.doer.parties, deed.doer.speaker} | subject
    return party in own or (not deed.doer.parties and party in told)


_ASKING = frozenset({"demand", "condition"})
_BELOW = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp"})
"""How a clause depends on the words that ask for what it says."""
_OUGHT = frozenset({"must", "should", "shall", "ought", "need", "have"})
