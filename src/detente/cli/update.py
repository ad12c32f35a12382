"""The command ``update``: later reports into a case, as proposals beside it."""

from __future__ import annotations

import sys
from typing import Annotated

from detente.cli.common import print_json, show_text
from detente.cli.derive import Ask
from detente.questions.declare import Option
from detente.questions.update import Update


def update_command(ask: Ask[Update], *, as_json: Annotated[bool, Option("--json")] = False) -> int:
    """Write the proposals beside the case, and copy the reports into it.

    Nothing in case.yaml is touched; 'detente review' goes through what is proposed.

    Parameters
    ----------
    as_json : bool
        Print JSON.
    """
    found = ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    where = found.save()
    if as_json:
        print_json(found.document())
        return 0
    show_text(str(found))
    if found.proposals:
        print(f"{where} holds them. Go through them: detente review {found.folder}")
    return 0
