"""The command ``draw``: one picture of a case into a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from detente.cli import streams
from detente.cli.common import print_json
from detente.cli.derive import Ask
from detente.questions.declare import Option
from detente.questions.draw import Drawing, require_suffix


def draw_command(
    ask: Ask[Drawing],
    *,
    output: Annotated[Path | None, Option("-o", "--output", metavar="FILE")] = None,
    force: bool = False,
    as_json: Annotated[bool, Option("--json")] = False,
) -> None:
    """Write the picture into a file.

    PNG and PDF are made by the machine's Chromium or Chrome; SVG needs none.

    Parameters
    ----------
    output : path, optional
        Write to this file; its end says as what: .svg .png .pdf, of a graph also .graphml .dot.
        Without it SVG is printed.
    force : bool
        Write over what is there.
    as_json : bool
        Print the picture and what it shows as JSON.
    """
    if as_json:
        print_json(ask().document())
        return
    if output is None:
        streams.write_file(ask().svg)
        return
    suffix = require_suffix(output, ask.values["what"])
    if suffix in (".png", ".pdf"):
        from detente.printing import require

        require(f"a {suffix[1:].upper()}")  # told before the long part
    ask().save(output, force=force)
    print(f"wrote {output}", file=sys.stderr)
