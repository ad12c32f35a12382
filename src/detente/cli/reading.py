"""The command ``read``: from a pile of reports to claims with their exact words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import load, output_option, progress
from detente.errors import ReportError

if TYPE_CHECKING:
    from detente.reading.actors import PartyNames
    from detente.reading.claims import Claim
    from detente.reading.pile import Pile, Progress, Settings
    from detente.reading.review import Review


@click.command("read")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--case", metavar="CASE", help="Name parties as this case does; its aliases count.")
@output_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON record a line.")
@click.option(
    "--words",
    type=click.Path(path_type=Path, exists=True),
    help="A file, or folder, of word lists to add to those that come with détente.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=None,
    help="The largest file to read, in bytes (20,000,000 unless given).",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=None,
    help="Processes for large piles; as many as the machine has processors unless given.",
)
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
    from detente.reading.ingest import MAX_BYTES, report_files
    from detente.reading.pile import Settings, scan

    parties = _parties(case) if case else ()
    settings = Settings(parties, words, max_bytes or MAX_BYTES, workers or os.cpu_count() or 1)
    files = report_files(paths)
    earlier = _earlier(output)
    with _bars() as told:
        pile = scan(files, settings, told)
        for note in pile.notes:
            print(f"warning: {note}", file=sys.stderr)
        if output is not None:
            _write(output, pile, settings, told, earlier)
        elif as_json:
            for line in _lines(pile, settings, told, earlier):
                sys.stdout.write(line + "\n")
    if output is None and not as_json:
        _digest(pile, settings, case, parties)
    return 0


def _parties(case: str) -> tuple[PartyNames, ...]:
    """Return how a case names its parties."""
    from detente.reading.actors import PartyNames

    return tuple(PartyNames(p.name, p.label, p.aliases) for p in load(case).parties)


def _earlier(output: Path | None) -> Review:
    """Return what was reviewed in the file that is about to be written."""
    from detente.reading.records import read_lines
    from detente.reading.review import review

    if output is None or not output.exists():
        return review(())
    try:
        text = output.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{output}: cannot be read ({error}); name another file") from None
    return review(read_lines(text, str(output)))


def _lines(pile: Pile, settings: Settings, told: Progress, earlier: Review) -> Iterator[str]:
    """Yield the lines of a claims file: reports, then claims with reviewed ones kept."""
    from detente.reading.pile import claims
    from detente.reading.records import report_line

    for record in pile.records:
        yield report_line(record)
    for record, file, found in zip(
        pile.records, pile.files, claims(pile, settings, told), strict=True
    ):
        text = partial(_text, file, settings.max_bytes)
        yield from earlier.merge(record.report, text, found)
    yield from earlier.rest()


def _text(file: Path, max_bytes: int) -> str:
    """Return the text of a report."""
    from detente.reading.ingest import read_file

    return read_file(file, max_bytes).text


def _write(output: Path, pile: Pile, settings: Settings, told: Progress, earlier: Review) -> None:
    """Write the claims file, whole or not at all, and say what it holds."""
    count = write_lines(output, _lines(pile, settings, told, earlier))
    for note in earlier.notes:
        print(f"warning: {note}", file=sys.stderr)
    copies = sum(record.duplicate_of is not None for record in pile.records)
    print(
        f"{output}: {count - len(pile.records):,} claims from {len(pile.records):,} reports"
        + (f", {copies:,} of them copies" if copies else "")
    )


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file, whole or not at all, without holding them; return their number."""
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent or ".", prefix=f".{path.name}.")
    except OSError as error:
        raise ReportError(f"cannot write {path}: {error.strerror or error}") from None
    count = 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(f"{line}\n")
                count += 1
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except BaseException:  # Ctrl-C too: the old file stays
        Path(aside).unlink(missing_ok=True)
        raise
    return count


def _digest(
    pile: Pile, settings: Settings, case: str | None, parties: tuple[PartyNames, ...]
) -> None:
    """Print the digest."""
    import shutil

    from detente.dossier.text.digest import digest
    from detente.reading.pile import claims

    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    labels = {party.name: party.label for party in parties}
    found: list[Claim] = []
    with _bars() as told:
        for part in claims(pile, settings, told):
            found += part
    for line in digest(pile.records, found, labels, width):
        print(line)


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each step is, on a terminal."""
    with progress("reports") as advance:
        yield lambda step, done, of: advance(done, of)
