"""The command ``brief``: all questions about a case, answered in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal, TypeAlias, cast

from detente.cli import streams
from detente.cli.derive import INTERRUPTED, Ask
from detente.cli.tables import FORMATS, SUFFIXES, Tables
from detente.errors import DetenteError
from detente.questions.brief import Brief
from detente.questions.declare import Option
from detente.writing import (
    require_replaceable,
    require_same_kind,
    require_unpacked_alike,
    stamped,
    write_bytes,
    write_text,
)

Kind: TypeAlias = Literal["html", "md", "json", "docx", "pdf"]

ENDINGS: dict[Kind, str] = {
    "html": ".html",
    "md": ".md",
    "json": ".json",
    "docx": ".docx",
    "pdf": ".pdf",
}
SHEETS = {end: form for end, form in SUFFIXES.items() if end not in ENDINGS.values()}
"""What holds the tables of the answers and not the dossier, by the end of a file's name."""

MADE = ("docx", "pdf")
"""What other programs make, of whose files the words do not begin alike."""

BEGINNINGS = {"html": stamped("<!doctype html>"), "md": stamped("#"), "json": '{"format"'}
"""How each kind begins, to refuse a file that would cost somebody work before the long part."""


def brief_command(
    ask: Ask[Brief],
    *,
    output: Annotated[
        str | None, Option("-o", "--output", metavar="FILE", shown="the case's name, here")
    ] = None,
    kind: Annotated[
        Literal["html", "md", "json", "docx", "pdf", "csv", "xlsx", "latex", "markdown"] | None,
        Option("--format", shown="what the file's name says, or html"),
    ] = None,
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
        A page, Markdown, a Word document, a PDF, or every result in one JSON document; Markdown
        and JSON are printed where no file is named. Pictures in Word and the PDF are made by the
        machine's Chromium or Chrome. The other four hold its tables.
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
    if _tabled(ask, output, kind):
        return 0
    kind = cast("Kind", "json" if as_json else kind or _kind_of(output))
    if output is not None and output != "-":
        _require_writable(Path(output), kind, force=force)
    if kind in MADE:
        _require_maker(kind, output)
    found = ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    made = _made(found, kind, full=full)
    if isinstance(made, str) and (output == "-" or (output is None and kind != "html")):
        streams.write_file(made)
    else:
        file = Path(output or f"{found.case.name}{ENDINGS[kind]}")
        _write(file, made, kind, force=force)
        print(found)
        size = len(made.encode() if isinstance(made, str) else made)
        print(f"\n{file} is ready ({size / 1000:,.0f} KB).")
        if show_it:
            _open(file)
    if found.kept:
        print(f"interrupted: {found.kept}", file=sys.stderr)
        return INTERRUPTED
    return 0


def _tabled(ask: Ask[Brief], output: str | None, kind: str | None) -> bool:
    """Bring out the tables in place of the dossier, where they are asked for."""
    form = kind if kind in FORMATS and kind not in ENDINGS else None
    file = None if output in (None, "-") else Path(str(output))
    if form is None and (kind is not None or file is None or _ending(file) not in SHEETS):
        file = None  # whatever it is, it holds no tables
    forced = bool(ask.how["force"] and file)
    how = Tables.asked({**ask.how, "form": form, "output": file, "force": forced}, SHEETS)
    if how.wanted:
        found = ask()
        for note in found.notes:
            print(f"warning: {note}", file=sys.stderr)
        how.bring(found, found.line)
    return how.wanted


def _ending(file: Path) -> str:
    return file.suffix.casefold()


def _kind_of(output: str | None) -> Kind:
    """Return what is written by the end of a file's name; a page where that does not say."""
    suffix = "" if output is None else Path(output).suffix.casefold()
    return next((kind for kind, ending in ENDINGS.items() if ending == suffix), "html")


def _require_writable(file: Path, kind: Kind, *, force: bool) -> None:
    """Refuse a file that cannot be written, or would cost somebody work, before the long part."""
    if not file.absolute().parent.is_dir():
        raise DetenteError(f"cannot write {file}: there is no such folder; make its folder first")
    if kind == "docx":
        require_unpacked_alike(file, force=force)
    elif kind == "pdf":
        require_same_kind(file, b"%PDF", force=force)
    else:
        require_replaceable(file, BEGINNINGS[kind], force=force)


def _require_maker(kind: Kind, output: str | None) -> None:
    """Refuse what cannot be made here, before the long part, and say what will be missing."""
    from detente import printing
    from detente.dossier.page import word

    if output == "-":
        raise DetenteError(f"a {ENDINGS[kind]} file is not for a terminal; name a file with -o")
    if kind == "pdf":
        printing.require("a PDF")
        return
    word.require()
    if printing.found() is None:
        print(
            "warning: no browser was found to make pictures; the document tells them in words. "
            f"Install Chromium or Chrome, or name one in {printing.VARIABLE}",
            file=sys.stderr,
        )


def _made(found: Brief, kind: Kind, *, full: bool) -> str | bytes:
    match kind:
        case "html":
            return found.html(full=full)
        case "md":
            return found.markdown()
        case "docx":
            return found.docx(full=full)
        case "pdf":
            return found.pdf(full=full)
    import json

    return json.dumps(found.document(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _write(file: Path, made: str | bytes, kind: Kind, *, force: bool) -> None:
    if isinstance(made, str):
        write_text(file, made, force=force)
        return
    if kind == "docx":
        require_unpacked_alike(file, force=force)
    write_bytes(file, made, force=force)


def _open(file: Path) -> None:
    """Show the page; where there is no browser, say where it is."""
    import webbrowser

    if not webbrowser.open(file.resolve().as_uri()):
        print(f"no browser could be opened; open {file} yourself", file=sys.stderr)
