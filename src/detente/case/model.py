"""The case: everything an analyst writes down about a stand-off, frozen.

Nothing here reads files or computes; :mod:`detente.case.files` makes these objects from a
``case.yaml``, :mod:`detente.graph` turns them into arrays. Parties, options and levels are
addressed by their position (from 0); names and labels serve reading and writing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from detente.case.formula import Formula
from detente.case.parts import NO_BASIS, TWO_LEVELS, Basis, Citation, Guard, LevelChange, Option
from detente.case.wants import (
    Belief,
    Disbelief,
    Preferences,
    Ranking,
    Stance,
    Statement,
    Statements,
    View,
    Weights,
)

__all__ = [
    "CONDUCTS",
    "NO_BASIS",
    "TWO_LEVELS",
    "Basis",
    "Belief",
    "Case",
    "Citation",
    "Condition",
    "Conduct",
    "Disbelief",
    "Figure",
    "Guard",
    "LevelChange",
    "Option",
    "Outcome",
    "Party",
    "Preferences",
    "Ranking",
    "Reading",
    "Refusal",
    "RiskDefaults",
    "Rule",
    "Stance",
    "Statement",
    "Statements",
    "Understood",
    "View",
    "Weights",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a party may want, where there are several views of it.

    Parameters
    ----------
    name : str
        What people call it, such as ``hard``.
    preferences : Preferences
        What it wants if that is so.
    share : Fraction, optional
        How likely that is; None where nobody says so.
    """

    name: str
    preferences: Preferences
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A decision maker.

    Parameters
    ----------
    name, label : str
        The identifier in formulas, and the words people read.
    options : tuple of Option
        What it controls; it may be empty.
    preferences : Preferences
        What it wants; no statement at all means that it is indifferent between all states. Where
        there are readings, the first of them.
    aliases : tuple of str
        Other names that reports use for it.
    the, plural : bool, optional
        Whether its name takes an article, and a verb in the plural; None for a guess.
    readings : tuple of Reading
        What it may want; empty where one view is taken.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    preferences: Preferences = field(default_factory=Statements)
    aliases: tuple[str, ...] = ()
    the: bool | None = None
    plural: bool | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named formula over options, such as ``war``; it may build on other outcomes.

    Parameters
    ----------
    name : str
        The identifier in formulas.
    formula : Formula
        Where it holds.
    label : str
        The words people read: a clause, such as "The sanctions bite", or a noun, such as "War".
    form : str
        ``clause`` or ``noun``; empty for a guess.
    """

    name: str
    formula: Formula
    label: str = ""
    form: Literal["", "clause", "noun"] = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A formula over states: of what cannot be, or of states that count as one."""

    formula: Formula
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class Condition:
    """Said aloud by a party: no ``option`` unless ``needs``.

    Parameters
    ----------
    id : str
        ``c1``, ``c2``, … in file order where the case gives none.
    party : str
        Who says it.
    option : Formula
        What it will do only then; mostly an option of its own.
    needs : Formula
        What must hold for it.
    firmness : int
        What giving it up costs, 1 or more, no unit.
    basis : Basis
        The words it was read from.
    """

    id: str
    party: str
    option: Formula
    needs: Formula
    firmness: int = 1
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class Refusal:
    """Said aloud by a party: never ``refuses``; the fields are those of a condition."""

    id: str
    party: str
    refuses: Formula
    firmness: int = 1
    basis: Basis = NO_BASIS


CONDUCTS = ("improve", "softmax", "cautious")
"""What a party may do in a chain of ticks when it makes no mistake."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number somebody judged or read."""

    value: Fraction
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class Conduct:
    """What the parties do when they make no mistake.

    Parameters
    ----------
    name : str
        One of :data:`CONDUCTS`.
    temperature : Fraction, optional
        Of ``softmax``, in ranks.
    concept : str
        Of ``cautious``: the solution concept under which it looks ahead; empty for the usual one.
    basis : Basis
        Why.
    """

    name: str
    temperature: Fraction | None = None
    concept: str = ""
    basis: Basis = NO_BASIS


@dataclass(frozen=True, slots=True)
class RiskDefaults:
    """What to assume about the slide by mistake where nothing else is asked for.

    Parameters
    ----------
    danger, goal : Statement, optional
        Where the slide ends.
    misstep : Figure, optional
        The misstep rate of the parties not in ``missteps``.
    missteps, tempos : tuple of (str, Figure)
        By party.
    tempo : Figure, optional
        The tempo of the parties not in ``tempos``.
    behaviour : Conduct, optional
        What the parties do when they do not err.
    what_if : tuple of Statement
        Formulas to compare with.
    tick : str
        The time that one decision takes, such as "a week"; empty where nobody says so.
    """

    danger: Statement | None = None
    goal: Statement | None = None
    misstep: Figure | None = None
    missteps: tuple[tuple[str, Figure], ...] = ()
    tempo: Figure | None = None
    tempos: tuple[tuple[str, Figure], ...] = ()
    behaviour: Conduct | None = None
    what_if: tuple[Statement, ...] = ()
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """How much of its reports a draft is made of.

    Parameters
    ----------
    sentences : int
        Of the sentences worth reading, those that became a claim of somebody known; a whole
        percent.
    parties : int
        Of the parties, those with a wish; a whole percent.
    talks : bool
        Whether it is known who has to sit down with whom, and each of them has a position.
    positions : int
        Conditions, refusals and demands that were understood.
    heard : int
        Sentences worth reading that became a claim of somebody known; 0 where nobody counted.
    dropped : int
        Proposals of a language model that were dropped, as the reports do not bear them out.
    answered : int, optional
        Of what those who sit down ask of each other, that on which the other has a word of its
        own; a whole percent, None where nobody counted.
    """

    sentences: int = 0
    parties: int = 0
    talks: bool = False
    positions: int = 0
    heard: int = 0
    dropped: int = 0
    answered: int | None = None


@dataclass(frozen=True)
class Case:
    """A stand-off as an analyst wrote it down.

    Parameters
    ----------
    name : str
        Short name: the built-in case's, or that of the file or folder.
    title : str
        For people.
    parties : tuple of Party
        In the order that fixes the order of all options, party by party.
    outcomes : tuple of Outcome
        Without cycles.
    infeasible : tuple of Rule
        What cannot be.
    status_quo : tuple of int, optional
        The level of every option today; None where the case does not say.
    conditions, refusals
        What the parties said aloud.
    as_of : date, optional
        The day the case describes.
    source : str
        Where the model comes from, for people.
    risk : RiskDefaults
        What to assume about the slide by mistake.
    target : Formula, optional
        What the questions about the way out ask for where nothing else is named.
    earlier : str
        The case to compare with: a built-in one, or a path seen from this case's folder.
    draft : bool
        Whether a program proposed the case, and nobody has been through it yet.
    author, organisation, handling : str
        Who wrote it, for whom, and who may read it, as the dossier's first page says.
    mediators, left_out : tuple of str
        Who brings the parties together, and who is named but plays no part, as reports name them.
    talks : tuple of str
        The parties that have to sit down with each other.
    understood : Understood, optional
        Of a draft: how much of its reports it is made of.
    views : tuple of View
        How parties see the others, where that is not as they are.
    attitudes : tuple of (str, str, int)
        (who, towards whom, 1, 0 or -1); what is not named is 1 towards oneself, 0 towards others.
    positions, intentions : tuple of Stance
        What each party says that it wants of an option, and what its owner says that it will do.
    doubts : tuple of Disbelief
        Which words are not believed, by whom.
    open_today : tuple of int or None
        Where the level of some option today is not known: those that are, and None for the others.
        There is no status quo then; empty where all is known, or nothing.
    equivalent : tuple of Rule
        Formulas whose states count as one state each.
    """

    name: str
    title: str
    parties: tuple[Party, ...]
    outcomes: tuple[Outcome, ...] = ()
    infeasible: tuple[Rule, ...] = ()
    status_quo: tuple[int, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    as_of: dt.date | None = None
    source: str = ""
    risk: RiskDefaults = field(default_factory=RiskDefaults)
    target: Formula | None = None
    earlier: str = ""
    draft: bool = False
    author: str = ""
    organisation: str = ""
    handling: str = ""
    mediators: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    understood: Understood | None = None
    views: tuple[View, ...] = ()
    attitudes: tuple[tuple[str, str, int], ...] = ()
    positions: tuple[Stance, ...] = ()
    intentions: tuple[Stance, ...] = ()
    doubts: tuple[Disbelief, ...] = ()
    open_today: tuple[int | None, ...] = ()
    equivalent: tuple[Rule, ...] = ()

    @classmethod
    def of(cls, name: str = "case", /, **content: object) -> Case:
        """Return a case from what a case file would hold, as Python values.

        Parameters
        ----------
        name : str
            Its short name.
        **content
            The keys of a case file (``title``, ``parties``, ``preferences``, …) with dicts, lists,
            texts and numbers; formulas are texts.

        Raises
        ------
        CaseError
            With everything that is wrong with it.
        """
        import json

        from detente.case.files import parse

        # JSON is YAML, so that one reader checks what is written here and in files.
        text = json.dumps(content, ensure_ascii=False, default=str, indent=1)
        return parse(text, file=name, name=name).case

    def yaml(self) -> str:
        """Return the case as the text of a ``case.yaml``, which reads back as an equal case."""
        from detente.case.write import to_yaml

        return to_yaml(self)

    def __repr__(self) -> str:
        return f"<Case {self.name}: {len(self.parties)} parties, {len(self.options)} options>"

    @cached_property
    def options(self) -> tuple[tuple[Party, Option], ...]:
        """Every option with its party, in the order of the axes of all state arrays."""
        return tuple((party, option) for party in self.parties for option in party.options)

    @cached_property
    def option_names(self) -> tuple[str, ...]:
        """``party.option`` for every axis."""
        return tuple(f"{party.name}.{option.name}" for party, option in self.options)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of levels of every option: the shape of all state arrays."""
        return tuple(len(option.levels) for _, option in self.options)

    @cached_property
    def axis_of(self) -> dict[tuple[str, str], int]:
        """(party name, option name) to axis."""
        return {(p.name, o.name): axis for axis, (p, o) in enumerate(self.options)}

    @property
    def guarded(self) -> bool:
        """Whether some move is allowed under a condition only."""
        return any(option.guards for _, option in self.options)

    @cached_property
    def outcome_named(self) -> dict[str, Outcome]:
        """Outcome name to outcome."""
        return {outcome.name: outcome for outcome in self.outcomes}

    @cached_property
    def party_names(self) -> tuple[str, ...]:
        """The parties' names in the case's order."""
        return tuple(party.name for party in self.parties)

    def party(self, name: str) -> Party:
        """Return the party of a name.

        Parameters
        ----------
        name : str
            One of :attr:`party_names`; StopIteration where it is none.
        """
        return next(p for p in self.parties if p.name == name)
