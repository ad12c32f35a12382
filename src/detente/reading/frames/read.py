"""A parsed report to its drafts: the rules in their order, one claim a verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from detente.reading.acts import with_acts
from detente.reading.analysis.marks import has_child, kids, lemma
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.announced import announced
from detente.reading.frames.deed import Deed
from detente.reading.frames.demands import demand
from detente.reading.frames.denials import denial
from detente.reading.frames.discourse import addressed
from detente.reading.frames.done import done
from detente.reading.frames.draft import Draft, Outcome, first
from detente.reading.frames.lists import Words
from detente.reading.frames.named import named_act
from detente.reading.frames.nominals import nominals
from detente.reading.frames.owned import owned
from detente.reading.frames.proposals import offer, threat
from detente.reading.frames.responses import acceptance, refusal
from detente.reading.frames.scene import Scene
from detente.reading.frames.setphrases import phrases_of, sayings_of, set_phrase
from detente.reading.frames.sets import listed
from detente.reading.frames.short import fragment, idioms, in_a_list, short_answer
from detente.reading.frames.silences import silence
from detente.reading.frames.speakers import Speakers
from detente.reading.frames.subject import asks
from detente.reading.frames.tied import tied
from detente.reading.frames.yields import concession
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent
    from spacy.tokens import Token

Rule = Callable[[Deed, Scene], Outcome]

RULES: tuple[Rule, ...] = (
    set_phrase,
    silence,
    denial,
    named_act,
    owned,
    concession,
    demand,
    refusal,
    acceptance,
    threat,
    offer,
    announced,
    done,
)
"""Asked one after the other; the first that knows a clause settles it."""


def drafts(parsed: Parsed, world: World, words: Words) -> list[tuple[Unit, Draft]]:
    """Return what a report says, unit by unit, each with whom it is directed at if that is told."""
    return addressed(list(_drafts(parsed, world, words)), parsed, world)


def _drafts(parsed: Parsed, world: World, words: Words) -> Iterator[tuple[Unit, Draft]]:
    """Yield what a report says, unit by unit, each as its clause alone has it."""
    for scene in scenes(parsed, world, words):
        for sent in scene.unit.doc.sents if scene.unit.doc is not None else ():
            for draft in _sentence(sent, scene):
                scene.last = draft
                yield scene.unit, with_acts(draft, scene)


def scenes(parsed: Parsed, world: World, words: Words) -> Iterator[Scene]:
    """Yield the scene of every unit that is read; what one leaves open the next one knows."""
    speakers = Speakers(world, parsed, words)
    phrases, sayings = phrases_of(words.phrases), sayings_of(words.sayings)
    last: Draft | None = None
    asking: tuple[str, ...] = ()
    named: set[tuple[str, str, str]] = set()
    for unit in parsed.units:
        world.holders[(parsed.name, unit.number)] = speakers.of(unit)
        if unit.doc is None or unit.kind == "title":
            continue
        scene = Scene(world, parsed, unit, words, phrases, sayings)
        scene.last, scene.asking, scene.named = last, asking, named
        yield scene
        last, asking = scene.last, scene.asking


_LONGEST = 160
"""Sentences of more words are lists or no prose, and are not read."""


def _sentence(sent: Sent, scene: Scene) -> list[Draft]:
    """Return what one sentence says."""
    if len(sent) > _LONGEST or sent[0].lower_ == "had":
        return []  # no prose; or "Had they asked us, …", which tells what never was
    scene.question = asks(sent, scene.unit)
    if scene.question:
        return []
    found: list[Draft] = []
    if scene.skipped(sent.start):
        return []
    outcome = first((in_a_list, short_answer, fragment), sent, scene)
    if outcome.settled:
        return list(outcome.drafts)
    used: set[int] = set()
    for verb in _predicates(sent):
        if verb.pos_ in ("VERB", "AUX"):
            outcome, more = tied(scene.deed(verb), scene)
            found += outcome.drafts
            used |= more
    for token in sent:
        if token.i in used or _brings_tied(token, used, scene):
            continue
        told = _token(token, scene)
        found += told
        if any(draft.kind in _WITH_INNER for draft in told):
            used |= _inner(token)
    kinds = frozenset(draft.kind for draft in found)
    found += idioms(sent, scene, kinds).drafts
    found += nominals(sent, scene, found)
    return _unique(found)


_WITH_INNER = listed("read: with inner")
"""Kinds whose clause carries what would be done: that is no claim of its own."""


def _brings_tied(verb: Token, used: set[int], scene: Scene) -> bool:
    """Tell whether a verb only brings what has been read: "vowed that it would, if …"."""
    acts = scene.words.act_threaten | scene.words.act_offer
    return verb.lemma_ in acts and any(c.i in used for c in kids(verb, "ccomp"))


def _inner(verb: Token) -> set[int]:
    """Return the predicates inside what a verb brings: "promised that …", "refused to …"."""
    found: set[int] = set()
    stack = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    stack += [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
    while stack:
        token = stack.pop()
        if token.i < verb.i and token.dep_ == "ccomp":
            continue  # ", he demanded": what is said stands before
        found.add(token.i)
        stack += [
            c
            for c in token.children
            if c.dep_ in ("xcomp", "acomp") or (c.dep_ == "conj" and c.pos_ == "VERB")
        ]
    return found


def _token(token: Token, scene: Scene) -> tuple[Draft, ...]:
    """Return what one word says, if it is a predicate."""
    if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
        return _rules(scene.deed(token), scene)
    if (
        token.pos_ in ("NOUN", "ADJ")
        and token.dep_ == "ROOT"
        and any(t.dep_.startswith("nsubj") or t.dep_ == "dobj" for t in token.children)
    ):
        return _rules(scene.deed(token), scene)
    return ()


def _rules(deed: Deed, scene: Scene) -> tuple[Draft, ...]:
    """Ask the rules in their order."""
    if deed.clause.supposed or _only_said(deed) or _long_past(deed, scene):
        return ()
    if (
        lemma(deed.verb) == "have"
        and deed.negated
        and any(c.dep_ == "xcomp" for c in deed.verb.children)
    ):
        return ()
    return first(RULES, deed, scene).drafts


def _only_said(deed: Deed) -> bool:
    """Tell whether it is a formula: "said only that it was following matters"."""
    return any(has_child(teller.verb, ("only",), "advmod") for teller in deed.by)


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def _long_past(deed: Deed, scene: Scene) -> bool:
    """Tell whether a reporter looks back: "they last fell out in 1998"."""
    if scene.unit.kind != "prose" or scene.issued or deed.modal or not deed.past or deed.by:
        return False
    verbs = {deed.verb.i, *(t.i for t in deed.verb.ancestors if deed.verb.dep_ in _RECALLED)}
    for token in deed.verb.sent:
        if token.dep_ == "pobj" and _YEAR.fullmatch(token.text):
            told = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token)
            if told.i in verbs and token.text != scene.parsed.report.date[:4]:
                return True
    return False


_RECALLED = ("advcl", "relcl")


def _predicates(sent: Sent) -> list[Token]:
    """Return the verbs of a sentence."""
    return [t for t in sent if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")]


def _unique(found: list[Draft]) -> list[Draft]:
    """Return drafts once each: of one kind, party and words."""
    seen: set[tuple[str, str, int, int]] = set()
    kept = []
    for draft in found:
        if not draft.content:
            continue
        key = (draft.kind, draft.party, draft.content[0].i, draft.content[-1].i)
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept
