"""What was offered, demanded, refused or threatened, drawn: time runs down, a row each."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from detente.dossier.drawings import theme
from detente.dossier.page.blocks import Inline, Mark, Plate, Row, Spot, join
from detente.dossier.say import HEADINGS, spelled
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import sign
from detente.dossier.words import plural
from detente.english.speech import sentence
from detente.reading.claims import Claim
from detente.reading.dealings import Answer, Dealing, Fate, dealings
from detente.reading.events import dealt

SHOWN = 30
"""Dealings drawn; the others are counted."""

FATES: dict[Fate, str] = {
    "refused": "was turned down",
    "accepted": "was taken up",
    "unanswered": "was left without an answer",
    "lapsed": "lapsed",
    "answered": "was answered",
}
"""What became of an offer, the firmest first."""

WEIGHT = {
    "offer": 0,
    "threat": 1,
    "pressure": 2,
    "refusal": 3,
    "condition": 4,
    "demand": 4,
    "concession": 5,
}


def timeline(context: Context) -> Iterator[Plate]:
    """Yield what the parties dealt out to each other in time; nothing where nothing is reported."""
    evidence = context.answers.evidence
    found = (*dealings(evidence.claims, evidence.records), *dealt(evidence.events))
    if not found:
        return
    told = sorted(found, key=lambda one: one.day or "~")
    shown = chosen(told, SHOWN)
    by_id = {one.claim.id: one for one in told}
    rows = [Row((Spot(("who",)), Spot(("what",)), Spot(("what came of it",))), "head")]
    for day, group in groupby(shown, key=lambda one: one.day):
        rows.append(Row((Spot((day_words(day),)),), "group"))
        rows += [_row(context, one, by_id) for one in group]
    if len(shown) < len(told):
        rows.append(Row((Spot((f"and {len(told) - len(shown):,} more, not drawn",)),), "line"))
    yield Plate(
        "timeline",
        (_finding(told),),
        "Time runs down. First stands who did something to whom, then the words it was read from, "
        "and last what came of it.",
        (1.0, 1.7, 1.0),
        tuple(rows),
    )


def chosen(found: Sequence[Dealing], most: int) -> list[Dealing]:
    """Return those to be drawn, in the order given: first what was answered, and the answers."""
    answers = {a.by for one in found for a in one.answers}

    def weight(k: int) -> tuple[int, int]:
        one = found[k]
        linked = bool(one.answers) or one.claim.id in answers
        return (-1 if linked else WEIGHT.get(one.claim.kind, 9), k)

    return [found[k] for k in sorted(sorted(range(len(found)), key=weight)[:most])]


def firmest(one: Dealing) -> Answer | None:
    """Return the firmest of what became of something, the first of its kind; None if nothing."""
    fates = {answer.fate: answer for answer in reversed(one.answers)}
    return next((fates[fate] for fate in FATES if fate in fates), None)


def _finding(told: Sequence[Dealing]) -> str:
    """Say how many offers there were, and what became of them."""
    offers = [firmest(one) for one in told if one.claim.kind == "offer"]
    if not offers:
        return "No report tells of an offer. Here is what else was said and done."
    if len(offers) == 1:
        answer = offers[0]
        what = "no answer is reported" if answer is None else f"it {FATES[answer.fate]}"
        return f"One offer was made, and {what}."
    counts = Counter(answer.fate for answer in offers if answer is not None)
    plain = [_fates(counts[fate], fate) for fate in FATES if counts[fate]]
    open_ = len(offers) - sum(counts.values())
    if open_:
        plain.append(f"of {spelled(open_)} no answer is reported")
    return sentence(f"{spelled(len(offers))} offers were made: {', '.join(plain)}.")


def _fates(n: int, fate: Fate) -> str:
    told = f"{spelled(n)} {FATES[fate]}"
    return told if n == 1 else told.replace(" was ", " were ")


def _row(context: Context, one: Dealing, by_id: Mapping[str, Dealing]) -> Row:
    claim = one.claim
    place = _place(context, claim.party)
    hue = "" if place is None else theme.hue(place)
    who = _who(context, claim.party)
    if claim.target and claim.target != claim.party:
        who = (*who, " to ", *_who(context, claim.target))
    does: Inline = (HEADINGS.get(claim.kind, claim.kind),)
    more = len(one.reports) - 1
    beside: Inline = (f"Told by {plural(more, 'other report')}, too.",) if more > 0 else ()
    words = Spot(_words(context, claim), (beside,) if beside else (), look="said")
    return Row(
        (Spot(who, (does,), look="strong", hue=hue), words, Spot(_fate(context, one, by_id)))
    )


def _who(context: Context, name: str | None) -> Inline:
    place = _place(context, name)
    if place is None:
        return (name or "somebody not named",)
    return (sign(context, place), context.party_at(place))


def _place(context: Context, name: str | None) -> int | None:
    names = context.answers.case.party_names
    return names.index(name) if name is not None and name in names else None


def _words(context: Context, claim: Claim) -> Inline:
    """Return the words of a report; of event data what its row says."""
    if context.answers.evidence.report(claim.report) is None:
        return (claim.text,)
    quote = context.sources.claim(claim)
    where = Mark("cite", quote.where, quote.passage) if quote.passage else quote.where
    return (Mark("quote", quote.text), " ", where)


def _fate(context: Context, one: Dealing, by_id: Mapping[str, Dealing]) -> Inline:
    """Say what came of it, by whom and when; that nothing is reported, of an offer."""
    if not one.answers:
        return ("No answer is reported.",) if one.claim.kind == "offer" else ()
    told: list[Inline] = []
    for answer in {a.fate: a for a in reversed(one.answers)}.values():
        by = by_id.get(answer.by)
        who: Inline = ()
        if by is not None and by.claim.party and answer.fate not in ("lapsed", "unanswered"):
            who = (" by ", *_who(context, by.claim.party))
        day = f", {day_words(by.day)}" if by is not None and by.day else ""
        told.append((FATES[answer.fate].removeprefix("was "), *who, day))
    first, *rest = join(told)
    return (sentence(str(first)), *rest, ".")


def day_words(day: str) -> str:
    """Say a day, or the month or year that is known: ``17 July 2017``."""
    year, month, date = (*day.split("-"), "", "")[:3]
    if not day:
        return "Without a date"
    name = calendar.month_name[int(month)] if month and 1 <= int(month) <= 12 else month
    return " ".join(part for part in (date.lstrip("0"), name, year) if part)
