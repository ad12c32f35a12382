"""An answer is worded in one place: the sections and the realizer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.english.lists import verb_of

SOURCE = Path(__file__).parents[2] / "src" / "detente"
DOSSIER = SOURCE / "dossier"
GONE = (
    "text/comparison.py", "text/deadlock.py", "text/diff.py", "text/path.py", "text/risk.py",
    "text/unlock.py", "text/whatif.py", "tables/broker.py", "tables/risk.py",
)  # fmt: skip
"""The second wording, as it was."""

ROOMS = ("stability", "wayout", "doubt", "risk", "dossier")
"""Where results are made and worded; doors say what they do themselves."""

AT_HOME = ("dossier/sections",)
"""The one room that words answers; the realizer beside it knows the case alone."""

NO_ANSWERS = {
    "Annotated", "Argument", "Clause", "Doc", "Option", "Problem", "blame", "compile", "confirm",
    "echo", "say", "search", "sub", "wrong",
}  # fmt: skip
"""Calls whose words are declarations, patterns, what is wrong with a file, or what a command says
of its own work."""

DECLARED = "documents/shapes"
"""Where the keys of documents are declared, with what each means."""

NAMES_A_THING = re.compile(r"(?:What|Who|Whose|Whom|How(?: \w+)?) [^.:;?!]*")
"""The heading of a table: "What holds in doubt" tells nothing, its rows do."""

HELPERS = re.compile(
    r"\b(?:is|are|was|were|would|could|can|cannot|will|must|has|have|had|does|do|did|may|might)\b"
)

ELSEWHERE: dict[str, int] = {
    "stability/registry.py": 21,
    "wayout/dilemmas.py": 13,
    "doubt/hypergame.py": 1,
    "dossier/answers.py": 1,
    "dossier/drawings/states.py": 7,
    "dossier/formula_words.py": 1,
    "dossier/line_words.py": 1,
    "dossier/notebook.py": 1,
    "dossier/page/blocks.py": 1,
    "dossier/page/word.py": 1,
    "dossier/say.py": 5,
    "dossier/sheets/doubt.py": 4,
    "dossier/sheets/states.py": 1,
    "dossier/sheets/wayout.py": 5,
    "dossier/tables/doubt.py": 6,
    "dossier/tables/gallery.py": 2,
    "dossier/tables/large.py": 2,
    "dossier/tables/stability.py": 2,
    "dossier/tables/states.py": 2,
    "dossier/tables/sweep.py": 9,
    "dossier/tables/views.py": 6,
    "dossier/text/aimed.py": 4,
    "dossier/text/check.py": 1,
    "dossier/text/digest.py": 1,
    "dossier/text/dilemmas.py": 12,
    "dossier/text/draft.py": 4,
    "dossier/text/evolution.py": 5,
    "dossier/text/inverse.py": 7,
    "dossier/text/large_agreement.py": 18,
    "dossier/text/large_reasons.py": 5,
    "dossier/text/reasons.py": 24,
    "dossier/text/turns.py": 10,
    "dossier/words.py": 1,
}
"""Texts with a verb elsewhere: none may be added; who moves one counts down."""


def sentences_built(code: str) -> list[str]:
    """Texts that tell something, however they are put together: four words or more and a verb."""
    return list(_built(ast.parse(code)))


def _built(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Raise | ast.Assert):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call) and _called(node) in NO_ANSWERS | {"ValueError"}:
        return
    if isinstance(node, ast.Call) and _called(node).endswith("Error"):
        return
    text = _text(node)
    if text is None:
        for child in ast.iter_child_nodes(node):
            yield from _built(child)
    elif len(text.split()) >= 4 and _has_verb(text) and not NAMES_A_THING.fullmatch(text):
        yield text


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _text(node: ast.AST) -> str | None:
    """A text with X for what is put in; None for what is no text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(part) or "X" for part in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            both = _text(left), _text(right)
            return None if both == (None, None) else "".join(part or "X" for part in both)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _text(left)
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return _text(text)
        case ast.Call(func=ast.Attribute(value=glue, attr="join"), args=[ast.List(elts=parts)]):
            return (_text(glue) or " ").join(_text(part) or "X" for part in parts)
        case ast.Call(func=ast.Attribute(value=glue, attr="join"), args=[ast.Tuple(elts=parts)]):
            return (_text(glue) or " ").join(_text(part) or "X" for part in parts)
    return None


def _has_verb(text: str) -> bool:
    words = [word.strip(".,;:") for word in text.split()]
    known = (verb_of(word) for word in words if word.islower())
    return bool(HELPERS.search(text)) or any(found and found[1] == "s" for found in known)


def _counted() -> dict[str, list[str]]:
    """Every module of these rooms that words something, and what."""
    paths = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
    names = {path.relative_to(SOURCE).as_posix(): path for path in paths}
    told = {
        name: sentences_built(path.read_text("utf-8"))
        for name, path in names.items()
        if not name.startswith(AT_HOME) and DECLARED not in name
    }
    return {name: found for name, found in told.items() if found}


def test_no_sentence_is_built_elsewhere() -> None:
    found = _counted()
    more = {name: told for name, told in found.items() if len(told) > ELSEWHERE.get(name, 0)}
    assert more == {}


@pytest.mark.parametrize(
    "code",
    [
        'f"{who} would leave {what} today"',
        'told = "Nobody would leave it today."',
        'who + " would leave " + what + " today"',
        '"%s would leave %s today" % (who, what)',
        '"{} would leave {} today".format(who, what)',
        '" ".join([who, "would", "leave", what])',
        'TEXTS = {"leaves": "the party leaves it"}',
        'f"{who} prefers {what} to that"',
    ],
)
def test_no_way_to_build_one_escapes(code: str) -> None:
    assert len(sentences_built(code)) == 1


@pytest.mark.parametrize(
    "code",
    ['raise CaseError(f"{who} is no party of {what}")', 'def f():\n    """It is what it is."""'],
)
def test_messages_and_docstrings_are_no_answers(code: str) -> None:
    assert sentences_built(code) == []


def test_the_second_wording_is_gone() -> None:
    assert [name for name in GONE if (DOSSIER / name).exists()] == []
