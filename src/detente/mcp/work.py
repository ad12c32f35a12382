"""Answers worked out in a process of their own, which can be stopped and whose memory is limited.

Everything here is called by name in the other process, with plain values, and returns plain ones.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from detente.case import files
from detente.case.citations import FOLDER
from detente.case.editing import Edit, edited
from detente.case.files import CASE_FILE
from detente.errors import CaseError, DetenteError
from detente.mcp.tools import Answer, declared
from detente.questions import loading
from detente.questions.declare import parameters

MAX_DOCUMENT = 1_000_000
"""Characters of a document that are handed out."""

MAX_TEXT = 1_000_000
"""Characters of a case that is checked."""


def answered(question: str, given: Mapping[str, Any], memory: int) -> Answer:
    """Return the answer to a question about cases, named by where they lie.

    Parameters
    ----------
    question : str
        Its name in the table of questions.
    given : mapping
        Arguments by name.
    memory : int
        Bytes that the analysis may use.

    Raises
    ------
    DetenteError
        As the question raises it.
    """
    ask = declared(question)
    values = dict(given)
    for p in parameters(ask):
        if p.kind == "case":
            values[p.name] = loading.load(values[p.name])
        elif p.kind == "size":
            values[p.name] = memory
    found = ask(**values)
    return Answer(words=str(found), document=_fitting(found.document()))


def checked(text: str) -> Answer:
    """Return what is wrong or doubtful in the text of a case."""
    from detente.dossier.documents.cases import check_document
    from detente.dossier.text.check import check_text

    if len(text) > MAX_TEXT:
        raise DetenteError(f"the text is longer than {MAX_TEXT:,} characters")
    try:
        loaded = files.parse(text, file=CASE_FILE, name="case")
    except CaseError as error:
        words = "\n".join(map(str, error.problems))
        return Answer(words=words, document=dict(check_document("case", None, error.problems)))
    document = dict(check_document("case", loaded.case, loaded.problems))
    told = [*map(str, loaded.problems), check_text(loaded.case, loaded.problems)]
    return Answer(words="\n".join(told), document=document)


def proposed(home: str, edits: Sequence[Mapping[str, Any]]) -> Answer:
    """Return a patch of a case, its citations checked; nothing is written.

    Parameters
    ----------
    home : str
        Where the case lies.
    edits : sequence of mapping
        As :class:`detente.case.editing.Edit`.

    Raises
    ------
    DetenteError
        If an edit does not fit, a quotation does not stand in its report, or the case would be
        wrong afterwards.
    """
    text = files.text_of(Path(home) / CASE_FILE)
    after = edited(text, [_edit(given) for given in edits])
    loaded = files.parse(after, file=CASE_FILE, name=Path(home).name)
    missing = list(_uncited(edits, Path(home) / FOLDER))
    if missing:
        raise DetenteError("\n".join(missing))
    patch = "".join(
        difflib.unified_diff(
            text.splitlines(keepends=True),
            after.splitlines(keepends=True),
            f"a/{CASE_FILE}",
            f"b/{CASE_FILE}",
        )
    )
    warnings = [str(problem) for problem in loaded.problems]
    words = patch or "The case would not change."
    note = "Nothing is written. A person applies it, with git apply, in review or the workbench."
    return Answer(
        words="\n".join([words, *warnings, note]), document={"patch": patch, "warnings": warnings}
    )


def _edit(given: Mapping[str, Any]) -> Edit:
    way = tuple(given["way"])
    return Edit(given["do"], way, given.get("value"), given.get("to", 0), given.get("before") or "")


def _uncited(edits: Sequence[Mapping[str, Any]], folder: Path) -> list[str]:
    """Return a line for each citation of the edits that does not stand in its report."""
    from detente.case.naming import one_report
    from detente.decoding import decode
    from detente.reading.model.quoting import fold, places

    files_of = {path.stem: path for path in folder.iterdir()} if folder.is_dir() else {}
    faults = []
    for citation in _citations([edit.get("value") for edit in edits]):
        quote, report = str(citation.get("quote", "")), str(citation.get("report", ""))
        name = one_report(report, list(files_of))
        if name is None:
            faults.append(f"there is no report '{report}'")
        elif len(quote.split()) < 3:
            faults.append(f"“{quote}” is too short to be a citation; three words at least")
        elif not places(quote, fold(decode(files_of[name].read_bytes()).text)):
            faults.append(f"“{quote}” does not stand in report '{name}' to the letter")
    return faults


def _citations(value: Any) -> list[Mapping[str, Any]]:
    """Return every mapping with a quote, however deep."""
    if isinstance(value, Mapping):
        own = [value] if "quote" in value else []
        return own + [found for inner in value.values() for found in _citations(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in _citations(inner)]
    return []


def _fitting(document: Any) -> dict[str, Any] | None:
    """Return a document as plain values, None where it is too large to be handed out."""
    text = json.dumps(document, ensure_ascii=False)
    if len(text) > MAX_DOCUMENT:
        return None
    plain = json.loads(text)
    return plain if isinstance(plain, dict) else {"answer": plain}
