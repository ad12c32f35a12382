"""How a rule says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.reading.claims import Kind
from detente.reading.frames.addressee import addressee
from detente.reading.frames.deed import Deed, Holder, content_tokens, trimmed
from detente.reading.frames.draft import Draft, Outcome
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

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
    if not whose.counts:
        return Outcome((), True)
    words = tuple(trimmed(content or content_tokens(deed.verb, speech=scene.words.speech)))
    if kind not in ("silence", "event") and any(t.lower_ == "anonymity" for t in words):
        return Outcome((), True)  # what somebody tells who would not be named
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
