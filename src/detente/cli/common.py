"""What commands share: reading cases, kinds of values, progress, printing."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from detente.cli import streams
from detente.errors import CaseError, DetenteError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from detente.case.model import Case
    from detente.questions.declare import Parameter
    from detente.questions.result import Part

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


class SizeType(click.ParamType[int]):
    """A number of bytes, such as ``800M`` or ``4G``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the bytes."""
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", str(value), re.IGNORECASE)
        if match is None:
            self.fail(f"'{value}' is no size; write for example 800M or 4G", param, ctx)
        return int(float(match[1]) * _UNITS[match[2].upper()])


class NumberType(click.FloatRange):
    """A number, perhaps a whole one, within limits that a person reads."""

    def __init__(self, whole: bool, least: float | None, most: float | None) -> None:
        super().__init__(least, most)
        self.name = "whole number" if whole else "number"
        self.whole = whole

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        low, high = self.min, self.max
        try:
            number: float = int(value) if self.whole else float(value)
        except ValueError:
            number = math.nan
        fits = (low is None or number >= low) and (high is None or number <= high)
        if not fits or (isinstance(number, float) and not math.isfinite(number)):
            self.fail(f"'{value}' is no {self.name}{_within(low, high)}", param, ctx)
        return number

    def _describe_range(self) -> str:
        return "" if self.min is self.max is None else super()._describe_range()


def _within(low: float | None, high: float | None) -> str:
    """Say between what a number is to be."""
    if low is None:
        return "" if high is None else f" up to {high:.10g}"
    return f" from {low:.10g} up" if high is None else f" from {low:.10g} to {high:.10g}"


class ShareType(click.ParamType[tuple[str, float]]):
    """A number for all parties, or ``party=number``."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """Return the party, or ``all``, and the number."""
        if isinstance(value, tuple):
            return value
        party, sign, text = str(value).rpartition("=")
        try:
            return (party.strip() if sign else "all"), float(text)
        except ValueError:
            self.fail(f"'{value}' is no number; write 0.02 or party=0.1", param, ctx)


def by_party(given: Sequence[tuple[str, float]], option: str) -> dict[str, float] | None:
    """Return what was given by party; None if nothing was.

    Raises
    ------
    CaseError
        If a party was given twice.
    """
    names = [name for name, _ in given]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{option} is given twice for '{name}'; keep one")
    return dict(given) or None


def kind_of(parameter: Parameter) -> click.ParamType[Any]:
    """Return what reads a value from the command line."""
    least, most = parameter.least, parameter.most
    match parameter.kind:
        case "whole" | "number" as kind:
            return NumberType(kind == "whole", least, most)
        case "path":
            return click.Path(path_type=Path)
        case "choice":
            return click.Choice(parameter.choices)
        case "size":
            return SizeType()
        case "by party":
            return ShareType()
    return click.STRING


def enter_store(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep states so while the command runs."""
    if value is not None:
        from detente.graph.store import using

        ctx.with_resource(using(value))


def load(source: str) -> Case:
    """Return a case; say on standard error how many warnings there are."""
    from detente.questions.loading import read

    loaded = read(source)
    if loaded.problems:
        n = len(loaded.problems)
        print(
            f"{n} warning{'s' if n > 1 else ''} about {source}; see: detente check {quote(source)}",
            file=sys.stderr,
        )
    if loaded.case.draft:
        from detente.case.check import drafts

        n = drafts(loaded.case)
        marked = f"; {n} line{'s' * (n != 1)} in it nobody has looked at" if n else ""
        print(f"{source} is a draft made by a program{marked}", file=sys.stderr)
    return loaded.case


def show(*parts: RenderableType) -> None:
    """Print renderables on standard output, 80 columns wide where it is not a terminal."""
    console = _console()
    for part in parts:
        console.print(part)


def show_parts(parts: Iterable[Part]) -> None:
    """Print an answer: text wrapped, tables as they fit."""
    for part in parts:
        show_text(part) if isinstance(part, str) else show(part)


def show_text(text: str) -> None:
    """Print plain text, wrapped to the terminal, continued lines indented like their first."""
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip(" -"))]
        print(
            textwrap.fill(
                line.strip(),
                width,
                initial_indent=line[: len(line) - len(line.lstrip())],
                subsequent_indent=" " * len(indent),
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    class Screen(Console):
        """Leaves a closed pipe to whoever runs the command."""

        def on_broken_pipe(self) -> None:
            """Raise it again."""
            raise BrokenPipeError

    return Screen(stderr=stderr, highlight=False, soft_wrap=False)


def show_error(error: DetenteError) -> None:
    """Print every problem on a line of its own on standard error."""
    if isinstance(error, CaseError):
        for problem in error.problems:
            lead = "" if problem.place or problem.severity == "warning" else "error: "
            print(f"{lead}{problem}", file=sys.stderr)
    else:
        print(f"error: {error}", file=sys.stderr)


def print_json(document: object) -> None:
    """Print one JSON document on one line; escaped where the output is not in UTF-8."""
    escaped = not streams.is_utf8(sys.stdout)
    sys.stdout.write(json.dumps(document, ensure_ascii=escaped) + "\n")


@contextmanager
def progress(label: str) -> Iterator[Callable[..., None]]:
    """Show progress on a terminal while the block runs.

    Yields ``advance(done, of, label)``; without a label, the last one stays.
    """
    if not sys.stderr.isatty():
        yield lambda done, of, label="": None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_console(stderr=True), transient=True) as bars:
        task = bars.add_task(label, total=None)

        def advance(done: int, of: int, label: str = "") -> None:
            bars.update(task, completed=done, total=of, description=label or None)

        yield advance
