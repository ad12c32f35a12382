"""Every line of a case as a sentence, by where it stands: for whoever shows a case line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case import files
from detente.case.document import Steps
from detente.case.formula import Formula, FormulaError, parse_with_mentions
from detente.case.lines import Line, every_line
from detente.case.model import Case, Condition, Refusal
from detente.case.names import Names
from detente.dossier.formula_words import FormulaWords
from detente.drafting.reviewing import Proposal
from detente.english.speech import sentence
from detente.errors import CaseError


def line_words(case: Case) -> Mapping[Steps, str]:
    """Return each line of a case as a sentence with its full stop, by its way in the file."""
    words = FormulaWords(case)
    said: dict[Steps, Condition | Refusal] = {}
    said |= {("conditions", k): one for k, one in enumerate(case.conditions)}
    said |= {("refusals", k): one for k, one in enumerate(case.refusals)}
    return {line.path: _told(line, words, said.get(line.path)) for line in every_line(case)}


def _told(line: Line, words: FormulaWords, said: Condition | Refusal | None) -> str:
    if said is not None:
        return f"{sentence(words.said(said))}."
    if line.path[0] == "views":
        wish = words.wish(line.party, line.formulas[0])
        other = words.english.party(line.party)
        who = sentence(words.english.party(str(line.path[1])))
        return f"{who} takes {other} to wish for this: {wish}."
    clauses = [words.clause(formula) for formula in line.formulas]
    match line.kind:
        case "statement":
            return f"{sentence(words.wish(line.party, line.formulas[0]))}."
        case "rule":
            return words.rule(line.formulas[0])
        case "weight":
            return f"{sentence(clauses[0])}: {line.value}."
        case "group":
            return f"{sentence('; or '.join(clauses))}."
        case "guard" | "misstep" | "tempo" | "behaviour" | "tick":
            return line.text
    return f"{sentence(clauses[0])}." if clauses else line.text


def proposal_words(case: Case, found: Proposal) -> str:
    """Return what a proposal says as a sentence; empty where it names what a case has not yet."""
    words = FormulaWords(case)
    try:
        parts = found.said.removeprefix("never ").split(" only if ")
        formulas = [files.read_formula(text, case) for text in parts]
    except CaseError:
        return ""
    match found.line:
        case "statement":
            wants = words.english.agree([found.party], "wants", "want")
            who = sentence(words.english.party(found.party))
            return f"{who} {wants} {words.wish(found.party, formulas[0])}."
        case "condition" if len(formulas) == 2:
            said = Condition("", found.party, formulas[0], formulas[1])
            return f"{sentence(words.said(said))}."
        case "refusal":
            return f"{sentence(words.said(Refusal('', found.party, formulas[0])))}."
        case "rule":
            return words.rule(formulas[0])
        case "today":
            return f"Today {words.clause(formulas[0])}."
    return ""


def formula_words(
    case: Case, text: str, party: str = ""
) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Return a formula that somebody types as a sentence, and what is wrong with it.

    Parameters
    ----------
    case : Case
        Declares the names.
    text : str
        The formula as far as it is typed.
    party : str
        Whose wish it is; empty where it is said of nobody.

    Returns
    -------
    str
        The sentence; empty where the formula cannot be read.
    tuple of (int, str)
        The character, from 0, and the message, as ``detente check`` words it.
    """
    try:
        formula, mentions = parse_with_mentions(text)
    except FormulaError as error:
        return "", ((error.offset, str(error)),)
    faults = tuple(Names.of(case).faults(mentions))
    return ("" if faults else _sentence(case, formula, party)), faults


def _sentence(case: Case, formula: Formula, party: str) -> str:
    words = FormulaWords(case)
    told = words.wish(party, formula) if party else words.clause(formula)
    return f"{sentence(told)}."


def completions(case: Case, text: str, caret: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return what may be meant by the name before the caret.

    Returns
    -------
    int
        Where the name begins in the text.
    tuple of (str, str)
        What would stand in its place, and what that says.
    """
    start = caret
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    typed = text[start:caret]
    if not typed:
        return caret, ()
    fitting = [(name, told) for name, told in _names(case) if _fits(typed, name, told)]
    fitting.sort(key=lambda pair: not pair[0].startswith(typed))
    return start, tuple(fitting)


def _fits(typed: str, name: str, told: str) -> bool:
    """Whether what is typed begins a name, a part of it, or a word of what it says."""
    low = typed.casefold()
    if name.casefold() == low:
        return False
    begins = [name, name.partition(".")[2]]
    words = told.split() if len(low) > 2 else []
    return any(part.casefold().startswith(low) for part in (*begins, *words) if part)


def _names(case: Case) -> Iterator[tuple[str, str]]:
    """Yield every name that a formula may hold, and what it says."""
    words = FormulaWords(case)
    for party, option in case.options:
        full = f"{party.name}.{option.name}"
        yield full, _sentence(case, parse_with_mentions(full)[0], "")
        if len(option.levels) > 2:
            for level, name in enumerate(option.levels):
                yield f"{full} = {name}", f"{words.english.does(party.name, option, level)}."
    for outcome in case.outcomes:
        yield outcome.name, f"{sentence(words.clause(outcome.formula))}."
