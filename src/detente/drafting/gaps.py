"""What the reports do not say, so that a person knows what to look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.model import Case, Statements
from detente.drafting.matter import Matter
from detente.drafting.options import Menu
from detente.drafting.sides import Sides
from detente.reading.claims import Claim

MAX_NAMED = 6
_WORDS = 60
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the reports leave open.

    Parameters
    ----------
    kind : str
        ``demands``, ``conditions``, ``refusals``, ``meaning``, ``agent``, ``today``, ``dates``,
        ``parties``, ``options`` or ``nobody``.
    text : str
        A sentence for people.
    """

    kind: str
    text: str


def gaps(
    case: Case, claims: Sequence[Claim], matter: Matter, menu: Menu, sides: Sides
) -> tuple[Gap, ...]:
    """Return what is missing in a drafted case, the weightiest first."""
    return (
        *_positions(case),
        *_meaning(matter),
        *_agents(matter, menu),
        *_wants(case, menu),
        *_today(case, menu),
        *_left_out(claims, matter, menu, sides),
    )


def _positions(case: Case) -> Iterator[Gap]:
    if not case.conditions:
        yield Gap("conditions", "No condition was found: nobody says 'only if' of an option here.")
    if not case.refusals:
        yield Gap("refusals", "No refusal of a known option was found.")
    bound = {c.party for c in case.conditions}
    if case.conditions and len(bound) == 1:
        label = next(p.label for p in case.parties if p.name in bound)
        yield Gap("conditions", f"Only {label} binds what it does to a condition.")


def _meaning(matter: Matter) -> Iterator[Gap]:
    yield from _several(
        "meaning",
        [
            f"{c.party} says “{_few(c)}” ({c.report}) and not what it means."
            for c in _distinct(matter.vague)
        ],
    )
    yield from _several(
        "meaning",
        [
            f"What {c.party} refuses by “{_few(c)}” ({c.report}) is not clear."
            for c in _distinct(matter.unmatched)
        ],
    )


def _several(kind: str, texts: Sequence[str]) -> Iterator[Gap]:
    """Yield gaps of one kind; many are counted."""
    for text in texts[:MAX_NAMED]:
        yield Gap(kind, text)
    if len(texts) > MAX_NAMED:
        yield Gap(kind, f"The same holds of {len(texts) - MAX_NAMED:,} more claims.")


def _agents(matter: Matter, menu: Menu) -> Iterator[Gap]:
    for choice in menu.choices:
        if all(d.guessed for d in choice.deeds):
            who = ", ".join(dict.fromkeys(str(d.claim.party) for d in choice.deeds))
            yield Gap(
                "agent",
                f"Of whom {who} asks “{choice.label}” is not said; taken as asked of"
                f" {choice.agent}.",
            )


def _wants(case: Case, menu: Menu) -> Iterator[Gap]:
    labels = {name: party for party, name in menu.party_names.items()}
    for party in case.parties:
        wants = party.preferences
        own = isinstance(wants, Statements) and any(s.basis.cite for s in wants.statements)
        if not own:
            yield Gap("demands", f"What {labels[party.name]} wants, these reports do not say.")
        if len(party.options) == 1:
            yield Gap("options", f"Nothing {labels[party.name]} could do was found, but to talk.")


def _today(case: Case, menu: Menu) -> Iterator[Gap]:
    if not any(case.status_quo or ()):
        yield Gap("today", "No report tells of anything done already; today, nothing is done.")
    if case.as_of is None:
        yield Gap("dates", "No report has a date, so the case has none; add 'as_of'.")


def _left_out(claims: Sequence[Claim], matter: Matter, menu: Menu, sides: Sides) -> Iterator[Gap]:
    if menu.left_out:
        yield Gap("options", f"Left out, as there were too many: {_list(_named(menu))}.")
    if sides.left_out:
        yield Gap("parties", f"Parties left out, as there were too many: {_list(sides.left_out)}.")
    if matter.unread:
        yield Gap(
            "parties",
            f"{matter.unread:,} claims of the last reports were not looked at; draft from fewer.",
        )
    nobody = sum(c.party is None and c.kind != "statement" for c in claims)
    if nobody:
        few = "claim names" if nobody == 1 else "claims name"
        yield Gap("nobody", f"{nobody:,} {few} nobody who does it; see claims.jsonl.")


def _named(menu: Menu) -> list[str]:
    return [f"“{choice.label}” ({choice.agent})" for choice in menu.left_out]


def _list(names: Sequence[str]) -> str:
    """Return names in a row, the last ones counted where there are many."""
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more


def _few(claim: Claim) -> str:
    """Return the first words of a claim."""
    flat = " ".join(claim.text.translate(_INNER).split()).strip(" ,.")
    return flat if len(flat) <= _WORDS else flat[:_WORDS].rsplit(" ", 1)[0] + " …"


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims with the same words by the same party once."""
    return list({(c.party, c.text): c for c in reversed(claims)}.values())[::-1]
