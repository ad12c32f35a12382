"""The scene of a unit: its report, its speaker, and the deeds that its clauses tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import Clause, clause, has_child, kids, lemma, low, subject_of
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.deed import NOBODY, Asserter, Deed, Holder
from detente.reading.frames.draft import Draft
from detente.reading.frames.lists import Words
from detente.reading.frames.sets import listed
from detente.reading.who.model import Who
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent
    from spacy.tokens import Token

_RUMOUR = re.compile(
    r"\b(rumou?rs?|talk|speculation|reports?|claims?|allegations?|tales?|stor(?:y|ies)|suggestions?)"
    r" (?:\w+ ){0,3}that\b",
    re.IGNORECASE,
)
_KIN = listed("scene: kin")
_NOBODY = frozenset(["nobody", "none", "noone", "nothing"])
_DENYING = listed("scene: denying")


@dataclass(eq=False)
class Scene:
    """What the rules know while they read a unit.

    Parameters
    ----------
    world : World
        Who is who in the pile.
    parsed : Parsed
        The report.
    unit : Unit
        The unit.
    words : Words
        Word lists.
    phrases, sayings
        Set phrases by their verb, and those said of things; see ``setphrases``.
    """

    world: World
    parsed: Parsed
    unit: Unit
    words: Words
    phrases: Mapping[str, Sequence[tuple[Sequence[str], str, str]]]
    sayings: Sequence[tuple[Sequence[str], str]]
    question: bool = False
    last: Draft | None = None
    asking: tuple[str, ...] = ()
    skip: int = -1
    _deeds: dict[int, Deed] = field(default_factory=dict)

    @property
    def holder(self) -> Who:
        """Who speaks in this unit."""
        found: Who | None = self.world.holders.get((self.parsed.name, self.unit.number))
        return found or NOBODY

    @property
    def holder_parties(self) -> tuple[str, ...]:
        """The party that speaks in this unit, as a tuple that may be empty."""
        return (self.holder.party,) if self.holder.party else ()

    @property
    def issued(self) -> bool:
        """Whether the report is a statement that somebody known issued."""
        return bool(self.world.issuers.get(self.parsed.name, NOBODY).party)

    @property
    def quoted(self) -> bool:
        """Whether the unit is somebody's own words between marks or in a transcript."""
        return self.unit.kind in ("quote", "turn")

    @property
    def opinion(self) -> bool:
        """Whether an author gives his own opinion in this unit."""
        return self.parsed.manner == "opinion" and self.unit.kind == "prose"

    def authors_own(self, deed: Deed) -> bool:
        """Tell whether a clause is only what the author of an opinion thinks."""
        if not self.opinion or deed.by:
            return False
        return bool(deed.modal) or deed.first or not deed.known or deed.clause.mood == "order"

    def who(self, token: Token, plain: bool = False) -> Who:
        """Return who is meant by a noun or pronoun."""
        found: Who = self.world.who(token, self.unit, self.parsed, plain=plain)
        return found

    def party(self, token: Token | None) -> str:
        """Return the party that a noun means, empty for none."""
        if token is None:
            return ""
        found = self.who(token)
        return found.party or ""

    def skipped(self, start: int) -> bool:
        """Tell whether a sentence's words belong to the claim before it already."""
        return self.skip == start

    def other(self, parties: tuple[str, ...], token: Token) -> str:
        """Return the party that was named last before a token and is none of some."""
        here = self.unit.where(token)
        for mention in reversed(self.world.mentions.get(self.parsed.name, ())):
            if mention[0] < here and mention[1].party and mention[1].party not in parties:
                return str(mention[1].party)
        return ""

    def deed(self, verb: Token) -> Deed:
        """Return a predicate with the people in it."""
        if verb.i not in self._deeds:
            self._deeds[verb.i] = self._make(clause(verb, self.question))
        return self._deeds[verb.i]

    def _make(self, marks: Clause) -> Deed:
        """Return a clause with the people in it."""
        by = self._asserters(marks.verb)
        who = self._subject(marks, by)
        voice = self._voice(by)
        spoken = bool(by) or self.quoted or self.issued
        return Deed(marks, who, by, self._doer(marks, who, by), voice, spoken)

    # --- who does it -----------------------------------------------------------------------

    def _subject(self, marks: Clause, by: tuple[Asserter, ...]) -> Who:
        """Return who does the deed."""
        verb, subject = marks.verb, marks.subject
        if marks.passive:
            agents = [p for a in kids(verb, "agent") for p in kids(a, "pobj")]
            return self.who(agents[0]) if agents else Who(kind="thing")
        if subject is None:
            subject = self._lost_subject(verb)
        if subject is None:
            return NOBODY
        ours = any(c.dep_ == "poss" and low(c) in ("our", "my") for c in subject.children)
        ours = ours and lemma(subject) not in _KIN and (self.quoted or self.issued)
        if subject.pos_ == "NOUN" and ours:
            return Who(self.holder.party, self.holder.speaker, "first")
        found = self._pronoun(subject, by) or self.who(subject)
        if found.kind in ("thing", "unknown") and (teller := self._teller(verb)) is not None:
            return self.who(teller)
        if found.kind in ("thing", "unknown") and lemma(subject) in listed("scene: people of"):
            named = (
                p for prep in kids(subject, "prep") if low(prep) == "of" for p in kids(prep, "pobj")
            )
            for token in named:
                if party := self.party(token):
                    return Who(party, None, "party")
        return self._joined(subject, found)

    def _teller(self, verb: Token) -> Token | None:
        """Return who spoke before, of a verb that the parser put into what was said.

        "She said the closure was cruel and urged them to end it": it is she who urged.
        """
        acts = self.words.act_demand | self.words.act_offer | self.words.act_refuse
        says = verb.lemma_ in self.words.speech | acts | self.words.act_threaten
        if (
            verb.dep_ != "conj"
            or not says
            or kids(verb, "nsubj")
            or verb.tag_ not in ("VBD", "VBZ")
        ):
            return None
        inner = verb.head
        if inner.dep_ != "ccomp" or inner.head.lemma_ not in self._tellers:
            return None
        return next(iter(kids(inner.head, "nsubj")), None)

    def _joined(self, subject: Token, found: Who) -> Who:
        """Return several parties where a subject joins them."""
        if found.kind != "party" or not found.party:
            return found
        more = [self.who(c) for c in kids(subject, "conj") if c.pos_ == "PROPN"]
        if not more or not all(w.party for w in more):
            return found
        rest = [w.party for w in more if w.party and w.party != found.party]
        return Who(None, None, "several", (found.party, *rest)) if rest else found

    def _pronoun(self, subject: Token, by: tuple[Asserter, ...]) -> Who | None:
        """Return the speaker for a pronoun in reported speech: "the firm said it would …"."""
        if low(subject) not in ("he", "she", "it", "they") or not by:
            return None
        near = by[0]
        if near.verb.sent.start != subject.sent.start:
            return None
        person = low(subject) in ("he", "she")
        if not near.who.party and not near.who.speaker:
            return None
        if low(subject) == "it" and near.who.kind == "person":
            return None
        return Who(near.who.party, near.who.speaker, "person" if person else "party")

    def _lost_subject(self, verb: Token) -> Token | None:
        """Return the party named before a verb whose subject the parser did not see."""
        if verb.tag_ not in ("VBD", "VBZ", "VBP", "NNS"):
            return None
        if verb.dep_ not in ("ROOT", "ccomp", "conj", "parataxis"):
            return None
        for token in reversed(verb.doc[max(verb.sent.start, verb.i - 9) : verb.i]):
            if token.pos_ in ("VERB", "AUX"):
                return None
            if token.pos_ == "PROPN" and self.who(token, plain=True).party:
                return token
        return None

    # --- who says so -------------------------------------------------------------------------

    def _asserters(self, verb: Token) -> tuple[Asserter, ...]:
        """Return who answers for a clause, the nearest first."""
        found: list[Asserter] = []
        token = verb
        while True:
            found += self._tags(token, verb)
            head = token.head
            if head.i == token.i:
                return tuple(found)
            found += self._reported(token, head)
            token = head

    def _tags(self, token: Token, verb: Token) -> list[Asserter]:
        """Return who says so in a tag, or "according to"."""
        found = []
        for c in token.children:
            speaks = c.dep_ in ("parataxis", "ccomp") and c.lemma_ in self.words.speech
            beside = c.i > token.i or c.dep_ == "parataxis"
            bare = speaks and not kids(c, "mark", "ccomp", "dobj") and beside
            if bare and c.i != verb.i and kids(c, "nsubj") and token.lemma_ not in self._tellers:
                found.append(Asserter(self.who(kids(c, "nsubj")[0]), c))
            went_on = c.lemma_ == "go" and has_child(c, ("on",), "prt", "prep", "advmod")
            if (
                went_on
                and c.dep_ in ("parataxis", "ccomp", "advcl")
                and kids(c, "nsubj")
                and c.i != verb.i
            ):
                found.append(Asserter(self.who(kids(c, "nsubj")[0]), c))
            if low(c) == "according":
                names = [p for x in c.children for p in [x, *kids(x, "pobj")] if p.dep_ == "pobj"]
                found += [Asserter(self.who(p), c) for p in names[:1]]
        return found

    @property
    def _tellers(self) -> frozenset[str]:
        """Base forms of the verbs that bring what somebody says or thinks."""
        return self.words.speech | self.words.tell

    def _reported(self, token: Token, head: Token) -> list[Asserter]:
        """Return who says so where a clause depends on a verb or noun of saying."""
        if head.pos_ == "NOUN":
            heard = token.dep_ in ("acl", "ccomp") and lemma(head) in self.words.hearsay_nouns
            return [Asserter(Who(kind="anon"), head)] if heard and _bare(head) else []
        if head.pos_ not in ("VERB", "AUX") or head.lemma_ not in self._tellers:
            return []
        if token.dep_ not in ("ccomp", "parataxis"):
            return []
        if kids(head, "nsubjpass") or (lemma(head) in ("read", "hear", "learn")):
            return [Asserter(Who(kind="anon"), head)]
        subject = subject_of(head)
        who = self.who(subject) if subject is not None else NOBODY
        stranger = subject is not None and subject.pos_ == "NOUN"
        if stranger and who.kind in ("thing", "unknown"):
            if head.lemma_ not in self.words.speech | self.words.belief:
                return []  # "the talks, meant to …, broke up": nobody says so
            who = Who(kind="street")
        return [Asserter(who, head)]

    def _voice(self, by: tuple[Asserter, ...]) -> Holder:
        """Return who says so in the end."""
        found = next((a.who for a in by if a.who.party or a.who.speaker), None)
        return self._own(found or self.holder)

    def _doer(self, marks: Clause, who: Who, by: tuple[Asserter, ...]) -> Holder:
        """Return whose deed or position a clause is."""
        told = next((a.who for a in by if a.who.party or a.who.speaker), None)
        if any(a.who.kind in ("anon", "street") for a in by):
            return Holder(counts=False)
        if told is None and self.holder.kind in ("anon", "street") and not self.holder.party:
            return Holder(counts=False)
        if who.kind == "street" and marks.subject is not None and low(marks.subject) in _NOBODY:
            return self._own(told or self.holder)
        if self._rumoured(marks) or who.kind in ("street", "anon", "second"):
            return Holder(counts=False)
        if who.kind == "first":
            return self._own(self.holder)
        if who.kind == "several":
            return Holder(tuple(who.several))
        if who.kind in ("party", "person") and (who.party or who.speaker):
            speaker = who.speaker or (told.speaker if told else "") or ""
            return Holder((who.party,) if who.party else (), speaker)
        stranger = marks.subject is not None and marks.subject.pos_ in ("NOUN", "PROPN")
        if stranger and who.kind == "unknown" and marks.tense == "past" and told is not None:
            return Holder(counts=False)  # "X said that pirates had …": the pirates' deed, not X's
        return self._own(told or self.holder)

    def _own(self, who: Who) -> Holder:
        """Return a party and speaker; in somebody's own words at least "somebody"."""
        unnamed = self.quoted and who.kind not in ("anon", "street")
        return Holder((who.party,) if who.party else (), who.speaker or "", someone=unnamed)

    @property
    def speaks(self) -> bool:
        """Whether this is what somebody says whom the report may name, not the street."""
        known = bool(self.holder.party) and (self.quoted or self.issued)
        return known or (self.quoted and self.holder.kind not in ("anon", "street"))

    def _rumoured(self, marks: Clause) -> bool:
        """Tell whether a clause stands under "talk that …" and nobody denies it."""
        verb = marks.verb
        if verb.pos_ == "NOUN" or verb.dep_ not in listed("scene: rumoured"):
            return False
        if _DENYING & {t.lemma_ for t in verb.sent}:
            return False
        return bool(_RUMOUR.search(verb.doc[verb.sent.start : verb.i].text))


def _bare(noun: Token) -> bool:
    """Tell whether a noun of saying has nobody who says it."""
    return not kids(noun, "poss")


def asks(sent: Sent, unit: Unit) -> bool:
    """Tell whether a sentence asks."""
    return unit.kind == "question" or str(sent.text).strip().rstrip("\"”'’").endswith("?")
