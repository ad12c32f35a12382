"""Demands: what a party asks of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import (
    clause,
    has_child,
    is_negated,
    is_wished,
    kids,
    lemma,
    low,
    subject_of,
)
from detente.reading.frames.deed import Deed, whole_sentence
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.needs import (
    expects,
    is_after,
    is_entitled,
    is_needed,
    needs,
    would_like,
)
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone
from detente.reading.frames.ultimatums import deadline

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANONYMOUS = re.compile(
    r"\banonym|\bnot to be (?:named|identified|quoted)|\b(?:print|publish"
    r"|use) (?:his|her|their) names?\b"
)
_WHAT = re.compile(r"(?:and |but )?(?:all |what )(?:we|i|they|he|she|it) ", re.IGNORECASE)
_QUESTIONS = listed("demands: questions")
_SOFT = listed("demands: soft")
_BARE = listed("demands: bare")
_ORDERS_SPARED = listed("demands: orders spared")
_SOUGHT = listed("demands: sought")
_DUES = frozenset(["wage", "wages", "pay", "money", "rent", "arrears", "share", "ownership"])
_JIBES = listed("demands: jibes")
_PROCEDURE = listed("demands: procedure")
_IMPERSONAL = listed("demands: impersonal")


def demand(deed: Deed, scene: Scene) -> Outcome:
    """Read what a party asks, urges, wants or says must be done."""
    rules = (
        _not_given_up,
        _for_a_goal,
        _asks,
        needs,
        is_needed,
        _in_return,
        is_after,
        is_entitled,
        would_like,
        expects,
        _must,
        _order,
        deadline,
    )
    return first(rules, deed, scene)


def _text(deed: Deed) -> str:
    return str(deed.text)


def _not_given_up(deed: Deed, scene: Scene) -> Outcome:
    """Read "has not given up its demand", "sticks to its claim"."""
    words = scene.words
    if deed.modal or not deed.known or deed.clause.supposed:
        return PASS
    held = deed.negated and deed.keys & words.act_drop and deed.object_words & words.demand_nouns
    nouns = deed.after & words.noun_demand
    kept = not deed.negated and deed.keys & words.keep_up and nouns and _own_noun(deed, scene)
    made = (
        not deed.negated
        and deed.keys & words.bring_about
        and deed.object_words & (words.noun_demand - {"call", "wish"})
    )
    lodged = deed.lemma in listed("demands: lodged") or "claim" not in deed.object_words
    if held or kept:
        return claim("demand", deed, scene, "not given up")
    if made and (deed.past or deed.present) and lodged:
        return claim("demand", deed, scene, "issued")
    return PASS


def _own_noun(deed: Deed, scene: Scene) -> bool:
    """Tell whether the demand that is kept up is the subject's own: "its", "our"."""
    near = [*deed.objects, *(p for prep in kids(deed.verb, "prep") for p in kids(prep, "pobj"))]
    return any(
        has_child(n, ("its", "their", "his", "her", "our", "my"), "poss")
        for n in near
        if lemma(n) in scene.words.noun_demand
    )


def _asks(deed: Deed, scene: Scene) -> Outcome:
    """Read "demands that", "called on … to", "insists that it be"."""
    words = scene.words
    asking = deed.keys & words.act_demand or _invites_to_do(deed) or _tells_to(deed, scene)
    asking = asking or (deed.lemma == "claim" and deed.object_words & (_SOUGHT | _DUES))
    if not asking or not deed.known or deed.clause.supposed:
        return PASS
    wants_none = (
        deed.lemma == "want" and deed.negated and not kids(deed.verb, "neg") and deed.objects
    )
    if deed.negated and not wants_none:
        return PASS
    would = deed.lemma == "like" or (deed.first and deed.spoken and bool(deed.inner))
    if deed.modal not in ("", "will", "must", "would", "shall") or (
        deed.modal == "would" and not would
    ):
        return PASS
    if deed.verb.dep_ == "amod" or _passive_of_nobody(deed):
        return NOTHING if deed.lemma != "order" else PASS
    if _ANONYMOUS.search(_text(deed)) or _asks_press(deed, scene):
        return NOTHING
    if any(low(p) == "nothing" for prep in kids(deed.verb, "prep") for p in kids(prep, "pobj")):
        return NOTHING
    if deed.verb.tag_ == "VBG" and has_child(deed.verb, ("was", "were"), "aux") and not deed.by:
        return NOTHING
    perfect = has_child(deed.verb, ("have", "'ve", "has"), "aux")
    asked = has_child(deed.verb, ("whom",), "dobj") and kids(deed.verb, "xcomp")
    recalled = deed.first and deed.past and not perfect and not asked
    if recalled and deed.lemma in listed("demands: asks"):
        return NOTHING
    if deed.lemma in _SOFT and not _to_do(deed) and not _WHAT.match(deed.verb.sent.text):
        return PASS
    if _is_statement(deed) or _for_oneself(deed) or _told_before(deed):
        return NOTHING
    if _PROCEDURE & {w for c in _asked_deeds(deed) for w in (low(c), lemma(c))}:
        return NOTHING  # "asked that it be minuted"
    brought = any(" " in key for key in deed.keys & words.act_demand)
    if deed.lemma in _BARE and not (deed.inner or deed.objects or brought):
        return NOTHING
    harms = (
        deed.modal in ("will", "shall")
        and deed.first
        and any(tone(c, words) == "harm" for c in deed.inner)
    )
    if harms:
        return claim("threat", deed, scene, "will have it done")
    return _what_we_ask(deed, scene) or claim("demand", deed, scene, "asks")


def _asked_deeds(deed: Deed) -> list[Token]:
    """Return the deeds that are asked for."""
    return [*deed.inner, *(c for x in deed.inner for c in kids(x, "xcomp", "ccomp", "acomp"))]


_ATTENDING = listed("demands: attending")


def _invites_to_do(deed: Deed) -> bool:
    """Tell whether "invited the mission to recall its men" asks for a deed, not a visit."""
    inner = kids(deed.verb, "xcomp", "ccomp")
    inner = [c for c in inner if not kids(c, "auxpass")]  # "to a table, to be opened on Monday"
    return deed.lemma == "invite" and any(lemma(c) not in _ATTENDING for c in inner)


def _tells_to(deed: Deed, scene: Scene) -> bool:
    """Tell whether it is "told both camps to meet", "warned the firm not to stop"."""
    if deed.lemma not in listed("demands: tells to") or deed.clause.passive:
        return False
    told = [scene.who(t) for t in kids(deed.verb, "dobj", "dative")]
    told += [scene.who(t) for c in kids(deed.verb, "ccomp") for t in kids(c, "nsubj")]
    other = any(w.kind == "several" or (w.party and w.party not in deed.doer.parties) for w in told)
    return other and any(has_child(c, ("to",), "aux") for c in kids(deed.verb, "xcomp", "ccomp"))


def _told_before(deed: Deed) -> bool:
    """Tell whether it only recalls what was asked: "what we wanted", "the pledge it asked for"."""
    subject = deed.clause.subject
    if has_child(deed.verb, ("whom",), "dobj"):
        return False
    if deed.verb.dep_ == "relcl" and deed.past and subject is not None:
        return low(subject) not in ("who", "which", "that") and subject.i != deed.verb.head.i
    own = deed.lemma == "order" and any(
        c.dep_ == "poss" and low(c) in ("his", "its", "her", "their")
        for o in deed.objects
        for c in o.children
    )
    return own or (has_child(deed.verb, ("what",), "dobj") and deed.past)


def _passive_of_nobody(deed: Deed) -> bool:
    """Tell whether it is asked by nobody that is named."""
    return deed.clause.passive and not kids(deed.verb, "agent")


def _to_do(deed: Deed) -> bool:
    """Tell whether a deed of another is asked: "expects the firm to …"."""
    return any(has_child(c, ("to",), "aux") and kids(c, "nsubj") for c in deed.inner) or bool(
        kids(deed.verb, "dobj") and kids(deed.verb, "xcomp")
    )


def _asks_press(deed: Deed, scene: Scene) -> bool:
    """Tell whether it is the press that is asked."""
    near = {
        w for o in kids(deed.verb, "dobj", "dative") for t in o.subtree for w in (low(t), lemma(t))
    }
    return bool(near & scene.words.press) and deed.lemma in listed("demands: asks press")


def _is_statement(deed: Deed) -> bool:
    """Tell whether "insist", "ask", "say" brings what is so, not what shall be."""
    verb = deed.verb
    complements = kids(verb, "ccomp")
    if deed.lemma == "insist":
        if complements:
            marks = clause(complements[0])
            wished = is_wished(complements[0]) or marks.modal in ("must", "should")
            return not (wished or _may_be_wished(complements[0], deed))
        return not any(low(p) in ("on", "upon") for p in kids(verb, "prep"))
    if deed.lemma == "ask":
        if any(low(p) == "about" for p in kids(verb, "prep")):
            return True
        if complements and any(low(t) in _QUESTIONS for t in complements[0].children):
            return True
        wished = any(has_child(c, ("for",), "mark") for c in kids(verb, "advcl"))
        brought = complements or kids(verb, "xcomp", "prep", "dative")
        if not (brought or wished or deed.objects):
            return True
        return bool(complements) and not _wish(complements[0])
    if deed.lemma in listed("demands: is statement") and complements:
        return not _wish(complements[0]) and deed.lemma in ("expect", "require")
    return False


def _may_be_wished(inner: Token, deed: Deed) -> bool:
    """Tell whether "insist that all five come home" says what shall be, not what is."""
    plain = (
        inner.tag_ == "VBP" and inner.pos_ == "VERB" and not kids(inner, "aux", "auxpass", "neg")
    )
    return plain and lemma(inner) not in listed("demands: no deeds")


def _wish(inner: Token) -> bool:
    """Tell whether a clause says what shall be: a bare verb, "that", "to", "for … to"."""
    return (
        inner.tag_ == "VB"
        or is_wished(inner)
        or has_child(inner, ("that",), "mark")
        or has_child(inner, ("to", "be"), "aux")
    )


def _for_oneself(deed: Deed) -> bool:
    """Tell whether one asks to be allowed, or wants, to do something oneself."""
    verb, x, c = deed.verb, kids(deed.verb, "xcomp"), kids(deed.verb, "ccomp")
    if deed.lemma in ("want", "seek", "require", "wish"):
        more = any(t.i > verb.i for t in kids(verb, "nsubj", "prt", "oprd", "advmod"))
        if not (x or c or deed.objects or more):
            return True
        if deed.lemma == "seek" and deed.object_words & _SOUGHT:
            return False
        if x and lemma(x[0]) in listed("demands: for oneself") and kids(x[0], "dobj", "ccomp"):
            return False
        own = (
            x
            and not kids(verb, "dobj")
            and not c
            and not kids(x[0], "nsubj", "nsubjpass", "auxpass")
        )
        return (bool(own) and deed.lemma in ("want", "seek")) or (
            deed.past and deed.lemma == "seek"
        )
    if any(low(p) == "for" and p.i < t.i for t in x for p in kids(verb, "prep")):
        return False  # "asked for money to plug a hole"
    if deed.lemma in ("ask", "expect", "demand") and x and not kids(verb, "dobj", "dative"):
        passive = kids(x[0], "auxpass") or any(low(t) == "be" for t in x[0].subtree if t.i < x[0].i)
        return not kids(x[0], "nsubj", "nsubjpass") and not passive and deed.lemma != "demand"
    return False


def _what_we_ask(deed: Deed, scene: Scene) -> Outcome | None:
    """Read "What we want is …", and lists that follow it."""
    verb = deed.verb
    head = verb.head
    if verb.dep_ not in ("csubj", "ccomp", "relcl") or not _WHAT.match(verb.sent.text):
        return None
    if head.lemma_ == "be" and any(
        t.i > head.i for t in kids(head, "attr", "ccomp", "acomp", "xcomp", "advcl")
    ):
        return claim("demand", deed, scene, "what is asked", None, whole_sentence(verb))
    found: list[Outcome] = []
    at = verb.sent.end
    while at < len(verb.doc) and not _has_finite(verb.doc[at]):
        found.append(
            claim("demand", deed, scene, "what is asked", None, whole_sentence(verb.doc[at]))
        )
        at = verb.doc[at].sent.end
    drafts = tuple(d for one in found for d in one.drafts)
    return Outcome(drafts, True) if drafts else None


def _has_finite(token: Token) -> bool:
    """Tell whether a sentence has a finite verb."""
    return any(
        t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in token.sent if t.pos_ in ("VERB", "AUX")
    )


def _for_a_goal(deed: Deed, scene: Scene) -> Outcome:
    """Read "demands that for talks to begin, all troops must leave"."""
    must = deed.verb.head
    goals = [
        c
        for c in kids(deed.verb, "ccomp")
        if has_child(c, ("that",), "mark") and has_child(c, ("for",), "mark")
    ]
    above = deed.verb.dep_ == "ccomp" and must.i > deed.verb.i and _modal_above(must) == "must"
    if not goals or not above or not deed.keys & scene.words.act_demand or deed.negated:
        return PASS
    goal = list(goals[0].subtree)
    last = goal[-1].i
    words = [t for t in must.subtree if t.i > last and not t.is_punct]
    wanted = [t for t in goal if t.dep_ != "mark"]
    subject = subject_of(must)
    target = scene.party(subject) if subject is not None else ""
    return claim(
        "condition", deed, scene, "for … must", None, words, target=target or "", purpose=wanted
    )


def _in_return(deed: Deed, scene: Scene) -> Outcome:
    """Read "In exchange, the front would have to …": a condition of the last offer."""
    head = deed.verb.head
    opens = re.match(r"(?:in (?:exchange|return|turn)|for (?:that|this|its part))\b", deed.sentence)
    if not opens or deed.verb.dep_ != "xcomp" or head.lemma_ != "have" or is_negated(head):
        return PASS
    last = scene.last
    subject = subject_of(head)
    asked = scene.party(subject) if subject is not None else ""
    if (
        last is None
        or last.kind not in ("offer", "condition", "concession")
        or not last.party
        or asked == last.party
    ):
        return PASS
    from detente.reading.frames.deed import Holder

    holder = Holder((last.party,), last.speaker)
    return claim("condition", deed, scene, "in return", holder, target=asked, purpose=last.content)


def _must(deed: Deed, scene: Scene) -> Outcome:
    """Read "the army must leave", "no water may be withheld", "they have to go"."""
    verb = deed.verb
    if not deed.voice.named or not deed.spoken or deed.clause.supposed or scene.authors_own(deed):
        return PASS
    head = verb.head
    has_to = (
        verb.dep_ == "xcomp"
        and head.lemma_ in ("have", "need", "be")
        and has_child(verb, ("to",), "aux")
        and not is_negated(head)
    )
    has_to = has_to and (head.lemma_ != "be" or not kids(head, "acomp", "attr"))
    has_to = has_to and not (low(head) == "were" and head.i == head.sent.start)  # "Were X to …"
    must = deed.modal in ("must", "should", "shall") and (deed.modal != "shall" or not deed.first)
    may_not = deed.modal in ("may", "can", "shall") and deed.negated and deed.clause.passive
    none = deed.clause.subject is not None and has_child(deed.clause.subject, ("no",), "det")
    may_not = may_not or (deed.modal == "may" and deed.negated and none)
    if not (must or has_to or may_not) or (
        deed.modal == "shall" and not may_not and not deed.spoken
    ):
        return PASS
    if deed.modal == "shall" and not may_not:
        return PASS
    subject = deed.clause.subject
    if deed.lemma in scene.words.speech and kids(verb, "ccomp"):
        return PASS  # "the ministry must recall that …"
    own = deed.first or (deed.who.party and deed.who.party in deed.voice.parties)
    if own or (subject is not None and low(subject) in _IMPERSONAL and not deed.clause.passive):
        return NOTHING if deed.first else PASS
    unsure = _modal_above(head) in ("would", "may", "might", "could") and not _goal(deed)
    if has_to and (deed.past or unsure or (head.lemma_ == "be" and deed.negated)):
        return PASS
    if deed.lemma == "be" and not kids(verb, "acomp", "prep"):
        return PASS
    if (deed.lemma in scene.words.speech and kids(verb, "ccomp")) or (
        deed.lemma in _PROCEDURE and deed.clause.passive
    ):
        return PASS  # "the Government must recall that …", "is not to be understood as …"
    if deed.lemma in scene.words.stative - listed("demands: must"):
        return PASS
    asked = deed.who.party or ""
    if has_to and head.lemma_ == "be" and deed.negated and deed.clause.passive:
        let_in = deed.lemma in listed("announced: given") | {"receive", "readmit"}
        if let_in:
            return claim("refusal", deed, scene, "is not to be", deed.voice)
    goal = _goal(deed) or _before_talks(deed, scene)
    if goal:
        apart = {t.i for t in goal}
        mine = [t for t in deed.verb.subtree if t.i not in apart and not t.is_punct]
        return claim(
            "condition", deed, scene, "for … must", deed.voice, mine, target=asked, purpose=goal
        )
    return claim("demand", deed, scene, "must", deed.voice, target=asked)


def _goal(deed: Deed) -> list[Token]:
    """Return the words of "for talks to begin", where the sentence begins with them."""
    first = deed.verb.sent[0]
    if low(first) != "for" or first.head.i == first.i:
        return []
    whole = [first, *first.head.subtree] if first.dep_ == "mark" else list(first.subtree)
    to = any(low(t) == "to" and t.dep_ == "aux" for t in whole)
    return whole if to and deed.verb.i not in {t.i for t in whole} else []


def _before_talks(deed: Deed, scene: Scene) -> list[Token]:
    """Return the words of "before any talks the pumps must stop"."""
    first = deed.verb.sent[0]
    if low(first) != "before" or first.dep_ != "prep":
        return []
    talks = [o for o in kids(first, "pobj") if {low(o), lemma(o)} & listed("announced: talks")]
    return [t for o in talks for t in o.subtree]


def _modal_above(head: Token) -> str:
    """Return the modal of "have to"."""
    return next((low(c) for c in kids(head, "aux") if c.tag_ == "MD"), "")


def _order(deed: Deed, scene: Scene) -> Outcome:
    """Read an order in a party's own words: "Release them at once", "Let the convoys through"."""
    if deed.clause.mood != "order" or not deed.voice.named:
        return PASS
    led = deed.verb.i > 0 and low(deed.verb.doc[deed.verb.i - 1]) in (":", ",")
    if not (scene.quoted or scene.issued) or (deed.verb.i > deed.verb.sent.start + 3 and not led):
        return PASS
    if deed.lemma == "let" and low(deed.verb.doc[min(deed.verb.i + 1, len(deed.verb.doc) - 1)]) in (
        "us",
        "'s",
        "me",
    ):
        return PASS
    words = scene.words
    deeds = words.good | words.end | listed("demands: order")
    if deed.lemma in _ORDERS_SPARED and deed.lemma not in ("let", "take", "put"):
        return PASS
    if deed.lemma in listed("demands: order 2") and not deed.objects and not kids(deed.verb, "prt"):
        return PASS
    if deed.lemma == "let" and not kids(deed.verb, "ccomp", "xcomp", "prt", "prep", "advmod"):
        return PASS
    if deed.lemma == "let" and any(lemma(c) in _JIBES for c in kids(deed.verb, "ccomp", "xcomp")):
        return PASS
    if deed.keys & deeds or deed.lemma == "let" or deed.negated:
        return claim("demand", deed, scene, "order", deed.voice)
    return PASS
