"""The command ``draft``: from a pile of reports to a first case."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import Annotated, Literal

from detente.cli.common import print_json
from detente.cli.derive import Ask
from detente.cli.sending import confirm
from detente.cli.tables import Tables
from detente.drafting.asking import Question, answered, questions
from detente.drafting.sidesfile import FILE, NOTHING, sides_of, sides_text
from detente.questions.declare import Option
from detente.questions.draft import Draft, folder_of, require_free, sides_beside
from detente.writing import write_text


def draft_command(
    ask: Ask[Draft],
    *,
    output: Annotated[Path, Option("-o", "--output", metavar="CASE_DIR")],
    sides_asked: Annotated[bool, Option("--ask")] = False,
    form: Annotated[Literal["csv", "latex", "markdown", "json"] | None, Option("--format")] = None,
    as_json: Annotated[bool, Option("--json")] = False,
    yes: bool = False,
) -> int:
    """Write the case into a folder, and say what the reports leave open.

    CASE_DIR gets a case.yaml, the claims and copies of the reports, and can be asked at once. A
    sides.yaml beside the reports is read where --sides names no other.

    Parameters
    ----------
    output : path
        Write the case into this folder; it must not hold one yet.
    sides_asked : bool
        Ask who belongs to whom, in ten questions at most; the answers are written into a
        sides.yaml beside the reports, and the draft is made with them.
    form : str
        Print the lines, gaps, claims and reports as tables for other programs; csv holds one.
    as_json : bool
        Print JSON.
    yes : bool
        With --model: do not ask before the reports are sent.
    """

    def tell() -> None:
        print(found)
        to = quote(str(output))
        if not found.who.names:
            print(f"{output} is written, without a line to go through.")
            return
        print(
            f"{output} is written. Go through it line by line: detente review {to}. Then:\n"
            f"  detente check {to}; detente deadlock {to}; detente brief {to}"
        )

    require_free(output)
    how = Tables.asked({**ask.how, "output": None})
    asked = ask.values
    if asked["model"] is not None:
        place = None if asked["replay"] else asked["endpoint"]
        confirm(asked["paths"], asked["model"], place, yes=yes)
    found = (_asked(ask) if sides_asked else None) or ask()
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    found.save(output)
    if how.as_json:
        print_json({"case": str(output), **found.document()})
        return 0
    how.bring(found, tell)
    return 0


def _asked(ask: Ask[Draft]) -> Draft | None:
    """Ask who belongs to whom and write it beside the reports.

    The rules alone find what there is to ask, so that a model is asked once, with all that was
    said. Returns their draft where it is good as it is; None where it has to be made anew.
    """
    model, ask.values["model"] = ask.values["model"], None
    found = ask()
    ask.values["model"] = model
    named = ask.values["sides"]
    where = Path(named) if named else sides_beside(ask.values["paths"])
    told = before = sides_of(where) if where is not None and where.exists() else NOTHING
    for question in questions(found.who, told):
        print(question.typed, file=sys.stderr)
        reply = _reply(question)
        if reply is None:
            break
        told = answered(told, question, reply)
    if told == before:
        return found if model is None else None
    goal = where or folder_of(ask.values["paths"]) / FILE
    write_text(goal, sides_text(told), force=True)
    print(f"{goal} is written; the next draft of these reports reads it", file=sys.stderr)
    ask.values["sides"] = goal
    return None


def _reply(question: Question) -> str | None:
    """Return an answer, asked for again where it is none; None where nobody answers any more."""
    while True:
        print("> ", end="", file=sys.stderr, flush=True)
        reply = sys.stdin.readline()
        if not reply:
            return None
        fault = question.fault(reply)
        if not fault:
            return reply
        print(f"{fault}; Enter leaves it open", file=sys.stderr)
