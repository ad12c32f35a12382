"""What a party has decided or is about to do: "voted to join the strike", "is set to sue"."""

from __future__ import annotations

from detente.reading.analysis.marks import has_child, is_negated, kids, low
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone


def decides(deed: Deed, scene: Scene) -> Outcome:
    """Read "voted to join the strike", "has resolved to reopen the gate", "decided not to pay"."""
    if deed.lemma not in listed("announced: deciding") or deed.negated or deed.modal:
        return PASS
    if not deed.known or deed.clause.supposed or not (deed.past or deed.present):
        return PASS
    for one in kids(deed.verb, "xcomp"):
        if not has_child(one, ("to",), "aux"):
            continue
        found = tone(one, scene.words)
        inner = scene.deed(one)
        if inner.keys & scene.words.act_accept and not inner.negated:
            return PASS
        if inner.object_words & scene.words.harm_nouns and inner.lemma == "join":
            found = "harm"
        if is_negated(one):
            return claim("refusal", deed, scene, "decides not to") if found == "good" else PASS
        if found == "harm":
            return claim("threat", deed, scene, "decides to harm")
        if found == "good":
            return claim("offer", deed, scene, "decides to do good")
    return PASS


def is_to(deed: Deed, scene: Scene) -> Outcome:
    """Read "is to ballot its members", "is set to sue", "plans to close"."""
    if not deed.known or deed.negated or deed.clause.supposed or not deed.present or deed.modal:
        return PASS
    inner = kids(deed.verb, "xcomp")
    if deed.unnamed and deed.lemma == "be":
        return PASS  # "the envoy is to leave within a day": somebody orders him
    if deed.lemma == "be":
        inner += [x for a in kids(deed.verb, "acomp", "attr") for x in kids(a, "xcomp", "acl")]
        inner = [
            x
            for x in inner
            if x.head.i == deed.verb.i or low(x.head) in listed("announced: about to")
        ]
    elif deed.lemma not in listed("announced: planning"):
        return PASS
    for one in inner:
        comes = scene.deed(one).keys & listed("announced: takes part")
        if comes and deed.lemma == "be" and has_child(one, ("to",), "aux"):
            return claim("acceptance", deed, scene, "is to come")
        if has_child(one, ("to",), "aux") and tone(one, scene.words) == "harm":
            return claim("threat", deed, scene, "is to")
    return PASS
