"""Commands that ask the engine: states, stability, explain, inverse."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    case_argument,
    json_option,
    load,
    memory_option,
    print_json,
    progress,
    show,
    show_error,
    show_text,
)
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.verbs.engine import Stability

state_argument = click.argument("state", metavar="[STATE]", default="status_quo")


@click.command("states")
@case_argument
@click.argument("formula", required=False)
@click.option(
    "--list",
    "listed",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="List up to N states one by one, too.",
)
@json_option
@memory_option
def states_command(
    case: str, formula: str | None, listed: int, as_json: bool, max_memory: int | None
) -> None:
    """Show the states that can be, or those where FORMULA holds, in few words.

    Patterns come before any list: a column is a group of states, a dot means that any level of
    the option will do.
    """
    from detente.dossier.documents import engine as documents
    from detente.dossier.tables.states import states_list, states_view
    from detente.verbs import engine

    model = load(case)
    found = engine.states(model, formula, max_memory=max_memory)
    if as_json:
        print_json(documents.states_document(model, found))
        return
    show(states_view(model, found, formula))
    if listed:
        show(states_list(model, found, listed))


@click.command("stability")
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@click.option(
    "--concepts",
    metavar="NAMES",
    help="Solution concepts, separated by commas, or 'all'.  [default: nash,gmr,smr,seq]",
)
@click.option(
    "--coalition", metavar="A+B", help="Ask the concepts over coalitions about these parties alone."
)
@click.option(
    "--from",
    "start",
    metavar="STATE",
    help="Tell how the equilibria come about from here, not from the status quo.",
)
@click.option(
    "--sequences",
    type=click.IntRange(min=0),
    metavar="N",
    help="Tell up to N ways to each equilibrium, also those against somebody's interest.",
)
@click.option("--counts", is_flag=True, help="With --json: numbers in place of lists of states.")
@json_option
@memory_option
def stability_command(
    cases: tuple[str, ...],
    concepts: str | None,
    coalition: str | None,
    start: str | None,
    sequences: int | None,
    counts: bool,
    as_json: bool,
    max_memory: int | None,
) -> int:
    """Tell which states hold, and for whom they do not.

    A state is stable for a party if it has no move worth making; what counts as worth making is
    what the concepts differ in. A state that is stable for everybody is an equilibrium.

    \b
    Over parties:     nash gmr smr seq sseq sim; for two parties nm l1 l2 …;
                      for any number pessimistic1 pessimistic2 …
    Over coalitions:  cnash cgmr csmr cseq
    As in older programs: gmr:once gmr:single, and so smr, seq, sseq

    --json prints one object a line and case. A state is a string with one character for each
    option: N or Y, or the level's number where there are more than two.
    """  # noqa: D301
    if counts and not as_json:
        raise click.UsageError("--counts goes with --json")
    worst = 0
    for source in cases:
        try:
            result = _work_out(source, concepts, coalition, max_memory)
            _show_verdicts(result, start, sequences, counts=counts, as_json=as_json)
        except DetenteError as error:  # the other cases are worked out all the same
            show_error(error)
            worst = 2
            continue
        if not result.complete:
            done = f"{len(result.verdicts)} of {len(result.asked)} verdicts"
            print(f"interrupted: {done} were worked out", file=sys.stderr)
            return 130
    return worst


def _work_out(
    source: str, concepts: str | None, coalition: str | None, max_memory: int | None
) -> Stability:
    from detente.stability import registry
    from detente.verbs import engine

    model = load(source)
    names = registry.choose(concepts, len(model.parties), coalition=coalition is not None)
    with progress(model.name) as advance:
        return engine.stability(
            model, names, coalition=coalition, max_memory=max_memory, on_verdict=advance
        )


def _show_verdicts(
    result: Stability, start: str | None, sequences: int | None, *, counts: bool, as_json: bool
) -> None:
    from detente.dossier.documents import engine as documents
    from detente.dossier.tables.stability import stability_view
    from detente.dossier.text.evolution import evolution_text
    from detente.graph.find import STATUS_QUO
    from detente.verbs import engine

    evolution = None
    everybody = len({task.focal for task in result.asked}) > 1
    if start is None and result.case.status_quo is not None and everybody and not as_json:
        start = STATUS_QUO
    if start is not None and result.complete:
        evolution = engine.evolution(result, start)
    if as_json:
        document = documents.stability_document(result, counts=counts)
        if evolution is not None:
            document["evolution"] = documents.evolution_document(result, evolution)
        print_json(document)
        return
    show(stability_view(result))
    if evolution is not None:
        show_text("\n" + evolution_text(result, evolution, sequences=sequences))


@click.command("explain")
@case_argument
@state_argument
@click.option("--party", metavar="PARTY", help="Only this party, or this coalition: a+b.")
@click.option(
    "--concepts",
    "--concept",
    metavar="NAMES",
    default="seq",
    show_default=True,
    help="Solution concepts, as for stability, separated by commas.",
)
@json_option
@memory_option
def explain_command(
    case: str,
    state: str,
    party: str | None,
    concepts: str,
    as_json: bool,
    max_memory: int | None,
) -> None:
    """Tell why a state holds, or who would leave it and why.

    STATE is 'status_quo', a state's string, or a formula that just one state satisfies, such as
    'ally.talk and north.pledge'.
    """
    from detente.dossier.documents import engine as documents
    from detente.stability import registry
    from detente.verbs import engine

    model = load(case)
    names = registry.choose(concepts, len(model.parties))
    told = engine.explain(model, state, party=party, concepts=names, max_memory=max_memory)
    if as_json:
        print_json(
            documents.explanation_document(model, told.graph, told.state, list(told.reasons))
        )
    else:
        show_text(str(told))


@click.command("inverse")
@case_argument
@state_argument
@click.option(
    "--concept",
    metavar="NAME",
    default="seq",
    show_default=True,
    help="nash, gmr, smr, seq or sseq.",
)
@json_option
@memory_option
def inverse_command(
    case: str, state: str, concept: str, as_json: bool, max_memory: int | None
) -> None:
    """Tell what preferences would make a state hold.

    STATE is 'status_quo', a state's string, or a formula that just one state satisfies.

    For each party: the smallest sets of states that it must not prefer to STATE, the others'
    preferences as they are, and in how many strict rankings that is so.
    """
    from detente.dossier.documents import engine as documents
    from detente.verbs import engine

    model = load(case)
    found = engine.inverse(model, state, concept, max_memory=max_memory)
    if as_json:
        print_json(
            documents.inverse_document(model, found.graph, found.state, concept, found.requirements)
        )
    else:
        show_text(str(found))
