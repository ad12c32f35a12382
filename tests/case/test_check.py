"""What follows from a case: against states counted one by one, and messages written by hand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case import files
from detente.case import formula as fm
from detente.case.check import assumptions, check
from detente.case.grades import found_by
from detente.case.model import Basis, Case, Option, Party, Ranking, Rule, Statement, Statements
from detente.errors import CaseError
from strategies_case import atoms_of, cases, feasible_states, formulas, holds

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

BASE = """\
parties:
  a:
    options:
      x: X
      y: {levels: [low, mid, high]}
  b: {options: {z: Z}}
preferences:
  a: [a.x, a.y]
  b: [b.z]
"""  # nine lines; what a test adds begins in line 10


def faults(text: str) -> list[str]:
    try:
        return [str(p) for p in files.parse(text, file="case.yaml", name="t").problems]
    except CaseError as error:
        return [str(p) for p in error.problems]


# Truth tables by hand; a.y has three levels, the other options two.
ADDITIONS = [
    # contradictions
    (
        "infeasible: [a.x, not b.z, b.z, a.y = low]",
        ["10:28: the rules 'not b.z' (line 10) and 'b.z' (line 10) together leave no state; "
         "soften or drop one"],
    ),
    (
        "infeasible:\n  - a.x or not a.x",
        ["11:5: the rule 'a.x or not a.x' (line 11) leaves no state; soften or drop one"],
    ),
    (
        "infeasible: [a.x and b.z, a.x and not b.z, a.y = low, not a.x and a.y]",
        ["10:55: the rules 'a.x and b.z' (line 10), 'a.x and not b.z' (line 10), 'a.y = low' "
         "(line 10) and 'not a.x and a.y' (line 10) together leave no state; soften or drop one"],
    ),
    # outcomes on outcomes
    (
        "outcomes: {o: not o}",
        ["10:12: outcomes build on themselves: o → o; write one of them with options alone"],
    ),
    (
        "outcomes: {p: a.x or q, q: b.z if r, r: not q, s: p}",
        ["10:25: outcomes build on themselves: q → r → q; write one of them with options alone"],
    ),
    # today
    (
        "infeasible: [a.x and b.z]\nstatus_quo: [a.x, b.z]",
        ["11:1: the status quo breaks the rule 'a.x and b.z' (line 10)"],
    ),
    ("infeasible: [a.x and b.z]\nstatus_quo: [a.x]", []),
    # lines that say nothing
    (
        "infeasible: [a.y = low and a.y = mid]",
        ["10:14: warning: the rule 'a.y = low and a.y = mid' never holds, so it excludes nothing"],
    ),
    (
        "outcomes: {o: a.x and not a.x}",
        ["10:15: warning: the outcome 'o' holds in no feasible state"],
    ),
    (
        "outcomes: {o: a.x if a.x}",
        ["10:15: warning: the outcome 'o' holds in every feasible state"],
    ),
    (
        "infeasible: [a.x and b.z]\nrefusals: [{party: a, refuses: b.z and a.x}]",
        ["11:32: warning: refusal r1: 'b.z and a.x' holds in no feasible state"],
    ),
    (
        "conditions: [{party: a, option: a.x, needs: a.y or not a.y}]",
        ["10:45: warning: condition c1: 'a.y or not a.y' holds in every feasible state"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("addition", "messages"), ADDITIONS)
def test_what_an_added_line_brings(addition, messages):
    assert faults(BASE + addition + "\n") == [f"case.yaml:{message}" for message in messages]


ONE_GROUP = "every feasible state must be in one group"
PREFERENCES = [
    (
        "[a.x, a.y, a.x or not a.x]",
        "8:17: warning: 'a.x or not a.x' holds in every feasible state, "
        "so it tells no state from another",
    ),
    (
        "{weights: {a.x: 1, a.y: 2, b.z and not b.z: 3}}",
        "8:33: warning: 'b.z and not b.z' holds in no feasible state, "
        "so its weight tells no state from another",
    ),
    (
        "{ranking: [[a.x], [not a.x and a.y]]}",
        "8:16: preferences of 'a': the ranking leaves out 'not a.x and a.y = low'; " + ONE_GROUP,
    ),
    (
        "{ranking: [[a.x], [not a.x or a.y = high]]}",
        "8:16: preferences of 'a': the ranking puts in two groups 'a.x and a.y = high'; "
        + ONE_GROUP,
    ),
    (
        "{ranking: [[a.x, a.x and a.y], [a.x and not a.x], [not a.x]]}",
        "8:38: warning: 'a.x and not a.x' holds in no feasible state",
    ),
    (
        "{ranking: []}",
        "8:16: preferences of 'a': the ranking leaves out every state; " + ONE_GROUP,
    ),
]


@pytest.mark.parametrize(("wants", "message"), PREFERENCES)
def test_preferences_that_do_not_do(wants, message):
    told = [f for f in faults(BASE.replace("[a.x, a.y]", wants)) if "nothing is said" not in f]
    assert told == [f"case.yaml:{message}"]


@pytest.mark.parametrize(
    ("line", "told"),
    [  # each at the word that is wrong, the key or the value
        ("views: {a: {a: {preferences: [a.x]}}}", "13: a party knows its own wishes"),
        ("doubts: [{party: c, option: a.x}]", "18: unknown party 'c'"),
        ("attitudes: {a: {b: 5}}", "20: an attitude is 1, 0 or -1; found "),
    ],
)
def test_mistakes_are_told_with_their_place(line, told):
    (found,) = faults(BASE + line)
    assert found.startswith(f"case.yaml:10:{told}")


def test_all_may_be_understood():
    assert faults(BASE + "understood: {sentences: 100, parties: 100}") == []


def test_who_found_a_line_is_told_where_a_model_was_asked():
    for by in ("", "model", "both"):
        assert found_by(Basis(draft=True, by=by), asked=False) == ""
    assert found_by(Basis(), asked=True) == ""
    assert found_by(Basis(draft=True), asked=True) == "found by the reader alone: look at it"
    assert found_by(Basis(by="model"), asked=True) == "found by the model alone: look at it"
    assert found_by(Basis(by="both"), asked=True) == "found by the reader and by the model"


def test_a_ranking_need_not_name_what_cannot_be():
    text = BASE.replace(
        "[a.x, a.y]", "{ranking: [[a.x and a.y = high], [a.x and a.y = low, not a.x]]}"
    )
    assert faults(text + "infeasible: [a.x and a.y = mid]\n") == []


def test_idle_names_are_told():
    text = """\
parties:
  a: {options: {x: X, idle: I}}
  watcher:
  b: {options: {z: Z}}
preferences: {a: [a.x], watcher: [b.z]}
"""
    assert faults(text) == [
        "case.yaml:2:23: warning: nothing is said about the option 'a.idle': no preference, rule, "
        "outcome, condition or refusal mentions it",
        "case.yaml:3:3: warning: the party 'watcher' has no options; it can only watch",
        "case.yaml:4:3: warning: the party 'b' has no preferences; it counts as indifferent "
        "between all states",
    ]


LOOK_ALIKES = [
    ("parties: {a: {options: {x: X}}, A: {options: {x: X}}}",
     "1:33: warning: the parties 'a' and 'A' differ only by their case"),
    ("parties: {a: {options: {x: X, X: X}}}",
     "1:31: warning: the options of 'a' 'x' and 'X' differ only by their case"),
    ("parties: {a: {options: {x: {levels: [low, Low, high]}}}}",
     "1:43: warning: the levels of 'a.x' 'low' and 'Low' differ only by their case"),
    ("parties: {a: {options: {x: X}}}\noutcomes: {war: a.x, War: not a.x}",
     "2:22: warning: the outcomes 'war' and 'War' differ only by their case"),
    ("parties: {a: {options: {x: X}}}\noutcomes: {war: a.x, \"war\u3164\": not a.x}",
     "2:23: warning: the outcomes 'war' and 'war\u3164' differ only by what cannot be seen"),
    ("parties: {a: {options: {x: X}}}\noutcomes: {fit: a.x, \"\ufb01t\": not a.x}",
     "2:23: warning: the outcomes 'fit' and '\ufb01t' differ only by"),
    ("parties: {a: {options: {x: X, \u0445: X}}}",
     "1:31: warning: the options of 'a' 'x' and '\u0445' differ only by what cannot be seen"),
    ("parties: {\u0391\u039e: {options: {x: X}}, A\u039e: {options: {x: X}}}",
     "1:34: warning: the parties '\u0391\u039e' and 'A\u039e' differ only by what cannot be seen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), LOOK_ALIKES)
def test_names_that_look_alike_are_told(text, told):
    found = [fault for fault in faults(text + "\n") if "differ only" in fault]
    assert len(found) == 1
    assert found[0].startswith(f"case.yaml:{told}")


# Marks of Unicode's Default_Ignorable_Code_Point: a hyphen, joiners, fillers, variants, a tag.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u200b\u200d\u2060\u3164\ufe0f\ufeff\uffa0"
    "\U000e0061\U000e0100"
)
TWICE = {
    "parties": 'parties: {a: {options: {x: X}}, "a%s": {options: {x: X}}}',
    "options": 'parties: {a: {options: {x: X, "x%s": X}}}',
    "levels": 'parties: {a: {options: {x: {levels: [low, "low%s", high]}}}}',
    "outcomes": 'parties: {a: {options: {x: X}}}\noutcomes: {war: a.x, "war%s": not a.x}',
}


@pytest.mark.parametrize("what", TWICE)
def test_no_mark_that_is_not_seen_tells_names_apart_in_silence(what):
    for mark in UNSEEN:
        text = TWICE[what] % f"\\U{ord(mark):08x}"
        assert [
            told
            for told in faults(f"{text}\n")
            if "differ only by what cannot be seen" in told or "use letters, digits and _" in told
        ], f"U+{ord(mark):04X}"


@pytest.mark.parametrize("name", ["x²", "½", "a\\nb"])
def test_names_are_of_letters_and_digits(name):
    (told,) = faults(f'parties: {{a: {{options: {{"{name}": X}}}}}}\n')
    assert "cannot name an option; use letters, digits and _" in told
    assert "\n" not in told


def test_an_accent_that_is_a_character_of_its_own_is_told():
    said = "a.caf\u00e9"
    parties = "parties: {a: {options: {caf\u00e9: X}}}\n"
    assert "cannot" not in "".join(faults(f"{parties}infeasible: [{said}]\n"))
    apart = "cafe\u0301"
    (told,) = faults(f"{parties}infeasible: [a.{apart}]\n")
    assert told == f"case.yaml:2:20: {fm.IN_PIECES}"
    (told,) = faults(parties.replace("caf\u00e9", apart))
    assert told == f"case.yaml:1:25: '{apart}' cannot name an option: {fm.IN_PIECES}"
    (told,) = faults(f"parties: {{a: {{options: {{x: {{levels: [low, {apart}]}}}}}}}}\n")
    assert told == f"case.yaml:1:43: '{apart}' is no name for a level: {fm.IN_PIECES}"


def test_levels_are_of_letters_and_digits():
    (told,) = faults("parties: {a: {options: {x: {levels: [low, x²]}}}}\n")
    assert told.startswith("case.yaml:1:43: 'x²' is no name for a level; use letters, digits and _")


def test_a_case_made_in_python_is_checked_without_places():
    x = fm.parse("a.x")
    party = Party("a", "A", (Option("x", "X"),), Statements((Statement(x),)))
    case = Case("c", "C", (party,), infeasible=(Rule(x), Rule(fm.Not(x))))
    assert [str(p) for p in check(case)] == [
        "the rules 'a.x' and 'not a.x' together leave no state; soften or drop one"
    ]


def test_assumptions_are_the_lines_without_words():
    text = BASE.replace("[b.z]", "[{that: b.z, cite: [{report: r, quote: q}]}]")
    text += "conditions: [{party: b, option: b.z, needs: a.x, note: a guess}]\n"
    case = files.parse(text, file="f", name="t").case
    assert [(a.path, a.text, a.note) for a in assumptions(case)] == [
        (("preferences", "a", 0), "a wants: a.x", ""),
        (("preferences", "a", 1), "a wants: a.y", ""),
        (("conditions", 0), "b: b.z only if a.x", "a guess"),
    ]


# --- against one state at a time --------------------------------------------------------------


@given(cases(max_cells=24), st.data())
@MANY
def test_rankings_are_judged_state_by_state(case, data):
    states = feasible_states(case)
    if not states:
        return
    any_formula = formulas(st.sampled_from(atoms_of(case.parties)), max_leaves=4)
    first = data.draw(any_formula)
    groups = data.draw(
        st.sampled_from([((first,), (fm.Not(first),)), ((first,), (data.draw(any_formula),))])
    )
    party = case.parties[0]
    ranked = Party(party.name, party.label, party.options, Ranking(groups))
    case = Case("c", "C", (ranked, *case.parties[1:]), case.outcomes, case.infeasible)
    times = [sum(any(holds(f, case, s) for f in group) for group in groups) for s in states]
    told = [
        p.message for p in check(case) if p.severity == "error" and "'s ranking" not in p.message
    ]
    told = [m for m in told if m.startswith(f"preferences of '{party.name}': the ranking")]
    assert any("leaves out" in m for m in told) == (0 in times)
    assert any("two groups" in m for m in told) == (2 in times)


# --- size -------------------------------------------------------------------------------------


def wide_case(rules: str, count: int = 40) -> str:
    options = "".join(f"      o{i}: O\n" for i in range(count))
    wish = " and ".join(f"a.o{i}" for i in range(count))
    return (
        f"parties:\n  a:\n    options:\n{options}infeasible: {rules}\npreferences:\n  a: [{wish}]\n"
    )


def test_a_case_of_many_options_that_hang_together_is_checked():
    # 40 options in one chain: 2^40 states. By hand: with o0 and o1 excluded, o0 and o1 never hold;
    # of 40 options in a row, all of them never hold, where no two neighbours may.
    chain = ", ".join(f"a.o{i} and a.o{i + 1}" for i in range(39))
    text = wide_case(f"[{chain}]").replace("a: [", "a: [a.o0 and a.o1, a.o0 or not a.o0, a.o7, ")
    assert [fault.partition("warning: ")[2][:70] for fault in faults(text)] == [
        "'a.o0 and a.o1' holds in no feasible state, so it tells no state from another"[:70],
        "'a.o0 or not a.o0' holds in every feasible state, so it tells no state from another"[:70],
        ("'" + " and ".join(f"a.o{i}" for i in range(40)))[:60] + "…' holds i",
    ]


def test_every_contradiction_is_told_at_once():
    told = faults(wide_case("[a.o38 and a.o39, a.o38 and not a.o39, not a.o38, a.o1, not a.o1]"))
    assert [fault.partition(": ")[2] for fault in told] == [
        "the rules 'a.o38 and a.o39' (line 44), 'a.o38 and not a.o39' (line 44) and 'not a.o38' "
        "(line 44) together leave no state; soften or drop one",
        "the rules 'a.o1' (line 44) and 'not a.o1' (line 44) together leave no state; soften or "
        "drop one",
    ]


def pigeons(n: int) -> str:
    """More pigeons than holes: what no resolution refutes quickly, as is known."""
    holes = ", ".join(f"h{k}" for k in range(n))
    options = "".join(f"      o{i}: {{levels: [{holes}]}}\n" for i in range(n + 1))
    rules = ", ".join(
        f"a.o{i} = h{k} and a.o{j} = h{k}" for i in range(n + 1) for j in range(i) for k in range(n)
    )
    return (
        f"parties:\n  a:\n    options:\n{options}infeasible: [{rules}]\n"
        "preferences: {a: [a.o0]}\n"
    )


def test_what_is_too_hard_to_tell_is_told(monkeypatch):
    monkeypatch.setattr("detente.case.check.CONFLICTS", 50)
    (told,) = faults(pigeons(7))
    assert told.startswith("case.yaml:1:1: warning: not checked: whether the rules leave a state, ")
    assert told.endswith("; formulas hang together in a way that would take too long to follow")


def test_pigeons_fit_into_no_fewer_holes():
    (told,) = faults(pigeons(3))
    assert "together leave no state" in told
