"""Claims to a drafted case: the steps in their order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.logic import Logic
from detente.case.model import Case, Citation, Option, Outcome, Party, RiskDefaults, Rule
from detente.case.names import readable
from detente.case.truth import TruthAt
from detente.drafting.answers import met
from detente.drafting.beginning import begun
from detente.drafting.evidence import Evidence, assumed
from detente.drafting.gaps import Gap, gaps
from detente.drafting.likeness import likeness
from detente.drafting.lines import Lines, given_up, is_first, lines, settles, wishes
from detente.drafting.meaning import nearness
from detente.drafting.options import (
    FIRST_LABEL,
    FIRST_NAME,
    SETTLE_LABEL,
    SETTLE_NAME,
    TALK,
    TALK_LABEL,
    Choice,
    Menu,
    menu,
    one_line,
    option,
)
from detente.drafting.positions import Position, Reader
from detente.drafting.proposing import Answer, proposed
from detente.drafting.sides import Sides, sides
from detente.drafting.sidesfile import NOTHING, Told, known_by
from detente.drafting.steps import rules, tied
from detente.drafting.understanding import understanding
from detente.reading.claims import Claim
from detente.reading.lexicon import Lexicon
from detente.reading.records import ReportRecord, SentenceRecord

NAME = "draft"
"""The short name of a drafted case until it is in a folder."""

NOBODY = "No party found"
"""Stands for a party where none was found in the reports: a case needs one."""


@dataclass(frozen=True)
class Built:
    """A drafted case with what it leaves open.

    Parameters
    ----------
    case : Case
        Marked as a draft, and so is every line of it.
    gaps : tuple of Gap
        What the reports do not say.
    evidence : dict of str to tuple of Citation
        ``party.option`` to the words it was made from.
    today, undone : dict of str to tuple of Citation
        ``party.option`` to the words that say it is done already, or is no longer.
    sides : Sides
        Who takes part, and who does not.
    dropped : tuple of (str, Formula, tuple of Citation)
        Who no longer asks for what, with the words that say so.
    """

    case: Case
    gaps: tuple[Gap, ...]
    evidence: dict[str, tuple[Citation, ...]]
    today: dict[str, tuple[Citation, ...]]
    undone: dict[str, tuple[Citation, ...]]
    sides: Sides
    dropped: tuple[tuple[str, Formula, tuple[Citation, ...]], ...] = ()


def build(
    records: Sequence[ReportRecord],
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    text_of: Callable[[str], str],
    lexicon: Lexicon,
    title: str = "",
    told: Told = NOTHING,
    answer: Answer | None = None,
    dropped: int = 0,
) -> Built:
    """Return a first case of some claims.

    Parameters
    ----------
    records : sequence of ReportRecord
        The reports.
    claims : sequence of Claim
        What was read in them, report by report, each with its deed.
    sentences : sequence of SentenceRecord
        Their sentences, marked whether worth reading.
    text_of : callable
        A report's id to its text.
    lexicon : Lexicon
        The word lists.
    title : str
        For people; made of the parties where empty.
    told : Told
        What a person said of the sides.
    answer : callable, optional
        Asks a language model for labels, levels, outcomes and wishes.
    dropped : int
        Claims of a language model that were dropped before.
    """
    like = likeness(lexicon)
    claims = _on_their_sides(claims, told)
    ordered = _by_day(claims, records)
    people = sides(ordered, like, told)
    reader = Reader(like, frozenset(people.names), dict(people.facing or {}), ordered, people.talks)
    positions = [p for p in reader.read() if _takes_part(p, people)]
    near = nearness()
    positions = list(met(positions, people.talks, like, near))
    positions += begun(positions, people.talks, like, near)
    positions += tied(positions, sentences, text_of, like)
    choices = menu(positions, people.names, people.talks, like)
    evidence = Evidence(text_of)
    said = lines(positions, choices, evidence)
    people = _supported(people, positions, choices)
    case = _case(title, records, positions, choices, people, said, evidence, told)
    if answer is not None:
        more = proposed(case, ordered, evidence, answer)
        case, dropped = more.case, dropped + len(more.dropped)
    used = {p.claim.id for p in positions}
    case = understanding(case, people, choices, positions, claims, sentences, dropped)
    return Built(
        case,
        gaps(case, [c for c in claims if c.id not in used], said, choices, people),
        _words(choices, evidence, lambda choice: choice.claims),
        _words(choices, evidence, lambda choice: choice.done),
        _words(choices, evidence, lambda choice: choice.undone),
        people,
        tuple(_dropped(positions, choices, evidence)),
    )


def _dropped(
    positions: Sequence[Position], choices: Menu, evidence: Evidence
) -> Iterator[tuple[str, Formula, tuple[Citation, ...]]]:
    """Yield what was asked and is asked no longer."""
    for position, claim in given_up(positions, choices):
        formula = choices.formula(position.need or position.deed)
        if formula is not None:
            yield choices.party_names[position.party], formula, evidence.citations([claim])


def _on_their_sides(claims: Sequence[Claim], told: Told) -> list[Claim]:
    """Return claims under the names of the parties that a person told."""
    known = _in_one_order(claims, known_by(told))
    found = []
    for c in claims:
        if c.party and not _content(c.party):
            c = replace(c, party=None)  # a heading cut short: "THE"
        acts = [a and replace(a, agent=known(a.agent) or "") for a in (c.act, c.bound)]
        party = known(c.party) or known(c.speaker if known(c.speaker) != c.speaker else None)
        voice = known(c.voice) or ""
        moved = replace(c, party=party, target=known(c.target), voice=voice)
        found.append(replace(moved, act=acts[0], bound=acts[1]))
    return found


def _in_one_order(
    claims: Sequence[Claim], known: Callable[[str | None], str | None]
) -> Callable[[str | None], str | None]:
    """Return what brings names of the same words in another order together, too.

    "Federation of Nurses of Ardrenne" is the "Ardrenne Federation of Nurses".
    """
    used = Counter(name for c in claims for name in (c.party, c.target) if name)
    best: dict[frozenset[str], str] = {}
    for name in sorted(used, key=lambda n: (-used[n], n)):
        best.setdefault(_content(name), name)

    def one(name: str | None) -> str | None:
        found = known(name)
        if not found or found != name or len(_content(found)) < _SEVERAL:
            return found
        return best.get(_content(found), found)

    return one


_SEVERAL = 2
_SMALL = frozenset(("of", "the", "for", "and", "in", "a", "an"))


def _content(name: str) -> frozenset[str]:
    """Return the words of a name, in no order, without small ones."""
    return frozenset(name.casefold().split()) - _SMALL


def _by_day(claims: Sequence[Claim], records: Sequence[ReportRecord]) -> list[Claim]:
    """Return claims with older reports first, so that what is dropped was asked before."""
    place = {r.report: k for k, r in enumerate(records)}
    day = {r.report: (r.date or "") for r in records}
    known = all(day.values())
    return sorted(
        claims,
        key=lambda c: (day.get(c.report, "") if known else "", place.get(c.report, 0)),
    )


def _supported(people: Sides, positions: Sequence[Position], choices: Menu) -> Sides:
    """Return the sides without parties that can do nothing and say nothing that counts."""
    told = {p.party for p in positions if choices.formula(p.deed) is not None}
    able = {c.agent for c in choices.choices} | set(people.talks)
    names = tuple(n for n in people.names if n in told | able)
    gone = sorted(set(people.names) - set(names))
    return replace(people, names=names, left_out=tuple(sorted({*people.left_out, *gone})))


def _takes_part(position: Position, people: Sides) -> bool:
    """Tell whether everybody in a position is a party."""
    deeds = [position.deed, *([position.need] if position.need else [])]
    return position.sort == "drops" or all(d.agent in people.names for d in deeds)


def _case(
    title: str,
    records: Sequence[ReportRecord],
    positions: Sequence[Position],
    choices: Menu,
    people: Sides,
    said: Lines,
    evidence: Evidence,
    told: Told,
) -> Case:
    """Return the case of what was found."""
    attacks = [c for c in choices.choices if _is_attack(c, choices)]
    also = {p.label: p.aliases for p in told.parties}
    parties = tuple(
        Party(
            choices.party_names[name],
            _capital(one_line(name)) or readable(choices.party_names[name]),
            (
                *_own(name, choices, said),
                *(option(c, c in attacks) for c in choices.of_party(name)),
            ),
            wishes(name, positions, choices, said, evidence),
            aliases=tuple(also.get(name, ())),
        )
        for name in people.names
    ) or (Party("somebody", NOBODY, (Option(TALK, TALK_LABEL),)),)
    outcomes, target = _outcomes(choices, people, attacks)
    denied = [p for p in positions if p.sort == "denies"]
    done = {id(c) for c in choices.choices if c.done and not _is_denied(c, denied, choices)}
    axes = [
        c
        for name in people.names
        for c in (*([None] * len(_own(name, choices, said))), *choices.of_party(name))
    ] or [None]
    today = tuple(choices.today(c) if c is not None and id(c) in done else 0 for c in axes)
    case = Case(
        NAME,
        one_line(title) or " and ".join(p.label for p in parties[:2]),
        parties,
        outcomes=outcomes,
        infeasible=_no_talk_in_war(attacks, choices),
        status_quo=today,
        conditions=said.conditions,
        refusals=said.refusals,
        as_of=_latest(records),
        source=f"Drafted by détente from {len(records):,} report{'s' * (len(records) != 1)}",
        risk=RiskDefaults(),
        target=target,
        draft=True,
        mediators=people.mediators,
        left_out=people.left_out,
        talks=tuple(choices.party_names[t] for t in people.talks),
    )
    steps = (rule for rule in rules(positions, choices, evidence) if _may_be(rule, case))
    return _settled(replace(case, infeasible=(*case.infeasible, *steps)))


def _own(name: str, choices: Menu, said: Lines) -> list[Option]:
    """Return the options that a party has because it sits at the table."""
    talks = [Option(TALK, TALK_LABEL)] if name in choices.talkers else []
    party = choices.party_names[name]
    last = any(c.party == party and settles(c) for c in said.conditions)
    first = any(r.party == party and is_first(r.refuses) for r in said.refusals)
    return [
        *talks,
        *([Option(SETTLE_NAME, SETTLE_LABEL)] if last else []),
        *([Option(FIRST_NAME, FIRST_LABEL)] if first else []),
    ]


def _may_be(rule: Rule, case: Case) -> bool:
    """Tell whether today is as a rule allows; what has come about otherwise, no rule forbids."""
    return not bool(TruthAt(case, case.status_quo or ())(rule.formula))


def _capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _is_attack(choice: Choice, choices: Menu) -> bool:
    """Tell whether an option is the use of force, threatened and not under way."""
    forceful = any(choices.like.attack(act) for act, way in choice.acts if way > 0)
    return forceful and bool(choice.roles["threat"]) and not choice.done


def _is_denied(choice: Choice, denied: Sequence[Position], choices: Menu) -> bool:
    """Tell whether a party denies what others say that it does."""
    return any(
        p.party == choice.agent
        and any(choices.like.alike(act, p.deed.act) for act, _ in choice.acts)
        for p in denied
    )


def _outcomes(
    choices: Menu, people: Sides, attacks: Sequence[Choice]
) -> tuple[tuple[Outcome, ...], Formula | None]:
    """Return names for what can come about, and what should."""
    made: list[Outcome] = []
    target: Formula | None = None
    if people.talks:
        talkers = [choices.party_names[name] for name in people.talks]
        talk = tuple(fm.OptionIs(name, TALK) for name in talkers)
        made.append(Outcome("talks", fm.And(talk), "Talks"))
        target = fm.OutcomeIs("talks")
    if attacks:
        options = tuple(choices.option(c) for c in attacks)
        war = options[0] if len(options) == 1 else fm.Or(options)
        made.append(Outcome("war", war, "War"))
    return tuple(made), target


def _settled(case: Case) -> Case:
    """Return a case with a settlement: they talk, and each does what it holds out to the other.

    Where each waits for the other, one of them has to take the first step.
    Of what cannot come about together the deeds go before what is to be left, and else the first.
    """
    talkers = set(case.talks)
    held = dict.fromkeys(
        c.option
        for c in case.conditions
        if c.party in talkers and _agents(c.needs) <= talkers and not _is_talk(c.option)
    )
    whole: tuple[Formula, ...] = (fm.OutcomeIs("talks"),)
    logic = Logic(case, conflicts=None)
    for deed in sorted(held, key=lambda formula: isinstance(formula, fm.Not)):
        more = (*whole, deed)
        whole = more if logic.excluding(fm.And(more)) is None else whole
    first = tuple(fm.OptionIs(p.name, o.name) for p, o in case.options if o.name == FIRST_NAME)
    if first:
        whole = (*whole, fm.Or(first))
    if len(whole) == 1:
        return case
    talks, *others = case.outcomes
    made = Outcome("settlement", fm.And(whole), "Settlement")
    return replace(case, outcomes=(talks, made, *others), target=fm.OutcomeIs("settlement"))


def _is_talk(formula: Formula) -> bool:
    return isinstance(formula, fm.OptionIs) and formula.option == TALK


def _agents(formula: Formula) -> set[str]:
    return {a.party for a in fm.atoms(formula) if isinstance(a, fm.OptionIs)}


def _no_talk_in_war(attacks: Sequence[Choice], choices: Menu) -> tuple[Rule, ...]:
    """Return what cannot be: to attack and to talk."""
    return tuple(
        Rule(
            fm.And((choices.option(c), fm.OptionIs(choices.party_names[c.agent], TALK))),
            assumed("Inferred: nobody talks while attacking."),
        )
        for c in attacks
        if c.agent in choices.talkers
    )


def _latest(records: Sequence[ReportRecord]) -> dt.date | None:
    """Return the day of the latest report that tells its day."""
    days = []
    for record in records:
        try:
            days.append(dt.date.fromisoformat((record.date or "")[:10]))
        except ValueError:
            continue
    return max(days, default=None)


def _words(
    choices: Menu, evidence: Evidence, which: Callable[[Choice], Sequence[Claim]]
) -> dict[str, tuple[Citation, ...]]:
    """Return option to the words it rests on."""
    return {
        f"{choices.party_names[c.agent]}.{c.name}": evidence.citations(which(c))
        for c in choices.choices
        if which(c)
    }
