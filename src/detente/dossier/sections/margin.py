"""What stands beside the judgements on the first page: wishes, changes, signs, other ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.confirmed import by_grade
from detente.case.formula import If, Iff, Or
from detente.case.lines import cited
from detente.case.model import Party, Statements
from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Inline, join
from detente.dossier.page.dossier import Side
from detente.dossier.say import spelled
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.sections.judging import kind_of
from detente.english.speech import English, listing, sentence
from detente.risk.paths import Slide
from detente.wayout.broker import effect
from detente.wayout.deadlock import Concession, Deadlock, Said, everything_said

WISHES = 1
"""Wishes of a party on the first page, those that hang on nothing else."""

LONG = 14
"""Most words of one of them."""


def sides(context: Context) -> Iterator[Side]:
    """Yield the parts beside the judgements, the most wanted first."""
    for side in (_wants, _changed, _watch, _sources, _other, _carried):
        made = side(context)
        if made is not None and made.paras:
            yield made


def _wants(context: Context) -> Side | None:
    """Say what each party wants most, parties of one mind together."""
    groups: dict[str, list[Party]] = {}
    for party in context.answers.case.parties:
        told = _most(context, party)
        if told:
            groups.setdefault(told, []).append(party)
    paras = tuple(
        (
            *phrases.capital(join([(context.party(p.name),) for p in who])),
            f" {context.english.agree([p.name for p in who], 'wants', 'want')} {told}.",
        )
        for told, who in groups.items()
    )
    return Side("What each wants most", paras)


def _most(context: Context, party: Party) -> str:
    wants = party.preferences
    if not isinstance(wants, Statements):
        return ""
    simple = [s.formula for s in wants.statements if not isinstance(s.formula, If | Iff | Or)]
    told = (context.english.to(formula, party.name) for formula in simple)
    return ", and then ".join(text for text in list(told)[:WISHES] if len(text.split()) <= LONG)


def _changed(context: Context) -> Side | None:
    """Say what is new since the earlier case."""
    found = context.answers.comparison
    if isinstance(found, Unanswered) or not found.changes:
        return None
    before = found.before.case
    since = f"{before.as_of:%B %Y}" if before.as_of else before.title
    gone, new = len(found.knots_gone), len(found.knots_new)
    paras: list[Inline] = []
    if gone or new:
        clashes = phrases.capital((spelled(gone or new),))
        n = gone or new
        word = " clash of public positions" if n == 1 else " clashes of public positions"
        has, kind = " has" if n == 1 else " have", " gone" if gone else " appeared"
        more = (
            f" and {spelled(new)} {'has' if new == 1 else 'have'} appeared" if gone and new else ""
        )
        paras.append((*clashes, f"{word}{has}{kind}{more}."))
    paras += _line(context, found.knots_new, found.after.case, before, "is new")
    paras += _line(context, found.knots_gone, before, found.after.case, "is gone")
    if not paras:
        paras.append(("Nothing has changed in what stands in the way.",))
    return Side(f"Changed since {since}", tuple(paras), rank=1)


def _line(context: Context, knots: object, here: object, there: object, how: str) -> list[Inline]:
    """Say the first thing said that is in one case's clashes and not among the other's words."""
    english = English(here)  # type: ignore[arg-type]
    known = {English(there).said(s) for s in everything_said(there)}  # type: ignore[arg-type]
    said = {s.id: s for s in everything_said(here)}  # type: ignore[arg-type]
    for name in (n for knot in knots for n in knot):  # type: ignore[attr-defined]
        if name in said and english.said(said[name]) not in known:
            return [context.say(f"{sentence(english.words(said[name]))} {how}.")]
    return []


def _watch(context: Context) -> Side | None:
    """Say how it could go wrong, and what a report would tell of it first."""
    found = context.answers.risk
    paras: list[Inline] = []
    way = context.answers.path
    if not isinstance(way, Unanswered) and way.found.paths and way.found.paths[0].steps:
        step = way.found.paths[0].steps[0]
        told = phrases.joined([phrases.doing(context, step, m) for m in step.movers])
        paras.append(("A report that ", *told, "."))
    if not isinstance(found, Unanswered) and found.scenarios[0].slides.ways:
        danger = context.english.ing(found.settings.danger)
        paras += _slide(context, danger, found.scenarios[0].slides.ways)
    return Side("Watch for", tuple(paras), rank=1)


def _slide(context: Context, danger: str, ways: tuple[Slide, ...]) -> Iterator[Inline]:
    first = ways[0]
    if len(first.steps) == 1:
        yield (
            *context.say(f"The likeliest way into {danger} is a single step without warning, if "),
            *phrases.steps(context, first.steps),
            ".",
        )
        return
    yield (
        *context.say(f"The likeliest way into {danger} begins when "),
        *phrases.steps(context, first.steps[:1]),
        " and ends when ",
        *phrases.steps(context, first.steps[-1:]),
        ".",
    )


def _other(context: Context) -> Side | None:
    """Say the next-best way, and what it lacks."""
    paras: list[Inline] = []
    found = context.answers.deadlock
    if not isinstance(found, Unanswered) and len(found.concessions) > 1:
        first, second = _two(context, found)
        told: list[Inline] = []
        for party, _ in second.burden:
            own = [found.said(k) for k in second.drop if found.said(k).party == party]
            back = _given_up(context, own)
            told.append((context.party(party), *context.say(f" could {back}")))
        lacks: Inline = (", which would cost as much.",)
        if second.cost != first.cost:
            at = "/deadlock/concessions"
            lacks = (
                ", which would cost ",
                number(second.cost, f"{at}/{found.concessions.index(second)}/cost"),
                " rather than ",
                number(first.cost, f"{at}/{found.concessions.index(first)}/cost"),
                ".",
            )
        paras.append((*phrases.capital(phrases.joined(told)), *lacks))
    paras += _third(context)
    return Side("The other way", tuple(paras), rank=2)


def _given_up(context: Context, own: Sequence[Said]) -> str:
    """Say what one party would give up: one thing in full, of several how many."""
    if len(own) == 1:
        return context.english.taking_all(own, "bare")
    return f"drop {spelled(len(own))} {kind_of(context, own)}s"


def _two(context: Context, found: Deadlock) -> tuple[Concession, Concession]:
    """Return the concession that the way asks for, else the cheapest, and the next-best one."""
    way = context.answers.path
    breaks: set[str] = set()
    if not isinstance(way, Unanswered) and way.found.paths:
        breaks = set(way.found.paths[0].breaks)
    first = next((c for c in found.concessions if set(c.drop) == breaks), found.concessions[0])
    return first, next(c for c in found.concessions if c is not first)


def _third(context: Context) -> list[Inline]:
    """Name the second thing that a third party can do, where there is one that helps."""
    found = context.answers.broker
    if isinstance(found, Unanswered):
        return []
    helping = [use for use in found.uses if effect(found, use).helps]
    if len(helping) < 2:
        return []
    return [(*phrases.capital(phrases.using(context, helping[1], "could ")), ".")]


def _carried(context: Context) -> Side | None:
    """Name the assumptions that carry the answer, and what falls with each."""
    leans, case = context.answers.leans, context.answers.case
    if isinstance(leans, Unanswered):
        return None
    paras: list[Inline] = []
    for lean in leans:
        wish = getattr(case.parties[lean.party].preferences, "statements", ())[lean.wish]
        if wish.basis.cite:
            continue
        title = phrases.wish_title(context, lean.party, wish.formula)
        falls = "would leave at the end" if lean.step < 0 else "would not take its step"
        it = context.english.name(case.parties[lean.party].name)
        falls = falls.replace("its", it.its)
        no = "do" if it.many else "does"
        paras.append((*context.say(title), f". If {it.it} {no} not, {it.it} {falls}."))
    return Side("Assumed, and carrying it", tuple(paras[:1]), rank=4)


def _sources(context: Context) -> Side | None:
    """Say what the reports are worth, and where least is known."""
    case, evidence = context.answers.case, context.answers.evidence
    lines = list(cited(case))
    if not lines or not (evidence.reports or any(b.cite for _, _, b in lines)):
        return None
    paras: list[Inline] = []
    graded = {grade: n for grade, n in by_grade(case).items() if grade}
    if graded:
        told = listing([f"{spelled(n)} {grade}" for grade, n in graded.items()])
        paras.append((f"The reports are graded by the reliability of their source: {told}.",))
    firm = context.answers.confirmed
    if not isinstance(firm, Unanswered):
        stays = "holds" if firm.holds else "does not hold"
        paras.append((f"Without unconfirmed reports the answer {stays}.",))
    share = []
    for party in case.parties:
        own = [basis for path, _, basis in lines if party.name in path]
        if own:
            bare = sum(not basis.cite for basis in own)
            share.append((bare / len(own), bare, len(own), party))
    if share:
        _, bare, n, party = max(share, key=lambda row: row[0])
        if bare:
            told = f"{spelled(bare)} of {spelled(n)} entries {'is' if bare == 1 else 'are'}"
            told = f"all {spelled(n)} entries are" if bare == n > 1 else told
            paras.append(
                (
                    "Least is known of ",
                    context.party(party.name),
                    f", for which {told} assumed.",
                )
            )
    return Side("Sources", tuple(paras), rank=3)


def capital(text: str) -> str:
    """Return a text with its capital."""
    return sentence(text)
