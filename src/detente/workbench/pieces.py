"""Pieces of HTML, made of the templates; and how the page names a place in a case file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from detente.case.document import Steps
from detente.dossier.drawings import standing, theme
from detente.dossier.page.html import safe
from detente.dossier.words import plural

HERE = Path(__file__).parent


def render(name: str, **given: Any) -> str:
    """Return a template as HTML; everything in it is escaped."""
    return str(_templates().get_template(name).render(**given))


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["text"] = safe
    made.globals |= {"plural": plural, "sign": lambda k: Markup(standing.sign(k)), "hue": theme.hue}
    return made


def way_of(path: Steps) -> str:
    """Return a place in a case file as the page names it."""
    return "/".join(map(str, path))
