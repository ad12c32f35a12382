"""The command ``draft``: from a pile of reports to a first case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from detente.cli.common import print_json
from detente.cli.derive import Ask
from detente.questions.declare import Option
from detente.questions.draft import Draft


def draft_command(
    ask: Ask[Draft],
    *,
    output: Annotated[Path, Option("-o", "--output", metavar="CASE_DIR")],
    as_json: Annotated[bool, Option("--json")] = False,
) -> int:
    """Write the case into a folder, and say what the reports leave open.

    CASE_DIR gets a case.yaml, the claims and copies of the reports, and can be asked at once.

    Parameters
    ----------
    output : path
        Write the case into this folder; it must not hold one yet.
    as_json : bool
        Print JSON.
    """
    found = ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    found.save(output)
    if as_json:
        print_json({"case": str(output), **found.document()})
        return 0
    print(found)
    print(
        f"{output} is written. Go through its case.yaml line by line, then:\n"
        f"  detente check {output}; detente deadlock {output}; detente brief {output}"
    )
    return 0
