"""What parties do: offers, answers, refusals, threats, pressure, support and other events.

A stance is a verb or a phrase of the list ``positions.txt`` with the words around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after, phrase_before, skip_left, subject_before
from detente.reading.sentences import Sentence
from detente.reading.stancewords import SUPPORT_NOUNS, Sense, Stances


@dataclass(frozen=True, slots=True)
class Stance:
    """One stance in a sentence, in units, ends exclusive.

    Parameters
    ----------
    sense : Sense
        Its kind.
    cue : (int, int)
        The words that show it.
    actor : (int, int), optional
        Who takes it.
    content : (int, int)
        What is offered, refused, threatened or done.
    owner : (int, int), optional
        Whose offer is answered: "rejected Smith's offer".
    """

    sense: Sense
    cue: tuple[int, int]
    actor: tuple[int, int] | None
    content: tuple[int, int]
    owner: tuple[int, int] | None = None


def stances(s: Sentence, g: Grammar, words: Stances) -> list[Stance]:
    """Return the stances of a sentence in order."""
    found: list[Stance] = []
    low, size = s.low, len(s.low)
    i = 0
    while i < size:
        if low[i] not in words.first_words:
            i += 1
            continue
        match = _match(s, i, words)
        stance = None
        if match is not None:
            cue, sense = match
            stance = _phrase(s, cue, sense, g) if not sense.form else _verb(s, cue, sense, g, words)
        if stance is None and low[i] in words.pressure_nouns:
            stance = _pressure_noun(s, i, g, words, found)
        if stance is None and low[i] in SUPPORT_NOUNS:
            stance = _support_noun(s, i, g)
        if stance is not None and found and _repeats(stance, found[-1]):
            stance = None
        if stance is not None:
            found.append(stance)
            i = max(i + 1, stance.cue[1])
        else:
            i += 1
    return found


def _repeats(stance: Stance, before: Stance) -> bool:
    """Tell whether a stance only repeats the one before it: "warned of serious consequences"."""
    same = stance.sense.kind == before.sense.kind
    return same and before.content[0] <= stance.cue[0] < before.content[1]


def _match(s: Sentence, i: int, words: Stances) -> tuple[tuple[int, int], Sense] | None:
    """Return the longest listed phrase at unit ``i``."""
    for row, sense in words.by_first.get(s.low[i], ()):
        if tuple(s.low[i : i + len(row)]) == row:
            return (i, i + len(row)), sense
    return None


def _phrase(s: Sentence, cue: tuple[int, int], sense: Sense, g: Grammar) -> Stance:
    """Return the stance of a fixed phrase: its whole clause is the content."""
    subject = _phrase_subject(s, cue[0], g)
    begin = subject[0] if subject else cue[0]
    if cue[1] == cue[0] + 1 and (agent := _agent(s, cue[1], g)) is not None:  # "unacceptable"
        return Stance(sense, cue, agent, (begin, cue[1]), subject)
    owner = subject if sense.kind == "lapse" else None
    return Stance(sense, cue, subject, (begin, clause_end(s, cue[1])), owner)


def _phrase_subject(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return the subject of the verb nearest before a phrase."""
    if s.low[i] in g.auxiliaries or s.low[i] in ("never", "will", "would", "cannot"):
        subject = subject_before(s, i, 0, g)
        if subject is not None:
            return subject
    for k in range(i, 0, -1):
        if g.finite_verb(s, k) and s.low[k] != "'s":
            subject = subject_before(s, k, 0, g)
            if subject is not None:
                return subject
    return subject_before(s, i, 0, g)


def _subject(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return the subject left of a verb or phrase; the last verb's where it shares one."""
    subject = subject_before(s, i, 0, g)
    if subject is not None and s.low[subject[0]] not in ("there", "that", "which", "who", "it's"):
        return subject
    for k in range(skip_left(s, i, 0, g) - 1, 0, -1):
        if g.finite_verb(s, k) and s.low[k] != "'s":
            found = subject_before(s, k, 0, g)
            if found is not None:
                return found
    return None


def _verb(
    s: Sentence, cue: tuple[int, int], sense: Sense, g: Grammar, words: Stances
) -> Stance | None:
    """Return the stance of a listed verb; None where the word is a noun or an adjective here."""
    i = cue[0]
    before = s.low[i - 1] if i else ""
    if s.capital(i) and i > 0:
        return None
    begin = skip_left(s, i, 0, g)
    helpers = s.low[begin:i]
    passive = sense.form == "past" and any(h in g.be for h in helpers)
    if before in g.determiners or before == "'s" or before in g.prepositions:
        return None
    if (
        sense.form == "base"
        and not any(h in g.modals for h in helpers)
        and before not in ("they", "we", "i", "you", "who", "and")
        and not before.endswith("s")
    ):
        return None
    if sense.form == "s" and not (begin and (g.nominal(s, begin - 1) or before in g.pronouns)):
        return None
    negated = any(h in ("not", "'t", "never", "no") for h in helpers)
    if passive:
        return _passive_verb(s, cue, sense, begin, g)
    if (
        sense.form == "past"
        and not helpers
        and s.low[cue[1] : cue[1] + 1] in (["on"], ["by"], ["against"])
    ):
        return None  # "sanctions imposed on": a participle
    subject = _subject(s, i, g)
    end = clause_end(s, cue[1])
    if subject is None or (end <= cue[1] and sense.kind not in ("lapse", "accept", "refusal")):
        return None
    if negated and sense.kind == "accept":
        sense = Sense("refusal", "REJECT", sense.form)
    elif negated and sense.kind in ("refusal", "offer", "support", "event", "pressure", "threat"):
        return None
    if (
        s.low[i] in words.bringing
        and sense.kind in ("event", "offer")
        and any(w in words.pressure_nouns for w in s.low[cue[1] : min(end, cue[1] + 6)])
        and s.low[i] not in ("end", "lift")
    ):
        sense = Sense("pressure", "SANCTION", sense.form)
    content = (cue[1], end) if end > cue[1] else (subject[0], cue[1])
    if sense.kind in ("event", "pressure", "support", "threat"):
        content = (i, max(end, cue[1]))  # what is done, with its verb
    owner = subject if sense.kind == "lapse" else _owner(s, cue[1], end, g, words)
    if sense.kind == "lapse":
        content = (subject[0], max(end, cue[1]))
    return Stance(sense, (begin, cue[1]), subject, content, owner)


def _passive_verb(
    s: Sentence, cue: tuple[int, int], sense: Sense, begin: int, g: Grammar
) -> Stance | None:
    """Return the stance of a passive: "were ignored by the North"."""
    subject = subject_before(s, cue[0], 0, g)
    if subject is None:
        return None
    agent = _agent(s, cue[1], g)
    if agent is None and sense.kind not in ("ignore", "refusal"):
        return None
    if subject[0] > 1 and s.low[subject[0] - 1] == "by":  # "every call made by Smith was ignored"
        start = phrase_before(s, subject[0] - 2, 0, g)
        subject = subject if start is None else (start, subject[1])
    return Stance(sense, (begin, cue[1]), agent, (subject[0], clause_end(s, cue[1])), subject)


def _agent(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return the phrase after "by" close to unit ``i``."""
    for k in range(i, min(len(s), i + 6)):
        if s.low[k] == "by":
            end = phrase_after(s, k + 1, len(s), g)
            return (k + 1, end) if end > k + 1 else None
    return None


def _owner(s: Sentence, start: int, end: int, g: Grammar, words: Stances) -> tuple[int, int] | None:
    """Return the phrase that names whose offer a verb's object is, with the offer itself."""
    for k in range(start, min(end, start + 14)):
        if s.low[k] in words.offer_nouns:
            return start, k + 1
    return None


def _pressure_noun(
    s: Sentence, i: int, g: Grammar, words: Stances, found: Sequence[Stance]
) -> Stance | None:
    """Return the pressure that a noun names, brought by a verb before it."""
    if found and found[-1].sense.kind == "pressure":
        return None
    for k in range(i - 1, max(-1, i - 8), -1):
        if s.low[k] in words.bringing:
            lifting = s.low[k] in ("end", "lift")
            sense = Sense("event", "CONCEDE") if lifting else Sense("pressure", "SANCTION")
            subject = _subject(s, k, g)
            return (
                None
                if subject is None
                else Stance(sense, (k, i + 1), subject, (k, clause_end(s, i)))
            )
    return None


def _support_noun(s: Sentence, i: int, g: Grammar) -> Stance | None:
    """Return the support of "Smith's support" or "support from nearby Spain"."""
    sense = Sense("support", "SUPPORT")
    if i and s.low[i - 1] == "'s":
        start = phrase_before(s, i - 1, 0, g)
        return (
            None
            if start is None
            else Stance(sense, (i, i + 1), (start, i - 1), (start, clause_end(s, i)))
        )
    if s.low[i + 1 : i + 2] == ["from"]:
        end = phrase_after(s, i + 2, len(s), g, links=False)
        begin = i - 1 if i and g.modifier(s, i - 1) else i
        return Stance(sense, (i, i + 1), (i + 2, end), (begin, end)) if end > i + 2 else None
    return None


def clause_end(s: Sentence, i: int) -> int:
    """Return where the clause that goes on at unit ``i`` ends."""
    for k in range(i, len(s)):
        if s.low[k] in (";", ":", "—", "–", "”", '"', "?", "!") or (
            s.low[k] == "." and k == len(s) - 1
        ):
            return k
        if s.low[k] == "," and k + 1 < len(s) and s.low[k + 1] in _NEW_CLAUSE:
            return k
        if s.low[k] in ("but", "while") and k > i:
            return k - (s.low[k - 1] == ",")
    return len(s)


_NEW_CLAUSE = frozenset(
    [
        "but",
        "and",
        "while",
        "although",
        "though",
        "which",
        "who",
        "whose",
        "making",
        "saying",
        "adding",
        "so",
        "yet",
        "stating",
    ]
)
