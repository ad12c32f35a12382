"""Question 2: which report is news, and which the same story again."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.confirmed import by_grade
from detente.dossier.answers import Confirmed, Unanswered
from detente.dossier.page.blocks import Block, Cell, Inline, Mark, Para, Section, Table, join, plain
from detente.dossier.say import COPIES, spelled, written_day
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, number
from detente.dossier.sections.entry import Entry
from detente.english.speech import listing
from detente.reading.records import ReportRecord


def section(context: Context) -> Section:
    """Return the section."""
    title = "Is this report news, or the same story again?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(2, section, "evidence", "What do the reports add?", "timeline")


def _blocks(context: Context) -> Iterator[Block]:
    evidence = context.answers.evidence
    if not evidence.reports:
        yield Para(
            (
                "There are no reports beside the case. Put them into its folder ‘reports’, and "
                "this page shows the passage behind every citation.",
            ),
            kind="answer",
        )
        yield from (*_graded(context), *_confirmed(context))
        return
    yield Para(_answer(context), kind="answer")
    records = {record.report: record for record in evidence.records}
    counts = {r.id: sum(c.report == r.id for c in evidence.claims) for r in evidence.reports}
    rows = []
    for k, report in enumerate(evidence.reports):
        record = records.get(report.id)
        rows.append(
            (
                Cell((report.title or report.id,)),
                Cell((report.date or "no date",)),
                Cell((number(counts[report.id], f"/evidence/reports/{k}/claims"),), "number"),
                Cell(_verdict(context, record)),
            )
        )
    head = ("report", "date", "claims", "news?")
    yield Table(
        "Every report, and whether it tells anything that another does not", head, tuple(rows)
    )
    yield from _graded(context)
    yield from _confirmed(context)
    yield method(
        context,
        "Copies are found by comparing the words of all reports, and what a copy repeats counts "
        "once, under its original.",
    )


def _graded(context: Context) -> Iterator[Block]:
    """Count the reports that the model cites by the grade of their source."""
    found = by_grade(context.answers.case)
    if set(found) <= {""}:
        return
    told = [
        f"{spelled(n)} {'is' if n == 1 else 'are'} {f'graded {grade}' if grade else 'not graded'}"
        for grade, n in found.items()
    ]
    yield Para(
        (
            f"Of the reports that the model cites, {listing(told)} by the Admiralty scale, in "
            "which A is reliable, E is not and F cannot be judged. The grade stands beside each "
            "citation, with a figure for what is said, from one (confirmed) to five (improbable).",
        )
    )


def _confirmed(context: Context) -> Iterator[Block]:
    """Say whether the answer holds without unconfirmed reports."""
    found = context.answers.confirmed
    if isinstance(found, Unanswered):
        return
    lines = number(found.lines, "/confirmed/lines")
    rest = " line rests" if found.lines == 1 else " lines rest"
    lead: Inline = (lines, f"{rest} on unconfirmed reports alone. ")
    if found.holds:
        yield Para(
            (
                *lead,
                "Without what they say the answer holds, as no more and no less stands in the way, "
                "and the way is as dear and as safe as with it.",
            )
        )
        return
    yield Para((*lead, "Without what they say the answer changes, as ", *_changes(found), "."))


def _changes(found: Confirmed) -> Inline:
    """Say what is otherwise without them."""
    less, all_ = found.comparison.before, found.comparison.after
    told: list[Inline] = []
    gone, new = found.comparison.knots_new, found.comparison.knots_gone
    if gone:
        n = number(len(gone), "/confirmed/knots_only_with#")
        told.append((n, f"{_clash(len(gone))} gone"))
    if new:
        n = number(len(new), "/confirmed/knots_only_without#")
        told.append((n, f"{_clash(len(new))} new"))
    if less.cost != all_.cost and less.cost is not None:
        cost = number(less.cost, "/confirmed/without/cost")
        told.append(("the cheapest concession costs ", cost))
    if (less.exposure is None) != (all_.exposure is None):
        told.append(("no way leads there" if less.exposure is None else "a way leads there",))
    elif less.exposure is not None and less.exposure != all_.exposure:
        risk = phrases.part_of_scale(less.exposure, "/confirmed/without/exposure")
        told.append(("a mover risks up to ", *risk))
    lasts = [bool(p.holding_in_target(found.concept)) for p in (less, all_)]
    if lasts[0] != lasts[1]:
        told.append(("it would last" if lasts[0] else "it would not last",))
    return join(told) if told else ("other words clash",)


def _clash(n: int) -> str:
    return " clash of words is" if n == 1 else " clashes of words are"


def _answer(context: Context) -> Inline:
    evidence = context.answers.evidence
    n, copies = len(evidence.reports), evidence.copies
    if n == 1:
        return ("There is only one report, so no story is told twice.",)
    if not copies:
        return ("The ", phrases.counted(n, "/evidence/reports#"), " reports all differ.")
    first = next(r for r in evidence.records if r.duplicate_of)
    own = n - copies
    own_news = "has something of its" if own == 1 else "have something of their"
    return (
        *phrases.capital((phrases.counted(own, "/evidence/originals"),)),
        " of the ",
        phrases.counted(n, "/evidence/reports#"),
        f" reports {own_news} own to tell. ",
        *_sentence(context, first),
    )


def _sentence(context: Context, record: ReportRecord) -> Inline:
    kind = COPIES[record.duplicate_kind or ""]
    return (
        *_titled(context, record.report),
        f" is {kind} ",
        *_titled(context, record.duplicate_of),
        ".",
    )


def _titled(context: Context, name: str | None) -> Inline:
    """Name a report by its title and its day."""
    report = context.answers.evidence.report(name or "")
    if report is None or not report.title:
        return (f"report {name}",)
    day = written_day(report.date or "")
    return (Mark("quote", report.title), f" ({day})" if day else "")


def _verdict(context: Context, record: ReportRecord | None) -> Inline:
    if record is None:
        return ("not read: not in claims.jsonl",)
    if record.duplicate_of is None:
        return ("news",)
    kind = COPIES[record.duplicate_kind or ""]
    return (f"no: {kind} ", plain(_titled(context, record.duplicate_of)))
