"""Who could be meant at a clause, each with the places in grammar from which he comes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, low
from detente.reading.frames.deed import NOBODY, Deed
from detente.reading.frames.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_UP, _BEFORE, _LAST = 4, 12, 4
"""Clauses that are climbed; mentions before the sentence that count; parties told apart of them."""


Heard = Sequence[tuple[int, str]]
"""Characters at which a party is spoken of, in order."""


def options(deed: Deed, scene: Scene, heard: Heard) -> dict[str, set[str]]:
    """Return the parties that could be meant, each with the names of its places.

    Parameters
    ----------
    deed : Deed
        The clause.
    scene : Scene
        Where it stands.
    heard : sequence of (int, str)
        Where the report speaks of parties that the resolver knows.
    """
    found: dict[str, set[str]] = {}
    for party, place in _places(deed, scene, heard):
        if party:
            found.setdefault(party, set()).add(place)
    for party, places in found.items():
        places.add(f"is {scene.world.kind(party, scene.parsed)}")
    return found


def _places(deed: Deed, scene: Scene, heard: Heard) -> Iterator[tuple[str | None, str]]:
    """Yield parties with their places."""
    for k, party in enumerate(deed.doer.parties):
        yield party, f"doer {min(k, 1)}"
    if not deed.doer.parties:
        yield deed.doer.speaker, "doer speaks"
    for k, party in enumerate(deed.voice.parties):
        yield party, f"voice {min(k, 1)}"
    for k, teller in enumerate(deed.by[:3]):
        yield teller.who.party, f"says so {k}"
    yield scene.holder.party, f"holds a {scene.unit.kind}"
    yield scene.world.issuers.get(scene.parsed.name, NOBODY).party, "issued it"
    yield from _below(deed.verb, scene)
    yield from _above(deed.verb, scene)
    for token in kids(deed.verb.sent.root, "nsubj", "nsubjpass"):
        yield scene.party(token), "subject of the sentence"
    yield from _near(deed.verb, scene, heard)
    for k, party in enumerate(scene.world.main[:2]):
        yield party, f"spoken of most {k}"


def _below(verb: Token, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield who stands under the verb: its own words, and subjects and objects a clause below."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "attr"):
            yield scene.party(child), f"own {child.dep_}"
        if child.dep_ in ("prep", "agent"):
            for token in kids(child, "pobj"):
                yield scene.party(token), f"own {child.dep_} {low(child)}"
        for token in kids(child, "poss"):
            yield scene.party(token), f"owner of {child.dep_}"
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            for token in kids(child, "nsubj", "nsubjpass", "dobj"):
                yield scene.party(token), f"{token.dep_} in {child.dep_}"


def _above(verb: Token, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield who stands beside the verbs and nouns above."""
    head = verb
    for k in range(1, _UP + 1):
        if head.head.i == head.i:
            return
        head = head.head
        for child in head.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj", "poss"):
                yield scene.party(child), f"{k} up {child.dep_} {head.pos_}"
            if child.dep_ in ("prep", "agent"):
                for token in kids(child, "pobj"):
                    yield scene.party(token), f"{k} up {low(child)}"


def _near(verb: Token, scene: Scene, heard: Heard) -> Iterator[tuple[str, str]]:
    """Yield who is spoken of in the sentence, and who last before it."""
    where = [at for token in verb.sent if (at := scene.unit.where(token)) >= 0]
    here = scene.unit.where(verb)
    start, end = (min(where), max(where)) if where else (here, here)
    first = bisect_left(heard, (start, ""))
    for at, party in heard[first : bisect_left(heard, (end + 1, ""))]:
        yield party, "before the verb" if at < here else "behind the verb"
    last: list[str] = []
    for _, party in reversed(heard[max(0, first - _BEFORE) : first]):
        if party not in last:
            last.append(party)
            yield party, f"last but {min(len(last), _LAST)}"
