"""A whole dossier: its first page, its sections, its appendix and the reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.dossier.page.blocks import Inline, Note, ReportText, Section, plain

JUDGED = "Judgements"
"""The heading of what is judged on the first page."""

FIRM = {"high": "High confidence.", "moderate": "Moderate confidence.", "low": "Low confidence."}
"""How firm a judgement is, as a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that is judged, and, apart from it, how firmly and on what.

    Parameters
    ----------
    text : Inline
        The judgement, a sentence or two.
    firm : str
        ``high``, ``moderate`` or ``low``.
    rests : Inline
        What it rests on, and what would turn it.
    section : str
        The id of the section that tells more.
    notes : tuple of Note
        The words it rests on.
    """

    text: Inline
    firm: Literal["high", "moderate", "low"]
    rests: Inline
    section: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A short part of the first page beside its judgements; it may go where room is short.

    Parameters
    ----------
    title : str
        What it is about.
    paras : tuple of Inline
        Its sentences.
    rank : int
        What goes first where the page is too long: the highest.
    """

    title: str
    paras: tuple[Inline, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One moment of the way, as the first page draws it.

    Parameters
    ----------
    movers : tuple of str
        Names of the parties that move; none for today.
    text : Inline
        What they do.
    marks : tuple of (str, int)
        For every party its name and 1, 0 or -1: better off than today, as well off, or worse.
    """

    movers: tuple[str, ...]
    text: Inline
    marks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The first page.

    Parameters
    ----------
    top : tuple of Inline
        Title and day; reports and lines.
    headline, lead : Inline
        The answer in a sentence, and who has to do what.
    picture : str
        The finding above the drawing; empty where there is none.
    panels : tuple of Panel
        The drawing.
    judgements : tuple of Judgement
        At most five.
    sides : tuple of Side
        Beside them.
    foot : tuple of Inline
        What it is, and how it is marked.
    """

    top: tuple[Inline, ...]
    headline: Inline
    lead: Inline
    picture: str
    panels: tuple[Panel, ...]
    judgements: tuple[Judgement, ...]
    sides: tuple[Side, ...]
    foot: tuple[Inline, ...]

    @property
    def words(self) -> int:
        """How many words are read on it, those in the drawing left out."""
        runs: list[Inline] = [*self.top, self.headline, self.lead, *self.foot]
        runs += [(JUDGED,)] if self.judgements else []
        runs += [run for j in self.judgements for run in (j.text, (FIRM[j.firm],), j.rests)]
        runs += [run for side in self.sides for run in ((side.title,), *side.paras)]
        return sum(word != "·" for run in runs for word in plain(run).split())


@dataclass(frozen=True, slots=True)
class Page:
    """A whole dossier.

    Parameters
    ----------
    title, kicker
        Of the case, and its day.
    front : Front
        The first page.
    draft : str
        Shown on the page's every part where the case is a draft; empty otherwise.
    parties : tuple of (str, str)
        Names and labels, in the case's order, which gives the colours.
    sections : tuple of Section
        The questions.
    appendix : tuple of Section
        The model and how it was computed.
    reports : tuple of ReportText
        The passages' reports.
    lang : str
        Language of the page, as in BCP 47.
    full : bool
        Whether everything is unfolded, on paper too.
    """

    title: str
    kicker: str
    front: Front
    draft: str
    parties: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...]
    reports: tuple[ReportText, ...]
    lang: str = "en"
    full: bool = False
