"""Cues: the words of a sentence that report speech or thought, and whose speech it is.

A site is one cue with its source. Whether a word is a verb at all ("the union claims", "its
claims") is told from its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.actives import active, clear
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Verb
from detente.reading.nouncues import according, noun
from detente.reading.participles import participle
from detente.reading.phrases import phrase_after, skip_left, subject_before
from detente.reading.sentences import QUOTE, Sentence, is_title
from detente.reading.site import CLAUSE_OPENERS, Site, clause_start
from detente.reading.subjects import main_subject
from detente.reading.verbforms import (
    LINKING,
    RELATIVE,
    clitic_verb,
    is_base_verb,
    is_third_person,
    only_verb,
)


def sites(s: Sentence, g: Grammar) -> list[Site]:
    """Return the cues of a sentence in order."""
    found: list[Site] = []
    for i, word in enumerate(s.low):
        if word == "according" and i + 1 < len(s) and s.low[i + 1] == "to":
            found.append(according(s, i, g))
            continue
        verb = g.verbs.get(word)
        site = _site(s, i, verb, found, g) if verb is not None else None
        if site is None and word in g.speech_nouns:
            site = noun(s, i, g)
        if site is not None:
            found.append(site)
    return found


def _site(s: Sentence, i: int, verb: Verb, found: Sequence[Site], g: Grammar) -> Site | None:
    """Return the site of a reporting verb at unit ``i``; None where it is no verb or no cue."""
    if s.capital(i) and i > 0 and verb.form != "ing" and not (clear(verb, g) and is_headline(s)):
        return None  # part of a name
    before = s.low[i - 1] if i else ""
    if verb.form == "ing":
        return participle(s, i, verb, before, found, g)
    if verb.form == "base" and before == "to":
        return _infinitive(s, i, verb, found, g)
    if before in g.determiners and not _stands_alone(s, i, verb, g):
        return None
    if before == "'s" and not clitic_verb(s, i - 1, g):
        return None
    if before in g.prepositions and before not in (
        "since",
        "as",
        "than",
        "until",
        "after",
        "before",
    ):
        return None
    begin = skip_left(s, i, 0, g)
    helpers = s.low[begin:i]
    if verb.lemma in _ANSWERING and any(h in _NEGATIONS for h in helpers):
        return None  # "did not respond to a request": nothing was said
    if verb.form == "past" and "ask" in verb.frames and not helpers and _is_prompt(s, i):
        return Site(i, i, i + 1, "prompt", _agent(s, i + 1, g), False, i, verb)
    if verb.form == "past" and any(h in g.be for h in helpers):
        return _passive(s, i, begin, verb, g)
    by = s.low[i + 1 : i + 2] == ["by"] and s.low[i + 2 : i + 3] and s.low[i + 2] not in g.places
    if verb.form == "past" and by and not helpers:
        return None  # "a plan proposed by Smith": who proposed it, not what was said
    if verb.form == "past" and "as" in verb.frames and not helpers and _is_name(s, i + 1):
        return None  # "a group called “Clean Water for the Valley”"
    if verb.form == "base" and not is_base_verb(s, i, begin, helpers, g):
        return None
    if verb.form == "s" and not is_third_person(s, begin, i, g):
        return None
    return active(s, i, begin, verb, found, g)


def is_headline(s: Sentence) -> bool:
    """Tell whether nearly all longer words of a sentence have a capital: "Smith Says …"."""
    longer = [k for k, word in enumerate(s.low) if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 3 and sum(s.capital(k) for k in longer) >= 0.8 * len(longer)


def _is_name(s: Sentence, i: int) -> bool:
    """Tell whether unit ``i`` is a name between quotation marks."""
    return i in s.quote and is_title(s.text, s.quote[i])


_ANSWERING = frozenset(["respond", "reply", "answer"])


_NEGATIONS = frozenset(["not", "'t", "n't", "never"])


def _stands_alone(s: Sentence, i: int, verb: Verb, g: Grammar) -> bool:
    """Tell whether a determiner before a verb is its subject: "that says", "the two write that"."""
    before = s.low[i - 1]
    if before in RELATIVE:
        return verb.form != "base"
    if before not in g.pronouns or i + 1 >= len(s):
        return False
    first = i - 1
    if first > 1 and s.low[first - 1] in ("in", "of"):  # "one in five", "some of those"
        first -= 2
    opens = first == 0 or s.low[first - 1] in CLAUSE_OPENERS or s.low[first - 1] in (QUOTE, "that")
    clear = verb.form == "past" or only_verb(verb.lemma, g)
    return s.low[i + 1] in ("that", QUOTE, ".", ",") or (
        opens and clear and bool(verb.frames & {"that", "hearer"})
    )


def _infinitive(s: Sentence, i: int, verb: Verb, found: Sequence[Site], g: Grammar) -> Site | None:
    """Return the site of "went on to say", "declined to say"; other infinitives are no cue."""
    k = i - 2
    while k > 0 and (
        s.low[k] in ("on", "out", "ahead", "forward", "further") or g.adverb(s.low[k])
    ):
        k -= 1
    if k < 0 or s.low[k] not in LINKING:
        return None
    if (own := g.verbs.get(s.low[k])) is not None and "to" in own.frames:
        return None  # "declined to discuss": the first verb has it all
    subject = subject_before(s, k, 0, g) or main_subject(s, k, found, g)
    if subject is None:
        return None
    return Site(i, k, i + 1, "infinitive", subject, False, clause_start(s, subject[0]), verb)


def _passive(s: Sentence, i: int, begin: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of a passive, with the source that "by" names, if any."""
    agent = _agent(s, i + 1, g)
    subject = subject_before(s, i, 0, g)
    if subject is None:
        return None
    if agent is None and not verb.frames & {"that", "as", "hearer", "ask"}:
        return None
    return Site(i, begin, i + 1, "passive", agent, False, clause_start(s, subject[0]), verb)


def _is_prompt(s: Sentence, i: int) -> bool:
    """Tell whether a participle opens "asked about …," or "when asked whether …"."""
    before = s.low[i - 1] if i else "when"
    after = s.low[i + 1] if i + 1 < len(s) else ""
    opens = before in ("when", "if", "while", "and", ",", "being") or i == 0
    return opens and after in (
        "about",
        "whether",
        "if",
        "why",
        "what",
        "how",
        "which",
        "who",
        "by",
        "to",
    )


def _agent(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return the phrase after the first "by" within a few words, before any new clause."""
    for k in range(i, min(len(s), i + 9)):
        if s.low[k] in (",", ";", ":", "that", "who", "which", QUOTE):
            return None
        if s.low[k] == "by":
            end = phrase_after(s, k + 1, len(s), g)
            return (k + 1, end) if end > k + 1 else None
    return None
