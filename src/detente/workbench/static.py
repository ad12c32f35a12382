"""The style sheet and the script: two files of ours, and nothing that a page could name besides."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from detente.dossier.drawings import theme
from detente.workbench.panes import kinds

HERE = Path(__file__).parent / "static"


@cache
def _files() -> dict[str, tuple[str, str]]:
    """Return each file's kind and text by its name."""
    own = (HERE / "workbench.css").read_text("utf-8")
    return {
        "look.css": ("text/css", theme.tokens() + theme.stylesheet() + _of_dossier() + own),
        "kinds.json": ("application/json", json.dumps(kinds())),
        "workbench.js": ("text/javascript", (HERE / "workbench.js").read_text("utf-8")),
    }


def _of_dossier() -> str:
    """Return the dossier's own style sheet for an opened answer, whose pane is its page."""
    css = resources.files("detente.dossier.page").joinpath("page.css").read_text("utf-8")
    inside = re.sub(r"@media \((max|min)-width:", r"@container (\1-width:", css)
    return f".dr {{ {inside} }}\n"


async def served(request: Request) -> Response:
    """Return one of them."""
    found = _files().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404, "there is no such file")
    return Response(found[1], media_type=found[0])
