"""An answer is worded in one place: the sections and the realizer."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

DOSSIER = Path(__file__).parents[2] / "src" / "detente" / "dossier"
WRITERS = [
    *sorted((DOSSIER / "page").glob("*.py")),
    *(DOSSIER / "drawings" / name for name in ("glyphs.py", "plate.py", "standing.py")),
    DOSSIER / "telling.py",
    DOSSIER / "notebook.py",
]
GONE = (
    "text/comparison.py", "text/deadlock.py", "text/diff.py", "text/path.py", "text/risk.py",
    "text/unlock.py", "text/whatif.py", "tables/broker.py", "tables/risk.py",
)  # fmt: skip
"""The second wording, as it was."""

VERB = re.compile(r"\b(?:is|are|would|could|can|cannot|wants?|holds?|leads?|takes?|stays?)\b")


def sentences_built(code: str) -> list[str]:
    """Formatted strings that tell something: four words or more, one of them a verb."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Raise | ast.Assert):
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values
            )
            if len(text.split()) >= 4 and VERB.search(text):
                found.append(text)
    return found


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.name)
def test_writers_word_nothing(path: Path) -> None:
    assert sentences_built(path.read_text("utf-8")) == []


def test_the_search_can_fail() -> None:
    assert sentences_built('f"{who} would leave {what} today"') == ["X would leave X today"]


def test_the_second_wording_is_gone() -> None:
    assert [name for name in GONE if (DOSSIER / name).exists()] == []
