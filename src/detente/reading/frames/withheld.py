"""Work, leave and room withheld, in a party's own words: what its people do not do."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, kids, low
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

_NOW = re.compile(r"\b(?:tonight|today|now|this (?:morning|evening|week)|yesterday)\b")


def stays_put(deed: Deed, scene: Scene) -> Outcome:
    """Read "we are staying", "we stay where we are"."""
    keeps = deed.lemma in ("stay", "remain") and deed.first and scene.quoted and deed.present
    if (
        keeps
        and not deed.negated
        and not deed.modal
        and deed.verb.dep_ in ("ROOT", "conj", "ccomp")
    ):
        return claim("refusal", deed, scene, "stays put")
    return PASS


def nobody_does(deed: Deed, scene: Scene) -> Outcome:
    """Read "from tonight nobody loads", "as of Friday no bus leaves": work or leave withheld."""
    subject = deed.clause.subject
    if subject is None or not deed.present or deed.clause.passive or deed.clause.supposed:
        return PASS
    none = low(subject) in ("nobody", "none") or has_child(subject, ("no",), "det")
    opens = [p for p in kids(deed.verb, "prep") if low(p) in ("from", "as", "until", "till")]
    dated = any(t.ent_type_ in ("DATE", "TIME") for p in opens for t in p.subtree)
    idle = deed.lemma in scene.words.stative | scene.words.speech
    if not (none and dated and (scene.quoted or scene.issued) and deed.voice.named) or idle:
        return PASS
    now = any(_NOW.search(" ".join(low(t) for t in p.subtree)) for p in opens)
    return claim("pressure" if now else "threat", deed, scene, "nobody does", deed.voice)


def not_doing(deed: Deed, scene: Scene) -> Outcome:
    """Read "we are not going there", "I'm not paying"."""
    doing = deed.verb.tag_ == "VBG" and deed.present and deed.negated and deed.first
    if not doing or not (scene.quoted or scene.issued) or deed.modal or deed.clause.supposed:
        return PASS
    idle = (
        scene.words.stative
        | scene.words.speech
        | scene.words.belief
        | listed("announced: not doing")
    )
    if (
        deed.lemma in idle
        or deed.verb.dep_ not in ("ROOT", "conj", "ccomp")
        or kids(deed.verb, "xcomp")
    ):
        return PASS
    return claim("refusal", deed, scene, "not doing")
