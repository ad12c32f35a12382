"""Bargains and warnings without "if": "Give us a seat and …", "Otherwise …", "Whoever …"."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.deed import Deed, content_tokens
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone

_OPEN = listed("tied: open")


def bargain(deed: Deed, scene: Scene) -> tuple[Outcome, set[int]]:
    """Read "Give us a seat and we will let them in", "Leave, or we will make you"."""
    verb = deed.verb
    asks = deed.clause.mood == "order" or has_child(verb, ("let",), "aux")
    told = deed.verb.dep_ == "ccomp" and bool(deed.by)
    if not asks or not deed.voice.named or not (scene.quoted or scene.issued or told):
        return PASS, set()
    for then in kids(verb, "conj"):
        other = scene.deed(then)
        later = other.modal in ("will", "shall", "can", "could") or other.present
        if not later or not kids(then, "nsubj", "nsubjpass"):
            continue
        harms = any(low(c) == "or" for c in kids(verb, "cc")) or tone(then, scene.words) == "harm"
        yours = other.clause.subject is not None and low(other.clause.subject) == "you"
        harms = harms or (yours and lemma(then) in listed("tied: bargain"))
        if harms:
            content = [*content_tokens(verb), *content_tokens(then)]
            return claim("threat", deed, scene, "do this or", deed.voice, content), {verb.i, then.i}
        purpose = content_tokens(then)
        found = claim(
            "condition",
            deed,
            scene,
            "do this and",
            deed.voice,
            content_tokens(verb),
            purpose=purpose,
        )
        return found, {verb.i, then.i}
    return PASS, set()


_OTHERWISE = re.compile(
    r"^\W*(?:otherwise|failing that|if not|or else|if they (?:do not|don't|won't)|else)\b"
)


def otherwise(deed: Deed, scene: Scene) -> tuple[Outcome, set[int]]:
    """Read "Otherwise we go to court", "Failing that, we walk"."""
    turned = has_child(deed.verb, ("otherwise",), "advmod") and deed.verb.i > deed.verb.sent.start
    if not (turned or _OTHERWISE.match(deed.sentence)) or not deed.voice.named or not deed.spoken:
        return PASS, set()
    if deed.verb.dep_ not in ("ROOT", "ccomp") or not (deed.modal in _OPEN or deed.present):
        return PASS, set()
    if lemma(deed.verb) in scene.words.speech or deed.modal in ("can", "could"):
        return PASS, set()
    content = [t for t in deed.verb.subtree if not t.is_punct]
    return claim("threat", deed, scene, "otherwise", deed.voice, content), {deed.verb.i}


_FAILURES = listed("tied: failures")


def whoever(deed: Deed, scene: Scene) -> tuple[Outcome, set[int]]:
    """Read "whoever fires will …", "any club that fails will …"."""
    subject = deed.clause.subject
    if (
        subject is None
        or not deed.voice.named
        or has_child(deed.verb, ("not", "n't", "never"), "neg")
    ):
        return PASS, set()
    if deed.modal not in ("will", "shall") and not (deed.modal == "would" and deed.by):
        return PASS, set()
    phrase = [low(t) for t in subject.subtree]
    anyone = bool(listed("tied: whoever 3") & set(phrase[:2])) or low(subject) == "whoever"
    one_that = phrase[0] in ("a", "an") and any(t.dep_ == "relcl" for t in subject.children)
    anyone = anyone or (
        one_that and (scene.quoted or scene.issued) and deed.modal in ("will", "shall")
    )
    acts = (
        deed.verb.dep_ == "conj"
        or any(t.dep_ in ("relcl", "acl", "csubj") for t in subject.subtree)
        or subject.dep_ == "csubj"
    )
    fails = (
        lemma(subject) in _FAILURES
        and deed.modal in ("will", "shall")
        and (tone(deed.verb, scene.words) == "harm" or deed.lemma in listed("tied: whoever 2"))
    )
    if fails:
        return claim("threat", deed, scene, "failure will", deed.voice), {deed.verb.i}
    if not (anyone and acts) or deed.lemma in listed("tied: whoever"):
        return PASS, set()
    return claim("threat", deed, scene, "whoever", deed.voice), {deed.verb.i}
