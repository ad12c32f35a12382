"""The benchmarks of the engine and of what stands on it: what ``make bench`` runs.

Those of reading are run by hand: ``reading_speed.py`` writes a pile of 100,000 reports first, and
``polnear.py`` needs the corpus of that name.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ("engine", "wayout", "doubt", "risk", "brief")


def main() -> None:
    """Run them."""
    for name in SCRIPTS:
        print(f"\n## {name}\n", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=True)


if __name__ == "__main__":
    main()
