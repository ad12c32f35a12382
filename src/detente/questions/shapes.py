"""The shape of what a question's ``--json`` prints, and its JSON Schema."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from detente.dossier import documents
from detente.dossier.documents import shapes
from detente.dossier.documents.shapes.common import schema_of
from detente.errors import DetenteError, unknown
from detente.keys import JsonSchema
from detente.questions.declare import result_of
from detente.questions.table import FUNCTIONS, QUESTIONS

CASE = "case"
"""The kind that stands for the file of a case; all others are questions."""

_IDENTIFIERS = {"brief": "urn:detente:brief:1"}


def shape_of(name: str) -> Any:
    """Return the typed dictionary of what a question's document is; None where it has none.

    Of a list, which is printed an item a line, it is that of an item; items of several kinds are
    a union.
    """
    entry = FUNCTIONS.get(name)
    if entry is None:
        return None
    function = getattr(import_module(f"detente.questions.{entry.question}"), name)
    document = getattr(result_of(function), "document", None)
    word = "" if document is None else document.__annotations__["return"]
    word = word.removeprefix("list[").removesuffix("]")
    for package in (shapes, documents):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            found = getattr(import_module(module.name), word, None)
            if found is not None:
                return found
    return None


def schema(kind: str) -> JsonSchema:
    """Return the JSON Schema of a case's file, or of what a question's ``--json`` prints.

    Raises
    ------
    DetenteError
        If there is no such kind.
    """
    if kind == CASE:
        from detente.case.schema import json_schema

        return json_schema()
    shape = shape_of(kind)
    if shape is None:
        known = [CASE, *(name for name in FUNCTIONS if shape_of(name) is not None)]
        raise DetenteError(unknown("kind of file", kind, known))
    return schema_of(shape, title=QUESTIONS[kind].line, identifier=_IDENTIFIERS.get(kind, ""))
