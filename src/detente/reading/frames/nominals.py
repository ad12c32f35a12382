"""Acts that a noun names wherever it stands: "its refusal to …", "a request by Norland for …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import Clause, is_negated, is_supposed, kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.deed import NOBODY, Deed, Holder
from detente.reading.frames.draft import Draft
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone
from detente.reading.lexicon import load

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent
    from spacy.tokens import Token

_VAGUE = listed("nominals: vague")
_UNDONE = listed("nominals: undone")
_OWNED = ("by", "from", "of")
_PLACES = (
    "dobj",
    "nsubj",
    "nsubjpass",
    "pobj",
    "appos",
    "attr",
    "conj",
    "ROOT",
    "nmod",
    "oprd",
    "dep",
)
"""Where in a sentence such a noun stands."""


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Return nouns to their class and the words that bring what they are about."""
    rows = ((noun, meaning.split()) for noun, meaning in load().meanings["nominals"].items())
    return {noun: (words[0], frozenset(words[1:])) for noun, words in rows}


def nominals(sent: Sent, scene: Scene, found: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the acts that nouns of a sentence name, with whose they are.

    Parameters
    ----------
    sent : Span
        The sentence.
    scene : Scene
        Where it stands.
    found : sequence of Draft
        What the sentence's verbs have given: the same act is not told twice.
    """
    for noun in sent:
        known = _nouns().get(low(noun)) or _nouns().get(lemma(noun))
        if noun.pos_ != "NOUN" or known is None or noun.dep_ not in _PLACES:
            continue
        label, brings = known
        about = _about(noun, brings)
        if not about and "bare" not in brings:
            continue
        kind = _kind(label, noun, about, scene)
        if kind is None or _unsaid(noun):
            continue
        holder = _holder(noun, about, scene)
        if not holder.parties or _told(kind, holder, noun, found, scene):
            continue
        yield from _say(kind, noun, about, holder, scene)


def _about(noun: Token, brings: frozenset[str]) -> list[Token]:
    """Return the heads of what a noun is about."""
    found = []
    near = list(noun.children)
    for prep in kids(noun, "prep", "agent"):
        # "a request by Norland for a visit": the parser gives Norland the "for"
        if low(prep) in _OWNED:
            near += [c for owner in kids(prep, "pobj") for c in owner.children]
    if noun.dep_ == "dobj":
        near += [c for c in noun.head.children if c.dep_ == "prep" and c.i == noun.right_edge.i + 1]
    for child in near:
        if child.i < noun.i:
            continue
        clausal = child.dep_ in ("acl", "ccomp", "relcl") and child.pos_ in ("VERB", "AUX")
        marks = {low(c) for c in child.children if c.dep_ in ("aux", "mark")}
        clause = clausal and bool(marks & {"to", "that"} & brings)
        if clause or (child.dep_ == "prep" and low(child) in brings):
            found.append(child)
    return found


def _kind(label: str, noun: Token, about: Sequence[Token], scene: Scene) -> Kind | None:
    """Return the kind of position that a noun names, by what it is about."""
    words, near = scene.words, {w for a in about for t in a.subtree for w in (low(t), lemma(t))}
    inner = next((a for a in about if a.pos_ in ("VERB", "AUX")), None)
    does = tone(inner, words) if inner is not None else "none"
    if label == "plan":
        harms = inner is not None and does == "harm"
        return "threat" if harms else None
    if label == "drop":
        return "concession" if near & (words.demand_nouns | words.harm_nouns) else None
    if label == "ease":
        return "concession" if near & words.harm_nouns else None
    if label == "free":
        return None
    if label == "offer" and does == "harm" and inner is not None and not is_negated(inner):
        return "threat"
    if label == "threat" and lemma(noun) == "warning" and not near & words.harm_nouns:
        return None
    return label  # type: ignore[return-value]


def _unsaid(noun: Token) -> bool:
    """Tell whether there is none of it, it is any of it, or its sentence undoes it."""
    near = [c for c in noun.children if c.i < noun.i]
    if any(low(c) in ("no", "any", "every", "such") or low(c) in _VAGUE for c in near):
        return True
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and lemma(head) in _UNDONE:
        return True
    through = noun.dep_ == "pobj" and head.head.pos_ == "VERB" and lemma(head.head) in _UNDONE
    there = noun.dep_ in ("attr", "nsubj") and kids(head, "expl")
    return through or bool(there) or (noun.dep_ in ("nsubjpass", "dobj") and is_supposed(noun.head))


def _holder(noun: Token, about: Sequence[Token], scene: Scene) -> Holder:
    """Return whose act a noun names."""
    taken = {a.i for a in about}
    for token in kids(noun, "poss"):
        if low(token) in ("our", "my") and (scene.quoted or scene.issued):
            who = scene.holder
        else:
            who = scene.who(token)
        if who.kind not in ("street", "anon", "second") and (who.party or who.speaker):
            return Holder((who.party,) if who.party else (), who.speaker or "")
        return Holder()
    for prep in kids(noun, "prep", "agent"):
        if low(prep) in _OWNED and (prep.i not in taken or low(prep) != "of"):
            for token in kids(prep, "pobj"):
                who = scene.who(token)
                if who.party:
                    return Holder((who.party,), who.speaker or "")
    for act in kids(noun, "acl"):
        for agent in kids(act, "agent"):
            for token in kids(agent, "pobj"):
                if party := scene.party(token):
                    return Holder((party,))
    for token in kids(noun, "amod", "compound", "nmod"):
        if token.pos_ in ("PROPN", "ADJ") and (party := scene.party(token)):
            return Holder((party,))
    return Holder()


def _told(kind: Kind, holder: Holder, noun: Token, found: Sequence[Draft], scene: Scene) -> bool:
    """Tell whether the sentence's verbs have given it, or the report has named it before."""
    for draft in found:
        answers = draft.kind in ("refusal", "acceptance", "silence") and kind != draft.kind
        if draft.party in holder.parties and noun in draft.content and not answers:
            return True
    key = (kind, holder.parties[0], lemma(noun))
    if key in scene.named:
        return True
    scene.named.add(key)
    return False


def _say(
    kind: Kind, noun: Token, about: Sequence[Token], holder: Holder, scene: Scene
) -> Iterator[Draft]:
    """Yield the claim of a noun."""
    marks = Clause(noun, None, False, "", "none", False, "real", frozenset([lemma(noun)]))
    deed = Deed(marks, NOBODY, (), holder, holder, False)
    inside = [t for t in noun.subtree if not _aside(t, noun)]
    inside += [t for a in about if a.head.i == noun.head.i for t in a.subtree]
    target = _target(noun, about, holder, scene)
    yield from claim(kind, deed, scene, "named", holder, inside, target=target, cue=[noun]).drafts


def _aside(token: Token, noun: Token) -> bool:
    """Tell whether a word belongs to a relative clause or an apposition of the noun."""
    while token.i != noun.i:
        if token.head.i == noun.i and token.dep_ in ("relcl", "appos", "conj", "cc"):
            return True
        token = token.head
    return False


def _target(noun: Token, about: Sequence[Token], holder: Holder, scene: Scene) -> str:
    """Return to whom: "to the union", "on both", the subject of what is asked, whose it is."""
    for prep in kids(noun, "prep"):
        if low(prep) in ("to", "on", "against", "from", "with"):
            for token in kids(prep, "pobj"):
                if (party := scene.party(token)) and party not in holder.parties:
                    return party
    for one in about:
        for token in one.subtree:
            if token.dep_ in ("nsubj", "nsubjpass", "pobj", "poss", "dobj", "amod"):
                party = scene.party(token)
                if party and party not in holder.parties:
                    return party
    return ""
