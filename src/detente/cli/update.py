"""The command ``update``: later reports into a case, as proposals beside it."""

from __future__ import annotations

import sys
from shlex import quote
from typing import Annotated

from detente.cli.common import show_text
from detente.cli.derive import Ask
from detente.cli.tables import Tables
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

    def tell() -> None:
        show_text(str(found))
        if found.proposals:
            to = quote(str(found.folder))
            print(f"{where} holds them. Go through them: detente review {to}")

    how = Tables.asked(ask.how)
    found = ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    where = found.save()
    how.bring(found, tell)
    return 0
