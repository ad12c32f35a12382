"""What if: a case with lines switched off and formulas forced, beside the file, never in it.

A supposition that is worth keeping becomes a branch: a whole case file beside the case, which every
command can be asked about; any two of them are compared answer by answer.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from detente.case import files
from detente.case.editing import Edit, Value, edited
from detente.case.lines import Line, lines
from detente.case.logic import forced
from detente.case.model import Case
from detente.dossier.sections import SECTIONS
from detente.drafting.reviewing import id_of
from detente.errors import DetenteError
from detente.workbench import panes, pieces
from detente.workbench.lane import Name
from detente.workbench.runner import Answering, Kept
from detente.writing import write_parts

ENDING = ".branch.yaml"

CASE = "the case"
SUPPOSED = "what if"
"""What the two columns are called that are no branch."""

KINDS = ("condition", "refusal", "rule", "statement")
"""Lines that can be switched off one by one."""

PARTS: tuple[Name, ...] = ("near", "far")
"""What is compared: not what the reports say, which no supposition changes."""


@dataclass(slots=True)
class Supposing:
    """What is supposed about one case, and the answers under it.

    Parameters
    ----------
    kept : mapping
        What was answered already: a branch says what was supposed before.
    off : tuple of str
        Ids of lines that are switched off.
    force : tuple of str
        Formulas that hold.
    """

    kept: Kept = field(default_factory=OrderedDict)
    off: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    _answering: dict[str, Answering] = field(default_factory=dict)

    def suppose(self, text: str, case: Case, off: Sequence[str], force: Sequence[str]) -> None:
        """Take a supposition in.

        Raises
        ------
        DetenteError
            If a formula cannot be read, or the case cannot be without a line.
        """
        made = supposed(text, case, off, force)
        self.off, self.force = tuple(off), tuple(force)
        self.texts[SUPPOSED] = made

    def answers(self, name: str, claims: str, file: Path) -> Answering:
        """Return the answers about a branch or the supposition; they are worked out if need be."""
        found = self._answering.get(name)
        if found is None:
            found = Answering(lambda told: None, self.kept, PARTS)
            self._answering[name] = found
        key = self.texts.get(name, "")
        if found.about != key:
            found.about = key
            found.known.clear()
            found.ask(key, claims, str(file), file.parent.name, at_once=True)
        return found

    def end(self, but: Sequence[str] = ()) -> None:
        """Stop working on what is not looked at any more."""
        for name in [name for name in self._answering if name not in but]:
            self._answering.pop(name).close()


def line_id(line: Line) -> str:
    """Return what tells a line from all others, wherever it stands."""
    return id_of(line.kind, line.party, line.said)


def supposed(text: str, case: Case, off: Sequence[str], force: Sequence[str]) -> str:
    """Return a case file with some lines switched off and some formulas forced.

    Parameters
    ----------
    text : str
        The case file.
    case : Case
        What it says.
    off : sequence of str
        Ids of lines; see :func:`line_id`.
    force : sequence of str
        Formulas.

    Raises
    ------
    DetenteError
        If a formula cannot be read, or what is left is no case.
    """
    gone = [line.path for line in lines(case) if line.kind in KINDS and line_id(line) in off]
    order = sorted(gone, key=lambda path: [str(step).zfill(6) for step in path], reverse=True)
    edits = [Edit("drop", tuple(path)) for path in order]
    then = case
    for formula in force:
        then = forced(then, files.read_formula(formula, case, where="what if"), formula).case
    edits += _today(then) if force and then.status_quo is not None else []
    rules: list[Value] = [
        {"that": f"not ({formula})", "note": f"What if: {formula}"} for formula in force
    ]
    left = len(case.infeasible) - sum(path[0] == "infeasible" for path in gone)
    if rules and not left:
        edits.append(Edit("put", ("infeasible",), rules))
    else:
        edits += [Edit("put", ("infeasible", left + k), rule) for k, rule in enumerate(rules)]
    made = edited(text, edits)
    files.parse(made, file="what if", name=case.name)
    return made


def _today(case: Case) -> list[Edit]:
    """Return the edit that says where things stand once what is supposed holds."""
    levels = zip(case.options, case.status_quo or (), strict=True)
    named: list[Value] = [
        f"{party.name}.{option.name} = {option.levels[level]}"
        for (party, option), level in levels
        if level
    ]
    return [Edit("put", ("status_quo",), named)]


# --- branches -----------------------------------------------------------------------------------


def branches(file: Path) -> dict[str, Path]:
    """Return the branches beside a case by name."""
    home = file.parent.resolve()
    found = sorted(file.parent.glob(f"*{ENDING}"))
    return {
        path.name.removesuffix(ENDING): path
        for path in found
        if path.is_file() and path.resolve().is_relative_to(home)
    }


def branch(file: Path, name: str) -> Path:
    """Return where a branch beside a case stands.

    Raises
    ------
    DetenteError
        If there is none of that name.
    """
    found = branches(file).get(name)
    if found is None:
        raise DetenteError(f"there is no branch '{name}'")
    return found


def keep(file: Path, name: str, text: str) -> str:
    """Write a supposition as a branch beside the case; return its name.

    Raises
    ------
    DetenteError
        If there is one of that name, or it has no name.
    """
    plain = re.sub(r"[^\w-]+", "-", name.strip()).strip("-")[:60]
    if not plain:
        raise DetenteError("give the branch a name")
    if plain in branches(file):
        raise DetenteError(f"there is a branch '{plain}' already; choose another name")
    write_parts(file.with_name(f"{plain}{ENDING}"), (text,))
    return plain


def drop(file: Path, name: str) -> None:
    """Throw a branch away; it stays on the disk with a ``~`` behind its name."""
    found = branch(file, name)
    found.replace(found.with_name(f"{found.name}~"))


# --- what is shown ------------------------------------------------------------------------------


def panel(case: Case, told: Supposing, names: Sequence[str], left: str, right: str) -> str:
    """Return the panel as HTML: what is supposed, what can be, and two columns to compare."""
    shown = {line.way: line for line in panes.shown_lines(case)}
    every = [
        (line_id(line), shown[pieces.way_of(line.path)])
        for line in lines(case)
        if line.kind in KINDS and "either" not in line.path
    ]
    label = {party.name: party.label for party in case.parties}
    return pieces.render(
        "what-if.html.j2",
        off=[(key, line) for key, line in every if key in told.off],
        lines=[(key, line, label.get(line.party, "")) for key, line in every],
        chosen=told.off,
        force=told.force,
        columns=[CASE, SUPPOSED, *names],
        branches=names,
        left=left,
        right=right,
    )


def columns(left: Answering, right: Answering) -> str:
    """Return the rows of the comparison as HTML."""
    return pieces.render("columns.html.j2", rows=list(_rows(left, right)))


def _rows(left: Answering, right: Answering) -> Iterator[Mapping[str, Any]]:
    for entry in SECTIONS:
        if entry.answer == "evidence":
            continue
        one, other = (a.known.get(entry.id) if entry.id in a.fresh else None for a in (left, right))
        told = one or other
        yield {
            "title": told.title if told is not None else "",
            "left": Markup(one.sentence) if one is not None else None,
            "right": Markup(other.sentence) if other is not None else None,
            "same": one is not None and other is not None and one.words == other.words,
        }
