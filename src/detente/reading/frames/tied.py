"""Conditions and threats: what a party would do if, unless, until, once something is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, is_negated, is_over, keys_of, kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.bargains import bargain, otherwise, whoever
from detente.reading.frames.connectives import Link, links
from detente.reading.frames.deed import Deed, Holder, content_tokens, trimmed
from detente.reading.frames.draft import NOTHING, PASS, Draft, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed
from detente.reading.frames.tone import Tone, tone

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRONG = listed("tied: strong")
_OPEN = listed("tied: open")
_PERSISTING = listed("tied: persisting")
_PAYS = re.compile(r"\b(?:as well|too|answer|consequences?|price|regret|reckon)\b")
_NO_CHOICE = re.compile(r"\bno (?:other )?(?:choice|option|alternative) (?:but|than)\b")
_COMMITTING = listed("tied: committing")


@dataclass(frozen=True, eq=False)
class _Tied:
    """A link with what the rules ask of it."""

    link: Link
    deed: Deed
    scene: Scene
    tone: Tone
    sub_negated: bool

    @property
    def word(self) -> str:
        """The connective."""
        return self.link.word

    @property
    def sub(self) -> list[Token]:
        """The words of what it is tied to."""
        if self.link.words:
            return trimmed(self.link.words)
        left = (
            {t.i for t in self.cue}
            if self.word not in ("the day", "exchange", "without")
            else set()
        )
        found = [t for t in self.link.top.subtree if t.i != self.link.main.i and t.i not in left]
        return trimmed(found)

    @property
    def cue(self) -> list[Token]:
        """The connective: "only if", "as long as"."""
        mark = self.link.mark
        near = [t for t in mark.sent if abs(t.i - mark.i) <= 2]
        more = (
            ("only", "solely", "not", "even")
            if self.word != "as long as" and self.word != "once"
            else ("only", "as", "so", "soon", "long")
        )
        return trimmed([mark, *(t for t in near if low(t) in more)])

    @property
    def main(self) -> list[Token]:
        """The words of what would be done."""
        inside = {t.i for t in self.sub}
        words = content_tokens(self.link.main, [self.link.top], self.scene.words.speech)
        head = self.link.main.head
        if self.link.main.dep_ == "xcomp" and not kids(self.link.main, "nsubj"):
            words = [
                *words,
                *(t for t in content_tokens(head, [self.link.top], self.scene.words.speech)),
            ]
        return trimmed([t for t in words if t.i not in inside])

    @property
    def whole(self) -> list[Token]:
        """All of it."""
        return trimmed([*self.main, *self.sub])

    @property
    def own(self) -> bool:
        """Whether the deed is the speaker's own."""
        voice = self.deed.voice.parties
        return self.deed.first or not voice or bool(set(voice) & set(self.deed.doer.parties))


def tied(deed: Deed, scene: Scene) -> tuple[Outcome, frozenset[int]]:
    """Return the conditions and threats whose main deed this is, and the verbs they use up."""
    drafts: list[Draft] = []
    used: set[int] = set()
    if scene.authors_own(deed):
        return PASS, frozenset()
    for link in links(deed.verb, scene.words.speech):
        found = _read(link, deed, scene)
        if not found.settled:
            continue
        drafts += found.drafts
        used |= _used(deed.verb, link.top)
    for rule in (bargain, otherwise, whoever):
        found, more = rule(deed, scene)
        drafts += found.drafts
        used |= more
    return Outcome(tuple(drafts), bool(used)), frozenset(used)


def _used(verb: Token, top: Token) -> set[int]:
    """Return the verbs that a link uses up."""
    found = {verb.i} | {t.i for t in top.subtree if t.pos_ in ("VERB", "AUX")}
    token = verb
    while token.dep_ in ("xcomp", "acomp", "pcomp", "prep") and token.head.i != token.i:
        token = token.head
        found.add(token.i)
    found |= {t.i for t in kids(verb, "xcomp")}
    found |= {x.i for a in kids(verb, "acomp") for x in kids(a, "xcomp")}
    return found


def _read(link: Link, deed: Deed, scene: Scene) -> Outcome:
    """Return what one link says."""
    verb, sub = link.main, link.sub
    if _counterfactual(link, deed) or (deed.clause.supposed and not link.words):
        return NOTHING
    over = link.word in ("after", "before", "when", "once") and is_over(sub) and not deed.modal
    if over and verb.dep_ != "xcomp" and not link.only:
        return PASS
    if link.word == "after" and deed.past:
        return PASS
    if not deed.doer.counts or deed.who.kind == "second" or not _committed(link, deed, scene):
        return PASS
    if not _told(link, deed, scene):
        return PASS
    if any(not a.who.party and lemma(a.verb) in scene.words.belief for a in deed.by):
        return PASS
    one = _Tied(link, deed, scene, _tone(link, scene), _negates(sub))
    return first((_weak_times, _without, _only_long, _until, _strong, _if), one)


def _counterfactual(link: Link, deed: Deed) -> bool:
    """Tell whether it tells what would have been: "had they asked us, there would be …"."""
    had = has_child(link.sub, ("had",), "aux") and link.sub.tag_ == "VBN"
    reckons = has_child(link.main, ("have", "'ve"), "aux") and deed.modal in ("would", "could")
    if reckons and link.word in ("if", "when"):
        return True
    return had and link.word == "if" and deed.modal in ("would", "could", "might") and not deed.by


def _told(link: Link, deed: Deed, scene: Scene) -> bool:
    """Tell whether somebody answers for it: said by a party, or told of one in plain terms."""
    if deed.spoken:
        return True
    firm = link.only or link.word in _STRONG or link.not_before or deed.modal in ("will", "would")
    return (deed.who.kind in ("party", "person", "several") or deed.unnamed) and firm


_SETTLED = ("has", "have", "had", "is", "are")


def _committed(link: Link, deed: Deed, scene: Scene) -> bool:
    """Tell whether the main clause says what somebody will do or is ready to do."""
    verb, words = link.main, scene.words
    if deed.modal in _OPEN or link.only or link.word == "provided":
        return True
    if low(link.mark) == "should" and (deed.spoken or deed.present):
        return True
    if any(low(a) in words.ready for a in kids(verb, "acomp", "attr")):
        return True
    head = verb.head
    if verb.dep_ in ("xcomp", "pcomp") and (lemma(head) in _COMMITTING or low(head) in words.ready):
        return True
    if (
        deed.keys & (words.act_offer | words.act_accept | {"threaten", "vow"})
        and deed.known
        and link.word in listed("tied: committed")
    ):
        return not deed.negated
    if link.word == "exchange" and deed.known:
        return True
    perfect = link.sub.tag_ == "VBN" and has_child(link.sub, _SETTLED, "aux", "auxpass")
    if perfect and link.word in ("when", "once") and deed.by and deed.present:
        return True  # "the money flows again when the springs have been tested, she said"
    there = deed.clause.subject is not None and low(deed.clause.subject) == "there"
    if there and deed.negated and scene.quoted and deed.present and link.word == "until":
        return True
    return verb.tag_ in ("VBP", "VBZ") and (
        deed.first
        or (
            (scene.quoted or scene.hosted or bool(deed.by))
            and deed.who.kind in ("party", "thing")
            and deed.present
            and link.word in listed("tied: committed 2")
        )
    )


def _tone(link: Link, scene: Scene) -> Tone:
    """Return the tone of the main deed; against who persists it is harm."""
    if _NO_CHOICE.search(str(link.main.sent.text).lower()):
        return "harm"
    found = tone(link.main, scene.words)
    keeps = lemma(link.sub) != "keep" or any(t.tag_ == "VBG" for t in kids(link.sub, "xcomp"))
    persists = (lemma(link.sub) in _PERSISTING and keeps) or keys_of(link.sub) & {
        "go on",
        "carry on",
        "go ahead",
    }
    if persists and found != "good":
        return "harm"
    if found == "none" and any(low(a) in scene.words.ready for a in kids(link.main, "acomp")):
        return "good"
    return found


def _negates(sub: Token) -> bool:
    """Tell whether what a deed is tied to is denied: "if no ship comes"."""
    if is_negated(sub):
        return True
    lacking = (t for t in sub.subtree if low(t) == "without")
    if any(not _AT_ONCE & {low(x) for x in t.subtree} for t in lacking):
        return True
    return any(low(t) in ("no", "not", "n't") for t in sub.subtree if t.i < sub.i + 3)


def _say(
    one: _Tied,
    kind: Kind,
    content: list[Token],
    voice: bool = False,
    purpose: list[Token] | None = None,
) -> Outcome:
    """Return a claim of the doer, or of who says so."""
    holder = one.deed.doer if one.deed.doer.named and not voice else one.deed.voice
    if voice and not holder.named:
        holder = one.deed.doer
    return claim(
        kind,
        one.deed,
        one.scene,
        f"{kind} by {one.word}",
        holder,
        content,
        purpose=purpose or (),
        target=_asked(one, holder),
        cue=one.cue if kind == "condition" else (),
    )


def _asked(one: _Tied, holder: Holder) -> str:
    """Return of whom it is asked: who is to do what the deed is tied to."""
    for token in (
        *kids(one.link.sub, "nsubj"),
        *(p for a in kids(one.link.sub, "agent") for p in kids(a, "pobj")),
    ):
        party = one.scene.party(token)
        if party and party not in holder.parties:
            return party
    return ""


def _weak_times(one: _Tied) -> Outcome:
    """Pass over mere times: "after", "before", "when" without "only"."""
    if (
        one.word not in ("after", "before", "when")
        or one.link.only
        or one.deed.negated
        or one.link.not_before
    ):
        return PASS
    will = one.deed.modal in ("will", "shall", "would")
    done = one.link.sub.tag_ == "VBN" and has_child(one.link.sub, ("has", "have"), "aux")
    settled = one.link.sub.tag_ == "VBN" and has_child(one.link.sub, _SETTLED)
    done = done or (settled and bool(one.deed.by))
    able = one.deed.present or (one.deed.modal == "could" and one.deed.clause.passive)
    will = will or (done and able and bool(one.deed.by))
    if one.word == "when" and (one.tone == "good" or (done and one.tone == "none")) and will:
        return _say(one, "condition", one.sub, voice=not one.deed.known, purpose=one.main)
    return PASS


def _only_long(one: _Tied) -> Outcome:
    """Read "it holds good only as long as …"."""
    if one.word == "as long as" and one.link.only and not one.deed.negated:
        return _say(one, "condition", one.sub, voice=not one.deed.known, purpose=one.main)
    return PASS


def _without(one: _Tied) -> Outcome:
    """Read "no talks without an apology", "short of a full withdrawal we will not"."""
    if one.word != "without":
        return PASS
    failing = low(one.link.mark) in ("failing", "in") and one.deed.modal in ("will", "would")
    if failing and not one.deed.negated and one.tone != "good":
        return _say(one, "threat", one.whole)
    if (
        one.deed.negated
        and (one.deed.modal in _OPEN or one.deed.first or one.deed.spoken)
        and one.tone != "harm"
    ):
        return _say(one, "condition", one.sub, voice=not one.deed.known, purpose=one.main)
    return PASS


def _until(one: _Tied) -> Outcome:
    """Read until, before, unless, as long as."""
    if one.word not in ("before", "until", "unless", "as long as") and not one.link.not_before:
        return PASS
    deed, words = one.deed, one.scene.words
    if deed.negated or one.link.not_before:
        return _not_until(one)
    if one.word == "before" and deed.modal not in ("must",):
        return PASS
    keeps = lemma(one.link.main) in words.keep
    mild = one.tone != "harm" and deed.known and deed.modal in ("will", "would", "can", "could")
    keeps = lemma(one.link.main) in words.keep
    if one.word == "as long as" and (one.tone == "good" or (mild and not keeps)):
        return _say(one, "condition", one.sub, purpose=one.main)
    if keeps and one.word == "until":
        return _say(one, "condition", one.sub, voice=not deed.known, purpose=one.main)
    talks = any(tone(x, one.scene.words) == "good" for x in kids(one.link.main, "xcomp"))
    if keeps and (one.word == "unless" or talks or deed.modal == "can"):
        return _say(one, "condition", one.sub, voice=not deed.known, purpose=one.main)
    if keeps or (one.tone == "harm" and one.word == "until"):
        return _say(one, "refusal" if keeps else "threat", one.whole, voice=not deed.known)
    if (
        one.word == "unless"
        and (deed.modal or deed.spoken)
        and deed.modal not in ("may", "might", "could")
    ):
        return _say(one, "threat", one.whole, voice=not one.own or not deed.known)
    if one.word == "as long as" and one.tone == "good" and not deed.negated:
        return _say(one, "condition", one.sub, purpose=one.main)
    return PASS


def _not_until(one: _Tied) -> Outcome:
    """Read "will not X until Y": X only if Y."""
    deed = one.deed
    if (deed.clause.passive and deed.modal in ("may", "must", "can", "shall")) or deed.modal in (
        "may",
        "must",
    ):
        return _say(one, "demand", one.whole, voice=True)
    head = one.link.main.head
    vows = one.link.main.dep_ == "xcomp" and lemma(head) in _COMMITTING
    told = deed.modal or deed.first or vows or one.link.not_before
    if not (told or (deed.spoken and deed.present)):
        return PASS
    if one.tone == "harm":
        return _say(one, "threat", one.whole) if one.word == "unless" else PASS
    be = lemma(one.link.main) == "be"
    if one.word == "as long as" or (be and one.word == "before"):
        return _say(one, "refusal", one.whole, voice=be)
    return _say(one, "condition", one.sub, voice=not deed.known, purpose=one.main)


def _strong(one: _Tied) -> Outcome:
    """Read only if, provided, once, as soon as, in exchange for, the day that."""
    if not (one.link.only or one.word in _STRONG) or one.word in ("unless", "until", "as long as"):
        return PASS
    if one.tone == "harm" and one.word in ("once", "the day") and not one.link.only:
        return _say(one, "threat", one.whole)
    return _say(
        one, "condition", one.sub, voice=not one.own and not one.deed.known, purpose=one.main
    )


def _if(one: _Tied) -> Outcome:
    """Read if, should, when: a threat if the main deed harms, a condition if it does good."""
    deed = one.deed
    could = deed.modal == "could" and deed.by and one.tone == "good"
    if one.word not in ("if", "when") or (deed.modal in ("could", "might", "may") and not could):
        return PASS
    unreal = one.link.sub.tag_ == "VBD" and low(one.link.sub) == "were"
    if unreal and any(low(s) == "i" for s in kids(one.link.sub, "nsubj")):
        return PASS  # "if I were the mayor"
    if unreal and not deed.by and not one.scene.quoted:
        return PASS
    if unreal and any(low(s) == "i" for s in kids(one.link.sub, "nsubj")):
        return NOTHING  # "if I were they"
    harms = one.tone == "harm" and not deed.negated
    subject = deed.clause.subject
    none = subject is not None and low(subject.left_edge) in ("no", "not") and deed.negated
    there = subject is not None and low(subject) == "there" and deed.negated
    if there and one.word == "if" and deed.modal in ("will", "would") and deed.spoken:
        return _say(one, "threat", one.whole, voice=True)  # "if it goes on there will be no talks"
    if none and deed.who.kind in ("thing", "unknown") and deed.modal == "will" and deed.spoken:
        return _say(one, "threat", one.whole, voice=True)  # "not one train will leave"
    refuses = one.sub_negated and one.tone != "good" and bool(deed.modal)
    firm = one.sub_negated and not tone_is_strong(one) and not deed.negated and deed.voice.named
    thing = deed.who.kind in ("thing", "unknown") and one.tone == "none" and not deed.negated
    blunt = thing and deed.spoken and (deed.present or low(one.link.mark) == "should")
    others = deed.who.kind in ("party", "thing", "unknown") and not one.own and one.tone != "good"
    provoked = tone(one.link.sub, one.scene.words) == "harm" and not one.sub_negated
    provoked = provoked and one.tone == "none" and deed.modal in ("will", "would", "shall")
    provoked = provoked and lemma(one.link.main) not in listed("tied: if")
    still = any(low(t) == "still" for t in one.link.sub.children) and one.tone != "good"
    withheld = deed.negated and bool(deed.modal) and not one.sub_negated
    provoked = provoked or still or withheld
    acts = deed.known and lemma(one.link.main) not in one.scene.words.stative
    if provoked and acts and (deed.voice.named or deed.doer.named):
        return _say(one, "threat", one.whole, voice=not one.own)
    if harms or refuses or others or firm or blunt:
        return _threat(one)
    if deed.negated and one.tone == "good":
        if one.sub_negated:
            return _say(one, "condition", one.sub, purpose=one.main)
        return _say(one, "threat", one.whole)
    if one.tone == "none" and not deed.negated and _unwanted(one):
        return _threat(one)
    acts = (
        deed.modal in ("will", "would", "shall")
        and deed.known
        and lemma(one.link.main) not in one.scene.words.stative
    )
    if (one.tone == "good" or acts) and lemma(one.link.main) not in listed("tied: if"):
        return _say(one, "condition", one.sub, voice=not deed.known, purpose=one.main)
    return PASS


_AT_ONCE = frozenset(["delay", "condition", "conditions", "preconditions", "hesitation"])
_STRONG_GOOD = listed("tied: strong good")


def tone_is_strong(one: _Tied) -> bool:
    """Tell whether the main deed is a good that is not doubtful: to release, to pay, to sign."""
    return lemma(one.link.main) in _STRONG_GOOD


def _unwanted(one: _Tied) -> bool:
    """Tell whether what a deed is tied to is what the speaker does not want.

    "Should the panel take points, …", "if so much as one boat crosses, …", "if it ends without …".
    """
    sub, words = one.link.sub, one.scene.words
    idle = lemma(one.link.main) in listed("tied: if") | words.stative | words.speech
    if one.deed.modal not in ("will", "shall", "would", "") or not one.deed.known or idle:
        return False
    if one.word != "if" or tone(sub, words) == "good":
        return False
    if tone(sub, words) == "harm" or {low(t) for t in one.sub} & _FAILING:
        return True
    return low(one.link.mark) == "should"


_FAILING = listed("tied: failing")


def _threat(one: _Tied) -> Outcome:
    """Return a threat, unless nobody says so or nothing shows harm."""
    if not (one.deed.voice.named or one.deed.doer.named):
        return PASS
    inverted = low(one.link.mark) == "should"
    if lemma(one.link.main) in listed("tied: if"):
        return PASS
    blunt = (one.scene.quoted or one.scene.issued) and one.deed.present
    if inverted or blunt:
        return _say(one, "threat", one.whole, voice=not one.own or not one.deed.known)
    if (
        one.tone == "none"
        and not (one.sub_negated or _unwanted(one))
        and not _PAYS.search(one.deed.sentence)
    ):
        return PASS
    return _say(one, "threat", one.whole, voice=not one.own)
