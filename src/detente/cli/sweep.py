"""The command sweep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from detente.cli.common import (
    case_argument,
    json_option,
    load,
    print_json,
    progress,
    show,
    show_text,
    write_text,
)
from detente.cli.risk import misstep_option, shares, tempo_option


@click.command("sweep")
@case_argument
@click.option(
    "--vary",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="What is uncertain (see the documentation).",
)
@click.option("--samples", type=click.IntRange(min=1), required=True, help="Cases to draw.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Processes on this machine.  [default: one for each core]",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Use this Dask cluster, such as tcp://host:8786."
)
@click.option("--concepts", default="nash,seq", show_default=True, metavar="NAMES")
@click.option("--target", metavar="FORMULA", help="For deadlock.  [default: talks]")
@click.option("--danger", metavar="FORMULA", help="Where the slide ends badly.  [default: war]")
@click.option("--goal", metavar="FORMULA", help="Where it ends well.  [default: talks]")
@misstep_option
@tempo_option
@click.option("--behaviour", metavar="WHAT", help="As for 'detente risk'.")
@click.option(
    "--results",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the records here.  [default: sweep-CASE-….jsonl in this folder]",
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the drawing here, too.",
)
@json_option
def sweep_command(
    case: str,
    concepts: str,
    missteps: tuple[tuple[str, float], ...],
    tempos: tuple[tuple[str, float], ...],
    results: Path | None,
    svg: Path | None,
    as_json: bool,
    **asked: Any,
) -> int:
    """Tell how often each result holds among cases drawn from what is uncertain.

    The records are kept in a file, batch by batch: a sweep that was stopped goes on where it was
    when the same command is given again, and one with more samples goes on from there. The same
    seed gives the same bytes, however many workers there are.
    """
    from detente.dossier.tables import sweep as sweep_view
    from detente.verbs.sweep import named_results, sweep

    model = load(case)
    names = [name.strip() for name in concepts.split(",")]
    rates: dict[str, Any] = {
        "misstep": shares(missteps, "--misstep"),
        "tempo": shares(tempos, "--tempo"),
    }
    path = results or named_results(model, concepts=names, **asked, **rates)
    with progress(model.name) as advance:
        found = sweep(model, concepts=names, results=path, on_batch=advance, **asked, **rates)
    if svg is not None:
        from detente.dossier.drawings.sweep import sweep_svg

        write_text(svg, sweep_svg(model, found.task, found.tally))
    if as_json:
        print_json(sweep_view.sweep_document(model, found.task, found.tally))
    elif found.tally.cases:
        show(sweep_view.sweep_tables(model, found.task, found.tally))
        show_text("\n".join(["", *sweep_view.danger_lines(found.task, found.tally)]))
    print(f"records in {path}", file=sys.stderr)
    if not found.complete:
        done = f"{found.tally.cases:,} of {found.asked:,} cases"
        print(f"interrupted: {done} are done; the same command goes on", file=sys.stderr)
        return 130
    return 0
