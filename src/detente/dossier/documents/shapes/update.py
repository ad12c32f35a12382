"""The document of what later reports would change in a case."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from typing_extensions import TypedDict

from detente.keys import Doc, OneOf


class ProposalCitation(TypedDict):
    """Words that a proposal rests on."""

    report: Annotated[str, Doc("the report")]
    quote: Annotated[str, Doc("its exact words")]
    prefix: NotRequired[Annotated[str, Doc("the words before, where the quote stands twice")]]
    suffix: NotRequired[Annotated[str, Doc("the words behind, where the quote stands twice")]]


class ProposalDocument(TypedDict):
    """One line that is proposed, or spoken against."""

    id: Annotated[str, Doc("what review calls it")]
    kind: Annotated[
        Annotated[str, OneOf("draft", "new", "changed", "withdrawn", "contradicted")],
        Doc("what it would do"),
    ]
    line: Annotated[str, Doc("the part of the case it is about")]
    party: Annotated[str, Doc("whose line it is")]
    said: Annotated[str, Doc("the line in words")]
    way: Annotated[list[Any], Doc("where it stands in `case.yaml`: keys, and places from 0")]
    cite: Annotated[list[ProposalCitation], Doc("what it rests on")]
    note: Annotated[str, Doc("why it is proposed")]
    value: Annotated[Any, Doc("what would be put there")]


class UpdateDocument(TypedDict):
    """What later reports would change in a case."""

    case: Annotated[str, Doc("the case's short name")]
    counts: Annotated[dict[str, int], Doc("how many proposals of each kind")]
    proposals: Annotated[list[ProposalDocument], Doc("each line, none of it in the case yet")]
