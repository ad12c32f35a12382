"""The options of every command that has a table, and how its tables are brought out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from detente.questions.declare import Parameter

if TYPE_CHECKING:
    from detente.dossier.sheets.model import Table
    from detente.questions.result import Tabled

SUFFIXES = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".tex": "latex",
    ".md": "markdown",
    ".json": "json",
}
"""What is written to a file, by the end of its name."""

OF_TABLES = {suffix: form for suffix, form in SUFFIXES.items() if form != "json"}
"""The same where a document is another kind of file."""

FORMATS = tuple(SUFFIXES.values())

OPTIONS = (
    Parameter(
        "table", "flag", False, False, "Print tables in place of sentences.", flags=("--table",)
    ),
    Parameter(
        "form", "choice", False, None, "Print tables for other programs; csv holds one, json is as "
        "--json, xlsx needs -o.", flags=("--format",), choices=FORMATS,
    ),
    Parameter(
        "only", "text", False, None, "Of several tables only that of this name.",
        flags=("--only",), metavar="NAME",
    ),
    Parameter(
        "output", "path", False, None,
        "Write to this file; its end says as what: .csv .xlsx .tex .md .json.",
        flags=("-o", "--output"), metavar="FILE",
    ),
    Parameter(
        "force", "flag", False, False, "With -o: write over what is there.", flags=("--force",)
    ),
)  # fmt: skip


def settled(
    show: Mapping[str, Any], own: Mapping[str, Parameter], files: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the options with the format settled, before anything is worked out.

    Parameters
    ----------
    show : dict
        What was given, by name of the option.
    own : dict of str to Parameter
        Options of ``tables`` itself: they go with a table only.
    files : dict of str to str, optional
        Which files hold tables, by the end of their names, where a command writes others, too.

    Raises
    ------
    click.UsageError
        If options contradict each other, or lack another.
    """
    form, output, table = show["form"], show["output"], show["table"]
    if form is None and output is not None and files is not None:
        form = files.get(output.suffix.casefold())
    elif form is None and output is not None:
        form = "json" if show["as_json"] else SUFFIXES.get(output.suffix.casefold())
        if form is None:
            raise click.UsageError(
                f"'{output}' does not say as what; name it {', '.join(SUFFIXES)}, or add --format"
            )
    if show["as_json"] and (table or form not in (None, "json")):
        raise click.UsageError(f"--json and {'--table' if table else '--format'}: give one of them")
    if form == "xlsx" and output is None:
        raise click.UsageError("Excel files are not for a terminal; add -o FILE.xlsx")
    if show.get("force") and output is None:
        raise click.UsageError("--force goes with -o")
    tabled = table or form not in (None, "json")
    for name, flag in {"only": "--only", **{n: p.flags[0] for n, p in own.items()}}.items():
        if show[name] and not tabled:
            raise click.UsageError(f"{flag} goes with --table, --format or -o")
    return {**show, "form": form, "as_json": show["as_json"] or form == "json", "table": tabled}


@dataclass(frozen=True, slots=True)
class Tables:
    """How a command with a door of its own was asked for tables.

    Parameters
    ----------
    form : str or None
        The format; None for the terminal.
    as_json, wanted : bool
        Whether the document, or tables, are wanted in place of what the command tells.
    only : str or None
        The name of one table.
    output, force : Path or None, bool
        The file, and whether what is there may be written over.
    """

    form: str | None
    as_json: bool
    wanted: bool
    only: str | None = None
    output: Path | None = None
    force: bool = False

    @classmethod
    def asked(cls, show: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Self:
        """Return them settled; ``files`` as for :func:`settled`."""
        none = {"output": None, "force": False, "as_json": False}
        how = settled({**none, **show}, {}, files)
        kept = (how["only"], how["output"], how["force"])
        return cls(how["form"], how["as_json"], how["table"], *kept)

    def bring(self, found: Tabled, tell: Callable[[], object], **more: object) -> None:
        """Print the tables or the document of an answer, or have it told."""
        if self.as_json:
            document = found.document(**more)  # type: ignore[attr-defined]
            give_document(document, (self.output, self.force))
        elif self.wanted:
            bring(found.tables(), self.form, self.only, (self.output, self.force))
        else:
            tell()


def bring(tables: tuple[Table, ...], form: str | None, only: str | None, to: _To) -> None:
    """Print tables, or write them to a file.

    Raises
    ------
    DetenteError
        If there is no table of that name, or the file cannot be written.
    """
    from detente.dossier.sheets import write
    from detente.dossier.sheets.model import chosen
    from detente.writing import stamped

    taken = chosen(tables, only)
    match form:
        case None:
            _show(taken)
        case "csv":
            others = [table.name for table in taken[1:]]
            if others:
                told = " or ".join(f"--only {name}" for name in others)
                print(f"this is the table '{taken[0].name}'; for others: {told}", file=sys.stderr)
            give_text(write.csv_text(taken[0]), to)
        case "latex":
            give_text(write.latex_text(taken), to)
        case "markdown":
            text = write.markdown_text(taken)
            give_text(text if to[0] is None else stamped(text), to)
        case "xlsx":
            _give_bytes(write.excel_bytes(taken), to)


def _show(tables: tuple[Table, ...]) -> None:
    from detente.cli.common import show
    from detente.dossier.sheets.terminal import terminal_view

    show(*terminal_view(tables, shutil.get_terminal_size((80, 24)).columns))


_To = tuple[Path | None, bool]
"""The file, and whether what is there may be written over."""


def give_document(document: object, to: _To) -> None:
    """Print a document, or write it to a file."""
    from detente.cli.common import print_json

    if to[0] is None:
        print_json(document)
    else:
        give_text(json.dumps(document, ensure_ascii=False) + "\n", to)


def give_text(text: str, to: _To) -> None:
    """Print the text of a file, or write it."""
    from detente.cli import streams
    from detente.writing import write_text

    output, force = to
    if output is None:
        streams.write_file(text)
        return
    write_text(output, text, force=force)
    print(f"wrote {output}", file=sys.stderr)


def _give_bytes(data: bytes, to: _To) -> None:
    from detente.writing import write_bytes

    output, force = to
    assert output is not None, "Excel files need -o"
    write_bytes(output, data, force=force)
    print(f"wrote {output}", file=sys.stderr)
