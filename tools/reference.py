"""Write into the reference what the declarations of the questions say.

``make reference`` brings the help texts in ``docs/reference/commands.md`` and the
signatures in ``docs/reference/python.md`` up to date; a test fails where they are not.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from click.testing import CliRunner

import detente
from detente.cli import cli
from detente.questions.table import COMMANDS, FUNCTIONS

ROOT = Path(__file__).parents[1]
COMMANDS_PAGE = ROOT / "docs" / "reference" / "commands.md"
PYTHON_PAGE = ROOT / "docs" / "reference" / "python.md"

_BLOCK = re.compile(r"(```console\n\$ detente (\S+) --help\n).*?(```)", re.DOTALL)
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


def commands_page(text: str) -> str:
    """Return the page of commands with the help texts of today."""
    return _BLOCK.sub(
        lambda m: f"{m[1]}{help_of(m[2])}\n{m[3]}" if m[2] in COMMANDS else m[0], text
    )


def python_page(text: str) -> str:
    """Return the page of functions with the signatures of today."""
    return _SIGNATURE.sub(lambda m: signature_of(m[1]) if m[1] in FUNCTIONS else m[0], text)


def main() -> None:
    """Write both pages."""
    for page, made in ((COMMANDS_PAGE, commands_page), (PYTHON_PAGE, python_page)):
        page.write_text(made(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
