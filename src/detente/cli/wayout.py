"""Commands for the way out: deadlock, unlock, path, broker, whatif, diff."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from detente.cli.common import (
    case_argument,
    concept_option,
    joint_option,
    json_option,
    load,
    memory_option,
    print_json,
    progress,
    show,
    show_text,
    target_option,
    write_text,
)


@click.command("deadlock")
@case_argument
@target_option
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="Concessions to show; all of least cost are shown in any case.",
)
@click.option(
    "--knots", type=click.IntRange(min=1), default=12, show_default=True, help="Knots to tell."
)
@click.option(
    "--max-knots",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="Knots to look for.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    default=10,
    show_default=True,
    help="Stop looking for more after this time.",
)
@json_option
def deadlock_command(
    case: str,
    target: str | None,
    limit: int,
    knots: int,
    max_knots: int,
    seconds: float,
    as_json: bool,
) -> int:
    """Tell why a target does not happen, and what must give.

    A knot is a smallest set of things said (conditions and refusals) that cannot hold together
    with the target. A concession is a smallest set of them that, given up, lets it happen; each
    comes with its cost, who bears it, and the nearest state in which the target then holds.
    """
    from detente.dossier.documents.wayout import deadlock_document
    from detente.dossier.text.deadlock import deadlock_text
    from detente.verbs import wayout

    found = wayout.deadlock(
        load(case), target, limit=limit, max_knots=max(knots, max_knots), seconds=seconds
    )
    if as_json:
        print_json(deadlock_document(found))
    else:
        show_text(deadlock_text(found, knots=knots))
    return _interrupted("interrupted" in found.stopped, "what was found before is shown")


@click.command("unlock")
@case_argument
@target_option
@click.option(
    "--concept",
    default="seq",
    show_default=True,
    metavar="NAME",
    help="nash, gmr, smr, seq or sseq.",
)
@click.option(
    "--cost",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="Try up to so many changes of mind.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    metavar="N",
    help="Answers to tell; --json prints all.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    help="Stop after this time and say what is proved.",
)
@json_option
@memory_option
def unlock_command(
    case: str,
    target: str | None,
    concept: str,
    cost: int,
    limit: int,
    seconds: float,
    as_json: bool,
    max_memory: int | None,
) -> int:
    """Tell the least change of mind after which a target holds.

    If a state of the target is an equilibrium already, it is shown. Otherwise wishes are dropped,
    moved to another priority, or put in (an outcome, or an option at some level), one more at a
    time, until a state of the target is an equilibrium. All ways of each cost are tried before
    any dearer one.
    """
    from detente.dossier.documents.wayout import unlock_document
    from detente.dossier.text.unlock import unlock_text
    from detente.verbs import wayout

    model = load(case)
    with progress("trying changes of mind") as advance:
        result = wayout.unlock(
            model,
            target,
            concept,
            cost=cost,
            seconds=seconds,
            max_memory=max_memory,
            on_progress=advance,
        )
    if as_json:
        print_json(unlock_document(result))
    else:
        show_text(unlock_text(result, answers=limit))
    return _interrupted(result.found.stopped == "interrupted", "what is proved so far is shown")


@click.command("path")
@case_argument
@target_option
@click.option(
    "--from",
    "start",
    default="status_quo",
    show_default=True,
    metavar="STATE",
    help="Where to begin: a formula, or a state's string.",
)
@joint_option
@click.option(
    "--hold", metavar="CONCEPT", help="The end must be an equilibrium under this concept."
)
@click.option(
    "--svg", type=click.Path(path_type=Path), metavar="FILE", help="Draw the path into this file."
)
@json_option
@memory_option
def path_command(
    case: str,
    target: str | None,
    start: str,
    joint: int,
    hold: str | None,
    svg: Path | None,
    as_json: bool,
    max_memory: int | None,
) -> None:
    """Tell how to get to a target with the least exposure.

    A step is a move of one party, or several moving together. After a step a mover is exposed by
    what it stands to lose against today if one of the others pockets the step and does what is
    best for itself. The best path has the least largest exposure; then it breaks the least firm
    words (conditions and refusals that are kept today); then it has the fewest steps in which a
    mover yields, the fewest joint steps, the fewest steps.
    """
    from detente.dossier.documents.wayout import path_document
    from detente.dossier.drawings.path import path_drawing
    from detente.dossier.text.path import path_text
    from detente.verbs import wayout

    result = wayout.path(load(case), target, start, joint=joint, hold=hold, max_memory=max_memory)
    if svg is not None:
        write_text(svg, path_drawing(result) + "\n")
    if as_json:
        print_json(path_document(result))
    else:
        show_text(path_text(result))


@click.command("broker")
@case_argument
@target_option
@concept_option
@joint_option
@json_option
@memory_option
def broker_command(
    case: str,
    target: str | None,
    concept: str,
    joint: int,
    as_json: bool,
    max_memory: int | None,
) -> int:
    """Tell what third parties could do for a target.

    For each party that the target does not mention, and each of its options: which knots its use
    dissolves, what the cheapest concession costs then, what the best path risks, and whether a
    state of the target holds. The most helpful first.
    """
    from detente.case.formula import to_text
    from detente.dossier.documents.wayout import broker_document
    from detente.dossier.tables.broker import broker_view
    from detente.verbs import wayout

    model = load(case)
    with progress("trying options") as advance:
        found = wayout.broker(
            model, target, concept, joint=joint, max_memory=max_memory, on_progress=advance
        )
    formula = wayout.read_target(model, target)
    if as_json:
        print_json(broker_document(found, to_text(formula)))
    else:
        show(broker_view(found, formula))
    return _interrupted(not found.complete, "the options tried before are shown")


@click.command("whatif")
@case_argument
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FORMULA",
    help="Holds from now on; may be given several times. 'not c1' takes condition c1 back.",
)
@click.option("--drop", multiple=True, metavar="ID", help="Take a condition or refusal back.")
@target_option
@click.option("--concepts", metavar="NAMES", help="Solution concepts.  [default: nash,gmr,smr,seq]")
@joint_option
@json_option
@memory_option
def whatif_command(
    case: str,
    given: tuple[str, ...],
    drop: tuple[str, ...],
    target: str | None,
    concepts: str | None,
    joint: int,
    as_json: bool,
    max_memory: int | None,
) -> None:
    """Tell what changes if something is taken as given.

    Only differences are shown: equilibria gained and lost, knots dissolved and new, the cost of a
    concession, what the best path risks.
    """
    from detente.dossier.documents.wayout import comparison_document
    from detente.dossier.text.whatif import whatif_text
    from detente.stability import registry
    from detente.verbs import wayout

    model = load(case)
    found = wayout.whatif(
        model,
        given,
        drop=drop,
        target=target,
        concepts=registry.choose(concepts, len(model.parties)),
        joint=joint,
        max_memory=max_memory,
    )
    if as_json:
        print_json(comparison_document(found) | {"set": list(given), "drop": list(drop)})
    else:
        show_text(whatif_text(found, given, drop))


@click.command("diff")
@click.argument("before", metavar="CASE_A")
@click.argument("after", metavar="CASE_B")
@target_option
@click.option("--concepts", metavar="NAMES", help="Solution concepts.  [default: nash,gmr,smr,seq]")
@joint_option
@json_option
@memory_option
def diff_command(
    before: str,
    after: str,
    target: str | None,
    concepts: str | None,
    joint: int,
    as_json: bool,
    max_memory: int | None,
) -> None:
    """Tell what changed between two cases of one stand-off.

    First what is written otherwise: parties, options, wishes, conditions and refusals. Then what
    follows: equilibria gained and lost, knots dissolved and new, cost and risk.
    """
    from detente.dossier.documents.wayout import comparison_document
    from detente.dossier.text.diff import diff_text
    from detente.stability import registry
    from detente.verbs import wayout

    old, new = load(before), load(after)
    found = wayout.diff(
        old,
        new,
        target=target,
        concepts=registry.choose(concepts, len(new.parties)),
        joint=joint,
        max_memory=max_memory,
    )
    if as_json:
        print_json(comparison_document(found))
    else:
        show_text(diff_text(found))


def _interrupted(was: bool, kept: str) -> int:
    """Return the exit code, and say on standard error that an answer is not whole."""
    if was:
        print(f"interrupted: {kept}", file=sys.stderr)
        return 130
    return 0
