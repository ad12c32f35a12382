"""The document of one picture."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from detente.keys import Doc


class DrawingDocument(TypedDict):
    """One picture of a case."""

    case: Annotated[str, Doc("the case")]
    what: Annotated[str, Doc("what is drawn")]
    told: Annotated[str, Doc("what the picture shows, in words")]
    width: Annotated[float, Doc("in pixels")]
    height: Annotated[float, Doc("in pixels")]
    svg: Annotated[str, Doc("the picture, complete in itself")]
