"""Demands with a day: "gave the board until Friday to …", "has 48 hours to go"."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed


def deadline(deed: Deed, scene: Scene) -> Outcome:
    """Read "gave the board until Friday to", "have 48 hours to go"."""
    if deed.negated or deed.clause.supposed or deed.modal not in ("", "will"):
        return PASS
    text = str(deed.text)
    until = re.search(
        r"\b(?:until|till|by) (?:\w+ ){0,3}(?:noon|midnight|\d|mon|tues|wednes|thurs"
        r"|fri|satur|sun|january|february|march|april|may|june|july|august|september"
        r"|october|november|december|tomorrow|tonight|dawn|the end)",
        text,
    )
    hours = re.search(
        r"\b(?:\d+|two|three|four|five|ten|twelve|24|48|72|one|a|an) (?:hours?|days?"
        r"|weeks?|months?)\b",
        text,
    )
    to_do = any(has_child(t, ("to",), "aux") for t in deed.verb.subtree if t.pos_ == "VERB")
    ultimatum = bool(deed.object_words & {"deadline", "ultimatum"})
    sets = deed.lemma in listed("demands: deadline")
    if ultimatum and sets and deed.known and not deed.clause.passive:
        return claim("demand", deed, scene, "deadline")
    if not (until or (hours and to_do)):
        return PASS
    if (
        deed.lemma in listed("demands: deadline 2")
        and deed.known
        and to_do
        and not deed.clause.passive
    ):
        return claim("demand", deed, scene, "deadline")
    if (
        deed.lemma == "have"
        and deed.spoken
        and deed.voice.named
        and (until or hours)
        and to_do
        and not deed.first
    ):
        if deed.who.party and deed.who.party in deed.voice.parties:
            return PASS
        return claim("demand", deed, scene, "deadline", deed.voice, target=deed.who.party or "")
    return PASS
