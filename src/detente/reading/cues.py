"""Cues: the words of a sentence that report speech or thought, and whose speech it is.

A site is one cue with its source. Whether a word is a verb at all ("the union claims", "its
claims") is told from its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.ends import comma_inside
from detente.reading.grammar import LINKS, Grammar
from detente.reading.lexicon import Verb
from detente.reading.phrases import (
    phrase_after,
    phrase_before,
    skip_left,
    subject_before,
    with_insertion,
)
from detente.reading.sentences import QUOTE, Sentence
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
            found.append(_according(s, i, g))
            continue
        verb = g.verbs.get(word)
        site = _site(s, i, verb, found, g) if verb is not None else None
        if site is None and word in g.speech_nouns:
            site = _noun(s, i, g)
        if site is not None:
            found.append(site)
    return found


def _according(s: Sentence, i: int, g: Grammar) -> Site:
    """Return the site of "according to" with the phrase after it."""
    end = phrase_after(s, i + 2, len(s), g)
    source = (i + 2, end) if end > i + 2 else None
    return Site(i, i, i + 2, "according", source, False, i, None)


def _noun(s: Sentence, i: int, g: Grammar) -> Site | None:
    """Return the site of "Smith's claim that …", "the contention of Smith that …"."""
    at = i + 1
    source = None
    if s.low[at : at + 1] and s.low[at] in ("of", "by", "from"):
        end = phrase_after(s, at + 1, len(s), g)
        source, at = ((at + 1, end), end) if end > at + 1 else (None, at)
    demanded = s.low[i] in _DEMANDS and s.low[at : at + 1] == ["for"]
    if demanded and (owner := _owner(s, i, g)) is not None:
        return Site(i, i, at + 1, "noun", owner, False, i, None)
    if s.low[at : at + 1] != ["that"]:
        return None
    clause = phrase_after(s, at + 1, len(s), g)
    quoted = s.low[at + 1 : at + 2] == [QUOTE]
    if not quoted and (clause == at + 1 or clause >= len(s)):
        return None  # "the claim that was made": a relative clause
    if source is None:
        source = _owner(s, i, g)
    if source is None:
        return None
    return Site(i, i, i + 1, "noun", source, False, i, None)


_DEMANDS = frozenset(["call", "calls", "demand", "demands", "plea", "pleas", "appeal", "appeals"])


def _owner(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return whose claim a noun names: "Smith's long-standing claim", "their claim"."""
    for k in range(i - 1, max(-1, i - 5), -1):
        if s.low[k] in ("'s", "'"):
            start = phrase_before(s, k, 0, g)
            return None if start is None else (start, k)
        if s.low[k] in g.possessives:
            return k, k + 1
    return None


def _site(s: Sentence, i: int, verb: Verb, found: Sequence[Site], g: Grammar) -> Site | None:
    """Return the site of a reporting verb at unit ``i``; None where it is no verb or no cue."""
    if s.capital(i) and i > 0 and verb.form != "ing" and not (_clear(verb, g) and is_headline(s)):
        return None  # part of a name
    before = s.low[i - 1] if i else ""
    if verb.form == "ing":
        return _participle(s, i, verb, before, found, g)
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
    if verb.form == "base" and not is_base_verb(s, i, begin, helpers, g):
        return None
    if verb.form == "s" and not is_third_person(s, begin, i, g):
        return None
    return _active(s, i, begin, verb, found, g)


def _clear(verb: Verb, g: Grammar) -> bool:
    """Tell whether a form is hardly ever anything but a verb of saying."""
    return "that" in verb.frames and not verb.weak and only_verb(verb.lemma, g)


def is_headline(s: Sentence) -> bool:
    """Tell whether nearly all longer words of a sentence have a capital: "Smith Says …"."""
    longer = [k for k, word in enumerate(s.low) if len(word) > 3 and word[0].isalpha()]
    return len(longer) > 3 and sum(s.capital(k) for k in longer) >= 0.8 * len(longer)


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


def _active(
    s: Sentence, i: int, begin: int, verb: Verb, found: Sequence[Site], g: Grammar
) -> Site | None:
    """Return the site of a verb in the active voice."""
    if inverted := _inverted(s, i, begin, verb, g):
        return inverted
    if begin and s.low[begin - 1] in RELATIVE:
        return _relative(s, i, begin, verb, g)
    subject = _speaker_after_quote(s, i, begin, g) or subject_before(s, i, 0, g)
    if subject is not None:
        subject = _with_name(s, subject, g)
    if subject is not None and s.low[subject[0]] in ("there",):
        return None
    if subject is not None:
        return Site(i, begin, i + 1, "finite", subject, False, clause_start(s, subject[0]), verb)
    if subject is None and (whole := _long_subject(s, begin, verb, g)) is not None:
        return Site(i, begin, i + 1, "finite", whole, False, clause_start(s, whole[0]), verb)
    if begin and _joins(s, begin - 1):
        shared = main_subject(s, begin, found, g)
        if shared is not None:
            return Site(i, begin, i + 1, "finite", shared, True, clause_start(s, begin), verb)
    return None


def _joins(s: Sentence, k: int) -> bool:
    """Tell whether unit ``k`` can join a verb to an earlier one with the same subject."""
    if s.low[k] == QUOTE:
        return s.text[s.quote[k].inner.end - 1] == ","
    return s.low[k] in ("and", "but", "or", ",", "then", "—", "-")


_LONGEST = 24
"""A subject with clauses of its own has at most so many units."""


def _long_subject(s: Sentence, begin: int, verb: Verb, g: Grammar) -> tuple[int, int] | None:
    """Return a subject with a clause of its own: "The groups who wrote to her on Thursday say"."""
    if (
        not _clear(verb, g)
        or begin == 0
        or s.low[begin - 1] in (",", QUOTE, "and", "but", "to", ";", ":")
    ):
        return None
    start = begin
    while start > max(0, begin - _LONGEST) and s.low[start - 1] not in _BOUNDS:
        start -= 1
    head = phrase_after(s, start, begin, g, links=False)
    if start == begin - _LONGEST or head == start or s.low[start] in g.prepositions:
        return None
    inner = s.low[head] if head < begin else ""
    opens = inner in ("who", "whose", "that") or inner in LINKS or inner.endswith(("ing", "ed"))
    return (start, begin) if opens else None


_BOUNDS = frozenset(
    [
        ",",
        ";",
        ":",
        "—",
        "–",
        "-",
        QUOTE,
        "while",
        "though",
        "although",
        "but",
        "if",
        "because",
        "when",
    ]
)


def _speaker_after_quote(s: Sentence, i: int, begin: int, g: Grammar) -> tuple[int, int] | None:
    """Return all between a quotation and the verb of its tag: "…," Smith, 54, of Ohio, said."""
    if begin == 0 or s.low[begin - 1] != ",":
        return None
    for k in range(begin - 2, max(-1, begin - 30), -1):
        if s.low[k] == QUOTE:
            named = k + 1 < begin and (s.capital(k + 1) or s.low[k + 1] in g.determiners)
            return (k + 1, begin - 1) if named else None
        if s.low[k] in g.subordinators and s.low[k] not in ("who", "which", "whose", "as"):
            return None
    return None


def _with_name(s: Sentence, subject: tuple[int, int], g: Grammar) -> tuple[int, int]:
    """Return "Smith, spokesman for the port" from the part after the comma, if a name opens it."""
    at = subject[0]
    if at < 2 or s.low[at - 1] != "," or not (s.low[at] in g.holders or s.low[at] in g.titles):
        return subject
    start = phrase_before(s, at - 1, 0, g)
    if start is None or not s.capital(start):
        return subject
    opens = start == 0 or s.low[start - 1] in CLAUSE_OPENERS or s.low[start - 1] == QUOTE
    return (start, subject[1]) if opens else subject


def _relative(s: Sentence, i: int, begin: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "X, who said": the source is X with its pronoun."""
    at = begin - 1
    end = at - 1 if at and s.low[at - 1] == "," else at
    start = phrase_before(s, end, 0, g)
    if start is None:
        return None
    return Site(i, begin, i + 1, "finite", (start, at + 1), False, at, verb)


def _inverted(s: Sentence, i: int, begin: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "…, said Smith"; None where the verb is not followed by its subject."""
    if verb.form == "base" or not verb.frames & {"that", "quote"} or begin != i:
        return None
    if i and s.low[i - 1] not in (",", QUOTE, "?", "!", "-", "—", ".", "…", "'", ";"):
        return None
    after = i + 1
    while after < len(s) and g.adverb(s.low[after]):
        after += 1
    end = phrase_after(s, after, len(s), g)
    if end == after or s.low[after] in ("that", "it", "him", "them", "me", "us"):
        return None
    stop = with_insertion(s, end, len(s), g)
    rest = s.low[end] if end < len(s) else "."
    if (
        s.low[i - 1] != QUOTE
        and end < len(s)
        and (rest in g.finite or (rest in g.verbs and g.finite_verb(s, end)))
    ):
        return None
    if i and s.low[i - 1] in (",", "—", "–", "-"):
        subject = subject_before(s, i, 0, g)
        leads = subject is not None and (subject[0] == 0 or s.low[subject[0] - 1] in CLAUSE_OPENERS)
        if (
            rest == QUOTE
            or not _has_verb(s, i, g)
            or (leads and (end < len(s) - 2 or "thing" in verb.frames))
        ):
            return None
    return Site(i, i, i + 1, "inverted", (after, stop), False, i, verb)


def _has_verb(s: Sentence, upto: int, g: Grammar) -> bool:
    """Tell whether a finite verb or a quotation stands before a unit."""
    verbs = (k for k in range(upto) if s.low[k] == QUOTE or g.finite_verb(s, k))
    return any(s.low[k] not in ("'s", "'d") for k in verbs)


def _participle(
    s: Sentence, i: int, verb: Verb, before: str, found: Sequence[Site], g: Grammar
) -> Site | None:
    """Return the site of an -ing form: "is saying", ", adding that", "a letter saying"."""
    begin = skip_left(s, i, 0, g)
    if any(h in g.be for h in s.low[begin:i]):
        if begin and s.low[begin - 1] in RELATIVE:
            return _relative(s, i, begin, verb, g)
        subject = subject_before(s, i, 0, g)
        if subject is None:
            subject = main_subject(s, begin, found, g)
        if subject is None:
            return None
        return Site(i, begin, i + 1, "finite", subject, False, clause_start(s, subject[0]), verb)
    if before in g.determiners or before in ("'s", "of", "for", "about", "to", "like"):
        return None
    if i == 0:
        return _opening(s, i, verb, g)
    if before in g.documents:
        start = phrase_before(s, i, 0, g)
        if start is not None:
            return Site(i, i, i + 1, "participle", (start, i), False, i, verb)
    if s.capital(i - 1) and g.nominal(s, i - 1) and i > 1:  # "footage of Smith saying"
        start = i - 1
        while start > 0 and s.capital(start - 1) and g.nominal(s, start - 1):
            start -= 1
        return Site(i, i, i + 1, "participle", (start, i), False, i, verb)
    follows = s.low[i + 1] if i + 1 < len(s) else ""
    loose = before in (",", QUOTE, "and", "—", "–", "-") or before in g.prepositions
    if not loose and verb.lemma == "say" and (named := _with_speaker(s, i, g)) is not None:
        return Site(i, i, i + 1, "participle", named, False, i, verb)
    if not loose and follows not in ("that", QUOTE, ",", ":"):
        return None  # "ads praising Smith"
    if "weak" in verb.frames and before not in (",", QUOTE, "and"):
        return None
    subject = main_subject(s, begin, found, g)
    if subject is None:
        return _opening(s, i, verb, g)
    return Site(i, i, i + 1, "participle", subject, True, clause_start(s, i), verb)


def _with_speaker(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return who speaks in "with three in ten saying", "many voters saying"."""
    start = phrase_before(s, i, 0, g)
    return None if start is None else (start, i)


def _opening(s: Sentence, i: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "After saying that …, Smith left": the source is the main subject."""
    if i > 2 or verb.weak or not verb.frames & {"that", "hearer", "ask", "thing"}:
        return None
    for k in range(i + 2, len(s) - 1):
        if s.low[k] == "," or (k in s.quote and comma_inside(s, k)):
            at = k + (s.low[k] == ",")
            end = phrase_after(s, at, len(s), g)
            if at < end < len(s) and g.finite_verb(s, end):
                return Site(i, i, i + 1, "participle", (at, end), False, i, verb)
    return None


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
