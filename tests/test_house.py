"""The rules of the house that a machine can check: who imports whom, sizes, traces, gates."""

from __future__ import annotations

import ast
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from detente import version
from marked import few

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "detente"
MODULES = sorted(SOURCE.rglob("*.py"))
PYTHON_FILES = [*MODULES, *sorted(f for d in ("tests", "tools") for f in (ROOT / d).rglob("*.py"))]
PYTHON_FILES += sorted((ROOT / "benchmarks").rglob("*.py"))

# Each part of the package and the parts it may import, besides itself and what is for everybody.
# A new part is entered here and on the map in docs/explanation/house.md.
FOR_EVERYBODY = {"errors", "version", "opening", "keys", "writing", "decoding", "pools", "printing"}
DATA = ("case",)
ENGINE = (*DATA, "graph")
REASONING = (*ENGINE, "stability")
RESULTS = (*REASONING, "wayout", "doubt", "risk", "reading", "drafting", "english")
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "errors": (),
    "version": (),
    "opening": (),
    "keys": (),
    "decoding": (),
    "writing": (),
    "pools": (),
    "printing": (),
    "case": (),
    "english": DATA,
    "gallery": DATA,
    "reading": (*DATA, "english"),
    "drafting": (*DATA, "reading", "english"),
    "graph": DATA,
    "stability": ENGINE,
    "wayout": REASONING,
    "doubt": (*REASONING, "wayout"),
    "risk": REASONING,
    "dossier": (*RESULTS, "gallery"),
    "workbench": (*RESULTS, "gallery", "dossier", "questions"),
    "questions": (*RESULTS, "gallery", "dossier"),
    "mcp": (*RESULTS, "gallery", "dossier", "questions"),
    "__init__": ("case", "questions"),
    "cli": (*RESULTS, "gallery", "dossier", "questions", "workbench", "mcp", "__init__"),
    "__main__": ("cli",),
}

FILE_LINES = 500
FUNCTION_LINES = 55


def name(path: Path) -> str:
    """The path from the root, for test ids and messages."""
    return path.relative_to(ROOT).as_posix()


def part(path: Path) -> str:
    """The part of the package a module belongs to: ``graph`` for ``graph/moves.py``."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def parsed(code: str) -> ast.Module:
    """The syntax of a text, for all rules that look at it."""
    return ast.parse(code)


def imported_parts(code: str, package: str) -> set[str]:
    """The parts that a module in a package imports, wherever; ``__init__`` for its functions."""
    found = set()
    for node in ast.walk(parsed(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found |= {f"{base}.{alias.name}" for alias in node.names}
    inside = [dotted.split(".")[1:2] for dotted in found if dotted.split(".")[0] == SOURCE.name]
    return {first[0] if first and is_part(first[0]) else "__init__" for first in inside}


def is_part(word: str) -> bool:
    """Whether a word after ``detente.`` is a module and not one of the package's functions."""
    return (SOURCE / word).is_dir() or (SOURCE / f"{word}.py").exists()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import detente.graph.moves", {"graph"}),
        ("from detente import errors, case", {"errors", "case"}),
        ("from detente import load", {"__init__"}),
        ("import detente", {"__init__"}),
        ("from .model import Graph", {"graph"}),
        ("from . import moves", {"graph"}),
        ("from ..case import model", {"case"}),
        ("def f():\n    from detente.case.model import Case", {"case"}),
        ("import numpy.detente", set()),
    ],
)
def test_imports_are_recognised(code, found):
    assert imported_parts(code, "detente.graph") == found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_one_way(path):
    assert part(path) in MAY_IMPORT, f"enter '{part(path)}' in MAY_IMPORT and on the house's map"
    package = ".".join(path.parent.relative_to(SOURCE.parent).parts)
    allowed = {part(path), *FOR_EVERYBODY, *MAY_IMPORT[part(path)]}
    wrong = imported_parts(path.read_text("utf-8"), package) - allowed
    assert not wrong, f"{name(path)} imports {', '.join(sorted(wrong))}"


def test_every_part_is_on_the_map():
    page = (ROOT / "docs" / "explanation" / "house.md").read_text("utf-8")
    parts = {part(path) for path in MODULES} - {"__init__", "__main__"}
    missing = sorted(p for p in parts if f"`{p}" not in page)
    assert not missing, f"docs/explanation/house.md says nothing of {missing}"


def test_the_changelog_knows_the_version():
    assert version.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_has_a_line_in_its_page():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    everything = extras.pop("all")[0]
    assert sorted(set(extras) - {"dev", "docs"}) == sorted(everything[8:-1].split(","))
    asked = [*project["dependencies"], *itertools.chain(*extras.values())]
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text("utf-8")
    packages = {re.split(r"[><=~!; ]", line)[0] for line in asked}
    assert sorted(p for p in packages if p not in page) == []


def code_lines(function: ast.AST, lines: list[str]) -> int:
    """Lines of a function without its docstring, comments and blank lines."""
    body = list(function.body)
    documented = ast.get_docstring(function) is not None
    quiet = set(range(body[0].lineno, body[0].end_lineno + 1)) if documented else set()
    own = range(function.lineno, function.end_lineno + 1)
    return sum(
        1
        for n in own
        if n not in quiet and lines[n - 1].strip(" #") and not lines[n - 1].lstrip().startswith("#")
    )


@pytest.mark.parametrize("path", PYTHON_FILES, ids=name)
def test_files_and_functions_stay_small_and_say_what_they_are(path):
    text = path.read_text("utf-8")
    lines = text.splitlines()
    assert len(lines) <= FILE_LINES, f"{name(path)} has {len(lines)} lines"
    assert ast.get_docstring(parsed(text)), f"{name(path)}: no docstring"
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    found = [n for n in ast.walk(parsed(text)) if isinstance(n, functions)]
    long = {f.name: size for f in found if (size := code_lines(f, lines)) > FUNCTION_LINES}
    assert not long, f"{name(path)}: functions of too many code lines: {long}"


# --- traces of machines -----------------------------------------------------------------------

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|tmp|home|Users)/\w")
REGISTRY = re.compile(r"https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|/simple/)", re.IGNORECASE)
NAMED_PAGE = re.compile(r"\b[A-Z]{3,}\.md\b")


def tracked_files() -> list[Path]:
    """What is under version control; in an unpacked release, what that holds."""
    if (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return [ROOT / f for f in listing.stdout.split("\0") if f and (ROOT / f).is_file()]
    left_out = re.compile(r"/\.|/site/|/__pycache__/|\.egg-info/")
    return [f for f in ROOT.rglob("*") if f.is_file() and not left_out.search(f"/{name(f)}")]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    """``file:line: text`` for every tracked line that a pattern is found in."""
    found = []
    for path in tracked_files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            found += [f"{name(path)}:{number}: {m.group()}" for m in pattern.finditer(line)]
    return found


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["paths", "registries"])
def test_no_traces_of_a_machine(pattern):
    assert lines_matching(pattern) == []


def test_pages_named_in_the_repository_are_in_it():
    here = {f.name for f in tracked_files()} | {f.name for f in ROOT.glob("*.md")}
    strangers = [line for line in lines_matching(NAMED_PAGE) if line.rsplit(" ", 1)[1] not in here]
    assert strangers == []


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (MACHINE_PATH, "see /" + "tmp/x", True),
        (MACHINE_PATH, '"/' + 'root/x"', True),
        (MACHINE_PATH, "https://example.org/" + "work/x", False),
        (MACHINE_PATH, "/proc/meminfo", False),
        (REGISTRY, "https://" + "pypi.org/x", True),
        (REGISTRY, "https://doi.org/10.1/x", False),
    ],
)
def test_the_patterns_find_what_they_should(pattern, text, found):
    assert bool(pattern.search(text)) is found


# --- the gates --------------------------------------------------------------------------------

UNUSED_IMPORT = '"""A module."""\n\nimport os\n'
WRONG_TYPES = '''"""A module."""


def f(x: int) -> str:
    """Return x."""
    return x


def g(x):
    return x
'''
FOLDERS = ("src/detente", "tests", "benchmarks")


@pytest.fixture
def copy(tmp_path):
    """An empty project with this project's own Makefile and settings."""
    for file in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / file, tmp_path / file)
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "fine.py").write_text('"""A module."""\n')
    return tmp_path


def make(copy: Path, gate: str) -> subprocess.CompletedProcess[str]:
    """Run one gate of the Makefile on the copy, with the tools of this installation."""
    stamp = ".venv/.installed-to-develop"
    (copy / stamp).parent.mkdir()
    (copy / stamp).touch()
    tools = f"BIN={Path(sys.executable).parent}"
    return subprocess.run(
        ["make", gate, tools, "-o", stamp], cwd=copy, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize(
    ("gate", "faults", "told"),
    [
        (
            "lint",
            {f"{place}/bad_{k}.py": UNUSED_IMPORT for k, place in enumerate(FOLDERS)},
            [f"bad_{k}.py" for k in range(len(FOLDERS))],
        ),
        ("lint", {"tests/test_bad.py": '"""A module."""\nx=1\n'}, ["test_bad.py"]),
        ("types", {"src/detente/bad.py": WRONG_TYPES}, ["bad.py:6", "bad.py:9"]),
    ],
    ids=["lint", "format", "types"],
)
def test_a_gate_sees_every_planted_fault(copy, gate, faults, told):
    for file, fault in faults.items():
        (copy / file).write_text(fault)
    run = make(copy, gate)
    assert run.returncode != 0
    assert [one for one in told if one not in run.stdout + run.stderr] == []


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("gate", few(["lint", "types"], "lint"))
def test_a_gate_lets_good_code_pass(copy, gate):
    run = make(copy, gate)
    assert run.returncode == 0, run.stdout + run.stderr
