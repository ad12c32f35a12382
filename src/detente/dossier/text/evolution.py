"""How states come about from the status quo, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.words import Words, listing, plural
from detente.graph.paths import Paths
from detente.stability.analysis import Verdicts
from detente.stability.statusquo import Destination, Evolution

DEFAULT_SEQUENCES = 2


def evolution_text(result: Verdicts, evolution: Evolution, *, sequences: int | None = None) -> str:
    """Tell which equilibria the parties can, and would, bring about.

    Parameters
    ----------
    sequences : int, optional
        Sequences told for each equilibrium. Where it is not given: two of improvements, and of
        the equilibria that cannot be reached so, the number alone.
    """
    words = Words(result.case, result.graph.space)
    lines = [f"How these come about from here ({words.state_in_line(evolution.start)})"]
    sections: dict[str, list[Destination]] = {
        "Where things stand:": [],
        "Reached if everybody moves only to its own advantage:": [],
        "Reached only if somebody moves against its own advantage:": [],
        "Out of reach, whatever the parties do:": [],
    }
    titles = list(sections)
    for destination in evolution.destinations:
        sections[titles[_kind(destination)]].append(destination)
    for kind, (title, destinations) in enumerate(sections.items()):
        if not destinations:
            continue
        if kind > 1 and sequences is None:
            lines += ["", f"{title} {len(destinations):,}; --sequences 1 tells which and how."]
            continue
        lines += ["", title]
        for destination in destinations:
            lines += _destination(words, result, destination, sequences)
    if evolution.left_out:
        lines += [
            "",
            f"and {plural(evolution.left_out, 'further equilibrium', 'further equilibria')}",
        ]
    return "\n".join(lines)


def _kind(destination: Destination) -> int:
    if destination.by_moves.length == 0:
        return 0
    if destination.by_improvements.length is not None:
        return 1
    return 2 if destination.by_moves.length is not None else 3


def _destination(
    words: Words, result: Verdicts, destination: Destination, sequences: int | None
) -> Iterator[str]:
    under = [
        c.name for c in result.concepts if result.equilibria(c.name).states.flat[destination.state]
    ]
    state = words.state_in_line(destination.state)
    kind = _kind(destination)
    willing = kind == 1
    paths = destination.by_improvements if willing else destination.by_moves
    far = f"; {_distance(paths, 'improvement' if willing else 'move')}" if kind in (1, 2) else ""
    yield f"  - {state} (holds under {listing(under)}){far}"
    shown = DEFAULT_SEQUENCES if sequences is None else sequences
    if kind in (1, 2):
        for steps in paths.sequences[:shown]:
            yield f"      {words.sequence(steps)}"
        if shown and (len(paths.sequences) > shown or not paths.complete):
            yield "      and other orders of as many moves"


def _distance(paths: Paths, unit: str) -> str:
    ways = len(paths.sequences)
    several = f", in {ways:,}{'' if paths.complete else ' or more'} ways" if ways > 1 else ""
    return f"{plural(paths.length or 0, unit)} away{several}"
