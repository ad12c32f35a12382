"""What a shell completes: built-in cases and files, and the names that a formula may use."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, split_arg_string

from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.case.model import Case

WORDS = ("not", "and", "or", "if", "iff")


def cases(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the built-in cases that begin so; files come from the shell."""
    from detente import gallery

    names = [CompletionItem(name) for name in gallery.names() if name.startswith(begun)]
    return [*names, CompletionItem(begun, type="file")]


def formulas(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return what the last word of a formula may become: outcomes and options of the case named."""
    case = _case(ctx)
    if case is None:
        return []
    before, last = re.fullmatch(r"(.*?)([\w.]*)", begun, re.DOTALL).groups()  # type: ignore[union-attr]
    names = [o.name for o in case.outcomes] + list(case.option_names)
    if before.strip() or not last:
        names += WORDS
    return [CompletionItem(before + name) for name in names if name.startswith(last)]


def _case(ctx: click.Context) -> Case | None:
    """Return the case that stands on the line already; None where there is none.

    What click has read of a line that breaks off lacks its arguments, so the line itself is asked.
    """
    from detente import gallery
    from detente.questions.loading import load

    given: list[Any] = [ctx.params.get(name) for name in ("case", "source", "after")]
    line = split_arg_string(os.environ.get("COMP_WORDS", ""))[2:]
    known = {*gallery.names()}
    for value in (*given, *line):
        named = value[0] if isinstance(value, tuple | list) and value else value
        if isinstance(named, str) and (named in known or Path(named).exists()):
            try:
                return load(named)
            except (DetenteError, OSError):
                return None
    return None
