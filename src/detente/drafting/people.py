"""Whom claims mean: one party under several names, and people who speak for a party.

A report says "Oran" where another says "Piet Oran of Kostria", "the union" where it said "nurses'
union" before, or names a prime minister without the country. What is settled here holds for the
draft alone; the claims stay as they were read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from detente.reading.claims import Claim
from detente.reading.lexicon import Lexicon

_BEFORE = 60
"""A title stands at most so many characters before a name."""

_COMMITS = re.compile(
    r"(?:that )?(?:the )?(?P<who>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})"
    r" (?:will|would|shall|is ready|was ready|is willing|was willing|cannot|could not)\b"
)


def settled(
    claims: Sequence[Claim], text_of: Callable[[str], str], lexicon: Lexicon
) -> list[Claim]:
    """Return claims in which every party goes by one name, as far as that is certain.

    Parameters
    ----------
    claims : sequence of Claim
        Of all reports.
    text_of : callable
        A report's id to its text.
    lexicon : Lexicon
        Its titles tell who holds an office.
    """
    meant = _meant(claims, text_of, lexicon)
    if not meant:
        return list(claims)
    return [
        replace(
            c,
            party=meant.get(c.party or "", c.party),
            target=meant.get(c.target or "", c.target),
        )
        for c in claims
    ]


def _meant(
    claims: Sequence[Claim], text_of: Callable[[str], str], lexicon: Lexicon
) -> dict[str, str]:
    """Return names to the party's one name."""
    names = Counter(c.party for c in claims if c.party)
    found: dict[str, str] = {}
    sides = _sides_of_speakers(claims)
    for name in sorted(names):
        other = _by_last_word(name, names) or sides.get(name)
        other = other or _by_last_word_of_speaker(name, sides)
        if other is not None and other != name:
            found[name] = other
    speakers = {c.speaker for c in claims if c.speaker and c.speaker == c.party}
    for name in sorted(speakers - found.keys()):
        known = [n for n in names if n not in found]
        other = _office(name, claims, known, text_of, lexicon)
        if other is not None and other != name:
            found[name] = other
    return {name: _last(name, found) for name in found}


def _last(name: str, found: Mapping[str, str]) -> str:
    """Return where a chain of names ends."""
    for _ in range(4):
        if found.get(name, name) == name:
            break
        name = found[name]
    return name


def _sides_of_speakers(claims: Iterable[Claim]) -> dict[str, str]:
    """Return speakers to their side, where all claims that tell one agree."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for c in claims:
        if c.speaker and c.party and c.party != c.speaker and c.kind == "statement":
            sides[c.speaker].add(c.party)
    return {speaker: side.copy().pop() for speaker, side in sides.items() if len(side) == 1}


def _by_last_word(name: str, names: Iterable[str]) -> str | None:
    """Return the longer name that "union" or "the company" is the end of, if just one is."""
    if " " in name or not name[:1].islower():
        return None
    longer = [n for n in names if n != name and n.lower().endswith(f" {name}")]
    return longer[0] if len(longer) == 1 else None


def _by_last_word_of_speaker(name: str, sides: Mapping[str, str]) -> str | None:
    """Return the side of the one speaker whose surname this is."""
    if " " in name:
        return None
    found = {side for speaker, side in sides.items() if speaker.endswith(f" {name}")}
    return found.pop() if len(found) == 1 else None


def _office(
    name: str,
    claims: Sequence[Claim],
    names: Sequence[str],
    text_of: Callable[[str], str],
    lexicon: Lexicon,
) -> str | None:
    """Return the party that somebody with an office speaks for; None where it is not told."""
    titles = lexicon.words("titles") | lexicon.words("office holders")
    for c in claims:
        if c.speaker != name or c.source is None:
            continue
        text = text_of(c.report)
        at = text.find(name, max(0, c.source.start - 1))
        before = re.findall(r"[\w'’-]+", text[max(0, at - _BEFORE) : at])[-3:]
        if at < 0 or not before or before[-1].lower() not in titles:
            continue
        groups = [n for n in names if n != name and n.lower().split()[-1] == _group(before)]
        if len(groups) == 1:
            return groups[0]
        commits = _COMMITS.match(c.text)
        if c.kind == "statement" and commits and commits["who"] in names:
            return commits["who"]
    return None


def _group(before: Sequence[str]) -> str:
    """Return the word before a title: "union" in "union leader"."""
    return before[-2].lower() if len(before) > 1 else ""
