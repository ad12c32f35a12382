"""How well rules and a language model read together, by a scorer's list of positions.

    python benchmarks/model_reading.py SCORER SET... --model NAME [--endpoint URL]

SCORER is a program that takes a command in place of ``detente`` and folders of reports with what
a careful reader finds in them. It is run twice: once as it is, and once with the model asked at
each reading. Nothing of either comes with détente; the key is taken from DETENTE_API_KEY.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Print both scores, one below the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scorer")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--model", required=True)
    parser.add_argument("--endpoint", default="http://localhost:8080/v1")
    asked = parser.parse_args()
    detente = Path(sys.executable).parent / "detente"
    for title, options in (
        ("rules alone", ""),
        (f"rules and {asked.model}", f"--model {shlex.quote(asked.model)} --yes"),
    ):
        if options:
            options += f" --endpoint {shlex.quote(asked.endpoint)}"
        with tempfile.TemporaryDirectory() as folder:
            command = Path(folder) / "detente"
            command.write_text(
                f'#!/bin/sh\ncase "$1" in read) exec {shlex.quote(str(detente))} "$@" {options} ;; '
                f'*) exec {shlex.quote(str(detente))} "$@" ;; esac\n',
                "utf-8",
            )
            command.chmod(0o755)
            print(f"== {title}", flush=True)
            done = subprocess.run(
                [sys.executable, asked.scorer, command, *asked.sets], env=os.environ, check=False
            )
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
