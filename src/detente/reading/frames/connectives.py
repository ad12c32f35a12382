"""Where a sentence ties one deed to another: if, unless, until, once, provided, in exchange for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LACKING = re.compile(r"without|short of|in the absence of|failing")
_MARKS = listed("connectives: marks")
_MARK_DEPS = ("mark", "advmod", "prep", "advcl", "npadvmod", "dep")
_MOMENTS = listed("connectives: moments")
_BOUND = re.compile(
    r"(?:up)?on (?:receipt|delivery|payment|completion|signature|release) of"
    r"|(?:up)?on the (?:strict )?(?:understanding|basis|condition|proviso)\b"
    r"|on (?:one|a single|the sole|the one|two|three) conditions?\b"
    r"|(?:up)?on condition (?!of anon)|subject to|under (?:the|one|this"
    r"|that) condition|with the proviso|in (?:exchange|return) for"
    r"|contingent (?:up)?on|conditional (?:up)?on"
    r"|against (?:a|the|payment|written|guarantees?)|at the price of",
    re.IGNORECASE,
)
_EVENT = re.compile(r"in (?:the )?(?:event|case) (?:that|of)?")
_BOUND_HEADS = listed("connectives: bound heads")
_FINITE = ("VBD", "VBZ", "VBP")
_WILL = frozenset(["will", "would", "shall", "'ll", "'d", "wo"])
_NO_SOONER = re.compile(
    r"\bnot (?:an?|one|a single) (?:second|minute|moment|hour|day|week) (?:earlier|before|sooner)\b"
    r"|\band (?:only|not before) then\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A deed tied to another.

    Parameters
    ----------
    word : str
        The connective, in few classes: if, unless, until, once, when, before, after, provided,
        as long as, the day, exchange.
    main : Token
        The deed that would be done.
    sub : Token
        What it is tied to.
    top : Token
        The head of everything that belongs to ``sub``.
    mark : Token
        The connective's word.
    only : bool
        "Only if", "only when".
    not_before : bool
        "Not until", "not before".
    words : tuple of Token
        The words of ``sub``, where the parser has joined it to ``main`` as an equal.
    """

    word: str
    main: Token
    sub: Token
    top: Token
    mark: Token
    only: bool
    not_before: bool
    words: tuple[Token, ...] = ()


def links(verb: Token, speech: frozenset[str]) -> Iterator[Link]:
    """Yield the links whose main deed is a verb.

    Parameters
    ----------
    verb : Token
        The verb.
    speech : frozenset of str
        Base forms of verbs of saying: what hangs on them belongs to what is said.
    """
    for found in (_joined(verb), _fronted(verb)):
        if found is not None:
            yield found
            return
    for token in verb.sent:
        for word, sub, top in _at(token):
            main = _meant(_main(top, sub, speech), token, speech)
            if main is not None and main.i == verb.i and not _spared(token, word):
                yield Link(word, main, sub, top, token, _only(token), _not_before(token, word))


def _fronted(verb: Token) -> Link | None:
    """Return the link of "Only if it leaves will we talk", "Not until it leaves shall we …"."""
    first = verb.sent[0]
    if low(first) not in ("only", "not") or len(verb.sent) < 5:
        return None
    mark = verb.doc[first.i + 1]
    word = {"till": "until", "after": "once"}.get(low(mark), low(mark))
    modals = [c for c in kids(verb, "aux") if c.tag_ == "MD" and c.i > mark.i + 1]
    subjects = [c for c in kids(verb, "nsubj", "nsubjpass") if modals and c.i > modals[0].i]
    if word not in listed("connectives: fronted") or not subjects:
        return None
    words = tuple(verb.doc[mark.i + 1 : modals[0].i])
    sub = next((t for t in words if t.pos_ in ("VERB", "AUX")), words[-1])
    only = low(first) == "only"
    return Link(word, verb, sub, sub, mark, only, not only, words)


def _joined(verb: Token) -> Link | None:
    """Return the link of "Should the day pass, work will stop", which is parsed as two equals."""
    first, head = verb.sent[0], verb.head
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    opens = low(first) in ("should", "were") and first.dep_ == "aux" and first.head.i == head.i
    later = any(c.tag_ == "MD" for c in kids(verb, "aux")) and kids(verb, "nsubj", "nsubjpass")
    if verb.dep_ != "conj" or not opens or not later:
        return None
    words = tuple(t for t in verb.doc[first.i : verb.left_edge.i] if not t.is_punct)
    return Link("if", verb, head, head, first, False, False, words)


def _at(token: Token) -> Iterator[tuple[str, Token, Token]]:
    """Yield (connective, what it brings, head of its words) where a token is a connective."""
    word, head = low(token), token.head
    if word in _MARKS and token.dep_ in _MARK_DEPS:
        yield from _marked(token, word, head)
    elif word in ("provided", "providing") and (loose := _loose(token)) is not None:
        yield "provided", loose, loose
    elif (
        word == "provided"
        and token.dep_ == "conj"
        and kids(token, "ccomp")
        and not kids(token, "dobj", "nsubj")
    ):
        yield "provided", kids(token, "ccomp")[0], token
    elif word in ("should", "were", "had") and token.dep_ == "aux" and _inverted(token, head):
        yield "if", head, head
    elif (
        word == "were"
        and kids(token, "xcomp")
        and any(c.dep_ == "nsubj" and c.i > token.i for c in token.children)
    ):
        yield "if", kids(token, "xcomp")[0], token
    elif word == "were" and token.i == token.sent.start and (sub := _were_to(token)) is not None:
        yield "if", sub, token
    elif word in ("event", "case") and (sub := _in_the_event(token)) is not None:
        yield "if", sub, sub
    elif word == "only" and (only := _only_phrase(token)) is not None:
        yield "exchange", only, only
    elif word in _MOMENTS and any(low(c) == "the" for c in token.children):
        inner = kids(token, "relcl", "acl")
        before = token.head
        if not inner and before.dep_ in ("ccomp", "advcl") and token.i < before.i < before.head.i:
            yield "the day", before, before
        if inner and token.dep_ in listed("connectives: at"):
            yield "the day", inner[0], token
    elif word in ("without", "short", "failing", "in") and _LACKING.match(
        token.doc[token.i : token.i + 4].text.lower()
    ):
        if (
            head.i != token.i
            and head.pos_ in ("VERB", "AUX")
            and kids(token, "pobj", "prep", "pcomp")
        ):
            yield "without", token, token
    elif word == "in" and _EVENT.match(token.doc[token.i : token.i + 4].text.lower()):
        inner = [c for p in kids(token, "pobj") for c in kids(p, "acl", "relcl", "ccomp")]
        if inner:
            yield "if", inner[0], token
    elif word in _BOUND_HEADS and _binds(token, head):
        yield "exchange", token, token


def _were_to(token: Token) -> Token | None:
    """Return the deed of "Were the talks to fail, …", where the parser gave it to the noun."""
    subjects = [c for c in kids(token, "nsubj") if c.i > token.i]
    inner = [v for s in subjects for v in kids(s, "relcl", "acl") if has_child(v, ("to",), "aux")]
    return inner[0] if inner and token.dep_ == "advcl" else None


def _in_the_event(token: Token) -> Token | None:
    """Return the deed that "in the event that", "in case" brings."""
    if not re.match(
        r"in (?:the event|case) that\b",
        token.doc[token.i - 2 : token.i + 2].text.strip()
        if low(token) == "event"
        else token.doc[token.i - 1 : token.i + 2].text,
    ):
        return None
    if kids(token, "acl", "relcl", "ccomp"):
        return None  # the parser has seen it: "in the event that …"
    rest = token.doc[token.i + 2 : token.sent.end]
    verbs = [t for t in rest if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")]
    return verbs[0] if verbs else None


def _binds(token: Token, head: Token) -> bool:
    """Tell whether "in exchange for", "on condition" or the like stands at a deed."""
    bears = head.i != token.i and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    return bears and _BOUND.match(token.doc[token.i : token.i + 4].text) is not None


def _loose(token: Token) -> Token | None:
    """Return what ", provided fuel flows again" brings, where the parser took it for a deed."""
    before = token.doc[token.i - 1] if token.i else token
    if low(before) not in (",", "—", "–", "but") or token.dep_ not in (
        "amod",
        "acl",
        "dep",
        "conj",
    ):
        return None
    for later in token.doc[token.i + 1 : min(token.sent.end, token.i + 12)]:
        if later.pos_ == "VERB" and kids(later, "nsubj", "nsubjpass"):
            return later
    return None


def _only_phrase(token: Token) -> Token | None:
    """Return the preposition of "will sign only with an owner who …"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if after.dep_ != "prep" or low(after) not in listed("connectives: only phrase"):
        return None
    head = after.head
    modal = any(c.tag_ == "MD" for c in kids(head, "aux"))
    days = any(o.ent_type_ in ("DATE", "TIME") for o in kids(after, "pobj"))
    meant = head.pos_ == "VERB" and modal and low(token.head) != "if" and not days
    return after if meant else None


def _marked(token: Token, word: str, head: Token) -> Iterator[tuple[str, Token, Token]]:
    """Yield what "if", "unless", "as soon as" and the like bring."""
    sub, top = head, head
    if word in ("provided", "providing", "assuming"):
        if token.pos_ in ("VERB", "SCONJ"):
            sub = next(
                iter(kids(token, "ccomp", "pcomp", "advcl")),
                head if token.dep_ == "mark" else token,
            )
        top = token if token.dep_ in ("advcl", "prep") else sub
        word = "provided"
    elif word == "as":
        found = _as(token, head)
        if found is None:
            return
        word, sub, top = found
    clausal = (
        sub.pos_ in ("VERB", "AUX")
        or kids(sub, "nsubj")
        or (token.dep_ == "mark" and head.dep_ == "advcl")
    )
    if not clausal and token.dep_ != "prep" and word != "provided":
        return
    if token.dep_ == "prep" and word in listed("connectives: marked"):
        gerund = kids(token, "pcomp")
        if not gerund:
            return
        sub, top = gerund[0], token
    yield {"till": "until", "whenever": "when", "except": "unless"}.get(word, word), sub, top


def _as(token: Token, head: Token) -> tuple[str, Token, Token] | None:
    """Return what "as soon as" and "as long as" bring."""
    near = token.doc[max(0, token.i - 2) : token.i + 3].text.lower()
    found = re.search(r"\b(?:as|so) (soon|long) as\b", near)
    if not found:
        return None
    word = "as soon as" if found[1] == "soon" else "as long as"
    word = "once" if word == "as soon as" else word
    if token.dep_ == "advmod" and low(head) in ("soon", "long"):
        inner = next((c for c in head.children if c.dep_ == "advcl" or c.pos_ == "VERB"), None)
        return None if inner is None else (word, inner, head)
    return word, head, head


def _inverted(token: Token, head: Token) -> bool:
    """Tell whether "should the army …" supposes."""
    first = token.i == head.left_edge.i and head.dep_ == "advcl"
    turned = any(c.dep_.startswith("nsubj") and c.i > token.i for c in head.children)
    return first or (low(token) == "should" and head.dep_ != "ROOT" and turned)


def _main(top: Token, sub: Token, speech: frozenset[str]) -> Token | None:
    """Return the deed that a connective's words depend on."""
    if top.head.i == top.i:
        return None
    main = top.head
    while main.pos_ not in ("VERB", "AUX") and main.head.i != main.i:
        main = main.head
    modal = any(c.tag_ == "MD" for c in kids(main, "aux"))
    if lemma(main) in speech and not modal:
        said = next((c for c in kids(main, "ccomp") if c.i != sub.i), None)
        if said is not None:
            return said
        aside = main.dep_ == "parataxis" or (
            main.dep_ in ("advcl", "ccomp") and main.head.i > main.i
        )
        if aside and main.head.pos_ in ("VERB", "AUX"):
            return main.head  # "Unless it stops, she told us, we shall leave"
    return main


def _meant(main: Token | None, mark: Token, speech: frozenset[str]) -> Token | None:
    """Return the deed that is meant where the parser tied a clause to another of the sentence.

    "She left a door ajar: the box would be opened if the court said so": not the door.
    """
    if main is None:
        return None
    if main.dep_ in ("relcl", "xcomp", "acl") and low(main.head) in ("nothing", "no", "none"):
        return main.head.head  # "There is nothing to talk about until …"
    told = main.tag_ in ("VBD", "VBN") and not _open_modal(main)
    if not told or mark.i == mark.sent.start:
        return main
    for token in reversed(mark.doc[mark.sent.start : mark.i]):
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        if _open_modal(token) and (main.i > mark.i or main.i < token.i):
            return token
        if token.tag_ in _FINITE and lemma(token) not in speech:
            return main
    return main


def _open_modal(verb: Token) -> bool:
    """Tell whether a verb says what will or would be."""
    return any(c.tag_ == "MD" and low(c) in _WILL for c in kids(verb, "aux"))


def _before(token: Token) -> list[str]:
    """Return the words before a token, in its sentence."""
    start = max(token.sent.start, token.i - 3)
    return [low(t) for t in token.doc[start : token.i]]


def _spared(token: Token, word: str) -> bool:
    """Tell whether it is "even if", "as if", "what if"."""
    before = _before(token)
    return (
        (before[-1:] in (["even"], ["what"], ["not"]) and word == "if")
        or (before[-1:] == ["as"] and word == "if")
        or before[-1:] == ["even"]
    )


def _only(token: Token) -> bool:
    """Tell whether "only" stands with the connective."""
    near = (t for t in token.sent if abs(t.i - token.i) <= 2)
    if any(low(t) in ("only", "solely") for t in near) or "only" in _before(token):
        return True
    return _NO_SOONER.search(token.doc[token.i : token.sent.end].text) is not None


def _not_before(token: Token, word: str) -> bool:
    """Tell whether "not" stands right before "until" or "before"."""
    return _before(token)[-1:] == ["not"] and word in ("until", "before")
