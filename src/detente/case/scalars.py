"""The single values of a case file: text, formulas, levels, numbers, dates, each with its words.

Each kind is a type for pydantic: a check that says in plain words what is wrong, and the JSON
Schema that an editor sees.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from detente.case.document import Plain
from detente.case.formula import IN_PIECES, is_word

MAX_DIGITS = 60
"""Longest number in characters."""

MAX_WEIGHT = 10**18
"""Weights are as small as this, and no finer than one part in it, so that sums stay exact."""

_LEVEL = re.compile(r"(?!(?:not|and|or|if|iff)\Z)\w+\Z")


def wrong(message: str) -> PydanticCustomError:
    """Make the error for a value; its text is used as it stands."""
    return PydanticCustomError("case", "{message}", {"message": message})


# --- kinds of text ----------------------------------------------------------------------------


def _is_text(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong(f"expected text, found {kind_of(value)}")
    return str(value)


def _is_line(value: Any) -> str:
    text = _is_text(value).rstrip("\n")
    if len(text.splitlines()) > 1 or "\t" in text:
        raise wrong("expected one line of text, without tabs")
    return text


def _is_formula(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong(f"expected a formula such as 'party.option', found {kind_of(value)}")
    return str(value)


def _names_level(text: str) -> bool:
    return bool(_LEVEL.match(text)) and is_word(text)


def _is_level(value: Any) -> str:
    text = _is_text(value)
    if isinstance(value, Plain) and text.casefold() in {"true", "false"}:
        raise wrong(
            f"'{text}' is no name for a level; write no and yes, or leave 'levels' out altogether"
        )
    if not _names_level(text):
        if _names_level(unicodedata.normalize("NFC", text)):
            raise wrong(f"'{text}' is no name for a level: {IN_PIECES}")
        raise wrong(
            f"'{text}' is no name for a level; use letters, digits and _, "
            "and none of not, and, or, if, iff"
        )
    return text


def _is_change(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) != 2:
        raise wrong(f"expected a change such as [none, partial], found {kind_of(value)}")
    return [_is_level(level) for level in value]


def _is_id(value: Any) -> str:
    text = _is_text(value)
    if not re.fullmatch(r"[\w.-]+", text):
        raise wrong(f"'{text}' is no id; use letters, digits, '_', '.' and '-'")
    return text


def _is_flag(value: Any) -> bool:
    if isinstance(value, Plain) and value.casefold() in {"true", "false"}:
        return value.casefold() == "true"
    raise wrong(f"expected true or false, found {kind_of(value)}")


def _is_form(value: Any) -> str:
    if value not in ("clause", "noun"):
        raise wrong(f"expected clause or noun, found {kind_of(value)}")
    return str(value)


def _is_reliability(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch("[A-F]", value):
        return str(value)
    raise wrong(f"expected a letter from A, reliable, to F, not known; found {kind_of(value)}")


def _is_credibility(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch("[1-6]", value):
        return int(value)
    raise wrong(f"expected a number from 1, confirmed, to 6, not known; found {kind_of(value)}")


def _is_firmness(value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"\+?[0-9]{1,6}", value) and int(value) >= 1:
        return int(value)
    raise wrong(f"expected a whole number from 1, found {kind_of(value)}")


def _is_attitude(value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"[-+]?[01]", value):
        return int(value)
    raise wrong(f"an attitude is 1, 0 or -1; found {kind_of(value)}")


def _is_count(value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"[0-9]{1,7}", value):
        return int(value)
    raise wrong(f"expected a whole number, found {kind_of(value)}")


def _is_percent(value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"[0-9]{1,3}", value) and int(value) <= 100:
        return int(value)
    raise wrong(f"expected a whole percent from 0 to 100, found {kind_of(value)}")


_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?|[-+]?[0-9]+/[0-9]+"
)


def number(value: Any) -> Fraction:
    """Return the number that a text is, exactly.

    Raises
    ------
    PydanticCustomError
        With plain words, if it is none.
    """
    if not (isinstance(value, str) and _NUMBER.fullmatch(value) and len(value) <= MAX_DIGITS):
        raise wrong(f"expected a number such as 3, -0.5 or 1/3, found {kind_of(value)}")
    try:
        number = Fraction(str(value))
    except ZeroDivisionError:
        raise wrong(f"'{value}' divides by zero") from None
    if max(abs(number.numerator), number.denominator) > MAX_WEIGHT:
        raise wrong(f"{kind_of(value)} is too large, or has too many decimals, to be added exactly")
    return number


def _is_date(value: Any) -> dt.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise wrong(f"the calendar has no day '{value}'") from None
    raise wrong(f"expected a date such as 2018-02-27, found {kind_of(value)}")


def kind_of(value: Any) -> str:
    """Say what somebody wrote, in the words of somebody who does not program."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            text = str(value)
            return f"'{text}'" if len(text) <= 40 else f"'{text[:39]}…'"


def _text_type(check: Callable[[Any], Any], schema: dict[str, Any]) -> Any:
    return (BeforeValidator(check), WithJsonSchema(schema))


FORMULA_SCHEMA = {
    "type": "string",
    "title": "Formula",
    "examples": [
        "north.attack and not ally.talk",
        "ally.talk if north.pledge",
        "ally.squeeze = full",
    ],
}
_NUMBER_SCHEMA = {
    "title": "Number",
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[-+]?[0-9]+/[0-9]+$"}],
}

Text: TypeAlias = Annotated[str, *_text_type(_is_text, {"type": ["string", "number"]})]
Line: TypeAlias = Annotated[str, *_text_type(_is_line, {"type": ["string", "number"]})]
FormulaText: TypeAlias = Annotated[str, *_text_type(_is_formula, FORMULA_SCHEMA)]
LevelName: TypeAlias = Annotated[
    str, *_text_type(_is_level, {"type": ["string", "integer"], "pattern": r"^\w+$"})
]
Change: TypeAlias = Annotated[
    list[str],
    *_text_type(
        _is_change,
        {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 2, "maxItems": 2},
    ),
]
Id: TypeAlias = Annotated[str, *_text_type(_is_id, {"type": "string", "pattern": r"^[\w.-]+$"})]
Flag: TypeAlias = Annotated[bool, *_text_type(_is_flag, {"type": "boolean"})]
Form: TypeAlias = Annotated[
    Literal["", "clause", "noun"], *_text_type(_is_form, {"enum": ["clause", "noun"]})
]
Reliability: TypeAlias = Annotated[
    str, *_text_type(_is_reliability, {"type": "string", "pattern": "^[A-F]$"})
]
Credibility: TypeAlias = Annotated[
    int, *_text_type(_is_credibility, {"type": "integer", "minimum": 1, "maximum": 6})
]
Firmness: TypeAlias = Annotated[int, *_text_type(_is_firmness, {"type": "integer", "minimum": 1})]
Count: TypeAlias = Annotated[int, *_text_type(_is_count, {"type": "integer", "minimum": 0})]
Percent: TypeAlias = Annotated[
    int, *_text_type(_is_percent, {"type": "integer", "minimum": 0, "maximum": 100})
]
Weight: TypeAlias = Annotated[Fraction, *_text_type(number, _NUMBER_SCHEMA)]
Attitude: TypeAlias = Annotated[
    int, *_text_type(_is_attitude, {"type": "integer", "minimum": -1, "maximum": 1})
]
Day: TypeAlias = Annotated[dt.date, *_text_type(_is_date, {"type": "string", "format": "date"})]
