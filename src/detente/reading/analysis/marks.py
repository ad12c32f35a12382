"""The marks of a clause: subject, negation, modal, tense, voice, and whether it is said to be so.

Every rule asks these; none walks over words again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

Tense = Literal["past", "present", "none"]
Mood = Literal["real", "supposed", "question", "order"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NOT = frozenset(["not", "n't", "never", "nor", "neither", "hardly", "scarcely"])
_NONE = frozenset(["nothing", "nobody", "none", "neither"])
_TO_NONE = re.compile(
    r"\b(?:to|for|with|from|by|of|in|on|at) (?:no one|nobody|nothing"
    r"|none)\b(?! (?:less|more|but|short))"
)
_MODALS = {
    "wo": "will",
    "'ll": "will",
    "ll": "will",
    "'d": "would",
    "ca": "can",
    "sha": "shall",
    "cannot": "can",
    "ought": "should",
}
_SUPPOSING = frozenset(
    [
        "if",
        "whether",
        "unless",
        "lest",
        "until",
        "till",
        "once",
        "when",
        "before",
        "after",
        "while",
        "provided",
        "whenever",
    ]
)
_TIMES = frozenset(["when", "after", "before", "while", "once", "until", "till"])
_IMAGINING = frozenset(["suppose", "imagine", "pretend", "wonder", "doubt", "wish"])
_REACH = 5
_NO_TIME = re.compile(r"at no (?:time|point|stage)|under no |in no way|on no account|by no means")


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A predicate with its marks.

    Parameters
    ----------
    verb : Token
        The predicate: a verb, or a noun or adjective that stands for one.
    subject : Token, optional
        Whose deed it is, by grammar; of another clause where this one has none of its own.
    negated : bool
        Denied: not, never, no longer, nobody.
    modal : str
        ``will``, ``would``, ``must`` …; empty for none.
    tense : str
        ``past``, ``present`` or ``none``.
    passive : bool
        In the passive.
    mood : str
        ``real``, ``supposed`` (under if, whether, as if), ``question`` or ``order``.
    keys : frozenset of str
        The base form, alone and with the words after it: "call", "call for".
    """

    verb: Token
    subject: Token | None
    negated: bool
    modal: str
    tense: Tense
    passive: bool
    mood: Mood
    keys: frozenset[str]

    @property
    def lemma(self) -> str:
        """The base form."""
        return str(self.verb.lemma_).lower()

    @property
    def supposed(self) -> bool:
        """Whether it is only supposed or asked."""
        return self.mood in ("supposed", "question")


def kids(token: Token, *deps: str) -> list[Token]:
    """Return the children of a token that stand in one of some relations to it."""
    return [child for child in token.children if child.dep_ in deps]


def low(token: Token) -> str:
    """Return a token's letters in lower case."""
    return str(token.lower_)


def lemma(token: Token) -> str:
    """Return a token's base form in lower case."""
    return str(token.lemma_).lower()


def has_child(token: Token, words: frozenset[str] | tuple[str, ...], *deps: str) -> bool:
    """Tell whether a child is one of some words, in one of some relations if any are given."""
    return any(low(c) in words and (not deps or c.dep_ in deps) for c in token.children)


def clause(verb: Token, question: bool = False) -> Clause:
    """Return the marks of a predicate; ``question`` if its sentence asks."""
    modal = modal_of(verb)
    mood: Mood = "question" if question else "supposed" if is_supposed(verb) else "real"
    if mood == "real" and is_order(verb, modal):
        mood = "order"
    return Clause(
        verb,
        subject_of(verb),
        is_negated(verb),
        modal,
        tense_of(verb, modal),
        bool(kids(verb, "nsubjpass", "auxpass")),
        mood,
        keys_of(verb),
    )


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Return the subject of a predicate, from the clauses above it where it has none itself."""
    own = kids(verb, *SUBJECTS)
    own = _after_colon(own)
    if own:
        return next((c for c in own if c.pos_ not in ("VERB", "AUX")), own[0])
    if depth > _REACH:
        return None
    head = verb.head
    verbal = head.pos_ in ("VERB", "AUX")
    if verb.dep_ == "conj" and verbal:
        return subject_of(head, depth + 1)
    if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp") and (verbal or head.pos_ == "ADJ"):
        objects = kids(head, "dobj") if verb.dep_ == "xcomp" else []
        if objects and head.lemma_ != "promise":
            return objects[0]
        return subject_of(head, depth + 1)
    if verb.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ in ("VERB", "AUX"):
        return subject_of(head.head, depth + 1)
    if verb.dep_ == "acomp":
        return subject_of(head, depth + 1)
    if (verb.dep_ == "acl" and verb.tag_ != "VBN") or verb.dep_ == "relcl":
        return head
    return None


def _after_colon(subjects: list[Token]) -> list[Token]:
    """Return the subjects behind a colon where one stands among them: "The army: no man left"."""
    if len(subjects) > 1 and any(
        low(t) == ":" for t in subjects[0].doc[subjects[0].i : subjects[-1].i]
    ):
        return subjects[-1:]
    return subjects


def is_negated(verb: Token) -> bool:
    """Tell whether a predicate is denied, by a word of its own or of its subject or object."""
    for child in verb.children:
        if (child.dep_ == "neg" or low(child) in _NOT) and not _is_added(child, verb):
            return True
        if child.dep_ in ("dobj", "nsubj", "nsubjpass", "attr") and _is_none(child):
            return True
        if low(child) == "longer" and has_child(child, ("no",)):
            return True
        if low(child) == "none" and child.dep_ == "dobj":
            return True
        if child.dep_ in ("prep", "dative", "agent") and _TO_NONE.match(
            child.doc[child.i : child.i + 3].text.lower()
        ):
            return True
        if child.dep_ == "prep" and _NO_TIME.match(child.doc[child.i : child.i + 3].text.lower()):
            return True
    head = verb.head
    if verb.dep_ == "conj" and any(
        c.dep_ == "cc" and low(c) in ("nor", "neither") and head.i < c.i < verb.i
        for c in head.children
    ):
        return True
    going = verb.dep_ == "xcomp" and low(verb.head) in ("going", "about")
    return going and has_child(verb.head, ("not", "n't", "never"))


def _is_added(word: Token, verb: Token) -> bool:
    """Tell whether "not" only adds something: "asks that it end, and not in stages"."""
    before = word.doc[word.i - 1] if word.i else word
    return word.i > verb.i + 1 and low(before) in ("and", "but", ",", "or", "if")


def _is_none(noun: Token) -> bool:
    """Tell whether a noun phrase denies: nobody, no ship, neither side, not one."""
    if low(noun) in _NONE:
        return True
    if any(c.dep_ in ("det", "neg") and low(c) in ("no", "neither") for c in noun.children):
        return True
    if any(c.dep_ == "poss" and low(c) in _NONE for c in noun.children):
        return True  # "would ask nobody's leave"
    edge = noun.left_edge
    return edge.i < noun.i and low(edge) in ("not", "no", "neither", "none")


def modal_of(verb: Token) -> str:
    """Return the modal of a predicate, also one that a coordinated verb lends it."""
    for child in verb.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            return _MODALS.get(low(child), low(child))
    if verb.pos_ == "AUX" and verb.tag_ == "MD":
        return _MODALS.get(low(verb), low(verb))
    if verb.dep_ == "xcomp" and low(verb.head) == "going" and kids(verb.head, "aux"):
        return "" if has_child(verb.head, ("was", "were"), "aux") else "will"
    has_to = verb.dep_ == "xcomp" and verb.head.lemma_ == "have" and has_child(verb, ("to",), "aux")
    if has_to:
        return modal_of(verb.head)
    lends = verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and not kids(verb, *SUBJECTS)
    if lends and verb.head.pos_ in ("VERB", "AUX") and not has_child(verb, ("to",), "aux"):
        return modal_of(verb.head)
    return ""


def tense_of(verb: Token, modal: str) -> Tense:
    """Return the tense: past for what is over, present for what is so, none for what is neither."""
    aux = {low(c) for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if modal or "to" in aux:
        return "none"
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ == "VBN":
        done = {"has", "have", "had", "'ve", "'s", "was", "were", "been", "'d", "having"}
        if aux & done or (verb.dep_ == "conj" and not aux):
            return "past"
        return "present" if aux else "none"
    if verb.tag_ == "VB" and aux & {"do", "does", "did"}:
        return "past" if "did" in aux else "present"
    if verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBG" and aux):
        return "past" if aux & {"was", "were"} else "present"
    return "none"


def is_order(verb: Token, modal: str) -> bool:
    """Tell whether a predicate is an imperative."""
    if verb.tag_ != "VB" or modal or kids(verb, *SUBJECTS, "aux"):
        return has_child(verb, ("let",), "aux") and verb.dep_ == "ROOT"
    before = verb.doc[verb.i - 1] if verb.i else verb
    aside = verb.head.i > verb.i or low(before) in (":", '"', "'")
    colon = verb.dep_ == "xcomp" and low(before) == ":"
    said = (
        (colon or verb.dep_ in ("ccomp", "parataxis", "appos")) and aside and not kids(verb, "mark")
    )
    return verb.dep_ == "ROOT" or said or (verb.dep_ == "conj" and is_order(verb.head, ""))


def keys_of(verb: Token) -> frozenset[str]:
    """Return a predicate's base form, alone and with particles and the words after it."""
    base, doc = lemma(verb), verb.doc
    found = {base}
    for child in verb.children:
        near = 0 < child.i - verb.i <= _REACH
        if child.dep_ == "prep" and any(o.i < child.i for o in kids(verb, "dobj")):
            continue  # "gave notice in writing" is no giving in
        if child.dep_ in ("prt", "prep", "advmod", "dative", "agent") and near and len(child) < 8:
            found.add(f"{base} {low(child)}")
    for n in (1, 2, 3):
        if verb.i + n < len(doc):
            found.add(" ".join([base, *(low(t) for t in doc[verb.i + 1 : verb.i + 1 + n])]))
    return frozenset(found)


def is_wished(verb: Token) -> bool:
    """Tell whether a clause says what shall be: "that it leave", "that they be counted"."""
    if kids(verb, "nsubj", "nsubjpass", "csubj") and verb.tag_ == "VB":
        return not any(c.tag_ == "MD" or c.lemma_ == "do" for c in kids(verb, "aux"))
    return any(c.tag_ == "VB" and low(c) == "be" for c in kids(verb, "auxpass", "aux")) and not any(
        c.tag_ == "MD" or low(c) == "to" for c in kids(verb, "aux")
    )


def above(token: Token) -> Iterator[Token]:
    """Yield a token and all that it depends on, up to the sentence's root."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def is_supposed(verb: Token) -> bool:
    """Tell whether a predicate stands under if, whether, as if, an inversion or a thought."""
    if _PICTURING.match(verb.sent.text):
        return True
    for token in above(verb):
        for child in token.children:
            if _supposes(child, token, verb) or _inverts(child, token):
                return True
        head = token.head
        if token.dep_ in ("ccomp", "xcomp", "advcl") and head.lemma_ in _IMAGINING:
            return True
        if token.dep_ == "pcomp" and low(head.head) in _NOT_QUITE:
            return True
        if token.dep_ == "relcl" and _is_any(head):
            return True
        if token.dep_ in _BROUGHT and (_is_denied(token, head) or _is_guessed(token, head)):
            return True
    return False


_PICTURING = re.compile(r"\W*(?:now |just |but )?(?:imagine|suppose|picture)\b", re.IGNORECASE)
_NOT_QUITE = ("short", "instead", "far", "rather")


def _is_any(noun: Token) -> bool:
    """Tell whether "a firm that walked out would …" speaks of none that is there."""
    verb = noun.head
    vague = any(c.dep_ == "det" and low(c) in ("a", "an") for c in noun.children)
    acts = noun.dep_ in ("nsubj", "nsubjpass")
    return vague and acts and modal_of(verb) in ("would", "could", "might")


_BROUGHT = ("ccomp", "csubj", "acl", "pcomp", "advcl", "xcomp")
_DENYING = frozenset(["deny", "doubt", "refute", "dispute", "disbelieve", "rebut"])
_UNTRUE = frozenset(
    ["false", "untrue", "wrong", "nonsense", "lie", "unthinkable", "fabrication", "myth"]
)
_BELIEVING = frozenset(
    [
        "think",
        "believe",
        "say",
        "claim",
        "mean",
        "suggest",
        "imply",
        "know",
        "hold",
        "find",
        "argue",
        "insist",
        "maintain",
        "contend",
        "state",
        "conclude",
        "expect",
        "require",
        "propose",
        "rule",
    ]
)
_UNSAID = frozenset(
    ["report", "claim", "allegation", "accusation", "suggestion", "rumour", "rumor"]
)


def _is_denied(token: Token, head: Token) -> bool:
    """Tell whether a clause is what somebody denies, or says is untrue."""
    if head.lemma_ in _DENYING and token.dep_ in ("ccomp", "pcomp", "xcomp"):
        return not is_negated(head)
    if head.lemma_ in ("deny", "reject", "dismiss") or head.dep_ == "prep":
        return False
    if head.pos_ == "NOUN" and head.lemma_ in _UNSAID and token.dep_ == "acl":
        return True
    if head.lemma_ == "be" and token.dep_ in ("ccomp", "csubj", "advcl"):
        marks = {low(c) for c in kids(head, "acomp", "attr")}
        return bool(marks & _UNTRUE) or (is_negated(head) and bool(marks & {"true", "so", "case"}))
    return is_negated(head) and head.lemma_ in _BELIEVING and token.dep_ == "ccomp"


_GUESSED = frozenset(
    [
        "unlikely",
        "likely",
        "possible",
        "conceivable",
        "inconceivable",
        "probable",
        "improbable",
        "doubtful",
        "uncertain",
        "unclear",
        "thinkable",
        "rumoured",
        "rumored",
        "questionable",
        "imaginable",
        "plausible",
    ]
)
_ASKING = frozenset(["ask", "wonder", "question", "enquire", "inquire", "know"])


def _is_guessed(token: Token, head: Token) -> bool:
    """Tell whether a clause is only called likely, or asked: "asked what he would do if …"."""
    if head.lemma_ in ("be", "seem", "look", "appear") and token.dep_ in ("ccomp", "csubj"):
        return any(low(c) in _GUESSED for c in kids(head, "acomp", "oprd", "attr"))
    asked = head.lemma_ in _ASKING and token.dep_ in ("ccomp", "advcl")
    return asked and any(c.tag_ in ("WP", "WRB") and c.i < token.i for c in token.children)


_UNDER = ("advcl", "ccomp", "acl", "pcomp", "relcl", "conj", "csubj", "ROOT")


def _supposes(child: Token, token: Token, verb: Token) -> bool:
    """Tell whether a word before a clause makes it a supposition."""
    word = low(child)
    if child.dep_ not in ("mark", "advmod") or word not in _SUPPOSING or child.i > token.i:
        return False
    if token.dep_ not in _UNDER or (token.dep_ == "ROOT" and word in _TIMES):
        return False
    return not (token.i == verb.i and word in _TIMES and is_over(token))


def is_over(verb: Token) -> bool:
    """Tell whether a verb tells of what was over already: "left", "had left", "was left"."""
    aux = {low(c) for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(aux & {"had", "was", "were"}))


def _inverts(child: Token, token: Token) -> bool:
    """Tell whether "should X …" or "had X …" supposes."""
    if child.dep_ != "aux" or low(child) not in ("should", "had", "were"):
        return False
    first = child.i == token.left_edge.i and token.dep_ == "advcl"
    turned = any(c.dep_.startswith("nsubj") and c.i > child.i for c in token.children)
    return first or (low(child) == "should" and turned)
