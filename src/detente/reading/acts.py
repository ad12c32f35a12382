"""The deed that a claim speaks of, taken from its clause: who does it, and a verb phrase for it.

A demand, an offer or a condition speaks of something that can be done or left. What it is, the
parse has told already; here it is put as a verb phrase in its base form, "withdraw its troops from
the valley", with the nouns by which two reports that speak of one deed are brought together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import is_negated, kids, lemma, low
from detente.reading.frames.draft import Draft
from detente.reading.phrasing import complements, noun_phrase, spelled, trimmed_words

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
    """

    agent: str
    verb: str
    phrase: str
    heads: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    denied: bool = False
    noun: bool = False


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
        main, under = _parted(draft.content)
        if under:
            return maker.act(main), maker.act(under)
    return maker.act(draft.content), None


def _parted(content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the words of a main clause, and those of the clause it waits for."""
    inside = {t.i for t in content}
    roots = [t for t in content if t.head.i not in inside or t.head.i == t.i]
    under = [
        r for r in roots if r.dep_ in ("advcl", "pcomp", "relcl") and r.pos_ in ("VERB", "AUX")
    ]
    if not under or len(roots) < 2:
        return list(content), []
    below = {t.i for t in under[-1].subtree}
    below |= {t.i for t in content if t.head.i in below}
    return [t for t in content if t.i not in below], [t for t in content if t.i in below]


_VERBAL = ("VERB", "AUX")
_BRINGS = ("xcomp", "ccomp", "pcomp", "acl")
_STAYS = frozenset(["stay", "remain", "stand", "continue", "keep", "hold"])
_ANSWERS = (
    "call",
    "demand",
    "proposal",
    "offer",
    "request",
    "appeal",
    "suggestion",
    "plan",
    "plea",
)


_TIMES = frozenset(["day", "moment", "minute", "hour", "time"])
_CARRIERS = frozenset(["be", "need", "have", "want", "plan", "decide", "try", "make", "stop"])
_OWN_DEEDS = ("pressure", "threat", "event", "support", "condition")
"""Kinds whose verb is the deed itself."""
_OWN_RULES = ("will not", "cannot", "must", "stays", "will do good")


class _Maker:
    """Makes deeds of the words of one draft."""

    def __init__(self, scene: Scene, draft: Draft) -> None:
        self.scene = scene
        self.draft = draft
        words = scene.words
        self.speaker = scene.holder.party or draft.party
        self.answering: Collection[str] = words.act_refuse | words.act_accept
        self.carriers: Collection[str] = (
            words.act_demand
            | words.act_offer
            | words.act_accept
            | words.act_refuse
            | words.act_threaten
            | words.speech
            | words.tell
            | _CARRIERS
        )
        self.nouns = draft.kind not in _OWN_DEEDS and draft.rule not in _OWN_RULES

    def act(self, tokens: Sequence[Token]) -> Act | None:
        """Return the deed that some words tell."""
        root = self._first(tokens)
        if root is None:
            return None
        for _ in range(4):
            inner = self._inner(root)
            if inner is None:
                break
            root = inner
        if root.tag_ == "MD":
            root = _meant(root) or root
        if root.pos_ in _VERBAL:
            return self._of_verb(root)
        return self._of_noun(root, denied=False)

    def _first(self, tokens: Sequence[Token]) -> Token | None:
        """Return the word on which some words hang."""
        cue = [t for t in self.draft.cue if t.pos_ in _VERBAL]
        if self.draft.rule == "stays" and cue and not self.draft.purpose:
            return cue[0]
        root = _root(tokens)
        if root is not None and lemma(root) in _TIMES:
            return next(iter(kids(root, "relcl", "acl")), root)
        return root

    def _carries(self, root: Token) -> bool:
        """Tell whether a verb only brings the deed that is meant."""
        return bool(self.scene.deed(root).keys & set(self.carriers))

    def _inner(self, root: Token) -> Token | None:
        """Return what a verb of asking, offering or refusing brings: a clause, else a noun."""
        if root.pos_ in ("NOUN", "PROPN"):
            return _within(root) if lemma(root) in _ANSWERS else None
        if root.pos_ == "ADJ":
            return next(iter(kids(root, "xcomp")), None)
        if root.pos_ not in _VERBAL or not self._carries(root):
            return None
        brought = [c for c in _brought(root) if c.pos_ in _VERBAL and not _is_tag(c, root)]
        cue = root.i in {t.i for t in self.draft.cue}
        if lemma(root) == "stop" and not cue:
            return None
        if brought:
            return brought[0]
        ready = kids(root, "acomp")
        if lemma(root) in ("be", "have", "make"):
            inner = [c for a in ready for c in kids(a, "xcomp")]
            told = inner or [c for c in kids(root, "attr") if kids(root, "csubj")]
            return told[0] if told else None
        if not (cue and self.nouns):
            return None
        objects = kids(root, "dobj")
        objects += [p for c in kids(root, "prep", "prt") for p in kids(c, "pobj")]
        if kids(root, "nsubjpass"):
            objects = kids(root, "nsubjpass") + objects
        objects = [o for o in objects if o.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET")]
        return self._asked(root, objects)

    def _asked(self, root: Token, objects: list[Token]) -> Token | None:
        """Return the noun of what is asked: not of whom."""
        things = [o for o in objects if not self.scene.party(o) or o.ent_type_ not in _NAMES]
        if low(root) and len(things) > 1 and things[0].pos_ == "PROPN":
            things = things[1:]
        return things[0] if things else None

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
        thing = subject is not None and not agent and not deed.clause.passive
        if thing and subject is not None and deed.who.kind in ("thing", "unknown", "about", ""):
            return self._of_thing(verb, subject, denied)
        base = lemma(verb)
        kept = complements(verb, passive=deed.clause.passive)
        if base == "be" and not agent:
            return None
        if not kept and (deed.keys & set(self.answering) or verb.tag_ == "MD"):
            return Act("", "", "", denied=denied)
        told = self._spelled(kept)
        phrase = " ".join(filter(None, [base, told]))
        return Act(agent, _with_particle(verb), phrase, _heads(verb), _words(kept), denied)

    def _of_thing(self, verb: Token, subject: Token, denied: bool) -> Act:
        """Return the deed of bringing about, or keeping up, what is said of a thing."""
        base = lemma(verb)
        if subject.pos_ == "PRON" and verb.dep_ == "conj":
            subject = next(iter(kids(verb.head, "nsubj", "nsubjpass")), subject)
        if subject.pos_ == "PRON" or (base == "be" and not complements(verb, passive=False)):
            return Act("", "", "", denied=denied)
        thing = noun_phrase(subject)
        kept = complements(verb, passive=False)
        named = _heads_of([subject])
        words = _words([*thing, *kept])
        if base in _STAYS and base != "hold":
            told = self._spelled([*thing, *kept])
            return Act("", "keep", f"keep {told}", named, words, denied)
        if base == "be" and self.draft.kind == "refusal" and kids(verb, "acomp", "attr"):
            return Act("", "", "", named, _words(thing), denied)  # "it is not negotiable"
        if base == "be":
            is_ = "are" if subject.tag_ in ("NNS", "NNPS") else "is"
            told = f"see to it that {self._spelled(thing)} {is_} {self._spelled(kept)}"
            return Act("", "be", told.strip(), named, words, denied)
        told = f"let {self._spelled(thing)} {base} {self._spelled(kept)}".strip()
        return Act("", _with_particle(verb), told, named, words, denied)

    def _of_noun(self, noun: Token, *, denied: bool) -> Act | None:
        """Return the deed that a noun tells: a pause, compensation, the release of prisoners."""
        if noun.pos_ in ("PRON", "DET", "NUM") and not kids(noun, "prep"):
            return Act("", "", "", denied=denied)
        inner = [c for c in kids(noun, "acl") if low(c) != low(noun) and c.tag_ == "VB"]
        if inner and lemma(noun) in ("nothing", "thing", "way", "need", *_ANSWERS):
            return self._of_verb(inner[0])
        denied = denied or any(low(c) == "no" for c in kids(noun, "det"))
        kept = [t for t in noun_phrase(noun) if low(t) not in ("no", "any", "not", "single")]
        owner = [self.scene.party(c) for c in kids(noun, "poss")]
        agent = owner[0] if owner and owner[0] else ""
        told = self._spelled(kept)
        heads = (lemma(noun), *_below(noun))
        return Act(agent, lemma(noun), f"agree to {told}", heads, _words(kept), denied, True)

    def _agent(self, verb: Token) -> str:
        """Return the party that does a deed, as its clause says."""
        who = self.scene.deed(verb).who
        if who.kind == "first":
            return self.scene.holder.party or self.draft.party
        return who.party or "" if who.kind in ("party", "person") else ""

    def _spelled(self, tokens: Sequence[Token]) -> str:
        return spelled(trimmed_words(tokens), self.speaker)


_NAMES = ("ORG", "GPE", "NORP", "PERSON")


def _root(tokens: Sequence[Token]) -> Token | None:
    """Return the word on which some words hang: a verb if there is one."""
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if (t.head.i not in inside or t.head.i == t.i) and not t.is_punct]
    verbs = [t for t in roots if t.pos_ in _VERBAL and t.dep_ not in ("aux", "auxpass")]
    nouns = [t for t in roots if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")]
    return next(iter([*verbs, *nouns]), None)


def _meant(modal: Token) -> Token | None:
    """Return the verb that a modal by itself repeats: "Would he stop it? He would"."""
    start = modal.sent.start
    if not start:
        return None
    before = modal.doc[start - 1].sent
    for token in reversed(list(before)):
        if token.tag_ == "MD" and lemma(token) == lemma(modal) and token.head.pos_ in _VERBAL:
            return token.head
    return None


def _brought(root: Token) -> list[Token]:
    """Return the clauses that a verb brings, by itself or by its preposition or its noun."""
    found = kids(root, "xcomp", "ccomp")
    for c in kids(root, "prep"):
        found += kids(c, "pcomp")
    for c in kids(root, "dobj", "attr", "nsubjpass"):
        if lemma(c) in _ANSWERS:
            found += kids(c, "acl", "relcl")[:1]
    return [c for c in found if c.i != root.i]


def _is_tag(clause: Token, root: Token) -> bool:
    """Tell whether a clause stands before its verb of saying, as what is said."""
    return clause.dep_ == "ccomp" and clause.i < root.i and bool(kids(clause, "ccomp"))


def _within(noun: Token) -> Token | None:
    """Return what a demand, an offer or a call is for."""
    clauses = [c for c in kids(noun, "acl") if c.pos_ in _VERBAL]
    if clauses:
        return clauses[0]
    for prep in kids(noun, "prep"):
        if low(prep) in ("for", "of", "to"):
            inside = kids(prep, "pcomp", "pobj")
            if inside:
                return inside[0]
    return None


_PARTICLES = ("back", "out", "up", "down", "off")


def _with_particle(verb: Token) -> str:
    """Return a verb's base form with its particle: "take up"."""
    more = [low(c) for c in kids(verb, "prt")]
    more += [low(c) for c in kids(verb, "advmod") if low(c) in _PARTICLES]
    return " ".join([lemma(verb), *more[:1]])


def _heads(verb: Token) -> tuple[str, ...]:
    """Return the base forms of what a verb acts on."""
    direct = kids(verb, "dobj", "nsubjpass", "oprd", "attr")
    if direct:
        return _heads_of(direct)
    brought = tuple(lemma(c) for c in kids(verb, "xcomp"))
    return (
        *brought,
        *(lemma(p) for c in kids(verb, "prep", "dative") for p in kids(c, "pobj")),
    )


def _heads_of(nouns: Sequence[Token]) -> tuple[str, ...]:
    found = [t for n in nouns for t in (n, *kids(n, "conj"))]
    below = [w for t in found for w in _below(t)] if found and lemma(found[0]) in _HOLLOW else []
    return (*(lemma(t) for t in found if t.pos_ in ("NOUN", "PROPN", "NUM")), *below)


_HOLLOW = frozenset(["metre", "part", "work", "gate", "member", "number", "set", "round", "one"])


def _below(noun: Token) -> Iterator[str]:
    """Yield the base forms of the nouns that a noun's prepositions bring."""
    for prep in kids(noun, "prep"):
        for thing in kids(prep, "pobj"):
            yield lemma(thing)


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the base forms of words that carry meaning."""
    return frozenset(lemma(t) for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
