"""Why parties would stay at one of very many states, or leave it, in plain English."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from detente.case.model import Case
from detente.dossier.text.aimed import move_phrase
from detente.dossier.words import Words, plural
from detente.english.speech import sentence
from detente.graph.diagrams.ways import Go
from detente.graph.space import Levels
from detente.stability.symbolic import LargeReason


def large_reasons_text(
    case: Case, levels: Levels, better: Sequence[int], reasons: Sequence[LargeReason]
) -> str:
    """Tell who would stay at a state, who would leave it, and why.

    Parameters
    ----------
    better : sequence of int
        For each party how many states it prefers to this one.
    reasons : sequence of LargeReason
        Grouped by concept.
    """
    words = Words(case)
    rows = zip(words.state(levels), better, strict=True)
    lines = ["The state:"]
    lines += [
        f"  {sentence(who)} {doing or words.english.agree([k], 'does nothing', 'do nothing')} "
        f"({words.english.agree([k], 'prefers', 'prefer')} {plural(n, 'state')} to it)"
        for k, ((who, doing), n) in enumerate(rows)
    ]
    blocks = ["\n".join(lines)]
    for concept, group in itertools.groupby(reasons, key=lambda s: s.concept):
        told = list(group)
        holds = "it holds" if all(s.stays for s in told) else "it does not hold"
        head = f"Under {concept.title} ({concept.name}): {holds}."
        blocks.append("\n".join([head, *(line for s in told for line in _told(words, levels, s))]))
    return "\n\n".join(blocks)


def _told(words: Words, levels: Levels, reason: LargeReason) -> Iterator[str]:
    who = sentence(words.party(reason.party))
    stays = words.english.agree([reason.party], "stays", "stay")
    leaves = words.english.agree([reason.party], "leaves", "leave")
    if reason.move is None:
        own = words.english.name(reason.party).its
        yield f"  {who} {stays}: no move of {own} own is better."
        return
    moves = plural(reason.tempting, "tempting move")
    move = move_phrase(words, Go(reason.party, levels, reason.move))
    if not reason.stays:
        yield f"  {who} {leaves}: of {moves}, {reason.unanswered:,} would go unanswered;"
        yield f"    the smallest: {move}."
        return
    yield f"  {who} {stays}: {moves}, each of which would be answered; the smallest: {move};"
    answer = ", then ".join(move_phrase(words, go) for go in reason.answer.moves)
    yield f"    then {answer}." if answer else "    nothing is gained by it."
