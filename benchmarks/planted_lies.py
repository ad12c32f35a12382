"""How many planted lies a model's proposals get past the guard: 10,000, made of reports of ours.

    python benchmarks/planted_lies.py            # some minutes
    python benchmarks/planted_lies.py 500

Reports are those of every 27th set of benchmarks/learnt. What an author marked is proposed as it
is, and then made false in one way: a digit altered, a "not" dropped, words of another report, words
across paragraphs, one word put for another, the party swapped for another of the report; and a
quotation that begins behind its "not" is passed off as something. Each report is parsed once, and
every proposal goes through the guard that ``detente read --model`` has.
"""

from __future__ import annotations

import importlib.util
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.reading.actors import PartyNames
from detente.reading.analysis.parser import analysed
from detente.reading.claims import KINDS, Claim
from detente.reading.lexicon import load
from detente.reading.model.guard import DROPPED, Ground, ground, judged
from detente.reading.model.prompt import Passage, passages
from detente.reading.paragraphs import paragraphs
from detente.reading.plain import plain
from detente.reading.reader import reader
from detente.reading.report import Report
from detente.reading.who.world import World

EVERY = 27
"""One set in so many is taken."""
WORDING = ("digit", "not", "report", "across", "word")
"""Lies in the words of a quotation."""
CHANGED = (*WORDING, "behind")
"""Those that must not get in, unless the report's own "not" comes with them."""
LIES = (*CHANGED, "party")
"""All, those of the words first; ``behind`` begins behind a "not" that is in the sentence."""
PASSED_OFF = tuple(kind for kind in KINDS if kind != "statement")
"""As what words around a "not" are passed off."""

_NOT = re.compile(r"\b(?:not|never|no|cannot)\b|n[’']t\b")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A report with what its author marked, and what the guard sees of it."""

    ground: Ground
    passages: tuple[Passage, ...]
    marks: tuple[Any, ...]
    names: dict[str, str]
    beside: str

    @property
    def text(self) -> str:
        return self.ground.parsed.text

    def judge(self, row: dict[str, Any]) -> Claim | str:
        """Return what becomes of a proposal in the passage that it is about."""
        at = self.text.find(row["at"])
        about = next((p for p in self.passages if p.span.start <= at < p.span.end), None)
        return judged(row, about or self.passages[0], self.ground)


def papers(every: int = EVERY, most: int | None = None) -> Iterator[Paper]:
    """Yield reports, parsed once each, set by set."""
    rules = reader(load(None))
    for one in list(_learnt_sets().sets())[::every][:most]:
        shown = [plain(Report(r.name, f"{r.name}.txt", r.text, "")).plain for r in one.reports]
        parsed = analysed(shown)
        world = World(parsed, frozenset(), _sides(one), rules.lexicon)
        for number, (marked, report) in enumerate(zip(one.reports, parsed, strict=True)):
            found = tuple(passages(report.name, paragraphs(report.text)))
            others = " ".join(r.text for k, r in enumerate(parsed) if k != number)
            names = _named(one, report.text)
            yield Paper(ground(report, world, rules.words), found, marked.gold, names, others)


def _learnt_sets() -> Any:
    """Return the module that reads the sets."""
    file = Path(__file__).parents[1] / "tools" / "learnt_sets.py"
    spec = importlib.util.spec_from_file_location("learnt_sets", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _as_written(one: Any, text: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a set that stand in a text, as it writes them, each with its party."""
    for folded, party in one.names.items():
        there = [m[0] for m in re.finditer(rf"\b{re.escape(folded)}\b", text, re.IGNORECASE)]
        if there:
            yield min(there, key=str.isupper), party


def _sides(one: Any) -> list[PartyNames]:
    """Return the parties of a set with their names, as a case would tell them."""
    also: dict[str, list[str]] = {}
    for name, party in _as_written(one, "\n".join(r.text for r in one.reports)):
        also.setdefault(party, []).append(name)
    return [PartyNames(party, party, tuple(names)) for party, names in also.items()]


def _named(one: Any, text: str) -> dict[str, str]:
    """Return each party of a set by the first of its names that a report has."""
    found: dict[str, str] = {}
    for name, party in _as_written(one, text):
        if name[:1].isupper():
            found.setdefault(party, name)
    return found


def proposal(quote: str, kind: str, party: str, at: str, purpose: str = "") -> dict[str, Any]:
    """Return a row as a model would answer it; ``at`` is where in the report it is about."""
    row = {"quote": quote, "kind": kind, "party": party, "speaker": None, "target": None}
    return {**row, "for": purpose or None, "at": at}


def truths(paper: Paper) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what an author marked, as a proposal, and whose it is."""
    for mark in paper.marks:
        if mark.party in paper.names and mark.words in paper.text and len(mark.words.split()) > 2:
            party = paper.names[mark.party]
            yield (
                proposal(mark.words, mark.kinds[0], party, mark.words, mark.purpose),
                mark.party,
            )


# --- lies ---------------------------------------------------------------------------------------

Lie = Callable[[random.Random, Paper, dict[str, Any], str], dict[str, Any] | None]


def _digit(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    quote = row["quote"]
    digits = [k for k, char in enumerate(quote) if char.isdigit()]
    if not digits:
        return None
    k = rng.choice(digits)
    other = rng.choice([d for d in "123456789" if d != quote[k]])
    return _worded(paper, row, quote[:k] + other + quote[k + 1 :])


def _not(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    found = _around_not(rng, paper)
    if found is None:
        return None
    before, behind = found
    about = {**row, "kind": rng.choice(PASSED_OFF), "at": behind}
    return _worded(paper, about, " ".join([before, behind]))


def _behind(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    found = _around_not(rng, paper)
    if found is None:
        return None
    return {**row, "quote": found[1], "at": found[1], "kind": rng.choice(PASSED_OFF), "for": None}


def _around_not(rng: random.Random, paper: Paper) -> tuple[str, str] | None:
    """Return some words before and behind a "not", all of one line."""
    places = list(_NOT.finditer(paper.text))
    if not places:
        return None
    place = rng.choice(places)
    before = paper.text[: place.start()].rpartition("\n")[2].split()[-rng.randint(1, 5) :]
    behind = paper.text[place.end() :].partition("\n")[0].split()[: rng.randint(3, 9)]
    ends = next((k for k, word in enumerate(behind) if word[-1] in '.!?”"'), len(behind))
    behind = behind[: ends + 1]
    return (" ".join(before), " ".join(behind)) if before and len(behind) > 2 else None


def _report(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    words = paper.beside.split()
    start = rng.randrange(max(1, len(words) - 12))
    return _worded(paper, row, " ".join(words[start : start + rng.randint(4, 12)]))


def _across(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    parts = [p.split() for p in paper.text.split("\n\n") if p.split()]
    if len(parts) < 2:
        return None
    k = rng.randrange(len(parts) - 1)
    words = [*parts[k][-rng.randint(2, 6) :], *parts[k + 1][: rng.randint(2, 6)]]
    return {**row, "quote": " ".join(words), "at": parts[k][-1]}


def _word(rng: random.Random, paper: Paper, row: dict[str, Any], _: str) -> dict[str, Any] | None:
    own = list(_WORD.finditer(row["quote"]))
    if not own:
        return None
    gone = rng.choice(own)
    other = rng.choice(_WORD.findall(paper.text))
    return _worded(paper, row, row["quote"][: gone.start()] + other + row["quote"][gone.end() :])


def _worded(paper: Paper, row: dict[str, Any], quote: str) -> dict[str, Any] | None:
    """Return a proposal in other words; None where these stand in the report, so are no lie."""
    plainly = " ".join(paper.text.split())
    return None if " ".join(quote.split()) in plainly else {**row, "quote": quote}


def _party(
    rng: random.Random, paper: Paper, row: dict[str, Any], whose: str
) -> dict[str, Any] | None:
    also = {m.party for m in paper.marks if m.words == row["quote"]}
    others = [name for party, name in paper.names.items() if party not in {whose, *also}]
    return {**row, "party": rng.choice(others)} if others else None


MAKERS: dict[str, Lie] = {
    "digit": _digit,
    "not": _not,
    "report": _report,
    "across": _across,
    "word": _word,
    "behind": _behind,
    "party": _party,
}


@dataclass(frozen=True, slots=True)
class Fate:
    """A lie and what became of it."""

    lie: str
    row: dict[str, Any]
    fate: Claim | str

    @property
    def told(self) -> str:
        """In a word: why it was dropped, or how it got in."""
        if isinstance(self.fate, str):
            return self.fate
        if self.lie in ("not", "behind") and _NOT.search(self.fate.text):
            return "with its not"
        return "kept" if self.fate.shown else "not shown"


def lied(known: Sequence[Paper], count: int, seed: int = 1) -> Iterator[Fate]:
    """Yield so many lies with their fates, each kind as often as the others.

    A lie is made of what gets in as its author marked it.
    """
    rng = random.Random(seed)
    good = [
        (paper, row, whose)
        for paper in known
        for row, whose in truths(paper)
        if isinstance(paper.judge(row), Claim)
    ]
    made = 0
    while made < count:
        paper, row, whose = rng.choice(good)
        kind = LIES[made % len(LIES)]
        lie = MAKERS[kind](rng, paper, row, whose)
        if lie is not None:
            made += 1
            yield Fate(kind, lie, paper.judge(lie))


def main() -> int:
    """Print what became of truths and lies; end with 1 if a lie of wording got in."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    begun = time.process_time()
    known = list(papers())
    print(f"{len(known)} reports, parsed in {time.process_time() - begun:.0f} s of processor time")
    told = Counter(
        fate if isinstance(fate, str) else "kept" if fate.shown else "not shown"
        for paper in known
        for row, _ in truths(paper)
        for fate in [paper.judge(row)]
    )
    print(_line("as marked", told))
    fates = list(lied(known, count))
    for kind in LIES:
        those = [one for one in fates if one.lie == kind]
        different = len({tuple(one.row.items()) for one in those})
        print(_line(f"{kind}, {different:,} different", Counter(one.told for one in those)))
    print(f"{time.process_time() - begun:.0f} s of processor time")
    return int(any(one.lie in CHANGED and one.told in ("kept", "not shown") for one in fates))


def _line(name: str, told: Counter[str]) -> str:
    rows = "; ".join(f"{DROPPED.get(why, why)}: {n:,}" for why, n in told.most_common())
    return f"{told.total():,} {name} ({rows})"


if __name__ == "__main__":
    sys.exit(main())
