"""Tools made of the declarations of questions: names an assistant understands, and arguments."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from detente.questions.declare import Parameter, docstring, parameters
from detente.questions.table import QUESTIONS


class Answer(TypedDict):
    """What every tool returns."""

    words: Annotated[str, Field(description="The answer in sentences; quote them unchanged.")]
    document: Annotated[
        dict[str, Any] | None,
        Field(description="Every figure of it, as the command's --json; null where too large."),
    ]


LONG = frozenset({"brief"})
"""Questions whose schema would be longer than all others together; it is a resource."""


def answer_of(question: str) -> Any:
    """Return the shape of a tool's answer: words, and the document of the question."""
    from detente.questions.shapes import shape_of

    shape = None if question in LONG else shape_of(question)
    if shape is None:
        return Answer
    told = Field(description=f"As detente://schemas/{question}; null where too large.")
    words = Answer.__annotations__["words"]
    make: Any = TypedDict  # the shape is known only here
    return make("Answer", {"words": words, "document": Annotated[shape | None, told]})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is a tool.

    Parameters
    ----------
    question : str
        Its name in :data:`detente.questions.table.QUESTIONS`.
    title : str
        For people.
    """

    question: str
    title: str


TOOLS: Mapping[str, Asked] = {
    "which_outcomes_hold": Asked("stability", "Which outcomes hold"),
    "why_it_holds": Asked("explain", "Why a state holds, or who would leave it"),
    "why_they_do_not_talk": Asked("deadlock", "Why they are not talking, and what must give"),
    "least_change_of_mind": Asked("unlock", "The least change of mind after which it holds"),
    "way_into_the_room": Asked("path", "How to get there with the least exposure"),
    "what_all_would_rather_have": Asked("zone", "What all would rather have than today"),
    "who_can_bring_it_about": Asked("who", "Who can bring it about, who can prevent it"),
    "what_third_parties_can_do": Asked("broker", "What third parties could do"),
    "what_if": Asked("whatif", "What changes if something is taken as given"),
    "risk_of_a_slide": Asked("risk", "How likely a slide into danger by mistake is"),
    "compare": Asked("diff", "What changed between two cases of one stand-off"),
    "brief": Asked("brief", "All questions at once: the first page"),
}

_LEFT_OUT = frozenset({"path", "progress", "size", "by party"})
"""Kinds of parameters that an assistant has no use for: files, bars, memory; and ``by party``,
which is set in the case."""

Work = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""Answers a question of this name with these arguments."""


def present() -> dict[str, Asked]:
    """Return the tools whose question there is."""
    return {name: asked for name, asked in TOOLS.items() if asked.question in QUESTIONS}


def function_of(name: str, asked: Asked, work: Work, returns: Any) -> Callable[..., Awaitable[Any]]:
    """Return a tool's function: its signature and help are those of the question.

    Parameters
    ----------
    name : str
        The tool's name.
    asked : Asked
        The question.
    work : callable
        Answers it.
    returns : type
        What the tool is said to return.
    """
    question = declared(asked.question)
    taken = [p for p in parameters(question) if p.kind not in _LEFT_OUT]
    kinds = {_name(p): p for p in taken}

    async def tool(**given: Any) -> Any:
        return await work(asked.question, {kinds[key].name: v for key, v in given.items()})

    tool.__name__ = name
    tool.__doc__ = _told(asked, question)
    signature = inspect.Signature(
        sorted(map(_parameter, taken), key=lambda p: p.default is not inspect.Parameter.empty),
        return_annotation=returns,
    )
    tool.__signature__ = signature  # type: ignore[attr-defined]
    tool.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
    tool.__annotations__["return"] = returns
    return tool


def declared(question: str) -> Callable[..., Any]:
    """Return the function that answers a question."""
    entry = QUESTIONS[question]
    found: Callable[..., Any] = getattr(
        import_module(f"detente.questions.{entry.question}"), question
    )
    return found


def _told(asked: Asked, question: Callable[..., Any]) -> str:
    """Return what a tool does, for an assistant."""
    entry = QUESTIONS[asked.question]
    return "\n\n".join([f"{asked.title}. {entry.line}", *docstring(question).more])


def _name(p: Parameter) -> str:
    return "case" if p.name == "source" else p.name


def _parameter(p: Parameter) -> inspect.Parameter:
    """Return a parameter of a tool."""
    told = p.told
    if p.kind == "case" or p.name == "source":
        told = "A case by its name, as list_cases gives it."
    annotation: Any = Annotated[_type(p), Field(description=told, ge=p.least, le=p.most)]
    default = inspect.Parameter.empty if p.required else p.default
    if p.several and default is not inspect.Parameter.empty:
        default = list(p.default or ()) if isinstance(p.default, Sequence) else None
    return inspect.Parameter(
        _name(p), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _type(p: Parameter) -> Any:
    """Return the type of a parameter's value."""
    single: Any = {"whole": int, "number": float, "flag": bool}.get(p.kind, str)
    if p.kind == "choice":
        single = Literal[p.choices]
    several = p.several and p.kind != "case"  # one case a call
    kind: Any = list[single] if several else single
    return kind | None if p.default is None else kind
