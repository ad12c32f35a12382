"""What the parts of a case file's format are made of: mappings, citations, formulas."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)

from detente.case.scalars import (
    FORMULA_SCHEMA,
    Credibility,
    Flag,
    FormulaText,
    Reliability,
    Text,
)


class Part(BaseModel):
    """A mapping of the file; a key without a value counts as left out."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=False
    )

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, value: Any) -> Any:
        value = cls._long_form(value)
        if isinstance(value, dict):
            known = {field.alias or name for name, field in cls.model_fields.items()}
            return {k: item for k, item in value.items() if item is not None or k not in known}
        return value

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        """Return the mapping that a short form stands for."""
        return value


def with_short_form(short: dict[str, Any]) -> Any:
    """Make the hook that offers a short form in the JSON Schema, beside the mapping."""

    def schema(cls: type[BaseModel], core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long = handler.resolve_ref_schema(handler(core))
        both: dict[str, Any] = {k: long.pop(k) for k in ("title", "description") if k in long}
        return {**both, "anyOf": [short, long]}

    return classmethod(schema)


def listed(value: Any) -> Any:
    """Let one thing stand for a list of one."""
    return [value] if isinstance(value, dict | str) else value


class CitationPart(Part):
    """Exact words in a report."""

    report: Text = Field(description="The report's file name without its ending, or its beginning.")
    quote: Text = Field(description="The exact words, as they stand in the report.")
    prefix: Text = Field("", description="Words right before, where the quote stands twice.")
    suffix: Text = Field("", description="Words right after, where the quote stands twice.")
    reliability: Reliability = Field(
        "", description="Of who says it, A to F on the Admiralty scale."
    )
    credibility: Credibility = Field(0, description="Of what is said, 1 to 6 on that scale.")


class CitedPart(Part):
    """Something with the words it was read from."""

    cite: Annotated[
        list[CitationPart],
        BeforeValidator(listed, json_schema_input_type=list[CitationPart] | CitationPart),
    ] = Field(
        default_factory=list, description="The words this was read from; none: an assumption."
    )
    note: Text = Field("", description="Why this is assumed, or how the words were read.")
    draft: Flag = Field(False, description="Proposed by a program; take it away once checked.")
    by: Literal["", "model", "both"] = Field(
        "", description="model: a language model alone proposed it; both: the rules did so, too."
    )


class StatementPart(CitedPart):
    """A formula, alone or with the words it was read from."""

    that: FormulaText = Field(description="The formula.")

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        return {"that": value} if isinstance(value, str) else value

    __get_pydantic_json_schema__ = with_short_form(FORMULA_SCHEMA)
