"""The lists of ``positions.txt``: verbs and phrases that show what a party does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.english.inflect import inflect
from detente.reading.lexicon import Lexicon, WordSet

SUPPORT_NOUNS = frozenset({"support", "backing", "help"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb or phrase shows: the kind of claim, and the PLOVER type, empty for none."""

    kind: str
    plover: str
    form: str = ""


@dataclass(frozen=True)
class Stances:
    """The lists of ``positions.txt``, ready for look-up by first word."""

    by_first: Mapping[str, Sequence[tuple[tuple[str, ...], Sense]]]
    pressure_nouns: WordSet
    bringing: WordSet
    talk_nouns: WordSet
    offer_nouns: WordSet
    commitments: WordSet
    types: Mapping[str, str]
    first_words: WordSet
    """Words at which a stance may begin; at all others nothing need be looked at."""


def stance_words(lexicon: Lexicon) -> Stances:
    """Return the look-up tables of the stances."""
    table: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for verb, meaning in lexicon.meaning("stances").items():
        head, *irregular = (part.strip() for part in meaning.split(";"))
        kind, plover = head.split()
        first, *particle = verb.split()
        forms = inflect(first, [form.split()[0] for form in irregular])
        for form, written in (
            ("past", forms.past),
            ("past", forms.participle),
            ("s", forms.third),
            ("ing", forms.ing),
            ("base", forms.base),
        ):
            words = (written, *particle)
            sense = Sense(kind, plover.strip("-"), form)
            rows = table.setdefault(written, [])
            if all(words != other for other, _ in rows):
                rows.append((words, sense))
    for phrase, meaning in lexicon.meaning("stance phrases").items():
        kind, plover = meaning.split()
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append((words, Sense(kind, plover.strip("-"))))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    w = lexicon.words
    return Stances(
        table,
        w("pressure nouns"),
        w("bringing pressure"),
        w("talk nouns"),
        w("offer nouns"),
        w("commitments"),
        lexicon.meaning("statement types"),
        frozenset(table) | w("pressure nouns") | SUPPORT_NOUNS,
    )
