"""Denials: it is not so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, is_wished, kids, lemma, low
from detente.reading.frames.deed import Deed, whole_sentence
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_GROUNDLESS = re.compile(
    r"\b(?:without (?:any |all )?(?:foundation|basis|merit|substance)|no (?:truth"
    r"|foundation|basis|substance) (?:in|to|for|whatever|whatsoever)"
    r"|(?:grain|shred|word|ounce) of truth|far from (?:the truth|true)"
    r"|anything but true|nothing of the (?:sort|kind)|no such (?:thing|order|plan"
    r"|plans|deal|offer|payment|letter|meeting|decision|agreement|talks|request"
    r"|instruction|promise))\b"
)
_NOTHING_TO_DO = re.compile(
    r"\b(?:nothing|anything) (?:whatever |whatsoever |at all )?to do with\b"
    r"|\bno (?:part|role|hand|involvement|share|knowledge)\b(?: \w+){0,2} (?:in"
    r"|of)\b"
)
_ACCUSED = re.compile(
    r"\b(not true|untrue|false|lies?|write that|writes that|claims?|reports?"
    r"|rumou?rs?|accus\w+|alleg\w+|blamed?|nonsense|hint\w*|suggest\w*|insinuat\w+)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\bat no (?:time|point|stage)\b|\bno (?:such|single)\b|\bnot (?:one|a single)\b"
)
_DEAL = listed("denials: deal")
_UNSAID = listed("denials: unsaid")


def denial(deed: Deed, scene: Scene) -> Outcome:
    """Read a denial in so many words, or a past deed denied by who would have done it."""
    rules = (
        _denies,
        _false,
        _nothing,
        _no_such,
        _not_us,
        _never_was,
        _there_was_none,
        _told_not,
        _own_past,
        _own_being,
    )
    return first(rules, deed, scene)


def _denies(deed: Deed, scene: Scene) -> Outcome:
    """Read "denied that …", "dismissed the reports"."""
    words = scene.words
    says = bool(deed.keys & words.act_deny)
    about = deed.object_words if deed.objects else deed.after
    figures = deed.lemma in ("dispute", "contest", "challenge") and bool(
        about & listed("denials: figures")
    )
    talk = any(low(o) == "talk" for o in deed.objects) and deed.lemma in _DEAL
    away = figures or talk or (deed.lemma in _DEAL and bool(about & words.reports))
    as_false = (
        deed.lemma in _DEAL
        and has_child(deed.verb, ("as",), "prep", "mark")
        and bool(deed.after & words.false)
    )
    if not (says or away or as_false) or (away and _idea_turned_down(deed)):
        return PASS
    if deed.negated or deed.modal or deed.verb.dep_ == "amod":
        return NOTHING
    if deed.lemma == "deny" and kids(deed.verb, "dative"):
        return PASS
    if deed.clause.passive and not kids(deed.verb, "agent"):
        return claim("denial", deed, scene, "denies", deed.voice) if deed.spoken else NOTHING
    return claim("denial", deed, scene, "denies") if deed.known or deed.doer.parties else NOTHING


def _idea_turned_down(deed: Deed) -> bool:
    """Tell whether what is waved away is a thing to do: "a suggestion that the list be shown"."""
    near = [c for o in deed.objects for t in o.subtree for c in kids(t, "acl", "ccomp", "relcl")]
    return any(is_wished(c) for c in near)


def _false(deed: Deed, scene: Scene) -> Outcome:
    """Read "that is a fabrication", "it is not true"."""
    if deed.lemma != "be" or not deed.voice.named or deed.modal:
        return PASS
    marks = {low(t) for t in kids(deed.verb, "attr", "acomp", "oprd", "advmod")}
    marks |= {low(t) for a in kids(deed.verb, "attr") for t in kids(a, "amod")}
    untrue = not deed.negated and marks & scene.words.false
    not_true = deed.negated and marks & listed("denials: false")
    if not (untrue or not_true or _GROUNDLESS.search(deed.sentence)):
        return PASS
    if not deed.spoken:
        return PASS
    content = _with_next(deed)
    return claim("denial", deed, scene, "false", deed.voice, content)


def _nothing(deed: Deed, scene: Scene) -> Outcome:
    """Read "has no plans to", "has nothing to do with", "had no part in"."""
    if deed.lemma not in listed("denials: nothing") or deed.modal:
        return PASS
    planless = deed.lemma == "have" and deed.present and deed.object_words & {"plan", "plans"}
    if planless and any(has_child(o, ("no",), "det") for o in deed.objects) and deed.known:
        return claim("denial", deed, scene, "no plans")
    if not deed.spoken:
        return PASS
    none = any(has_child(o, ("no",), "det") for o in deed.objects)
    if none and deed.object_words & {"plan", "plans"} and deed.known and deed.spoken:
        return claim("denial", deed, scene, "no plans")
    own = deed.text
    link = none and deed.object_words & {"connection", "link", "bearing", "relation"}
    if link and deed.by and deed.voice.named:
        return claim("denial", deed, scene, "no connection", deed.voice)
    if (
        deed.known
        and _NOTHING_TO_DO.search(own)
        and (deed.negated or none or "nothing" in deed.object_words)
    ):
        return claim("denial", deed, scene, "nothing to do with", deed.voice)
    return PASS


_DENIED = listed("denials: denied")
_UNTOLD = frozenset(["sign", "time", "way", "doubt", "choice", "need", "reason", "question", "one"])
_STRESSING = listed("denials: stressing")


def _no_such(deed: Deed, scene: Scene) -> Outcome:
    """Read "there was no order", "we have no troops there", "insisted that it had not …"."""
    near = kids(deed.verb, "attr", "dobj", "nsubj")
    none = [n for n in near if has_child(n, ("no",), "det") and lemma(n) in _DENIED]
    subject = deed.clause.subject
    there = deed.lemma == "be" and subject is not None and low(subject) == "there"
    own_text = scene.quoted or scene.issued
    has = there or (deed.first and deed.lemma in listed("denials: no such"))
    if none and has and own_text and deed.voice.named and not deed.modal:
        return claim("denial", deed, scene, "no such thing", deed.voice)
    if there and deed.by and deed.voice.named and deed.past and not deed.modal:
        bare = [n for n in near if low(n) not in ("there", "nothing")]
        none = [n for n in bare if has_child(n, ("no", "neither"), "det", "preconj", "cc")]
        if none and not {lemma(n) for n in none} & (scene.words.answer_nouns | _UNTOLD):
            return claim("denial", deed, scene, "there was no", deed.voice)
    if deed.lemma in _STRESSING and deed.known and not deed.negated and not deed.modal:
        for inner in kids(deed.verb, "ccomp"):
            said = scene.deed(inner)
            same = said.first or (said.who.party and said.who.party in deed.doer.parties)
            over = said.past or has_child(inner, ("had", "has", "have", "did"), "aux")
            if said.negated and over and same and not said.modal:
                return claim("denial", deed, scene, "insists not")
    return PASS


def _not_us(deed: Deed, scene: Scene) -> Outcome:
    """Read "it wasn't us", "that was not our ship"."""
    attrs = kids(deed.verb, "attr")
    ours = any(
        low(a) in ("us", "we", "me", "ours", "mine") or has_child(a, ("our", "my"), "poss")
        for a in attrs
    )
    if (
        deed.lemma == "be"
        and deed.negated
        and ours
        and deed.past
        and deed.voice.named
        and deed.spoken
    ):
        return claim("denial", deed, scene, "not us", deed.voice)
    return PASS


def _never_was(deed: Deed, scene: Scene) -> Outcome:
    """Read "no such thing happened", "it isn't, and never was", "there isn't a single contract"."""
    subject = deed.clause.subject
    if not deed.negated or deed.modal or deed.clause.supposed or subject is None:
        return PASS
    if not (scene.quoted or scene.issued) or not deed.voice.named:
        return PASS
    such = any(low(c) == "such" for c in subject.children) and deed.lemma in _TAKES_PLACE
    bare = deed.lemma == "be" and low(subject) in ("it", "that", "this")
    bare = bare and not [c for c in deed.verb.children if c.dep_ in _COMPLEMENTS]
    there = deed.lemma == "be" and low(subject) == "there" and (deed.present or deed.past)
    such_there = there and any(
        low(c) in ("such", "single") for n in kids(deed.verb, "attr") for c in n.children
    )
    asked = there and _answers(deed)
    if such or bare or such_there or asked:
        return claim("denial", deed, scene, "never was", deed.voice)
    return PASS


_TAKES_PLACE = listed("denials: takes place")
_COMPLEMENTS = ("attr", "acomp", "prep", "xcomp", "ccomp", "advmod", "oprd", "dobj", "advcl")


def _answers(deed: Deed) -> bool:
    """Tell whether a bare "No." or an accusation stands right before."""
    start = deed.verb.sent.start
    if start == 0:
        return False
    before = deed.verb.doc[start - 1].sent
    return len(before) <= 3 and low(before[0]) in ("no", "nonsense", "never", "rubbish")


def _told_not(deed: Deed, scene: Scene) -> Outcome:
    """Read "replied that nobody had been blackmailed", "The ministry: no officer crossed"."""
    if not deed.negated or deed.modal or deed.clause.supposed or not deed.by or not deed.past:
        return PASS
    if not deed.voice.named or deed.verb.dep_ in ("relcl", "advcl", "acl"):
        return PASS
    done_to = deed.clause.passive and deed.lemma in listed("denials: owed")
    before = has_child(deed.verb, ("had",), "aux") and deed.verb.tag_ == "VBN" and not done_to
    act = deed.lemma not in scene.words.stative | _UNSAID | scene.words.answer
    words = scene.words
    act = act and not deed.keys & (words.act_demand | words.act_accept | words.act_drop)
    if before and act and deed.voice.parties and deed.lemma not in listed("denials: harmed"):
        return claim("denial", deed, scene, "had not", deed.voice)
    never = has_child(deed.verb, ("never",)) or _NEVER.search(deed.text)
    subject = deed.clause.subject
    none = subject is not None and _none_of(subject) and low(subject) != "nothing"
    firm = deed.by[0].verb.lemma_ in _STRESSING | {"reply", "retort", "protest", "counter"}
    been = deed.lemma == "be" and has_child(deed.verb, ("had",), "aux") and kids(deed.verb, "prep")
    idle = deed.lemma in _UNSAID | listed("denials: harmed")
    idle = idle or (deed.lemma in scene.words.stative and not been)
    idle = idle or (deed.clause.passive and deed.lemma in listed("done: let in"))
    if idle or deed.keys & scene.words.act_demand:
        return PASS
    own = deed.who.party and deed.who.party in deed.voice.parties
    if none or (never and (own or deed.clause.passive)) or (firm and (own or deed.clause.passive)):
        return claim("denial", deed, scene, "told not", deed.voice)
    before = has_child(deed.verb, ("had",), "aux") or any(
        has_child(o, ("no",), "det") or "neither" in {low(t) for t in o.subtree}
        for o in deed.objects
    )
    says = deed.by[0].verb.lemma_ in scene.words.speech and not scene.quoted
    if before and says and own != deed.clause.passive:  # "it had not been consulted": a complaint
        return claim("denial", deed, scene, "told not", deed.voice)
    return PASS


def _there_was_none(deed: Deed, scene: Scene) -> Outcome:
    """Read "there had been neither talks nor approaches, he said", "There's no buyer" in reply."""
    subject = deed.clause.subject
    if deed.lemma != "be" or subject is None or low(subject) != "there" or deed.modal:
        return PASS
    none = deed.negated or any(has_child(n, ("no",), "det") for n in kids(deed.verb, "attr"))
    if not none or not deed.voice.named or deed.clause.supposed:
        return PASS
    told = deed.past and bool(deed.by) and not scene.quoted
    hidden = any(
        low(c) in listed("denials: hidden") for n in kids(deed.verb, "attr") for c in n.children
    )
    told = told or (hidden and deed.present and (bool(deed.by) or scene.quoted))
    asked = scene.unit.question >= 0 and deed.verb.sent.start == 0
    plain = not any(kids(n, "relcl", "acl") for n in kids(deed.verb, "attr", "nsubj"))
    if (told or asked) and plain:
        return claim("denial", deed, scene, "there was none", deed.voice)
    return PASS


def _own_past(deed: Deed, scene: Scene) -> Outcome:
    """Read "we did not touch a cable": a past deed denied by who is said to have done it."""
    if not deed.negated or deed.modal or not deed.spoken or not deed.voice.named:
        return PASS
    over = deed.past or has_child(
        deed.verb, ("did", "has", "have", "was", "were", "had", "'ve"), "aux", "auxpass"
    )
    if not over or deed.verb.dep_ in ("relcl", "advcl", "acl"):
        return PASS
    never = has_child(deed.verb, ("never",))
    stative = deed.lemma in scene.words.stative and not (deed.lemma == "have" and never)
    if (
        stative
        or deed.lemma in _UNSAID
        or (
            deed.keys & scene.words.act_demand
            and deed.lemma not in ("ask", "order", "demand", "request")
            and not has_child(deed.verb, ("ever", "never"), "advmod", "neg")
        )
    ):
        return PASS
    if deed.verb.tag_ == "VBG" or has_child(deed.verb, ("having",), "aux"):
        return PASS
    none = deed.clause.subject is not None and _none_of(deed.clause.subject)
    theirs = (
        none
        and deed.clause.subject is not None
        and any(low(t) in listed("denials: own past") for t in deed.clause.subject.subtree)
    )
    own_text = scene.quoted or scene.issued
    named = own_text and deed.who.party is not None and deed.who.party in deed.voice.parties
    plain = own_text and _NEVER.search(deed.sentence)
    if not (
        deed.first
        or (none and (own_text or theirs))
        or named
        or plain
        or (_accused_before(deed, scene) and scene.quoted)
    ):
        return PASS
    mine = deed.first or none or deed.who.kind == "thing" or named
    return claim("denial", deed, scene, "own past", deed.voice) if mine else PASS


def _own_being(deed: Deed, scene: Scene) -> Outcome:
    """Read "we are in nobody's pocket" after an accusation."""
    own_text = scene.quoted or scene.issued
    if deed.lemma != "be" or not deed.first or not own_text or not deed.present or deed.modal:
        return PASS
    nobodys = re.search(r"\b(?:nobody|no one|no-one)'s\b", deed.sentence)
    subject = deed.clause.subject
    if subject is None or low(subject) not in ("we", "i"):
        return PASS
    if (deed.negated or nobodys) and _accused_before(deed, scene) and not kids(deed.verb, "xcomp"):
        ready = {low(a) for a in kids(deed.verb, "acomp")} & (
            scene.words.ready | scene.words.unready
        )
        return PASS if ready else claim("denial", deed, scene, "own being", deed.voice)
    return PASS


def _none_of(subject: Token) -> bool:
    """Tell whether a subject is "not one soldier", "no ship", "none of us", "nobody"."""
    if low(subject) in ("nobody", "none", "nothing"):
        return True
    return has_child(subject, ("no",), "det") or low(subject.left_edge) in ("not", "none", "no")


def _accused_before(deed: Deed, scene: Scene) -> bool:
    """Tell whether the words before answer an accusation or a question."""
    start = deed.verb.sent.start
    if start == 0:
        return scene.unit.question >= 0
    return bool(_ACCUSED.search(deed.verb.doc[max(0, start - 25) : start].text))


def _with_next(deed: Deed) -> list[Token]:
    """Return the sentence, with the next where "It is untrue." points to it."""
    found = whole_sentence(deed.verb)
    subject = deed.clause.subject
    end = deed.verb.sent.end
    vague = subject is not None and low(subject) in ("it", "that", "this")
    if vague and end < len(deed.verb.doc) and not kids(deed.verb, "ccomp"):
        found += whole_sentence(deed.verb.doc[end])
    return found
