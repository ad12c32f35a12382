"""The command ``draft``: from a pile of reports to a first case."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from detente.cli.common import (
    json_option,
    max_bytes_option,
    paths_argument,
    print_json,
    progress,
    words_option,
    workers_option,
)


@click.command("draft")
@paths_argument
@click.option(
    "-o",
    "--output",
    metavar="CASE_DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Write the case into this folder; it must not hold one yet.",
)
@click.option("--title", default="", help="What the case is called.")
@json_option
@words_option
@max_bytes_option
@workers_option
def draft_command(
    paths: tuple[Path, ...],
    output: Path,
    title: str,
    as_json: bool,
    words: Path | None,
    max_bytes: int | None,
    workers: int | None,
) -> None:
    """Make a first case from reports alone, every line marked as a draft.

    PATH is a file or folder of txt, md, html or pdf files. CASE_DIR gets a case.yaml, the
    claims and copies of the reports, and can be asked at once. Each line cites the words it
    was made from, or is called an assumption. What the reports leave open is told, and stands
    at the top of the case. Nothing is asked of any other machine.
    """
    from detente.reading.ingest import MAX_BYTES
    from detente.verbs.draft import draft

    with progress("reports") as advance:
        found = draft(
            paths,
            title=title,
            words=words,
            max_bytes=max_bytes or MAX_BYTES,
            workers=workers or os.cpu_count() or 1,
            progress=lambda step, done, of: advance(done, of),
        )
    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    found.save(output)
    if as_json:
        print_json({"case": str(output), **found.to_dict()})
        return
    print(found)
    print(
        f"{output} is written. Go through its case.yaml line by line, then:\n"
        f"  detente check {output}; detente deadlock {output}; detente brief {output}"
    )
