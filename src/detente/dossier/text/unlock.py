"""Changes of mind told in plain English: before, after, and why it holds then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.case import formula as fm
from detente.case.model import Statements
from detente.dossier.formula_words import FormulaWords
from detente.dossier.text.inverse import inverse_text
from detente.dossier.text.reasons import tell
from detente.dossier.words import Words, ordinal, plural
from detente.stability.registry import CONCEPTS
from detente.stability.witness import reason
from detente.wayout.minds import Edit
from detente.wayout.results import Unlock
from detente.wayout.unlock import Answer

SHOWN = 5
SHOWN_STATES = 8


def unlock_text(result: Unlock, *, answers: int = SHOWN) -> str:
    """Tell the least changes of mind after which the target holds.

    Parameters
    ----------
    answers : int
        Changes told one by one; of those that differ only in the priority of the same statement
        one is told.
    """
    goal = FormulaWords(result.case).name(result.target)
    words = Words(result.case, result.graph.space)
    found = result.found
    if found.already:
        n = plural(len(found.already), "state")
        lines = [f"{goal} can hold as things are: {n} of it under {result.concept}."]
        lines += [f"  - {words.state_in_line(s)}" for s in found.already[:SHOWN_STATES]]
        if len(found.already) > SHOWN_STATES:
            lines.append(f"  and {len(found.already) - SHOWN_STATES:,} more")
        return "\n".join(lines)
    lines = [f"As things are, {goal} does not hold under {result.concept}: somebody would leave."]
    lines += _proof(result)
    chosen = one_of_a_kind(found.answers)
    for k, answer in enumerate(chosen[:answers], start=1):
        lines += ["", *_answer(result, words, k, answer)]
    if len(found.answers) > min(answers, len(chosen)):
        shown = min(answers, len(chosen))
        lines += ["", _others(len(found.answers), shown, len(chosen) - shown)]
    if found.answers:
        lines += ["", "Each of these is enough; whether anybody would do it is another question."]
    if result.requirements:
        lines += ["", *_every_preference(result)]
    return "\n".join(lines)


def _proof(result: Unlock) -> Iterator[str]:
    found = result.found
    if found.cost is not None:
        changes = plural(found.cost, "change of mind", "changes of mind")
        yield f"The least that is enough: {changes}."
    elif not found.stopped:
        yield (
            f"No {result.most} or fewer changes of mind are enough: all ways were tried."
            if result.most
            else "No change of mind was to be tried; --cost N says how many may be."
        )
    if found.proved_below > 1 and found.cost is not None:
        fewer = plural(found.proved_below - 1, "change")
        yield f"Fewer are not: all ways to make up to {fewer} were tried."
    if found.stopped:
        why = {
            "count": "There are more answers than are kept.",
            "time": "Time was over; --seconds N gives more.",
            "interrupted": "The search was interrupted.",
        }[found.stopped]
        least = found.proved_below - 1
        yield f"{why} Proved so far: {_proved(least)}"


def _proved(edits: int) -> str:
    if edits <= 0:
        return "nothing but that a change is needed."
    return f"{plural(edits, 'change')} of mind, or fewer, are not enough."


def _answer(result: Unlock, words: Words, number: int, answer: Answer) -> Iterator[str]:
    edits = [_edit(result, edit) for edit in answer.edits]
    yield f"{number}. {'; and '.join(edits)}."
    for party in dict.fromkeys(edit.party for edit in answer.edits):
        yield from _before_and_after(result, party, answer.edits)
    state = answer.states[0]
    more = f" (and {len(answer.states) - 1:,} more)" if len(answer.states) > 1 else ""
    yield f"   Then this holds under {result.concept}{more}: {words.state_in_line(state)}."
    yield "   Why:"
    graph = replace(result.graph, ranks=answer.ranks)
    concept = CONCEPTS[result.concept]
    for party in range(len(graph.parties)):
        because = tell(words, reason(graph, concept, (party,), state, limit=2))
        yield from (f"   {line}" for line in because.split("\n"))


def _edit(result: Unlock, edit: Edit) -> str:
    who = result.case.parties[edit.party].label
    what = FormulaWords(result.case).clause(edit.statement)
    if edit.op == "drop":
        return f"{who} no longer wants that {what} (its {ordinal(edit.was or 0)} wish)"
    place = f"its {ordinal(edit.priority or 0)} wish"
    if edit.op == "move":
        return f"{who} makes it {place} that {what} (it was its {ordinal(edit.was or 0)})"
    return f"{who} comes to want, as {place}, that {what}"


def _before_and_after(result: Unlock, party: int, edits: Sequence[Edit]) -> Iterator[str]:
    """Yield a party's wishes before and after, as far down as something changed."""
    wants = result.case.parties[party].preferences
    if not isinstance(wants, Statements):
        yield "   What it ranked before stays in its order below that."
        return
    words = FormulaWords(result.case)
    before = [s.formula for s in wants.statements]
    after = list(before)
    deepest = 0
    for edit in (e for e in edits if e.party == party):
        if edit.was is not None:
            after.pop(edit.was - 1)
        if edit.priority is not None:
            after.insert(edit.priority - 1, edit.statement)
        deepest = max(deepest, edit.was or 0, edit.priority or 0)
    who = result.case.parties[party].label
    yield f"   {who} before: {_wishes(words, before, deepest)}"
    yield f"   {who} after:  {_wishes(words, after, deepest)}"


def _wishes(words: FormulaWords, formulas: Sequence[fm.Formula], deepest: int) -> str:
    told = formulas[: deepest + 1]
    shown = [f"({k}) {words.clause(f)}" for k, f in enumerate(told, start=1)]
    more = [f"and {len(formulas) - len(told)} more"] if len(formulas) > len(told) else []
    return "; ".join([*shown, *more]) if shown else "nothing"


def one_of_a_kind(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers that differ in more than priorities: of each kind the mildest."""
    kinds: dict[object, Answer] = {}
    for answer in sorted(answers, key=_severity):
        kinds.setdefault(tuple((e.party, e.op, e.statement) for e in answer.edits), answer)
    return sorted(kinds.values(), key=_severity)


def _severity(answer: Answer) -> tuple[int, ...]:
    """Return what answers are sorted by: few parties, dropped or moved before new, and low down."""
    rank = {"move": 0, "drop": 1, "add": 2}
    return (
        len({e.party for e in answer.edits}),
        sum(rank[e.op] for e in answer.edits),
        sum(abs((e.was or 0) - (e.priority or 0)) for e in answer.edits if e.op == "move"),
        -sum(e.priority or 0 for e in answer.edits if e.op == "add"),
    )


def _others(total: int, shown: int, kinds_left: int) -> str:
    text = f"{total:,} changes of that cost are enough, {shown} of them told here"
    if kinds_left:
        return f"{text}; --limit {shown + kinds_left} tells one of each kind."
    return f"{text}; the others put the same statements at other priorities."


def _every_preference(result: Unlock) -> list[str]:
    head = "The target is one single state. All preferences that would make it hold:"
    told = inverse_text(
        result.case, result.graph, result.single, result.concept, result.requirements
    )
    return [head, told]
