"""From a question's declaration to its command: options, help, asking, printing.

A command is made from the signature and docstring of a question, and from those of what its answer
offers to people (``told``) and programs (``document``). A door, a function NAME_command in a module
of this package, adds options of its own and decides what to do with the answer; where there is no
question, the door is the whole command.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from detente.errors import CaseError, DetenteError
from detente.questions.declare import REQUIRED, Parameter, docstring, parameters, result_of
from detente.questions.result import Result
from detente.questions.table import QUESTIONS

Answer = TypeVar("Answer", bound=Result)

INTERRUPTED = 130
STOPPED = 2
JSON = Parameter("as_json", "flag", False, False, "Print JSON.", flags=("--json",))


def command_of(name: str) -> click.Command:
    """Return the command of an entry of the table."""
    entry = QUESTIONS[name]
    question = door = None
    if entry.question:
        question = getattr(import_module(f"detente.questions.{entry.question}"), name)
    if entry.door:
        door = getattr(import_module(f"detente.cli.{entry.door}"), f"{name}_command")
    own = parameters(question) if question is not None else ()
    shown = _shown(question, door)
    params = {p.name: p for p in (*own, *shown.values()) if p.kind != "progress"}
    order = sorted(params.values(), key=lambda p: p.argument is None and p.kind != "case")
    asked = question if question is not None else door
    assert asked is not None, name
    return click.Command(
        name,
        params=[*map(_click, order), *_store(order)],
        help=_help(entry.line, (question, door), order),
        short_help=entry.line,
        callback=_callback(question, door, own, shown),
    )


def _shown(
    question: Callable[..., Any] | None, door: Callable[..., Any] | None
) -> dict[str, Parameter]:
    """Return the options of how an answer is brought out."""
    result = None if question is None else result_of(question)
    if door is not None:
        from detente.cli.tables import OPTIONS

        own = [p for p in parameters(door) if p.name != "ask"]
        taken = {flag for p in own for flag in p.flags}
        tabled = OPTIONS if hasattr(result, "tables") else ()
        return {p.name: p for p in (*own, *(p for p in tabled if not taken & {*p.flags}))}
    assert result is not None
    options = {p.name: p for p in (*_of(result, "document"), *_of(result, "told"))}
    if hasattr(result, "tables"):
        from detente.cli.tables import OPTIONS

        options |= {p.name: p for p in (*_of(result, "tables"), *OPTIONS)}
    if hasattr(result, "drawing"):
        options["svg"] = _svg("FILE", "Draw the answer into this file, too.")
    if hasattr(result, "drawings"):
        options["svg"] = _svg("DIR", "Write the drawings into this folder, too.")
    if hasattr(result, "document"):
        options["as_json"] = JSON
    return options


def _of(result: Any, method: str) -> tuple[Parameter, ...]:
    return parameters(getattr(result, method)) if hasattr(result, method) else ()


def _svg(metavar: str, told: str) -> Parameter:
    return Parameter("svg", "path", False, None, told, flags=("--svg",), metavar=metavar)


# --- click ---------------------------------------------------------------------------------------


def _click(p: Parameter) -> click.Parameter:
    """Return a parameter as click has it."""
    from detente.cli.common import kind_of

    default = p.default if p.terminal is REQUIRED else p.terminal
    if isinstance(default, float) and default.is_integer():
        default = int(default)
    plain = not p.required and default not in (None, "", ()) and not isinstance(default, bool)
    given: dict[str, Any] = {"default": default} if plain else {}
    if p.argument is not None or p.kind == "case":
        name = p.argument or "CASE"
        return click.Argument(
            [p.name],
            metavar=f"{name}..." if p.several else name if p.required else f"[{name}]",
            nargs=-1 if p.several else 1,
            required=p.required,
            type=kind_of(p),
            shell_complete=_completed(p),
            **given,
        )
    if p.kind == "flag":
        return click.Option([*p.flags, p.name], is_flag=True, help=p.told)
    return click.Option(
        [*p.flags, p.name],
        multiple=p.several or p.kind == "by party",
        required=p.required,
        show_default=_shown_default(p, default) if plain and not p.shown else False,
        metavar=p.metavar or VALUES.get(p.kind),
        help=p.told + (f"  [default: {p.shown}]" if p.shown else ""),
        type=kind_of(p),
        shell_complete=_completed(p),
        **given,
    )


def _completed(p: Parameter) -> Callable[..., Any] | None:
    """Return what completes a value in a shell; None where its kind knows."""
    from detente.cli import completion

    if p.kind == "case" or "CASE" in (p.argument or "", p.metavar):
        return completion.cases
    formula = p.metavar in ("FORMULA", "STATE") or p.argument in ("FORMULA", "STATE")
    return completion.formulas if formula else None


def _store(params: Sequence[Parameter]) -> list[click.Parameter]:
    """Return, for a command that may use so much memory, the option that says how states are kept.

    It holds for all that the command asks, so it is no parameter of a question; in Python the
    block ``with detente.graph.using("list")`` does the same.
    """
    from detente.cli.common import enter_store

    if not any(p.kind == "size" for p in params):
        return []
    told = "How states are kept; no answer depends on it.  [default: what suits the case]"
    kinds = click.Choice(["arrays", "list", "diagrams"])
    return [
        click.Option(["--store"], type=kinds, callback=enter_store, expose_value=False, help=told)
    ]


VALUES = {"whole": "N", "number": "NUMBER"}
"""What help calls a value that the declaration does not name."""


def _shown_default(p: Parameter, default: Any) -> bool | str:
    """Return how help shows a default: as click does, sizes in their largest unit."""
    if p.kind != "size":
        return True
    power = max(k for k in range(5) if default % (1 << 10 * k) == 0)
    return f"{default >> 10 * power}{' KMGT'[power]}".replace(" ", "")


def _help(
    line: str, functions: Sequence[Callable[..., Any] | None], params: Sequence[Parameter]
) -> str:
    """Return the help: the line of the table, what the docstrings add, and the arguments."""
    told = [line]
    for function in functions:
        if function is not None:
            told += docstring(function).more
    for p in params:
        if p.argument not in (None, "CASE") and p.told:
            told.append(f"{p.argument}: {p.told[0].lower()}{p.told[1:]}")
    return "\n\n".join(f"\b\n{text}" if text.startswith(" ") else text for text in told)


# --- running -------------------------------------------------------------------------------------


class Ask(Generic[Answer]):
    """The question with what was given on the command line, for a door to ask when it is ready.

    ``values`` are the arguments of the question, cases loaded; ``how`` all other options.
    """

    def __init__(
        self, question: Callable[..., Answer], values: Mapping[str, Any], how: Mapping[str, Any]
    ) -> None:
        self._question = question
        self.values = dict(values)
        self.how = dict(how)

    def __call__(self) -> Answer:
        """Return the answer, showing on a terminal how far the work is."""
        watched = [p for p in parameters(self._question) if p.kind == "progress"]
        if not watched:
            return self._question(**self.values)
        case = next((v for v in self.values.values() if hasattr(v, "party_names")), None)
        with progress_of(watched[0].label or ("" if case is None else case.name)) as advance:
            return self._question(**self.values, **{watched[0].name: advance})


def progress_of(label: str) -> AbstractContextManager[Callable[..., None]]:
    """Return a bar; it is told what is done, how much, and of how much."""
    from detente.cli.common import progress

    return progress(label)


def _callback(
    question: Callable[..., Any] | None,
    door: Callable[..., Any] | None,
    own: Sequence[Parameter],
    shown: Mapping[str, Parameter],
) -> Callable[..., int]:
    def run(**given: Any) -> int:
        show = {name: _plain(p, given[name]) for name, p in shown.items()}
        if question is None:
            assert door is not None
            return door(**show) or 0
        values = {p.name: _plain(p, given[p.name]) for p in own if p.kind != "progress"}
        each = next((p.name for p in own if p.each), None)
        if each is None:
            return _asked(question, door, values, show)
        if len(values[each]) > 1 and show.get("output") is not None:
            raise click.UsageError("-o takes one case; ask for each file on its own")
        worst = 0
        for one in values[each]:
            try:
                code = _asked(question, door, values | {each: one}, show)
            except DetenteError as error:  # the others are worked out all the same
                from detente.cli.common import show_error

                show_error(error)
                code = 2
            if code == INTERRUPTED:
                return code
            worst = max(worst, code)
        return worst

    return run


def _plain(p: Parameter, value: Any) -> Any:
    """Return a value as the question takes it."""
    from detente.cli.common import by_party

    if p.kind == "by party":
        return by_party(value, p.flags[0])
    if p.several and p.default is None and not value:
        return None
    if value is None and p.default not in (None, REQUIRED):
        return p.default if p.terminal is REQUIRED else p.terminal
    return value


def _asked(
    question: Callable[..., Any],
    door: Callable[..., Any] | None,
    values: Mapping[str, Any],
    show: Mapping[str, Any],
) -> int:
    """Ask for one case, and bring the answer out."""
    from detente.cli.common import load

    values = dict(values)
    for p in parameters(question):
        if p.kind == "case":
            values[p.name] = load(values[p.name])
    ask: Ask[Any] = Ask(question, values, show)
    if door is not None:
        own_options = {p.name for p in parameters(door)}
        return door(ask, **{k: v for k, v in show.items() if k in own_options}) or 0
    if "form" in show:
        from detente.cli.tables import settled

        own = {p.name: p for p in _of(result_of(question), "tables")}
        show = settled(show, own)
    _check(question, show)
    try:
        found = ask()
    except CaseError:
        from detente.cli.drafts import abstain

        if abstain(question.__name__, values, as_json=bool(show.get("as_json"))):
            return 0
        raise
    return give(found, **show)


def _check(question: Callable[..., Any], show: Mapping[str, Any]) -> None:
    """Refuse an option that only a document has where none is asked for."""
    result = result_of(question)
    told = {p.name for p in _of(result, "told")}
    for p in _of(result, "document"):
        if p.name not in told and show[p.name] != p.default and not show["as_json"]:
            raise click.UsageError(f"{p.flags[0]} goes with --json")


def give(
    found: Result,
    *,
    as_json: bool = False,
    svg: Path | None = None,
    table: bool = False,
    form: str | None = None,
    only: str | None = None,
    output: Path | None = None,
    force: bool = False,
    **how: Any,
) -> int:
    """Print an answer, its tables or its document; return the exit code.

    Parameters
    ----------
    svg : Path, optional
        The file, or folder, of its drawings.
    table, form, only, output, force
        Options of every command that has a table.
    **how
        Options of ``told``, ``document`` and ``tables``.
    """
    from detente.cli.common import show_parts
    from detente.cli.tables import bring, give_document

    def options(method: str) -> dict[str, Any]:
        names = {p.name for p in _of(found, method)}
        return {k: v for k, v in how.items() if k in names}

    for note in found.notes:
        print(f"warning: {note}", file=sys.stderr)
    if svg is not None:
        _draw(found, svg)
    if as_json:
        give_document(found.document(**options("document")), (output, force))  # type: ignore[attr-defined]
    elif table:
        bring(found.tables(**options("tables")), form, only, (output, force))  # type: ignore[attr-defined]
    else:
        show_parts(found.told(**options("told")))
    for remark in found.remarks:
        print(remark, file=sys.stderr)
    if found.kept:
        why = f"stopped: {found.stopped}; " if found.stopped else "interrupted: "
        print(f"{why}{found.kept}", file=sys.stderr)
        return STOPPED if found.stopped else INTERRUPTED
    return 0


def _draw(found: Result, where: Path) -> None:
    from detente.writing import write_text

    drawing = getattr(found, "drawing", None)
    if drawing is not None:
        write_text(where, drawing() + "\n")
        return
    drawn: Mapping[str, str] = found.drawings()  # type: ignore[attr-defined]
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DetenteError(f"cannot make the folder {where}: {error.strerror or error}") from None
    for name, text in drawn.items():
        write_text(where / name, text)
    print(f"wrote {', '.join(drawn)} into {where}", file=sys.stderr)
