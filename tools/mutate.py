"""Break the code in one place after the other, and see whether a test fails.

    python tools/mutate.py --part risk --count 60 --seed 1

changes one expression of ``src/detente/risk`` at a time (a comparison, a sign, ``and`` for ``or``,
a number by one, ``min`` for ``max``, a dropped ``not``) in a copy of the source, and runs the tests
of that part against it, then those of its neighbours: of both only those that reach the line, the
quick ones first, which a first run without any change tells. What no test notices has survived: a
test is missing, or the change means nothing. Those known to mean nothing are listed, with the
reason, in ``tools/mutate_equal.json``.

The same seed draws the same changes of the same source. Each outcome is one line of JSON in
``build/mutants/PART-SEED.jsonl``, so that a run that was stopped goes on where it was; ``--report``
tells what is there. Properties are tried on few examples first, on all of them before a change
counts as survived.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "detente"
EQUAL = ROOT / "tools" / "mutate_equal.json"

OWN = {
    "case": ["tests/case"],
    "graph": ["tests/graph"],
    "stability": ["tests/stability"],
    "wayout": ["tests/wayout"],
    "risk": ["tests/risk"],
}
"""The parts that can be broken, and the tests of each."""

NEIGHBOURS = {
    "case": ["tests/cli/test_cli_cases.py", "tests/wayout/test_deadlock.py", "tests/gallery"],
    "graph": ["tests/stability", "tests/wayout"],
    "stability": ["tests/gallery", "tests/cli/test_cli_engine.py"],
    "wayout": ["tests/gallery/test_korea_verdicts.py", "tests/dossier/test_sections.py"],
    "risk": ["tests/gallery/test_korea_verdicts.py", "tests/dossier/test_sections.py"],
}
"""Further tests that may notice what a part's own tests do not."""

FEW = "6"
"""Examples of a property at first."""

PATIENCE = 600
"""Seconds after which a change is told as endless: noticed, if the machine had time for it."""

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
NAMES |= {"minimum": "maximum", "maximum": "minimum", "argmin": "argmax", "argmax": "argmin"}
MEANINGLESS = {"strict", "frozen", "slots", "eq", "repr", "compare", "order", "init", "dtype"}
"""Keywords whose values guard or declare, so that nothing hangs on them in a sound program."""


@dataclass(frozen=True)
class Mutant:
    """One change of one expression.

    Parameters
    ----------
    file : str
        From the root.
    line : int
        From 1.
    before, after : str
        The expression, in one line.
    start, end : int
        Where it stands in the text, in characters.
    text : str
        The expression as it is written.
    """

    file: str
    line: int
    before: str
    after: str
    start: int
    end: int
    text: str


def mutants(part: str) -> list[Mutant]:
    """Return all changes of a part, in the order of its text."""
    found = []
    for path in sorted((SOURCE / part).rglob("*.py")):
        found += list(_of_file(path))
    return found


def _of_file(path: Path) -> Iterator[Mutant]:
    text = path.read_text("utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    data = text.encode()
    for node in _expressions(ast.parse(text)):
        for changed in _changes(node):
            assert isinstance(node, ast.expr)
            assert node.end_lineno is not None
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + (node.end_col_offset or 0)
            before = data[begin:end].decode()
            yield Mutant(
                path.relative_to(ROOT).as_posix(),
                node.lineno,
                " ".join(before.split()),
                ast.unparse(changed),
                len(data[:begin].decode()),
                len(data[:end].decode()),
                before,
            )


def _expressions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is run, but for annotations, decorators and what only checkers read."""
    for name, field in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in field if isinstance(field, list) else [field]:
            if not isinstance(child, ast.AST) or _is_for_checkers(child):
                continue
            if isinstance(child, ast.keyword) and child.arg in MEANINGLESS:
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _expressions(child)


def _is_for_checkers(node: ast.AST) -> bool:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name):
        return node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
    return isinstance(node, ast.Assert | ast.Raise)


def _changes(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expression with one thing in it changed."""
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in SWAPS:
            made = copy.deepcopy(node)
            made.ops[0] = SWAPS[type(op)]()  # type: ignore[call-overload]
            yield made
        case ast.BinOp(op=op) if type(op) in SWAPS and not isinstance(node.left, ast.Constant):
            made_op = copy.deepcopy(node)
            made_op.op = SWAPS[type(op)]()  # type: ignore[assignment]
            yield made_op
        case ast.BoolOp(op=op):
            made_bool = copy.deepcopy(node)
            made_bool.op = SWAPS[type(op)]()  # type: ignore[assignment]
            yield made_bool
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Name(id=name) if name in NAMES and isinstance(node.ctx, ast.Load):
            yield ast.Name(NAMES[name])
        case ast.Attribute(attr=name) if name in NAMES:
            made_name = copy.deepcopy(node)
            made_name.attr = NAMES[name]
            yield made_name


@dataclass(frozen=True)
class Reach:
    """Which tests reach which lines, and how long each takes.

    Parameters
    ----------
    lines : dict
        From a file and a line to the ids of tests.
    seconds : dict
        From the id of a test to its time.
    """

    lines: dict[tuple[str, int], set[str]]
    seconds: dict[str, float]

    def of(self, mutant: Mutant, folders: list[str]) -> list[str]:
        """Return the tests of some folders that reach a change, the quick ones first.

        What runs while a module is imported, or in another process, is reached by all of them.
        """
        last = mutant.line + mutant.text.count("\n")
        found = {
            test
            for line in range(mutant.line, last + 1)
            for test in self.lines.get((mutant.file, line), ())
            if test.startswith(tuple(folders))
        }
        return sorted(found, key=lambda test: self.seconds.get(test, 0.0)) or folders


def reach(part: str, home: Path) -> Reach:
    """Run the tests of a part and of its neighbours without any change; note what they reach."""
    import coverage

    tests = [*OWN[part], *NEIGHBOURS[part]]
    options = ["--cov=detente", "--cov-context=test", "--cov-report=", "--durations=0", "-vvv"]
    done = _pytest(home, tests, FEW, *options, patience=20 * PATIENCE)
    if done.returncode:
        told = done.stdout.decode(errors="replace")[-2000:]
        raise SystemExit(f"the tests of {part} fail without any change; mend them first\n{told}")
    seconds: Counter[str] = Counter()
    for said in done.stdout.decode().splitlines():
        if (match := DURATION.match(said)) is not None:
            seconds[match[2]] += float(match[1])  # type: ignore[assignment]
    data = coverage.CoverageData(str(home / ".coverage"))
    data.read()
    lines: dict[tuple[str, int], set[str]] = {}
    for file in data.measured_files():
        name = Path(file).relative_to(home).as_posix()
        for line, contexts in data.contexts_by_lineno(file).items():
            lines[name, line] = {context.partition("|")[0] for context in contexts if context}
    return Reach(lines, seconds)


DURATION = re.compile(r"([\d.]+)s (?:call|setup|teardown) +(\S.*)")


def outcome(mutant: Mutant, part: str, home: Path, known: Reach) -> dict[str, object]:
    """Run the tests against a changed copy of the source; say who noticed."""
    target = home / mutant.file
    text = target.read_text("utf-8")
    target.write_text(
        f"{text[: mutant.start]}({mutant.after}){text[mutant.end :]}", encoding="utf-8"
    )
    try:
        for by, tests, examples in (
            ("own", OWN[part], FEW),
            ("neighbours", NEIGHBOURS[part], FEW),
            ("own, all examples", OWN[part], ""),
        ):
            if noticed := _noticed(home, known.of(mutant, tests), examples):
                return {**asdict(mutant), "outcome": noticed, "by": by}
    finally:
        target.write_text(text, encoding="utf-8")
    return {**asdict(mutant), "outcome": "survived", "by": ""}


def _noticed(home: Path, tests: list[str], examples: str) -> str:
    """Return how tests notice a change; empty if they pass."""
    try:
        failed = _pytest(home, tests, examples, "-x", patience=PATIENCE).returncode != 0
    except subprocess.TimeoutExpired:
        return "endless"
    return "killed" if failed else ""


def _pytest(
    home: Path, tests: list[str], examples: str, *options: str, patience: float
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"DETENTE_EXAMPLES": examples, "DETENTE_BROWSER": "no"}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not slow and not clock"]
    command += ["-p", "no:cacheprovider", "-p", "no:randomly", *options, *tests]
    return subprocess.run(
        command, cwd=home, env=environment, capture_output=True, timeout=patience, check=False
    )


def known_equal() -> dict[tuple[str, str, str], str]:
    """Return the changes known to mean nothing, with the reasons."""
    if not EQUAL.exists():
        return {}
    entries = json.loads(EQUAL.read_text("utf-8"))
    return {(e["file"], e["before"], e["after"]): e["why"] for e in entries}


def drawn(part: str, seed: int, count: int) -> list[Mutant]:
    """Return the changes that a seed draws, each once, none of those known to mean nothing."""
    equal = known_equal()
    every = [m for m in mutants(part) if (m.file, m.before, m.after) not in equal]
    return random.Random(seed).sample(every, min(count, len(every)))


def run(part: str, seed: int, count: int, folder: Path) -> Path:
    """Try the changes that a seed draws, going on where an earlier run stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{part}-{seed}.jsonl"
    done = _done(file)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        for name in ("src", "tests", "docs", "tools", "benchmarks"):
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile"):
            shutil.copy(ROOT / name, home / name)
        known = reach(part, home)
        for number, mutant in enumerate(drawn(part, seed, count), start=1):
            key = _key(asdict(mutant))
            if key in done:
                continue
            found = outcome(mutant, part, home, known)
            with file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"number": number, "key": key, **found}) + "\n")
            print(f"{number:>3} {found['outcome']:<9} {mutant.file}:{mutant.line}", flush=True)
    return file


def _key(mutant: dict[str, object]) -> str:
    told = [mutant[name] for name in ("file", "start", "before", "after")]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _done(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {json.loads(line)["key"] for line in file.read_text("utf-8").splitlines() if line}


def report(folder: Path) -> None:
    """Print what became of the changes tried so far."""
    for file in sorted(folder.glob("*.jsonl")):
        records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
        counted = Counter(r["outcome"] for r in records)
        told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(counted.items()))
        print(f"{file.stem}: {len(records)} tried: {told}")
        for r in records:
            if r["outcome"] == "survived":
                print(f"  {r['file']}:{r['line']}  {r['before']}  →  {r['after']}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=[*OWN, "all"], default="all")
    parser.add_argument("--count", type=int, default=60, help="changes of each part (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "mutants")
    parser.add_argument("--report", action="store_true", help="tell what was found; try nothing")
    asked = parser.parse_args()
    if not asked.report:
        for part in OWN if asked.part == "all" else [asked.part]:
            run(part, asked.seed, asked.count, asked.results)
    report(asked.results)


if __name__ == "__main__":
    main()
