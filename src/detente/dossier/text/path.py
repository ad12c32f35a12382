"""A path into the target told step by step: who moves, what each mover risks, where it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente.dossier.formula_words import FormulaWords
from detente.dossier.words import Words, change_phrase, listing, place, plural
from detente.wayout.choreography import Path as Steps
from detente.wayout.results import End, Path, taking_back, words_broken
from detente.wayout.steps import PathStep


def path_text(result: Path) -> str:
    """Tell the best path, the others as good, and where they end."""
    goal = FormulaWords(result.case).name(result.target)
    words = Words(result.case, result.graph.space)
    found = result.found
    start = words.state_in_line(found.start)
    holding = f" and holds under {result.hold}" if result.hold else ""
    if not found.paths:
        return "\n".join(_no_path(result, words, f"{goal}{holding}"))
    best = found.paths[0]
    if not best.steps:
        return "\n".join([f"{goal}{holding} is so already: {start}.", *_end(result, words, 0)])
    lines = [f"The way to {goal}{holding} from here ({start}):", ""]
    lines += _summary(result, best)
    lines += ["", *_steps(result, words, best)]
    lines += ["", *_simultaneity(result, best)]
    lines += ["", *_end(result, words, 0)]
    for k, other in enumerate(found.paths[1:], start=1):
        lines += ["", f"Another way, as good in every respect ({k + 1}):"]
        lines += _taken_back(result, other)
        lines += _steps(result, words, other)
        lines += _end(result, words, k)
    if found.more:
        lines += ["", "There are more ways as good as these."]
    return "\n".join(lines)


def _no_path(result: Path, words: Words, goal: str) -> Iterator[str]:
    if not result.goals:
        yield f"No feasible state is {goal}, so no path can lead there."
        return
    together = f"up to {result.joint} parties moving together" if result.joint > 1 else "alone"
    yield f"No path leads to {goal}, whatever the parties do, {together}."
    nearest = result.found.nearest
    if nearest == result.found.start:
        yield "No state within reach is nearer to it than the one now."
    else:
        yield f"The nearest they can come: {words.state_in_line(nearest)}."


def _summary(result: Path, best: Steps) -> Iterator[str]:
    steps = plural(len(best.steps), "step")
    joint = f", {best.joint_steps} of them together" if best.joint_steps else ""
    if len(best.steps) == best.joint_steps == 1:
        joint = ", taken together"
    if best.exposure:
        yield (
            f"{steps}{joint}. At worst a party that moves stands to lose "
            f"{share(best.exposure)} against today; no path risks less."
        )
    else:
        yield f"{steps}{joint}. No party that moves risks anything against today."
    yield from _taken_back(result, best)
    if best.breaks:
        yield f"No way of that exposure takes back less (firmness {best.cost:,} in all)."
    yielding = [(k, s) for k, s in enumerate(best.steps, start=1) if s.yields]
    if not yielding and not best.breaks:
        yield "Nobody has to yield: no step is a step down for anybody who takes it."
    if not yielding:
        return
    number, step = yielding[0]
    who = listing([result.case.parties[p].label for p in step.yields])
    later = f"; {plural(len(yielding), 'step')} of that kind in all" if len(yielding) > 1 else ""
    yield f"The first to yield: {who}, in step {number}{later}."


def _taken_back(result: Path, best: Steps) -> Iterator[str]:
    """Yield which words the way breaks, party by party."""
    broken = words_broken(result, best)
    if not broken:
        return
    formulas = FormulaWords(result.case)
    for i in taking_back(result, best):
        party = result.case.parties[i]
        mine = [formulas.said(said) for said in broken if said.party == party.name]
        yield f"{party.label} takes back what it said in public:"
        yield from (f"  - {word}" for word in mine)


def _steps(result: Path, words: Words, path: Steps) -> Iterator[str]:
    for number, step in enumerate(path.steps, start=1):
        told = [change_of(result, words, step, mover) for mover in step.movers]
        if len(told) == 1:
            yield f"  {number}. {told[0]}."
        else:
            yield f"  {number}. Together, announced as one:"
            yield from (f"     - {change}" for change in told)
        yield from (f"     {line}" for line in _risk(words, step))
        yield from (f"     {line}" for line in _broken_by(result, step))


def change_of(result: Path, words: Words, step: PathStep, mover: int) -> str:
    """Say what one mover changes in a step: ``North takes up “Freeze”``."""
    old, new = words.levels(step.source), words.levels(step.target)
    party = words.everybody[mover]
    own = [axis for axis, (owner, _) in enumerate(result.case.options) if owner is party]
    changed = [
        change_phrase(result.case.options[axis][1], old[axis], new[axis])
        for axis in own
        if old[axis] != new[axis]
    ]
    return f"{party.label} {listing(changed)}"


def _risk(words: Words, step: PathStep) -> Iterator[str]:
    """Yield what each mover risks in a step, and whether it is a step down for it."""
    risky = [(m, x) for m, x in zip(step.movers, step.exposure, strict=True) if x]
    safe = [m for m in step.movers if m not in dict(risky)]
    pocketed = "If it ends here, or another party turns it to its own advantage"
    if safe and len(safe) == len(step.movers):
        it = "it is" if len(safe) == 1 else "they are"
        yield f"{pocketed}, {it} no worse off than today."
    elif safe:
        yield f"{pocketed}, {words.parties(safe)} {_be(safe)} no worse off than today."
    for mover, exposure in risky:
        yield f"{pocketed}, {words.party(mover)} stands to lose {share(exposure)} against today."
    if step.yields:
        verb = "yields" if len(step.yields) == 1 else "yield"
        yield f"{words.parties(step.yields)} {verb}: it is a step down."


def _broken_by(result: Path, step: PathStep) -> Iterator[str]:
    """Yield whose words a step breaks."""
    said = {one.id: one.party for one in words_broken(result, Steps((step,)))}
    for party in result.case.parties:
        n = sum(said[name] == party.name for name in step.breaks)
        if n:
            yield f"{party.label} takes back {plural(n, 'word')} with it."


def _be(members: Sequence[int]) -> str:
    return "is" if len(members) == 1 else "are"


def _simultaneity(result: Path, best: Steps) -> Iterator[str]:
    """Say where moving together is needed, and what it saves."""
    joint = [str(k) for k, step in enumerate(best.steps, start=1) if len(step.movers) > 1]
    without = result.found.without_joint
    if not joint:
        yield "Nobody has to move together with others."
        return
    number = f"Step {joint[0]} has" if len(joint) == 1 else f"Steps {listing(joint)} have"
    if without is None:
        yield f"{number} to be taken at the same moment: one by one, no path leads there at all."
    elif without > best.exposure:
        yield (
            f"{number} to be taken at the same moment: one by one, somebody would stand to lose "
            f"{share(without)} against today."
        )
    else:
        yield (
            f"{number} better taken at the same moment: one by one nobody would risk more, but "
            "firmer words would have to be taken back, or more steps down would be needed."
        )


def _end(result: Path, words: Words, number: int) -> Iterator[str]:
    end = result.ends[number]
    yield f"There: {words.state_in_line(end.state)}."
    yield f"  {_holding(end)}"
    moved = {
        words.party(party): (today, then, party) for party, (today, then) in enumerate(end.levels)
    }
    better = [w for w, (today, then, _) in moved.items() if then > today]
    worse = [w for w, (today, then, _) in moved.items() if then < today]
    for title, group in (("Better", better), ("Worse", worse)):
        for who in group:
            today, then, party = moved[who]
            places = f"{_place(result, party, today)} today, {_place(result, party, then)} then"
            yield f"  {title} off than today: {who} ({places})."
    same = [w for w in moved if w not in better and w not in worse]
    if same:
        yield f"  As well off as today: {listing(same)}."


def _holding(end: End) -> str:
    if not end.under:
        return "It does not hold under any concept: somebody would leave it."
    return f"It holds under {listing(end.under)}."


def _place(result: Path, party: int, level: Fraction) -> str:
    """Say a level as a place: ``its 2nd best of 7``."""
    ranks = result.graph.ranks[party]
    classes = int(ranks[result.graph.feasible].max()) + 1
    return place(round((1 - level) * (classes - 1)), classes)


def share(part: Fraction) -> str:
    """Say a part of a party's scale: ``38% of its scale, from worst to best``."""
    return f"{percent_of(part)} of its scale"


def percent_of(part: Fraction) -> str:
    """Return a part of one as a percentage, never rounded to nothing."""
    percent = float(part) * 100
    return "less than 1%" if 0 < percent < 1 else f"{percent:.0f}%"
