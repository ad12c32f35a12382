"""Break the code in one place after the other, and see whether a test fails.

    python tools/mutate.py --part risk --count 60 --seed 1

changes one expression of ``src/detente/risk`` at a time (a comparison, a sign, ``and`` for ``or``,
a number by one, ``min`` for ``max``, a dropped ``not``) and runs the tests of that part and of its
neighbours that reach the line, the quick ones first, until one fails. What no test notices has
survived: a test is missing, or the change means nothing. Those known to mean nothing are listed,
with the line that they stand in and the reason, in ``tools/mutate_equal.json``.

The tests are collected once, in a copy of the source. A first run without any change, in a child of
that process, tells which tests reach which line. Each change is made in a child of its own, by
giving functions another code; what runs while a module is imported, and what has survived, is tried
again by a process that begins from nothing, with all examples of the properties, which takes the
longest by far; ``--once`` leaves that out, and some of what survives then would not. A change
that takes ten times the processor time of its tests has made something endless: noticed, too.
One that half an hour by the clock was not enough for is told as waiting, which a busy machine
makes of any, and is to be looked at.

The same seed draws the same changes of the same source. Each outcome is one line of JSON in
``build/mutants/PART-SEED.jsonl``, and what reaches what is kept beside it, so that a run that was
stopped goes on where it was; ``--report`` tells what is there.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from mutate_trials import FEW, NEIGHBOURS, OWN, PLAIN, Mutant, Trials

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "detente"
EQUAL = ROOT / "tools" / "mutate_equal.json"

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


def known_equal() -> set[tuple[str, str, str, str]]:
    """Return the changes known to mean nothing: file, line of text, before and after."""
    entries = json.loads(EQUAL.read_text("utf-8"))
    return {(e["file"], e["line"], e["before"], e["after"]) for e in entries}


def known_as(mutant: Mutant) -> tuple[str, str, str, str]:
    """Return what a change is known by, wherever its line has moved."""
    return mutant.file, _lines(mutant.file)[mutant.line - 1].strip(), mutant.before, mutant.after


@cache
def _lines(file: str) -> list[str]:
    return (ROOT / file).read_text("utf-8").splitlines()


def drawn(part: str, seed: int, count: int) -> list[Mutant]:
    """Return the changes that a seed draws, each once, none of those known to mean nothing."""
    equal = known_equal()
    every = [m for m in mutants(part) if known_as(m) not in equal]
    return random.Random(seed).sample(every, min(count, len(every)))


def run(part: str, seed: int, count: int, folder: Path, once: bool = False) -> None:
    """Try the changes that a seed draws, going on where an earlier run stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / f"{part}-{seed}.jsonl").resolve()
    done = _done(file)
    chosen = [m for m in drawn(part, seed, count) if _key(asdict(m)) not in done]
    if not chosen:
        return

    def tell(mutant: Mutant, found: str, by: str) -> None:
        record = {"key": _key(asdict(mutant)), **asdict(mutant), "outcome": found, "by": by}
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record) + "\n")
        print(f"{found:<9} {mutant.file}:{mutant.line}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary).resolve()
        for name in ("src", "tests", "docs", "tools", "benchmarks"):
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile"):
            shutil.copy(ROOT / name, home / name)
        os.chdir(home)
        os.environ |= {"PYTHONPATH": str(home / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        os.environ |= {"DETENTE_EXAMPLES": FEW, "DETENTE_BROWSER": "no"}
        sys.path.insert(0, str(home / "src"))
        sys.dont_write_bytecode = True
        reach = file.with_name(f"{part}-{_digest(part)}.json")
        pytest.main(
            [*PLAIN, *OWN[part], *NEIGHBOURS[part]],
            plugins=[Trials(part, chosen, reach, tell, once)],
        )


def _digest(part: str) -> str:
    """Return what tells the source of a part from any other."""
    whole = hashlib.sha256()
    for path in sorted((SOURCE / part).rglob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


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
            if r["outcome"] in ("survived", "waiting"):
                told = f"{r['file']}:{r['line']}  {r['before']}  →  {r['after']}"
                print(f"  {r['outcome']}: {told}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=[*OWN, "all"], default="all")
    parser.add_argument("--count", type=int, default=60, help="changes of each part (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "mutants")
    parser.add_argument("--once", action="store_true", help="try on few examples only")
    parser.add_argument("--report", action="store_true", help="tell what was found; try nothing")
    asked = parser.parse_args()
    if not asked.report:
        for part in OWN if asked.part == "all" else [asked.part]:
            if not (child := os.fork()):  # each begins with nothing imported
                try:
                    run(part, asked.seed, asked.count, asked.results, asked.once)
                finally:
                    os._exit(0)
            os.waitpid(child, 0)
    report(asked.results)


if __name__ == "__main__":
    main()
