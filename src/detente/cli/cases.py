"""Commands about cases: new, check, gallery, schema, import, export."""

from __future__ import annotations

import json
import shutil
import sys
from importlib import resources
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, cast

from detente.case.model import Case
from detente.cli import streams
from detente.cli.common import load, print_json, show
from detente.cli.derive import Ask
from detente.errors import DetenteError
from detente.questions.check import Check
from detente.questions.declare import Argument, Option
from detente.questions.export import Export
from detente.writing import CASE_FILE, new_folder, write_text

if TYPE_CHECKING:
    from detente.dossier.sheets.sources import Bibliography

Output: TypeAlias = Annotated[Path | None, Option("-o", "--output", metavar="FILE")]

CLAIMS_FILE = "claims.jsonl"


def new_command(
    folder: Annotated[Path, Argument("FOLDER")],
    *,
    source: Annotated[str | None, Option("--from", metavar="CASE")] = None,
) -> None:
    """Make a folder with a commented case.yaml and a place for reports.

    The folder has a place for reports, too. A copy of a case has its reports and their claims.

    Parameters
    ----------
    folder : path
        Made where it is not there.
    source : str, optional
        Begin with a copy of this case, such as a built-in one.
    """
    text = _text_of(source) if source else _packaged("starter.yaml")
    with new_folder(folder, last=CASE_FILE) as made:
        (made / "reports").mkdir()
        if source:
            _copy_reports(source, made)
        write_text(made / CASE_FILE, text)
    print(f"{folder / CASE_FILE} is ready. Edit it, then: detente check {quote(str(folder))}")


def _copy_reports(source: str, folder: Path) -> None:
    """Copy what the case rests on beside its copy."""
    from detente.questions.loading import located

    path = located(source)
    home = path if path.is_dir() else path.parent
    for old in (*sorted((home / "reports").glob("*")), home / CLAIMS_FILE):
        new = folder / old.relative_to(home)
        if not old.is_file():
            continue
        try:
            shutil.copyfile(old, new)
        except OSError as error:
            raise DetenteError(f"cannot copy {old} to {new}: {error.strerror or error}") from None


def _packaged(name: str, package: str = "detente.case") -> str:
    """Return a file that comes with the package."""
    return resources.files(package).joinpath(name).read_text("utf-8")


def _text_of(source: str) -> str:
    """Return a case as YAML, word for word where it is a file of ours with its comments."""
    from detente.case import files
    from detente.case.write import to_yaml
    from detente.questions.loading import located, reading_of

    path, case = located(source), load(source)
    ours = reading_of(path) is files.read
    return files.text_of(files.case_file(path)) if ours else to_yaml(case)


def check_command(
    ask: Ask[Check],
    *,
    say: bool = False,
    as_json: Annotated[bool, Option("--json")] = False,
) -> int:
    """Print what is wrong on standard error, and what the case is on standard output.

    Parameters
    ----------
    say : bool
        Show how every option, outcome and condition will sound in a sentence, so that its label
        can be mended.
    as_json : bool
        Print JSON.
    """
    from detente.cli.tables import Tables
    from detente.dossier.text.check import check_text, say_text

    def tell() -> None:
        for problem in found.problems:
            print(problem, file=sys.stderr)
        if found.case is not None:
            print(check_text(found.case, found.problems))
            if say:
                print(say_text(found.case))

    how = Tables.asked(ask.how)
    found = ask()
    how.bring(found, tell, say=say)
    return 0 if found.usable else 2


def gallery_command(
    name: Annotated[str | None, Argument("NAME")] = None,
    *,
    form: Annotated[
        Literal["csv", "xlsx", "latex", "markdown", "json"] | None, Option("--format")
    ] = None,
    output: Output = None,
    force: bool = False,
    as_json: Annotated[bool, Option("--json")] = False,
) -> None:
    """List the built-in cases, or tell about one.

    Parameters
    ----------
    name : str, optional
        Tell the source of this one, and what is known of it.
    form : str, optional
        Print the list as a table for other programs; xlsx needs -o.
    output : path, optional
        Write to this file; its end says as what.
    force : bool
        Write over what is there.
    as_json : bool
        Print JSON.
    """
    from detente import gallery
    from detente.cli.tables import bring, give_document, settled
    from detente.dossier.documents.cases import gallery_case_document, gallery_document
    from detente.dossier.sheets.cases import gallery_table
    from detente.dossier.tables import gallery as gallery_view

    if name is None:
        entries = gallery.entries()
        given = {"form": form, "output": output, "force": force, "as_json": as_json, "table": False}
        if form is not None or output is not None:
            how = settled({**given, "only": None}, {})
            if not how["as_json"]:
                bring((gallery_table(entries),), how["form"], None, (output, force))
                return
            give_document(gallery_document(entries), (output, force))
            return
        if as_json:
            print_json(gallery_document(entries))
        else:
            show(gallery_view.entries_table(entries))
        return
    folder = gallery.folder(name)
    case, known = load(folder.name), gallery.expected(folder.name)
    if as_json:
        print_json(gallery_case_document(case, known))
    else:
        show(gallery_view.case_view(case, known))


def schema_command(
    kind: Annotated[str, Argument("KIND")] = "case",
    *,
    output: Output = None,
    force: bool = False,
) -> None:
    """Print the JSON Schema of a kind of file.

    Parameters
    ----------
    kind : str
        'case', for editors that check case.yaml while you write, or a question, such as 'brief'
        or 'deadlock', for what its --json prints.
    output : path, optional
        Write to this file.
    force : bool
        Write over what is there.
    """
    from detente.questions.shapes import schema

    _give(json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n", output, force)


def import_command(
    file: Annotated[Path, Argument("FILE")], *, output: Output = None, force: bool = False
) -> None:
    """Turn a file of another program into a case.yaml.

    Parameters
    ----------
    file : path
        In the .gmcr format, Gambit's strategic form (.nfg), or a table of options and states as
        papers print them (.csv, .xlsx).
    output : path, optional
        Write to this file.
    force : bool
        Write over what is there.
    """
    from detente.case.write import to_yaml
    from detente.questions.loading import reading_of

    loaded = reading_of(file)(file)
    for problem in loaded.problems:
        print(problem, file=sys.stderr)
    _give(to_yaml(loaded.case), output, force)


def export_command(
    ask: Ask[Export],
    *,
    kind: Annotated[
        Literal[
            "gmcr",
            "nfg",
            "prism",
            "bibtex",
            "ris",
            "csl",
            "csv",
            "xlsx",
            "latex",
            "markdown",
            "json",
        ]
        | None,
        Option("--format", shown="what the file's name says, or gmcr"),
    ] = None,
    output: Output = None,
    force: bool = False,
) -> None:
    """Turn a case into a file that other programs read.

    What the format cannot hold is named on standard error; what would change the model is refused.
    'nfg' is Gambit's strategic form. 'prism' writes the chain of 'detente risk' into a folder, for
    model checkers. 'bibtex', 'ris' and 'csl' write the reports beside the case as a bibliography.
    The others hold the model as papers print it, options and states, which 'detente import' reads
    from csv and xlsx; the lines of the case; its reports.

    Parameters
    ----------
    kind : str
        What to write.
    output : path, optional
        Write to this file.
    force : bool
        Write over what is there.
    """
    from detente.cli.tables import FORMATS, SUFFIXES, Tables

    source = ask.values["source"]
    ending = "" if output is None else output.suffix.casefold()
    form = kind or {**SUFFIXES, **BY_ENDING}.get(ending) or ("" if ask.how["table"] else "gmcr")
    if form in FORMATS or not form:
        how = Tables.asked({**ask.how, "form": form or None})
        found = ask()
        for note in () if how.as_json else found.notes:
            print(f"warning: {note}", file=sys.stderr)
        how.bring(found, found.line)
        return
    Tables.asked({**ask.how, "form": None, "output": None, "force": False})
    if form == "prism":
        _write_prism(load(source), output)
        return
    if form in ("bibtex", "ris", "csl"):
        _give(_bibliography(source, form), output, force)
        return
    from detente.case import gambit, gmcr
    from detente.graph import build

    exported = (gambit.to_text if form == "nfg" else gmcr.to_json)(load(source), build)
    if exported.left_out:
        print(
            f"left out, for .{form} has no place for it: {'; '.join(exported.left_out)}",
            file=sys.stderr,
        )
    _give(exported.text, output, force)


BY_ENDING = {".nfg": "nfg", ".bib": "bibtex", ".ris": "ris"}
"""What else is written, by the end of a file's name."""


def _bibliography(source: str, kind: str) -> str:
    """Return the reports beside a case as a bibliography.

    Raises
    ------
    DetenteError
        If there are none.
    """
    from detente.dossier.sheets.sources import bibliography
    from detente.questions.loading import located
    from detente.reading.evidence import reports_beside

    path = located(source)
    home = path if path.is_dir() else path.parent
    load(source)
    reports, notes = reports_beside(home)
    for note in notes:
        print(f"warning: {note}", file=sys.stderr)
    if not reports:
        raise DetenteError(f"there are no reports in {home / 'reports'} to list")
    return bibliography(reports, cast("Bibliography", kind))


def _write_prism(case: Case, folder: Path | None) -> None:
    """Write a case's chain as the model checkers' files into a folder.

    Raises
    ------
    DetenteError
        If no folder is named, or it cannot be written.
    """
    from detente.questions.risk import prism

    if folder is None:
        raise DetenteError("name the folder for the files of PRISM: -o DIR")
    names = ", ".join(path.name for path in prism(case).save(folder))
    print(f"wrote {names} into {folder}", file=sys.stderr)


def _give(text: str, output: Path | None, force: bool) -> None:
    """Write a file and say so, or print the text."""
    if output is None:
        streams.write_file(text)
        return
    write_text(output, text, force=force)
    print(f"wrote {output}", file=sys.stderr)
