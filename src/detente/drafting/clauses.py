"""A clause of a claim taken apart: who does what to what; and said again as a thing to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.drafting.english import English, verb_of_thing
from detente.english.inflect import inflect
from detente.reading.tokens import Tokens, tokenize

MAX_LABEL = 64
"""Longest label in characters."""

_MAX_WORDS = 120
"""A clause is looked at up to so many words and marks."""

_STOPS = frozenset({",", ";", ":", "—", "–", ".", "”", '"', "“", "?", "!", "(", ")", "…"})
_ASIDE = frozenset(
    ["if", "unless", "until", "once", "because", "while", "whereas", "although", "though",
     "despite", "which", "who", "where", "when", "before", "after", "so", "but", "since", "or"]
)  # fmt: skip
"""Words after a verb at which what belongs to it is over."""

_PRONOUNS = frozenset({"it", "he", "she", "they", "we"})
_INTRANSITIVE = frozenset(
    ["go", "come", "sit", "stand", "talk", "insist", "decide", "agree", "work", "move", "vote"]
)
_LEAD = frozenset({"that", "and", "but", "also", "then", "out", "for"})
_OBLIGED = frozenset({"has", "have", "needs", "need", "ought"})
_WANTS = re.compile(
    r"^(?:(?:his|her|its|their|our|my|the|a|an|any|every)\s+)?"
    r"(?:desire|attempts?|plans?|interest|offer|proposal|willing(?:ness)?|ready|readiness|intent"
    r"|intention|prepared|wish|threats?|threatened|warned|vowed|wants?|promise[sd]?|decision)"
    r"\s+(?:(?:to|of|in)\s+(?:a\s+)?)?(?:pursuing\s+)?",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"\s+(?:only|also|and|or|but)\s*$")
_MARKS = str.maketrans(dict.fromkeys('“”"«»', " "))
_JOINTS = re.compile(r" (?:of|in|on|for|with|from|to|against|by|and) ")
_BY = re.compile(r"\bby\b")
_TIME = re.compile(
    r"\s+(?:(?:on|from|by|at|since|until|in|after)\s+(?:the\s+)?(?:end of\s+)?)?(?:\d+\s+)?"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|today|tomorrow|yesterday|midnight"
    r"|noon|thus far|so far|this week|last week|next week|this month|last month|next month"
    r"|this year|last year|next year)(?:\s+\d{1,4})?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause taken apart; empty words where there are none.

    Parameters
    ----------
    subject : str
        Who, or what, the verb is said of.
    verb : str
        Its base form; empty where there is only a thing.
    rest : str
        What follows the verb, or the thing.
    passive : bool
        Whether the subject is what something is done to.
    denied : bool
        Whether a "not" stands with the verb.
    """

    subject: str
    verb: str
    rest: str
    passive: bool = False
    denied: bool = False


def clause(text: str, e: English, depth: int = 0) -> Clause:
    """Return a clause taken apart."""
    t = tokenize(" ".join(text.translate(_MARKS).split()))
    begin = 0
    stop = min(len(t), _MAX_WORDS)
    while begin < stop and (t.low[begin] in _LEAD or t.low[begin] in _STOPS):
        begin += 1
    for i in range(begin, stop):
        if found := _at(t, begin, i, stop, e):
            return _lighter(found, e, depth)
    return _thing(_words(t, begin, _end(t, begin, stop)), e)


def clauses(text: str, e: English) -> list[Clause]:
    """Return a clause and those that go on with its subject: "free the men and pay the fine"."""
    first = clause(text, e)
    found = [first]
    t = tokenize(first.rest)
    cuts = [
        k
        for k in range(1, len(t) - 1)
        if t.low[k] == "and"
        and (known := e.verbs.get(t.low[k + 1])) is not None
        and known.form == "base"
        and t.low[k + 2 : k + 3]
        and (t.low[k + 2] in e.determiners or t.low[k + 2] in e.prepositions)
    ]
    if not first.verb or not cuts:
        return found
    found = [replace(first, rest=_words(t, 0, cuts[0]))]
    for cut, stop in pairwise([*cuts, len(t)]):
        base = e.verbs[t.low[cut + 1]].base
        found.append(replace(first, verb=base, rest=_words(t, cut + 2, stop)))
    return found


def _at(t: Tokens, begin: int, i: int, stop: int, e: English) -> Clause | None:
    """Return the clause whose verb begins at word ``i``; None where no verb does."""
    word = t.low[i]
    subject = _words(t, begin, i)
    if word == "to" and i + 1 < stop and _base(t.low[i + 1], e) and not e.of_talks(subject):
        if _WANTS.match(f"{subject} "):
            subject = ""  # "his desire to strike"
        return _doing(t, subject, i + 1, stop, e)
    if i > begin and (word in e.modals or (word in _OBLIGED and t.low[i + 1 : i + 2] == ["to"])):
        found = _doing(t, subject, i + 1 + (word in _OBLIGED), stop, e)
        return replace(found, denied=True) if found and word == "cannot" else found
    if word in e.be and i > begin and t.low[i] != "'s":
        return _being(t, subject, i, stop, e)
    known = e.verbs.get(word)
    if known is None or t.capital(i):
        return None
    before = t.low[i - 1] if i > begin else ""
    if i == begin and known.form in ("past", "ing", "base") and word not in e.talks:
        skip = known.form == "ing" and t.low[i + 1 : i + 2] == ["of"]
        return _plain("", known.base, t, i + 1 + skip, stop)
    if not before or before in e.determiners or before in e.prepositions or before in _STOPS:
        return None
    plural = _plural(before) or t.capital(i - 1)
    onto = t.low[i + 1 : i + 2] in (["on"], ["by"], ["against"], ["upon"])
    if known.form == "past" and onto and known.base not in _INTRANSITIVE:
        return replace(_plain(subject, known.base, t, i + 1, stop), passive=True)
    if known.form == "base" and begin and _subjunctive(t, i, stop, e):
        return _plain(subject, known.base, t, i + 1, stop)
    if known.form in ("past", "s") or (known.form == "base" and plural):
        if known.form == "s" and t.low[i + 1 : i + 2] in ([], ["."], ["of"], ["in"], ["with"]):
            return None  # more likely a plural noun
        return _plain(subject, known.base, t, i + 1, stop)
    return None


def _subjunctive(t: Tokens, i: int, stop: int, e: English) -> bool:
    """Tell whether a base form after "that" can be its verb: "that the crew leave the ship"."""
    after = t.low[i + 1] if i + 1 < stop else ""
    known = e.verbs.get(after)
    return (
        after[:1].isalpha()
        and after not in e.be
        and after not in e.modals
        and after not in ("of", "and")
        and not (known is not None and known.form in ("past", "s"))
    )


def _plural(word: str) -> bool:
    """Tell whether a noun looks like one of many."""
    many = word.endswith("s") and not word.endswith(("ss", "'s"))
    return many or word.endswith("men") or word in ("people", "police", "forces")


def _base(word: str, e: English) -> bool:
    """Tell whether a word after "to" is a verb and not the start of a phrase."""
    return word[:1].isalpha() and word not in e.determiners and word not in e.prepositions


def _doing(t: Tokens, subject: str, i: int, stop: int, e: English) -> Clause | None:
    """Return the clause whose verb follows "must", "will" or "to"."""
    denied = False
    while i < stop and (t.low[i] in e.adverbs or t.low[i].endswith("ly")):
        denied |= t.low[i] in ("not", "never", "n't", "'t")
        i += 1
    if i and i < stop and t.low[i] in e.determiners and t.low[i - 1] in e.verbs:
        i -= 1  # "would back the deal"
    if i >= stop or not t.low[i][0].isalpha():
        return None
    if t.low[i] in e.be:
        found = _being(t, subject, i, stop, e)
    else:
        known = e.verbs.get(t.low[i])
        found = _plain(subject, known.base if known else t.low[i], t, i + 1, stop)
    return replace(found, denied=denied or found.denied)


def _being(t: Tokens, subject: str, i: int, stop: int, e: English) -> Clause:
    """Return the clause with "is", "are" or "be" at word ``i``."""
    j = i + 1
    denied = False
    while j < stop and (t.low[j] in e.adverbs or t.low[j] in e.be or t.low[j].endswith("ly")):
        denied |= t.low[j] in ("not", "never", "n't", "'t")
        j += 1
    known = e.verbs.get(t.low[j]) if j < stop else None
    if known is not None and known.form == "ing":
        return _plain(subject, known.base, t, j + 1, stop)
    alone = j + 1 >= stop or t.low[j + 1] in _STOPS
    if known is not None and (known.form == "past" or (known.form == "base" and alone)):
        moved = known.base in ("go", "come")  # "were gone": nobody did it to them
        found = _plain(subject, known.base, t, j + 1, stop)
        return replace(found, passive=not moved, denied=denied)
    k = i + 1 if t.low[i + 1 : i + 2] and t.low[i + 1] in ("back", "out", "away") else j
    return Clause(subject, "be", _words(t, k, _end(t, k, stop)), False, denied)


def _plain(subject: str, verb: str, t: Tokens, i: int, stop: int) -> Clause:
    """Return a clause of three parts."""
    return Clause(subject, verb, _words(t, i, _end(t, i, stop)))


def _end(t: Tokens, i: int, stop: int) -> int:
    """Return where what belongs to a verb ends."""
    for k in range(i, stop):
        if t.low[k] == "," and _listed(t.low[k + 1 : k + 6]):
            continue  # "complete, verifiable, & irreversible disarmament"
        if t.low[k] in _STOPS and not (t.low[k] == "." and k + 1 < stop and _tight(t, k)):
            return k
        if k > i and t.low[k] in _PRONOUNS and t.low[k - 1] not in ("that", "and", "than", "to"):
            return k  # "the captains it arrested"
        if t.low[k] in _ASIDE or (k > i and t.low[k : k + 2] == ["as", "soon"]):
            return k
        if t.low[k] in ("and", "that") and k > i and _clause_follows(t, k + 1, stop):
            return k
    return stop


def _listed(after: Sequence[str]) -> bool:
    """Tell whether a comma only separates the adjectives of a list."""
    return bool(after) and after[0].endswith(("able", "ible", "&", "al", "ive", "ic"))


def _tight(t: Tokens, k: int) -> bool:
    """Tell whether a full stop stands inside a word or a number."""
    return t.end[k] == t.start[k + 1]


def _clause_follows(t: Tokens, k: int, stop: int) -> bool:
    """Tell whether after "and" something else is done: "and closed its ports"."""
    ahead = t.low[k : min(k + 4, stop)]
    return bool(ahead) and (
        ahead[0].endswith("ed") or any(w in ("will", "would", "must", "is", "are") for w in ahead)
    )


def _words(t: Tokens, i: int, j: int) -> str:
    """Return the words from ``i`` to ``j`` as they stand in the text."""
    return t.text[t.start[i] : t.end[j - 1]] if i < j else ""


_LEADING = frozenset(
    ["show", "prove", "agree", "begin", "pledge", "promise", "commit", "threaten", "warn", "vow",
     "offer", "propose", "want", "refuse", "decline", "be", "try", "seek", "plan", "intend", "help"]
)  # fmt: skip
_INNER = re.compile(
    r"(?:(?:that )?(?:it|they|he|she|we) (?:is|are|was|were) )?"
    r"(?:(?:ready|willing|prepared|open|able|free|set|due) )?(?=to \w)",
    re.IGNORECASE,
)
_MAX_DEPTH = 4
"""A clause leads to a clause, and so on, so many times at most."""


def _lighter(c: Clause, e: English, depth: int) -> Clause:
    """Return a clause without what only leads to the deed: "show it is willing to disarm"."""
    if c.verb in _LEADING and depth < _MAX_DEPTH:
        to = _INNER.match(c.rest)
        after = c.rest[to.end() + 3 :].split(" ", 1)[0].lower() if to else ""
        if to is not None and _base(after, e):
            inner = clause(c.rest[to.end() :], e, depth + 1)
            return replace(inner, subject=c.subject, denied=inner.denied or c.denied)
        if c.rest.startswith("that "):
            return clause(c.rest[5:], e, depth + 1)
        if (c.verb in ("offer", "warn", "threaten") and c.rest.startswith("of ")) or (
            c.verb in ("agree", "commit") and c.rest.startswith("to ")
        ):
            return replace(_thing(c.rest[3:], e), subject=c.subject)
    outcome = re.match(r"(?:in|to|of|about) ", c.rest)
    if e.of_talks(c.subject) and (
        (c.verb in ("result", "lead", "end", "be") and outcome)
        or c.verb in ("include", "mean", "bring", "produce")
    ):
        return _thing(c.rest[outcome.end() if outcome else 0 :], e)
    return c


def _thing(text: str, e: English) -> Clause:
    """Return a clause of a thing alone: "the intent of pursuing a complete withdrawal"."""
    bare = text
    for _ in range(3):
        shorter = _WANTS.sub("", bare).strip()
        if shorter == bare or not shorter:
            break
        bare = shorter
    first = tokenize(bare).low[:1]
    known = e.verbs.get(first[0]) if first else None
    if known is not None and bare != text and known.form in ("base", "ing"):
        return Clause("", known.base, bare[len(first[0]) :].strip())
    return Clause("", "", bare)


# --- said again as a thing to do ----------------------------------------------------------------


def happens(c: Clause, e: English) -> bool:
    """Tell whether a clause says of a thing what somebody does to it: "the filling stops"."""
    first = c.rest.split(" ", 1)[0].lower()
    return c.verb in e.changes and bool(c.subject) and (not first or first in e.prepositions)


def imperative(c: Clause, e: English, *, agent_is_subject: bool) -> str:
    """Return what a clause asks as words for a label: "Leave the peninsula".

    Parameters
    ----------
    c : Clause
        The clause.
    e : English
        The word lists.
    agent_is_subject : bool
        Whether the subject is who is to do it, so that it need not be said.
    """
    subject = _trimmed(c.subject)
    if not c.verb:
        verb = _made_of(c.rest)
        return _label(verb or f"Accept {_without_all(c.rest)}")
    if c.passive:
        if c.verb == "allow":
            return _label(f"Allow {subject} {c.rest}")
        return _label(f"{c.verb} {subject} {_BY.split(c.rest)[0].strip()}")
    if agent_is_subject or not subject:
        return _label(f"{'Do not ' if c.denied else ''}{c.verb} {c.rest}")
    if happens(c, e) and not c.denied:
        return _label(f"{c.verb} {subject} {c.rest}")
    if c.verb in ("remain", "stay", "continue", "keep", "go", "come", "stand"):
        return _label(f"Let {subject} {c.verb} {c.rest}")
    many = _plural(subject.split()[-1].lower())
    if c.verb == "be":
        return _label(f"See that {subject} {'are' if many else 'is'} {c.rest}")
    return _label(f"See that {subject} {c.verb if many else inflect(c.verb).third} {c.rest}")


def _made_of(thing: str) -> str:
    """Return a deed for a thing made of a verb: "denuclearization of the country"; else nothing."""
    t = tokenize(thing)
    for i in range(len(t)):
        verb = verb_of_thing(t.low[i])
        if verb:
            after = thing[t.end[i] :].strip()
            return f"{verb} {after.removeprefix('of ').strip()}"
        if t.low[i] in ("of", "in", "for", "by"):
            break
    return ""


def _without_all(text: str) -> str:
    """Return a phrase without "all" before it."""
    return re.sub(r"^(?:all|some)\s+", "", text, flags=re.IGNORECASE)


def _trimmed(subject: str) -> str:
    """Return a subject as it stands inside a label."""
    bare = re.sub(r"^(?:that|if|for)\s+", "", subject, flags=re.IGNORECASE).strip()
    first = bare.split(" ", 1)[0]
    small = first in ("The", "A", "An", "All", "Any", "Our", "Their", "His", "Her", "Its", "They")
    return bare[:1].lower() + bare[1:] if small else bare


def _label(text: str) -> str:
    """Return words as a label: one line, no marks at its ends, not too long."""
    flat = " ".join(text.split()).strip(" ,;:.“”\"'—–")
    while (shorter := _TIME.sub("", _LOOSE.sub("", flat))) != flat:
        flat = shorter.strip(" ,;:")
    if len(flat) > MAX_LABEL:
        flat = _cut(flat)
    return flat[:1].upper() + flat[1:]


def _cut(text: str) -> str:
    """Return a long label's beginning, ended before a preposition where one is near."""
    short = text[:MAX_LABEL].rsplit(" ", 1)[0]
    found = [m.start() for m in _JOINTS.finditer(short)]
    if found and found[-1] > MAX_LABEL // 3:
        short = short[: found[-1]]
    return short.strip(" ,;:")


def with_owner(label: str, owner: str, *, third: bool) -> str:
    """Return a label in which "our", and on demand "his", says whose: "North's government"."""
    who = f"{owner}'" if owner.endswith("s") else f"{owner}'s"
    own = r"\b(?:our|my" + (r"|his|her|its|their" if third else "") + r")\b(?= \w)"
    longer = re.sub(own, lambda _: who, label, flags=re.IGNORECASE)
    return longer[:1].upper() + longer[1:]


def nominal_verb(thing: str) -> str | None:
    """Return the verb that the head of a phrase is made of; None where it is no such noun."""
    made = _made_of(thing)
    return made.split(" ", 1)[0] if made else None
