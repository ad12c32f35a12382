"""Shapes of what a case says, and of what was found in reports."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Citation, Day, Formula, Hash, Id, Name
from detente.keys import Chance, Count, Distinct, Doc, Place
from detente.reading.lines import ClaimFacts, Likeness


class Basis(TypedDict):
    """What a line of a case rests on."""

    cite: Annotated[list[Citation], Doc("the words of reports it was made from")]
    note: Annotated[str, Doc("what its author says about it")]
    draft: Annotated[bool, Doc("whether a program made it and nobody has looked")]


class OptionFacts(TypedDict):
    """One option of a party."""

    name: Annotated[Name, Doc("in formulas")]
    label: Annotated[str, Doc("for people")]
    levels: Annotated[list[str], Distinct(), MinLen(2), Doc("from the lowest")]
    today: Annotated[str | None, Doc("its level in the status quo")]


class PartyFacts(TypedDict):
    """One party."""

    name: Annotated[Name, Doc("in formulas")]
    label: Annotated[str, Doc("for people")]
    options: Annotated[list[OptionFacts], Doc("what it can do or leave")]


class OutcomeFacts(TypedDict):
    """One outcome."""

    name: Annotated[Name, Doc("in formulas")]
    label: Annotated[str, Doc("for people")]
    formula: Annotated[Formula, Doc("where it holds")]


class RuleFacts(Basis):
    """One rule."""

    formula: Annotated[Formula, Doc("what cannot be")]


class ConditionFacts(Basis):
    """Something a party will do only if something else is so."""

    kind: Annotated[Literal["condition"], Doc("`condition`")]
    party: Annotated[Name, Doc("who said it")]
    firmness: Annotated[Place, Doc("how firmly")]
    option: Annotated[Formula, Doc("what it would do")]
    needs: Annotated[Formula, Doc("what it asks for")]


class RefusalFacts(Basis):
    """Something a party says it will never do."""

    kind: Annotated[Literal["refusal"], Doc("`refusal`")]
    party: Annotated[Name, Doc("who said it")]
    firmness: Annotated[Place, Doc("how firmly")]
    refuses: Annotated[Formula, Doc("what it refuses")]


class CaseFacts(TypedDict):
    """A case: who can do what, what was said, how much of it is sourced."""

    name: Annotated[str, Doc("the case")]
    title: Annotated[str, Doc("for people")]
    as_of: Annotated[Day | None, Doc("the day it speaks of")]
    source: Annotated[str, Doc("where the model comes from")]
    draft: Annotated[bool, Doc("whether a program made it")]
    target: Annotated[Formula | None, Doc("the case's own target")]
    earlier: Annotated[str | None, Doc("the case it names to be compared with")]
    lines: Annotated[
        Count,
        Doc("lines that can cite something: rules, wishes, conditions, refusals, figures of risk"),
    ]
    sourced: Annotated[Count, Doc("lines that do")]
    assumed: Annotated[Count, Doc("lines that do not")]
    draft_lines: Annotated[Count, Doc("lines made by a program that nobody has looked at")]
    warnings: Annotated[list[str], Doc("what is doubtful")]
    parties: Annotated[list[PartyFacts], MinLen(1), Doc("in the order of the case")]
    outcomes: Annotated[list[OutcomeFacts], Doc("in the order of the case")]
    infeasible: Annotated[list[RuleFacts], Doc("what cannot be")]
    equivalent: Annotated[list[RuleFacts], Doc("of which formulas the states count as one")]
    said: Annotated[
        dict[Id, ConditionFacts | RefusalFacts], Doc("conditions and refusals by their ids")
    ]


class ReportFacts(TypedDict):
    """One report beside the case."""

    id: Annotated[str, MinLen(1), Doc("what citations call it")]
    title: Annotated[str, Doc("its headline")]
    source: Annotated[str, Doc("who published it")]
    date: Annotated[str, Doc("its day")]
    url: Annotated[str, Doc("where it was found")]
    sha256: Annotated[Hash, Doc("of its text")]
    read: Annotated[bool, Doc("whether claims were read from it")]
    duplicate_of: Annotated[str | None, Doc("the report that it repeats")]
    duplicate_kind: Annotated[
        Likeness | None,
        Doc("how it repeats it"),
    ]
    shared: Annotated[Chance, Doc("what part of it stands in the other")]
    claims: Annotated[Count, Doc("how many claims were found in it")]


class EvidenceFacts(TypedDict):
    """The reports, which of them repeat others, and the claims."""

    reports: Annotated[list[ReportFacts], Doc("in the order of their ids")]
    copies: Annotated[Count, Doc("reports that repeat others")]
    originals: Annotated[Count, Doc("reports that do not")]
    citations: Annotated[Count, Doc("quotations in the case")]
    not_found: Annotated[Count, Doc("quotations that stand in no report")]
    reviewed: Annotated[Count, Doc("claims that a person has looked at")]
    notes: Annotated[list[str], Doc("what went wrong with single reports")]
    claims: Annotated[list[ClaimFacts], Doc("what the reports say")]


class ProblemDocument(TypedDict):
    """Something wrong or doubtful."""

    severity: Annotated[Literal["error", "warning"], Doc("`error` or `warning`")]
    file: Annotated[str | None, Doc("where")]
    line: Annotated[Place | None, Doc("where in it")]
    column: Annotated[Place | None, Doc("where in the line")]
    message: Annotated[str, Doc("what")]


class AssumptionDocument(TypedDict):
    """A line without a citation."""

    line: Annotated[str, Doc("the line")]
    note: Annotated[str, Doc("what its author says about it")]


class Saying(TypedDict):
    """How a label sounds in sentences."""

    what: Annotated[str, Doc("the option, outcome or condition")]
    said: Annotated[list[str], Doc("sentences with it")]


class CheckedCondition(TypedDict):
    """A condition as it was read."""

    id: Annotated[str, Doc("its id")]
    party: Annotated[str, Doc("who said it")]
    firmness: Annotated[int, Doc("how firmly")]
    cite: Annotated[list[Citation], Doc("the words it rests on")]
    option: Annotated[Formula, Doc("what the party would do")]
    needs: Annotated[Formula, Doc("what it asks for")]


class CheckedRefusal(TypedDict):
    """A refusal as it was read."""

    id: Annotated[str, Doc("its id")]
    party: Annotated[str, Doc("who said it")]
    firmness: Annotated[int, Doc("how firmly")]
    cite: Annotated[list[Citation], Doc("the words it rests on")]
    refuses: Annotated[Formula, Doc("what the party refuses")]


class CheckDocument(TypedDict):
    """What is wrong or doubtful in a case."""

    case: Annotated[str, Doc("the case's name, or what was asked for if it cannot be read")]
    usable: Annotated[bool, Doc("whether there are no errors")]
    problems: Annotated[list[ProblemDocument], Doc("errors and warnings")]
    conditions: Annotated[list[CheckedCondition], Doc("what is said under which condition")]
    refusals: Annotated[list[CheckedRefusal], Doc("what is refused")]
    draft: Annotated[bool, Doc("whether a program made the case")]
    draft_lines: Annotated[Count, Doc("lines made by a program that nobody has looked at")]
    assumptions: Annotated[list[AssumptionDocument], Doc("all that has no citation")]
    say: NotRequired[
        Annotated[list[Saying], Doc("only with `--say`: how every label sounds in sentences")]
    ]


class DraftOption(TypedDict):
    """One option of a party of a draft."""

    name: Annotated[str, Doc("in formulas")]
    label: Annotated[str, Doc("for people")]


class DraftParty(TypedDict):
    """One party of a draft."""

    name: Annotated[str, Doc("in formulas")]
    label: Annotated[str, Doc("for people")]
    options: Annotated[list[DraftOption], Doc("what it can do or leave")]


class DraftCondition(TypedDict):
    """A condition of a draft."""

    id: Annotated[str, Doc("its id")]
    party: Annotated[str, Doc("who said it")]
    option: Annotated[Formula, Doc("what the party would do")]
    needs: Annotated[Formula, Doc("what it asks for")]


class DraftRefusal(TypedDict):
    """A refusal of a draft."""

    id: Annotated[str, Doc("its id")]
    party: Annotated[str, Doc("who said it")]
    refuses: Annotated[Formula, Doc("what the party refuses")]


class GapDocument(TypedDict):
    """Something that the reports leave open."""

    kind: Annotated[str, Doc("such as `demands`, `meaning` or `today`")]
    text: Annotated[str, Doc("what is open, for people")]


class DraftDocument(TypedDict):
    """A first case in short, and what the reports leave open."""

    title: Annotated[str, Doc("as in the case")]
    as_of: Annotated[str | None, Doc("the latest report's day, or `null`")]
    reports: Annotated[Count, Doc("how many were read")]
    copies: Annotated[Count, Doc("how many of them repeat others")]
    claims: Annotated[Count, Doc("how many were found")]
    draft_lines: Annotated[Count, Doc("lines marked as a draft")]
    parties: Annotated[list[DraftParty], Doc("who acts")]
    outcomes: Annotated[dict[str, Formula], Doc("name to formula")]
    target: Annotated[Formula | None, Doc("a formula, or `null` for the outcome `talks`")]
    status_quo: Annotated[list[str], Doc("the options that are taken today")]
    conditions: Annotated[list[DraftCondition], Doc("what is said under which condition")]
    refusals: Annotated[list[DraftRefusal], Doc("what is refused")]
    gaps: Annotated[list[GapDocument], Doc("what the reports leave open")]


_Class = TypedDict("_Class", {"class": Annotated[str, Doc("how well it is known: A, B or C")]})


class GalleryEntry(_Class):
    """One built-in case in the list."""

    name: Annotated[str, Doc("what commands call it")]
    title: Annotated[str, Doc("for people")]
    parties: Annotated[list[str], Doc("the parties")]
    states: Annotated[Count, Doc("how many states")]


class GalleryDocument(TypedDict):
    """The built-in cases."""

    cases: Annotated[list[GalleryEntry], Doc("all of them")]


class GalleryCaseDocument(_Class):
    """What is known of one built-in case."""

    case: Annotated[str, Doc("the case")]
    title: Annotated[str, Doc("for people")]
    source: Annotated[str, Doc("where the model comes from")]
    references: Annotated[list[str], Doc("keys of the bibliography")]
    provenance: Annotated[str, Doc("how it was made")]
    notes: Annotated[str, Doc("what to know about it")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    states: Annotated[Count, Doc("how many states")]
    equilibria: Annotated[dict[str, list[str]], Doc("the published ones, by concept")]
