"""Commands about cases: new, check, gallery, schema, import, export."""

from __future__ import annotations

import shutil
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    case_argument,
    json_option,
    load,
    output_option,
    print_json,
    show,
    write_text,
)
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.case.files import Loaded

CASE_FILE = "case.yaml"
CLAIMS_FILE = "claims.jsonl"


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    metavar="CASE",
    help="Begin with a copy of this case, such as a built-in one.",
)
def new_command(folder: Path, source: str | None) -> None:
    """Begin a case: make FOLDER with a commented case.yaml and a place for reports.

    A copy of a case has its reports and their claims, too.
    """
    file = folder / CASE_FILE
    if file.exists():
        raise DetenteError(f"{file} is there already; name another folder")
    text = _text_of(source) if source else _packaged("starter.yaml")
    try:
        (folder / "reports").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DetenteError(f"cannot make {folder}: {error.strerror or error}") from None
    if source:
        _copy_reports(source, folder)
    write_text(file, text)
    print(f"{file} is ready. Edit it, then: detente check {folder}")


def _copy_reports(source: str, folder: Path) -> None:
    """Copy what the case rests on beside its copy; a file that is there already stays."""
    from detente.verbs.loading import located

    path = located(source)
    home = path if path.is_dir() else path.parent
    for old in (*sorted((home / "reports").glob("*")), home / CLAIMS_FILE):
        new = folder / old.relative_to(home)
        if not old.is_file() or new.exists():
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
    from detente.case.write import to_yaml
    from detente.verbs.loading import located

    path = located(source)
    case = load(source)
    file = path / CASE_FILE if path.is_dir() else path
    return to_yaml(case) if file.suffix == ".gmcr" else file.read_text("utf-8-sig")


@click.command("check")
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@click.option("--say", is_flag=True, help="Show how every label will sound in a sentence.")
@json_option
def check_command(cases: tuple[str, ...], say: bool, as_json: bool) -> int:
    """Find what is wrong or doubtful in a case, all at once, each with its place.

    Errors make the case unusable (exit code 2), warnings do not. What rests on no citation is an
    assumption and is listed as one. --say shows how every option, outcome and condition will
    sound, so that its label can be mended.
    """
    from detente.dossier.text.check import check_document, check_text, say_text
    from detente.english.check import unsayable
    from detente.errors import CaseError
    from detente.verbs.loading import read

    worst = 0
    for source in cases:
        loaded: Loaded | None = None
        try:
            loaded = read(source)
            problems = (*loaded.problems, *unsayable(loaded.case, loaded.place))
        except CaseError as error:
            problems = error.problems
            worst = 2
        case = loaded.case if loaded else None
        if as_json:
            print_json(check_document(source, case, problems, say=say))
            continue
        for problem in problems:
            print(problem, file=sys.stderr)
        if case is not None:
            print(check_text(case, problems))
            if say:
                print(say_text(case))
    return worst


@click.command("gallery")
@click.argument("name", required=False)
@json_option
def gallery_command(name: str | None, as_json: bool) -> None:
    """List the built-in cases, or tell about one: its source and what is known of it."""
    from detente import gallery
    from detente.dossier.tables import gallery as gallery_view

    if name is None:
        entries = gallery.entries()
        if as_json:
            print_json(gallery_view.entries_document(entries))
        else:
            show(gallery_view.entries_table(entries))
        return
    folder = gallery.folder(name)
    case, known = load(folder.name), gallery.expected(folder.name)
    if as_json:
        print_json(gallery_view.case_document(case, known))
    else:
        show(gallery_view.case_view(case, known))


SCHEMAS = {
    "case": ("detente.case", "case.schema.json"),
    "brief": ("detente.dossier.documents", "brief.schema.json"),
}
"""Kinds of file to the package and the file that describes them."""


@click.command("schema")
@click.argument("kind", metavar="[KIND]", type=click.Choice(list(SCHEMAS)), default="case")
@output_option
def schema_command(kind: str, output: Path | None) -> None:
    """Print the JSON Schema of a kind of file.

    KIND is 'case', for editors that check case.yaml while you write, or 'brief', for what
    'detente brief --json' prints.
    """
    package, file = SCHEMAS[kind]
    _give(_packaged(file, package), output)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@output_option
def import_command(file: Path, output: Path | None) -> None:
    """Turn FILE, in the .gmcr format, into a case.yaml."""
    from detente.case import gmcr
    from detente.case.write import to_yaml

    loaded = gmcr.read(file)
    for problem in loaded.problems:
        print(problem, file=sys.stderr)
    _give(to_yaml(loaded.case), output)


@click.command("export")
@case_argument
@click.option(
    "--format",
    "kind",
    type=click.Choice(["gmcr", "prism"]),
    default="gmcr",
    show_default=True,
    help="What to write.",
)
@output_option
def export_command(case: str, kind: str, output: Path | None) -> None:
    """Turn a case into a file that other programs read.

    What .gmcr cannot hold is named on standard error; what would change the model is refused.
    'prism' writes the chain of 'detente risk' into a folder, for model checkers.
    """
    if kind == "prism":
        from detente.cli.risk import write_prism

        write_prism(load(case), output)
        return
    from detente.case.gmcr.export import to_json
    from detente.graph import build

    exported = to_json(load(case), build)
    if exported.left_out:
        print(
            f"left out, for .gmcr has no place for it: {'; '.join(exported.left_out)}",
            file=sys.stderr,
        )
    _give(exported.text, output)


def _give(text: str, output: Path | None) -> None:
    """Write a file and say so, or print the text."""
    if output is None:
        sys.stdout.write(text)
        return
    write_text(output, text)
    print(f"wrote {output}", file=sys.stderr)
