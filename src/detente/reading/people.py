"""People in a report: their fullest names, what they are, and on whose side they speak."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.reading.actors import Actors
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Lexicon
from detente.reading.paragraphs import Span

_NAME = re.compile(
    r"[^\W\d_a-z][\w'’]*(?:-\w+)*"
    r"(?:(?: [A-Z]\.)?(?: (?:al-|el-|de |van |von |bin |al )?[^\W\d_a-z][\w'’]*(?:-\w+)*)){0,7}"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_AFTER = 90
"""How many characters after a name may say who it is."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named.

    Parameters
    ----------
    span : Span
        The characters of the name, titles left out.
    person : str
        The fullest name that the report gives this person.
    roles : frozenset of str
        Titles and offices that stand beside the name here.
    side : str
        The country or organisation that stands beside the name here; empty where none does.
    bare : bool
        A title stands beside the name without a country: "President Smith".
    """

    span: Span
    person: str
    roles: frozenset[str]
    side: str
    bare: bool


def mentions(
    text: str, g: Grammar, lexicon: Lexicon, known: Actors, bodies: Mapping[str, str]
) -> list[Mention]:
    """Return every naming of a person, in order.

    ``bodies`` gives the full name of an organisation by its last word: "union" to "Dockers'
    Union".
    """
    raw = [seen for match in _NAME.finditer(text) if (seen := _person(text, match, g, known))]
    things = {text[a.start : a.end] for a, _ in raw if text.startswith(", which ", a.end)}
    raw = [pair for pair in raw if text[pair[0].start : pair[0].end] not in things]
    full = _fullest([text[span.start : span.end] for span, _ in raw])
    leaders = lexicon.meaning("leaders")
    found: list[Mention] = []
    for span, before in raw:
        written = text[span.start : span.end]
        person = full.get(written, "")
        if not person:
            continue
        roles, side, bare = _beside(text, span, before, g, known, bodies)
        side = side or leaders.get(person, "") or _surname_side(person, bare, leaders)
        found.append(Mention(span, person, roles, side, bare))
    return found


def _surname_side(person: str, titled: bool, leaders: Mapping[str, str]) -> str:
    """Return the side of "President Smith" where one leader alone has that name."""
    if " " in person or not titled:
        return ""
    sides = {
        side for name, side in leaders.items() if person in (name.split()[-1], name.split()[0])
    }
    return sides.pop() if len(sides) == 1 else ""


def _person(text: str, match: re.Match[str], g: Grammar, known: Actors) -> tuple[Span, int] | None:
    """Return the name inside a run of capitals, and where what precedes it begins; None if none."""
    start, end = match.span()
    words = [(w.start() + start, w.end() + start) for w in re.finditer(r"\S+", match[0])]
    covered = known.find(text, start, end, own=False)
    floor, ceiling = start, end
    for hit in covered:  # "Spanish President Gil", "Gil's Spanish friends"
        if hit.start <= floor + 1:
            floor = hit.end
        else:
            ceiling = min(ceiling, hit.start)
    words = [(a, b) for a, b in words if a >= floor and b <= ceiling]
    low = [text[a:b].lower().rstrip(".") for a, b in words]
    last = max((k for k, w in enumerate(low) if w in g.offices), default=-1)
    words = words[last + 1 :]
    while words and text[slice(*words[0])].lower() in g.closed:
        words = words[1:]
    for k, (a, b) in enumerate(words[:-1]):
        if text[a:b].endswith(("'s", "’s", "s'", "s’")):  # "Dockers' Union", "Smith's Ford"
            owned = {text[c:d].lower() for c, d in words[k + 1 :]}
            if owned & g.groups:
                return None
            words = words[: k + 1]
            break
    while words and text[slice(*words[-1])].lower() in g.calendar:
        words = words[:-1]
    if not words:
        return None
    low = [text[a:b].lower().rstrip("'’s") for a, b in words]
    if any(w in g.groups or w in g.documents for w in low) or low[0] in g.no_names:
        return None
    begin, stop = words[0][0], words[-1][1]
    stop -= len(m[0]) if (m := _POSSESSIVE.search(text[begin:stop])) else 0
    return (Span(begin, stop), start) if stop - begin > 1 else None


def _is_title(word: str, g: Grammar) -> bool:
    """Tell whether a capitalised word is a title or an office."""
    low = word.lower().rstrip(".")
    return low in g.titles or low in g.holders or low in g.closed


_LONG_NAME = 8
"""A name of so many words is nobody's shorter name."""


def _fullest(names: Sequence[str]) -> dict[str, str]:
    """Return every written name to the fullest form of it in the report."""
    long = sorted({n for n in names if " " in n}, key=lambda n: (-len(n.split()), -len(n), n))
    by_part: dict[str, str] = {}
    by_end: dict[str, str] = {}
    for name in long:
        parts = name.split()
        for part in (parts[-1], parts[0]):
            by_part.setdefault(part, name)
        for k in range(2, min(len(parts), _LONG_NAME)):
            by_end.setdefault(" ".join(parts[-k:]), name)
    return {name: (by_end if " " in name else by_part).get(name, name) for name in set(names)}


def _beside(
    text: str, span: Span, before: int, g: Grammar, known: Actors, bodies: Mapping[str, str]
) -> tuple[frozenset[str], str, bool]:
    """Return roles and side that stand around a name, and whether a title stands without a side."""
    left_start = max(0, before - 60)
    cut = max(text.rfind(mark, left_start, span.start) for mark in '.;:\n“”"(')
    left = text[max(left_start, cut + 1) : span.start]
    placed = left.rstrip().endswith(",")  # "the minister, Smith"
    left = left.rstrip().rstrip(",")
    left = left.rsplit(",", 1)[-1]
    words = left.split()
    titled: list[str] = []
    while words and (
        _is_title(words[-1], g) or words[-1].lower().rstrip(".") in ("elected", "new")
    ):
        titled.insert(0, words.pop().lower().rstrip("."))
    roles = {w for w in titled if w in g.titles or w in g.holders}
    side = _side_before(words[-5:], known, bodies) if roles else ""
    bare = bool(roles) and not side and not placed
    after_roles, after_side = _apposition(text, span.end, g, known)
    return frozenset(roles | after_roles), side or after_side, bare


def _side_before(words: Sequence[str], known: Actors, bodies: Mapping[str, str]) -> str:
    """Return the country or organisation before a title: "Spain's foreign", "union"."""
    near = " ".join(words)
    hits = known.find(near)
    if hits:
        between = near[hits[-1].end :]
        linked = re.search(r"\b(?:and|with|by|to|from|of|that|said)\b", between)
        return "" if len(between) > 25 or linked else hits[-1].actor
    return bodies.get(words[-1].lower(), "") if words else ""


def _apposition(text: str, end: int, g: Grammar, known: Actors) -> tuple[set[str], str]:
    """Return what ", the leader of the union," after a name says; also "'s North Korean regime"."""
    stop = _END.search(text, end + 2, end + _AFTER)
    tail = text[end : stop.start() if stop else end + _AFTER]
    if tail[:2] in ("'s", "’s"):
        words = tail[2:].split()
        hits = known.find(" ".join(words[:3]))
        governs = any(w in ("regime", "government", "nation", "country") for w in words[:4])
        return set(), hits[0].actor if hits and governs else ""
    if tail.startswith(" of "):  # "President Gil of Spain"
        hits = known.find(tail[:40])
        return set(), hits[0].actor if hits and hits[0].start <= 8 else ""
    if not tail.startswith(", "):
        return set(), ""
    words = [w.strip("'’") for w in tail[2:].lower().split()]
    roles = {w for w in words if w in g.holders or w in g.titles}
    if not roles:
        return set(), ""
    hits = known.find(tail)
    return roles, hits[0].actor if hits else _organisation(tail, g)


_END = re.compile(r"[,;\n“”\"]|(?<![A-Z])\.")
_OF = re.compile(r"\b(?:of|for|at|from|with) (?:the )?([^,.;]+)")


def _organisation(tail: str, g: Grammar) -> str:
    """Return the organisation that an apposition names: "leader of the Dock Workers' Union"."""
    found = _OF.search(tail)
    if not found:
        return ""
    words = found[1].strip().split()
    for k, word in enumerate(words):
        low = word.lower()
        if low in g.closed and low not in ("of", "and"):
            words = words[:k]
            break
    return " ".join(words[:6])
