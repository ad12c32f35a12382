"""Fit how far stretches and rules are to be believed, on the sets that the tagger has not seen.

    python tools/train_weigh.py [--bars]

Needs scikit-learn (``pip install scikit-learn``), which nothing else here does, and the trained
tagger. Writes ``learned/belief.json``; with --bars it also prints what each bar would give, each
set weighed by what the others teach.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learnt_sets import HELD, Gold, LearntSet, Marked, sets
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from detente.reading.analysis.parser import analysed
from detente.reading.frames.read import drafts
from detente.reading.learned import belief as kept
from detente.reading.learned.belief import Traits
from detente.reading.learned.candidates import Candidate
from detente.reading.learned.tagger import tagger
from detente.reading.learned.weigh import Weighing, weighing
from detente.reading.lexicon import load
from detente.reading.plain import plain
from detente.reading.reader import reader
from detente.reading.report import Report
from detente.reading.who.world import World

SOFTNESS, FOLDS = 0.3, 5
"""How freely weights may grow; parts of the sets for --bars."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Case:
    """A candidate with what its author marked in the same words."""

    fold: int
    traits: Traits
    right: bool
    party: list[tuple[Traits, bool]]
    target: list[tuple[Traits, bool]]
    gold: tuple[int, ...]
    kind: str


def cases(one: LearntSet, fold: int) -> Iterator[Case]:
    """Yield the candidates of a set's reports."""
    rules, marks = reader(load(None)), tagger()
    assert marks is not None, "the encoder is not installed"
    shown = [plain(Report(r.name, r.name, r.text, "")) for r in one.reports]
    parsed = analysed([text.plain for text in shown])
    world = World(parsed, frozenset(), (), rules.lexicon)
    for marked, known in zip(one.reports, parsed, strict=True):
        pairs = drafts(known, world, rules.words)
        all_ = weighing(pairs, known, world, rules.words, marks)
        for candidate in all_.candidates:
            yield _case(candidate, all_, marked, one, fold)


def _case(one: Candidate, all_: Weighing, marked: Marked, of: LearntSet, fold: int) -> Case:
    gold = [g for g in marked.gold if _alike(one.kind, g) and _meets(one, g, marked.text)]
    party = {g.party for g in gold}
    whom = {to for g in gold for to in g.to}

    def told(to: str, right: set[str]) -> list[tuple[Traits, bool]]:
        found = all_.choices(one, to) if right else {}
        return [(traits, of.who(name) in right) for name, traits in found.items()]

    numbers = tuple(hash((of.name, marked.name, g.words, g.party)) for g in gold)
    return Case(
        fold, one.traits, bool(gold), told("party", party), told("target", whom), numbers, one.kind
    )


def _alike(kind: str, gold: Gold) -> bool:
    kinds = set(gold.kinds)
    if kinds & {"demand", "condition"}:
        kinds |= {"demand", "condition"}
    return kind in kinds or (kind == "refusal" and "silence" in kinds)


def _meets(one: Candidate, gold: Gold, text: str) -> bool:
    """Tell whether half of the marked words are covered, or only marked words."""
    spans = [s for t in one.words for s in one.unit.spans(t.idx, t.idx + len(t))]
    mine = _numbers(text, [(s.start, s.end) for s in spans])
    at = text.find(gold.words)
    while at >= 0:
        marked = _numbers(text, [(at, at + len(gold.words))])
        if mine and (2 * len(marked & mine) >= len(marked) or mine <= marked):
            return True
        at = text.find(gold.words, at + 1)
    return False


def _numbers(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    words = [m.span() for m in _WORD.finditer(text)]
    return {n for n, (a, b) in enumerate(words) for s, e in spans if a < e and b > s}


def fitted(rows: Sequence[tuple[Traits, bool]]) -> dict[str, float]:
    """Return the weights of a regression of whether rows are right on their traits."""
    names = DictVectorizer()
    x = names.fit_transform([traits for traits, _ in rows])
    found = LogisticRegression(C=SOFTNESS, max_iter=500, fit_intercept=False)
    found.fit(x, [right for _, right in rows])
    pairs = zip(names.get_feature_names_out(), found.coef_[0], strict=True)
    return {name: round(float(w), 4) for name, w in pairs if abs(w) >= 1e-4}


TABLES: dict[str, Callable[[Case], list[tuple[Traits, bool]]]] = {
    "claim": lambda case: [(case.traits, case.right)],
    "party": lambda case: case.party,
    "target": lambda case: case.target,
}


def bars(rows: Sequence[Case], total: int) -> None:
    """Print what each bar would give."""
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        known = fitted([(c.traits, c.right) for c in rows if c.fold != fold])
        for k, case in enumerate(rows):
            if case.fold == fold:
                sure[k] = sum(known.get(n, 0.0) * x for n, x in case.traits.items())
    sure = 1 / (1 + np.exp(-sure))
    for bar in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        made = [case for case, p in zip(rows, sure, strict=True) if p >= bar]
        found = {number for case in made for number in case.gold}
        positions = [case for case in made if case.kind != "event"]
        right = sum(case.right for case in positions) / max(1, len(positions))
        print(f"bar {bar}: found {len(found) / total:.3f}, right {right:.3f}, {len(made)} claims")


def main() -> None:
    """Fit and write the file."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--bars", action="store_true")
    told = asked.parse_args()
    held = list(sets(HELD))
    rows = [case for k, one in enumerate(held) for case in cases(one, k % FOLDS)]
    made = {name: fitted([x for c in rows for x in of(c)]) for name, of in TABLES.items()}
    file = Path(kept.__file__).parent / kept.OWN
    file.write_text(json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    if told.bars:
        bars(rows, sum(len(r.gold) for one in held for r in one.reports))


if __name__ == "__main__":
    main()
