"""Concessions: a demand dropped, a strike called off, what was held given back."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

_OFF_TABLE = re.compile(r"\boff the (?:table|agenda)\b")
_BACK = re.compile(
    r"\b(?:went|gone|go|goes|going|returned?|returning|came|are|were"
    r"|is) (?:straight )?(?:back (?:in|to work|at work|on)|to work)\b"
)
_SET_FREE = listed("yields: set free")
_SET_FREE_PHRASES = listed("yields: set free phrases")
_EXTEND = listed("yields: extend")


def concession(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party lets go of; announced for later it is an offer."""
    rules = (_no_longer, _agrees_to_drop, _dropped, _eased, _off, _back_to_work)
    return first(rules, deed, scene)


def _no_longer(deed: Deed, scene: Scene) -> Outcome:
    """Read "no longer insists on", "stopped demanding"."""
    words = scene.words
    if not deed.doer.named:
        return PASS
    asks = deed.keys & (words.act_demand | listed("yields: no longer"))
    longer = re.search(r"\b(?:no longer|not (?:\w+ ){0,7}any ?(?:more|longer))\b", _own_words(deed))
    if asks and longer and not deed.clause.supposed:
        return claim("concession", deed, scene, "no longer demands")
    away = deed.lemma == "stand" and {"way", "obstacle"} & deed.after and longer
    if away and not deed.clause.supposed:
        return claim(
            "concession", deed, scene, "no longer in the way", deed.voice if deed.spoken else None
        )
    head = deed.verb.head
    stops = deed.verb.dep_ == "xcomp" and head.lemma_ in ("stop", "cease", "quit")
    if asks and stops and deed.verb.tag_ == "VBG":
        return claim("concession", deed, scene, "stops demanding")
    return PASS


def _agrees_to_drop(deed: Deed, scene: Scene) -> Outcome:
    """Read "agreed to call off the strike", "decided to drop the suit"."""
    if deed.lemma not in listed("yields: agrees to drop") or deed.negated:
        return PASS
    if deed.modal or not deed.known or deed.clause.supposed:
        return PASS
    words = scene.words
    for inner in kids(deed.verb, "xcomp"):
        one = scene.deed(inner)
        ends = one.keys & words.end and one.after & words.harm_nouns
        drops = one.keys & words.act_drop and one.object_words & words.demand_nouns
        near = {w for t in inner.subtree for w in (low(t), str(t.lemma_))}
        lets = (
            one.lemma == "let"
            and "go" in near
            and near & (words.harm_nouns | {"action", "demand", "claim"})
        )
        if ends or drops or lets:
            return claim("concession", deed, scene, "agrees to drop")
    return PASS


def _own_words(deed: Deed) -> str:
    """Return the verb's words before its inner clauses."""
    near = [t for t in deed.verb.sent if abs(t.i - deed.verb.i) <= 8]
    return " ".join(low(t) for t in near)


def _real(deed: Deed, scene: Scene) -> bool:
    """Tell whether the deed is done, is being done, or is announced."""
    if deed.negated or not (deed.known or deed.who.kind == "unknown"):
        return False
    return (
        deed.past
        or deed.present
        or deed.verb.tag_ in ("VBG", "VBN")
        or deed.modal in ("will", "shall")
    )


def _dropped(deed: Deed, scene: Scene) -> Outcome:
    """Read "dropped its demand", "withdrew the objection", "waives the fines"."""
    words = scene.words
    if not _real(deed, scene) or not deed.keys & words.act_drop:
        return PASS
    objects = deed.object_words
    if "of" in deed.after and deed.keys & {"let go", "let go of"}:
        objects = objects | deed.after
    pointed = any(low(o) in ("that", "it", "this", "them", "those") for o in deed.objects)
    taken = pointed and deed.lemma in listed("yields: taken back") and deed.past
    if not objects & (words.demand_nouns | listed("yields: softened")) and not taken:
        return PASS
    if deed.clause.passive:
        return PASS
    if objects & words.noun_offer - {"bid", "plan"} and not objects & {
        "demand",
        "claim",
        "condition",
    }:
        return PASS
    return claim("offer" if deed.modal else "concession", deed, scene, "dropped")


def _eased(deed: Deed, scene: Scene) -> Outcome:
    """Read a harm that ends, prisoners set free, a road cleared, a party that backs down."""
    words = scene.words
    if not _real(deed, scene):
        return PASS
    objects, over = deed.object_words, deed.past or (deed.present and not deed.modal)
    talks = objects & listed("yields: eased")
    off = (
        deed.keys & listed("yields: eased 3")
        and objects
        and not talks
        and not objects & (words.noun_offer - {"plan", "bid"})
    )
    if off and over and not deed.clause.passive and not deed.modal:
        return claim("concession", deed, scene, "called off")
    if deed.keys & words.end and objects & words.harm_nouns and deed.lemma != "leave":
        if deed.modal:
            return claim("offer", deed, scene, "ends harm") if deed.spoken else PASS
        return claim("concession", deed, scene, "ends harm") if over else PASS
    return _let_go(deed, scene) if over and not deed.modal else PASS


def _let_go(deed: Deed, scene: Scene) -> Outcome:
    """Read a road cleared, a deadline moved, a party that yields, prisoners set free."""
    words, objects = scene.words, deed.object_words
    cleared = deed.keys & listed("yields: eased 4") and objects & words.cleared
    if cleared and deed.past:
        return claim("concession", deed, scene, "cleared")
    if deed.keys & _EXTEND and objects & words.deadline_nouns and deed.past:
        return claim("concession", deed, scene, "deadline moved")
    if deed.keys & words.yield_ and deed.past and deed.lemma not in listed("yields: eased 2"):
        return claim("concession", deed, scene, "yields")
    left = deed.keys & {"pull out of"} and deed.after & listed("yields: eased 5")
    if left:
        return PASS
    lets_go = (
        deed.lemma == "let"
        and deed.past
        and any(
            str(c.lemma_) in listed("yields: eased 7") for c in kids(deed.verb, "ccomp", "xcomp")
        )
    )
    if lets_go:
        return claim("concession", deed, scene, "lets go")
    freed = deed.lemma in _SET_FREE or deed.keys & _SET_FREE_PHRASES
    if (
        freed
        and (objects or deed.keys & {"pull back", "pull out", "let go of"})
        and not deed.clause.passive
    ):
        harms = any(
            lemma(p) in words.harm_nouns
            for o in deed.objects
            for c in kids(o, "prep")
            for p in kids(c, "pobj")
            if low(c) == "of"
        )  # "released another round of sanctions"
        loose = harms or objects & listed("yields: eased 6")
        return PASS if loose else claim("concession", deed, scene, "set free")
    return PASS


def _off(deed: Deed, scene: Scene) -> Outcome:
    """Read "the strike is off", "takes the threat off the table"."""
    words = scene.words
    holder = deed.voice if deed.voice.named else deed.doer
    if deed.negated or deed.clause.supposed or scene.opinion:
        return PASS
    if not holder.named:
        plain = scene.unit.kind == "prose" and holder.counts and not deed.by
        is_off = plain and deed.lemma == "be" and has_child(deed.verb, ("off",), "advmod", "prt")
        if not is_off:
            return PASS
        holder = Holder(someone=True)
    own = deed.text
    if _OFF_TABLE.search(own) and deed.lemma in ("take", "be", "remove", "come"):
        taken = deed.lemma in ("take", "remove")
        holder = deed.doer if taken and deed.known else holder
        return claim("offer" if deed.modal else "concession", deed, scene, "off the table", holder)
    subject = deed.clause.subject
    named = subject is not None and {low(subject), str(subject.lemma_).lower()} & words.harm_nouns
    over = has_child(
        deed.verb, ("off", "over", "suspended", "lifted", "ended"), "acomp", "advmod", "prt", "prep"
    )
    if deed.lemma == "be" and named and over and not deed.modal:
        return claim("concession", deed, scene, "is off", holder)
    lifted = deed.clause.passive and named and deed.keys & words.end and deed.past and deed.spoken
    noun = subject is not None and str(subject.lemma_).lower() in words.demand_nouns
    over = deed.past or has_child(deed.verb, ("been",), "auxpass")
    back = deed.clause.passive and noun and deed.keys & words.act_drop and over and deed.spoken
    if (lifted or back) and not kids(deed.verb, "agent"):
        return claim("concession", deed, scene, "is lifted", holder)
    return PASS


def _back_to_work(deed: Deed, scene: Scene) -> Outcome:
    """Read "went back to work", "have gone back in"."""
    if (
        deed.lemma not in ("go", "return", "come", "be")
        or deed.negated
        or deed.modal
        or not deed.known
    ):
        return PASS
    own = deed.text
    if (deed.past or deed.present) and _BACK.search(own) and not deed.clause.supposed:
        return claim("concession", deed, scene, "back to work")
    return PASS
