"""What a party says that it will and will not do, may have done, or would think of."""

from __future__ import annotations

import re

from detente.reading.analysis.marks import has_child, is_negated, kids, lemma, low
from detente.reading.frames.deed import Deed
from detente.reading.frames.draft import NOTHING, PASS, Outcome, first
from detente.reading.frames.plans import decides, is_to
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import tone
from detente.reading.frames.withheld import nobody_does, not_doing, stays_put

_OPEN = frozenset(["will", "would", "shall"])
_CONSEQUENCE = re.compile(
    r"\b(?:consequences?|regret|price|dearly|answer for|held responsible"
    r"|reserves? (?:the|all|its|our|their) rights?|no (?:other )?(?:choice|option"
    r"|alternative) (?:but|than))\b"
)
_IF_WE_WANTED = re.compile(r"\bif (?:we|i|they|he|she|it) (?:wanted|tried|wished|liked)\b")
_BOUND = listed("announced: bound")
_GOING = frozenset(["come", "attend", "participate", "join"])
_TALKS = listed("announced: talks")
_STOPS = listed("announced: stops")
_PERMITTED = listed("announced: permitted")
_EVADING = listed("announced: evading")
_PRICES = listed("announced: prices")
_IMAGINE = listed("announced: imagine")
_ABIDING = listed("announced: abiding")


def announced(deed: Deed, scene: Scene) -> Outcome:
    """Read what will, would, will not and cannot be done."""
    if scene.authors_own(deed):
        return NOTHING if deed.modal else PASS
    rules = (
        _welcome,
        _consequences,
        _you_can,
        stays_put,
        nobody_does,
        not_doing,
        _may_come,
        _cannot_be,
        _elliptic,
        _nothing_will,
        _will_not,
        _cannot,
        _stays,
        _will_befall,
        decides,
        is_to,
        _will,
    )
    return first(rules, deed, scene)


def _bare_would(deed: Deed, scene: Scene) -> bool:
    """Tell whether "would" is the reporter's own supposition, or tells what would have been."""
    if deed.modal == "would" and has_child(deed.verb, ("have", "'ve"), "aux"):
        return True
    willing = (
        deed.negated and deed.known and not deed.clause.supposed and " if " not in deed.sentence
    )
    if willing and deed.lemma not in scene.words.speech:
        return False  # "would not hear of it": it was not willing
    own = (deed.first and "if" not in deed.sentence.split()) or scene.quoted or scene.issued
    return deed.modal == "would" and not deed.by and not own


def _cannot_be(deed: Deed, scene: Scene) -> Outcome:
    """Read "the contract cannot be reopened"."""
    could = deed.modal in ("can", "could") and deed.negated and deed.clause.passive
    if (
        could
        and deed.voice.named
        and deed.spoken
        and deed.lemma in scene.words.cannot_be
        and not deed.clause.supposed
    ):
        return claim("refusal", deed, scene, "cannot be", deed.voice)
    head = deed.verb.head
    is_to = deed.verb.dep_ == "xcomp" and head.lemma_ == "be"
    is_to = is_to and (is_negated(head) or deed.negated)
    barred = is_to and deed.clause.passive and not kids(head, "acomp", "attr")
    spoken = deed.spoken and deed.voice.named and not deed.clause.supposed
    if barred and spoken and deed.lemma not in listed("demands: procedure"):
        return claim("refusal", deed, scene, "is not to be", deed.voice)
    return PASS


def _consequences(deed: Deed, scene: Scene) -> Outcome:
    """Read "there will be consequences", "is considering sanctions"."""
    subject = deed.clause.subject
    there = deed.lemma == "be" and subject is not None and low(subject) == "there"
    near = {lemma(t) for t in kids(deed.verb, "attr", "nsubj", "dobj")}
    if there and near & _PRICES and deed.modal in _OPEN and not deed.negated and deed.voice.named:
        return claim("threat", deed, scene, "consequences", deed.voice)
    weighs = deed.lemma in listed("announced: consequences") and deed.present
    harm = deed.object_words & scene.words.harm_nouns or tone(deed.verb, scene.words) == "harm"
    if weighs and deed.verb.tag_ == "VBG" and harm and deed.known and not deed.negated:
        return claim("threat", deed, scene, "considers harm")
    return PASS


def _welcome(deed: Deed, scene: Scene) -> Outcome:
    """Read "the inspectors will be welcome", "his plants are open to our people"."""
    if deed.lemma != "be" or deed.negated or deed.clause.supposed or not deed.voice.named:
        return PASS
    words = {low(a) for a in kids(deed.verb, "acomp", "attr", "oprd")}
    if not deed.spoken or deed.modal not in ("", "will", "would") or deed.first:
        return PASS
    open_to = "open" in words and any(
        low(p) == "to" for a in kids(deed.verb, "acomp") for p in kids(a, "prep")
    )
    if "welcome" in words or (open_to and deed.who.kind == "thing"):
        return claim("offer", deed, scene, "welcome", deed.voice, target=deed.who.party or "")
    return PASS


def _you_can(deed: Deed, scene: Scene) -> Outcome:
    """Read "you can have the barges back", "we could imagine a joint patrol"."""
    subject = deed.clause.subject
    if deed.modal not in ("can", "may", "could") or deed.negated or not scene.quoted:
        return PASS
    if subject is None or not deed.voice.named or deed.clause.supposed:
        return PASS
    if low(subject) == "you" and deed.lemma in _PERMITTED and deed.modal != "could":
        return claim("offer", deed, scene, "you can", deed.voice)
    if deed.first and deed.lemma in _IMAGINE and deed.modal == "could" and deed.objects:
        return claim("offer", deed, scene, "could imagine", deed.voice)
    return PASS


def _may_come(deed: Deed, scene: Scene) -> Outcome:
    """Read "the Red Cross may come and fetch him": a leave that is given."""
    told = scene.quoted or scene.issued or bool(deed.by)
    if deed.modal not in ("may", "can", "could") or deed.negated or not told or deed.first:
        return PASS
    subject = deed.clause.subject
    if deed.clause.supposed or subject is None or deed.clause.passive:
        return PASS
    other = not set(deed.voice.parties) & {deed.who.party or ""}
    other = other and low(subject) not in ("it", "there", "that", "this", "you", "one")
    if deed.modal != "may" and (not other or deed.verb.dep_ == "relcl" or scene.opinion):
        return PASS
    if (
        deed.lemma in _PERMITTED
        and deed.voice.named
        and deed.verb.dep_ in ("ROOT", "conj", "ccomp")
    ):
        return claim("offer", deed, scene, "may", deed.voice, target=deed.who.party or "")
    return PASS


def _elliptic(deed: Deed, scene: Scene) -> Outcome:
    """Read "Maputo has not.": the deed of the sentence before, refused."""
    verb = deed.verb
    subject = deed.clause.subject
    if subject is None or subject.pos_ not in ("PROPN", "NOUN"):
        return PASS
    if verb.dep_ not in ("ROOT", "conj", "ccomp") or not deed.negated or not deed.known:
        return PASS
    if verb.lemma_ not in ("have", "will", "would") or kids(
        verb, "dobj", "attr", "acomp", "xcomp", "ccomp", "prep"
    ):
        return PASS
    return (
        claim("refusal", deed, scene, "has not") if verb.sent.end - verb.sent.start <= 9 else PASS
    )


def _nothing_will(deed: Deed, scene: Scene) -> Outcome:
    """Read "there will be no payment", "there is nothing to pay"."""
    subject = deed.clause.subject
    if deed.lemma != "be" or subject is None or low(subject) != "there" or deed.clause.supposed:
        return PASS
    near = kids(deed.verb, "attr", "nsubj", "dobj")
    none = deed.negated or any(has_child(n, ("no",), "det") or low(n) == "nothing" for n in near)
    later = deed.modal in _OPEN or any(
        low(n) == "nothing" and kids(n, "relcl", "acl") for n in near
    )
    if not none or not later or not deed.voice.named or not deed.spoken:
        return PASS
    harms = {lemma(n) for n in near} & scene.words.harm_nouns
    return claim("offer" if harms else "refusal", deed, scene, "there will be no", deed.voice)


def _will_not(deed: Deed, scene: Scene) -> Outcome:
    """Read "will not", "shall never", "no machine will pass"."""
    words = scene.words
    if deed.modal not in _OPEN or not deed.negated or _bare_would(deed, scene):
        return PASS
    if deed.clause.supposed:
        return NOTHING
    stative = deed.lemma in words.stative - listed("announced: will not 3")
    near = {low(t) for t in deed.verb.subtree}
    talk = near & (words.press | words.reports) and deed.lemma in listed("announced: will not")
    speaks = deed.lemma in scene.words.speech and not deed.clause.passive
    stative = stative or speaks or bool(deed.keys & _EVADING)
    if stative or talk or deed.lemma in listed("announced: will not 2"):
        return _rest(deed, scene)
    if deed.lemma == "be":
        return _will_not_be(deed, scene)
    if deed.clause.passive and not deed.known:
        harm = tone(deed.verb, words) == "harm" and deed.lemma not in _STOPS
        if deed.voice.named and deed.spoken:
            return claim(
                "offer" if harm and not deed.first else "refusal",
                deed,
                scene,
                "will not be",
                deed.voice,
            )
        return NOTHING
    if deed.known:
        harm = tone(deed.verb, words) == "harm" and deed.lemma not in _STOPS
        foreign = (
            deed.spoken
            and deed.who.kind in ("party", "person")
            and deed.who.party
            and deed.voice.parties
            and deed.who.party not in deed.voice.parties
        )
        if foreign and scene.quoted:
            return (
                claim("refusal", deed, scene, "will not let", deed.voice)
                if not harm and deed.lemma in listed("announced: will not 4")
                else NOTHING
            )
        return claim("offer" if harm else "refusal", deed, scene, "will not")
    return _nothing_may(deed, scene)


def _nothing_may(deed: Deed, scene: Scene) -> Outcome:
    """Read "no machine will pass", "that will not do"."""
    subject = deed.clause.subject
    none = subject is not None and (
        has_child(subject, ("no",), "det") or low(subject.left_edge) in ("no", "not")
    )
    if (
        deed.spoken
        and deed.voice.named
        and (
            none
            or (deed.lemma in ("do", "suffice", "wash", "help") and not deed.objects)
            or deed.lemma in scene.words.keep | listed("announced: will not 5")
        )
    ):
        return claim("refusal", deed, scene, "no … will", deed.voice)
    return NOTHING


def _rest(deed: Deed, scene: Scene) -> Outcome:
    """Read "will not rest until", "will not hesitate to": a threat if harm follows."""
    inner = kids(deed.verb, "xcomp")
    if deed.lemma == "hesitate" and inner and deed.known and tone(inner[0], scene.words) == "harm":
        return claim("threat", deed, scene, "will not hesitate")
    return NOTHING


def _will_not_be(deed: Deed, scene: Scene) -> Outcome:
    """Read "will not be bullied", "we will not be there", "will not be part of"."""
    near = {low(t) for t in deed.verb.subtree}
    if deed.first and near & listed("announced: will not be"):
        return claim("refusal", deed, scene, "will not be there")
    ready = [a for a in kids(deed.verb, "acomp") if low(a) in scene.words.ready]
    if ready and deed.known:
        return claim("refusal", deed, scene, "will not be ready")
    gerund = [c for c in deed.verb.children if c.tag_ == "VBG"]
    return PASS if gerund else NOTHING


def _cannot(deed: Deed, scene: Scene) -> Outcome:
    """Read "we cannot accept", "cannot put my name to"."""
    if deed.modal not in ("can", "could") or not deed.negated:
        return PASS
    if deed.clause.supposed:
        return NOTHING
    spoken = deed.first or deed.by
    if deed.keys & _EVADING or _IF_WE_WANTED.search(deed.sentence):
        return NOTHING
    if deed.known and spoken and not deed.clause.passive and deed.lemma in scene.words.ability:
        foreign = deed.who.party and deed.voice.parties and deed.who.party not in deed.voice.parties
        return NOTHING if foreign else claim("refusal", deed, scene, "cannot")
    return NOTHING


def _stays(deed: Deed, scene: Scene) -> Outcome:
    """Read "the buoys stay where they are": a refusal to change them."""
    own_words = scene.quoted or scene.issued or bool(deed.by)
    if (
        deed.lemma not in ("stay", "remain", "stand")
        or deed.negated
        or not deed.voice.named
        or not own_words
    ):
        return PASS
    if deed.clause.supposed or deed.verb.dep_ in ("relcl", "advcl", "acl"):
        return PASS
    pointing = deed.clause.subject is not None and low(deed.clause.subject) in (
        "it",
        "that",
        "this",
    )
    ours = deed.first and deed.clause.subject is not None and deed.clause.subject.pos_ == "NOUN"
    if deed.verb.tag_ == "VBG":
        return PASS
    if deed.lemma == "stand" and {low(p) for p in kids(deed.verb, "prep")} & {"at"}:
        return PASS
    if not (deed.who.kind in ("thing", "unknown") or pointing or ours) or not (
        deed.modal in _OPEN or deed.present
    ):
        return PASS
    content = None
    if deed.verb.dep_ == "conj":
        content = [*deed.verb.head.subtree]
    return claim("refusal", deed, scene, "stays", deed.voice, content or ())


def _can_do_good(deed: Deed, scene: Scene) -> Outcome:
    """Read "we can pay by May", "the owner said it could pay by May"."""
    if deed.negated or deed.clause.supposed or tone(deed.verb, scene.words) != "good":
        return PASS
    own = deed.modal == "can" and deed.first and scene.quoted
    own = own and deed.lemma not in scene.words.speech
    if own and deed.lemma in ("sign", "accept", "agree", "support"):
        return claim("acceptance", deed, scene, "can sign")
    if own and deed.verb.dep_ in ("ROOT", "conj"):
        return claim("offer", deed, scene, "can do good")
    mine = deed.who.party and deed.who.party in deed.voice.parties and bool(deed.by)
    if deed.modal == "could" and mine and deed.known:
        return claim("offer", deed, scene, "could do good")
    return PASS


def _will(deed: Deed, scene: Scene) -> Outcome:
    """Read "will respect", "will come", "will attack", "will pay"."""
    can = _can_do_good(deed, scene)
    if can.settled:
        return can
    if deed.modal not in _OPEN or deed.negated or _bare_would(deed, scene):
        return PASS
    if not deed.known or deed.clause.supposed or has_child(deed.verb, ("rather",), "advmod"):
        return NOTHING
    if has_child(deed.verb, ("have", "'ve"), "aux"):
        return NOTHING  # "will have moved": no plan, a reckoning
    if deed.lemma in listed("announced: will") or deed.keys & _EVADING:
        return NOTHING
    foreign = deed.who.kind == "party" and scene.quoted and deed.who.party not in deed.voice.parties
    if foreign and tone(deed.verb, scene.words) != "good":
        return NOTHING
    if deed.lemma in _BOUND or deed.keys & _ABIDING:
        return claim("acceptance", deed, scene, "will respect")
    if _will_come(deed):
        return claim("acceptance", deed, scene, "will come")
    if deed.lemma == "have" and deed.object_words & {"choice", "option", "alternative"}:
        return claim("threat", deed, scene, "no choice but")
    stays = kids(deed.verb, "xcomp", "advmod", "prep", "acomp")
    if deed.lemma in scene.words.keep and deed.first and stays:
        return claim("refusal", deed, scene, "will keep")
    return _good_or_harm(deed, scene)


def _good_or_harm(deed: Deed, scene: Scene) -> Outcome:
    """Read what is announced by whether it does good or harm."""
    words = scene.words
    if deed.lemma in words.stative or deed.lemma in words.speech:
        return NOTHING
    found = tone(deed.verb, words)
    if found == "harm" or _CONSEQUENCE.search(deed.text):
        own = deed.spoken and (deed.first or deed.by)
        if deed.lemma in listed("announced: will 2") and not own:
            return NOTHING
        return claim("threat", deed, scene, "will harm")
    return _will_do_good(deed, scene) if found == "good" else NOTHING


def _will_befall(deed: Deed, scene: Scene) -> Outcome:
    """Read "the strike will be extended", "an attack would cost it its seat"."""
    if deed.modal not in _OPEN or deed.negated or deed.clause.supposed or deed.known:
        return PASS
    told = scene.quoted or scene.issued or bool(deed.by)
    if not told or not deed.voice.named or has_child(deed.verb, ("have", "'ve"), "aux"):
        return PASS
    if deed.verb.dep_ in ("relcl", "acl", "advcl"):
        return PASS
    answered = deed.clause.passive and deed.lemma in listed("announced: answered")
    if answered and any(low(p) in ("with", "by", "in") for p in kids(deed.verb, "prep", "agent")):
        return claim("threat", deed, scene, "will be answered", deed.voice)
    agents = [p for a in kids(deed.verb, "agent") for p in kids(a, "pobj")]
    agents = [a for a in agents if a.ent_type_ not in ("DATE", "TIME")]
    own = not agents or any(scene.party(a) in deed.voice.parties for a in agents)
    if deed.clause.passive and own:
        harms = deed.keys & scene.words.harm or deed.suffers & scene.words.harm_nouns
        done_to = deed.lemma in listed("announced: done to")
        if done_to or (harms and tone(deed.verb, scene.words) == "harm"):
            return claim("threat", deed, scene, "will be done", deed.voice)
        if deed.lemma in listed("announced: given"):
            return claim("offer", deed, scene, "will be given", deed.voice)
        return PASS
    price = deed.lemma == "cost" and deed.objects and not agents
    dear = deed.keys & listed("announced: costs") and deed.after & (
        scene.words.harm_nouns | listed("announced: losses")
    )
    if (price or dear) and not deed.clause.passive:
        return claim("threat", deed, scene, "will cost", deed.voice)
    return PASS


def _will_come(deed: Deed) -> bool:
    """Tell whether somebody says that it will come to talks or to a place."""
    if deed.lemma in _GOING:
        return (
            deed.lemma != "come"
            or deed.first
            or bool(kids(deed.verb, "prep", "advmod", "npadvmod"))
        )
    if deed.lemma in listed("announced: will come"):
        if deed.keys & {"sit down", "turn up", "show up", "take part"}:
            return True
        goals = [t for p in kids(deed.verb, "prep") if low(p) in ("to", "in") for t in p.subtree]
        return deed.lemma in ("go", "travel", "fly") and any(
            lemma(t) in _TALKS or t.ent_type_ == "GPE" for t in goals
        )
    if deed.lemma == "be" and (deed.spoken or deed.modal == "will") and _is_at_a_venue(deed):
        return True
    there = deed.lemma == "be" and has_child(deed.verb, ("there", "present"), "advmod", "acomp")
    return there and (deed.first or bool(deed.by)) and not kids(deed.verb, "advcl", "prep")


def _is_at_a_venue(deed: Deed) -> bool:
    """Tell whether it is "will be in Geneva on the 4th", "shall be at the table"."""
    at = [p for p in kids(deed.verb, "prep") if low(p) in ("in", "at")]
    where = [o for p in at for o in kids(p, "pobj")]
    venues = _TALKS | listed("done: venues")
    return any(o.ent_type_ in ("GPE", "FAC") or lemma(o) in venues for o in where)


def _will_do_good(deed: Deed, scene: Scene) -> Outcome:
    """Read a good that is announced: an offer, or support by a third party."""
    if deed.lemma == "send" and deed.object_words & listed("announced: delegates"):
        return claim("acceptance", deed, scene, "will send")
    third = deed.doer.parties and deed.doer.parties[0] not in scene.world.main
    if third and deed.lemma in listed("announced: giving"):
        return claim("support", deed, scene, "will support")
    if deed.who.kind in ("party", "person") and not deed.spoken and deed.verb.dep_ == "relcl":
        return NOTHING
    return claim("offer", deed, scene, "will do good")
