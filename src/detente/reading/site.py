"""A cue in a sentence: where it stands, and whose words it brings."""

from __future__ import annotations

from dataclasses import dataclass

from detente.reading.lexicon import Verb
from detente.reading.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Site:
    """One cue in a sentence; all numbers are units of the sentence, ends exclusive.

    Parameters
    ----------
    at : int
        The cue word itself.
    begin, end : int
        The cue with its auxiliaries and adverbs.
    kind : str
        ``finite``, ``participle``, ``passive``, ``prompt`` ("asked about …,"), ``infinitive``,
        ``inverted``, ``noun`` or ``according``.
    source : (int, int), optional
        The words that name the source.
    shared : bool
        The source is the subject of an earlier verb.
    clause : int
        Where the clause of this cue begins, with its conjunction.
    verb : Verb, optional
        None for "according to" and for nouns.
    """

    at: int
    begin: int
    end: int
    kind: str
    source: tuple[int, int] | None
    shared: bool
    clause: int
    verb: Verb | None


def clause_start(s: Sentence, i: int) -> int:
    """Return where the clause that begins at unit ``i`` begins with its conjunction and comma."""
    while i > 0 and s.low[i - 1] in CLAUSE_OPENERS:
        i -= 1
    return i


CLAUSE_OPENERS = frozenset(
    [
        ",",
        ";",
        "—",
        "–",
        "-",
        "and",
        "but",
        "while",
        "though",
        "although",
        "as",
        "when",
        "after",
        "because",
    ]
)
