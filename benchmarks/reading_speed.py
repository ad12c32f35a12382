"""How fast a pile of reports is read: generates one, reads it, and prints what it took.

    python benchmarks/reading_speed.py                      # 2,000 reports of 1.2 KB
    python benchmarks/reading_speed.py --workers 1
    python benchmarks/reading_speed.py --warm               # and again, with the parses kept

What it would take for 100,000 is reckoned from the processor time, which grows with the pile. The
pile holds reports of invented disputes, one in ten of them a copy of another: identical, cut short,
or changed here and there. The counts of copies and claims are checked before any figure is printed,
so a run that read nothing fails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = ["Anna Velic", "Peter Hark", "Rosa Stein", "Paul Ostrow", "Ingrid Dahl", "Otto Novak"]
LANDS = ["Borduria", "Syldavia", "Norland", "Ruritania", "Freedonia", "Sylvania"]
THINGS = ["the dam", "the strike", "the herring quota", "the tariffs", "the pass", "the port"]
PATTERNS = [
    "“We have waited {n} years for {thing},” {name} told reporters in the capital on Monday.",
    "{a} will only return to the table if {b} signs a treaty on {thing}, {name} said.",
    "{a} rejected the offer of {b}, and its minister called the terms “a step back”.",
    "According to the ministry, {n} ships wait outside the harbour because of {thing}.",
    "{name} warned that {a} would close its border to {b} unless {thing} was settled.",
    "The commission offered to mediate between {a} and {b}, but {b} has not responded.",
    "It rained in the valley for {n} days, and the road to the north was closed again.",
    "The valley lies {n} kilometres from the sea, and most of its people live from fishing.",
    "Markets in the capital were quiet, with grain up by {n} points and oil hardly changed.",
    "The road was built in the last century and has been repaired {n} times since the war.",
    "A ferry with {n} passengers left the southern harbour in the morning as on other days.",
    "In the town of {name}, shops near the bridge stayed open until late in the evening.",
    "The treaty of that year has {n} articles; a copy hangs in the hall of the old parliament.",
    "“Nothing is agreed,” said {name}, who leads the delegation. “Nothing at all.”",
]
SIZE = 1_200
"""Characters of a report; those that the reader was built on have 1,180 on average."""


def story(rng: random.Random) -> str:
    """Return one report of some characters."""
    parts: list[str] = []
    while sum(map(len, parts)) < SIZE:
        a, b = rng.sample(LANDS, 2)
        words = {"a": a, "b": b, "name": rng.choice(NAMES), "thing": rng.choice(THINGS)}
        sentence = rng.choice(PATTERNS).format(n=rng.randrange(2, 10**6), **words)
        parts.append(f"{sentence} ({rng.randrange(10**9)}-{rng.randrange(10**9)})")
    return "\n\n".join(parts)


def copy(rng: random.Random, text: str) -> str:
    """Return a copy: identical, cut short, or with some words changed."""
    way = rng.randrange(3)
    if way == 0:
        return text
    if way == 1:
        return text[: len(text) * 2 // 3]
    words = text.split(" ")
    for k in rng.sample(range(len(words)), 5):
        words[k] = "changed"
    return " ".join(words)


def write_pile(folder: Path, reports: int) -> int:
    """Write the pile; return how many of its reports are copies."""
    rng = random.Random(1)
    copies = 0
    last = ""
    for k in range(reports):
        if k % 10 == 9:
            text, copies = copy(rng, last), copies + 1
        else:
            last = text = story(rng)
        (folder / f"r{k:06}.txt").write_text(text, "utf-8")
    return copies


def used() -> float:
    """Return the processor time of all processes that have ended, in seconds."""
    done = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.ru_utime + done.ru_stime


def read(folder: Path, out: Path, workers: int) -> tuple[float, float]:
    """Read a pile into a file; return seconds, and seconds of processors."""
    command = [sys.executable, "-c", "from detente.cli import main; main()", "read"]
    options = ["-o", str(out), "--force", "--workers", str(workers)]
    begin, before = time.perf_counter(), used()
    # From the folder above: a claims file holds the paths as they were named.
    subprocess.run([*command, folder.name, *options], check=True, cwd=folder.parent)
    return time.perf_counter() - begin, used() - before


def check(out: Path, reports: int, copies: int) -> tuple[int, int]:
    """Return how many copies were found, and claims; stop where the reading is wrong."""
    found = claims = 0
    with out.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            found += record["type"] == "report" and record["duplicate_of"] is not None
            claims += record["type"] == "claim"
    if not 0.98 * copies <= found <= copies or claims < reports:
        sys.exit(f"{found} of {copies} copies found, {claims} claims: the reading is wrong")
    return found, claims


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--warm", action="store_true")
    options = parser.parse_args()
    n = options.reports
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "reports", Path(name) / "claims.jsonl"
        folder.mkdir()
        os.environ["DETENTE_CACHE"] = str(Path(name) / "cache")
        copies = write_pile(folder, n)
        size = sum(f.stat().st_size for f in folder.iterdir())
        for kept in (False, True)[: 1 + options.warm]:
            took, processor = read(folder, out, options.workers)
            found, claims = check(out, n, copies)
            print(
                f"{n:,} reports, {size / 1e6:.1f} MB, {options.workers} processes,"
                f" {'parses kept' if kept else 'nothing kept'}: {took:.0f} s,"
                f" {processor:.0f} s of processors; {found:,} of {copies:,} copies,"
                f" {claims:,} claims; sha256 {hashlib.sha256(out.read_bytes()).hexdigest()[:12]}"
            )
            print(
                f"{1000 * processor / n:.0f} ms of processor time a report,"
                f" {size / 1e3 / processor:.0f} KB/s of one core; 100,000 such reports:"
                f" {100_000 * processor / n / 3600:.1f} hours of one core"
            )
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        cache = sum(f.stat().st_size for f in Path(name).glob("cache/**/*") if f.is_file())
        print(f"{peak:.0f} MiB in the largest process; parses kept: {cache / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
