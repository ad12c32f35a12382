"""Mistakes planted by chance in sentences that are right: what a proof-reader is measured by.

Every kind takes a sentence as its parse has it, and makes what nobody would write of it. The laws
of the proof-reader know nothing of this file, nor this file of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from detente.english.inflect import Forms
from detente.english.lists import verb_of, verbs

Words: TypeAlias = list[tuple[str, str]]
"""The words of a sentence, each with the blank after it."""

PREPOSITIONS = ("of", "in", "on", "at", "by", "for", "from", "with", "about", "into")
CONFUSED = {
    "their": "there", "there": "their", "than": "then", "then": "than", "its": "it’s",
    "to": "too", "of": "off", "whose": "who’s", "lose": "loose",
}  # fmt: skip


def _forms(token: Any) -> Forms | None:
    if token.lemma_ in ("be", "have"):
        return verbs()[token.lemma_]
    found = verb_of(token.lemma_.lower())
    return found[0] if found else None


def _put(doc: Any, at: int, word: str | None) -> str:
    """The sentence with another word at a place, or with none."""
    words = [(t.text, t.whitespace_) for t in doc]
    if word is None:
        before = words[at - 1][0] if at else ""
        words[at : at + 1] = []
        if at == 0 or not before:
            words[0] = (words[0][0][:1].upper() + words[0][0][1:], words[0][1])
    else:
        told = word[:1].upper() + word[1:] if at == 0 else word
        words[at] = (told, words[at][1])
    return "".join(w + blank for w, blank in words).strip()


def agreement(doc: Any) -> Iterator[str]:
    """A finite verb of the other number."""
    for t in doc:
        forms = _forms(t)
        if forms is None or t.tag_ not in ("VBZ", "VBP") or t.text.startswith(("’", "'")):
            continue
        many = "are" if forms.base == "be" else forms.base
        yield _put(doc, t.i, many if t.tag_ == "VBZ" else forms.third)


def after_modals(doc: Any) -> Iterator[str]:
    """Another form after a modal, "to" or "do"."""
    for t in doc:
        forms = _forms(t)
        if forms is None or t.tag_ != "VB" or not t.i or forms.base != t.lower_:
            continue
        if doc[t.i - 1].tag_ in ("MD", "TO") or doc[t.i - 1].lower_ in ("not", "n’t"):
            yield _put(doc, t.i, forms.third)
            yield _put(doc, t.i, forms.ing)
            if forms.past != forms.base:
                yield _put(doc, t.i, forms.past)


def participles(doc: Any) -> Iterator[str]:
    """A base form where a participle or an -ing form belongs."""
    for t in doc:
        forms = _forms(t)
        if forms is None or not t.i or t.lower_ == forms.base:
            continue
        if (
            t.tag_ == "VBN"
            and t.dep_ != "amod"
            and any(c.dep_ in ("aux", "auxpass") for c in t.children)
        ):
            yield _put(doc, t.i, forms.base)
        if t.tag_ == "VBG" and doc[t.i - 1].tag_ == "IN":
            yield _put(doc, t.i, forms.base)


def article_left_out(doc: Any) -> Iterator[str]:
    """No article before one thing that is counted, or before a name that has one."""
    for t in doc[:-1]:
        after = doc[t.i + 1]
        if t.lower_ in ("the", "a", "an") and (after.tag_ == "NN" or after.text == "United"):
            yield _put(doc, t.i, None)


def article_put_in(doc: Any) -> Iterator[str]:
    """An article before a name that has none, or one thing's before many."""
    for t in doc:
        if t.tag_ == "NNS" and t.i and doc[t.i - 1].tag_ in ("IN", "VB", "VBZ", "VBG"):
            yield _put(doc, t.i, f"a {t.text}")
        name = t.tag_ == "NNP" and t.text in ("Washington", "Pyongyang", "China", "Russia", "Egypt")
        if name and (not t.i or doc[t.i - 1].tag_ not in ("DT", "NNP")):
            yield _put(doc, t.i, f"the {t.text}")


def doubled(doc: Any) -> Iterator[str]:
    """A word twice."""
    for t in doc:
        if t.is_alpha:
            yield _put(doc, t.i, f"{t.text} {t.lower_ if not t.i else t.text}")


def left_out(doc: Any) -> Iterator[str]:
    """A small word left out that is needed."""
    for t in doc[:-1]:
        after = doc[t.i + 1]
        needed = (
            (t.tag_ == "TO" and after.tag_ == "VB")
            or (t.tag_ == "IN" and t.dep_ == "prep" and after.tag_ in ("DT", "NNP", "PRP$"))
            or (
                t.lower_ in ("is", "are", "has", "have", "does", "will")
                and t.dep_ in ("aux", "auxpass")
            )
            or t.lower_ == "than"
        )
        if needed:
            yield _put(doc, t.i, None)


def pronouns(doc: Any) -> Iterator[str]:
    """A pronoun in the wrong case or of the wrong owner."""
    swap = {"its": "it", "their": "them", "they": "them", "them": "they", "whom": "whose"}
    for t in doc:
        if t.lower_ in swap and t.tag_ in ("PRP", "PRP$", "WP"):
            yield _put(doc, t.i, swap[t.lower_])
        if t.lower_ == "it" and t.dep_ in ("dobj", "pobj", "nsubj"):
            yield _put(doc, t.i, "its")


def prepositions(doc: Any) -> Iterator[str]:
    """A preposition for another."""
    for t in doc:
        if t.tag_ == "IN" and t.dep_ == "prep" and t.lower_ in PREPOSITIONS and t.i:
            for other in PREPOSITIONS:
                if other != t.lower_:
                    yield _put(doc, t.i, other)


def order(doc: Any) -> Iterator[str]:
    """Two words the wrong way round."""
    for t in doc[:-1]:
        after = doc[t.i + 1]
        pair = (t.tag_, after.tag_)
        if pair in {("DT", "NN"), ("MD", "VB"), ("TO", "VB"), ("JJ", "NN"), ("PRP$", "NN")}:
            words = [x.text for x in doc]
            first = after.text
            words[t.i], words[t.i + 1] = first, t.lower_ if not t.i else t.text
            if t.i == 0:
                words[0] = words[0][:1].upper() + words[0][1:]
            yield "".join(w + x.whitespace_ for w, x in zip(words, doc, strict=True))


def confused(doc: Any) -> Iterator[str]:
    """A word that sounds like another."""
    for t in doc:
        if t.lower_ in CONFUSED:
            yield _put(doc, t.i, CONFUSED[t.lower_])


def capitals(doc: Any) -> Iterator[str]:
    """A name with a small letter, or a common word with a capital."""
    for t in doc:
        if t.tag_ == "NNP" and t.text[:1].isupper() and t.i:
            yield _put(doc, t.i, t.lower_)
        if t.tag_ in ("NN", "VB", "IN") and t.is_lower and t.i and len(t.text) > 1:
            yield _put(doc, t.i, t.text.capitalize())
    if doc[0].text[:1].isupper() and doc[0].tag_ != "NNP":
        yield doc.text[:1].lower() + doc.text[1:]


def splices(doc: Any) -> Iterator[str]:
    """Two sentences joined by a comma alone."""
    for t in doc[1:-2]:
        joins = t.lower_ in ("and", "but", "because", "as", "whereas", "while")
        if (
            joins
            and doc[t.i - 1].text == ","
            and any(c.dep_ == "nsubj" and c.i > t.i for x in doc[t.i :] for c in x.children)
            and doc[t.i + 1].lower_ in ("it", "they", "the", "that", "nothing", "no", "at", "north")
        ):
            yield _put(doc, t.i, None)


def numbers(doc: Any) -> Iterator[str]:
    """One thing after a count, or many after "one"."""
    for t in doc[1:]:
        before = doc[t.i - 1]
        many = t.tag_ == "NNS" and t.lemma_ != t.lower_
        if many and before.tag_ == "CD" and before.lower_ not in ("1", "one"):
            yield _put(doc, t.i, t.lemma_)
        if t.tag_ == "NN" and before.lower_ in ("one", "each", "every", "another", "a", "this"):
            yield _put(doc, t.i, f"{t.text}s")


def marks(doc: Any) -> Iterator[str]:
    """A mark that is missing, stands twice, or after a blank."""
    if doc[-1].text == ".":
        yield doc.text[:-1]
    for t in doc:
        if t.text == ",":
            yield _put(doc, t.i, ",,")
            yield "".join(
                f" {x.text}{x.whitespace_}" if x is t or x.i == t.i else x.text_with_ws for x in doc
            )


KINDS: tuple[Callable[[Any], Iterator[str]], ...] = (
    agreement, after_modals, participles, article_left_out, article_put_in, doubled, left_out,
    pronouns, prepositions, order, confused, capitals, splices, numbers, marks,
)  # fmt: skip


def plant(docs: Sequence[Any], rng: random.Random, n: int = 50) -> list[tuple[str, str, str]]:
    """Some mistakes, kind after kind in turn, no two in one sentence: kind, right and wrong."""
    docs = rng.sample(list(docs), len(docs))
    used: set[str] = set()
    found: list[tuple[str, str, str]] = []
    while len(found) < n:
        for kind in KINDS:
            for doc in docs:
                made = [] if doc.text in used else [m for m in kind(doc) if m != doc.text]
                if made:
                    used.add(doc.text)
                    found.append((kind.__name__, doc.text, rng.choice(made)))
                    break
    return found[:n]
