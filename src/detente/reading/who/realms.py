"""States that no list knows, by how a report speaks of them: "Borduria", "the Bordurian army"."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Unit
from detente.reading.vocabulary import is_word
from detente.reading.who.lore import Base, Lore
from detente.reading.who.orgs import CAP, kind_of
from detente.reading.who.runs import runs
from detente.reading.who.spelling import bare

if TYPE_CHECKING:
    from spacy.tokens import Token

_REALM = re.compile(
    r"\b(?:Republic|State|Kingdom|[Gg]overnment|Federation|Commonwealth|Sultanate|Emirate"
    r"|Principality|Supreme Court|Constitutional Court|Central Bank|National Assembly|President"
    rf"|Prime Minister|Foreign Minister|King|Queen|Emir|Parliament) of (?:the )?({CAP}(?: {CAP})?)"
)
_GOVERNMENT = (
    r"(?:government|ministry|[Pp]resident|[Pp]rime [Mm]inister|premier|parliament|navy|army"
    r"|troops|fleet|ambassador|armed forces|soldiers|embassy|cabinet|coastguard|coast guard"
    r"|(?:foreign|defen[cs]e|interior|energy|finance|transport) (?:ministry|minister))"
)
_OWNED = re.compile(rf"\b({CAP}(?: {CAP})?)'s? (?:own )?{_GOVERNMENT}\b")
_BEFORE = re.compile(rf"\b({CAP}(?: {CAP})?) {_GOVERNMENT}\b")
_BESIDE = re.compile(
    rf"\b(?:neighbouring|ambassadors? (?:to|in|from)|(?:border|frontier|ties|relations) with) "
    rf"({CAP}(?: {CAP})?)"
)
_ITS = re.compile(rf"\bits (?:own )?{_GOVERNMENT}\b")
_ITS_NEXT = re.compile(rf"Its (?:own )?{_GOVERNMENT}\b")
PORTFOLIO = re.compile(
    r"(?i)\b(?:business|home|foreign|defen[cs]e|health|treasury|trade|transport|energy|interior|finance"
    r"|education|environment|agriculture|labou?r|work|culture|justice|fisheries|prime|deputy prime"
    r"|information|economy|planning|state|security|housing|water|mines|mining|sports?|tourism)"
    r" (?:cabinet |deputy |junior |state )*(?:secretary|minister|commissioner)\b"
)
"""An office that only a government has: "interior minister", "deputy foreign secretary"."""
_DATED = re.compile(
    rf"^[A-Z][A-Z' -]{{2,}}, ({CAP}(?: {CAP})?), "
    r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2})\b",
    re.MULTILINE,
)
"""A dateline that names the town and the state: "TEMESHT, Orlavia, 14 Nov"."""
_CAPITAL = re.compile(
    rf"\b({CAP}(?: {CAP})?), (?:the )?"
    rf"(?:({CAP}(?: {CAP})?)'s? capital|capital of ({CAP}(?: {CAP})?))"
)
_PEOPLE_ENDS = ("an", "ian", "ean", "ish", "ese", "i", "ic", "er", "ans", "ians", "ers", "is")
_STATES = 2.0
"""Evidence that a name is a state's: "Republic of X" counts 2."""
_OWNS = 1.5
"""The same for "X's army"."""
_GOVERNS = 0.6
"""Evidence that makes the subject of a clause a state."""
_PLACED = 1.0
"""The same where the parser takes the name for a place's."""


def surnames(units: list[Unit], base: Base) -> set[str]:
    """Return the last words of people's names, as titles and the parser show them."""
    found = set()
    for unit in units:
        for run in runs(unit.text, base.facts):
            if run.titles and set(run.titles) & base.facts.words["personal titles"]:
                found.add(bare(run.name.split()[-1]))
        if unit.doc is not None:
            for ent in unit.doc.ents:
                words = ent.text.split()
                given = bare(words[0]).lower() in base.facts.sexes
                if ent.label_ == "PERSON" and len(words) > 1 and given:
                    found.add(bare(re.sub(r"'s?$", "", words[-1])))
    return found


def learn_states(lore: Lore, units: list[Unit], people: set[str], head: str) -> None:
    """Learn states that no list knows."""
    seen: Counter[str] = Counter()
    labels = [e for u in units for e in (u.doc.ents if u.doc is not None else ())]
    persons = {_place(e.text) for e in labels if e.label_ == "PERSON"}
    placed = {
        ent.text
        for u in units
        for ent in (u.doc.ents if u.doc is not None else ())
        if ent.label_ in ("GPE", "LOC")
    }
    lore.adjectives = _adjectives(units)
    words = _short_words(units)
    for unit in units:
        for match in _REALM.finditer(unit.text):
            seen[_place(match[1])] += 2
        for match in _OWNED.finditer(unit.text):
            seen[_place(match[1])] += _OWNS  # type: ignore[assignment]
        for match in _BEFORE.finditer(unit.text):
            name = _place(match[1])
            home = words.get(bare(name.split()[-1])[:_STEM], "")
            if home and bare(name).endswith(_PEOPLE_ENDS) and home != name:
                seen[home] += _OWNS  # type: ignore[assignment]  # "Bordurian President": Borduria
            else:
                seen[name] += 0.6  # type: ignore[assignment]
    for unit in units:
        for match in _BESIDE.finditer(unit.text):
            seen[_place(match[1])] += 1
    acting = {t.text for u in units for t in u.doc or () if t.dep_ == "nsubj" and t.pos_ == "PROPN"}
    seen.update(_with_peoples(units, placed | acting))
    for match in _DATED.finditer(head):
        seen[match[1]] += 2
    seen.update(_subjects(units, {n for n, w in seen.items() if w >= _GOVERNS}))
    for unit in units:
        for ent in unit.doc.ents if unit.doc is not None else ():
            acts = ent.root.dep_ == "nsubj" and ent.root.head.pos_ in ("VERB", "AUX")
            if acts and ent.label_ == "GPE" and len(ent.text.split()) < 3:
                seen[_place(ent.text)] += 0.5  # type: ignore[assignment]
    for name, weight in sorted(seen.items()):
        needed = _PLACED if name in placed else _OWNS
        needed = _STATES if name in persons else needed
        if not _new_place(lore, name, people):
            continue
        if weight >= needed:
            lore.add(name, "state")
            learn_peoples(lore, units, name)
        else:
            lore.ruling[name] = weight
    for unit in units:
        for match in _CAPITAL.finditer(unit.text):
            state = lore.party(match[2] or match[3])
            if lore.kind(state) == "state":
                lore.add(state, "state", match[1], via="seat")


def _short_words(units: list[Unit]) -> dict[str, str]:
    """Return the shortest capitalised word by its beginning: "Bord" to "Borduria"."""
    found: dict[str, str] = {}
    for unit in units:
        for word in re.findall(r"\b[A-Z]\w{4,}", unit.text):
            stem = bare(word)[:_STEM]
            if len(word) < len(found.get(stem, word + "x")) and not word.endswith(
                ("ian", "ish", "ese")
            ):
                found[stem] = word
    return found


_STEM = 5
"""Letters in which a state and its adjective agree."""


def _subjects(units: list[Unit], names: set[str]) -> Counter[str]:
    """Return names that govern and act: each gets what makes it a state's."""
    found: Counter[str] = Counter()
    for unit in units:
        for token in unit.doc or ():
            acts = token.dep_ == "nsubj" and token.head.pos_ in ("VERB", "AUX")
            if acts and token.text in names and token.ent_type_ != "PERSON":
                found[token.text] = 1
    return found


def _with_peoples(units: list[Unit], placed: set[str]) -> Counter[str]:
    """Return places that have an adjective, or "its army": each gets what makes it a state's."""
    found: Counter[str] = Counter()
    words = {bare(w) for unit in units for w in re.findall(r"\b[A-Z]\w{4,}", unit.text)}
    for name in placed:
        if len(name.split()) < 2 and len(name) > _STEM - 1:
            stem = bare(name)[:-1]
            if any(
                w != bare(name) and w.startswith(stem) and w.endswith(_ADJECTIVES) for w in words
            ):
                found[name] += 1
    for unit in units:
        for token in unit.doc or ():
            acts = token.dep_ == "nsubj" and token.pos_ == "PROPN"
            if acts and token.left_edge.i == token.i:
                found[token.text] += _governs(token)  # type: ignore[assignment]
    return found


def _governs(token: Token) -> float:
    """Return how much the words around a name that acts make it a state's.

    Its sentence is of "its ambassador", or the next one is. "Lenz refused. Interior minister Roth
    …" tells as much, whatever the parser takes the name for.
    """
    sent = token.sent
    following = token.doc[sent.end : sent.end + 4].text if token.head.dep_ == "ROOT" else ""
    if PORTFOLIO.match(following):
        return _STATES * (token.ent_type_ != "ORG")
    its = _ITS.search(sent.text) or _ITS_NEXT.match(following)
    return float(bool(its) and token.ent_type_ != "PERSON")


_ADJECTIVES = ("an", "ans", "ian", "ians", "ese", "ish", "i", "is")


def _place(words: str) -> str:
    """Return a place's name without its possessive."""
    return re.sub(r"'s?$", "", words)


def _adjectives(units: list[Unit]) -> set[str]:
    """Return the words of a report that may be of a people: "Ndumese"."""
    return {
        word
        for unit in units
        for word in re.findall(r"\b[A-Z]\w{4,}", unit.text)
        if word.endswith(_ADJECTIVES)
    }


def is_of(adjective: str, name: str) -> bool:
    """Tell whether an adjective may be of a state: "Ndumese" of Nduma."""
    word, base = bare(adjective), bare(name)
    return len(base) >= _STEM and word != base and word.startswith(base[:-1])


def _new_place(lore: Lore, name: str, people: set[str]) -> bool:
    """Tell whether a name may be a state's that no list knows."""
    first = name.split()[0]
    facts = lore.base.facts
    if lore.senses(name) or facts.has("no name", first) or facts.has("calendar", first):
        return False
    if any(lore.senses(word) for word in name.split()):
        return False
    if name.endswith("s") and is_word(name.lower()):
        return False  # "Federation of Metalworkers"
    if kind_of(name, facts) or bare(name.split()[-1]) in people:
        return False
    low = {word.lower().rstrip(".") for word in name.split()}
    return not low & (facts.words["titles"] | facts.words["roles"] | facts.words["government"])


def learn_peoples(lore: Lore, units: list[Unit], state: str) -> None:
    """Learn the adjectives of a state that no list knows: "Merrowlandish"."""
    name = bare(state).split()[-1]  # "the Odilians" of Santa Odile
    stem = name[: max(4, len(name) - 2)]
    for unit in units:
        for word in set(re.findall(r"\b[A-Z]\w+", unit.text)):
            new = bare(word)
            if new.startswith(stem) and new != name and new.endswith(_PEOPLE_ENDS):
                lore.add(state, "state", word, via="people")
