"""Whether the deed of a claim can be done or left, and is understood without its sentence.

An option is something that somebody does or leaves. Much of what a clause tells is none: what was
said, what is so, what is felt; a thing without a deed; a phrase that points at words elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from detente.english.deeds import deed as verb_phrase
from detente.english.lists import verb_of
from detente.reading.analysis.marks import kids, lemma, low
from detente.reading.frames.sets import listed
from detente.reading.lexicon import load
from detente.reading.phrasing import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

Fault: TypeAlias = Literal["", "said", "state", "unnamed", "cut", "thing", "same", "english"]
"""Why words tell no deed: something said; something that is so or felt; nobody knows of what they
speak; words are missing; a thing; nothing is said; no verb that our English knows. Empty for a
deed."""

_ASKED = ("demand", "condition", "refusal")


def fault_of_verb(verb: Token, phrase: str, kept: Sequence[Token], kind: str) -> Fault:
    """Return why a verb with what belongs to it is no deed.

    Parameters
    ----------
    verb : Token
        The verb.
    phrase : str
        As it will be told.
    kept : sequence of Token
        What belongs to the verb.
    kind : str
        The kind of claim: to condemn may be asked, and is no deed else.
    """
    base, heads = lemma(verb), {lemma(t) for t in kept if t.pos_ in ("NOUN", "PROPN")}
    objects = {lemma(t) for t in kids(verb, "dobj", "nsubjpass")}
    if objects & listed("deed words") and base in listed("deed utters"):
        return "said"
    if base in listed("deed says") and not objects & listed("deed called"):
        return "said"
    if base == "let" and any(low(t) == "known" for t in kept):
        return "said"
    if base in listed("deed says when not asked") and kind not in _ASKED:
        return "said"
    finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in kept)
    with_it = base == "live" and not finite and any(low(t) == "with" for t in kept)
    if (base in listed("deed states") and not with_it) or (
        base == "be" and not phrase.startswith("return")
    ):
        return "state"
    if base in listed("deed light verbs") and objects and objects <= listed("deed feelings"):
        return "state"
    if any(low(o) == "one" and not list(o.children) for o in kids(verb, "dobj")):
        return "unnamed"  # "would hold one"
    if not kept or len(phrase.split()) == 1:
        return "" if phrase.lower() in listed("deed alone") else "cut"
    if _is_cut(verb, kept):
        return "cut"
    if not heads and len(phrase.split()) == 2 and phrase.lower() not in listed("deed alone"):
        small = kept[0].pos_ in ("ADV", "ADP", "PART", "PRON") or kept[0].dep_ == "prt"
        if small:
            return "cut"
    return "" if verb_phrase(phrase).known else "english"


def _is_cut(verb: Token, kept: Sequence[Token]) -> bool:
    """Tell whether a phrase lacks what it speaks of.

    "Put her name to", "let the tankers", "agreed within the hour".
    """
    base = lemma(verb)
    if verb.dep_ == "relcl" and any(not list(c.children) for c in kids(verb, "prep")):
        return True
    if base == "let":
        return all(t.pos_ not in ("VERB", "AUX", "ADP", "ADV") for t in kept)
    to_what = {low(c) for c in kids(verb, "prep", "prt")} & {"to", "on", "with", "for"}
    return base == "agree" and not to_what and not kids(verb, "xcomp", "ccomp", "advmod", "dobj")


def fault_of_let(verb: Token, subject: Token, phrase: str, kept: Sequence[Token]) -> Fault:
    """Return why it is no deed to let a thing do something, or to see to it that it is so."""
    base = lemma(verb)
    if base == "be":
        so = {low(t) for t in kids(verb, "acomp", "advmod", "prep", "prt", "oprd")}
        return (
            "" if so & listed("deed conditions of things") and not kids(verb, "attr") else "state"
        )
    goes_too = base == "follow" and lemma(subject) not in ("other", "rest")
    if not goes_too and base in listed("deed states") | listed("deed says"):
        return "state"
    if not kept and base in listed("deed light verbs"):
        return "state"
    objects = {lemma(t) for t in kids(verb, "dobj")}
    if lemma(subject) in objects | listed("deed words"):
        return "same"
    return "" if verb_phrase(phrase).known else "english"


def fault_of_noun(noun: Token) -> Fault:
    """Return why it is nothing to agree to what a noun tells."""
    base = lemma(noun)
    if low(noun.head) == "as":
        return "thing"  # "proposed her as mediator"
    if base in listed("deed attacks"):
        return "thing"  # "to fend off attacks": nobody asks to agree to them
    if base in listed("deed arrangements"):
        return ""
    if kids(noun, "compound") and compound(noun) in listed("deed arrangements"):
        return ""
    counted = [c for c in kids(noun, "nummod") if c.ent_type_ not in ("DATE", "TIME")]
    vague = frozenset() if counted and kids(noun, "prep") else listed("deed feelings")
    if not kids(noun, "compound"):
        vague = vague | listed("deed words") | listed("deed answers") | listed("deed light")
    named = noun.ent_type_ in ("DATE", "TIME", "PERSON", "NORP", "GPE", "ORG")
    return "thing" if named or base in vague or not kids(noun, *_TELLING) else ""


_TELLING = ("acl", "relcl", "prep", "compound", "amod", "nummod")
"""What makes of a thing one that is understood without its sentence: "a guest list drawn up
there"."""


def compound(noun: Token) -> str:
    """Return a noun with those joined to it: "guest list"."""
    return " ".join([*(low(c) for c in kids(noun, "compound")), lemma(noun)])


@lru_cache(maxsize=1)
def _verbs_of_nouns() -> Mapping[str, str]:
    return load().meaning("deed nouns")


@lru_cache(maxsize=1)
def _giving() -> Mapping[str, str]:
    return load().meaning("deed giving")


def verb_of_noun(noun: Token) -> str:
    """Return the verb of a noun that tells a deed: "the withdrawal of troops"; empty for none."""
    base = lemma(noun)
    if told := _verbs_of_nouns().get(base):
        return told
    if base in listed("deed arrangements"):
        return ""
    found = verb_of(low(noun))
    return found[0].base if found is not None and found[1] == "ing" and noun.tag_ != "NNS" else ""


def giving(noun: Token) -> str:
    """Return the verb by which a thing is given: an apology is made; empty for none."""
    if noun.ent_type_ == "MONEY" or any(c.ent_type_ == "MONEY" for c in kids(noun, "nummod")):
        return "pay"
    return _giving().get(lemma(noun), "")


def verb_and_object(noun: Token) -> tuple[str, list[Token]]:
    """Return the verb of a noun that tells a deed, and what it is done to."""
    base = verb_of_noun(noun)
    of = next((c for c in kids(noun, "prep") if low(c) == "of"), None)
    done = kids(of, "pobj") if of is not None else []
    if base == "pay" and of is None and kids(noun, "prep"):
        return base, [t for c in kids(noun, "prep") for t in noun_phrase(c)]
    lasts = bool(done) and done[0].ent_type_ in ("DATE", "TIME")  # "a suspension of sixty days"
    if not base or not done or lasts or lemma(done[0]) in ("kind", "sort", "type"):
        return "", []
    more = [c for c in kids(noun, "prep") if c.i > noun.i and c.i != (of.i if of else -1)]
    return base, [*noun_phrase(done[0]), *(t for c in more for t in noun_phrase(c))]
