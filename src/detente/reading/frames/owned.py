"""What belongs to a party by a noun, in a clause whose subject is a thing.

"Its answer was no", "the plan has Kenya's blessing", "an inspection is the union's price for …",
"the Kenyan plan would give each side a lock", "nothing short of an inquiry will do".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.deed import Deed, Holder, content_tokens
from detente.reading.frames.draft import PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token


def owned(deed: Deed, scene: Scene) -> Outcome:
    """Read the positions that a noun gives to its owner."""
    if deed.clause.supposed or scene.authors_own(deed):
        return PASS
    rules = (_answer_is, _has_blessing, _price_is, _plan_would, _nothing_short, _comes_first)
    return first(rules, deed, scene)


def owner(noun: Token, deed: Deed, scene: Scene) -> Holder:
    """Return whose a noun is: "Kenya's answer", "the Kenyan plan", "the plan of Kenya", "our"."""
    for token in [*kids(noun, "poss"), *kids(noun, "amod", "compound", "nmod")]:
        if low(token) in ("our", "my"):
            return deed.voice if scene.quoted or scene.issued else Holder()
        who = scene.who(token)
        if who.party or (who.speaker and token.dep_ == "poss"):
            return Holder((who.party,) if who.party else (), who.speaker or "")
    return _from(kids(noun, "prep"), ("of", "from", "by"), scene)


def _from(preps: Sequence[Token], words: tuple[str, ...], scene: Scene) -> Holder:
    """Return the party that some prepositions bring."""
    for prep in preps:
        for token in kids(prep, "pobj") if low(prep) in words else ():
            if party := scene.party(token):
                return Holder((party,))
    return Holder()


def _answer_is(deed: Deed, scene: Scene) -> Outcome:
    """Read "Kenya's answer was a flat no", "the ministry's reply was yes"."""
    subject = deed.clause.subject
    if deed.lemma != "be" or subject is None or deed.modal or deed.negated:
        return PASS
    if lemma(subject) not in listed("owned: answers"):
        return PASS
    said = {low(t) for t in kids(deed.verb, "attr", "intj", "acomp", "det", "advmod")}
    said |= {low(c) for a in kids(deed.verb, "attr") for c in a.children}
    kind = "refusal" if "no" in said else "acceptance" if "yes" in said else None
    holder = owner(subject, deed, scene)
    if kind is None or not holder.named:
        return PASS
    return claim(kind, deed, scene, "answer is", holder)  # type: ignore[arg-type]


def _has_blessing(deed: Deed, scene: Scene) -> Outcome:
    """Read "the plan has Kenya's blessing", "the strike enjoys the mayor's support"."""
    if deed.lemma not in listed("owned: has") or deed.negated or deed.modal or deed.past:
        return PASS
    for noun in kids(deed.verb, "dobj"):
        given = scene.words.noun_acceptance | scene.words.noun_support
        holder = owner(noun, deed, scene)
        if lemma(noun) in given and kids(noun, "poss") and holder.named:
            subject = deed.clause.subject
            matter = subject is not None and lemma(subject) in scene.words.noun_offer
            if not matter and (not deed.who.party or deed.who.party in holder.parties):
                continue
            kind = "acceptance" if matter else "support"
            return claim(kind, deed, scene, "has blessing", holder, target=deed.who.party or "")  # type: ignore[arg-type]
    return PASS


def _price_is(deed: Deed, scene: Scene) -> Outcome:
    """Read "an inspection is Kenya's price for signing"."""
    subject = deed.clause.subject
    if deed.lemma not in ("be", "remain") or subject is None or deed.negated or deed.modal:
        return PASS
    for noun in kids(deed.verb, "attr"):
        goals = [p for p in kids(noun, "prep") if low(p) in ("for", "of")]
        holder = owner(noun, deed, scene)
        if lemma(noun) in listed("owned: price") and goals and holder.named:
            words, then = list(subject.subtree), [t for p in goals for t in p.subtree]
            return claim("condition", deed, scene, "price is", holder, words, purpose=then)
    return PASS


def _plan_would(deed: Deed, scene: Scene) -> Outcome:
    """Read "Kenya's proposal would give …", "under the Kenyan plan each side would keep …"."""
    subject = deed.clause.subject
    if deed.negated or deed.verb.dep_ in ("relcl", "acl", "advcl"):
        return PASS
    plans = scene.words.noun_offer & listed("owned: plans")
    gives = deed.modal in ("would", "will") or deed.lemma in listed("owned: provides")
    if gives and subject is not None and lemma(subject) in plans and not deed.clause.passive:
        holder = owner(subject, deed, scene)
        if holder.named:
            return claim("offer", deed, scene, "plan would", holder)
    for prep in kids(deed.verb, "prep") if deed.modal in ("would", "will") else ():
        for noun in kids(prep, "pobj") if low(prep) in ("under", "by") else ():
            holder = owner(noun, deed, scene)
            if lemma(noun) in plans and holder.named:
                return claim("offer", deed, scene, "under the plan", holder)
    return PASS


def _nothing_short(deed: Deed, scene: Scene) -> Outcome:
    """Read "nothing short of an inquiry will do", "nothing less than the truth is enough"."""
    subject = deed.clause.subject
    if subject is None or low(subject) != "nothing" or not deed.voice.named:
        return PASS
    words = [low(t) for t in subject.subtree][1:3]
    if words[:1] in (["short"], ["less"]) and words[1:] in (["of"], ["than"]):
        return claim("demand", deed, scene, "nothing short", deed.voice)
    return PASS


def _comes_first(deed: Deed, scene: Scene) -> Outcome:
    """Read "for Kenya the removal of the pumps comes first", "the tents have to go first"."""
    first = has_child(deed.verb, ("first",), "advmod") and deed.lemma in listed("owned: first")
    subject = deed.clause.subject
    if not first or subject is None or deed.negated or deed.past or deed.who.party:
        return PASS
    whose = _from(kids(deed.verb, "prep"), ("for",), scene)
    holder = whose if whose.named else deed.voice if deed.spoken else Holder()
    if not holder.named or low(subject) in ("it", "that", "this", "i", "we"):
        return PASS
    return claim("demand", deed, scene, "comes first", holder, content_tokens(deed.verb))
