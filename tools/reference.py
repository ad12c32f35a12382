"""Write into the reference what the declarations say.

``make reference`` brings up to date: the help texts in ``docs/reference/commands.md``, the tables
of keys there, in ``dossier-json.md`` and in ``claims.md``, the signatures in ``python.md``, and the
schema of a case's file that comes with the package. A test fails where they are not.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints

from click.testing import CliRunner

import detente
from detente.cli import cli
from detente.keys import Doc
from detente.questions.shapes import schema, shape_of
from detente.questions.table import COMMANDS, FUNCTIONS

ROOT = Path(__file__).parents[1]
COMMANDS_PAGE = ROOT / "docs" / "reference" / "commands.md"
PYTHON_PAGE = ROOT / "docs" / "reference" / "python.md"
DOSSIER_PAGE = ROOT / "docs" / "reference" / "dossier-json.md"
CLAIMS_PAGE = ROOT / "docs" / "reference" / "claims.md"
CASE_SCHEMA = ROOT / "src" / "detente" / "case" / "case.schema.json"

_BLOCK = re.compile(r"(```console\n\$ detente (\S+) --help\n).*?(```)", re.DOTALL)
_TABLE = re.compile(r"(<!-- keys of (\S+)(?: (\S+))? -->).*?(<!-- end -->)", re.DOTALL)
_SIGNATURE = re.compile(r"^`detente\.(\w+)\(.*\)`$", re.MULTILINE)


def help_of(command: str) -> str:
    """Return what ``detente COMMAND --help`` prints on 80 columns."""
    run = CliRunner(env={"COLUMNS": "80"})
    text = run.invoke(cli, [command, "--help"], prog_name="detente", terminal_width=78).output
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def signature_of(function: str) -> str:
    """Return the signature of a function of the package, without its annotations."""
    signature = inspect.signature(getattr(detente, function))
    bare = signature.replace(
        parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()],
        return_annotation=signature.empty,
    )
    return f"`detente.{function}{str(bare).replace(chr(39), chr(34))}`"


def keys_of(
    shape: Any, before: str = "", seen: dict[Any, str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield each key of a document with its meaning: ``knots[].drop`` for one inside a list.

    A shape that stands at several places is told at the first; of a union all are told.
    """
    seen = {} if seen is None else seen
    if not hasattr(shape, "__required_keys__"):
        for _, one in _shapes(shape):
            yield from keys_of(one, before, seen)
        return
    hints = get_type_hints(shape, include_extras=True)
    for key in sorted(hints, key=lambda key: key != "case"):
        meaning = next((mark.text for mark in _marks(hints[key]) if isinstance(mark, Doc)), "")
        inside = list(_shapes(hints[key]))
        told = [seen[inner] for _, inner in inside if inner in seen]
        yield f"{before}{key}", meaning + (f"; as `{told[0]}`" if told else "")
        for mark, inner in inside:
            if inner not in seen:
                seen[inner] = f"{before}{key}"
                yield from keys_of(inner, f"{before}{key}{mark}.", seen)


def _marks(hint: Any) -> tuple[Any, ...]:
    if get_origin(hint) in (NotRequired,):
        return _marks(get_args(hint)[0])
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def _shapes(hint: Any) -> Iterator[tuple[str, Any]]:
    """Yield the typed dictionaries in the type of a key, each with how one gets there."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Annotated, NotRequired):
        yield from _shapes(inner[0])
    elif origin is list:
        yield from ((f"[]{mark}", shape) for mark, shape in _shapes(inner[0]))
    elif origin is dict:
        yield from ((f".*{mark}", shape) for mark, shape in _shapes(inner[1]))
    elif origin is not None and inner:
        for member in inner:
            yield from _shapes(member)
    elif hasattr(hint, "__required_keys__"):
        yield "", hint


def shape_named(command: str, kind: str | None = None) -> Any:
    """Return the shape of what a command prints; of records of several types that of one type."""
    shape = shape_of(command)
    if kind is None:
        return shape
    return next(one for _, one in _shapes(shape) if get_type_hints(one)["type"] == Literal[kind])


def table_of(command: str, kind: str | None = None) -> str:
    """Return the table of the keys of what a command prints with ``--json``."""
    rows = [f"| `{key}` | {meaning} |" for key, meaning in keys_of(shape_named(command, kind))]
    return "\n".join(["| key | value |", "|---|---|", *rows])


def commands_page(text: str) -> str:
    """Return the page of commands with the help texts and keys of today."""
    text = _TABLE.sub(lambda m: f"{m[1]}\n{table_of(m[2], m[3])}\n{m[4]}", text)
    return _BLOCK.sub(
        lambda m: f"{m[1]}{help_of(m[2])}\n{m[3]}" if m[2] in COMMANDS else m[0], text
    )


def python_page(text: str) -> str:
    """Return the page of functions with the signatures of today."""
    return _SIGNATURE.sub(lambda m: signature_of(m[1]) if m[1] in FUNCTIONS else m[0], text)


def case_schema() -> str:
    """Return the schema of a case's file as it comes with the package."""
    return json.dumps(schema("case"), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the pages and the schema."""
    pages = (
        (COMMANDS_PAGE, commands_page),
        (DOSSIER_PAGE, commands_page),
        (CLAIMS_PAGE, commands_page),
        (PYTHON_PAGE, python_page),
    )
    for page, made in pages:
        page.write_text(made(page.read_text("utf-8")), "utf-8")
    CASE_SCHEMA.write_text(case_schema(), "utf-8")


if __name__ == "__main__":
    main()
