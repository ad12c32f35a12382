"""The command ``read``: from a pile of reports to claims with their exact words."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    load,
    max_bytes_option,
    output_option,
    paths_argument,
    progress,
    words_option,
    workers_option,
)

if TYPE_CHECKING:
    from detente.reading.pile import Settings


@click.command("read")
@paths_argument
@click.option("--case", metavar="CASE", help="Name parties as this case does; its aliases count.")
@output_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@words_option
@max_bytes_option
@workers_option
def read_command(
    paths: tuple[Path, ...],
    case: str | None,
    output: Path | None,
    as_json: bool,
    words: Path | None,
    max_bytes: int | None,
    workers: int | None,
) -> int:
    """Read reports: who wants what, and who said so, each claim with its exact words.

    PATH is a file or folder of txt, md, html or pdf files. Prints a digest by party; with -o
    writes every claim to a file for editing, and keeps what that file has marked as reviewed.
    Nothing is asked of any other machine.
    """
    from detente.reading.ingest import MAX_BYTES
    from detente.verbs.reading import read, settings_of

    named = load(case) if case else None
    largest, processes = max_bytes or MAX_BYTES, workers or os.cpu_count() or 1
    if output is None and not as_json:
        with _bars() as told:
            found = read(
                paths, named, words=words, max_bytes=largest, workers=processes, progress=told
            )
        _warn(found.notes)
        width = min(shutil.get_terminal_size((80, 24)).columns, 100)
        print(found.digest(width))
    else:  # line by line: a pile may be larger than memory
        _stream(paths, settings_of(named, words, largest, processes), output)
    return 0


def _stream(paths: Sequence[Path], settings: Settings, output: Path | None) -> None:
    """Write the lines of a claims file as they are found, or print them."""
    from detente.reading.claimsfile import earlier, merged, write_lines
    from detente.reading.ingest import report_files
    from detente.reading.pile import claims, scan

    files = report_files(paths)
    reviewed = earlier(output)
    with _bars() as told:
        pile = scan(files, settings, told)
        _warn(pile.notes)
        lines = merged(pile, claims(pile, settings, told), settings, reviewed)
        if output is None:
            for line in lines:
                sys.stdout.write(line + "\n")
            return
        count = write_lines(output, lines)
    _warn(reviewed.notes)
    copies = sum(record.duplicate_of is not None for record in pile.records)
    print(
        f"{output}: {count - len(pile.records):,} claims from {len(pile.records):,} reports"
        + (f", {copies:,} of them copies" if copies else "")
    )


def _warn(notes: Iterable[str]) -> None:
    """Tell what went wrong on the way."""
    for note in notes:
        print(f"warning: {note}", file=sys.stderr)


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each step is, on a terminal."""
    with progress("reports") as advance:
        yield lambda step, done, of: advance(done, of)
