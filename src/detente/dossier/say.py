"""Figures, places and small pieces of text as every view says them: each of these once."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from detente.risk.scenario import Scenario
from detente.wayout.profile import Profile
from detente.wayout.unlock import Answer

NOTHING = 1e-9
"""Shares of danger below this are what rounding leaves of none."""

SURE, LIKELY = 0.999, 0.5
"""From which chance a move is called a mistake, and perhaps one."""

HEADINGS: Mapping[str, str] = {
    "demand": "demands",
    "condition": "makes conditional",
    "offer": "offers",
    "acceptance": "accepts",
    "refusal": "refuses",
    "silence": "leaves unanswered",
    "concession": "gives up",
    "threat": "threatens",
    "pressure": "presses",
    "support": "supports",
    "denial": "denies",
    "event": "does",
    "statement": "says",
}
"""Kind of claim to what the party does, in the order of the digest."""

COPIES: Mapping[str, str] = {
    "identical": "the same text as",
    "truncated": "only the beginning of",
    "contained": "contained in",
    "near": "nearly the same as",
    "": "a copy of",
}
"""What a copy is to its original, by what the reader found; nothing where it was told so."""


def show(text: str) -> str:
    """Return text that is safe to print: white space as single blanks, controls as escapes.

    Terminal controls and bidirectional marks in a report must not act on the reader's screen.
    """
    flat = " ".join(text.split())
    if flat.isprintable():
        return flat
    return "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") else c
        for c in flat
    )


def percent(p: float) -> str:
    """Return a probability as people read it: never 0 % or 100 % unless it is."""
    if p in (0.0, 1.0):
        return f"{p:.0%}"
    if p < 0.001:
        return f"{p * 100:.2g}%" if p >= 1e-6 else f"{p:.1e}"
    if p > 0.999:
        return "above 99.9%"
    return f"{p * 100:.1f}%"


def percent_of(part: Fraction) -> str:
    """Return a part of one as a percentage, never rounded to nothing."""
    whole = float(part) * 100
    return "less than 1%" if 0 < whole < 1 else f"{whole:.0f}%"


def digits(x: float) -> str:
    """Return a number with about three digits."""
    return f"{x:,.0f}" if x >= 100 else f"{x:.3g}"


def points(share: float | None) -> str:
    """Return a derivative of a probability by a rate: points for a point."""
    if share is None:
        return "–"
    if abs(share) < NOTHING:
        return "0"
    return f"{share:+,.0f}" if abs(share) >= 100 else f"{share:+.3g}"


def moves_told(misstep: Iterable[float]) -> int:
    """Return of how many moves one more is told to be a misstep: no more than the rates allow.

    A hundred, so one percentage point, for rates from 0.01 on. What a share says of a change
    holds for small ones: a whole point would be a thousand times a rate of 0.00001.
    """
    least = min((rate for rate in misstep if rate > 0), default=1.0)
    return max(100, int(10 ** math.ceil(-math.log10(least) - 1e-9)))


def leader(scenario: Scenario) -> int | None:
    """Return the party whose missteps matter most; None if no party's do."""
    shares = [abs(share or 0.0) for share in scenario.hitting.share]
    return int(np.argmax(shares)) if max(shares, default=0.0) >= NOTHING else None


def lacking_lines(standing: Profile) -> Iterator[str]:
    """Yield what could not be worked out, and what to add."""
    reasons = {
        "said": "No party has said a condition or a refusal, so there are no knots. Add them under "
        "'conditions' and 'refusals'.",
        "states": "The case has too many states for paths and stability.",
        "preferences": "Not every party has preferences, so paths and stability are left out. Add "
        "them under 'preferences'.",
        "status_quo": "The case has no status quo, so knots and paths are left out. Add one under "
        "'status_quo'.",
    }
    yield from (reasons[why] for why in standing.lacking)


def one_of_a_kind(answers: Sequence[Answer]) -> list[Answer]:
    """Return changes of mind that differ in more than priorities: of each kind the mildest."""
    kinds: dict[object, Answer] = {}
    for answer in sorted(answers, key=_severity):
        kinds.setdefault(tuple((e.party, e.op, e.statement) for e in answer.edits), answer)
    return sorted(kinds.values(), key=_severity)


def _severity(answer: Answer) -> tuple[int, ...]:
    """Return what answers are sorted by: few parties, dropped or moved before new, and low down."""
    rank = {"move": 0, "drop": 1, "add": 2}
    return (
        len({e.party for e in answer.edits}),
        sum(rank[e.op] for e in answer.edits),
        sum(abs((e.was or 0) - (e.priority or 0)) for e in answer.edits if e.op == "move"),
        -sum(e.priority or 0 for e in answer.edits if e.op == "add"),
    )


NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip

LIKELY_WORDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "a roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
)
"""Probabilities below which a term of ICD 203 is used; above the last, "almost certain"."""


def assumed(why: str) -> str:
    """Say that a line of the case is an assumption, and why if its author tells."""
    return f"assumed: {why}" if why else "assumed; no report is cited"


def spelled(n: int) -> str:
    """Return a small number in letters."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else f"{n:,}"


PLACES = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


def placed(n: int) -> str:
    """Return a small place, from 1, in letters: ``third``."""
    return PLACES[n - 1] if n <= len(PLACES) else f"number {n:,}"


def in_words(p: float) -> str:
    """Return a probability in the words of ICD 203, one row of them."""
    return next((word for limit, word in LIKELY_WORDS if p < limit), "almost certain")


def chance(p: float) -> str:
    """Return a probability no finer than a guess deserves: ``about 1 in 100``."""
    if p < 0.0005:
        return "less than 1 in 1,000"
    if p < 0.0095:
        return f"about {round(p * 1000)} in 1,000"
    return "more than 99 in 100" if p > 0.995 else f"about {round(p * 100)} in 100"


def written_day(text: str, *, year: bool = False) -> str:
    """Return a date as people write it, ``27 February``; empty where it is none."""
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        return ""
    return f"{day.day} {day:%B}{f' {day:%Y}' if year else ''}"


def figure_of(text: str) -> int | None:
    """Return the number in ``3`` or ``firmness 3``; None where there is none."""
    last = text.rpartition(" ")[2]
    return int(last) if last.isdecimal() else None
