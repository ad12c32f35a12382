"""The deed that a claim speaks of, taken from its clause: who does it, and a verb phrase for it.

A demand, an offer or a condition speaks of something that can be done or left. What it is, the
parse has told already; here it is put as a verb phrase in its base form, "withdraw its troops from
the valley", with the nouns by which two reports that speak of one deed are brought together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.english.lists import verb_of
from detente.reading.analysis.marks import has_child, is_negated, kids, lemma, low
from detente.reading.doable import (
    Fault,
    compound,
    fault_of_let,
    fault_of_noun,
    fault_of_verb,
    giving,
    verb_and_object,
    verb_of_noun,
)
from detente.reading.frames.draft import Draft
from detente.reading.frames.sets import listed
from detente.reading.hinge import Hinge
from detente.reading.naming import Names
from detente.reading.phrasing import complements, noun_phrase, spelled, trimmed_words
from detente.reading.predicates import (
    ANSWERS,
    VERBAL,
    acted_on,
    below,
    heads_of,
    is_done_to,
    parted,
    with_particle,
    words_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.frames.scene import Scene


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done or left.

    Parameters
    ----------
    agent : str
        The party that does it; empty where its clause does not say.
    verb : str
        In its base form; of a noun ("a pause"), that noun.
    phrase : str
        A verb phrase in its base form.
    heads : tuple of str
        Base forms of what is acted on: its objects, or the thing that it is about.
    words : frozenset of str
        Base forms of all words in it that carry meaning.
    denied : bool
        Whether its clause says that it is not done.
    noun : bool
        Whether a noun tells it.
    fault : str
        Why it is no deed that can be done or left; see :data:`~detente.reading.doable.Fault`.
    """

    agent: str
    verb: str
    phrase: str
    heads: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    denied: bool = False
    noun: bool = False
    fault: Fault = ""


def with_acts(draft: Draft, scene: Scene) -> Draft:
    """Return a draft with the deeds that it speaks of."""
    act, bound = acts_of(draft, scene)
    return replace(draft, act=act, bound=bound)


def acts_of(draft: Draft, scene: Scene) -> tuple[Act | None, Act | None]:
    """Return the deed of a draft's words, and the one that it is bound to, where there are such."""
    maker = _Maker(scene, draft)
    if draft.purpose:
        return maker.act(draft.content), maker.act(draft.purpose)
    if draft.kind == "refusal" and draft.rule.startswith("refusal by "):
        main, under = parted(draft.content)
        if under:
            return maker.act(main), maker.act(under)
    return maker.act(draft.content), None


_STAYS = frozenset(["stay", "remain", "stand", "continue", "keep", "hold"])
_WAYS = frozenset(["out", "off", "away", "back", "home"])


class _Maker:
    """Makes deeds of the words of one draft."""

    def __init__(self, scene: Scene, draft: Draft) -> None:
        self.scene = scene
        self.draft = draft
        words = scene.words
        self.speaker = scene.holder.party or draft.party
        self.answering: Collection[str] = words.act_refuse | words.act_accept
        self.hinge = Hinge(scene, draft)

    def act(self, tokens: Sequence[Token]) -> Act | None:
        """Return the deed that some words tell."""
        root = self.hinge(tokens)
        if root is None:
            return None
        if root.pos_ not in VERBAL:
            return self._of_noun(root, denied=False)
        if self.hinge.refuses(root):
            return Act("", "", "")  # "brushed it aside": what, was said before
        made = self._of_verb(root)
        if made is not None and made.fault == "cut":  # "come in and answer the questions"
            more = (self._of_verb(c) for c in kids(root, "conj") if c.pos_ in VERBAL)
            made = next((m for m in more if m is not None and not m.fault and m.phrase), made)
        return made

    def _of_verb(self, verb: Token) -> Act | None:
        deed = self.scene.deed(verb)
        denied = is_negated(verb)
        subject = deed.clause.subject
        there = bool(kids(verb, "expl")) and lemma(verb) in ("be", "exist")
        if there:
            named = kids(verb, "attr", "nsubj", "dobj")
            return self._of_noun(named[0], denied=True) if named else None
        agent = self._agent(verb)
        if subject is not None and subject.dep_ == "csubj":
            subject, agent = None, self.draft.party
        names = subject is not None and subject.i == verb.head.i and verb.tag_ == "VB"
        if names and verb.dep_ == "acl":  # "no mandate to suspend the works"
            subject, agent = None, ""
        thing = subject is not None and not agent and not deed.clause.passive
        nobody = subject is not None and subject.pos_ == "NOUN" and has_child(subject, ("no",))
        if subject is not None and not deed.clause.passive and nobody:
            return self._of_thing(verb, subject, denied)
        if thing and subject is not None and deed.who.kind in _THINGS:
            if is_done_to(verb):
                return self._done_to(verb, subject, complements(verb, passive=False), denied)
            return self._of_thing(verb, subject, denied)
        base = lemma(verb)
        if (made := self._undergone(verb, agent, denied)) is not None:
            return made
        kept = complements(verb, passive=deed.clause.passive)
        shown = base == "see" and verb.dep_ == "xcomp" and self._is_shown(verb, kept)
        if shown:
            base, agent = "show", ""
        if base == "be" and not agent:
            return None
        if base == "go" and deed.clause.passive and kids(verb, "nsubjpass"):
            return self._done_to(
                verb, kids(verb, "nsubjpass")[0], kids(verb, "prep"), denied, "remove"
            )
        if not kept and (deed.keys & set(self.answering) or verb.tag_ == "MD"):
            return Act("", "", "", denied=denied)
        if base == "be" and kept and low(kept[0]) == "back" and len(kept) > 1:
            base, kept = "return", [kept[1], *kept[2:]]
            told, lost = self._told(kept, agent)
            told = told if told.startswith(("to ", "home")) else f"to {told.split(' ', 1)[-1]}"
        else:
            told, lost = self._told(kept, agent)
        bare = deed.clause.passive and verb.dep_ == "xcomp" and not kids(verb, "nsubjpass", "dobj")
        suffers = self.draft.party if bare else ""
        phrase = " ".join(filter(None, [base, suffers, told]))
        act = Act(agent, with_particle(verb), phrase, acted_on(verb), words_of(kept), denied)
        why: Fault = (
            "" if shown else fault_of_verb(verb, phrase, self._short(kept), self.draft.kind)
        )
        given = kids(verb, "dobj", "dative", "nsubjpass")
        if base in ("give", "grant", "hand") and len(given) == 1 and self.scene.party(given[0]):
            why = "cut"  # "gave the board until Friday"
        return replace(act, fault="unnamed" if lost else why)

    def _undergone(self, verb: Token, agent: str, denied: bool) -> Act | None:
        """Return what is done to a thing: "let the camp be dismantled", "wants our boards down"."""
        for inner in kids(verb, "ccomp") if lemma(verb) == "let" else ():
            if inner.tag_ == "VBN" and (what := kids(inner, "nsubjpass", "nsubj")):
                made = self._done_to(inner, what[0], kids(inner, "prep", "advmod"), denied)
                own = agent if agent != self.speaker or self.draft.kind != "demand" else ""
                return replace(made, agent=own)
        subject = self.scene.deed(verb).clause.subject
        if subject is not None and kids(subject, "poss") and is_done_to(verb):
            return self._done_to(verb, subject, complements(verb, passive=False), denied)
        if lemma(verb) == "have" and denied and self.draft.kind == "refusal":
            return self._accepted(verb, agent)
        return None

    def _accepted(self, verb: Token, agent: str) -> Act | None:
        """Return what somebody will not put up with: "will not have him in the building"."""
        if not kids(verb, "dobj") or kids(verb, "xcomp", "ccomp"):
            return None
        kept = complements(verb, passive=False)
        told, lost = self._told(kept, agent)
        why: Fault = "unnamed" if lost else ""
        phrase = f"accept {told}"
        return Act(agent, "accept", phrase, acted_on(verb), words_of(kept), True, fault=why)

    def _is_shown(self, verb: Token, kept: Sequence[Token]) -> bool:
        """Tell whether somebody wants to see a thing, which is another's to show."""
        wants = self.draft.kind == "demand" and lemma(verb.head) in (
            "want",
            "wish",
            "ask",
            "demand",
        )
        return wants and bool(kids(verb, "dobj")) and all(t.pos_ != "VERB" for t in kept)

    def _done_to(
        self, verb: Token, thing: Token, more: Sequence[Token], denied: bool, base: str = ""
    ) -> Act:
        """Return the deed that is done to a thing: "wants the cargo unloaded"."""
        base = base or lemma(verb)
        words = [t for m in more for t in (noun_phrase(m) if m.dep_ == "prep" else [m])]
        kept = list({t.i: t for t in (*noun_phrase(thing), *words)}.values())
        told, lost = self._told(kept, "")
        phrase = f"{base} {told}"
        why = "" if base == "scrap" else fault_of_verb(verb, phrase, kept, self.draft.kind)
        named = heads_of([thing])
        act = Act("", base, phrase, named, words_of(kept), denied)
        return replace(act, fault="unnamed" if lost else why)

    def _of_thing(self, verb: Token, subject: Token, denied: bool) -> Act | None:
        """Return the deed of bringing about, or keeping up, what is said of a thing."""
        base = lemma(verb)
        said = {low(t) for t in complements(verb, passive=False)}
        if base == "be" and self.draft.kind == "refusal" and said & listed("deed ruled out"):
            doing = [s for s in kids(verb, "nsubj") if verb_of_noun(s)]
            if doing:  # "cancellation was out of the question"
                return self._of_noun(doing[0], denied=denied)
        if subject.pos_ == "PRON" and verb.dep_ == "conj":
            subject = next(iter(kids(verb.head, "nsubj", "nsubjpass")), subject)
        if subject.pos_ == "PRON" or (base == "be" and not complements(verb, passive=False)):
            return Act("", "", "", denied=denied)
        kept = complements(verb, passive=False)
        asked = self.draft.kind in ("demand", "condition")
        if base == "go" and asked and not kids(verb, "prep", "xcomp", "acomp", "prt"):
            return self._done_to(verb, subject, (), denied, "scrap")  # "the levy must go"
        if base in listed("deed of itself") and not kids(verb, "dobj", "xcomp"):
            return self._done_to(verb, subject, kept, denied)
        thing = noun_phrase(subject)
        named = heads_of([subject])
        words = words_of([*thing, *kept])
        one, lost = self._told(thing, "")
        rest, also = self._told(kept, "")
        if base in _STAYS and base != "hold":
            told = f"keep {one} {rest}".strip()
            why = fault_of_verb(verb, told, [*thing, *kept], "demand") if lost or also else ""
            return Act("", "keep", told, named, words, denied, fault=why)
        if base == "be" and self.draft.kind == "refusal" and kids(verb, "acomp", "attr", "prep"):
            return Act("", "", "", named, words_of(thing), denied)  # "it is not negotiable"
        if base == "be":
            is_ = "are" if subject.tag_ in ("NNS", "NNPS") else "is"
            told = f"see to it that {one} {is_} {rest}".strip()
        else:
            told = f"let {one} {base} {rest}".strip()
        why = fault_of_let(verb, subject, told, self._short(kept))
        verb_ = "be" if base == "be" else with_particle(verb)
        return Act("", verb_, told, named, words, denied, fault="unnamed" if lost or also else why)

    def _of_noun(self, noun: Token, *, denied: bool) -> Act | None:
        """Return the deed that a noun tells: a pause, compensation, the release of prisoners."""
        inner = [c for c in kids(noun, "acl", "relcl") if low(c) != low(noun) and c.tag_ == "VB"]
        if inner and lemma(noun) in ("nothing", "thing", "way", "need", *ANSWERS):
            return self._of_verb(inner[0])
        anybody = noun.pos_ == "PRON" and low(noun).startswith(("any", "some", "every", "no"))
        described = anybody and low(noun) != "nothing" and kids(noun, "acl", "relcl")
        if noun.pos_ in ("PRON", "DET", "NUM") and not kids(noun, "prep") and not described:
            return Act("", "", "", denied=denied)
        denied = denied or any(low(c) == "no" for c in kids(noun, "det"))
        if (clause := self._clause_of(noun, denied)) is not None:
            return clause
        kept = [
            t for t in noun_phrase(noun) if low(t) not in ("not", "single") or t.head.i != noun.i
        ]
        owner = [self.scene.party(c) for c in kids(noun, "poss")]
        agent = owner[0] if owner and owner[0] else ""
        heads = (lemma(noun), *below(noun))
        told, lost = self._told(kept, agent)
        base, acted = verb_and_object(noun)
        why: Fault = ""
        if base and acted:
            told, lost = self._told(acted, agent)
            phrase = f"{base} {told}"
        elif base := giving(noun) or ("accept" if described else ""):
            phrase = f"{base} {told}"
        elif way := self._way(noun):
            told, lost = self._told([*kept, *(t for t in way if t not in kept)], agent)
            phrase = f"get {told}"
        else:
            phrase, why = f"agree to {told.removeprefix('of ')}", fault_of_noun(noun)
        joined = lemma(noun) in listed("deed answers") and bool(kids(noun, "compound"))
        name = compound(noun) if joined else lemma(noun)  # "a guest list" points at nothing
        made = Act(agent, name, phrase, heads, words_of(kept), denied, noun=True)
        return replace(made, fault="unnamed" if lost else why)

    def _way(self, noun: Token) -> list[Token]:
        """Return where somebody wants a thing to be: "I want every wagon out of Mchinji"."""
        if not any(lemma(t) in ("want", "need") for t in self.draft.cue):
            return []
        beside = [*kids(noun, "prep", "advmod"), *kids(noun.head, "prep", "advmod")]
        way = next((c for c in beside if low(c) in _WAYS), None)
        return noun_phrase(way) if way is not None else []

    def _clause_of(self, noun: Token, denied: bool) -> Act | None:
        """Return the deed of a clause that the parser took for a noun with what belongs to it.

        "Provided the trams run by Sunday", "as long as no hired hands set foot on the quay",
        "wants four regions counted".
        """
        inner = [c for c in kids(noun, "acl") if c.tag_ in ("VBN", "VBD") and c.i > noun.i]
        wants = any(lemma(t) in ("want", "need", "like") for t in self.draft.cue)
        if inner and wants:
            bare = [t for t in noun_phrase(noun) if not inner[0].is_ancestor(t) and t != inner[0]]
            more = complements(inner[0], passive=False)
            told, lost = self._told([*bare, *more], "")
            phrase = f"{lemma(inner[0])} {told}"
            why = fault_of_verb(inner[0], phrase, bare, self.draft.kind)
            words = words_of([*bare, *more])
            act = Act("", lemma(inner[0]), phrase, heads_of([noun]), words, denied)
            return replace(act, fault="unnamed" if lost else why)
        if self.draft.kind != "condition" or not self.draft.rule.startswith("condition by"):
            return None
        verb = inner[0] if inner else noun
        forms = verb_of(low(verb))
        before = [t for t in noun_phrase(noun) if t.i < verb.i]
        if forms is None or not any(t.pos_ in ("NOUN", "PROPN") for t in before):
            return None
        after = [t for t in noun_phrase(noun) if t.i > verb.i]
        one, lost = self._told(before, "")
        rest, also = self._told(after, "")
        phrase = f"let {one} {forms[0].base} {rest}".strip()
        named = tuple(lemma(t) for t in before if t.pos_ in ("NOUN", "PROPN"))
        words = words_of([*before, *after])
        act = Act("", forms[0].base, phrase, named[-1:], words, denied)
        return replace(act, fault="unnamed" if lost or also else "")

    def _agent(self, verb: Token) -> str:
        """Return the party that does a deed, as its clause says."""
        deed = self.scene.deed(verb)
        who, subject = deed.who, deed.clause.subject
        bidden = self.draft.rule == "do this and" and not kids(verb, "nsubj", "nsubjpass")
        if bidden or self._of_another(verb, who.party):
            return ""
        if who.kind == "first":
            return self.scene.holder.party or self.draft.party
        if subject is not None and subject.pos_ == "NOUN" and not who.party:
            owner = {low(c) for c in kids(subject, "poss")}
            if owner & {"his", "her", "our", "my"}:
                return self.draft.party  # "he asks that his government stay in power"
        return who.party or "" if who.kind in ("party", "person") else ""

    def _of_another(self, verb: Token, party: str | None) -> bool:
        """Tell whether a deed is asked of somebody, whom the parser does not make its doer.

        "Called on the operator to refund the tickets."
        """
        if self.draft.kind != "demand" or verb.dep_ not in ("xcomp", "advcl"):
            return False
        if party != self.draft.party or kids(verb, "nsubj", "nsubjpass"):
            return False
        asked = kids(verb.head, "dobj")
        asked += [o for p in kids(verb.head, "prep") for o in kids(p, "pobj")]
        return any(o.i < verb.i and self.scene.party(o) != self.draft.party for o in asked)

    def _other(self) -> str:
        """Return who does what no clause says who does: of a demand, whom it is asked of."""
        asked = self.draft.kind in ("demand", "condition")
        return self.draft.target if asked else self.draft.party

    def _short(self, tokens: Sequence[Token]) -> list[Token]:
        return trimmed_words(tokens)

    def _told(self, tokens: Sequence[Token], agent: str) -> tuple[str, bool]:
        """Return words as text, and whether somebody or something in them stays unnamed."""
        kept = trimmed_words(tokens)
        names = Names(self.scene, agent or self._other(), self.draft.party).of(kept)
        return spelled(kept, self.speaker, names.told), names.lost


_THINGS = ("thing", "unknown", "about", "")
