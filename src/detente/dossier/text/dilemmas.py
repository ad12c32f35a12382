"""The dilemmas that public words put the parties in, in plain English."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.words import plural
from detente.english.speech import English, sentence
from detente.graph.model import Graph
from detente.wayout.dilemmas import REMOVED_BY, Dilemma, Dilemmas, Word


def dilemmas_text(case: Case, graph: Graph, found: Dilemmas) -> str:
    """Tell each dilemma, whether the word it turns on would be kept, and what removes it."""
    if not found.positions:
        return (
            "Nothing is said in public of any single option, so there is no dilemma to tell. "
            "Positions stand under 'positions', or are read from conditions and refusals."
        )
    lines = ["Who is under pressure by whose words?"]
    if not found.found:
        lines.append("Nobody: what all say in public can go together, and is believed.")
    else:
        n = len(found.found)
        lines.append(
            f"{plural(n, 'dilemma')} {'follows' if n == 1 else 'follow'} from what is said."
        )
    if found.future is None:
        because = ""
        if found.excluded_by is not None:
            because = f": {to_text(case.infeasible[found.excluded_by].formula)}"
        lines.append(
            "What would come if nobody gave in cannot be, by a rule of the case"
            f"{because}; so whether threats would be kept, or are enough, cannot be told."
        )
    for one in found.found:
        lines += ["", *_told(case, found, one)]
    return "\n".join(lines)


def _told(case: Case, found: Dilemmas, one: Dilemma) -> Iterator[str]:
    first, *more = dilemma_lines(case, found, one)
    yield first
    yield from (f"  {line}" for line in more)
    for word in _words(found, one):
        yield from (f"  {line}" for line in _cited(case, word))
    yield f"  It is gone if {'; or if '.join(REMOVED_BY[one.kind])}."


def dilemma_lines(case: Case, found: Dilemmas, one: Dilemma) -> Iterator[str]:
    """Yield a dilemma, why it is one, and whether the word it turns on would be kept."""
    english = English(case)
    name = english.party(case.parties[one.party].name)
    other = english.party(case.parties[one.other].name)
    has = english.agree([case.parties[one.party].name], "has", "have")
    yield f"{sentence(name)} {has} a {one.kind} dilemma with {other}."
    yield _why(case, english, found, one)
    if one.kept is not None:
        word = "promise" if one.kind in ("trust", "co-operation") else "threat"
        owner = one.other if one.kind in ("persuasion", "trust") else one.party
        it = english.party(case.parties[owner].name)
        keeps = "would keep" if one.kept else "would gain by not keeping"
        yield f"By what is known of its wishes, {it} {keeps} that {word}."


def _why(case: Case, english: English, found: Dilemmas, one: Dilemma) -> str:
    """Say what the one wants and what the other means to do."""
    party, option = case.options[one.axis]
    meant = {w.axis: w.level for w in found.intentions}
    today = case.status_quo or (0,) * len(case.options)
    wants = {(w.party, w.axis): w.level for w in found.positions}
    mine = one.party if one.kind in ("persuasion", "trust") else one.other
    level = wants[mine, one.axis]
    who = sentence(english.party(case.parties[mine].name))
    asked = english.does(party.name, option, level, "to")
    will = english.does(party.name, option, meant.get(one.axis, today[one.axis]))
    want = english.agree([case.parties[mine].name], "wants", "want")
    promised = "That is promised, but not believed"
    believed = {
        "persuasion": f"As things stand, {will}, and that is believed",
        "trust": promised,
        "co-operation": promised,
        "rejection": f"The threat is that {will}, and that is not believed",
        "sufficiency": f"The threat is that {will}, and that is believed, but not enough",
    }[one.kind]
    return f"{who} {want} {asked}. {believed}."


def _words(found: Dilemmas, one: Dilemma) -> list[Word]:
    about = [w for w in (*found.positions, *found.intentions) if w.axis == one.axis]
    told = [w for w in about if w.party in (one.party, one.other) and w.source]
    return list({w.source: w for w in told}.values())


def _cited(case: Case, word: Word) -> Iterator[str]:
    for cite in word.basis.cite[:1]:
        yield f"[{word.source}] “{cite.quote}” ({cite.report})"
