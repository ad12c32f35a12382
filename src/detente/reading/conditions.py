"""Conditions: what a party says must be, for what, and of whom it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after, skip_left, subject_before
from detente.reading.sentences import Sentence
from detente.reading.stances import clause_end
from detente.reading.stancewords import Stances

_STRONG = (
    ("only", "if"),
    ("only", "when"),
    ("only", "after"),
    ("only", "once"),
    ("only", "under"),
    ("only", "with"),
    ("only", "on"),
    ("only", "in"),
    ("unless",),
    ("on", "condition"),
    ("on", "the", "condition"),
    ("provided", "that"),
    ("as", "long", "as"),
    ("so", "long", "as"),
    ("in", "exchange", "for"),
    ("in", "return", "for"),
    ("under", "the", "right", "conditions"),
)
_WEAK = (("until",), ("once",), ("as", "soon", "as"), ("if",), ("when",), ("before",), ("without",))
_BY_FIRST: dict[str, tuple[tuple[str, ...], ...]] = {}
for _row in sorted((*_STRONG, *_WEAK), key=len, reverse=True):
    _BY_FIRST[_row[0]] = (*_BY_FIRST.get(_row[0], ()), _row)
_STOPS = frozenset({",", ";", ":", "—", "–", ".", "”", '"', "“", "?", "!"})
_FUTURE = frozenset({"will", "would", "'ll"})
_OBLIGING = frozenset({"must", "should"})


@dataclass(frozen=True, slots=True)
class Need:
    """A condition in a sentence, in units, ends exclusive.

    Parameters
    ----------
    cue : (int, int)
        "only if", "must", …
    actor : (int, int), optional
        Whose condition it is, where the clause itself says so.
    content : (int, int)
        What is needed.
    purpose : (int, int), optional
        For what.
    asked : (int, int), optional
        The phrase that may name of whom it is needed.
    spoken : bool
        It counts only inside what somebody says.
    """

    cue: tuple[int, int]
    actor: tuple[int, int] | None
    content: tuple[int, int]
    purpose: tuple[int, int] | None
    asked: tuple[int, int] | None
    spoken: bool


def needs(s: Sentence, g: Grammar, words: Stances) -> list[Need]:
    """Return the conditions of a sentence in order."""
    found: list[Need] = []
    taken = 0
    for i, word in enumerate(s.low):
        if i < taken:
            continue
        need = None
        if word in _BY_FIRST:
            need = _connective(s, i, g, words)
        if need is None and word == "for":
            need = _for_to(s, i, g)
        if need is None and (word in _OBLIGING or _has_to(s, i)):
            need = _obligation(s, i, g, words)
        if need is None and word == "need" and s.low[i + 1 : i + 2] == ["for"]:
            need = _need_for(s, i, g)
        if need is None and word == "only":
            need = _only_with(s, i, g, words)
        if need is not None:
            found.append(need)
            taken = max(need.cue[1], need.content[1] if need.content[0] > i else need.cue[1])
    return found


def _connective(s: Sentence, i: int, g: Grammar, words: Stances) -> Need | None:
    """Return the condition that "only if", "unless", "until", … opens."""
    row = next((r for r in _BY_FIRST[s.low[i]] if tuple(s.low[i : i + len(r)]) == r), None)
    if row is None:
        return None
    cue = (i, i + len(row))
    if i and s.low[i - 1] == "for" and row[-1] == "as":
        return None  # "for as long as it takes"
    if row[-1] == "conditions":
        content = cue
    else:
        start = cue[1] + (s.low[cue[1] : cue[1] + 1] == ["that"])
        end = start
        while end < len(s) and s.low[end] not in _STOPS:
            end += 1
        content = (start, end)
    main = _main(s, cue[0], content[1])
    if main is None or content[0] >= content[1]:
        return None
    said = s.low[main[0] : main[1]]
    if row in _WEAK and not _commits(s, main, row, words):
        return None
    if (
        row[0] == "only"
        and row[1] in ("in", "on", "after", "when")
        and not any(w in words.commitments for w in said)
    ):
        return None
    actor = _clause_subject(s, main, g)
    return Need(cue, actor, content, main, content, False)


def _commits(s: Sentence, main: tuple[int, int], row: tuple[str, ...], words: Stances) -> bool:
    """Tell whether a main clause holds something out, or back, that a condition can bind."""
    said = s.low[main[0] : main[1]]
    future = any(w in ("will", "would", "'ll", "won", "wo", "cannot", "shall") for w in said)
    blocked = any(
        w in ("no", "not", "'t", "never", "nothing", "cannot", "refuse", "refuses", "refused")
        for w in said
    )
    talk = any(
        (w in words.talk_nouns and said[k - 1 : k] not in (["great"], ["good"]))
        or w in ("ready", "willing", "prepared")
        for k, w in enumerate(said)
    )
    if row[0] in ("if", "when", "once", "as"):
        return future and (
            talk
            or any(
                said[k] in words.commitments
                and said[k] not in _FUTURE
                and {*said[max(0, k - 3) : k]} & _FUTURE
                for k in range(1, len(said))
            )
        )
    return (blocked and (future or talk)) or (row[0] == "until" and future)


def _main(s: Sentence, i: int, after: int) -> tuple[int, int] | None:
    """Return the clause that a condition binds: what stands before it, else what follows."""
    begin = i
    while begin > 0 and s.low[begin - 1] not in _STOPS:
        begin -= 1
    if begin == i and i and s.low[i - 1] == ",":
        end = i - 1
        begin = end
        while begin > 0 and s.low[begin - 1] not in _STOPS:
            begin -= 1
        if end > begin:
            return begin, end
    if begin == i and i and s.low[i - 1] == "“":  # would talk “only if wages rise”
        begin = end = i - 1
        while begin > 0 and s.low[begin - 1] not in _STOPS:
            begin -= 1
        if end - begin >= 2:
            return begin, end
        begin = i
    if i - begin >= 2 and not (i - begin == 1 and s.low[begin] in ("and", "but", "that")):
        return begin, i
    start = after + (after < len(s) and s.low[after] == ",")
    end = clause_end(s, start)
    return (start, end) if end > start else None


def _clause_subject(s: Sentence, main: tuple[int, int], g: Grammar) -> tuple[int, int] | None:
    """Return the subject of the last finite verb of a clause."""
    for k in range(main[1] - 1, main[0], -1):
        if g.finite_verb(s, k) and s.low[k] not in ("'s",):
            subject = subject_before(s, k, main[0], g)
            if subject is not None:
                return subject
    return None


def _for_to(s: Sentence, i: int, g: Grammar) -> Need | None:
    """Return the condition of "for talks to begin, all troops must leave"."""
    end = phrase_after(s, i + 1, len(s), g, links=False)
    if end == i + 1 or s.low[end : end + 1] != ["to"]:
        return None
    comma = end
    while comma < min(len(s), end + 14) and s.low[comma] != ",":
        comma += 1
    if comma >= len(s) - 1 or s.low[comma] != ",":
        return None
    stop = clause_end(s, comma + 1)
    if not any(
        w in ("must", "should", "need", "needs", "has", "have", "will") for w in s.low[comma:stop]
    ):
        return None
    return Need((i, i + 1), None, (comma + 1, stop), (i + 1, comma), (comma + 1, stop), False)


def _has_to(s: Sentence, i: int) -> bool:
    """Tell whether "has to", "have to" or "needs to" stands at unit ``i``."""
    return s.low[i] in ("has", "have", "needs", "need") and s.low[i + 1 : i + 2] == ["to"]


def _obligation(s: Sentence, i: int, g: Grammar, words: Stances) -> Need | None:
    """Return what somebody says must be done: "Borduria must open the sluices"."""
    subject = subject_before(s, i, 0, g)
    if subject is None:
        return None
    end = clause_end(s, i + 1)
    if end <= i + 1:
        return None
    purpose = _if_clause(s, i)
    if any(w in words.talk_nouns for w in s.low[subject[0] : subject[1]]):
        purpose = subject
    width = 2 if _has_to(s, i) else 1
    return Need((i, i + width), None, (subject[0], end), purpose, subject, True)


def _if_clause(s: Sentence, before: int) -> tuple[int, int] | None:
    """Return what "if …" before an obligation holds: "if the talks do occur, he must stay"."""
    for k in range(before - 1, -1, -1):
        if s.low[k] in ("if", "before"):
            end = k + 1
            while end < before and s.low[end] != ",":
                end += 1
            return (k + 1, end) if end < before else None
    return None


def _need_for(s: Sentence, i: int, g: Grammar) -> Need | None:
    """Return the condition of "there is a need for X to do Y"."""
    end = phrase_after(s, i + 2, len(s), g, links=False)
    if end == i + 2 or s.low[end : end + 1] != ["to"]:
        return None
    return Need((i, i + 2), None, (i + 2, clause_end(s, end)), None, (i + 2, end), False)


def _only_with(s: Sentence, i: int, g: Grammar, words: Stances) -> Need | None:
    """Return the condition of "would only enter talks with the intent of …"."""
    helpers = s.low[max(0, i - 2) : i + 1]
    if not any(
        w in ("would", "will", "can", "could", "'ll") for w in (*helpers, *s.low[i + 1 : i + 2])
    ):
        return None
    begin = skip_left(s, i, 0, g)
    subject = subject_before(s, begin, 0, g) if begin else None
    end = clause_end(s, i + 1)
    for k in range(i + 2, end):
        last_with = s.low[k] in ("with", "under", "on") and s.low[k + 1 : k + 2] in (
            ["the"],
            ["a"],
            ["condition"],
        )
        if (last_with or s.low[k] in ("if", "when", "after", "once")) and k + 1 < end:
            return Need((i, i + 1), subject, (k + 1, end), (i + 1, k), (k + 1, end), False)
    return None
