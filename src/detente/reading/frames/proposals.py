"""Offers and threats in so many words."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import (
    clause,
    has_child,
    is_negated,
    is_wished,
    kids,
    lemma,
    low,
)
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone

_SOCIAL = listed("announced: social")
_CONSEQUENCE = re.compile(
    r"\b(?:consequences?|regret|price|dearly|answer for|held responsible"
    r"|reserves? (?:the|all|its|our|their) rights?|no (?:other )?(?:choice|option"
    r"|alternative) (?:but|than))\b"
)
_TALKS = listed("announced: talks")
_WHAT_WE = re.compile(
    r"(?:and |but )?what (?:i|we|it|they|he|she) (?:can|could|would|will)"
    r" (?:do|offer|give|pay)\b"
)


def offer(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party lays before another."""
    rules = (_offers, _puts_forward, _ready, _promised_now)
    return first(rules, deed, scene)


def _offers(deed: Deed, scene: Scene) -> Outcome:
    """Read "offered to", "proposed that", "invited both to"."""
    verb = deed.verb
    if not deed.keys & scene.words.act_offer or deed.negated or not deed.known:
        return PASS
    if deed.clause.supposed or (
        deed.modal and not (deed.modal in ("will", "can", "would") and deed.first and deed.spoken)
    ):
        return PASS
    if deed.clause.passive and not kids(verb, "agent"):
        return PASS
    inner = kids(verb, "xcomp")
    if deed.lemma in listed("announced: offers") and not (
        inner or deed.objects or kids(verb, "ccomp", "prep")
    ):
        return NOTHING
    if deed.lemma in ("undertake", "bid") and not inner:
        return PASS
    told = deed.lemma == "suggest" and not deed.objects and kids(verb, "ccomp")
    if told and not _proposed(deed):
        return PASS
    if deed.lemma == "assure" or (deed.lemma == "table" and not deed.objects):
        return PASS
    if deed.lemma == "float" and not deed.object_words & (
        scene.words.noun_offer | {"idea", "price", "figure", "sum", "date", "name", "number"}
    ):
        return PASS
    if inner and (is_negated(inner[0]) or has_child(inner[0], ("never",))):
        good = tone(inner[0], scene.words) == "good"
        return claim("refusal" if good else "offer", deed, scene, "promises not to")
    if inner and deed.lemma in ("promise", "pledge") and tone(inner[0], scene.words) == "harm":
        return claim("threat", deed, scene, "promises harm")
    if deed.lemma == "offer" and deed.after & _SOCIAL:
        return NOTHING
    third = deed.doer.parties and deed.doer.parties[0] not in scene.world.main
    money = deed.object_words & listed("done: support 5") or deed.after & {"million", "billion"}
    if third and deed.lemma in ("pledge", "promise") and money and not inner:
        return claim("support", deed, scene, "pledges money")
    return claim("offer", deed, scene, "offers")


def _proposed(deed: Deed) -> bool:
    """Tell whether "suggested that X do" proposes and does not suppose."""
    inner = kids(deed.verb, "ccomp")[0]
    marks = clause(inner)
    bare = inner.tag_ == "VBP" and deed.past and not marks.modal
    return bare or is_wished(inner) or marks.modal in ("should", "could")


def _puts_forward(deed: Deed, scene: Scene) -> Outcome:
    """Read "put 2 per cent on the table", "made an offer", "announced a fund"."""
    words = scene.words
    if deed.negated or not deed.known or deed.clause.passive or deed.clause.supposed:
        return PASS
    if not (deed.past or deed.present or deed.modal == "will"):
        return PASS
    if deed.lemma in ("put", "lay", "place", "set") and "table" in deed.after and deed.objects:
        return claim("offer", deed, scene, "on the table")
    nouns = deed.object_words & words.noun_offer
    if deed.lemma in listed("announced: puts forward") and nouns:
        return claim("offer", deed, scene, "improves offer")
    if deed.keys & (words.bring_about | words.keep_up) and nouns - listed(
        "announced: puts forward 3"
    ):
        return claim("offer", deed, scene, "makes offer")
    if (
        deed.lemma in listed("announced: puts forward 2")
        and deed.object_words & words.benefit_nouns
    ):
        return claim("offer", deed, scene, "announces benefit")
    return PASS


def _ready(deed: Deed, scene: Scene) -> Outcome:
    """Read "is ready to", "stands ready to", "would be prepared to"."""
    if (
        not deed.known
        or deed.negated
        or deed.clause.supposed
        or deed.lemma not in listed("announced: ready")
    ):
        return PASS
    if deed.modal and deed.modal not in ("would", "will", "may"):
        return PASS
    ready = [
        a for a in kids(deed.verb, "acomp", "attr", "oprd", "advcl") if low(a) in scene.words.ready
    ]
    if not ready:
        return PASS
    what = kids(ready[0], "xcomp", "prep")
    if not what or (low(ready[0]) in listed("announced: ready 2") and not kids(ready[0], "xcomp")):
        return PASS
    if low(ready[0]) in ("able", "glad", "free") and not (deed.first or deed.modal):
        return PASS
    if lemma(what[0]) in scene.words.attend and {lemma(t) for t in what[0].subtree} & _TALKS:
        return claim("acceptance", deed, scene, "ready to come")
    sends = lemma(what[0]) == "send" and {lemma(t) for t in what[0].subtree} & {
        "delegation",
        "negotiator",
        "team",
        "envoy",
    }
    if sends:
        return claim("acceptance", deed, scene, "ready to come")
    if what[0].pos_ == "VERB" and tone(what[0], scene.words) == "harm":
        return claim("threat", deed, scene, "ready to harm")
    return claim("offer", deed, scene, "ready")


def _promised_now(deed: Deed, scene: Scene) -> Outcome:
    """Read "we're giving back the trucks", "what we can offer is"."""
    verb = deed.verb
    going = verb.tag_ == "VBG" and any(t.lemma_ == "be" for t in kids(verb, "aux")) and deed.present
    root = verb.dep_ in ("ROOT", "conj", "ccomp")
    if going and deed.first and not deed.negated and root and tone(verb, scene.words) == "good":
        return claim("offer", deed, scene, "is giving")
    comes = deed.lemma in ("come", "go", "travel") and going and deed.first and not deed.negated
    aims = {lemma(t) for t in verb.subtree if t.pos_ == "VERB"} & listed("proposals: comes to")
    if comes and aims:
        return claim("offer", deed, scene, "comes to talk")
    what = _WHAT_WE.match(deed.sentence)
    if (
        what
        and deed.lemma == "be"
        and (deed.voice.named or not deed.sentence.startswith("what we"))
    ):
        content = [t for t in verb.sent if t.i > verb.i and not t.is_punct]
        return claim("offer", deed, scene, "what we can offer", deed.voice, content)
    return PASS


def threat(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party threatens in so many words."""
    words = scene.words
    none = any(has_child(o, ("no", "little"), "det", "amod") for o in deed.objects)
    if (deed.negated and not none) or not deed.known or deed.clause.supposed:
        return PASS
    if deed.lemma == "reserve" and deed.object_words & {"right", "rights"}:
        return claim("threat", deed, scene, "reserves the right")
    no_choice = deed.lemma in ("have", "see", "leave") and deed.object_words & {
        "choice",
        "option",
        "alternative",
    }
    if (
        no_choice
        and any(has_child(o, ("no", "little"), "det", "amod") for o in deed.objects)
        and deed.spoken
    ):
        return claim("threat", deed, scene, "no choice but")
    if not deed.keys & words.act_threaten or (deed.modal and not deed.first):
        if (
            deed.keys & (words.bring_about | words.keep_up)
            and deed.object_words & {"threat", "ultimatum"}
            and not deed.modal
        ):
            return claim("threat", deed, scene, "issues threat")
        return PASS
    inner = kids(deed.verb, "xcomp", "ccomp")
    if deed.lemma == "threaten":
        harmful = (
            inner
            or deed.object_words & (words.harm_nouns | {"action", "retaliation", "reprisals"})
            or kids(deed.verb, "prep")
        )
        return claim("threat", deed, scene, "threatens") if harmful else NOTHING
    if deed.lemma == "intend" and not (inner and tone(inner[0], words) == "harm" and deed.spoken):
        return PASS
    if not inner:
        return PASS
    return _vows(deed, scene, inner)


def _vows(deed: Deed, scene: Scene, inner: list) -> Outcome:  # type: ignore[type-arg]
    """Read what is vowed, sworn or warned of, by what it would do."""
    words, one = scene.words, inner[0]
    marks = clause(one)
    keeps = lemma(one) in words.keep and deed.lemma in ("vow", "swear")
    thing = scene.deed(one).who.kind in ("thing", "unknown") and marks.negated
    if thing and deed.lemma in ("vow", "swear") and marks.modal:
        return claim("threat", deed, scene, "vows a standstill")
    if keeps or (deed.lemma in ("vow", "swear") and marks.negated):
        kind = "refusal" if tone(one, words) != "harm" or keeps else "offer"
        return claim(kind, deed, scene, "vows to keep")  # type: ignore[arg-type]
    found = tone(one, words)
    will = marks.modal in ("will", "would", "shall") and scene.deed(one).known and found == "none"
    will = will and lemma(one) not in words.stative | words.keep and not marks.passive
    if deed.lemma == "warn" and not (
        (marks.modal and (found == "harm" or will) and not marks.negated)
        or _CONSEQUENCE.search(deed.sentence)
    ):
        return PASS
    if deed.lemma == "warn":
        own = scene.deed(one)
        mine = (
            own.who.kind == "first"
            or own.who.party in deed.doer.parties
            or _CONSEQUENCE.search(deed.sentence)
        )
        return claim("threat", deed, scene, "warns") if mine else PASS
    if found == "harm" or _CONSEQUENCE.search(deed.sentence):
        return claim("threat", deed, scene, "vows harm")
    if found == "good":
        return claim("offer", deed, scene, "vows good")
    return claim("threat", deed, scene, "vows") if deed.lemma == "vow" else PASS
