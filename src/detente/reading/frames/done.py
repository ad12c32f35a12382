"""What was done: pressure, support, events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone

if TYPE_CHECKING:
    from spacy.tokens import Token

_VENUES = listed("done: venues")
_NEARLY = listed("done: nearly")
_STEPS = listed("done: steps")
_STEP_NOUNS = listed("done: step nouns")
_NEEDS_OBJECT = listed("done: needs object")
_PEACEFUL = listed("done: peaceful")


def done(deed: Deed, scene: Scene) -> Outcome:
    """Read a deed that is done or is being done."""
    shut = _no_longer_let(deed, scene)
    if shut.settled:
        return shut
    if not _happened(deed, scene):
        return PASS
    rules = (_answers_with, _begins, _pressure, _steps, _keeps_from, _support, _own_doing, _event)
    return first(rules, deed, scene)


def _happened(deed: Deed, scene: Scene) -> bool:
    """Tell whether the deed is real: no modal, denial, supposition, "almost"."""
    verb = deed.verb
    if deed.modal or deed.negated or deed.clause.supposed or scene.authors_own(deed):
        return False
    ongoing = verb.tag_ == "VBG" and any(t.lemma_ == "be" for t in kids(verb, "aux"))
    now = (
        deed.present and (scene.unit.kind == "prose" or deed.first) and verb.tag_ in ("VBZ", "VBP")
    )
    by = verb.dep_ == "pcomp" and verb.head.lower_ == "by" and verb.head.head.tag_ in ("VBD", "VBN")
    lasts = deed.present and deed.clause.passive and bool(deed.keys & scene.words.harm)
    lasts = lasts and verb.dep_ in ("ROOT", "conj", "ccomp")
    if not (deed.past or ongoing or now or by or lasts) or verb.dep_ in ("amod", "acl", "xcomp"):
        return False
    return not has_child(verb, _NEARLY, "advmod") and not _long_ago(verb)


def _long_ago(verb: Token) -> bool:
    """Tell whether a "when" clause only recalls: "when she closed the plant"."""
    return verb.dep_ == "advcl" and has_child(verb, ("when",), "advmod", "mark")


def _pressure(deed: Deed, scene: Scene) -> Outcome:
    """Read a harm done short of violence: a ban, a blockade, a walkout."""
    words = scene.words
    harms = deed.keys & words.harm
    exact = any(" " in key for key in harms)  # "holds back" is no holding of hostages
    violent = not exact and deed.keys & (words.violent - words.harm)
    if not harms or violent or tone(deed.verb, words) != "harm":
        return PASS
    if (
        deed.lemma in _NEEDS_OBJECT
        and not deed.objects
        and len(deed.keys & words.harm - {deed.lemma}) == 0
    ):
        return PASS
    if deed.lemma in _PEACEFUL and not deed.objects:
        return PASS
    if deed.lemma in words.speech and kids(deed.verb, "ccomp") and not kids(deed.verb, "dobj"):
        return PASS  # "recalled that …"
    if has_child(deed.verb, ("had",), "aux") and not deed.spoken and deed.verb.dep_ != "ROOT":
        return PASS  # told as background
    orders = _by_order(deed, scene)
    if orders and deed.clause.passive:
        return claim("pressure", deed, scene, "by order", Holder((orders,)))
    now = deed.present and deed.verb.tag_ in ("VBZ", "VBP") and not deed.clause.passive
    if now and not (deed.keys & listed("done: pressure")):
        return PASS
    if deed.known and not deed.clause.passive:
        return claim("pressure", deed, scene, "harms")
    lasting = has_child(deed.verb, ("been", "are", "is"), "auxpass", "aux")
    if (
        deed.clause.passive
        and deed.verb.tag_ == "VBN"
        and lasting
        and all(a.who.party or a.who.speaker for a in deed.by)
    ):
        agents = [p for a in kids(deed.verb, "agent") for p in kids(a, "pobj")]
        if agents and deed.known:
            return claim("pressure", deed, scene, "is harmed by")
        if scene.issued:
            return claim("pressure", deed, scene, "is harmed", deed.voice)
        return claim("pressure", deed, scene, "is harmed")
    if deed.clause.passive and kids(deed.verb, "agent") and deed.known:
        return claim("pressure", deed, scene, "is harmed by")
    return NOTHING


def _no_longer_let(deed: Deed, scene: Scene) -> Outcome:
    """Read "lorries are no longer admitted", "our mail is no longer delivered"."""
    longer = any(low(c) == "longer" and has_child(c, ("no",)) for c in deed.verb.children)
    longer = longer or "no longer" in deed.text
    subject = deed.clause.subject
    none = subject is not None and has_child(subject, ("no",), "det")
    longer = longer or (none and has_child(deed.verb, ("been",), "auxpass"))
    told = deed.clause.passive and (deed.present or deed.past) and not deed.clause.supposed
    if not (told and longer and deed.negated) or deed.lemma not in listed("done: let in"):
        return PASS
    agents = [p for a in kids(deed.verb, "agent") for p in kids(a, "pobj")]
    party = next((found for a in agents if (found := scene.party(a))), "")
    holder = Holder((party,)) if party else deed.doer
    return claim("pressure", deed, scene, "no longer let", holder)


def _by_order(deed: Deed, scene: Scene) -> str:
    """Return at whose orders it was done: "on the orders of the ministry"."""
    for prep in kids(deed.verb, "prep"):
        for noun in kids(prep, "pobj"):
            if lemma(noun) in ("order", "instruction", "behest", "command", "bidding", "request"):
                for of in kids(noun, "prep"):
                    for owner in kids(of, "pobj"):
                        return scene.party(owner)
                for owner in kids(noun, "poss"):
                    return scene.party(owner)
    return ""


def _begins(deed: Deed, scene: Scene) -> Outcome:
    """Read "has begun docking pay", "went on turning ships away", "started to seize boats"."""
    if deed.lemma not in listed("done: begins") or not deed.known or deed.clause.passive:
        return PASS
    for one in kids(deed.verb, "xcomp"):
        inner = scene.deed(one)
        if inner.keys & scene.words.harm and tone(one, scene.words) == "harm":
            return claim("pressure", deed, scene, "begins")
        third = deed.doer.parties and deed.doer.parties[0] not in scene.world.main
        if third and inner.lemma in listed("done: gives"):
            return claim("support", deed, scene, "begins to give")
    return PASS


def _steps(deed: Deed, scene: Scene) -> Outcome:
    """Read "sent disciplinary letters", "began a hunger strike", "imposed sanctions"."""
    if deed.lemma not in _STEPS or deed.clause.passive or not deed.known:
        return PASS
    nouns = deed.after & _STEP_NOUNS
    strike = "strike" in deed.after and (deed.lemma in listed("done: steps 2"))
    if deed.lemma in listed("done: steps 3") and not (strike or nouns & listed("done: steps 4")):
        return PASS
    if nouns or strike:
        return claim("pressure", deed, scene, "takes steps")
    return PASS


def _answers_with(deed: Deed, scene: Scene) -> Outcome:
    """Read "hit back with a levy", "responded by …", "retaliated with tariffs"."""
    back = deed.lemma in listed("done: answers with")
    harm = deed.after & (scene.words.harm_nouns | _STEP_NOUNS)
    back = back and has_child(deed.verb, ("with", "by"), "prep")
    if back and harm and deed.known and not deed.clause.passive:
        return claim("pressure", deed, scene, "answers with")
    return PASS


def _keeps_from(deed: Deed, scene: Scene) -> Outcome:
    """Read "kept surveyors from reaching the ridge", "prevented the ship from sailing"."""
    if deed.lemma not in listed("done: keeps from") or not deed.known:
        return PASS
    gerunds = [c for p in kids(deed.verb, "prep") if p.lower_ == "from" for c in kids(p, "pcomp")]
    if gerunds and deed.objects and not deed.clause.passive:
        return claim("pressure", deed, scene, "keeps from")
    return PASS


def _support(deed: Deed, scene: Scene) -> Outcome:
    """Read "backs", "bears the costs", "sided with", "has put two lawyers at our service"."""
    words = scene.words
    if deed.clause.passive or not deed.known:
        return PASS
    if (deed.keys & words.act_support and deed.verb.dep_ != "relcl") or deed.keys & {
        "side with",
        "stand by",
        "stand behind",
    }:
        bare = deed.lemma in listed("done: support 2")
        if bare and not deed.objects and not kids(deed.verb, "prep"):
            return PASS
        return claim("support", deed, scene, "supports")
    if deed.lemma in ("bear", "cover", "meet", "foot") and deed.object_words & listed(
        "done: support 8"
    ):
        return claim("support", deed, scene, "bears costs")
    if deed.lemma in listed("done: support 3") and deed.object_words & (
        words.noun_support - {"help", "assistance", "aid"}
    ):
        return claim("support", deed, scene, "voices support")
    both = deed.after & {"both", "parties", "sides", "delegations", "camps"}
    venue = bool(both) or any(
        t.ent_type_ == "GPE" or t.lemma_ in _VENUES for o in deed.objects for t in o.subtree
    )
    if deed.lemma in ("place", "put") and deed.after & {"disposal", "service"} and venue:
        return claim("offer", deed, scene, "lends a house")
    sides = any(o.lower_ == "sides" for o in deed.objects)
    side = (
        deed.lemma == "take"
        and "side" in deed.object_words
        and not sides
        and not deed.object_words & {"no"}
    )
    if side or (deed.lemma in ("place", "put") and deed.after & {"disposal", "service"}):
        return claim("support", deed, scene, "takes side")
    return _helps(deed, scene)


def _helps(deed: Deed, scene: Scene) -> Outcome:
    """Read "has given us the town hall", "found 12 million euros", "sent two doctors"."""
    ours = any(t.lower_ in ("us", "me") for t in kids(deed.verb, "dative"))
    if ours and deed.lemma in listed("done: support 4") and not deed.first:
        to = next(iter(scene.holder_parties), "")
        return claim("support", deed, scene, "gives us", target=to)
    third = deed.doer.parties and deed.doer.parties[0] not in scene.world.main
    money = deed.after & listed("done: support 5")
    finds = deed.lemma in listed("done: support")
    if third and finds and money and deed.objects:
        return claim("support", deed, scene, "finds money")
    lends = deed.lemma in ("give", "lend", "grant") and any(
        scene.party(t) for t in kids(deed.verb, "dative")
    )
    if third and lends and deed.objects and not deed.object_words & listed("done: not given"):
        return claim("support", deed, scene, "lends")
    serves = deed.lemma in ("act", "serve", "step") and deed.after & listed("done: go-betweens")
    if serves:
        return claim("support", deed, scene, "acts as")
    sent = deed.lemma in listed("done: support 6") and deed.objects
    helps = deed.after & listed("done: support 7")
    if third and sent and helps:
        return claim("support", deed, scene, "sends help")
    return PASS


def _own_doing(deed: Deed, scene: Scene) -> Outcome:
    """Read "it was my boys who opened fire": a deed that is owned up to."""
    attrs = [a for a in kids(deed.verb, "attr") if has_child(a, ("my", "our"), "poss")]
    told = (attrs and any(kids(a, "relcl") for a in attrs)) or (
        attrs and kids(deed.verb, "relcl", "ccomp")
    )
    if deed.lemma == "be" and told and deed.past and deed.voice.named and deed.spoken:
        return claim("event", deed, scene, "owns up", deed.voice)
    return PASS


def _told_as_so(deed: Deed, scene: Scene) -> bool:
    """Tell whether the report itself tells that something happened."""
    prose = scene.unit.kind == "prose" and not scene.opinion and not deed.by
    return prose and deed.verb.dep_ in ("ROOT", "conj", "advcl", "pcomp")


def _event(deed: Deed, scene: Scene) -> Outcome:
    """Read any other deed of a party."""
    words = scene.words
    befalls = deed.past and deed.lemma in listed("done: happenings") and not deed.first
    if befalls and (deed.clause.passive or not deed.doer.parties) and _told_as_so(deed, scene):
        agents = [p for a in kids(deed.verb, "agent") for p in kids(a, "pobj")]
        party = next((found for a in agents if (found := scene.party(a))), "")
        holder = Holder((party,)) if party else Holder(someone=True)
        return claim("event", deed, scene, "happens", holder)
    if deed.clause.passive or not deed.known or not deed.past or not deed.doer.parties:
        return PASS
    if deed.lemma in words.speech | words.stative | words.belief or any(
        a.verb.lemma_ == "claim" for a in deed.by
    ):
        return PASS
    if deed.clause.subject is not None and deed.clause.subject.lower_ == "i":
        return PASS
    told = deed.keys & (words.violent | words.meet) or deed.objects or kids(deed.verb, "prep")
    if told and deed.verb.dep_ in listed("done: event"):
        return claim("event", deed, scene, "does")
    return PASS
