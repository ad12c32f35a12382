"""Answers about the way out, with the case they are about: what words and drawings are made of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.case import formula as fm
from detente.case.model import Case
from detente.graph.model import BoolArray, Graph
from detente.stability.inverse import Requirement
from detente.wayout.choreography import Choreography, Way
from detente.wayout.deadlock import Said, everything_said
from detente.wayout.unlock import Unlocking
from detente.wayout.who import Who as Powers
from detente.wayout.zone import Zone as Agreement


@dataclass(frozen=True, eq=False)
class Unlock:
    """The equilibria inside a target, or the least changes of mind that make one.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    target : Formula
        What should hold.
    concept : str
        Under which.
    most : int
        The dearest changes that were to be tried.
    found : Unlocking
        The answers.
    requirements : tuple of Requirement
        Where the target is one single state: for each party all the preferences that would make
        it hold, not just those few edits away. Empty otherwise.
    single : int
        That state's flat index; -1 otherwise.
    """

    case: Case
    graph: Graph
    target: fm.Formula
    concept: str
    most: int
    found: Unlocking
    requirements: tuple[Requirement, ...] = ()
    single: int = -1


@dataclass(frozen=True, eq=False)
class End:
    """Where a path leads.

    Parameters
    ----------
    state : int
        Flat index.
    under : tuple of str
        The concepts under which it holds, of those in :data:`detente.stability.registry.SEQUENTIAL`
        and the one asked for.
    levels : tuple of (Fraction, Fraction)
        For each party its level at the start and here, from 0 to 1.
    """

    state: int
    under: tuple[str, ...]
    levels: tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True, eq=False)
class Ways:
    """The way into a target with the least exposure.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    target : Formula
        Where the path should lead.
    hold : str or None
        The concept under which its end had to hold, if any.
    joint : int
        The most parties that could move together.
    goals : int
        How many feasible states the path may end in.
    found : Choreography
        The paths.
    ends : tuple of End
        The end of each path.
    """

    case: Case
    graph: Graph
    target: fm.Formula
    hold: str | None
    joint: int
    goals: int
    found: Choreography
    ends: tuple[End, ...]


@dataclass(frozen=True, eq=False)
class Zone:
    """What some parties would all rather have than today, and what stands in the way of it.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    target : Formula or None
        What should come about, if anything is named.
    within : bool array
        The states of the zone in which it does; none if nothing is named.
    found : Agreement
        The answers.
    silent : tuple of int
        Parties of which the case does not say what they want: they are not asked.
    """

    case: Case
    graph: Graph
    target: fm.Formula | None
    within: BoolArray
    found: Agreement
    silent: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Who:
    """Who can bring a target about for good, and who can prevent it.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    target : Formula
        What is asked about.
    found : Powers
        The answers.
    silent : tuple of int
        Parties of which the case does not say what they want: they have no improvement, so where
        the others move by improvements only, they never move.
    """

    case: Case
    graph: Graph
    target: fm.Formula
    found: Powers
    silent: tuple[int, ...] = ()


def classes(result: Ways, party: int) -> int:
    """Return how many levels a party tells apart among the feasible states."""
    graph = result.graph
    return int(graph.ranks[party][graph.feasible].max(initial=0)) + 1


def place_of(result: Ways, party: int, level: Fraction) -> int:
    """Return a level as a place, counted from 1, the best."""
    return round((1 - level) * (classes(result, party) - 1)) + 1


def words_broken(result: Ways, way: Way) -> tuple[Said, ...]:
    """Return what was said aloud that a way breaks and its start keeps, as it is broken."""
    said = {one.id: one for one in everything_said(result.case)}
    return tuple(said[name] for name in way.breaks)


def taking_back(result: Ways, way: Way) -> tuple[int, ...]:
    """Return the parties whose words a way breaks, in the case's order."""
    speakers = {said.party for said in words_broken(result, way)}
    return tuple(i for i, name in enumerate(result.case.party_names) if name in speakers)
