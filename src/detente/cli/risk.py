"""The command risk, and the export to model checkers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import (
    case_argument,
    json_option,
    load,
    memory_option,
    print_json,
    progress,
    show,
    show_text,
    write_text,
)
from detente.errors import CaseError, DetenteError

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.verbs.risk import Risk


class Share(click.ParamType[tuple[str, float]]):
    """A number for all parties, or ``party=number``."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """Return the party, or ``all``, and the number."""
        if isinstance(value, tuple):
            return value
        party, sign, text = str(value).rpartition("=")
        try:
            return (party.strip() if sign else "all"), float(text)
        except ValueError:
            self.fail(f"'{value}' is no number; write 0.02 or party=0.1", param, ctx)


def shares(given: tuple[tuple[str, float], ...], option: str) -> dict[str, float] | None:
    """Return what was given by party; None if nothing was.

    Raises
    ------
    CaseError
        If a party was given twice.
    """
    names = [name for name, _ in given]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{option} is given twice for '{name}'; keep one")
    return dict(given) or None


misstep_option = click.option(
    "--misstep",
    "missteps",
    type=Share(),
    multiple=True,
    metavar="[PARTY=]RATE",
    help="How often a party errs, from 0 to 1; for all or for one.  [default: 0.02]",
)
tempo_option = click.option(
    "--tempo",
    "tempos",
    type=Share(),
    multiple=True,
    metavar="[PARTY=]NUMBER",
    help="How often a party moves, relative to the others.  [default: 1]",
)


@click.command("risk")
@case_argument
@click.option("--danger", metavar="FORMULA", help="Where the slide ends badly.  [default: war]")
@click.option("--goal", metavar="FORMULA", help="Where it ends well.  [default: talks]")
@misstep_option
@tempo_option
@click.option(
    "--behaviour",
    metavar="WHAT",
    help="What parties do otherwise: improve, softmax or cautious.  [default: improve]",
)
@click.option("--temperature", type=float, help="Of softmax, in ranks.  [default: 1]")
@click.option("--concept", metavar="NAME", help="Of cautious: it looks ahead so.  [default: seq]")
@click.option("--ticks", type=click.IntRange(min=0), default=100, show_default=True)
@click.option(
    "--what-if",
    "what_ifs",
    metavar="FORMULA",
    multiple=True,
    help="Force this to hold; repeatable.",
)
@click.option("--ways", type=click.IntRange(min=0), default=5, show_default=True)
@click.option(
    "--rates",
    type=click.IntRange(min=0),
    metavar="N",
    help="Points of the curve over misstep rates.  [default: 13, and 0 for large chains]",
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the drawings into this folder, too.",
)
@json_option
@memory_option
def risk_command(
    case: str,
    missteps: tuple[tuple[str, float], ...],
    tempos: tuple[tuple[str, float], ...],
    what_ifs: tuple[str, ...],
    rates: int | None,
    svg: Path | None,
    as_json: bool,
    **asked: Any,
) -> int:
    """Tell how likely the parties slide into danger by mistake, and whose missteps matter.

    In each tick one party moves. Mostly it does what is better for it; now and then, at its
    misstep rate, it makes any move at all. Danger and the goal end the slide. Figures that are not
    given come from the case's 'risk' block, and else are assumed; the answer says which.
    """
    from detente.dossier.documents.risk import risk_document
    from detente.verbs.risk import risk

    model = load(case)
    with progress(model.name) as advance:
        result = risk(
            model,
            misstep=shares(missteps, "--misstep"),
            tempo=shares(tempos, "--tempo"),
            what_if=what_ifs or None,
            rates=None if rates is None else _rates(rates),
            on_scenario=advance,
            **asked,
        )
    scenarios = (result.base, *result.what_if)
    if svg is not None:
        _draw(svg, model, scenarios)
    if as_json:
        print_json(risk_document(model, result.settings, scenarios))
    else:
        _tell(result)
    if not result.complete:
        done = f"{len(result.what_if)} of {result.asked} what-ifs"
        print(f"interrupted: {done} were worked out", file=sys.stderr)
        return 130
    return 0


def _tell(result: Risk) -> None:
    """Print everything for people."""
    from detente.dossier.tables import risk as risk_view
    from detente.dossier.text import risk as risk_text

    scenarios = (result.base, *result.what_if)
    show(risk_view.risk_heading(result.case))
    show_text("\n".join([*risk_text.assumption_lines(result.settings), ""]))
    show(risk_view.risk_tables(result.case, scenarios))
    for one in scenarios:
        told = risk_text.notes(one, result.settings, result.ticks)
        head = [] if len(scenarios) == 1 else [risk_text.title_of(one)]
        indent = "  " if head else ""
        show_text("\n".join([*head, *(indent + line for line in told)]) + "\n\n")
    show_text("\n".join([*risk_text.ways_lines(result.base)]))


def _rates(points: int) -> list[float]:
    import numpy as np

    return [float(rate) for rate in np.geomspace(1e-4, 0.5, points)]


def _draw(folder: Path, case: Case, scenarios: Any) -> None:
    from detente.dossier.drawings.risk import rates_svg, shares_svg, ticks_svg

    _make(folder)
    drawn = {
        "risk-ticks.svg": ticks_svg(case, scenarios),
        "risk-missteps.svg": rates_svg(case, scenarios),
        "risk-shares.svg": shares_svg(case, scenarios),
    }
    for name, text in drawn.items():
        write_text(folder / name, text)
    print(f"wrote {', '.join(drawn)} into {folder}", file=sys.stderr)


def write_prism(case: Case, folder: Path | None) -> None:
    """Write a case's chain as PRISM's explicit files into a folder.

    Raises
    ------
    DetenteError
        If no folder is named, or it cannot be written.
    """
    from detente.verbs.risk import prism

    if folder is None:
        raise DetenteError("name the folder for the four files of PRISM: -o DIR")
    model = prism(case)
    _make(folder)
    endings = {
        "tra": model.tra,
        "sta": model.sta,
        "lab": model.lab,
        "pctl": model.pctl,
        "drn": model.drn,
    }
    for ending, text in endings.items():
        write_text(folder / f"{case.name}.{ending}", text)
    names = ", ".join(f"{case.name}.{ending}" for ending in endings)
    print(f"wrote {names} into {folder}", file=sys.stderr)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DetenteError(f"cannot make the folder {folder}: {error.strerror or error}") from None
