"""What a report may say: the rules' claims and the tagger's stretches, brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

import numpy as np

from detente.reading.analysis.model import Unit
from detente.reading.frames.draft import Draft
from detente.reading.frames.scene import Scene
from detente.reading.learned.belief import Traits
from detente.reading.learned.options import Heard, options
from detente.reading.learned.tagger import KINDS, Placed, Stretch, Tagged, Tagger

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALIKE = (frozenset(["demand", "condition"]), frozenset(["refusal", "silence"]))
"""Kinds between which the rule decides, as it knows the clause."""
_LONG, _SHORT = 30, 3
"""Pieces from which a stretch is only long, and up to which it is short."""
_PURPOSE, _REACH = 0.5, 60
"""Probability from which a piece tells what for, and how many pieces away from its condition."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """Words of a report that may be a claim.

    Parameters
    ----------
    kind : str
        Of the claim.
    unit : Unit
        Where the words stand.
    words : tuple of Token
        Those that carry it.
    drafts : tuple of Draft
        The rules' claims of this kind in these words; empty where only the tagger found it.
    pieces : tuple of int
        The first and the last of its pieces, last exclusive.
    traits : dict
        What is weighed.
    purpose : tuple of Token
        For a condition: what would be done then.
    """

    kind: str
    unit: Unit
    words: tuple[Token, ...]
    drafts: tuple[Draft, ...]
    pieces: tuple[int, int]
    traits: Traits = field(default_factory=dict)
    purpose: tuple[Token, ...] = ()

    @cached_property
    def head(self) -> Token:
        """The word that carries the others: a verb if there is one, as high up as there is."""
        verbs = [t for t in self.words if t.pos_ in ("VERB", "AUX") and "aux" not in t.dep_]
        return min(verbs or self.words, key=lambda t: (sum(1 for _ in t.ancestors), t.i))


def candidates(
    pairs: Sequence[tuple[Unit, Draft]], units: Sequence[Unit], tagged: Tagged
) -> list[Candidate]:
    """Return what a report may say, the tagger's stretches first, each with its traits."""
    at = _by_character(units)
    places = [tagged.within(_spans(unit, draft.content)) for unit, draft in pairs]
    found: list[Candidate] = []
    by_piece: dict[int, list[int]] = {}
    for k, place in enumerate(places):
        for n in place:
            by_piece.setdefault(int(n), []).append(k)
    settled: set[int] = set()
    crossed: set[int] = set()
    for stretch in tagged.stretches():
        words = _words(at, stretch.start, stretch.end)
        if not words:
            continue
        unit = words[0][0]
        common = Counter(k for n in range(stretch.first, stretch.last) for k in by_piece.get(n, ()))
        size = stretch.last - stretch.first
        near = [k for k in sorted(common) if 2 * common[k] >= min(size, len(places[k]))]
        crossed.update(near)
        kinds = [pairs[k][1].kind for k in near]
        for kind in stretch.able:
            same = [k for k in near if _alike(pairs[k][1].kind, kind)]
            settled.update(same)
            found.append(
                Candidate(
                    kind,
                    unit,
                    tuple(token for _, token in words),
                    tuple(pairs[k][1] for k in same if pairs[k][0] is unit),
                    (stretch.first, stretch.last),
                    _of_stretch(stretch, kind, kinds, bool(same)),
                    _purpose(at, stretch, tagged, unit) if kind == "condition" else (),
                )
            )
    for k, (unit, draft) in enumerate(pairs):
        if k not in settled and len(places[k]):
            traits = _of_rule(draft, places[k], tagged, k in crossed)
            span = (int(places[k][0]), int(places[k][-1]) + 1)
            found.append(Candidate(draft.kind, unit, draft.content, (draft,), span, traits))
    return found


def _by_character(units: Sequence[Unit]) -> Mapping[int, tuple[Unit, Token]]:
    """Return the words of a report by their first character; headlines repeat what stands below."""
    return {
        unit.where(token): (unit, token)
        for unit in units
        if unit.kind != "title"
        for token in unit.doc or ()
        if not token.is_space and unit.where(token) >= 0
    }


def _words(at: Mapping[int, tuple[Unit, Token]], start: int, end: int) -> list[tuple[Unit, Token]]:
    """Return the words between two characters, of the one unit that has most of them."""
    here = [at[n] for n in range(start, end) if n in at and not at[n][1].is_punct]
    if not here:
        return []
    units = [unit for unit, _ in here]
    most = max(units, key=units.count)
    return [(unit, token) for unit, token in here if unit is most]


def _spans(unit: Unit, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for t in tokens for s in unit.spans(t.idx, t.idx + len(t))]


def _alike(one: str, other: str) -> bool:
    return one == other or {one, other} in _ALIKE


def _purpose(
    at: Mapping[int, tuple[Unit, Token]], stretch: Stretch, tagged: Tagged, unit: Unit
) -> tuple[Token, ...]:
    """Return the words near a condition that tell what would be done then."""
    low, high = max(0, stretch.first - _REACH), min(len(tagged.pieces), stretch.last + _REACH)
    told = [
        n
        for n in range(low, high)
        if tagged.purpose[n] > _PURPOSE and not stretch.first <= n < stretch.last
    ]
    if not told:
        return ()
    start, end = tagged.pieces[told[0]].start, tagged.pieces[told[-1]].end
    return tuple(token for u, token in _words(at, start, end) if u is unit)


def _of_stretch(stretch: Stretch, kind: str, rules: Sequence[str], same: bool) -> Traits:
    """Return what is weighed of a stretch as a kind, with those that rules see in its words."""
    own = float(stretch.kinds[KINDS.index(kind)])
    size = stretch.last - stretch.first
    traits = {
        "stretch": 1.0,
        "sure": stretch.sure,
        "log odds": log(stretch.sure / (1.0001 - stretch.sure)),
        "peak": stretch.peak,
        "floor": stretch.floor,
        "its share": own,
        "rest": stretch.sure - own,
        "not the likeliest kind": float(kind != stretch.able[0]),
        "length": min(_LONG, size) / 10,
        "short": float(size <= _SHORT),
        f"kind {kind}": 1.0,
        "a rule agrees": float(same),
        "a rule differs": float(bool(rules) and not same),
        f"a rule agrees on {kind}": float(same),
    }
    return traits | {f"a rule says {other}, not {kind}": 1.0 for other in rules}


def _of_rule(
    draft: Draft, place: Sequence[int] | np.ndarray, tagged: Tagged, crossed: bool
) -> Traits:
    """Return what is weighed of a rule's claim that no stretch of its kind supports."""
    odds = tagged.odds[np.asarray(place)]
    kind = KINDS.index(draft.kind) if draft.kind in KINDS else 0
    return {
        "rule": 1.0,
        f"rule's {draft.kind}": 1.0,
        f"rule {draft.rule}": 1.0,
        "support": float(1 - odds[:, 0].mean()),
        "best support": float(1 - odds[:, 0].min()),
        "support for its kind": float(odds[:, [1 + 2 * kind, 2 + 2 * kind]].sum(1).mean()),
        "other stretch": float(crossed),
    }


def around(one: Candidate, scene: Scene, tagger: Tagger, tagged: Tagged, spoken: Placed) -> Traits:
    """Return what is weighed of a candidate's clause, and of whether it is somebody's."""
    deed = scene.deed(one.head)
    odds, none = tagger.pointed(tagged, *one.pieces, spoken, "party")
    marks = {
        f"in a {one.unit.kind}": True,
        f"clause {deed.clause.mood}": True,
        f"tense {deed.clause.tense}": True,
        "modal": bool(deed.modal),
        "negated": deed.negated,
        f"negated {one.kind}": deed.negated,
        "spoken": deed.spoken,
        f"spoken {one.kind}": deed.spoken,
        "told by somebody": bool(deed.by),
        "of somebody known": deed.known,
        "whose is known": bool(deed.doer.parties),
    }
    told = {name: 1.0 for name, here in marks.items() if here}
    return told | {"likeliest share": max(odds.values(), default=0.0), "share of nobody": none}


def choices(
    one: Candidate,
    to: str,
    scene: Scene,
    tagger: Tagger,
    tagged: Tagged,
    spoken: Placed,
    heard: Heard,
) -> dict[str, Traits]:
    """Return who could be meant, each with what is weighed; ``to`` as in ``Tagger.pointed``."""
    odds, none = tagger.pointed(tagged, *one.pieces, spoken, to)
    grammar = options(scene.deed(one.head), scene, heard)
    ranks = {party: k for k, party in enumerate(sorted(odds, key=lambda p: (-odds[p], p)))}
    manner: dict[str, set[str]] = {}
    for mention in spoken.near(one.pieces[0]).mentions:
        manner.setdefault(mention.party, set()).add(mention.kind)
    drafts = one.drafts
    told = (drafts[0].party if to == "party" else drafts[0].target) if drafts else None
    able = odds.keys() | grammar.keys() | ({told} if told else set())
    found = {}
    for party in sorted(able):
        share = odds.get(party, 0.0)
        traits = {
            "is one": 1.0,
            "log share": log(share + 1e-3),
            "share": share,
            f"rank {min(ranks.get(party, 9), 3)}": 1.0,
            "share of none": none,
            "choices": len(able) / 10,
            "often": log(1 + spoken.often[party]),
        }
        traits |= {f"as {kind}": 1.0 for kind in manner.get(party, ())}
        for place in grammar.get(party, ()):
            traits |= {place: 1.0, f"{place} of {one.kind}": 0.5}
        if told is not None:
            traits["the rule's" if told == party else "not the rule's"] = 1.0
            if told == party:
                traits[f"told by {drafts[0].rule}"] = 1.0
        found[party] = traits
    return found
