"""What the shapes of all documents are made of."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from annotated_types import MinLen
from pydantic import StringConstraints
from typing_extensions import TypeAliasType, TypedDict

from detente.keys import Distinct, Doc, JsonSchema

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^\s.]+$")]
"""A party, an option of one, an outcome."""
Concept: TypeAlias = str
Formula: TypeAlias = str
Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Hash: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Verdict: TypeAlias = Literal["impossible", "holds", "open", "deadlock"]

State = TypeAliasType(
    "State",
    Annotated[
        str,
        StringConstraints(pattern=r"^[0-9A-Za-z+_]*$"),
        Doc(
            "A state: one character an option, in the case's order; N and Y for two levels, "
            "digits otherwise."
        ),
    ],
)
Pattern = TypeAliasType(
    "Pattern",
    Annotated[
        str,
        StringConstraints(pattern=r"^[0-9A-Za-z+_-]*$"),
        Doc("A pattern: as a state, with - where any level will do."),
    ],
)
Id = TypeAliasType("Id", Annotated[str, MinLen(1), Doc("The id of a condition or a refusal.")])

Ids: TypeAlias = Annotated[list[Id], Distinct()]
Knot: TypeAlias = Annotated[list[Id], Distinct(), MinLen(1)]
Names: TypeAlias = Annotated[list[Name], Distinct()]
Concepts: TypeAlias = Annotated[list[Concept], Distinct()]


class Citation(TypedDict):
    """Words of a report."""

    report: Annotated[str, Doc("the report's id")]
    quote: Annotated[str, MinLen(1), Doc("its exact words")]


def schema_of(shape: Any, *, title: str, identifier: str = "", about: str = "") -> JsonSchema:
    """Return the JSON Schema of a document; no object has keys that are not declared.

    Parameters
    ----------
    shape : type
        A typed dictionary.
    title, identifier, about : str
        What the schema says of itself; what is empty is left out.
    """
    from pydantic import TypeAdapter

    made = _closed(TypeAdapter(shape).json_schema())
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "title": title,
        "description": about or made.get("description", ""),
    }
    return {key: value for key, value in head.items() if value} | {
        key: value for key, value in made.items() if key not in head
    }


def _closed(part: Any) -> Any:
    """Return a schema whose objects take no other keys, and without titles made of names."""
    if isinstance(part, list):
        return [_closed(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    found = {
        key: {name: _closed(inner) for name, inner in value.items()}
        if key in ("properties", "$defs")
        else _closed(value)
        for key, value in part.items()
        if key != "title"
    }
    if "properties" in found or "patternProperties" in found:
        found["additionalProperties"] = False
    if isinstance(found.get("description"), str):
        found["description"] = " ".join(str(found["description"]).split())
    return found
