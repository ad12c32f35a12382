"""Refusals and acceptances: what another asked or offered is turned down, or taken."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, is_negated, kids, lemma, low
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone

_TELLING = listed("responses: telling")
_TAKING_BACK = listed("responses: taking back")
_FORMAL = listed("responses: formal")
_SHUT = listed("responses: shut")
_NO_ROOM = re.compile(
    r"\b(?:no (?:question|chance|way|prospect|room|scope|possibility|hope)"
    r" (?:of|for|to|in)\b|out of the question"
    r"|(?:not|n't) on (?:the|any) (?:table|agenda|cards)"
    r"|not (?:up )?for (?:discussion|negotiation|debate|sale|grabs)|not negotiable"
    r"|non-negotiable|no going back|no turning back|red line"
    r"|(?:that's|is|are|was|'s) not on\b|not an option|not open to (?:discussion"
    r"|negotiation)|no deal\b|no intention of)"
)
_MATTERS = listed("responses: matters")
_SEES_NONE = listed("responses: sees none")


def refusal(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party turns down, will not accept, or says is out of the question."""
    rules = (
        _fails,
        _rather,
        _refuses,
        _not_ready,
        _does_not_accept,
        _no_room,
        _against,
        _does_not,
        _kept_shut,
        _takes_back,
    )
    return first(rules, deed, scene)


def _refuses(deed: Deed, scene: Scene) -> Outcome:
    """Read "rejected", "turned down", "refuses to"; a refusal to talk to the press is nothing."""
    verb = deed.verb
    if not deed.keys & scene.words.act_refuse or deed.negated:
        return PASS
    if deed.modal and not (deed.modal in ("will", "must") and deed.known and deed.spoken):
        return PASS
    if deed.clause.supposed:
        return NOTHING
    if deed.lemma == "say" and kids(verb, "ccomp"):
        return PASS  # "said no shot was fired" says not no
    sent_off = deed.keys & {"turn away", "turn back", "send back"} and deed.keys.isdisjoint(
        ("send packing",)
    )
    letters = scene.words.noun_offer | scene.words.noun_demand | listed("responses: letters")
    if sent_off and deed.objects and not deed.object_words & letters:
        return PASS  # ships are turned away: pressure
    if deed.lemma in ("decline", "refuse"):
        tells = any(lemma(x) in _TELLING for x in kids(verb, "xcomp"))
        if tells and not _about_offer(deed, scene):
            return NOTHING
        if {low(t) for t in verb.subtree} & scene.words.press and deed.lemma == "decline":
            return NOTHING
    if deed.clause.passive and not kids(verb, "agent"):
        return (
            PASS
            if not deed.spoken or not deed.voice.named
            else claim("refusal", deed, scene, "refuses", deed.voice)
        )
    if verb.dep_ == "amod" or (verb.dep_ in ("acomp", "xcomp", "oprd") and is_negated(verb.head)):
        return NOTHING
    if deed.lemma in listed("responses: refuses"):
        if not (deed.objects or deed.inner) and deed.lemma not in ("dig", "stay"):
            return PASS
        idea = listed("responses: refuses 2")
        if deed.lemma not in ("dig", "stay", "exclude", "forbid") and not deed.object_words & idea:
            return PASS
    return claim("refusal", deed, scene, "refuses")


def _fails(deed: Deed, scene: Scene) -> Outcome:
    """Read "failed to sign", "has yet to agree": what was asked is not done."""
    head = deed.verb.head
    if deed.verb.dep_ != "xcomp" or not deed.known or deed.clause.supposed:
        return PASS
    fails = lemma(head) in listed("responses: fails 2") and not deed.modal
    yet = lemma(head) == "have" and "yet" in {low(t) for t in head.subtree if t.i < deed.verb.i}
    asked = deed.lemma in listed("responses: fails")
    if (fails or yet) and asked and not is_negated(head) and lemma(head) != "decline":
        return claim("refusal", deed, scene, "fails to")
    return PASS


def _rather(deed: Deed, scene: Scene) -> Outcome:
    """Read "we would rather close the plant than give in"."""
    rather = has_child(deed.verb, ("rather", "sooner"), "advmod") and deed.modal == "would"
    willed = (deed.first and deed.spoken) or (deed.known and bool(deed.who.party))
    if rather and willed and re.search(r"\bthan\b", deed.sentence):
        return claim("refusal", deed, scene, "rather than")
    return PASS


def _about_offer(deed: Deed, scene: Scene) -> bool:
    """Tell whether what one declines to discuss is a matter of the dispute."""
    inner = kids(deed.verb, "xcomp")
    return bool(inner) and lemma(inner[0]) in ("discuss", "give") and bool(kids(inner[0], "dobj"))


def _not_ready(deed: Deed, scene: Scene) -> Outcome:
    """Read "is not willing to", "is unwilling", "has no intention of", "does not intend to"."""
    if not deed.known or deed.clause.supposed:
        return PASS
    verb, words = deed.verb, scene.words
    ready = [a for a in kids(verb, "acomp", "attr") if low(a) in words.ready]
    if deed.lemma == "be" and ready and deed.negated and kids(ready[0], "xcomp", "prep"):
        return claim("refusal", deed, scene, "not ready")
    if (
        deed.lemma in ("be", "remain")
        and not deed.negated
        and any(low(a) in words.unready for a in kids(verb, "acomp"))
    ):
        unready = next(a for a in kids(verb, "acomp") if low(a) in words.unready)
        if kids(unready, "xcomp", "prep", "ccomp"):
            return claim("refusal", deed, scene, "unready")
    none = any(has_child(o, ("no", "little"), "det", "neg", "amod") for o in deed.objects)
    if deed.lemma in _SEES_NONE and (none or deed.negated) and not deed.modal:
        if deed.object_words & {
            "intention",
            "inclination",
            "appetite",
            "interest",
        }:
            return claim("refusal", deed, scene, "no intention")
        if deed.object_words & listed("responses: not ready 2"):
            return claim("refusal", deed, scene, "no reason")
    left = [o for o in deed.objects if low(o) in ("nothing", "little")]
    idle = {lemma(c) for o in left for c in kids(o, "relcl", "acl")}
    sees = deed.lemma in ("see", "have") and not deed.modal and deed.present
    if sees and idle & listed("responses: to discuss"):
        return claim("refusal", deed, scene, "nothing to discuss")
    meant = deed.lemma in listed("responses: not ready") and deed.negated
    if meant and not deed.modal and deed.present and kids(verb, "xcomp") and deed.spoken:
        return claim(
            "denial" if deed.lemma in ("intend", "plan") else "refusal",
            deed,
            scene,
            "does not intend",
        )
    wanted = deed.lemma == "want" and deed.negated and deed.present and deed.first and deed.objects
    if wanted and not any(_is_none(o) for o in deed.objects):
        return claim("refusal", deed, scene, "does not want")
    return PASS


def _is_none(noun: object) -> bool:
    return has_child(noun, ("no",), "det")  # type: ignore[arg-type]


def _does_not_accept(deed: Deed, scene: Scene) -> Outcome:
    """Read "we do not accept that", "did not agree"."""
    if not deed.negated or not deed.known or deed.clause.supposed:
        return PASS
    if deed.modal or not (deed.keys & scene.words.act_accept or deed.lemma in _FORMAL):
        return PASS
    if deed.lemma in listed("responses: does not accept"):
        return PASS
    if deed.lemma in ("grant", "support", "share") and not deed.present:
        return PASS
    return claim("refusal", deed, scene, "does not accept")


def _no_room(deed: Deed, scene: Scene) -> Outcome:
    """Read "is out of the question", "not up for discussion", "no question of"."""
    if (not deed.voice.named and not deed.known) or deed.clause.supposed or not deed.spoken:
        return PASS
    own = deed.text
    subject = deed.clause.subject
    if (
        deed.lemma == "be"
        and _NO_ROOM.search(own)
        and not (subject is not None and low(subject) == "no")
    ):
        return claim(
            "refusal", deed, scene, "no room", deed.voice if deed.voice.named else deed.doer
        )
    about = subject is not None and (
        lemma(subject) in _MATTERS | scene.words.noun_offer | scene.words.noun_demand
        or low(subject) in ("that", "this", "it", "such")
    )
    cannot = deed.lemma == "be" and deed.modal in ("can", "could") and deed.negated
    if cannot and kids(deed.verb, "attr") and deed.voice.named and (scene.quoted or scene.issued):
        return claim("refusal", deed, scene, "cannot be", deed.voice)
    beyond = [a for a in kids(deed.verb, "attr") if lemma(a) in listed("responses: no room 2")]
    can = any(t.tag_ == "MD" for a in beyond for r in kids(a, "relcl") for t in kids(r, "aux"))
    if deed.lemma == "be" and deed.negated and can and deed.voice.named:
        return claim("refusal", deed, scene, "nothing we can", deed.voice)
    hopeless = {low(t) for t in kids(deed.verb, "acomp", "attr", "oprd")} & scene.words.hopeless
    if (
        deed.lemma in ("be", "remain")
        and hopeless
        and about
        and not deed.negated
        and (not deed.modal or (deed.modal == "would" and deed.by))
        and deed.voice.named
    ):
        return claim("refusal", deed, scene, "unacceptable", deed.voice)
    not_so = {low(t) for t in kids(deed.verb, "acomp")} & listed("responses: no room")
    if (
        deed.lemma == "be"
        and not_so
        and deed.negated
        and deed.present
        and deed.voice.named
        and deed.who.kind == "thing"
    ):
        return claim("refusal", deed, scene, "not acceptable", deed.voice)
    return PASS


def _against(deed: Deed, scene: Scene) -> Outcome:
    """Read "is against", "is opposed to", "says no to"."""
    if deed.modal or deed.negated or not deed.known or deed.clause.supposed:
        return PASS
    against = deed.lemma in listed("responses: against") and any(
        low(p) == "against" for p in kids(deed.verb, "prep")
    )
    if against and (deed.spoken or deed.lemma in ("be", "vote")):
        return claim("refusal", deed, scene, "against")
    no = re.search(
        r"\b(?:said|says|say|saying) (?:\w+ )?no\b(?! (?:more|one|longer|such|decision))",
        deed.sentence,
    )
    if (
        deed.lemma == "say"
        and no
        and re.search(
            r"\bno\b",
            " ".join(low(t) for t in deed.verb.children)
            + " "
            + " ".join(low(t) for t in deed.verb.rights),
        )
    ):
        return claim("refusal", deed, scene, "says no")
    return PASS


def _does_not(deed: Deed, scene: Scene) -> Outcome:
    """Read "we do not open gates because somebody knocks": what a party never does."""
    own = deed.first and deed.negated and deed.present and not deed.modal
    plain = deed.verb.tag_ == "VB" and has_child(deed.verb, ("do",), "aux")
    if not (own and plain and (scene.quoted or scene.issued)) or deed.clause.supposed:
        return PASS
    listed_ = deed.lemma in listed("responses: never done")
    if listed_ and deed.verb.dep_ in ("ROOT", "conj", "ccomp"):
        return claim("refusal", deed, scene, "does not")
    return PASS


def _kept_shut(deed: Deed, scene: Scene) -> Outcome:
    """Read "remains refused", "the door stays closed"."""
    if (
        deed.lemma not in ("remain", "stay", "keep")
        or deed.negated
        or not deed.spoken
        or not deed.voice.named
    ):
        return PASS
    if any(low(a) in _SHUT for a in kids(deed.verb, "acomp", "oprd", "attr", "xcomp")):
        return claim("refusal", deed, scene, "remains refused", deed.voice)
    return PASS


def _takes_back(deed: Deed, scene: Scene) -> Outcome:
    """Read "withdrew its offer", "walked away from the talks", "pulled out of the deal"."""
    if (
        deed.modal
        or deed.negated
        or not deed.known
        or not (deed.past or deed.present)
        or deed.clause.supposed
    ):
        return PASS
    words = scene.words
    offers = deed.object_words & (words.noun_offer - {"bid", "plan", "package", "guarantee"})
    if deed.lemma in listed("responses: takes back") and offers:
        return claim("refusal", deed, scene, "takes back")
    body = deed.after & listed("responses: takes back 2")
    if deed.keys & listed("responses: takes back 4") and body:
        return claim("refusal", deed, scene, "leaves")
    left = deed.keys & listed("responses: takes back 3")
    if left and deed.after & listed("responses: takes back 5") and deed.lemma != "leave":
        return claim("refusal", deed, scene, "leaves talks")
    return PASS


def acceptance(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party takes, agrees to, signs up to, votes for."""
    rules = (_accepts, _acceptable, _in_favour, _gives_consent, _says_yes, _votes)
    return first(rules, deed, scene)


def _accepts(deed: Deed, scene: Scene) -> Outcome:
    """Read "accepted", "agreed to", "has consented to"."""
    verb = deed.verb
    if not deed.keys & scene.words.act_accept or deed.negated or deed.clause.supposed:
        return PASS
    if (
        deed.modal
        and not (deed.modal in ("will", "shall") and deed.known)
        and not (deed.modal == "would" and deed.by)
    ):
        return PASS
    if deed.lemma in ("honour", "honor", "respect", "heed") and not deed.modal and deed.past:
        return PASS  # "has honoured every clause" boasts
    if any(lemma(x) in listed("responses: helps") for x in kids(verb, "xcomp")) and deed.known:
        return claim("support", deed, scene, "agrees to help")
    if deed.lemma in listed("responses: accepts"):
        if not (deed.objects or kids(verb, "prep")):
            return PASS
        if deed.lemma in listed("responses: accepts 3") and not deed.after & (
            scene.words.noun_offer | listed("responses: accepts 4")
        ):
            return PASS
    if deed.clause.passive and not kids(verb, "agent"):
        return PASS
    if verb.tag_ == "VB" and not deed.modal and not (scene.quoted or verb.dep_ == "xcomp"):
        return PASS
    if verb.dep_ in ("xcomp", "acl") and (
        lemma(verb.head) in _TAKING_BACK or (verb.head.pos_ != "VERB" and not deed.past)
    ):
        return PASS
    if (
        verb.dep_ == "xcomp"
        and verb.tag_ == "VB"
        and lemma(verb.head) not in listed("responses: accepts 2")
    ):
        return PASS
    if not (deed.known or deed.who.kind == "unknown"):
        return PASS
    return claim("acceptance", deed, scene, "accepts")


def _acceptable(deed: Deed, scene: Scene) -> Outcome:
    """Read "said the terms were acceptable", "the draft is fine with us"."""
    subject = deed.clause.subject
    if deed.lemma != "be" or subject is None or deed.negated or deed.modal:
        return PASS
    fair = {low(a) for a in kids(deed.verb, "acomp")} & listed("responses: acceptable")
    matter = scene.words.noun_offer | _MATTERS | {"term", "terms"}
    told = deed.spoken and deed.voice.named and not deed.clause.supposed
    if fair and told and lemma(subject) in matter and not kids(subject, "poss"):
        return claim("acceptance", deed, scene, "acceptable", deed.voice)
    return PASS


def _in_favour(deed: Deed, scene: Scene) -> Outcome:
    """Read "is in favour", "is happy with", "has no objection"."""
    if not deed.known or deed.modal or deed.clause.supposed:
        return PASS
    own = deed.text
    if (
        deed.lemma == "be"
        and not deed.negated
        and re.search(r"\bin favou?r\b|\bin agreement\b|\bon board\b", own)
    ):
        return claim("acceptance", deed, scene, "in favour")
    none = any(has_child(o, ("no",), "det") for o in deed.objects)
    if (
        deed.lemma in ("have", "see", "raise")
        and (none or deed.negated)
        and deed.object_words & {"objection", "objections", "problem", "quarrel"}
    ):
        return claim("acceptance", deed, scene, "no objection")
    return PASS


def _gives_consent(deed: Deed, scene: Scene) -> Outcome:
    """Read "gave its approval"; "expressed its refusal" is a refusal."""
    words = scene.words
    if deed.modal or deed.clause.supposed or not deed.known or not (deed.past or deed.present):
        return PASS
    if not deed.keys & (words.bring_about | words.keep_up):
        return PASS
    if deed.object_words & (words.noun_acceptance - {"agreement", "no", "backing", "yes"}):
        return claim("refusal" if deed.negated else "acceptance", deed, scene, "gives consent")
    if deed.object_words & (words.noun_refusal - {"no", "resistance"}) and not deed.negated:
        return claim("refusal", deed, scene, "states refusal")
    return PASS


def _says_yes(deed: Deed, scene: Scene) -> Outcome:
    """Read "said yes"."""
    yes = re.search(r"\b(?:said|says|saying|say) yes\b", deed.sentence)
    if deed.lemma == "say" and yes and not deed.negated and deed.known and not deed.modal:
        return claim("acceptance", deed, scene, "says yes")
    return PASS


def _votes(deed: Deed, scene: Scene) -> Outcome:
    """Read "voted to accept", "voted in favour of"."""
    if deed.lemma != "vote" or deed.negated or not deed.known or deed.modal:
        return PASS
    taken = listed("responses: votes")
    refused = {"reject", "refuse", "oppose", "continue"}
    inner = {lemma(x) for x in kids(deed.verb, "xcomp", "advcl")}
    if inner & taken or re.search(r"\bin favou?r\b", deed.sentence):
        return claim("acceptance", deed, scene, "votes for")
    if any(
        x.keys & scene.words.act_support for x in map(scene.deed, kids(deed.verb, "xcomp", "advcl"))
    ):
        return claim("support", deed, scene, "votes to support")
    harms = scene.words.harm_nouns
    if any(
        tone(x, scene.words) == "harm"
        or (lemma(x) == "join" and scene.deed(x).object_words & harms)
        for x in kids(deed.verb, "xcomp")
    ):
        return claim("threat", deed, scene, "votes to harm")
    if inner & refused:
        return claim("refusal", deed, scene, "votes against")
    return PASS
