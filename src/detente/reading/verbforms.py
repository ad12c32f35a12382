"""Whether a word that may be verb or noun is a verb here, told from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.grammar import Grammar
from detente.reading.sentences import QUOTE, Sentence

RELATIVE = ("who", "which", "that")


LINKING = frozenset(
    [
        "went",
        "go",
        "goes",
        "going",
        "come",
        "came",
        "continue",
        "continues",
        "continued",
        "refuse",
        "refuses",
        "refused",
        "decline",
        "declines",
        "declined",
        "seem",
        "seems",
        "seemed",
        "appear",
        "appears",
        "appeared",
        "try",
        "tries",
        "tried",
        "trying",
        "began",
        "failed",
        "fails",
        "fail",
    ]
)


def is_base_verb(s: Sentence, i: int, begin: int, helpers: Sequence[str], g: Grammar) -> bool:
    """Tell whether a base form is a verb: after a modal, a plural or a pronoun."""
    if any(h in g.modals for h in helpers):
        return True
    if begin == 0:
        return False
    before = s.low[begin - 1]
    verb = g.verbs[s.low[i]]
    if verb.frames & {"that", "hearer"} and only_verb(s.low[i], g):
        return not _is_bare(s, begin)
    if before in ("they", "we", "i", "you", "who", "and", "which"):
        return before != "and" or (i + 1 < len(s) and s.low[i + 1] in ("that", QUOTE))
    if before in LINKING:
        return False
    plural = before.endswith("s") and not before.endswith("ss") and before != "'s"
    people = before in (
        "people",
        "police",
        "some",
        "many",
        "others",
        "most",
        "both",
        "two",
        "three",
        "all",
        "few",
        "several",
        "half",
        "majority",
    )
    return (plural or people or before in (")", ",")) and not _noun_follows(s, i, g)


def only_verb(word: str, g: Grammar) -> bool:
    """Tell whether a base form is hardly ever a noun: "say", "argue", but not "claim"."""
    forms = (f"{word}s", f"{word}es", f"{word[:-1]}ies")
    return word not in g.speech_nouns and not any(form in g.noun_like for form in forms)


_CAUSING = frozenset(
    [
        "let",
        "lets",
        "make",
        "makes",
        "made",
        "making",
        "hear",
        "hears",
        "heard",
        "hearing",
        "see",
        "saw",
        "seeing",
        "watch",
        "watched",
        "watching",
        "help",
        "helps",
        "helped",
        "helping",
    ]
)


def _is_bare(s: Sentence, begin: int) -> bool:
    """Tell whether what stands before a base form makes it an infinitive: "heard Smith say"."""
    return any(s.low[k] in _CAUSING for k in range(max(0, begin - 4), begin))


def _noun_follows(s: Sentence, i: int, g: Grammar) -> bool:
    """Tell whether what follows shows that unit ``i`` is a noun: "Democrats' claim is"."""
    after = s.low[i + 1] if i + 1 < len(s) else "."
    if after == "," and i + 2 < len(s) and s.low[i + 2] == QUOTE:
        return False
    return after in ("of", "is", "was", "are", "were", "has", "'s", ".", ",") and i + 1 < len(s)


def is_third_person(s: Sentence, begin: int, i: int, g: Grammar) -> bool:
    """Tell whether an -s form is a verb and not a plural noun."""
    if begin == 0:
        return False
    before = s.low[begin - 1]
    if before in g.subject_pronouns or before in RELATIVE or s.capital(begin - 1):
        return True
    if s.low[i] not in g.noun_like and (g.nominal(s, begin - 1) or before in (",", "—", ")")):
        return True
    if before in g.conjunctions or before in (",", QUOTE, ")", "—"):
        return s.low[i] not in g.noun_like or (
            i + 1 < len(s)
            and (s.low[i + 1] in g.determiners or s.low[i + 1] in ("that", "it", QUOTE))
        )
    if before.endswith("ing") and not s.capital(begin - 1):
        return False  # "giving states more power"
    after = s.low[i + 1] if i + 1 < len(s) else ""
    if after in ("", ".", ",") and QUOTE in s.low[max(0, begin - 8) : begin]:
        return True  # "“…,” the letter reads."
    if after == "that" and i + 2 < len(s) and g.finite_verb(s, i + 2):
        return False  # "states that have signed"
    brings = after in ("that", "to", "for", "on", "it", "he", "she", "they", QUOTE)
    return brings or after in g.determiners or (i + 1 < len(s) and s.capital(i + 1))


def clitic_verb(s: Sentence, i: int, g: Grammar) -> bool:
    """Tell whether 's at unit ``i`` is short for is or has."""
    return i > 0 and s.low[i - 1] in g.subject_pronouns
