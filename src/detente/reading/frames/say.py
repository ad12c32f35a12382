"""How a rule says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import above, low
from detente.reading.claims import Kind
from detente.reading.frames.addressee import addressee
from detente.reading.frames.deed import Deed, Holder, content_tokens, trimmed
from detente.reading.frames.draft import Draft, Outcome
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.unreal import long_past

if TYPE_CHECKING:
    from spacy.tokens import Token


def claim(
    kind: Kind,
    deed: Deed,
    scene: Scene,
    rule: str,
    holder: Holder | None = None,
    content: Sequence[Token] = (),
    *,
    target: str = "",
    purpose: Sequence[Token] = (),
    cue: Sequence[Token] = (),
) -> Outcome:
    """Return one claim for each party that holds it; nothing where it does not count.

    Parameters
    ----------
    kind : str
        Of the claim.
    deed : Deed
        The clause.
    scene : Scene
        Where it stands.
    rule : str
        The name of the rule.
    holder : Holder, optional
        Whose it is; the doer's if not given.
    content : sequence of Token
        The words that carry it; the clause's if not given.
    target : str
        To whom, where the rule knows.
    purpose : sequence of Token
        For a condition: what would be done then.
    cue : sequence of Token
        The words that show the kind; the predicate if not given.
    """
    whose = holder or deed.doer
    if not whose.counts or (deed.past and long_past(deed.verb, scene.parsed.report.date)):
        return Outcome((), True)
    words = tuple(trimmed(content or content_tokens(deed.verb, speech=scene.words.speech)))
    words = _with_list(words, deed.verb) if kind in _LAID_OUT else words
    hidden = next((t for t in words if t.lower_ == "anonymity"), None)
    if hidden is not None and kind not in ("silence", "event"):
        return Outcome((), True)  # what somebody tells who would not be named
    if hidden is not None:
        tag = next((t for t in above(hidden) if t.pos_ == "VERB"), hidden)
        own = {t.i for t in deed.verb.subtree} if tag.i != deed.verb.i else {t.i for t in words}
        inside = {t.i for t in tag.subtree} if tag in deed.verb.subtree else set()
        words = tuple(trimmed([t for t in words if t.i in own - inside])) or words
    drafts = []
    for party in whose.parties or ("",):
        to = target or addressee(kind, deed, scene, party)
        to = "" if to == party else to
        drafts.append(
            Draft(
                kind,
                party,
                whose.speaker,
                to,
                words,
                tuple(cue) or (deed.verb,),
                tuple(trimmed(purpose)),
                rule,
                answered(kind, deed, scene),
                event_type(kind, deed, scene),
            )
        )
    return Outcome(tuple(drafts), True)


_LAID_OUT = ("demand", "offer", "condition", "threat", "concession", "acceptance")
"""Kinds whose matter may stand behind a colon."""


def _with_list(words: tuple[Token, ...], verb: Token) -> tuple[Token, ...]:
    """Return the words with what a colon brings: "proposes a way round: half now, half in May"."""
    end = words[-1].i + 1 if words else verb.sent.end
    if end >= verb.sent.end or low(verb.doc[end]) != ":" or verb.i > end:
        return words
    return tuple(trimmed([*words, *verb.doc[end + 1 : verb.sent.end]]))


_POINTING = listed("say: pointing")


def answered(kind: Kind, deed: Deed, scene: Scene) -> str:
    """Return what the words say is answered: an offer, a demand, any; empty for nothing."""
    if kind not in ("refusal", "acceptance", "silence"):
        return ""
    words = scene.words
    near = deed.object_words | deed.after | deed.suffers
    if near & (words.noun_offer - listed("say: answered")):
        return "offer"
    if near & words.noun_demand:
        return "demand"
    bare = len([t for t in deed.verb.sent if t.is_alpha]) <= 4
    return "any" if deed.object_words & _POINTING or bare or kind == "silence" else ""


def event_type(kind: Kind, deed: Deed, scene: Scene) -> str:
    """Return the PLOVER type of a deed: violence, a meeting, yielding."""
    if kind not in ("event", "pressure"):
        return ""
    if deed.keys & scene.words.violent and kind == "event":
        return "ASSAULT"
    return "CONSULT" if kind == "event" and deed.keys & scene.words.meet else ""
