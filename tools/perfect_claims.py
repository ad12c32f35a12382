"""Tell what drafting makes of perfect claims, and how much of it each fault of reading costs.

    python tools/perfect_claims.py [SET…] [--sides] [--details]
        [--read [--mend FAULT …] | --spoil FAULT=SHARE …]

A set is a folder with reports and a gold.json, or a file of benchmarks/learnt; without one those
of first_sight and turns that have been read. Claims are made of the positions that its author
marked, as ``detente read`` makes them of the same words: by the rule that knows the clause where
there is one, else as the tagger's are. ``--spoil`` makes a share of them, from 0 to 1, wrong;
``--read`` drafts from what is read instead, and ``--mend`` makes that right. The faults:

    missed   a claim is not there             party   it is somebody else's
    target   nobody is named whom it asks     kind    it is of another kind
    deed     its words are cut wrongly, so that no deed can be seen (mend: as of the marked words)
    extra    (mend) nobody marked it          events  (mend) nobody marked that deed
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from learnt_sets import Gold, LearntSet, Marked, of_folder, read, read_before

from detente.case.model import Basis, Case, Statements
from detente.drafting.build import Built, build
from detente.drafting.sidesfile import NOTHING, Told
from detente.questions.deadlock import deadlock
from detente.reading.actors import PartyNames
from detente.reading.acts import Act, with_acts
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.analysis.parser import analysed
from detente.reading.analysis.places import Places
from detente.reading.claims import Claim, Kind, with_ids
from detente.reading.frames.draft import Draft
from detente.reading.frames.read import drafts, scenes
from detente.reading.frames.scene import Scene
from detente.reading.ingest import find_reports
from detente.reading.learned.tagger import tagger
from detente.reading.lexicon import load
from detente.reading.paragraphs import Span
from detente.reading.pile import Settings, pile_reports, scan
from detente.reading.plain import Plain, plain
from detente.reading.positions import position
from detente.reading.reader import Reader, reader, tell
from detente.reading.records import ReportRecord, SentenceRecord
from detente.reading.replies import linked
from detente.reading.statements import said
from detente.reading.who.world import World
from detente.reading.worth import sentences

if TYPE_CHECKING:
    from spacy.tokens import Token

FAULTS = ("missed", "party", "target", "kind", "deed", "extra", "events")
CONFUSED = {
    "condition": "demand",
    "demand": "offer",
    "offer": "demand",
    "refusal": "event",
    "silence": "event",
    "threat": "event",
    "acceptance": "offer",
    "concession": "offer",
    "pressure": "threat",
}
"""What a claim of a kind is likely to be taken for."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Pile:
    """The reports of a set, with what its author marked and with what is read in them.

    Parameters
    ----------
    of : LearntSet
        The set.
    records : tuple of ReportRecord
        Its reports.
    texts : dict of str to str
        Report to its characters.
    perfect : tuple of (Gold, Claim)
        What an author marked, and the claim that is made of it.
    found : tuple of Claim
        What is read; empty where that was not asked.
    marked : tuple of SentenceRecord
        The sentences, those worth reading by the perfect claims.
    """

    of: LearntSet
    records: tuple[ReportRecord, ...]
    texts: Mapping[str, str]
    perfect: tuple[tuple[Gold, Claim], ...]
    found: tuple[Claim, ...]
    marked: tuple[SentenceRecord, ...]

    @cached_property
    def gold(self) -> tuple[tuple[str, Gold], ...]:
        """All that an author marked, each with its report."""
        return tuple((report.name, gold) for report in self.of.reports for gold in report.gold)


def known(of: LearntSet) -> tuple[PartyNames, ...]:
    """Return the parties of a set with their other names."""
    return tuple(PartyNames(names[0], names[0], names[1:]) for names in of.parties)


def piled(of: LearntSet, read_too: bool = False, sides: bool = False) -> Pile:
    """Return a set with its claims.

    Parameters
    ----------
    of : LearntSet
        The set.
    read_too : bool
        Whether it is read, too.
    sides : bool
        Whether the reader is told who is who, as it is for perfect claims.
    """
    with tempfile.TemporaryDirectory() as folder:
        for report in of.reports:
            (Path(folder) / f"{report.name}.txt").write_text(report.text, "utf-8")
        pile = scan(find_reports([Path(folder)]), Settings(), lambda *_: None)
        reports = pile_reports(pile, Settings())
    shown = [plain(report) for report in reports]
    parsed = analysed([text.plain for text in shown])
    rules = reader(load(None), known(of))
    world = World(parsed, frozenset(), rules.parties, rules.lexicon)
    perfect: list[tuple[Gold, Claim]] = []
    marked: list[SentenceRecord] = []
    by_name = {report.name: report for report in of.reports}
    for one, text in zip(parsed, shown, strict=True):
        made = _Maker(one, text, world, rules).claims(by_name[one.name])
        perfect += made
        spans = [s for _, c in made for s in c.content]
        for record in sentences(one, world, rules.words, spans, None):
            span = text.traced.given(Span(*record.span))
            marked.append(replace(record, span=(span.start, span.end)))
    found: list[Claim] = []
    if read_too:
        rules = reader(load(None), rules.parties if sides else (), tagger())
        world = World(parsed, frozenset(), rules.parties, rules.lexicon)
        for one, text in zip(parsed, shown, strict=True):
            found += tell(one, text, world, rules).claims
    texts = {report.id: report.text for report in reports}
    return Pile(of, pile.records, texts, tuple(perfect), tuple(found), tuple(marked))


class _Maker:
    """Makes claims of what is marked in a report."""

    def __init__(self, parsed: Parsed, text: Plain, world: World, rules: Reader) -> None:
        self.parsed, self.text = parsed, text
        self.ruled = drafts(parsed, world, rules.words)
        self.scenes = {s.unit.number: s for s in scenes(parsed, world, rules.words)}
        self.said = said(parsed, world, Places(parsed), rules.lexicon, rules.g)

    def claims(self, marked: Marked) -> list[tuple[Gold, Claim]]:
        """Return what is marked, each with its claim, in the order of the text."""
        found = []
        for gold in marked.gold:
            unit, tokens = self._where(gold.words)
            if unit is not None:
                draft = self._draft(gold, unit, tokens, self.scenes[unit.number])
                claim = position(self.parsed, unit, draft, self.said)
                if claim is not None:
                    found.append((gold, self.text.given(claim)))
        found.sort(key=lambda pair: pair[1].content[0].start)
        claims = with_ids(marked.name, linked([claim for _, claim in found]))
        return [(gold, claim) for (gold, _), claim in zip(found, claims, strict=True)]

    def _where(self, words: str) -> tuple[Unit | None, list[Token]]:
        """Return the unit that has most of some words, and its tokens of them."""
        best: tuple[Unit | None, list[Token]] = (None, [])
        for start, end in _spans(self.parsed.text, words):
            for scene in self.scenes.values():
                inside = [
                    t
                    for t in scene.unit.doc or ()
                    if not (t.is_space or t.is_punct) and start <= scene.unit.where(t) < end
                ]
                if len(inside) > len(best[1]):
                    best = (scene.unit, inside)
        return best

    def _draft(self, gold: Gold, unit: Unit, tokens: list[Token], scene: Scene) -> Draft:
        """Return what is marked as the rule has it that knows the clause, else as the tagger."""
        there, purpose = self._where(gold.purpose)
        purpose = purpose if there is unit else []
        for of, rule in self.ruled:
            if of is unit and _same(rule, gold, tokens):
                target = rule.target if rule.target in gold.to else next(iter(gold.to), "")
                held = rule.purpose or (tuple(purpose) if rule.kind == "condition" else ())
                rule = replace(rule, party=gold.party, target=target, purpose=held)
                return with_acts(rule, scene)
        verbs = [t for t in tokens if t.pos_ in ("VERB", "AUX") and "aux" not in t.dep_]
        head = min(verbs or tokens, key=lambda t: (sum(1 for _ in t.ancestors), t.i))
        target = next(iter(gold.to), "")
        kind = cast(Kind, gold.kinds[0])
        made = Draft(kind, gold.party, "", target, tuple(tokens), (head,), tuple(purpose), "learnt")
        return with_acts(made, scene)


def _same(rule: Draft, gold: Gold, tokens: Sequence[Token]) -> bool:
    """Tell whether a rule found what is marked."""
    mine, its = {t.i for t in rule.content}, {t.i for t in tokens}
    return _of_kind(rule.kind, gold) and 2 * len(mine & its) >= min(len(mine), len(its))


# --- faults -------------------------------------------------------------------------------------


def spoiled(pile: Pile, shares: Mapping[str, float], rng: random.Random) -> list[Claim]:
    """Return perfect claims of which shares are wrong in one respect each."""
    names = [names[0] for names in pile.of.parties]
    return [
        claim
        for _, one in pile.perfect
        for claim in _spoiled(
            one, {f for f in FAULTS if rng.random() < shares.get(f, 0)}, names, rng
        )
    ]


def _spoiled(
    claim: Claim, faults: Collection[str], names: Sequence[str], rng: random.Random
) -> Iterator[Claim]:
    if "missed" in faults:
        return
    if "party" in faults:
        claim = replace(claim, party=rng.choice([n for n in names if n != claim.party]))
    if "target" in faults:
        claim = replace(claim, target=None)
    if "kind" in faults and claim.kind in CONFUSED:
        claim = replace(claim, kind=CONFUSED[claim.kind])
    if "deed" in faults:
        claim = replace(claim, act=None, bound=None)
    yield claim


def mended(pile: Pile, faults: Collection[str]) -> list[Claim]:
    """Return what was read, made right in some respects."""
    made: list[Claim] = []
    met: set[int] = set()
    for claim in pile.found:
        alike = [k for k, (g, c) in enumerate(pile.perfect) if _is(claim, g, c.report, pile)]
        own = [k for k in alike if pile.perfect[k][0].party == pile.of.who(claim.party)]
        kinds = [k for k in own or alike if _of_kind(claim.kind, pile.perfect[k][0])]
        at = next(iter(kinds or own or alike), None)
        if at is None:
            loose = "events" if claim.kind == "event" else "extra"
            if claim.kind == "statement" or loose not in faults:
                made.append(claim)
            continue
        gold, perfect = pile.perfect[at]
        if kinds:
            met.add(at)
        elif "kind" in faults and at not in met:
            met.add(at)
            claim = replace(claim, kind=perfect.kind)
        if "party" in faults:
            claim = replace(claim, party=gold.party)
        if "target" in faults:
            claim = replace(claim, target=perfect.target)
        if "deed" in faults and kinds:
            claim = replace(claim, act=perfect.act, bound=perfect.bound)
        made.append(claim)
    if "missed" in faults:
        made += [claim for k, (_, claim) in enumerate(pile.perfect) if k not in met]
    order = {record.report: k for k, record in enumerate(pile.records)}
    return sorted(made, key=lambda c: (order[c.report], c.content[0].start))


def _of_kind(kind: str, gold: Gold) -> bool:
    kinds = set(gold.kinds)
    if kinds & {"demand", "condition"}:
        kinds |= {"demand", "condition"}
    return kind in kinds or (kind == "refusal" and "silence" in kinds)


def _is(claim: Claim, gold: Gold, report: str, pile: Pile) -> bool:
    """Tell whether a claim stands in the words of a position."""
    text = pile.texts[claim.report]
    if report != claim.report or claim.kind == "statement":
        return False
    mine = _numbers(text, [(s.start, s.end) for s in claim.content])
    return any(_meet(place, mine) for place in _places(text, gold.words))


# --- what came of it ----------------------------------------------------------------------------


def _numbers(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Return the numbers of the words that some characters touch."""
    words = [m.span() for m in _WORD.finditer(text)]
    return {n for start, end in spans for n, (a, b) in enumerate(words) if a < end and b > start}


def _spans(text: str, words: str) -> list[tuple[int, int]]:
    """Return where some words stand, whatever spaces are between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [m.span() for m in re.finditer(pattern, text)] if pattern else []


def _places(text: str, words: str) -> list[set[int]]:
    """Return where some words stand, as numbers of words."""
    return [_numbers(text, [span]) for span in _spans(text, words)]


def _meet(gold: set[int], mine: set[int]) -> bool:
    """Tell whether half of the marked words are covered, or only marked words."""
    return bool(gold and mine) and (2 * len(gold & mine) >= len(gold) or mine <= gold)


def drafted(pile: Pile, claims: Sequence[Claim], told: Told) -> Built:
    """Return the draft of some claims."""
    return build(pile.records, claims, pile.marked, lambda r: pile.texts[r], load(None), "", told)


def score(pile: Pile, built: Built) -> tuple[Counter[str], list[str]]:
    """Return what of a draft is right, and what is not in words."""
    found: Counter[str] = Counter()
    log: list[str] = []
    who = _parties(pile, built.case, found, log)
    if pile.of.talks:
        found["all talks"] += 1
        at = {who.get(name, name) for name in built.case.talks}
        found["talks"] += at in map(set, pile.of.talks)
        found["no talks"] += not at
        if at not in map(set, pile.of.talks):
            log.append(f"talks {sorted(map(str, at))}, should be {pile.of.talks}")
    in_lines: set[str] = set()
    rests: dict[str, set[str]] = {}
    for kind, ident, party, basis in _lines(built.case):
        found["all lines"] += 1
        gold = _rests_on(pile, basis, who.get(party, ""))
        found["lines"] += bool(gold)
        if not gold:
            log.append(f"line on nothing marked: {kind} {party} {[c.quote for c in basis.cite]}")
        rests[ident] = {g.id for g in gold}
        said = ("condition", "refusal")
        in_lines |= {g.id for g in gold if kind in said or not set(g.kinds[:1]) & set(said)}
    members = {m for group in pile.of.deadlock for m in group}
    found["all members"] += len(members)
    found["members"] += len(members & in_lines)
    for gold, claim in pile.perfect:
        if gold.id in members - in_lines:
            act, bound = claim.act, claim.bound
            log.append(
                f"member not in a line: {gold.id} {claim.kind} {gold.party} -> {gold.to}"
                f" {gold.words!r} | {gold.purpose!r} | by {claim.rule!r}"
                f"\n      act {_short(act)}\n      bound {_short(bound)}"
            )
    lost = members - in_lines - {g.id for g, _ in pile.perfect}
    log += [f"member without a claim: {m}" for m in sorted(lost)]
    if pile.of.deadlock:
        said_aloud = built.case.conditions or built.case.refusals
        asked = built.case.target is not None and said_aloud
        knots = deadlock(built.case).knots if asked else ()
        joins = [k for k in knots if any(_apart(g, tuple(k), rests) for g in pile.of.deadlock)]
        found["all knots"] += 1
        found["knots"] += bool(joins)
    return found, log


def _short(act: Act | None) -> str:
    return f"{act.agent!r}: {'not ' * act.denied}{act.phrase!r} [{act.fault}]" if act else "none"


def _apart(group: Sequence[str], knot: Sequence[str], rests: Mapping[str, set[str]]) -> bool:
    """Tell whether each of a group is a line of its own in a knot."""
    if not group:
        return True
    return any(
        group[0] in rests.get(one, ()) and _apart(group[1:], [k for k in knot if k != one], rests)
        for one in knot
    )


def _parties(pile: Pile, case: Case, found: Counter[str], log: list[str]) -> dict[str, str]:
    """Count the parties of a draft; return each that somebody is, by its name in formulas."""
    who: dict[str, str] = {}
    for party in case.parties:
        named = map(pile.of.who, (party.label, *party.aliases))
        one = next((name for name in named if name), None)
        if one is None or one in who.values():
            found["wrong"] += 1
            log.append(f"party wrong: {party.label}")
        else:
            found["right" if one in pile.of.main else "lesser"] += 1
        if one is not None:
            who[party.name] = one
    missed = [name for name in pile.of.main if name not in who.values()]
    found["missed"] += len(missed)
    log += [f"party missed: {name}" for name in missed]
    return who


def _lines(case: Case) -> Iterator[tuple[str, str, str, Basis]]:
    for condition in case.conditions:
        yield "condition", condition.id, condition.party, condition.basis or Basis()
    for refusal in case.refusals:
        yield "refusal", refusal.id, refusal.party, refusal.basis or Basis()
    for party in case.parties:
        if isinstance(party.preferences, Statements):
            for k, wish in enumerate(party.preferences.statements):
                yield "wish", f"{party.name} {k}", party.name, wish.basis or Basis()


def _rests_on(pile: Pile, basis: Basis, party: str) -> list[Gold]:
    """Return the positions of a party that the words of a line stand in."""
    return [
        gold
        for cite in basis.cite
        for report, gold in pile.gold
        if report == cite.report and gold.party == party
        for mine in _places(pile.texts[cite.report], cite.quote)
        if any(_meet(place, mine) for place in _places(pile.texts[cite.report], gold.words))
        or any(
            _meet(place, mine) and len(mine) < 2 * len(place)
            for place in _places(pile.texts[cite.report], gold.purpose)
        )
    ]


def row(found: Mapping[str, int]) -> str:
    """Return what came of some drafts, in a line."""
    shares = ", ".join(
        f"{name} {found[name]}/{found[f'all {name}']}" for name in ("talks", "members", "knots")
    )
    share = 100 * found["lines"] / max(1, found["all lines"])
    return (
        f"parties {found['right']} right {found['wrong']} wrong {found['missed']} missed"
        f" ({found['lesser']} lesser), {shares} ({found['no talks']} without talks),"
        f" lines {found['lines']}/{found['all lines']} ({share:.0f} %)"
    )


def _told(of: LearntSet) -> Told:
    return Told(known(of), of.talks[0] if of.talks else ())


def _share(text: str) -> tuple[str, float]:
    fault, _, share = text.partition("=")
    if fault not in FAULTS:
        raise argparse.ArgumentTypeError(f"no fault is called {fault}")
    return fault, float(share or 1)


def main() -> None:
    """Draft the sets and print what came of it."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("sets", nargs="*", type=Path)
    asked.add_argument("--sides", action="store_true", help="say who is who, and who sits down")
    asked.add_argument("--read", action="store_true", help="draft from what is read")
    asked.add_argument("--mend", nargs="*", default=(), choices=FAULTS)
    asked.add_argument("--spoil", nargs="*", default=(), type=_share, metavar="FAULT=SHARE")
    asked.add_argument("--details", action="store_true", help="tell what is not right")
    told = asked.parse_args()
    total: Counter[str] = Counter()
    for of in [of_folder(p) if p.is_dir() else read(p) for p in told.sets] or read_before():
        pile = piled(of, told.read, told.sides)
        claims: Sequence[Claim] = [claim for _, claim in pile.perfect]
        if told.read:
            claims = mended(pile, told.mend)
        elif told.spoil:
            claims = spoiled(pile, dict(told.spoil), random.Random(of.name))
        found, log = score(pile, drafted(pile, claims, _told(of) if told.sides else NOTHING))
        print(f"{of.name}: {row(found)}", *(log if told.details else ()), sep="\n    ", flush=True)
        total += found
    print(f"all: {row(total)}")


if __name__ == "__main__":
    main()
