"""All benchmarks, one after the other: what ``make bench`` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run every other script of this folder."""
    for script in sorted(HERE.glob("*.py")):
        if script.name != Path(__file__).name:
            print(f"\n## {script.stem}\n", flush=True)
            subprocess.run([sys.executable, str(script)], check=True)


if __name__ == "__main__":
    main()
