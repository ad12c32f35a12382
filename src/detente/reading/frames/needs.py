"""Demands that no verb of asking brings: what a party needs, is after, would like or expects."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, kids, lemma, low, subject_of
from detente.reading.frames.deed import Deed, whole_sentence
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

_SOUGHT = listed("demands: sought")
_WHATEVER = re.compile(r"(?:and |but )?(?:all|what) ", re.IGNORECASE)


def needs(deed: Deed, scene: Scene) -> Outcome:
    """Read "what we need is a date", "we need guarantees"."""
    own_words = scene.quoted or scene.issued
    if deed.lemma != "need" or not deed.first or deed.negated or deed.modal or not own_words:
        return PASS
    if kids(deed.verb, "xcomp") and not kids(deed.verb, "dobj"):
        return PASS
    root = deed.verb
    while root.head.i != root.i and root.dep_ in ("csubj", "ccomp", "relcl"):
        root = root.head
    content = whole_sentence(root) if root.i != deed.verb.i else ()
    return claim("demand", deed, scene, "needs", None, content)


def is_needed(deed: Deed, scene: Scene) -> Outcome:
    """Read "there is a need for the state to lift the ban", where a party says so."""
    needs = [t for t in kids(deed.verb, "attr") if lemma(t) == "need"]
    if deed.lemma != "be" or not kids(deed.verb, "expl") or not needs:
        return PASS
    asked = [c for c in kids(needs[0], "relcl", "advcl", "acl") if has_child(c, ("for",), "mark")]
    plain = (
        not deed.negated and not deed.clause.supposed and has_child(needs[0], ("a", "an"), "det")
    )
    if not asked or not plain or not deed.voice.named or not deed.spoken:
        return PASS
    subject = subject_of(asked[0])
    target = scene.party(subject) if subject is not None else ""
    words = [t for t in asked[0].subtree if t.dep_ != "mark"]
    return claim("demand", deed, scene, "is needed", deed.voice, words, target=target or "")


def is_entitled(deed: Deed, scene: Scene) -> Outcome:
    """Read "the crew is entitled to back pay", "we have a right to the books", said by a party."""
    if deed.negated or deed.modal or not deed.spoken or not deed.voice.named:
        return PASS
    own = deed.first or not deed.who.party or deed.who.party in deed.voice.parties
    entitled = deed.lemma == "be" and has_child(deed.verb, ("entitled",), "acomp")
    entitled = entitled or (deed.lemma == "entitle" and deed.clause.passive)
    return claim("demand", deed, scene, "is entitled", deed.voice) if own and entitled else PASS


def is_after(deed: Deed, scene: Scene) -> Outcome:
    """Read "the club is after a longer lease", "what the club is after is …", "looks for …"."""
    if deed.negated or deed.modal or not deed.known or deed.clause.supposed or not deed.present:
        return PASS
    after = [p for p in kids(deed.verb, "prep", "mark", "advmod") if low(p) == "after"]
    things = [o for p in after for o in kids(p, "pobj") if o.ent_type_ not in ("DATE", "TIME")]
    asked = deed.lemma == "be" and bool(things)
    root = deed.verb.head
    if deed.verb.dep_ in ("csubj", "ccomp") and _WHATEVER.match(deed.verb.sent.text):
        wants = {low(t) for t in deed.verb.subtree} & {"after", "want", "demand", "seek", "asking"}
        if wants and root.lemma_ == "be":
            content = [t for t in root.subtree if t.i > root.i and not t.is_punct]
            return claim("demand", deed, scene, "what is asked", None, content)
    going = deed.verb.tag_ == "VBG" and deed.lemma in listed("demands: going for")
    asked = asked or (going and any(low(p) == "for" for p in kids(deed.verb, "prep")))
    return claim("demand", deed, scene, "is after") if asked else PASS


def would_like(deed: Deed, scene: Scene) -> Outcome:
    """Read "would like to see it widened", "should be grateful to have the keys back"."""
    if deed.negated or deed.modal not in ("would", "should") or not deed.known:
        return PASS
    if deed.clause.supposed or {low(t) for t in deed.verb.subtree} & scene.words.press:
        return PASS
    at = [deed.verb] if deed.lemma in ("like", "love", "prefer", "want", "wish") else []
    if deed.lemma == "be":
        at = [a for a in kids(deed.verb, "acomp") if low(a) in listed("demands: grateful")]
    for one in at:
        for inner in kids(one, "xcomp", "ccomp", "advcl"):
            seen = lemma(inner) in ("see", "have", "receive", "get", "be", "know")
            other = bool(kids(inner, "nsubj", "nsubjpass"))
            if (seen and (kids(inner, "dobj", "ccomp", "xcomp") or other)) or other:
                return claim("demand", deed, scene, "would like")
    return PASS


def expects(deed: Deed, scene: Scene) -> Outcome:
    """Read "expects a guarantee from any owner", "needs a crossing", "is owed an answer"."""
    if deed.negated or deed.modal or not deed.known or deed.first or deed.clause.supposed:
        return PASS
    if not (deed.present or deed.by) or deed.clause.passive:
        return PASS
    things = deed.object_words & (scene.words.benefit_nouns | _SOUGHT | listed("demands: due"))
    if deed.lemma in ("expect", "need", "require", "await") and things:
        return claim("demand", deed, scene, "expects")
    return PASS
