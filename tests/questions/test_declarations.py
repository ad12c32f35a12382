"""Laws over all questions: what is declared once is what every door offers."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any, Literal

import click
import pytest

import detente
from detente.case.model import Case
from detente.cli.derive import command_of
from detente.cli.tables import OPTIONS
from detente.dossier import documents
from detente.dossier.documents import shapes
from detente.questions.declare import (
    REQUIRED,
    Argument,
    AtLeast,
    Joint,
    Option,
    Progress,
    Rates,
    Several,
    docstring,
    parameters,
    result_of,
)
from detente.questions.result import LINE, Result
from detente.questions.shapes import schema, shape_of
from detente.questions.table import COMMANDS, FUNCTIONS, QUESTIONS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "detente"
CASE = "korea-2018"

sys.path.insert(0, str(ROOT / "tools"))
reference = importlib.import_module("reference")


LACKING = {"--force"}
"""Not every command with tables writes over a file: a folder is written once."""


def question(name: str) -> Callable[..., Any]:
    return getattr(importlib.import_module(f"detente.questions.{FUNCTIONS[name].question}"), name)


def doors(name: str) -> list[Callable[..., Any]]:
    """The functions whose parameters make up a command."""
    entry = COMMANDS[name]
    found = [question(name)] if entry.question else []
    if entry.door:
        found.append(
            getattr(importlib.import_module(f"detente.cli.{entry.door}"), f"{name}_command")
        )
    else:
        result = result_of(found[0])
        found += [getattr(result, m) for m in ("told", "document", "tables") if hasattr(result, m)]
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_what_its_functions_take(name: str) -> None:
    command = command_of(name)
    wanted = {
        p: parameter.kind
        for function in doors(name)
        for p, parameter in inspect.signature(function).parameters.items()
        if p not in ("self", "ask")
    }
    watched = {p.name for f in doors(name) for p in parameters(f) if p.kind == "progress"}
    offered = {p.name for p in command.params}
    free = set() if COMMANDS[name].door else {"as_json", "svg"}
    if COMMANDS[name].question and hasattr(result_of(question(name)), "tables"):
        flags = {flag for p in command.params for flag in p.opts}
        assert {flag for option in OPTIONS for flag in option.flags[:1]} - LACKING <= flags
        free |= {option.name for option in OPTIONS} - set(wanted)
    assert offered - free - {"store"} == set(wanted) - watched
    assert ("store" in offered) == ("max_memory" in offered)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_default_on_the_command_line_is_the_one_in_python(name: str) -> None:
    command = command_of(name)
    for function in doors(name):
        for p in parameters(function):
            made = next((m for m in command.params if m.name == p.name), None)
            if made is None or p.kind == "flag" or p.terminal is not REQUIRED:
                continue
            if p.default in (REQUIRED, None, "", ()):
                continue
            assert made.default == p.default, p.name


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_parameter_has_a_line_in_its_docstring(name: str) -> None:
    functions = doors(name) if name in COMMANDS else [question(name)]
    for function in functions:
        documented = docstring(function).parameters
        for p in parameters(function):
            if p.name != "ask":
                assert documented.get(p.name, "").strip(), f"{function.__qualname__}: {p.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_of_a_command_has_help_and_a_name_for_its_value(name: str) -> None:
    for option in command_of(name).params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert "RANGE" not in (option.metavar or option.type.name.upper() or ""), option.name


def test_the_package_offers_what_the_table_lists_and_type_checkers_see_it() -> None:
    assert set(FUNCTIONS) <= set(detente.__all__)
    listed = {
        name
        for path in sorted((SOURCE / "questions").glob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        for name in ast.literal_eval(node.value)
    }
    assert listed == set(FUNCTIONS)
    package = ast.parse((SOURCE / "questions" / "table.py").read_text("utf-8"))
    imported = {
        node.module.rpartition(".")[2]
        for node in ast.walk(package)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    }
    assert imported == {entry.question for entry in FUNCTIONS.values()}


def test_the_reference_is_up_to_date() -> None:
    commands = reference.COMMANDS_PAGE.read_text("utf-8")
    functions = reference.PYTHON_PAGE.read_text("utf-8")
    assert reference.commands_page(commands) == commands, "run: make reference"
    assert reference.python_page(functions) == functions, "run: make reference"
    for page in (reference.DOSSIER_PAGE, reference.CLAIMS_PAGE):
        text = page.read_text("utf-8")
        assert reference.commands_page(text) == text, "run: make reference"
    assert reference.CASE_SCHEMA.read_text("utf-8") == reference.case_schema()
    assert [n for n in COMMANDS if f"$ detente {n} --help\n" not in commands] == []
    assert [n for n in FUNCTIONS if f"`detente.{n}(" not in functions] == []


# --- results -------------------------------------------------------------------------------------


def test_a_line_is_cut_where_a_name_is_long() -> None:
    @dataclasses.dataclass(frozen=True, eq=False, repr=False)
    class Long(Result):
        name: str

        def line(self) -> str:
            return self.name

    assert len(repr(Long("two\nlines " * 100))) <= LINE + len("<Long of >")
    assert repr(Long("two\nlines")) == "<Long of two lines>"


def test_two_cases_of_one_name_are_two_versions_in_a_prompt() -> None:
    case = detente.load("elmira")
    assert repr(detente.diff(case, case)) == "<Diff of two versions of elmira: 0 changes>"


def test_no_two_shapes_share_a_name() -> None:
    """The shape of a document is found by its name: a second one would be told as the first."""
    homes = [
        (name, module.name)
        for package in (shapes, documents)
        for module in iter_modules(package.__path__, f"{package.__name__}.")
        for name, value in vars(import_module(module.name)).items()
        if hasattr(value, "__required_keys__")
        and value.__module__ == module.name
        and not name.startswith("_")
    ]
    assert len(homes) > 50
    assert sorted(n for n, times in Counter(n for n, _ in homes).items() if times > 1) == []


def test_every_key_of_a_document_is_described() -> None:
    by_name = {name: shape_of(name) for name in FUNCTIONS}
    for name, shape in by_name.items():
        if shape is not None:
            assert [key for key, meaning in reference.keys_of(shape) if not meaning] == [], name
    pages = "".join(
        page.read_text("utf-8")
        for page in (reference.COMMANDS_PAGE, reference.DOSSIER_PAGE, reference.CLAIMS_PAGE)
    )
    told = {name for name in by_name if f"<!-- keys of {name} " in pages}
    assert {name for name, shape in by_name.items() if shape and name in COMMANDS} - told == {
        "whatif"  # the page says how it differs from diff
    }


def test_the_page_of_claims_has_a_table_for_each_type_of_line() -> None:
    page = reference.CLAIMS_PAGE.read_text("utf-8")
    declared = schema("read")["$defs"].values()
    types = {shape["properties"]["type"]["const"] for shape in declared}
    assert set(re.findall("<!-- keys of read (.+) -->", page)) == types
    for shape in declared:
        kind = shape["properties"]["type"]["const"]
        rows = reference.table_of("read", kind).splitlines()[2:]
        assert [row.split("`")[1] for row in rows] == list(shape["properties"])


def test_a_schema_is_had_for_every_document() -> None:
    assert schema("case")["title"]
    assert schema("deadlock")["additionalProperties"] is False
    with pytest.raises(detente.DetenteError, match="did you mean 'deadlock'"):
        schema("deadlok")


# --- how a declaration is read -------------------------------------------------------------------


def sample(
    case: Case,
    other: Annotated[Case, Argument("CASE_B"), Several()],
    joint: Joint = 2,
    start: Annotated[str, Option("--from", metavar="STATE", shown="today")] = "x",
    kind: Literal["a", "b"] = "a",
    rate: Rates = None,
    many: tuple[str, ...] = (),
    share: Annotated[float, AtLeast(0)] = 0.5,
    path: Path | None = None,
    loud: bool = False,
    watch: Annotated[Callable[..., None] | None, Progress("working")] = None,
) -> Result:
    """Return nothing.

    First paragraph with ``words`` and :func:`detente.load`,
    on two lines.

        kept   as
        it is

    Parameters
    ----------
    case, other : Case
        Two cases.
    joint : int
        How many, see ``--from``.
    kind
        Without a type.

    Raises
    ------
    ValueError
        Not a parameter.
    """
    raise NotImplementedError


def test_signature_and_docstring_are_read() -> None:
    found = {p.name: p for p in parameters(sample)}
    assert [p.kind for p in found.values()] == [
        "case", "case", "whole", "text", "choice", "by party", "text", "number", "path", "flag",
        "progress",
    ]  # fmt: skip
    assert found["case"].required
    assert not found["joint"].required
    assert found["other"].argument == "CASE_B"
    assert found["other"].several
    assert found["many"].several
    assert (found["joint"].least, found["joint"].metavar) == (1, "N")
    assert found["start"].flags == ("--from",)
    assert found["start"].shown == "today"
    assert set(found["kind"].choices) == {"a", "b"}
    assert found["watch"].label == "working"
    assert found["case"].told == found["other"].told == "Two cases."
    assert found["joint"].told == "How many, see --from."
    assert found["kind"].told == "Without a type."
    assert found["share"].told == ""
    text = docstring(sample)
    assert text.summary == "Return nothing."
    assert text.more == (
        "First paragraph with 'words' and load, on two lines.",
        "    kept   as\n    it is",
    )


def test_a_function_without_sections_is_read() -> None:
    def bare(text: str) -> None:
        """Return at once."""

    assert docstring(bare).summary == "Return at once."
    assert docstring(bare).parameters == {}


def test_an_option_is_added_in_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new parameter with its line in the docstring is an option, with help and limits."""
    from detente.questions import deadlock as module

    def deadlock(
        case: Case, target: str | None = None, *, depth: Annotated[int, AtLeast(3)] = 4
    ) -> module.Deadlock:
        """Return what is asked.

        Parameters
        ----------
        case : Case
            The case.
        target : str, optional
            Where to.
        depth : int
            How deep to dig.
        """
        raise detente.CaseError(f"asked for {depth}")

    monkeypatch.setattr(module, "deadlock", deadlock)
    monkeypatch.setitem(deadlock.__globals__, "module", module)
    command = command_of("deadlock")
    depth = next(p for p in command.params if p.name == "depth")
    assert isinstance(depth, click.Option)
    assert (depth.opts, depth.help, depth.default) == (["--depth"], "How deep to dig.", 4)
    with pytest.raises(click.BadParameter, match="no whole number from 3 up"):
        command.make_context("deadlock", ["elmira", "--depth", "2"])
    with pytest.raises(detente.CaseError, match="asked for 7"):
        command.main(["elmira", "--depth", "7"], standalone_mode=False)
