"""What is said of a draft before anything else: that it is one, and whether it can be asked."""

from __future__ import annotations

from detente.case.check import drafts
from detente.case.model import Case
from detente.case.understood import missing
from detente.drafting.waiting import waiting
from detente.english.speech import sentence

HEADLINE = "Too little was understood to answer."

NEXT = (
    "Give it more reports, say who belongs to whom ('detente draft --ask'), or go through its lines"
    " and add what is missing ('detente review')."
)

NO_FIGURE = (
    "a draft has no likelihood; a person has to say what must not happen and how often the parties"
    " err, under 'risk' in the case"
)

NO_LIKELIHOOD = (
    "A draft has no likelihood. A person has to say what must not happen and how often the parties"
    " err. Put lines such as these into the case, and ask again:"
)


def too_little(case: Case) -> str:
    """Return why a draft gives no answer, and what to do next; empty where it gives one."""
    why = list(missing(case))
    if not why:
        return ""
    told = [HEADLINE, "What is missing:", *(f"  - {sentence(one)}." for one in why), NEXT]
    return "\n".join(told)


def refusal(case: Case) -> str:
    """Return the same as the reason of a question that was not answered; empty where it is."""
    why = list(missing(case))
    return f"too little was understood: {'; '.join(why)}" if why else ""


def spoken(case: Case) -> str:
    """Return that an answer speaks of a draft, and how much that understood; empty for no draft."""
    if not case.draft:
        return ""
    known = case.understood
    share = f", with {known.sentences} % of what was worth reading understood" if known else ""
    return f"This speaks of a draft that no one has checked{share}."


def unfinished(case: Case) -> str:
    """Return what an answer that nothing stands in the way has to say of a draft; else nothing."""
    if not case.draft and not drafts(case):
        return ""
    if any(True for _ in waiting(case)):
        return (
            "What was read could all be done at once, but each waits for the other to begin; no one"
            " has checked the draft, and what was not understood may stand in the way, too."
        )
    return (
        "No line that was read stands in the way, but no one has checked the draft, and what was"
        " not understood may."
    )


def has_likelihood(case: Case) -> bool:
    """Tell whether a person said what a likelihood needs; of what is no draft nobody asks."""
    return not case.draft or (
        case.risk.danger is not None
        and not case.risk.danger.basis.draft
        and (case.risk.misstep is not None or bool(case.risk.missteps))
    )


def no_likelihood(case: Case) -> str:
    """Return what a draft lacks for a likelihood, with lines of this very case."""
    bad = "war"
    if bad not in case.outcome_named:  # which deed that is only a person knows
        bad = f"{case.option_names[-1]}  # an example: name here what must not happen"
    return f"{NO_LIKELIHOOD}\n\nrisk:\n  danger: {bad}\n  misstep: 0.02"
