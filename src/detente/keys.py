"""What keys of documents are declared with: what each means, and what its value may be.

A document is a typed dictionary; type checkers hold to it what fills it, and its JSON Schema and
its table in the reference are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from annotated_types import Ge, Gt, Le, MaxLen, MinLen

if TYPE_CHECKING:  # pydantic is heavy, and only a schema needs it
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

JsonSchema: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doc:
    """What a key means: its description in the schema, and its row in the reference."""

    text: str

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        """Return the schema of the value with the meaning."""
        return {**handler(core), "description": self.text}


@dataclass(frozen=True, slots=True)
class Distinct:
    """No value of a list stands in it twice."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        """Return the schema of the list."""
        return {**handler(core), "uniqueItems": True}


@dataclass(frozen=True, init=False)
class OneOf:
    """A text is one of a few words."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        """Return the schema of the text."""
        return {**handler(core), "enum": list(self.words)}


Count: TypeAlias = Annotated[int, Ge(0)]
Place: TypeAlias = Annotated[int, Ge(1)]
"""Counted from 1."""
Positive: TypeAlias = Annotated[int, Gt(0)]
Chance: TypeAlias = Annotated[float, Ge(0), Le(1)]
"""A probability, or a part of a whole."""
Pair: TypeAlias = Annotated[list[Chance], MinLen(2), MaxLen(2)]
Amount: TypeAlias = Annotated[float, Ge(0)]
