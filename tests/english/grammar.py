"""Laws asked of a parse: what stands beside what, and which word of a clause goes with which.

A parse of a wrong sentence is often wrong itself, so each law asks for two signs at once: what the
parser took a word for, and what the word's form or place allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.english.lists import small, verb_of, verbs

ARTICLES = ("the", "a", "an")
OWNERS = ("its", "their")
OPENERS = frozenset(
    ("if", "when", "once", "as", "while", "because", "whereas", "although", "though", "unless",
     "where", "until", "before", "after", "under", "that", "which", "who", "whoever", "whatever",
     "what", "whether", "how", "since", "so", "in", "by", "for", "with", "at", "on", "of")
)  # fmt: skip
"""What a sentence begins with, or holds, that a clause after a comma may belong to."""

BARE_NAMES = (
    "Washington", "Pyongyang", "Seoul", "Moscow", "Beijing", "China", "Russia", "Egypt",
    "Ethiopia", "Sudan", "Kenya", "France", "Germany", "Japan", "Iran", "Israel", "Turkey",
    "India", "Pakistan", "Canada", "Mexico", "Korea",
)  # fmt: skip
"""Names that stand without an article, whatever the case is about."""

BE = ("is", "are", "was", "were", "be", "been", "being")
HAVE = ("has", "have", "had")
DO = ("do", "does", "did")
NO_NOUN = ("MD", "IN", "TO", "CC", "WDT", "WP", "DT", "PRP", ",", ".", ":")
LIKE_NOUNS = ("own", "same", "more", "out", "up", "like", "all")
"""Words that a parser may not take for nouns, or for what stands before them."""

TAKE_OBJECTS = ("VB", "VBP", "VBZ", "VBG", "IN", "TO")
BEFORE_CLAUSES = (
    "makes", "make", "if", "as", "because", "while", "whereas", "that", "than", "unless", "once",
    "where", "keeps", "keep", "helps", "help", "though", "until", "so", "before",
)  # fmt: skip
"""Words after which "it" may be a subject."""

BEFORE_NUMBERS = (
    "in", "of", "question", "step", "state", "than", "firmness", "about", "to", "cost", "at",
    "number", "by",
)  # fmt: skip
"""Words after which a number counts nothing."""

WANT_PREPOSITION = {
    "rest": "on", "depend": "on", "insist": "on", "lead": "to", "belong": "to", "consist": "of",
    "agree": "to", "refer": "to", "rely": "on", "differ": "from", "amount": "to", "object": "to",
    "fire": "on", "speak": "to", "talk": "to", "wait": "for",
}  # fmt: skip
"""Verbs that take what follows by a preposition."""


def ungrammatical(doc: Any) -> Iterator[str]:
    """What these laws find wrong with one sentence, as it was parsed."""
    for law in (
        _relative, _finite_after, _participles, _determiners, _owners, _objects, _names,
        _confused, _capitals, _spliced, _counted, _bare, _to,
    ):  # fmt: skip
        for token in law(doc):
            near = doc[max(0, token.i - 2) : token.i + 3].text
            yield f"{law.__name__[1:].replace('_', ' ')}: {near!r}"


def _number(noun: Any) -> str:
    """``one`` or ``many``; empty where the form does not tell."""
    if any(c.dep_ == "conj" and c.i < noun.i + 6 for c in noun.children):
        return ""
    return {"NN": "one", "NNS": "many"}.get(noun.tag_, "")


def _clashes(verb: Any, number: str) -> bool:
    low = verb.lower_
    if low in ("is", "has", "does", "was"):
        return number == "many"
    if low in ("are", "have", "do", "were"):
        return number == "one"
    found = verb_of(low)
    if found is None or verb.tag_ not in ("VBZ", "VBP"):
        return False
    return number == ("many" if found[1] == "s" else "one")


def _relative(doc: Any) -> Iterator[Any]:
    """The verb of a relative clause and what the clause is about: "situations that holds"."""
    for t in doc:
        if t.dep_ not in ("nsubj", "nsubjpass") or t.lower_ not in ("that", "which", "who"):
            continue
        if t.head.dep_ != "relcl" or not t.i or doc[t.i - 1] != t.head.head:
            continue
        if t.head.head.dep_ == "ROOT":  # "A ring marks who moves": a verb taken for a noun
            continue
        verb = _carrier(t.head)
        if verb is not None and _clashes(verb, _number(t.head.head)):
            yield verb


def _carrier(verb: Any) -> Any:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    if any(c.tag_ in ("MD", "TO") for c in helpers):
        return None
    return helpers[0] if helpers else verb


def _finite_after(doc: Any) -> Iterator[Any]:
    """A form that cannot follow its helper: "to brings", "will brought", "does not moved"."""
    for t in doc[1:]:
        found = verb_of(t.lower_)
        past = t.lower_ not in verbs() and t.tag_ in ("VBD", "VBN")
        if t.tag_ in ("NNS", "NNP", "JJ") or not (past or (found and found[1] != "base")):
            continue
        helper = _before(t, "not", "also", "still", "only", "never")
        done = helper.lower_ in DO and t.tag_ in ("VBZ", "VBD", "VBN")
        if helper.i and doc[helper.i - 1].tag_ == "MD":  # "what others would do undoes it"
            continue
        if helper.tag_ == "MD" or done or (helper.tag_ == "TO" and t.tag_ in ("VBZ", "VBD")):
            yield t


def _before(token: Any, *passed: str) -> Any:
    """The word before one, some words between passed over."""
    k = token.i - 1
    while k and token.doc[k].lower_ in passed:
        k -= 1
    return token.doc[k]


def _participles(doc: Any) -> Iterator[Any]:
    """A bare form after "have" or "be": "has appear", "is borne" as "is bear"."""
    known = verbs()
    for t in doc[1:]:
        forms = known.get(t.lower_)
        if forms is None or forms.participle == forms.base or t.lower_ in small("often nouns"):
            continue
        helper = _before(t, "not", "already", "now", "all", "never", "always", "also")
        asked = any(c.dep_ in ("nsubj", "expl") and c.i < helper.i for c in t.children)
        after = helper.lower_ in HAVE or (helper.lower_ in BE and not asked)
        if after and t.tag_ in ("VB", "VBP"):
            yield t


def _determiners(doc: Any) -> Iterator[Any]:
    """An article, or what has an owner, before what is no noun; "a" before many."""
    for t in doc[:-1]:
        after = doc[t.i + 1]
        if t.lower_ not in (*ARTICLES, *OWNERS) or t.text.isupper():
            continue
        verbal = after.tag_ in ("VBP", "VBZ") and verb_of(after.lower_) is not None
        if (after.tag_ in NO_NOUN or verbal) and after.lower_ not in LIKE_NOUNS:
            yield t
        elif t.lower_ in ("a", "an") and after.tag_ == "NNS" and after.lower_ != "means":
            ends = t.i + 2 >= len(doc) or doc[t.i + 2].tag_ not in ("NN", "NNS")
            if ends:
                yield after


def _owners(doc: Any) -> Iterator[Any]:
    """ "its" or "their" at the end of what it should begin: "by its.", "bring its about"."""
    for t in doc[:-1]:
        after = doc[t.i + 1]
        if t.lower_ in OWNERS and after.lower_ in small("prepositions") | {
            "about",
            "only",
            "alone",
        }:
            yield t


def _objects(doc: Any) -> Iterator[Any]:
    """ "it" or "them" where an owner is meant: "drops it demand", "take back it condition"."""
    for t in doc[1:-1]:
        after, before = doc[t.i + 1], doc[t.i - 1]
        if t.lower_ not in ("it", "them", "they") or after.tag_ not in ("NN", "NNS", "JJ", "JJS"):
            continue
        if before.lower_ in BEFORE_CLAUSES or before.tag_ not in TAKE_OBJECTS:
            continue
        may_be = verb_of(after.lower_) is not None
        made = t.lower_ == "them" and before.tag_ in ("VB", "VBP", "VBZ") and after.tag_ == "JJ"
        if not made and (not may_be or before.tag_ in ("IN", "TO")):
            yield t


def _names(doc: Any) -> Iterator[Any]:
    """An article before a name that has none: "the Pyongyang"."""
    for t in doc[1:]:
        after = doc[t.i + 1] if t.i + 1 < len(doc) else None
        tied = after is not None and (
            after.tag_ in ("NN", "NNS", "POS", "NNP") or after.text == "-"
        )
        if t.text in BARE_NAMES and doc[t.i - 1].lower_ in ARTICLES and not tied:
            yield t


def _confused(doc: Any) -> Iterator[Any]:
    """A word for another that sounds like it; and contractions, of which a dossier has none."""
    for t in doc[1:-1]:
        before, after = doc[t.i - 1], doc[t.i + 1]
        noun_next = after.tag_ in ("NN", "NNS", "JJ", "CD")
        name_next = after.tag_ in ("DT", "NNP", "PRP$")
        wrong = {
            "’s": before.lower_ in ("it", "that", "who", "there", "what"),
            "n’t": True,
            "there": noun_next and after.lower_ != "first" and before.lower_ != "once",
            "their": after.lower_ in (*BE, "would", "could", "can"),
            "too": (name_next or verb_of(after.lower_) is not None) and before.text not in ",(",
            "off": name_next and before.lower_ not in ("worse", "better", "well"),
            "than": before.lower_ in (",", "and", "or", "would", "if"),
            "then": before.tag_ in ("JJR", "RBR") or before.lower_ in ("off", "rather", "other"),
        }
        if wrong.get(t.lower_, False):
            yield t


def _capitals(doc: Any) -> Iterator[Any]:
    """A name with a small letter, or a common word with a capital."""
    names = {name.lower() for name in (*BARE_NAMES, "Korea", "American")} - {"turkey"}
    common = small("prepositions") | small("determiners") | small("pronouns")
    for t in doc[1:]:
        before = doc[t.i - 1]
        if t.text in names or (t.text == "states" and before.lower_ == "united"):
            yield t
        if len(t.text) < 3 or not t.text.istitle() or before.text[:1].isupper():
            continue
        opened = before.text in '“‘"(:.–—/'
        verbal = t.lower_ in verbs() and t.tag_ in ("VB", "VBP")
        if not opened and (t.lower_ in common or verbal):
            yield t


def _spliced(doc: Any) -> Iterator[Any]:
    """Two sentences that nothing but a comma joins."""
    for comma in doc[1:-2]:
        if comma.text != "," or not _told_whole(doc, comma.i):
            continue
        for subject in doc[comma.i + 1 :]:
            if subject.dep_ not in SUBJECTS or subject.left_edge.i != comma.i + 1:
                continue
            verb, first = subject.head, doc[comma.i + 1].lower_
            finite = any(x.tag_ in FINITE and subject.i < x.i for x in (verb, *verb.children))
            listed = any(x.lower_ in ("and", "or", "but") for x in doc[verb.i + 1 :])
            if finite and verb.dep_ != "relcl" and first not in OPENERS and not listed:
                yield comma


def _told_whole(doc: Any, end: int) -> bool:
    """Whether a sentence could end here: its last clause has a subject and a verb of its own."""
    start = max((t.i + 1 for t in doc[:end] if t.text in (",", ";", ":")), default=0)
    if start >= end or doc[start].lower_ in (*OPENERS, "and", "or", "but"):
        return False
    return any(
        t.dep_ in SUBJECTS
        and t.lower_ not in OPENERS
        and start <= t.i < t.head.i < end
        and any(x.tag_ in FINITE for x in (t.head, *t.head.children))
        for t in doc[start:end]
    )


SUBJECTS = ("nsubj", "nsubjpass", "expl")
FINITE = ("VBZ", "VBP", "VBD", "MD")


def _counted(doc: Any) -> Iterator[Any]:
    """One thing after a count, many after "one" or "each"."""
    for t in doc[1:]:
        before = doc[t.i - 1]
        if t.i + 1 < len(doc) and doc[t.i + 1].tag_ in ("NN", "NNS", "HYPH", "VBG"):
            continue
        after_adjective = before.i > 0 and doc[before.i - 1].tag_ in ("JJ", "JJS", "JJR")
        one = before.lower_ in ("one", "each", "every", "another", "this")
        if t.tag_ == "NNS" and one and not after_adjective:
            yield t
        numbered = before.i > 0 and doc[before.i - 1].lower_ in BEFORE_NUMBERS
        counts = before.tag_ == "CD" and before.lower_ not in ("one", "1") and not numbered
        whole = before.text.isalpha() or before.text.isdigit()
        thing = t.tag_ == "NN" and t.is_alpha and verb_of(t.lower_) is None
        if counts and whole and thing and t.dep_ not in ("compound", "amod"):
            yield t


def _bare(doc: Any) -> Iterator[Any]:
    """A verb without the preposition that it takes: "rests the wishes", "insists applying"."""
    for t in doc[:-1]:
        if t.lemma_ not in WANT_PREPOSITION or t.pos_ != "VERB" or t.tag_ == "VBN":
            continue
        after = doc[t.i + 1]
        if (
            after.tag_ in ("DT", "NNP", "PRP$")
            and after.lower_
            not in (
                "that",
                "this",
                "all",
                "both",
            )
        ) or (t.lemma_ == "insist" and after.tag_ == "VBG"):
            yield t


def _to(doc: Any) -> Iterator[Any]:
    """A bare verb right after a verb, or a refusal, that takes it by "to"."""
    lead = ("refuse", "want", "wish", "offer", "pledge", "promise", "threaten", "try", "agree")
    for t in doc[1:]:
        found = verb_of(t.lower_)
        if t.tag_ != "VB" or found is None or found[1] != "base":
            continue
        if doc[t.i - 1].lemma_ in lead and doc[t.i - 1].pos_ in ("VERB", "NOUN"):
            yield t
