"""Attribution against PolNeAR: what ``detente read --json`` finds, in the scorer's format.

PolNeAR (Newell, Margolin and Ruths 2018; github.com/networkdynamics/PolNeAR) is news of the 2016
election in the United States with every attribution marked by hand. None of it comes with
détente: name a checkout of it.

    python benchmarks/polnear.py CORPUS dev -o predictions.jsonl
    python benchmarks/polnear.py CORPUS dev          # prints a table

A prediction is a line {"file", "source", "cue", "content"} made of the claims of kind
``statement``. Two things are told otherwise there than here, and are converted:

* The corpus never nests: of "Smith said that Jones had agreed" it marks what Smith said. A claim
  that stands, cue and all, inside the words of another is left out.
* One cue is one attribution there. Claims with one cue ("It is “full,” he said. “Very full.”" is
  two claims, one in part and one wholly in his words) are joined.

The table here counts a prediction as right when it shares at least half of its words with a
marked attribution, and half of that one's with it; "with source" asks too that the sources
share a word that is no function word.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]?|''[^\n]*?(?:''|$)|``[^\n]*?(?:''|$)", re.MULTILINE)
FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "as",
        "is",
        "was",
        "that",
        "this",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "mr",
        "mrs",
        "ms",
        "dr",
        "who",
        "which",
    ]
)
HONOURED = re.compile(r"\b(?:Mr|Mrs|Ms)\.? (?:[A-Z][\w.’'-]* )*([A-Z][\w’'-]+)")
NAMED = re.compile(r"\b[A-Z][a-z’'-]+ (?:[A-Z][\w.’'-]* )*([A-Z][\w’'-]+)(?=,|$| who\b)")
"""A source with Mr., Mrs. or Ms. before its surname; one of two capitals or more, bodies too."""
PRONOUNS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "you",
        "who",
        "him",
        "her",
        "them",
        "us",
        "me",
        "his",
        "their",
        "our",
        "my",
    ]
)


@dataclass(frozen=True)
class Attribution:
    """Spans of one attribution, and whom it names as the speaker."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    speaker: str = ""


def spans(value: list | None) -> tuple[tuple[int, int], ...]:
    if not value:
        return ()
    if isinstance(value[0], int):
        value = [value]
    return tuple((a, b) for a, b in value)


def predictions(folder: Path) -> dict[str, list[Attribution]]:
    """Run the command on a folder of texts; report id to statements."""
    command = [sys.executable, "-c", "from detente.cli import main; main()"]
    done = subprocess.run(
        [*command, "read", str(folder), "--json"], check=True, capture_output=True, text=True
    )
    found: dict[str, list[Attribution]] = defaultdict(list)
    for line in done.stdout.split("\n"):
        record = json.loads(line) if line else {}
        if record.get("type") == "claim" and record["kind"] == "statement":
            found[record["report"]].append(
                Attribution(
                    *(spans(record[part]) for part in ("source", "cue", "content")),
                    record.get("speaker") or "",
                )
            )
    return {report: joined(outermost(rows)) for report, rows in found.items()}


def outermost(rows: list[Attribution]) -> list[Attribution]:
    """Leave out what stands inside the words of another."""
    return [row for row in rows if not any(holds(other, row) for other in rows)]


def holds(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether an attribution stands, cue and all, inside the words of another with a cue."""
    if outer is inner or not outer.cue or outer.cue == inner.cue:
        return False
    begin = min(a for a, _ in (*inner.content, *inner.cue))
    end = max(b for _, b in (*inner.content, *inner.cue))
    return any(a <= begin and end <= b for a, b in outer.content)


def joined(rows: list[Attribution]) -> list[Attribution]:
    """Join what one cue reports."""
    found: dict[object, Attribution] = {}
    for n, row in enumerate(rows):
        key = row.cue or n
        if key in found:
            content = tuple(sorted({*found[key].content, *row.content}))
            row = replace(found[key], content=content)
        found[key] = row
    return list(found.values())


def gold(path: Path) -> list[Attribution]:
    """Return the attributions of one annotation file (brat's stand-off format)."""
    places: dict[str, list[tuple[int, int]]] = {}
    found = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if re.fullmatch(r"T\d+", fields[0]):
            parts = fields[1].split(" ", 1)[1].split(";")
            places[fields[0]] = [tuple(map(int, part.split())) for part in parts]
        elif re.fullmatch(r"E\d+", fields[0]):
            roles = defaultdict(list)
            for part in fields[1].split():
                role, _, name = part.partition(":")
                roles[re.sub(r"\d+$", "", role)] += places.get(name, [])
            if roles["Content"]:
                found.append(
                    Attribution(*(tuple(sorted(roles[r])) for r in ("Source", "Cue", "Content")))
                )
    return found


class Text:
    """A text as words, with those inside quotation marks known."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = {}
        self.words = []
        for n, match in enumerate(WORD.finditer(text)):
            self.words.append(match[0].lower())
            self.at.update(dict.fromkeys(range(match.start(), match.end()), n))
        self.quoted = {
            self.at[c] for m in QUOTED.finditer(text) for c in range(*m.span()) if c in self.at
        }

    def tokens(self, parts: tuple[tuple[int, int], ...]) -> frozenset[int]:
        return frozenset(self.at[c] for a, b in parts for c in range(a, b) if c in self.at)

    def kind(self, tokens: frozenset[int]) -> str:
        share = len(tokens & self.quoted) / len(tokens)
        return "direct" if share >= 0.8 else "mixed" if share else "indirect"


def same_source(text: Text, marked: frozenset[int], found: frozenset[int]) -> bool:
    if not marked or not found:
        return not marked and not found
    common = marked & found
    if all(text.words[i] in PRONOUNS | FUNCTION for i in marked):
        return bool(common)
    return any(text.words[i] not in FUNCTION for i in common)


def pairs(marked: list[frozenset[int]], found: list[frozenset[int]]) -> list[tuple[int, int]]:
    """Pair attributions one to one, the best overlap first."""
    rows = []
    for i, a in enumerate(marked):
        for j, b in enumerate(found):
            n = len(a & b)
            if n and 2 * n >= len(a) and 2 * n >= len(b):
                rows.append((-n / len(a | b), i, j))
    taken_i, taken_j, out = set(), set(), []
    for _, i, j in sorted(rows):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i), taken_j.add(j), out.append((i, j))
    return out


def table(root: Path, split: str, found: dict[str, list[Attribution]]) -> None:
    """Print precision, recall and F1 per kind, without and with the source."""
    count: dict[tuple[str, str, str], int] = defaultdict(int)
    named: dict[str, list[bool]] = {"Mr., Mrs., Ms. and a surname": [], "two names or more": []}
    files: dict[str, Path] = {}
    for path in sorted((root / "data" / split / "attributions").iterdir()):
        files.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in files.items():
        source = root / "data" / split / "text" / f"{name}.txt"
        if not source.exists():
            continue
        text = Text(source.read_text("utf-8"))
        sides = []
        for side, rows in (("gold", gold(path)), ("found", found.get(name, []))):
            rows = [row for row in rows if text.tokens(row.content)]
            sides.append(rows)
            for row in rows:
                for kind in ("all", text.kind(text.tokens(row.content))):
                    count[side, kind, "all"] += 1
        marked, mine = ([text.tokens(row.content) for row in rows] for rows in sides)
        for i, j in pairs(marked, mine):
            right = same_source(
                text, text.tokens(sides[0][i].source), text.tokens(sides[1][j].source)
            )
            for side, tokens in (("gold", marked[i]), ("found", mine[j])):
                for kind in ("all", text.kind(tokens)):
                    count[side, kind, "right"] += 1
                    count[side, kind, "source"] += right
            words = " ".join(text.text[a:b] for a, b in sides[0][i].source)
            for row, pattern in zip(named, (HONOURED, NAMED), strict=True):
                if surname := pattern.search(words):
                    named[row].append(surname[1] in sides[1][j].speaker)
                    break
    print(f"{'kind':9} {'marked':>7} {'found':>6} | {'P':>5} {'R':>5} {'F1':>5} | with source F1")
    for kind in ("all", "direct", "mixed", "indirect"):
        n, m = count["gold", kind, "all"], count["found", kind, "all"]
        p, r, f = prf(count["found", kind, "right"], m, count["gold", kind, "right"], n)
        fs = prf(count["found", kind, "source"], m, count["gold", kind, "source"], n)[2]
        print(f"{kind:9} {n:7} {m:6} | {p:5.1f} {r:5.1f} {f:5.1f} | {fs:5.1f}")
    for row, right in named.items():
        told = f"{sum(right)} of {len(right)}"
        print(f"sources found that are named by {row}: surname in speaker {told}")


def prf(right_found: int, found: int, right_marked: int, marked: int) -> tuple[float, float, float]:
    p = 100 * right_found / found if found else 0.0
    r = 100 * right_marked / marked if marked else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path, help="the checkout that holds data/")
    parser.add_argument("split", choices=["train", "dev", "test"])
    parser.add_argument("-o", "--output", type=Path, help="write predictions here; print no table")
    options = parser.parse_args()
    texts = options.corpus / "data" / options.split / "text"
    found = predictions(texts)
    if options.output is None:
        table(options.corpus, options.split, found)
        return
    with options.output.open("w", encoding="utf-8") as out:
        for name, rows in found.items():
            for row in rows:
                record = {
                    "file": f"{name}.txt",
                    "source": row.source[0] if row.source else None,
                    "cue": row.cue[0] if row.cue else None,
                    "content": row.content,
                }
                out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
