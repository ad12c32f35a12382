"""Silence: an offer or a letter that is left without an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, is_negated, kids, lemma, low
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import NOTHING, PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_MUTE = re.compile(
    r"\bnothing to say (?:about|on|to)\b"
    r"|\bwithout (?:a|an|any|one|so much as an?) (?:word|answer|reply|response|acknowledge?ment)\b"
    r"|\bnot so much as (?:acknowledged?|answer(?:ed)?|repl(?:y|ied)|open(?:ed)?)\b"
    r"|\b(?:kept|keeps?|keeping|stayed|stays|remain(?:s|ed|ing)?|fell|fallen|fallen"
    r"|went|gone|is|are|was|been) (?:mum|silent|quiet|mute)\b"
    r"|\b(?:took|taken|takes?|taking) (?:due )?note of\b"
    r"|\bnot (?:yet )?(?:given|stated|made known|taken|declared|announced) (?:its"
    r"|their|his|her|a|any) (?:position|view|answer|stance|decision)\b"
    r"|\b(?:left|leaves?|leaving|lies|lay|lain|went|gone|goes|remain(?:s"
    r"|ed)?) (?:\w+ ){0,4}unanswered\b"
    r"|\b(?:met|greeted|answered|received) (?:\w+ ){0,2}(?:with|by) (?:\w+ )?silence\b"
    r"|\bnot (?:yet )?(?:made up (?:its|their|his|her) mind|said (?:yes or no"
    r"|either yes or no|whether))\b"
    r"|\b(?:did|does|has|have|had|would|will) not (?:yet )?(?:say|said"
    r"|saying) whether (?:it|they|he|she|we)\b"
    r"|\bma(?:de|kes) no mention of\b|\bnon ?-? ?committal\b|\blips (?:are|were) sealed\b"
    r"|\bunder (?:review|consideration|study|advisement)\b|\bnot (?:been )?returned\b(?= |$)"
    r"|\bnot be drawn on\b|\bfailed to mention\b"
    r"|\bsaid (?:\w+ ){0,3}nothing (?:yet )?(?:about|on|of)\b"
    r"|\bneither (?:accepted|agreed|said yes) nor\b"
    r"|\bnot so much as (?:an?|one|the) (?:\w+ ){0,2}(?:receipt|acknowledge?ment|reply|answer|word"
    r"|line|note|call|message|postcard|letter)\b"
    r"|\bnothing (?:has|had|was|is|had yet) (?:\w+ )?(?:been )?(?:heard|come back|come)\b"
)
_STUDY = listed("silences: study")
_LATER = re.compile(
    r"\b(?:in due (?:course|time)|later|in (?:its|our|their|his|her) own time"
    r"|another day|when (?:the time|it) )\b"
)
_PRESS = listed("silences: press")


def silence(deed: Deed, scene: Scene) -> Outcome:
    """Read an offer, letter or question that gets no answer; formulas of the press are nothing."""
    found = _holder(deed, scene)
    if found is None:
        return PASS
    words = {w for t in deed.verb.subtree for w in (low(t), lemma(t))}
    if words & _PRESS or scene.question or scene.authors_own(deed):
        return NOTHING
    return claim("silence", deed, scene, "silence", found)


def _holder(deed: Deed, scene: Scene) -> Holder | None:
    """Return who is silent; None where nobody is."""
    if deed.clause.supposed:
        return None
    text = deed.text
    if (noun := _no_answer(deed, scene)) is not None:
        return _giver(deed, noun, scene)
    if not deed.doer.counts:
        return None
    if deed.lemma in scene.words.answer and _unanswered(deed, text):
        if deed.clause.passive and not kids(deed.verb, "agent"):
            last = scene.last
            answered = last is not None and last.kind in ("demand", "offer", "condition")
            return Holder((last.target,) if last and answered and last.target else ())
        return deed.doer
    if deed.lemma == "wait" and has_child(deed.verb, ("still",), "advmod") and deed.first:
        near = [p for p in kids(deed.verb, "prep") if low(p) in ("from", "for")]
        other = next((x for p in near for t in kids(p, "pobj") if (x := scene.party(t))), "")
        return Holder((other,) if other else ()) if deed.present else None
    lies = deed.lemma in listed("silences: holder 2") and _MUTE.search(text)
    if ("unanswered" in text.split() or lies) and deed.who.kind == "thing":
        return _at_the_other_end(deed, scene)
    if _MUTE.search(text) and not deed.modal and _is_nearest(deed, text):
        noted = deed.keys & {"take note"} and not {low(t) for t in deed.verb.subtree} & (
            scene.words.noun_offer | {"letter", "request", "demand"}
        )
        return None if noted else deed.doer
    objects = deed.object_words
    post = listed("silences: holder")
    asked = objects & (scene.words.noun_offer | post)
    if deed.lemma == "ignore" and not deed.negated and not deed.modal and asked:
        return deed.doer
    taken = deed.keys & listed("silences: holder 3") and deed.negated and "up" in text.split()
    if taken and not deed.modal:
        return deed.doer
    studied = deed.lemma in _STUDY and objects & scene.words.noun_offer and not deed.negated
    if (
        studied
        and deed.known
        and (deed.verb.tag_ == "VBG" or deed.modal == "will" or (deed.modal == "would" and deed.by))
    ):
        return deed.doer
    return None


def _at_the_other_end(deed: Deed, scene: Scene) -> Holder:
    """Return whose answer is missing: "unanswered in Nairobi", "a letter to Kenya"."""
    subject = deed.clause.subject
    preps = [
        *kids(deed.verb, "prep"),
        *(p for a in kids(deed.verb, "acomp", "oprd") for p in kids(a, "prep", "agent")),
    ]
    theirs = kids(subject, "prep") if subject is not None else []
    preps += [p for p in theirs if low(p) != "by"]
    for prep in preps:
        if low(prep) in ("in", "by", "to", "at"):
            for token in kids(prep, "pobj"):
                if party := scene.party(token):
                    return Holder((party,))
    return Holder()


def _is_nearest(deed: Deed, text: str) -> bool:
    """Tell whether the mute phrase is this verb's, not that of a clause inside."""
    own = {deed.lemma, low(deed.verb)}
    found = _MUTE.search(text)
    if found is None:
        return False
    return bool(own & set(found[0].split())) or deed.lemma in listed("silences: is nearest")


def _unanswered(deed: Deed, text: str) -> bool:
    """Tell whether a verb of answering is denied, not yet done, or put off."""
    if deed.negated and deed.modal not in ("could", "can"):
        return True
    head = deed.verb.head
    if deed.verb.dep_ == "xcomp" and (
        lemma(head) in ("fail", "omit")
        or is_negated(head)
        or "yet" in {low(t) for t in head.subtree}
    ):
        return True
    return deed.modal in ("will", "shall") and bool(_LATER.search(text))


def _no_answer(deed: Deed, scene: Scene) -> Token | None:
    """Return the noun of an answer that did not come."""
    for token in deed.verb.subtree:
        if lemma(token) not in scene.words.answer_nouns or token.pos_ != "NOUN":
            continue
        if token.head.i != deed.verb.i and token.head.head.i != deed.verb.i:
            continue
        yet = deed.verb.dep_ == "xcomp" and "yet" in {low(c) for c in deed.verb.head.children}
        none = has_child(token, ("no",), "det", "neg") or "not" in {
            low(t) for t in list(token.subtree)[:2]
        }
        some = has_child(token, ("any", "a", "an", "its", "their", "his", "her"), "det", "poss")
        if none or (some and (deed.negated or yet)):
            return token
    return None


def _giver(deed: Deed, noun: Token, scene: Scene) -> Holder | None:
    """Return who did not give the answer."""
    near = [
        *kids(noun, "prep"),
        *kids(deed.verb, "prep"),
        *(p for c in deed.verb.children for p in kids(c, "prep")),
    ]
    near += [p for a in deed.by for p in kids(a.verb, "prep")]
    source = next((p for p in near if low(p) in ("from", "by") and kids(p, "pobj")), None)
    if source is not None:
        who = scene.who(kids(source, "pobj")[0])
        return Holder((who.party,) if who.party else (), who.speaker or "", who.kind != "street")
    if deed.lemma in ("receive", "get", "hear", "have"):
        other = scene.other(deed.doer.parties, deed.verb)
        return Holder((other,) if other else (), "", deed.doer.counts)
    if deed.lemma in listed("silences: giver"):
        return deed.doer
    if deed.lemma in ("be", "come", "follow", "arrive"):
        return Holder()
    return deed.doer if deed.known and deed.doer.counts else None
