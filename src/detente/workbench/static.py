"""The style sheet and the script: two files of ours, and nothing that a page could name besides."""

from __future__ import annotations

import json
from functools import cache
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
        "look.css": ("text/css", theme.tokens() + theme.stylesheet() + own),
        "drawing.css": ("text/css", theme.stylesheet()),
        "kinds.json": ("application/json", json.dumps(kinds())),
        "workbench.js": ("text/javascript", (HERE / "workbench.js").read_text("utf-8")),
    }


async def served(request: Request) -> Response:
    """Return one of them."""
    found = _files().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404, "there is no such file")
    return Response(found[1], media_type=found[0])
