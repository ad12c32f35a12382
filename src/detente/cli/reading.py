"""The command ``read``: from a pile of reports to claims with their exact words."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from detente.cli import streams
from detente.cli.common import load
from detente.cli.common import print_json as print_line
from detente.cli.derive import Ask, progress_of
from detente.questions.declare import Option
from detente.questions.reading import Reading, known_parties, settings_of
from detente.reading.pile import Settings
from detente.reading.records import SentenceRecord

if TYPE_CHECKING:
    from detente.reading.journal import Journal


def read_command(
    ask: Ask[Reading],
    *,
    output: Annotated[Path | None, Option("-o", "--output", metavar="FILE")] = None,
    as_json: Annotated[bool, Option("--json")] = False,
    force: bool = False,
    yes: bool = False,
    why: Annotated[str | None, Option("--why", metavar="CLAIM")] = None,
) -> int:
    """Print what each party says, or write every claim line by line.

    Parameters
    ----------
    output : path, optional
        Write every claim to this file, or tables: .csv .xlsx .tex .md.
    as_json : bool
        Print one JSON record a line.
    force : bool
        With -o: keep nothing of what stands in the file.
    yes : bool
        With --model: do not ask before the reports are sent.
    why : str
        Tell why this claim was made, by its id, or what was made of REPORT:START-END.
    """
    from detente.cli.sending import confirm
    from detente.cli.tables import OF_TABLES, Tables

    tables = Tables.asked(ask.how, OF_TABLES)
    asked = dict(ask.values)
    paths, case = asked["paths"], asked.pop("case")
    named = ask.values["case"] = load(case) if case else None
    known = known_parties(named, asked["sides"])
    if why is not None:
        how = {k: asked[k] for k in ("words", "max_bytes", "workers", "cluster")}
        return _explain(paths, settings_of(known, **how), why)
    model = asked["model"]
    if model is not None:
        confirm(paths, model, None if asked["replay"] else asked["endpoint"], yes=yes)
        ask.values["model_log"] = asked["model_log"] or _log(output)
    claimed = not tables.wanted and (output is not None or tables.as_json)
    if model is None and claimed:
        # line by line: a pile may be larger than memory
        how = {k: asked[k] for k in ("words", "max_bytes", "workers", "cluster")}
        _stream(paths, settings_of(known, **how), output, force)
        return 0
    found = ask()
    _warn(found.notes)
    if tables.wanted:
        tables.bring(found, found.digest)
    elif output is not None:
        _warn(found.save(output, force=force))
        print(f"{output}: {found.line()}")
    elif tables.as_json:
        for record in found.document():
            print_line(record)
    else:
        width = min(shutil.get_terminal_size((80, 24)).columns, 100)
        print(found.digest(width))
    if found.second is not None:
        print(found.second.sentence(), file=sys.stderr)
    return 0


def _explain(paths: Sequence[Path], settings: Settings, what: str) -> int:
    """Print why a claim was made, or what was made of a passage."""
    from detente.reading.ingest import find_reports
    from detente.reading.pile import pile_reports, require_parser, rules, scan
    from detente.reading.why import why

    require_parser()
    with progress_of("reports") as told:
        pile = scan(find_reports(paths), settings, told)
    for line in why(pile_reports(pile, settings), rules(settings), what):
        print(line)
    return 0


def _log(output: Path | None) -> Path | None:
    """Return where the model's log is kept where nothing is said: beside the claims."""
    from detente.reading.model.log import FILE

    return output.parent / FILE if output is not None else None


def _stream(paths: Sequence[Path], settings: Settings, output: Path | None, force: bool) -> None:
    """Write the lines of a claims file as they are found, or print them."""
    from detente.reading.claimsfile import earlier, merged, save
    from detente.reading.ingest import find_reports
    from detente.reading.pile import claims, require_parser, scan
    from detente.reading.records import sentence_line

    require_parser()
    files = find_reports(paths)
    if output is not None and not force:
        earlier(output)  # what is wrong with it is told before anything is read
    with progress_of("reports") as told:
        pile = scan(files, settings, told)
        _warn(pile.notes)
        marked: list[SentenceRecord] = []
        journal = _journal(output)
        found = claims(pile, settings, told, None if output else marked, journal)
        if output is None:
            for line in merged(pile, found, settings, earlier(None)):
                streams.write_file(line + "\n")
            for sentence in marked:
                streams.write_file(sentence_line(sentence) + "\n")
            return
        try:
            count, notes = save(output, pile, found, settings, force=force)
        except KeyboardInterrupt:
            print("what was read is kept; the same command goes on where it was", file=sys.stderr)
            raise
    if journal is not None:
        journal.remove()
    _warn(notes)
    copies = sum(record.duplicate_of is not None for record in pile.records)
    print(
        f"{output}: {count:,} claims from {len(pile.records):,} reports"
        + (f", {copies:,} of them copies" if copies else "")
    )


def _journal(output: Path | None) -> Journal | None:
    """Return where it is noted what has been read; None where nothing is written to a disk."""
    from detente.reading.journal import Journal

    if output is None or not output.parent.is_dir() or (output.exists() and not output.is_file()):
        return None
    return Journal(output)


def _warn(notes: Iterable[str]) -> None:
    """Tell what went wrong on the way."""
    for note in notes:
        print(f"warning: {note}", file=sys.stderr)
