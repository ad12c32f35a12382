"""The scene of a unit: its report, its speaker, and the deeds that its clauses tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import (
    Clause,
    above,
    clause,
    has_child,
    kids,
    lemma,
    low,
    modal_of,
    subject_of,
)
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.deed import NOBODY, Asserter, Deed, Holder
from detente.reading.frames.draft import Draft
from detente.reading.frames.lists import Words
from detente.reading.frames.sets import listed
from detente.reading.frames.subject import bare, before_whose, is_crowd, is_no, parted, sends
from detente.reading.frames.tellers import (
    NO_ACTORS,
    answering,
    idle_talk,
    lets_know,
    speaks_for,
    tag_at_subject,
)
from detente.reading.frames.unreal import unreal
from detente.reading.who.model import Who
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Token

_RUMOUR = re.compile(
    r"\b(rumou?rs?|talk|speculation|reports?|claims?|allegations?|tales?|stor(?:y|ies)|suggestions?)"
    r" (?:\w+ ){0,3}that\b|\bword (?:\w+ ){0,5}that\b|\b(?:rumou?r|legend|gossip) has it\b",
    re.IGNORECASE,
)
_KIN = listed("scene: kin")
_NOBODY = frozenset(["nobody", "none", "noone", "nothing"])
_DENYING = listed("scene: denying")
_FAR = 11
"""So many words may stand between a verb and a subject that the parser lost."""
_LEAD = 14
"""So many words may stand before the colon that follows who speaks."""
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SHIFTED = ("would", "should", "must", "could")
"""Modals in which speech is told without a verb that says so."""
_TOLD = ("VBD", "VBZ", "VBN")


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
    named: set[tuple[str, str, str]] = field(default_factory=set)
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
        return self.unit.kind in ("quote", "turn") and not self.hosted

    @property
    def hosted(self) -> bool:
        """Whether the host of a broadcast tells what others do."""
        return self.unit.kind == "turn" and self.holder.kind == "street"

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
        if marks.subject is None and not marks.passive:
            marks = replace(marks, subject=self._lost_subject(marks.verb))
        if not marks.supposed and unreal(marks.verb):
            marks = replace(marks, mood="supposed")
        by = self._asserters(marks.verb)
        who = self._subject(marks, by)
        voice = self._voice(by)
        spoken = bool(by) or self.quoted or self.issued
        unnamed = self._unnamed(marks, who)
        doer = Holder(someone=True) if unnamed else self._doer(marks, who, by)
        if unnamed and any(map(idle_talk, by)):
            doer = Holder(counts=False)
        return Deed(marks, who, by, doer, voice, spoken, unnamed)

    def _unnamed(self, marks: Clause, who: Who) -> bool:
        """Tell whether a subject acts for a side that the report does not let us name.

        "Ravgas has dropped …", "the southern side has signed up …", "drivers at the depot …".
        """
        if who.kind not in ("thing", "unknown", "street") or marks.passive:
            return False
        subject = marks.subject
        if subject is None or subject.i > marks.verb.i + 2:
            return False
        if subject.pos_ == "PROPN":
            return who.kind != "street" and subject.ent_type_ not in NO_ACTORS
        if subject.pos_ != "NOUN" or low(subject) in _NOBODY or is_no(subject):
            return False
        vague = ("some", "many", "most", "few", "several", "other")
        if has_child(subject, vague, "det", "amod") and not kids(subject, "nummod"):
            return False
        if lemma(subject) in listed("scene: sides"):
            return True
        return is_crowd(subject) and (subject.tag_ == "NNS" or low(subject) in ("staff", "crew"))

    # --- who does it -----------------------------------------------------------------------

    def _subject(self, marks: Clause, by: tuple[Asserter, ...]) -> Who:
        """Return who does the deed."""
        verb, subject = marks.verb, marks.subject
        if marks.passive:
            agents = [p for a in kids(verb, "agent") for p in kids(a, "pobj")]
            return self.who(agents[0]) if agents else Who(kind="thing")
        if subject is None:
            return NOBODY
        subject = before_whose(subject, verb)
        ours = any(c.dep_ == "poss" and low(c) in ("our", "my") for c in subject.children)
        ours = ours and lemma(subject) not in _KIN and (self.quoted or self.issued)
        if subject.pos_ == "NOUN" and ours:
            return Who(self.holder.party, self.holder.speaker, "first")
        found = self._pronoun(subject, by) or self.who(subject)
        if found.kind in ("thing", "unknown") and (teller := self._teller(verb)) is not None:
            return self.who(teller)
        paper = lemma(subject) in listed("scene: papers") and verb.lemma_ in self._acts
        if found.kind in ("thing", "unknown") and paper:
            for token in kids(subject, "poss"):
                if party := self.party(token):
                    return Who(party, None, "party")
        if found.kind in ("thing", "unknown", "street") and sends(subject):
            named = (
                p
                for prep in kids(subject, "prep")
                if low(prep) in ("of", "from", "for")
                for p in kids(prep, "pobj")
            )
            for token in named:
                if party := self.party(token):
                    return Who(party, None, "party")
        return self._joined(subject, found)

    @property
    def _acts(self) -> frozenset[str]:
        """Base forms of asking, offering and refusing."""
        return self.words.act_demand | self.words.act_offer | self.words.act_refuse

    def _teller(self, verb: Token) -> Token | None:
        """Return who spoke before, of a verb that the parser put into what was said.

        "She said the closure was cruel and urged them to end it": it is she who urged.
        """
        acts = self._acts | self.words.keep_up | self.words.bring_about | self.words.act_threaten
        says = verb.lemma_ in self.words.speech | acts
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
        perfect = has_child(verb, ("has", "have", "had", "did", "does"), "aux")
        if verb.tag_ not in ("VBD", "VBZ", "VBP", "NNS") and not perfect:
            return None
        if verb.dep_ not in ("ROOT", "ccomp", "conj", "parataxis", "dep"):
            return None
        for token in reversed(verb.doc[max(verb.sent.start, verb.i - _FAR) : verb.i]):
            if token.pos_ in ("VERB", "AUX") and token.head.i != verb.i:
                return None
            if token.dep_ == "pobj" or token.head.dep_ == "pobj":
                continue
            if token.pos_ == "PROPN" and self.who(token, plain=True).party:
                return token
            if perfect and token.pos_ == "NOUN" and lemma(token) in listed("scene: sides"):
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
                break
            if not parted(token, head):
                found += self._reported(token, head)
            token = head
        if not found and self.unit.kind == "prose" and not self.opinion:
            found += self._loose_tag(verb) or self._before_colon(verb) or self._goes_on(verb, token)
        return tuple(found)

    def _loose_tag(self, verb: Token) -> list[Asserter]:
        """Return who says so in a tag that the parser hung elsewhere: "…, the minister said"."""
        for token in verb.doc[verb.i + 1 : verb.sent.end]:
            clear = token.lemma_ == "make" and has_child(token, ("clear", "plain", "known"))
            says = clear or token.lemma_ in self.words.speech
            if not says or token.tag_ not in ("VBD", "VBZ"):
                continue
            subjects = kids(token, "nsubj")
            if (
                not subjects
                or kids(token, "mark")
                or any(c.i > token.i for c in kids(token, "ccomp"))
            ):
                continue
            first = min(subjects[0].left_edge.i, token.i)
            comma = verb.doc[first - 1]
            if first > verb.i and low(comma) in (",", "—", "–") and subjects[0].dep_ != "relcl":
                if token.dep_ in ("relcl", "acl", "advcl"):
                    continue
                return [Asserter(self.who(subjects[0]), token)]
        return []

    def _before_colon(self, verb: Token) -> list[Asserter]:
        """Return who says so in "The ministry: no officer crossed", "Brandt, leaving: no deal"."""
        start = verb.sent.start
        colon = next((t for t in verb.doc[start : verb.i] if low(t) == ":"), None)
        if colon is None or colon.i - start > _LEAD or colon.i == start:
            return []
        lead = verb.doc[start : colon.i]
        if any(t.tag_ in _FINITE for t in lead):
            return []
        for token in lead:
            if token.pos_ not in ("NOUN", "PROPN") or token.head.i in range(start, token.i):
                continue
            if token.dep_ in ("compound", "amod", "poss", "nmod"):
                continue
            who = self.who(token)
            if who.party or who.speaker:
                return [Asserter(who, token)]
        return []

    def _goes_on(self, verb: Token, root: Token) -> list[Asserter]:
        """Return who says so where a report goes on in somebody's words without saying so again.

        "The town urged both to talk. It would pay the bill.": the second sentence is the town's.
        """
        if modal_of(root) not in _SHIFTED or self.issued or verb.sent.start == 0:
            return []
        before = verb.doc[verb.sent.start - 1].sent.root
        acts = self.words.speech | self.words.act_demand | self.words.act_offer
        says = before.lemma_ in acts | self.words.act_refuse and before.tag_ in _TOLD
        subject, mine = subject_of(before), subject_of(root)
        who = self.who(subject) if subject is not None else NOBODY
        same = mine is not None and bool(who.party) and self.party(mine) == who.party
        if not (says or same):
            return []
        return [Asserter(who, before)] if who.party or who.speaker else []

    def _tags(self, token: Token, verb: Token) -> list[Asserter]:
        """Return who says so in a tag, or "according to"."""
        found = []
        for c in token.children:
            speaks = c.dep_ in ("parataxis", "ccomp") and c.lemma_ in self.words.speech
            beside = c.i > token.i or c.dep_ == "parataxis"
            bare = speaks and not kids(c, "mark", "ccomp", "dobj") and beside
            bare = bare and not parted(token, c)
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
            if c.dep_.startswith("nsubj") and (tag := tag_at_subject(c, self.words.speech)):
                found.append(Asserter(self.who(kids(tag, "nsubj")[0]), tag))
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
        if (made := lets_know(token, head)) is not None:
            return [Asserter(self.who(kids(made, "nsubj")[0]), made)]
        if head.pos_ == "NOUN":
            heard = token.dep_ in ("acl", "ccomp") and lemma(head) in self.words.hearsay_nouns
            return [Asserter(Who(kind="anon"), head)] if heard and bare(head) else []
        on = head.lemma_ == "go" and has_child(head, ("on",), "prt", "prep", "advmod")
        on = on or (head.lemma_ == "make" and has_child(head, ("clear", "plain"), "acomp", "oprd"))
        if head.lemma_ in self.words.belief and kids(head, "nsubjpass"):
            return [Asserter(Who(kind="anon"), head)]  # "it is assumed that …"
        if head.pos_ not in ("VERB", "AUX") or not (on or head.lemma_ in self._tellers):
            return []
        if token.dep_ not in ("ccomp", "parataxis"):
            return []
        if kids(head, "nsubjpass") or (lemma(head) in ("read", "hear", "learn")):
            return [Asserter(Who(kind="anon"), head)]
        subject = subject_of(head)
        who = self.who(subject) if subject is not None else NOBODY
        stranger = subject is not None and subject.pos_ == "NOUN"
        if subject is not None and stranger and who.kind in ("thing", "unknown"):
            if head.lemma_ not in self.words.speech | self.words.belief:
                return []  # "the talks, meant to …, broke up": nobody says so
            sides = listed("scene: spokes") | listed("scene: sides")
            who = Who(kind="unknown" if lemma(subject) in sides else "street")
        return [Asserter(who, head)]

    def _voice(self, by: tuple[Asserter, ...]) -> Holder:
        """Return who says so in the end."""
        found = next((a.who for a in by if a.who.party or a.who.speaker), None)
        if found is None and not self.holder.party and any(map(self._says_plainly, by)):
            return Holder(someone=True)
        return self._own(found or self.holder)

    def _says_plainly(self, teller: Asserter) -> bool:
        """Tell whether somebody says so who stands for a side that is not named."""
        if idle_talk(teller):
            return False
        noun = subject_of(teller.verb) if teller.verb.pos_ in ("VERB", "AUX") else teller.verb
        if noun is None or teller.verb.lemma_ not in self.words.speech | {"go"}:
            return False
        sides = listed("scene: spokes") | listed("scene: sides")
        return (noun.pos_ == "PROPN" and noun.ent_type_ not in NO_ACTORS) or lemma(noun) in sides

    def _doer(self, marks: Clause, who: Who, by: tuple[Asserter, ...]) -> Holder:
        """Return whose deed or position a clause is."""
        told = next((a.who for a in by if a.who.party or a.who.speaker), None)
        if any(idle_talk(a) and not speaks_for(a, who) for a in answering(by)):
            return Holder(counts=False)
        nobody = self.holder.kind in ("anon", "street") and not self.holder.party
        if told is None and nobody and not self.hosted:
            return Holder(counts=False)
        if who.kind == "street" and marks.subject is not None and low(marks.subject) in _NOBODY:
            return self._own(told or self.holder)
        if self._rumoured(marks) or who.kind in ("street", "anon", "second"):
            return Holder(counts=False)
        if who.kind == "first":
            return self._own(self.holder)
        if who.kind == "several":
            return Holder(tuple(who.several))
        if marks.passive and who.kind in ("thing", "unknown") and kids(marks.verb, "agent"):
            return Holder(someone=True)
        if who.kind in ("party", "person") and (who.party or who.speaker):
            speaker = who.speaker or (told.speaker if told else "") or ""
            return Holder((who.party,) if who.party else (), speaker)
        stranger = marks.subject is not None and marks.subject.pos_ in ("NOUN", "PROPN")
        if stranger and who.kind == "unknown" and marks.tense == "past" and told is not None:
            return Holder(counts=False)  # "X said that pirates had …": the pirates' deed, not X's
        if told is None and not self.holder.party and any(map(self._says_plainly, by)):
            return Holder(someone=True)
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
        if not _RUMOUR.search(verb.doc[verb.sent.start : verb.i].text):
            return False
        named = any(t.pos_ in ("NOUN", "ADP") for t in above(verb.head)) or verb.dep_ == "acl"
        return named or lemma(verb.head) == "be"
