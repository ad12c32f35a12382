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
    claims = [_of_two(c, text_of) for c in claims]
    meant = _meant(claims, text_of, lexicon)
    return [
        replace(
            c,
            party=meant.get(c.party or "", c.party),
            target=meant.get(c.target or "", c.target),
        )
        for c in claims
    ]


def _of_two(c: Claim, text_of: Callable[[str], str]) -> Claim:
    """Return a claim of "X and Y" as that of the one whom the report names there."""
    if c.source is None or not c.party or " and " not in c.party:
        return c
    said = _bare(text_of(c.report)[c.source.start : c.source.end])
    one = next((part for part in c.party.split(" and ") if _bare(part) == said), None)
    return c if one is None else replace(c, party=re.sub(r"^[Tt]he ", "", one))


def _bare(name: str) -> str:
    """Return a name in lower case without its article."""
    return " ".join(name.split()).lower().removeprefix("the ")


def _meant(
    claims: Sequence[Claim], text_of: Callable[[str], str], lexicon: Lexicon
) -> dict[str, str]:
    """Return names to the party's one name."""
    names = Counter(c.party for c in claims if c.party)
    found: dict[str, str] = {}
    sides = _sides_of_speakers(claims)
    surnames: defaultdict[str, set[str]] = defaultdict(set)
    for speaker, side in sides.items():
        surnames[speaker.rsplit(" ", 1)[-1]].add(side)
    for name in sorted(names):
        other = f"{name}s" if f"{name}s" in names else None  # a "rebel commander" of the rebels
        other = other or _by_last_word(name, names) or sides.get(name)
        if other is None and len(surnames.get(name, ())) == 1:
            other = min(surnames[name])
        if other is not None and other != name:
            found[name] = other
    alone: defaultdict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        if c.speaker and c.speaker == c.party and c.speaker not in found:
            alone[c.speaker].append(c)
    known = frozenset(names) - found.keys()
    titles = lexicon.words("titles") | lexicon.words("office holders")
    for name in sorted(alone):
        other = _office(name, alone[name], known, text_of, titles)
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


def _office(
    name: str,
    claims: Sequence[Claim],
    names: frozenset[str],
    text_of: Callable[[str], str],
    titles: frozenset[str],
) -> str | None:
    """Return the party that somebody with an office speaks for; None where it is not told."""
    for c in claims:
        if c.source is None:
            continue
        text = text_of(c.report)
        at = text.find(name, max(0, c.source.start - 1))
        before = re.findall(r"[\w'’-]+", text[max(0, at - _BEFORE) : at])[-3:]
        if at >= 0 and (heads := _heads(text[at + len(name) :][: _BEFORE * 2], names)):
            return heads
        if at < 0 or not before or before[-1].lower() not in titles:
            continue
        group = _group(before)
        groups = [
            n
            for n in names
            if n != name and group and n.lower().split()[-1] in (group, f"{group}s")
        ]
        if len(groups) == 1:
            return groups[0]
        commits = _COMMITS.match(c.text)
        if c.kind == "statement" and commits and commits["who"] in names:
            return commits["who"]
    return None


def _heads(after: str, names: frozenset[str]) -> str | None:
    """Return the party in "…, who leads the union" or "…, head of the union"."""
    opening = re.match(r",\s+(?:who\s+\w+|[^,.;]{0,40}?\b(?:of|for|at))\s+(?:the\s+)?", after)
    if opening is None:
        return None
    rest = after[opening.end() :]
    return max((n for n in names if rest.startswith(n)), key=len, default=None)


def _group(before: Sequence[str]) -> str:
    """Return the word before a title: "union" in "union leader"."""
    return before[-2].lower() if len(before) > 1 else ""
