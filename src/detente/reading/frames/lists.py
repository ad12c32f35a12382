"""The word lists that the frames ask, by meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from detente.reading.lexicon import Lexicon, WordSet


@dataclass(frozen=True, slots=True)
class Words:
    """One set of words for each heading of ``words/frames.txt``; an underscore is a space there."""

    act_demand: WordSet
    act_offer: WordSet
    act_accept: WordSet
    act_refuse: WordSet
    act_deny: WordSet
    act_threaten: WordSet
    act_support: WordSet
    act_drop: WordSet
    yield_: WordSet
    keep_up: WordSet
    bring_about: WordSet
    answer: WordSet
    answer_nouns: WordSet
    noun_demand: WordSet
    noun_offer: WordSet
    noun_refusal: WordSet
    noun_acceptance: WordSet
    noun_support: WordSet
    demand_nouns: WordSet
    harm_nouns: WordSet
    harm: WordSet
    violent: WordSet
    harm_future: WordSet
    good: WordSet
    end: WordSet
    go_on: WordSet
    benefit_nouns: WordSet
    meet: WordSet
    belief: WordSet
    press: WordSet
    ready: WordSet
    unready: WordSet
    false: WordSet
    reports: WordSet
    hopeless: WordSet
    stative: WordSet
    speech: WordSet
    tell: WordSet
    hearsay_nouns: WordSet
    keep: WordSet
    attend: WordSet
    ability: WordSet
    cannot_be: WordSet
    cleared: WordSet
    legal_places: WordSet
    deadline_nouns: WordSet
    phrases: Mapping[str, str]
    sayings: Mapping[str, str]


def words_of(lexicon: Lexicon) -> Words:
    """Return the lists of a lexicon."""
    names = [f.name for f in fields(Words) if f.name not in ("phrases", "sayings")]
    return Words(
        **{n: lexicon.words(n.rstrip("_").replace("_", " ")) for n in names},
        phrases=lexicon.meaning("set phrases"),
        sayings=lexicon.meaning("said phrases"),
    )
