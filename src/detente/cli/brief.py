"""The command ``brief``: all questions about a case, answered in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from detente.cli import streams
from detente.cli.derive import INTERRUPTED, Ask
from detente.errors import DetenteError
from detente.questions.brief import Brief
from detente.questions.declare import Option
from detente.writing import require_replaceable, stamped, write_text

ENDINGS = {"html": ".html", "md": ".md", "json": ".json"}
BEGINNINGS = {"html": stamped("<!doctype html>"), "md": stamped("#"), "json": '{"format"'}
"""How each kind begins, to refuse a file that would cost somebody work before the long part."""


def brief_command(
    ask: Ask[Brief],
    *,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", shown="the case's name, here")
    ] = None,
    kind: Annotated[Literal["html", "md", "json"], Option("--format")] = "html",
    as_json: Annotated[bool, Option("--json")] = False,
    show_it: Annotated[bool, Option("--open")] = False,
    full: bool = False,
    lang: Literal["en"] = "en",
    force: bool = False,
) -> int:
    """Write the answers into a file, and print a summary.

    A summary is printed.

    Parameters
    ----------
    output : str, optional
        Write to this file; '-' prints.
    kind : str
        A page, Markdown, or every result in one JSON document; the latter two are printed where
        no file is named.
    as_json : bool
        The same as --format json.
    show_it : bool
        Open the page in the browser.
    full : bool
        Unfold everything, so that the model and the reports are printed, too.
    lang : str
        Language of the page; English is the only one so far.
    force : bool
        Write over what is there, even if a person has made or edited it.
    """
    if as_json:
        kind = "json"
    printed = output == "-" or (output is None and kind != "html")
    if output is not None and not printed and not Path(output).absolute().parent.is_dir():
        raise DetenteError(f"cannot write {output}: there is no such folder; make its folder first")
    if output is not None and not printed:
        require_replaceable(Path(output), BEGINNINGS[kind], force=force)
    found = ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    text = _written(found, kind, full=full)
    if printed:
        streams.write_file(text)
    else:
        file = Path(output or f"{found.case.name}{ENDINGS[kind]}")
        write_text(file, text, force=force)
        print(found)
        print(f"\n{file} is ready ({len(text.encode()) / 1000:,.0f} KB).")
        if show_it:
            _open(file)
    if found.kept:
        print(f"interrupted: {found.kept}", file=sys.stderr)
        return INTERRUPTED
    return 0


def _written(found: Brief, kind: str, *, full: bool) -> str:
    if kind == "html":
        return found.html(full=full)
    if kind == "md":
        return found.markdown()
    import json

    return json.dumps(found.document(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _open(file: Path) -> None:
    """Show the page; where there is no browser, say where it is."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        print(f"no browser could be opened; open {file} yourself", file=sys.stderr)
