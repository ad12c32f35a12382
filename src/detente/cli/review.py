"""The command ``review``: through the proposals of a case, one by one, in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote
from typing import Annotated

from detente.case import files
from detente.case.citations import locate
from detente.case.editing import Edit, EditError, edited, merged
from detente.case.model import Case
from detente.cli.common import show_text
from detente.dossier.line_words import proposal_words
from detente.drafting import reviewing
from detente.drafting.citing import cited
from detente.drafting.reviewing import MEANING, PRESS, Proposal
from detente.errors import CaseError
from detente.questions.declare import Argument
from detente.questions.update import PROPOSALS
from detente.reading.evidence import Evidence, gather
from detente.reading.judged import wider
from detente.reading.paragraphs import Span
from detente.writing import write_text

_HERE = {"1–9": f"1–{len(reviewing.LINE_KINDS)}"}
"""Keys of which a terminal has fewer."""
KEYS = "  ".join(
    [
        *(f"{_HERE.get(key, key)} {what}" for key, what in PRESS.items()),
        "m mend",
        "q quit",
    ]
)
_AROUND = 160


@dataclass
class _Walk:
    """A walk through the proposals of one case file."""

    file: Path
    evidence: Evidence
    waiting: list[Proposal]
    skipped: list[str] = field(default_factory=list)
    before: list[tuple[str, str, list[Proposal]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The case file as it is now."""
        return files.text_of(self.file)

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return files.parse(self.text, file=str(self.file), name=self.file.parent.name).case

    def next(self) -> Proposal | None:
        """Return the next proposal that was not skipped."""
        found = (*reviewing.marked(self.case), *self.waiting)
        return next((p for p in found if p.id not in self.skipped), None)

    def left(self) -> int:
        """Return how many proposals nobody has settled."""
        return len(reviewing.marked(self.case)) + len(self.waiting)

    def skip(self, found: Proposal) -> None:
        """Leave a proposal for later."""
        self.skipped.append(found.id)

    def back(self) -> None:
        """Come back to the proposal that was left last."""
        if not self.skipped:
            print("There is nothing before this one.")
            return
        self.skipped.pop()

    def settle(self, found: Proposal, edits: Sequence[object]) -> bool:
        """Make the edits, if the case can be read after them; remember how it was."""
        if not edits and found.kind == "draft":
            print("Nothing of that can be changed in this line.")
            return False
        was = self.text
        try:
            text = edited(was, edits)  # type: ignore[arg-type]
            case = files.parse(text, file=str(self.file), name=self.file.parent.name).case
        except (CaseError, EditError) as error:
            print(f"That does not go: {error}")
            return False
        text = reviewing.finished(text, case)
        self.before.append((was, text, list(self.waiting)))
        write_text(self.file, text, force=True)
        self.waiting = [p for p in self.waiting if p.id != found.id]
        self.keep()
        return True

    def undo(self) -> None:
        """Take the last step back, whatever was edited elsewhere since."""
        if not self.before:
            print("There is nothing to undo.")
            return
        was, then, waiting = self.before.pop()
        back = merged(then, self.text, was)
        if back.clashes:
            print("The file was changed in the same lines since; mend it there.")
            return
        write_text(self.file, back.text, force=True)
        self.waiting = waiting
        self.keep()

    def keep(self) -> None:
        """Write what later reports proposed and nobody has settled."""
        where = self.file.parent / PROPOSALS
        if where.exists() or self.waiting:
            write_text(where, reviewing.proposals_text(self.waiting), force=True)


def review_command(
    case: Annotated[Path, Argument("CASE_DIR")],
) -> int:
    """Show each proposal with its passage; a key accepts it, mends it or throws it out.

    Proposals are the lines marked 'draft', and what 'detente update' found. Every step is written
    at once and comments stay, so it may stop at any time and goes on where it was.

    Parameters
    ----------
    case : path
        The folder of a case, or its case.yaml.
    """
    file = files.case_file(case)
    waiting = reviewing.proposals_beside(file.parent / PROPOSALS)
    walk = _Walk(file, gather(file.parent, ()), list(waiting))
    open_ = walk.left()
    while (found := walk.next()) is not None:
        _show(found, walk)
        key = _asked(f"{KEYS} > ")
        match key[:1].lower():
            case "a":
                walk.settle(found, reviewing.accept(found, walk.case))
            case "x" | "t":
                walk.settle(found, reviewing.throw_out(found))
            case "w":
                walk.settle(found, _wider(found, walk))
            case "p":
                names = walk.case.party_names
                now = names.index(found.party) if found.party in names else -1
                party = names[(now + 1) % len(names)]
                walk.settle(found, reviewing.of_party(found, walk.case, party))
            case "1" | "2" | "3":
                kind = reviewing.LINE_KINDS[int(key[:1]) - 1]
                walk.settle(found, reviewing.of_kind(found, walk.case, kind))
            case "m":
                told = _mended(found, walk.case)
                if told:
                    walk.settle(found, reviewing.mend(found, walk.case, told))
            case "j" | "s":
                walk.skip(found)
            case "k":
                walk.back()
            case "z" | "u":
                walk.undo()
            case "q" | "":
                break
            case _:
                print(f"'{key}' is none of the keys: {KEYS}")
    left = walk.left()
    end = f"{open_ - left} settled; "
    if not left:
        end += "none is left."
    else:
        lines = "line is" if left == 1 else "lines are"
        end += f"{left} {lines} left. 'detente review {quote(str(case))}' goes on."
    print(end)
    return 0


def _mended(found: Proposal, case: Case) -> dict[str, str]:
    """Ask for each formula of a line anew; nothing typed leaves it as it is."""
    told: dict[str, str] = {}
    for key, text in reviewing.formulas_of(found, case).items():
        print(f"{key}: {text}")
        if typed := _asked("instead (Enter keeps it) > "):
            told[key] = typed
    return told


def _show(found: Proposal, walk: _Walk) -> None:
    """Print a proposal: the words in their passage, then the line."""
    who = f"; {found.found}" if found.found else ""
    print(f"\n{found.id}  {MEANING[found.kind]}{who}")
    for cite in found.cite:
        report = walk.evidence.report(cite.report)
        place = locate(cite, report.text) if report is not None else None
        passage = f"“{cite.quote}”"
        if report is not None and place is not None:
            start, end = max(0, place[0] - _AROUND), min(len(report.text), place[1] + _AROUND)
            before, after = report.text[start : place[0]], report.text[place[1] : end]
            passage = f"… {before}[[{report.text[place[0] : place[1]]}]]{after} …"
        show_text(f"  {cite.report}: {' '.join(passage.split())}")
    if found.note:
        show_text(f"  {found.note}")
    show_text(f"  {found.party}: {found.said}" if found.party else f"  {found.said}")
    if told := proposal_words(walk.case, found):
        show_text(f"  That is: {told}")


def _wider(found: Proposal, walk: _Walk) -> tuple[Edit, ...]:
    """Return the edits by which a line rests on more of the words around its own."""
    report = walk.evidence.report(found.cite[0].report) if found.cite else None
    place = locate(found.cite[0], report.text) if report is not None else None
    if report is None or place is None:
        return ()
    span = wider(report.text, Span(*place))
    words = cited(found.cite[0].report, report.text, span.start, span.end)
    return reviewing.with_words(found, words) if words is not None else ()


def _asked(prompt: str) -> str:
    """Return a line that somebody types; nothing at the end."""
    print(prompt, end="", flush=True)
    typed = sys.stdin.readline()
    if not sys.stdin.isatty():
        print()
    return typed.strip()
