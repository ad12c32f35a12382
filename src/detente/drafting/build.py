"""Claims to a drafted case: the steps in their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Case, Citation, Option, Outcome, Party, RiskDefaults, Rule, Statement
from detente.case.names import readable
from detente.drafting.deeds import Desk
from detente.drafting.english import English, english
from detente.drafting.evidence import Evidence, assumed
from detente.drafting.gaps import Gap, gaps
from detente.drafting.matter import Matter, matter
from detente.drafting.options import TALK, Choice, Menu, menu, one_line, option
from detente.drafting.people import settled
from detente.drafting.positions import conditions, refusals
from detente.drafting.sides import Sides, sides
from detente.drafting.wishes import wishes
from detente.errors import ReportError
from detente.reading.actors import Actors, actors, with_text
from detente.reading.claims import Claim
from detente.reading.lexicon import Lexicon
from detente.reading.records import ReportRecord

NAME = "draft"
"""The short name of a drafted case until it is in a folder."""


_TAKEN_AS = {
    "demand": "condition",
    "silence": "refusal",
    "acceptance": "event",
    "concession": "event",
    "denial": "statement",
}
"""What some kinds of claims come to in a draft."""


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
    today : dict of str to tuple of Citation
        ``party.option`` to the words that say it is done already.
    """

    case: Case
    gaps: tuple[Gap, ...]
    evidence: dict[str, tuple[Citation, ...]]
    today: dict[str, tuple[Citation, ...]]


def build(
    records: Sequence[ReportRecord],
    claims: Sequence[Claim],
    text_of: Callable[[str], str],
    lexicon: Lexicon,
    title: str = "",
) -> Built:
    """Return a first case of some claims.

    Parameters
    ----------
    records : sequence of ReportRecord
        The reports.
    claims : sequence of Claim
        What was read in them, report by report.
    text_of : callable
        A report's id to its text.
    lexicon : Lexicon
        The word lists.
    title : str
        For people; made of the parties where empty.

    Raises
    ------
    ReportError
        If fewer than two parties do more than speak.
    """
    claims = [replace(c, kind=_TAKEN_AS.get(c.kind, c.kind)) for c in claims]
    known = actors(lexicon)
    actors_of: Callable[[str], Actors] = lru_cache(maxsize=256)(
        lambda report: with_text(known, text_of(report))
    )
    claims = settled(claims, text_of, lexicon)
    people = sides(claims, actors_of)
    if len(people.names) < 2:
        raise ReportError(_too_few(people, len(records)))
    e = english(lexicon)
    party_of = {c.id: c.party for c in claims}
    answered_by = {
        c.reply_to: c.party for c in claims if c.reply_to in party_of and c.party is not None
    }
    desk = Desk(e, lexicon.words("group nouns"), people, actors_of, text_of, answered_by)
    found = matter(claims, desk)
    choices = menu(found.deeds, people.names, e)
    evidence = Evidence(text_of)
    case = _case(title, records, found, choices, people, e, evidence)
    return Built(
        case,
        gaps(case, claims, found, choices, people),
        _words(choices, evidence, lambda choice: choice.deeds),
        _words(choices, evidence, lambda c: [d for d in c.deeds if d.role == "done"]),
    )


def _too_few(people: Sides, reports: int) -> str:
    """Say what was found and what to do."""
    found = f"only {people.names[0]} does" if people.names else "nobody does"
    return (
        f"no case can be drafted from {'this report' if reports == 1 else 'these reports'}: a case"
        f" needs two parties that demand, offer, refuse or do something, and {found} here."
        " 'detente read' on the same files shows all that was found; add reports, or words and"
        " names with --words; or begin by hand with 'detente new'"
    )


def _case(
    title: str,
    records: Sequence[ReportRecord],
    found: Matter,
    choices: Menu,
    people: Sides,
    e: English,
    evidence: Evidence,
) -> Case:
    """Return the case of what was found."""
    attacks = [c for c in choices.choices if _is_attack(c, e)]
    outcomes = _outcomes(found, choices, people, attacks)
    named = {o.name: o.formula for o in outcomes}
    said = (conditions(found, choices, evidence), refusals(found, choices, evidence))
    parties = tuple(
        Party(
            choices.party_names[name],
            _capital(one_line(name)) or readable(choices.party_names[name]),
            (
                Option(TALK, "Enter talks" if _talks(name, named, choices) else "Join the talks"),
                *(option(c, c in attacks) for c in choices.of_party(name)),
            ),
            wishes(name, found, choices, said, named, evidence),
        )
        for name in people.names
    )
    done = {id(c) for c in choices.choices if c.came_up("done")}
    options = [o for name in people.names for o in (None, *choices.of_party(name))]
    bound = any(b.deed.talks for b in found.bonds)
    return Case(
        NAME,
        one_line(title) or f"{parties[0].label} and {parties[1].label}",
        parties,
        outcomes=outcomes,
        infeasible=_rules(attacks, choices),
        status_quo=tuple(int(o is not None and id(o) in done) for o in options),
        conditions=said[0],
        refusals=said[1],
        as_of=_latest(records),
        source=f"Drafted by détente from {len(records):,} report{'s' * (len(records) != 1)}",
        risk=_risk(named),
        target=fm.OutcomeIs("settlement") if "settlement" in named and not bound else None,
        draft=True,
    )


def _capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _is_attack(choice: Choice, e: English) -> bool:
    """Tell whether an option is the use of force, threatened and not under way."""
    forceful = any(d.claim.plover == "ASSAULT" or e.attack(d.claim.text) for d in choice.deeds)
    return forceful and e.attack(choice.label) and not choice.came_up("done", "demand", "offer")


def _outcomes(
    found: Matter, choices: Menu, people: Sides, attacks: Sequence[Choice]
) -> tuple[Outcome, ...]:
    """Return names for what can come about: talks, a settlement, war or an escalation."""
    talk = tuple(fm.OptionIs(choices.party_names[name], TALK) for name in _talkers(found, people))
    made = [Outcome("talks", fm.And(talk), "Talks")]
    if len(talk) < len(people.names):
        everybody = tuple(fm.OptionIs(choices.party_names[name], TALK) for name in people.names)
        made.append(Outcome("all_talk", fm.And(everybody), "Talks with all at the table"))
    held = {
        f: None
        for b in found.bonds
        if not b.unless and not b.deed.talks and (f := choices.formula(b.deed)) is not None
    }
    if held:
        made.append(Outcome("settlement", _all(list(held), fm.And), "Settlement"))
    if attacks:
        made.append(Outcome("war", _all([choices.option(c) for c in attacks], fm.Or), "War"))
        return tuple(made)
    threats = [choices.option(c) for c in choices.choices if c.came_up("threat")]
    if threats:
        made.append(Outcome("escalation", _all(threats, fm.Or), "Escalation"))
    return tuple(made)


def _risk(outcomes: dict[str, Formula]) -> RiskDefaults:
    """Return where a slide ends: in war, else in a threat carried out; not while they talk."""
    bad = next((name for name in ("war", "escalation") if name in outcomes), None)
    if bad is None:
        return RiskDefaults()
    talkers = {a.party for a in fm.atoms(outcomes["talks"]) if isinstance(a, fm.OptionIs)}
    attackers = {a.party for a in fm.atoms(outcomes[bad]) if isinstance(a, fm.OptionIs)}
    if bad == "war" and attackers <= talkers:
        return RiskDefaults()  # the rules keep the two apart, and war is the danger unnamed
    danger = fm.And((fm.OutcomeIs(bad), fm.Not(fm.OutcomeIs("talks"))))
    basis = assumed("Assumed: what is threatened is what should not come about by mistake.")
    return RiskDefaults(danger=Statement(danger, basis))


def _all(formulas: Sequence[Formula], join: type[fm.And] | type[fm.Or]) -> Formula:
    """Return one formula of some."""
    return formulas[0] if len(formulas) == 1 else join(tuple(formulas))


def _talkers(found: Matter, people: Sides) -> list[str]:
    """Return who has to talk: those who bind talks to something, two at least."""
    bound = [b.deed.agent for b in found.bonds if b.deed.talks]
    chosen = list(dict.fromkeys(sorted(bound, key=people.names.index)))
    if not chosen:
        chosen = [people.names[0]]
    if len(chosen) == 1:
        mates = [
            b.claim.target for b in found.bonds if b.deed.talks and b.claim.target in people.names
        ]
        mate = next((m for m in mates if m and m != chosen[0]), people.against[chosen[0]])
        chosen.append(mate)
    return sorted(chosen, key=people.names.index)


def _talks(name: str, outcomes: dict[str, Formula], choices: Menu) -> bool:
    """Tell whether talks need a party."""
    return fm.OptionIs(choices.party_names[name], TALK) in fm.parts(outcomes["talks"])


def _rules(attacks: Sequence[Choice], choices: Menu) -> tuple[Rule, ...]:
    """Return what cannot be: to attack and to talk."""
    return tuple(
        Rule(
            fm.And(
                (choices.option(c), fm.OptionIs(choices.party_names[c.agent], TALK)),
            ),
            assumed("Assumed: nobody talks while attacking."),
        )
        for c in attacks
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
    choices: Menu, evidence: Evidence, which: Callable[[Choice], Sequence[object]]
) -> dict[str, tuple[Citation, ...]]:
    """Return option to the words it rests on."""
    return {
        f"{choices.party_names[c.agent]}.{c.name}": evidence.citations(
            d.claim for d in c.deeds if d in which(c)
        )
        for c in choices.choices
        if which(c)
    }
