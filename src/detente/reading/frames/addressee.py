"""To whom something is said or done: by the words, never "the other main party"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.deed import Deed
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = (
    "to",
    "from",
    "on",
    "upon",
    "against",
    "with",
    "at",
    "of",
    "toward",
    "towards",
    "for",
    "by",
)


def addressee(kind: Kind, deed: Deed, scene: Scene, party: str) -> str:
    """Return to whom a claim is directed; empty where the words do not say.

    Asked in this order: who is told, of whom a deed is asked, whose offer or demand is answered,
    who is named behind the verb, and for some kinds who is named elsewhere in the clause.
    """
    for found in (
        *_told(deed, scene),
        *_asked(kind, deed, scene),
        *_owners(kind, deed, scene),
        *_behind(deed, scene),
        *_anywhere(kind, deed, scene),
    ):
        if found and found != party:
            return found
    return ""


def _told(deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield who is told: "warned the union that …", "urged both sides to …"."""
    for one in (deed.verb, *(a.verb for a in deed.by)):
        for token in kids(one, "dative"):
            yield _of_phrase(token, scene)
        if kids(one, "ccomp", "xcomp"):
            for token in kids(one, "dobj"):
                yield scene.party(token)


def _asked(kind: Kind, deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield of whom a deed is asked: the subject of what must, should or is demanded to be done."""
    if kind not in ("demand", "condition", "threat"):
        return
    if deed.modal in ("must", "should") and deed.clause.subject is not None:
        yield scene.party(deed.clause.subject)
    for inner in deed.inner:
        for token in kids(inner, "nsubj"):
            yield scene.party(token)
        for agent in kids(inner, "agent"):
            yield from (scene.party(p) for p in kids(agent, "pobj"))


def _owners(kind: Kind, deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield whose offer, demand or deed is answered: "rejected the union's offer"."""
    for token in deed.objects:
        yield from _owned(token, scene)
    for prep in kids(deed.verb, "prep"):
        if low(prep) in listed("addressee: owners"):
            for token in kids(prep, "pobj"):
                yield from _owned(token, scene)


def _owned(noun: Token, scene: Scene) -> Iterator[str]:
    """Yield the owner of a noun, and who it comes from: "a proposal by the army"."""
    for c in kids(noun, "poss", "compound", "amod", "nmod"):
        yield scene.party(c)
    for prep in kids(noun, "prep", "agent"):
        if low(prep) in listed("addressee: owned"):
            yield from (scene.party(p) for p in kids(prep, "pobj"))
    for clause in kids(noun, "acl", "relcl"):
        for token in (
            *kids(clause, "nsubj"),
            *(p for a in kids(clause, "agent") for p in kids(a, "pobj")),
        ):
            yield scene.party(token)


def _behind(deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield who is named by the verb's own objects and prepositions."""
    for token in kids(deed.verb, "dobj", "dative", "iobj"):
        yield scene.party(token)
    if deed.clause.passive and deed.clause.subject is not None:
        yield scene.party(deed.clause.subject)
    for prep in kids(deed.verb, "prep"):
        if low(prep) in _TOWARDS and not (
            low(prep) in ("to", "from", "at", "on") and deed.lemma in _MOVING
        ):
            for token in kids(prep, "pobj"):
                yield scene.party(token)


def _of_phrase(token: Token, scene: Scene) -> str:
    """Return the party of a dative, which may be a preposition."""
    if token.dep_ == "dative" and token.pos_ == "ADP":
        return next((scene.party(p) for p in kids(token, "pobj")), "")
    return scene.party(token)


_PLACES = (
    "nsubj",
    "nsubjpass",
    "dobj",
    "dative",
    "pobj",
    "poss",
    "compound",
    "amod",
    "appos",
    "conj",
    "attr",
)


def _is_object(kind: Kind, token: Token) -> bool:
    """Tell whether what is asked is only about a party: "that the sanctions against it end"."""
    return kind in ("demand", "condition") and any(
        low(a) == "against" and a.head.pos_ == "NOUN" for a in token.ancestors
    )


def _anywhere(kind: Kind, deed: Deed, scene: Scene) -> Iterator[str]:
    """Yield who else is named in the clause, after the verb first."""
    if kind == "threat":  # "duties on American grain" hurt America
        for token in deed.verb.subtree:
            if token.dep_ in ("pobj", "dobj") and token.pos_ == "NOUN":
                yield scene.world.owner(token, scene.unit, scene.parsed) or ""
    if kind not in _ELSEWHERE:
        return
    about: set[int] = set()
    if deed.modal in ("must", "should") and deed.clause.subject is not None:
        # "the sanctions against X should end" asks nothing of X
        about = {t.i for t in deed.clause.subject.subtree}
    order = sorted(
        (
            t
            for t in deed.verb.subtree
            if t.i not in about and t.pos_ in ("PROPN", "NOUN", "ADJ", "PRON") and t.dep_ in _PLACES
        ),
        key=lambda t: (t.i < deed.verb.i, abs(t.i - deed.verb.i)),
    )
    for token in order:
        if lemma(token) in ("it", "this", "that", "there") or _is_place(token):
            continue
        if _is_object(kind, token):
            continue
        who = scene.who(token)
        if who.kind in ("party", "person") and who.party and who.party != who.speaker:
            yield who.party


_ELSEWHERE = listed("addressee: anywhere")
_MOVING = listed("addressee: moving")
_IN = listed("addressee: in")


def _is_place(token: Token) -> bool:
    """Tell whether a name only says where: "in Reykjavik", "flew to Doha"."""
    head = token.head
    if token.dep_ != "pobj":
        return False
    return low(head) in _IN or (low(head) in ("to", "from", "on") and lemma(head.head) in _MOVING)
