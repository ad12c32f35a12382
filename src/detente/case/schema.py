"""The file format of a case: pydantic models, from which the JSON Schema for editors comes too.

A file is first brought into these models, which know nothing of each other's names; names,
formulas and what follows from them are looked at in :mod:`detente.case.assemble`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    Tag,
)
from pydantic.json_schema import SkipJsonSchema

from detente.case.model import CONDUCTS
from detente.case.scalars import (
    FORMULA_SCHEMA,
    Attitude,
    Change,
    Count,
    Day,
    Firmness,
    Flag,
    Form,
    FormulaText,
    Id,
    LevelName,
    Line,
    Percent,
    Text,
    Weight,
    wrong,
)
from detente.case.schema_base import CitedPart, Part, StatementPart, listed, with_short_form

MAX_LEVELS = 64
"""Most levels of one option."""

CUT_BY_A_COMMA = "if it belongs to the text before it, put all of that between quotation marks"
"""What to do about ``{note: one, two}``, where the comma begins a second key."""

# --- the format -------------------------------------------------------------------------------


def _unsure(value: Any) -> Any:
    """Return true, false, or the chance that a wish is one."""
    if isinstance(value, bool | Fraction):
        return value
    if value in ("true", "yes", "false", "no"):
        return value in ("true", "yes")
    try:
        chance = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise wrong("'unsure' is true, or the chance from 0 to 1 that it is a wish") from None
    if not 0 <= chance <= 1:
        raise wrong(f"'unsure' is true, or a chance from 0 to 1, not {value}")
    return chance


class WishPart(StatementPart):
    """A wish: a formula, alone or with the words it was read from."""

    unsure: Annotated[
        bool | Fraction,
        PlainValidator(_unsure, json_schema_input_type=bool | float),
    ] = Field(False, description="True, or the chance that it is a wish: it may be none.")

    strong: Flag = Field(False, description="Whether it is wished for far more than what follows.")


class EitherPart(Part):
    """Wishes whose order among themselves nobody knows."""

    either: list[WishPart] = Field(min_length=2, description="The wishes, in any order.")


UNION_MARK = "~"
"""Begins the names of the forms that something may have; no key of a file does."""

Wish: TypeAlias = Annotated[
    Annotated[WishPart, Tag("~wish")] | Annotated[EitherPart, Tag("~either")],
    Discriminator(
        lambda value: "~either" if isinstance(value, dict) and "either" in value else "~wish"
    ),
]


class OutcomePart(Part):
    """A named formula, such as war; it may build on other outcomes."""

    that: FormulaText = Field(description="Where the outcome holds.")
    label: Line = Field("", description="Words for people: a clause or a noun.")
    form: Form = Field(
        "", alias="as", description="clause or noun: what the label is; by default a guess."
    )

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        return {"that": value} if isinstance(value, str) else value

    __get_pydantic_json_schema__ = with_short_form(FORMULA_SCHEMA)


def _with_deeds(value: Any) -> Any:
    """Take levels given with what is done at each apart: names in ``levels``, deeds in theirs."""
    if isinstance(value, dict) and isinstance(value.get("levels"), dict):
        levels = value["levels"]
        told = ["" if deed is None else deed for deed in levels.values()]
        return {**value, "levels": list(levels), "deeds": told}
    return value


class GuardPart(CitedPart):
    """A change of level under a condition."""

    to: LevelName = Field(description="The level changed to.")
    old: LevelName | None = Field(
        None, alias="from", description="The level changed from; by default any other."
    )
    before: FormulaText | None = Field(
        None, alias="if", description="What must hold before the move."
    )
    after: FormulaText | None = Field(
        None, alias="then", description="What must hold after it, with all it changes."
    )


AnyChange: TypeAlias = Annotated[
    Annotated[Change, Tag("~pair")] | Annotated[GuardPart, Tag("~guard")],
    Discriminator(lambda value: "~guard" if isinstance(value, dict | GuardPart) else "~pair"),
]


class OptionPart(Part):
    """Something a party can do, to some level, or leave."""

    label: Line = Field("", description="Words for people; by default the name, made readable.")
    does: Line = Field(
        "", description="What is done, as a verb phrase, where the label is none: sit down to talk."
    )
    levels: list[LevelName] = Field(
        default_factory=lambda: ["no", "yes"],
        min_length=2,
        max_length=MAX_LEVELS,
        description="Names of the levels, from the lowest, or each with what is done at it.",
    )
    deeds: SkipJsonSchema[list[Line]] = Field(default_factory=list)
    irreversible: Flag = Field(False, description="Whether the level can only rise.")
    changes: list[AnyChange] | None = Field(
        None,
        description="The allowed changes, [from, to] or with a condition; by default all of them.",
    )

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        if isinstance(value, dict) and "deeds" in value:
            raise wrong("what is done at each level goes under 'levels', as 'level: verb phrase'")
        value = {"label": value} if isinstance(value, str) else {} if value is None else value
        return _with_deeds(value)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        long = handler.resolve_ref_schema(handler(core))
        both: dict[str, Any] = {k: long.pop(k) for k in ("title", "description") if k in long}
        listed = long["properties"]["levels"]
        told = {k: listed.pop(k) for k in ("title", "description") if k in listed}
        named = {"type": "object", "additionalProperties": {"type": ["string", "null"]}}
        long["properties"]["levels"] = {**told, "anyOf": [listed, named]}
        return {**both, "anyOf": [{"type": ["string", "null"], "title": "Label"}, long]}


class PartyPart(Part):
    """A decision maker and what it can do."""

    name: Line = Field("", description="Words for people; by default the key, made readable.")
    aliases: list[Line] = Field(
        default_factory=list, description="Other names that reports use for the party."
    )
    the: Flag | None = Field(None, description="Whether its name takes an article: the Union.")
    plural: Flag | None = Field(None, description="Whether its verb stands in the plural.")
    options: dict[str, OptionPart] = Field(
        default_factory=dict, description="What it can do or leave, by name."
    )

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else {} if value is None else value

    __get_pydantic_json_schema__ = with_short_form({"type": ["string", "null"], "title": "Name"})


class PreferencesPart(Part):
    """What a party wants: statements in order, or weights, or a ranking."""

    statements: list[Wish] | None = Field(None, description="Wishes, the most important first.")
    weights: dict[str, Weight] | None = Field(
        None, description="What each formula is worth where it holds; the sum counts."
    )
    readings: dict[str, PreferencesPart] | None = Field(
        None, description="What the party may want, by a name for each view, the usual one first."
    )
    shares: dict[str, Weight] | None = Field(
        None, description="How likely each of the readings is, from 0 to 1."
    )
    ranking: (
        list[
            Annotated[
                list[FormulaText],
                BeforeValidator(listed, json_schema_input_type=list[FormulaText] | FormulaText),
            ]
        ]
        | None
    ) = Field(None, description="Groups of formulas, best first; every feasible state in just one.")

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        if value is None or isinstance(value, list):
            return {"statements": value or []}
        if isinstance(value, str):
            raise wrong("expected a list of statements; put '- ' before the formula")
        if isinstance(value, dict) and sum(v is not None for v in value.values()) > 1:
            known = [k for k in value if k in PreferencesPart.model_fields and k != "shares"]
            if len(known) > 1:
                raise wrong(f"{' and '.join(known)} stand together; keep one of them")
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        long = handler.resolve_ref_schema(handler(core))
        both: dict[str, Any] = {k: long.pop(k) for k in ("title", "description") if k in long}
        statements = {**long["properties"].pop("statements")}
        return {**both, "anyOf": [statements, long]}


class SaidPart(CitedPart):
    """Something a party said aloud."""

    id: Id | None = Field(
        None, description="A short name of its own; by default c1, c2, … or r1, r2, …"
    )
    party: Text = Field(description="Who says it.")
    firmness: Firmness = Field(1, description="What giving it up would cost; 1 or more.")


class ConditionPart(SaidPart):
    """Said aloud by a party: this option only if that holds."""

    option: FormulaText = Field(description="What it will do only then.")
    needs: FormulaText = Field(description="What must hold for it.")


class RefusalPart(SaidPart):
    """Said aloud by a party: never this."""

    refuses: FormulaText = Field(description="What it will never do or accept.")


class FigurePart(CitedPart):
    """A number, alone or with the words it was read from."""

    rate: Weight = Field(description="The number.")

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        return {"rate": value} if isinstance(value, str) else value

    __get_pydantic_json_schema__ = with_short_form({"type": ["number", "string"]})


def _by_party(value: Any) -> Any:
    """Let one number stand for all parties."""
    alone = isinstance(value, str) or (isinstance(value, dict) and "rate" in value)
    return {"all": value} if alone else value


Figures: TypeAlias = Annotated[
    dict[str, FigurePart],
    BeforeValidator(_by_party, json_schema_input_type=dict[str, FigurePart] | FigurePart),
]


class BehaviourPart(CitedPart):
    """What the parties do when they make no mistake."""

    type: Text = Field(description="improve, softmax or cautious.")
    temperature: Weight | None = Field(None, description="Of softmax, in ranks; above 0.")
    concept: Text = Field("", description="Of cautious: under which it looks ahead.")

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        return {"type": value} if isinstance(value, str) else value

    __get_pydantic_json_schema__ = with_short_form({"type": "string", "enum": list(CONDUCTS)})


class RiskPart(Part):
    """What to assume about the slide by mistake where nothing else is asked for."""

    danger: StatementPart | None = Field(None, description="What must not happen, such as war.")
    goal: StatementPart | None = Field(None, description="What ends the stand-off otherwise.")
    misstep: Figures = Field(
        default_factory=dict,
        description="How often a party errs, from 0 to 1: one number, or by party and 'all'.",
    )
    tempo: Figures = Field(
        default_factory=dict,
        description="How often a party moves, relative to the others: by party and 'all'.",
    )
    behaviour: BehaviourPart | None = Field(None, description="What parties do otherwise.")
    what_if: Annotated[
        list[StatementPart],
        BeforeValidator(listed, json_schema_input_type=list[StatementPart] | StatementPart),
    ] = Field(default_factory=list, description="Formulas to compare with.")
    tick: Line = Field("", description="The time one decision takes, such as: a week.")


class UnderstoodPart(Part):
    """How much of its reports a draft is made of."""

    sentences: Percent = Field(0, description="Of the sentences worth reading, in percent.")
    parties: Percent = Field(0, description="Of the parties, those with a wish, in percent.")
    talks: Flag = Field(False, description="Whether both sides of the talks have a position.")
    positions: Count = Field(0, description="Conditions, refusals and demands understood.")
    heard: Count = Field(0, description="Sentences worth reading that were understood.")
    dropped: Count = Field(0, description="Proposals of a language model that were dropped.")
    answered: Percent | None = Field(
        None,
        description="Of what those who sit down ask of each other, that on which the other has a"
        " word of its own, in percent.",
    )


class BeliefPart(Part):
    """What one party takes another's wishes to be."""

    preferences: PreferencesPart = Field(description="What it takes the other to want.")


class ViewPart(Part):
    """What one party takes the others' wishes to be, and what it does not know of."""

    unaware: list[FormulaText] = Field(
        default_factory=list, description="Options of others that it does not know of."
    )
    beliefs: dict[str, BeliefPart] = Field(default_factory=dict, alias="~beliefs")

    @classmethod
    def _long_form(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        beliefs = {k: v for k, v in value.items() if k != "unaware"}
        return {"~beliefs": beliefs, "unaware": value.get("unaware")}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        long = handler.resolve_ref_schema(handler(core))
        beliefs = long["properties"].pop("~beliefs")
        return {**long, "additionalProperties": beliefs["additionalProperties"]}


class DoubtedPart(Part):
    """One party does not believe another's word about an option of its."""

    party: Text = Field(description="Who does not believe it.")
    option: FormulaText = Field(description="The option.")


class UnknownPart(Part):
    """An option whose level today nobody knows."""

    unknown: FormulaText = Field(description="The option.")


Today: TypeAlias = Annotated[
    Annotated[FormulaText, Tag("~level")] | Annotated[UnknownPart, Tag("~unknown")],
    Discriminator(lambda v: "~unknown" if isinstance(v, dict | UnknownPart) else "~level"),
]


class CaseFile(Part):
    """A stand-off as an analyst writes it down: the content of a case.yaml."""

    title: Line = Field("", description="Words for people; by default the file's name.")
    as_of: Day | None = Field(None, description="The day the case describes.")
    source: Text = Field("", description="Where the model comes from.")
    parties: dict[str, PartyPart] = Field(
        min_length=1, description="Who can act, by name, in the order used everywhere."
    )
    outcomes: dict[str, OutcomePart] = Field(
        default_factory=dict, description="Named formulas, such as war: north.attack."
    )
    infeasible: list[StatementPart] = Field(
        default_factory=list, description="What cannot be: formulas that hold in no state."
    )
    equivalent: list[StatementPart] = Field(
        default_factory=list,
        description="States that count as one: all in which one of these formulas holds.",
    )
    status_quo: (
        Annotated[
            list[Today],
            BeforeValidator(listed, json_schema_input_type=list[Today] | FormulaText),
        ]
        | None
    ) = Field(
        None,
        description="Today: the options that are not at their lowest level, and at which they are.",
    )
    preferences: dict[str, PreferencesPart] = Field(
        default_factory=dict, description="What each party wants, by party."
    )
    views: dict[str, ViewPart] = Field(
        default_factory=dict, description="What a party takes the others' wishes to be, by party."
    )
    attitudes: dict[str, dict[str, Attitude]] = Field(
        default_factory=dict,
        description="How a party is disposed to each: 1 for it, 0 neither, -1 against it.",
    )
    positions: dict[str, dict[str, LevelName]] = Field(
        default_factory=dict, description="What each party wants of each option, by party."
    )
    intentions: dict[str, LevelName] = Field(
        default_factory=dict, description="What will be done if nobody gives in, by option."
    )
    doubts: list[DoubtedPart] = Field(
        default_factory=list, description="Who does not believe which word."
    )
    conditions: list[ConditionPart] = Field(
        default_factory=list, description="Said aloud: one thing only if another holds."
    )
    refusals: list[RefusalPart] = Field(default_factory=list, description="Said aloud: never this.")
    risk: RiskPart | None = Field(None, description="What to assume about the slide by mistake.")
    target: FormulaText | None = Field(
        None, description="What should come about; by default the outcome talks."
    )
    earlier: Text = Field("", description="The case to compare with: a built-in one, or a path.")
    draft: Flag = Field(False, description="Proposed by a program; nobody has been through it.")
    mediators: list[Line] = Field(
        default_factory=list, description="Who brings the parties together, as reports name them."
    )
    left_out: list[Line] = Field(
        default_factory=list, description="Who is named in reports, but plays no part."
    )
    talks: list[Line] = Field(
        default_factory=list, description="The parties that have to sit down with each other."
    )
    understood: UnderstoodPart | None = Field(
        None, description="Of a draft: how much of its reports it is made of."
    )
    author: Line = Field("", description="Who wrote the case.")
    organisation: Line = Field("", description="For whom it was written.")
    handling: Line = Field("", description="Who may read the dossier, as it is marked.")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a case file, for editors."""
    schema = CaseFile.model_json_schema()
    schema["title"] = "A détente case"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
