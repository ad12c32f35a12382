"""The command ``brief``: all questions about a case, answered in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    case_argument,
    concept_option,
    joint_option,
    memory_option,
    progress,
    target_option,
    write_text,
)
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.verbs.brief import Brief

ENDINGS = {"html": ".html", "md": ".md", "json": ".json"}
GENERATOR = 'name="generator" content="détente'
"""What tells a dossier from any other page."""


@click.command("brief")
@case_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to this file; '-' prints.  [default: the case's name, here]",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(ENDINGS)),
    default="html",
    show_default=True,
    help="A page, Markdown, or every result in one JSON document; the latter two are printed "
    "where no file is named.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--open", "show_it", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--lang",
    type=click.Choice(["en"]),
    default="en",
    show_default=True,
    help="Language of the page; English is the only one so far.",
)
@target_option
@click.option(
    "--earlier",
    metavar="CASE",
    help="The case to compare with.  [default: what the case names under 'earlier']",
)
@concept_option
@joint_option
@click.option(
    "--cost",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    metavar="N",
    help="The dearest changes of mind to try.",
)
@memory_option
def brief_command(
    case: str,
    output: str | None,
    kind: str,
    as_json: bool,
    show_it: bool,
    lang: str,
    target: str | None,
    earlier: str | None,
    concept: str,
    joint: int,
    cost: int,
    max_memory: int | None,
) -> int:
    """Answer all questions about a case in one file, and print a summary.

    The file is a page that needs nothing else: it can be mailed, printed and read anywhere. Every
    sentence follows from the case; beside it stand the words it rests on, which open in their
    report. A question that cannot be answered says why.
    """
    from detente.verbs.brief import brief

    if as_json:
        kind = "json"
    printed = output == "-" or (output is None and kind != "html")
    if output is not None and not printed and not Path(output).absolute().parent.is_dir():
        raise DetenteError(f"cannot write {output}: there is no such folder; make its folder first")
    with progress("") as advance:
        found = brief(
            case,
            target=target,
            earlier=earlier,
            concept=concept,
            joint=joint,
            cost=cost,
            max_memory=max_memory,
            on_step=lambda step, done, of: advance(done, of, step),
        )
    for note in found.evidence.notes:
        print(f"warning: {note}", file=sys.stderr)
    text = _written(found, kind)
    if printed:
        sys.stdout.write(text)
    else:
        file = _file(output, found.case.name, kind)
        write_text(file, text)
        print(found)
        print(f"\n{file} is ready ({len(text.encode()) / 1000:,.0f} KB).")
        if show_it:
            _open(file)
    if found.interrupted:
        print("interrupted: what was not asked any more says so", file=sys.stderr)
        return 130
    return 0


def _written(found: Brief, kind: str) -> str:
    if kind == "html":
        return found.html()
    if kind == "md":
        return found.markdown()
    import json

    return json.dumps(found.document(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _file(output: str | None, name: str, kind: str) -> Path:
    """Return where to write; without being told, over nothing but an earlier dossier.

    Raises
    ------
    DetenteError
        If another file stands there.
    """
    if output is not None:
        return Path(output)
    file = Path(f"{name}{ENDINGS[kind]}")
    if file.exists() and GENERATOR not in _beginning(file):
        raise DetenteError(
            f"{file} is there already and is no dossier; name another file with -o, or this one "
            "to write over it"
        )
    return file


def _beginning(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(2_000)
    except OSError:
        return ""


def _open(file: Path) -> None:
    """Show the page; where there is no browser, say where it is."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        print(f"no browser could be opened; open {file} yourself", file=sys.stderr)
