"""Pronouns of a phrase by the names they stand for: it is understood without its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, lemma, low
from detente.reading.frames.sets import listed
from detente.reading.phrasing import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.frames.scene import Scene

_PERSONS = frozenset(["him", "her", "he", "she", "them", "they", "it"])
_RELATIVE = frozenset(["which", "whom", "who", "that"])
_POINTING = frozenset(["this", "that", "these", "those"])
_ASKING = frozenset(["what", "whatever", "whose", "whoever", "you", "yours", "one", "ones", "such"])
_BESIDE = frozenset(["to", "with", "against", "from", "in", "into"])
_TIMES = frozenset(["day", "week", "month", "year", "hour", "time", "side", "people"])


@dataclass(slots=True)
class Named:
    """What stands for words of a phrase.

    Parameters
    ----------
    told : dict
        Position of a word to what is said for it; empty text for nothing.
    lost : bool
        Whether there is a word of which nobody knows what it stands for.
    """

    told: dict[int, str] = field(default_factory=dict)
    lost: bool = False


@dataclass(frozen=True)
class Names:
    """Names what pronouns stand for.

    Parameters
    ----------
    scene : Scene
        Who is who.
    agent : str
        Who does the deed: its own things are "its".
    holder : str
        Whose claim it is.
    """

    scene: Scene
    agent: str
    holder: str = ""

    def of(self, tokens: Sequence[Token]) -> Named:
        """Return the names of the words of a phrase."""
        found = Named()
        for token in tokens:
            said = self._name(token)
            if said is None:
                found.lost = True
            elif said != low(token):
                found.told[token.i] = said
        return found

    def _name(self, token: Token) -> str | None:
        """Return what stands for a word: itself where it needs nothing, None for nobody knows."""
        word = low(token)
        if token.dep_ == "poss" or token.tag_ in ("PRP$", "WP$"):
            return self._owner(token, word)
        if token.tag_ == "PRP" and word in _PERSONS:
            return self._person(token, word)
        if word in _RELATIVE and token.tag_ in ("WDT", "WP"):
            return self._related(token)
        if word in _POINTING and token.dep_ == "det":
            return "the"
        if word in _POINTING and token.pos_ in ("PRON", "DET") and token.dep_ != "mark":
            return None
        if word in _ASKING and token.pos_ in ("PRON", "NOUN", "DET") and token.dep_ != "det":
            return None
        if word == "no" and token.dep_ == "det":
            return "" if token.head.tag_ in ("NNS", "NNPS") else "any"
        before = low(token.nbor(-1)) if token.i else ""
        if word == "one" and token.dep_ == "nummod" and before == "not":
            return "any"
        if word == "there" and token.pos_ in ("ADV", "PRON"):
            return ""
        return word

    def _owner(self, token: Token, word: str) -> str | None:
        if word not in ("his", "her", "their", "its", "whose"):
            return word
        if word == "whose":
            return None
        found = self.scene.who(token)
        if word in ("his", "her"):
            if found.party and found.party == self.agent:
                return "its"
            near = found.speaker and self._near(token, found.speaker)
            return _genitive(found.speaker) if near and found.speaker else None
        return word

    def _person(self, token: Token, word: str) -> str | None:
        found = self.scene.who(token)
        if word in ("him", "her", "he", "she"):
            return found.speaker if found.speaker and self._near(token, found.speaker) else None
        other = found.party if found.party != self.agent else None
        if _receives(token):
            return other or (self.holder if self.holder != self.agent else None) or None
        if token.dep_ == "pobj" and token.head.head.pos_ not in ("NUM", "DET"):
            return other if low(token.head) in _BESIDE else None
        upon = {lemma(token.head)} & listed("deed upon parties")
        return (other if upon else None) or self._thing(token, many=word in ("them", "they"))

    def _near(self, token: Token, name: str) -> bool:
        """Tell whether somebody is named shortly before, and does not act on himself."""
        last = name.split()[-1]
        verb = token.head
        doer = next((low(t) for t in kids(verb, "nsubj")), "")
        return last in token.doc[: token.i].text and doer != last.lower()

    def _thing(self, token: Token, *, many: bool) -> str | None:
        """Return the one thing in the sentence before a pronoun that it can stand for."""
        tags = ("NNS",) if many else ("NN",)
        before = [
            t
            for t in token.doc[token.sent.start : token.i]
            if t.tag_ in tags
            and t.dep_ in ("dobj", "nsubjpass", "pobj", "nsubj", "attr")
            and lemma(t) not in _TIMES
            and not self.scene.party(t)
        ]
        before = [t for t in before if not kids(t, "relcl")] or before
        if len(before) != 1:
            return None
        return self._phrase(before[0])

    def _related(self, token: Token) -> str | None:
        """Return the noun that a relative pronoun goes back to."""
        clause = token
        while clause.dep_ != "relcl":
            if clause.head.i == clause.i:
                return None
            clause = clause.head
        noun = clause.head
        return self._phrase(noun) if noun.pos_ in ("NOUN", "PROPN") else None

    def _phrase(self, noun: Token) -> str | None:
        """Return a noun with what stands before it; None where that needs a name itself."""
        words = [t for t in noun_phrase(noun) if t.i <= noun.i]
        if any(low(t) in _PERSONS or t.tag_ in ("PRP$", "WP$") for t in words):
            return None
        bare = [t for t in words if t.dep_ != "det"]
        name = (
            " ".join(t.text for t in bare)
            .replace(" - ", "-")
            .replace(" 's", "'s")
            .replace(" ’s", "’s")
        )
        return name if noun.pos_ == "PROPN" and len(words) == len(bare) else f"the {name}"


def _receives(token: Token) -> bool:
    """Tell whether somebody is given what another object names."""
    beside = [c for c in kids(token.head, "dobj", "oprd") if c.i > token.i]
    return token.dep_ == "dative" or (token.dep_ in ("dobj", "nsubjpass") and bool(beside))


def _genitive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
