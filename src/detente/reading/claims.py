"""Claims: one thing that a report says, with the characters that say it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

from detente.reading.paragraphs import Span

if TYPE_CHECKING:
    from detente.reading.acts import Act

Kind = Literal[
    "demand",
    "condition",
    "offer",
    "acceptance",
    "refusal",
    "silence",
    "concession",
    "threat",
    "pressure",
    "support",
    "denial",
    "statement",
    "event",
]
KINDS: tuple[str, ...] = get_args(Kind)

Finder = Literal["rules", "tagger", "model", "both", "person"]

_ID_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a report says.

    Parameters
    ----------
    id : str
        Report and a digest of kind and words: the same as long as the words stay.
    report : str
        The report's id.
    kind : str
        One of :data:`KINDS`.
    party, speaker : str, optional
        Whose claim it is; who says it. The speaker is None where the author says it.
    target : str, optional
        Whom it is directed at, or of whom something is asked.
    direct : bool
        In the speaker's own words.
    source, cue : Span, optional
        The words that name the speaker, and those that show the kind.
    content : tuple of Span
        What is claimed.
    text : str
        The characters of ``content``, nothing between its parts.
    purpose : str, optional
        For a condition: what it is a condition for.
    plover : str, optional
        Event type.
    date : str, optional
        The report's date.
    reply_to : str, optional
        The claim that this one answers.
    rule : str
        The rule that found it; empty where nobody knows.
    by : str
        Who found it: ``rules`` (the tagger may have found it, too), ``tagger`` where it alone did,
        ``model`` or ``person``; ``both`` where a language model did and the program without it.
    shown : bool
        False where a model says whose it is and the clause does not show it.
    deadline : str, optional
        The day, ``YYYY-MM-DD``, on which a time ends that the words set.
    voice : str
        The party in whose quoted words it stands; empty where a report tells it. Only while
        reports are read, too.
    act, bound : Act, optional
        The deed that it speaks of, and the one that this is bound to: what a condition holds out,
        or what a refusal waits for. Only while reports are read; no claims file has them.
    """

    id: str
    report: str
    kind: str
    party: str | None
    speaker: str | None
    target: str | None
    direct: bool
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    text: str
    purpose: str | None = None
    plover: str | None = None
    date: str | None = None
    reply_to: str | None = None
    rule: str = ""
    by: Finder = "rules"
    shown: bool = True
    deadline: str | None = None
    voice: str = field(default="", compare=False, repr=False)
    act: Act | None = field(default=None, compare=False, repr=False)
    bound: Act | None = field(default=None, compare=False, repr=False)


def words_of(text: str, content: Iterable[Span]) -> str:
    """Return the characters of spans, nothing between them."""
    return "".join(text[span.start : span.end] for span in content)


def digest_of(kind: str, text: str) -> str:
    """Return what a claim's id holds of its kind and its words."""
    return hashlib.sha256(f"{kind}\0{text}".encode()).hexdigest()[:_ID_DIGITS]


def with_ids(report: str, drafts: Sequence[Claim]) -> list[Claim]:
    """Return claims with their ids; replies, given as positions (``#3``), become ids.

    Claims of one kind with the same words are told apart by a number in text order.
    """
    seen: dict[str, int] = {}
    ids = []
    for draft in drafts:
        digest = digest_of(draft.kind, draft.text)
        count = seen[digest] = seen.get(digest, 0) + 1
        ids.append(f"{report}:{digest}" + (f"-{count}" if count > 1 else ""))
    return [
        replace(draft, id=name, reply_to=ids[int(draft.reply_to[1:])] if draft.reply_to else None)
        for draft, name in zip(drafts, ids, strict=True)
    ]
