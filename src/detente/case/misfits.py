"""What in a document does not fit the format of a case, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from detente.case.document import Steps
from detente.case.scalars import kind_of
from detente.case.schema import (
    CUT_BY_A_COMMA,
    UNION_MARK,
    BehaviourPart,
    CaseFile,
    ConditionPart,
    FigurePart,
    OptionPart,
    OutcomePart,
    PartyPart,
    PreferencesPart,
    RefusalPart,
    RiskPart,
    UnderstoodPart,
    WishPart,
)
from detente.case.schema_base import CitationPart, StatementPart
from detente.errors import unknown


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something in a document that does not fit the format.

    Parameters
    ----------
    path : tuple of str and int
        Where; of something missing, where it should be.
    message : str
        In plain words.
    key : bool
        Whether the key at that path is wrong, and not its value.
    """

    path: Steps
    message: str
    key: bool = False


def validate(content: object) -> tuple[CaseFile | None, tuple[Misfit, ...]]:
    """Bring a document's content into the format.

    Returns
    -------
    tuple
        The content, or None where it does not fit; and everything that does not.
    """
    if not isinstance(content, dict):
        wrong = f"expected keys such as 'parties:' at the top, found {kind_of(content)}"
        return None, (Misfit((), wrong),)
    try:
        return CaseFile.model_validate(content), ()
    except ValidationError as error:
        return None, tuple(
            Misfit(p["loc"], _words(p), p["type"] == "extra_forbidden")
            for p in map(_unmarked, error.errors(include_url=False))
        )


def _unmarked(problem: Any) -> Any:
    """Return a finding with the path that a file has, without the names of forms."""
    steps = (s for s in problem["loc"] if not str(s).startswith(UNION_MARK))
    return {**problem, "loc": tuple(steps)}


def _words(problem: Any) -> str:
    """Say one of pydantic's findings in plain words."""
    kind, loc, context = problem["type"], problem["loc"], problem.get("ctx", {})
    last = str(loc[-1]) if loc else ""
    match kind:
        case "case":
            return str(context["message"])
        case "missing":
            return f"the key '{last}' is missing"
        case "extra_forbidden":
            told = unknown("key", last, _keys_at(loc[:-1]))
            return told if problem["input"] is not None else f"{told}; {CUT_BY_A_COMMA}"
        case "too_short" if last == "parties":
            return "a case needs one party at least"
        case "too_short" | "too_long":
            least, most = context.get("min_length"), context.get("max_length")
            wanted = f"at least {least}" if kind == "too_short" else f"at most {most}"
            return f"'{last}' holds {context['actual_length']}; expected {wanted}"
        case "list_type":
            return f"expected a list, found {kind_of(problem['input'])}"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"expected keys with values, found {kind_of(problem['input'])}"
    return f"this does not fit here: {problem['msg']}"


def _keys_at(loc: Steps) -> list[str]:
    """Return the keys that the mapping at a path may have."""
    part: type[BaseModel]
    match loc:
        case ():
            part = CaseFile
        case ("parties", _):
            part = PartyPart
        case ("parties", _, "options", _):
            part = OptionPart
        case ("preferences", _) | ("preferences", _, "readings", _):
            part = PreferencesPart
        case ("preferences", *_, int()):
            part = WishPart
        case ("outcomes", _):
            part = OutcomePart
        case ("conditions", _):
            part = ConditionPart
        case ("refusals", _):
            part = RefusalPart
        case ("risk",):
            part = RiskPart
        case ("understood",):
            part = UnderstoodPart
        case ("risk", "behaviour"):
            part = BehaviourPart
        case ("risk", "misstep" | "tempo", _):
            part = FigurePart
        case (*_, "cite", _):
            part = CitationPart
        case _:
            part = StatementPart
    return list(part.model_fields)
