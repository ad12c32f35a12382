"""Reading a case file: what it means, and every way in which it can be wrong.

Cases are small and their expected messages were written by hand; lines and columns were counted
in the text as it stands here.
"""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import pytest

from detente.case import check, files, schema
from detente.case import formula as fm
from detente.case.model import (
    Basis,
    Citation,
    Condition,
    Option,
    Ranking,
    Refusal,
    Statements,
    Weights,
)
from detente.dossier.documents.cases import check_document
from detente.dossier.text.check import check_text
from detente.errors import CaseError

STANDOFF = """\
title: A small stand-off
as_of: 2018-02-27
parties:
  north:
    name: North
    aliases: [Pyongyang, the North]
    options:
      talk: Enter talks
      pledge: Pledge to disarm
      attack: {label: Attack, irreversible: true}
  ally:
    options:
      talk: Enter talks
      squeeze: {label: Sanctions, levels: [none, partial, full]}
      enter_talks:
outcomes:
  war: north.attack
  talks: {that: north.talk and ally.talk, label: They talk}
infeasible:
  - north.attack and north.talk
status_quo: [ally.squeeze = full]
preferences:
  ally:
    - not war
    - {that: north.pledge, cite: [{report: 001, quote: "complete"}], note: as read}
    - ally.talk if north.pledge
    - ally.enter_talks
  north:
    weights: {not war: 2.5, ally.squeeze = none: 1/3, north.pledge: -1}
conditions:
  - {party: ally, option: ally.talk, needs: north.pledge, firmness: 3}
  - {party: ally, option: ally.talk, needs: north.talk, id: c1}
refusals:
  - {party: north, refuses: north.pledge, cite: {report: r, quote: never}}
"""

PARTIES = """\
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
    """Return what is said about a text, warnings and errors, or nothing."""
    try:
        return [str(p) for p in files.parse(text, file="case.yaml", name="t").problems]
    except CaseError as error:
        return [str(p) for p in error.problems]


# --- what is read -----------------------------------------------------------------------------


def test_everything_is_read():
    loaded = files.parse(STANDOFF, file="case.yaml", name="small")
    case = loaded.case
    assert loaded.problems == ()
    assert (case.name, case.title, case.as_of) == (
        "small",
        "A small stand-off",
        dt.date(2018, 2, 27),
    )
    assert case.option_names == (
        "north.talk",
        "north.pledge",
        "north.attack",
        "ally.talk",
        "ally.squeeze",
        "ally.enter_talks",
    )
    assert case.shape == (2, 2, 2, 2, 3, 2)
    assert case.status_quo == (0, 0, 0, 0, 2, 0)
    north, ally = case.parties
    assert (north.label, north.aliases) == ("North", ("Pyongyang", "the North"))
    assert ally.label == "Ally"
    assert north.options[2] == Option("attack", "Attack", ("no", "yes"), frozenset({(0, 1)}))
    assert ally.options[2].label == "Enter talks"
    assert [o.label for o in case.outcomes] == ["", "They talk"]
    assert north.preferences == Weights(
        (
            (fm.Not(fm.OutcomeIs("war")), Fraction(5, 2)),
            (fm.OptionIs("ally", "squeeze", "none"), Fraction(1, 3)),
            (fm.OptionIs("north", "pledge"), Fraction(-1)),
        )
    )
    assert isinstance(ally.preferences, Statements)
    assert ally.preferences.statements[1].basis == Basis((Citation("001", "complete"),), "as read")
    talk, pledge = fm.OptionIs("ally", "talk"), fm.OptionIs("north", "pledge")
    assert case.conditions == (
        Condition("c2", "ally", talk, pledge, 3),
        Condition("c1", "ally", talk, fm.OptionIs("north", "talk")),
    )
    assert case.refusals == (Refusal("r1", "north", pledge, 1, Basis((Citation("r", "never"),))),)


def test_a_ranking_is_read():
    text = PARTIES.replace("b: [b.z]", "b: {ranking: [[b.z, a.x], not b.z and not a.x]}")
    (_, b) = files.parse(text, file="f", name="t").case.parties
    first = (fm.OptionIs("b", "z"), fm.OptionIs("a", "x"))
    assert b.preferences == Ranking((first, (fm.And(tuple(map(fm.Not, first))),)))


@pytest.mark.parametrize(
    ("entry", "levels"),
    [
        ("[]", (0, 0, 0)),
        ("a.x", (1, 0, 0)),
        ("[a.x and not b.z, a.y = mid]", (1, 1, 0)),
        ("[not a.y, b.z = yes, not a.x = yes]", (0, 0, 1)),
        ("[a.x, a.x = yes]", (1, 0, 0)),
        ("not a.x = no", (1, 0, 0)),
    ],
)
def test_status_quo_fills_up_with_lowest_levels(entry, levels):
    case = files.parse(f"{PARTIES}status_quo: {entry}\n", file="f", name="t").case
    assert case.status_quo == levels


def test_without_the_key_there_is_no_status_quo():
    assert files.parse(PARTIES, file="f", name="t").case.status_quo is None


def test_words_that_other_yaml_takes_for_truth_values_stay_words():
    text = (
        "parties: {a: {options: {x: {levels: [no, yes, on]}, y: no}}}\npreferences: {a: [a.x = on]}"
    )
    a = files.parse(text, file="f", name="t").case.parties[0]
    assert (a.options[0].levels, a.options[1].label) == (("no", "yes", "on"), "no")


def test_numbers_can_name_levels():
    text = "parties: {a: {options: {x: {levels: [0, 010, 2]}}}}\npreferences: {a: [a.x = 010]}\n"
    assert files.parse(text, file="f", name="t").case.parties[0].options[0].levels == (
        "0",
        "010",
        "2",
    )


def test_a_party_and_an_outcome_may_share_a_name():
    assert faults(PARTIES + "outcomes: {a: a.x}\n") == []


# --- one fault each ---------------------------------------------------------------------------

NAME_RULE = "use letters, digits and _, not a digit first, and none of not, and, or, if, iff"
ONE_FAULT = [
    # names in formulas; the column is that of the name
    ("infeasible: [a.xx]", "10:14: unknown option 'a.xx'; did you mean 'a.x'?"),
    ("infeasible: ['b.z and a.xx']", "10:23: unknown option 'a.xx'; did you mean 'a.x'?"),
    ('infeasible: ["b.z and a.xx"]', "10:23: unknown option 'a.xx'; did you mean 'a.x'?"),
    ('infeasible: ["b.z \\x61nd a.xx"]', "10:14: unknown option 'a.xx'; did you mean 'a.x'?"),
    ("infeasible:\n  - b.z and\n    a.xx", "11:5: unknown option 'a.xx'; did you mean 'a.x'?"),
    (
        "infeasible: [{that: not a.y = hig}]",
        "10:25: 'a.y': unknown level 'hig'; did you mean 'high'?",
    ),
    ("infeasible: [a.y = 7]", "10:14: 'a.y': unknown level '7'; declared: low, mid, high"),
    ("infeasible: [c.x and b.z]", "10:14: unknown party 'c'; declared: a, b"),
    ("infeasible: [not war]", "10:18: unknown outcome 'war'; declared: none"),
    ("infeasible: [z]", "10:14: unknown outcome 'z'; did you mean 'b.z'?"),
    ("infeasible: [a and b.z]", "10:14: 'a' is a party; write 'a.' and one of its options"),
    ("outcomes: {war: a.x, calm: not wra}", "10:32: unknown outcome 'wra'; did you mean 'war'?"),
    ("infeasible: [a.x and]", "10:21: the formula ends here; expected a name or 'not' or '('"),
    (
        "conditions: [{party: c, option: a.x, needs: b.z}]",
        "10:22: unknown party 'c'; declared: a, b",
    ),
    # names as such
    ("outcomes: {not: a.x}", f"10:12: 'not' cannot name an outcome; {NAME_RULE}"),
    ("outcomes: {a b: a.x}", f"10:12: 'a b' cannot name an outcome; {NAME_RULE}"),
    (
        f"outcomes: {{{'w' * 101}: a.x}}",
        "10:12: 'wwwwwwwwwwwwwwwwwwww…' has 101 characters; a name has at most 100",
    ),
    # the format
    ("outcome: {war: a.x}", "10:1: unknown key 'outcome'; did you mean 'outcomes'?"),
    ("title: [x]", "10:8: expected text, found a list"),
    ('title: "a\\nb"', "10:8: expected one line of text, without tabs"),
    ("as_of: 2018-02-30", "10:8: the calendar has no day '2018-02-30'"),
    ("as_of: Tuesday", "10:8: expected a date such as 2018-02-27, found 'Tuesday'"),
    ("infeasible: a.x", "10:13: expected a list, found 'a.x'"),
    ("infeasible: [[a.x]]", "10:14: expected keys with values, found a list"),
    ("infeasible: [{cite: []}]", "10:14: the key 'that' is missing"),
    ("infeasible: [~]", "10:14: expected keys with values, found nothing"),
    (
        "infeasible: [{that: a.x and a.y = low, source: q}]",
        "10:40: unknown key 'source'; declared: cite, note, draft, by, that",
    ),
    (  # a comma ends a text between braces, and what follows is a key without a value
        "infeasible: [{that: a.x and a.y = low, note: odd, or rare}]",
        "10:51: unknown key 'or rare'; declared: cite, note, draft, by, that; if it belongs to the"
        " text before it, put all of that between quotation marks",
    ),
    ("infeasible: [{that: a.x and b.z, cite: [{report: r}]}]", "10:41: the key 'quote' is missing"),
    (
        "refusals: [{party: a, refuses: b.z, firmness: 0}]",
        "10:47: expected a whole number from 1, found '0'",
    ),
    (
        "refusals: [{party: a, refuses: b.z, firmness: true}]",
        "10:47: expected a whole number from 1, found 'true'",
    ),
    (
        "refusals: [{party: a, refuses: b.z, firmness: 1.5}]",
        "10:47: expected a whole number from 1, found '1.5'",
    ),
    (
        "refusals: [{party: a, refuses: b.z, id: a b}]",
        "10:41: 'a b' is no id; use letters, digits, '_', '.' and '-'",
    ),
    (
        "refusals: [{id: k, party: a, refuses: b.z}, {id: k, party: a, refuses: b.z}]",
        "10:50: the id 'k' is taken by line 10",
    ),
    (
        "title: T\ntitle: U",
        "11:1: 'title' stands twice in the same place; the first is in line 10, column 1",
    ),
    # the status quo
    (
        "status_quo: [a.y]",
        "10:14: 'a.y' can be low, mid, high; write which, such as 'a.y = high'",
    ),
    (
        "status_quo: [a.x or b.z]",
        "10:14: 'a.x or b.z' leaves open what is the case today; write options and their levels, "
        "such as 'party.option' or 'party.option = level'",
    ),
    (
        "status_quo:\n  - a.y = low\n  - a.x and a.y = mid",
        "12:5: 'a.y' cannot be both 'low' (line 11) and 'mid'",
    ),
]


@pytest.mark.parametrize(("addition", "message"), ONE_FAULT)
def test_one_fault_one_message(addition, message):
    assert faults(PARTIES + addition + "\n") == [f"case.yaml:{message}"]


OPTION_FAULTS = [
    (
        "{levels: [false, true]}",
        "1:38: 'false' is no name for a level; write no and yes, or leave 'levels' out altogether",
    ),
    ("{levels: [low]}", "1:37: 'levels' holds 1; expected at least 2"),
    ("{levels: [low, mid, low]}", "1:48: the level 'low' stands twice"),
    (
        "{levels: [a b, c]}",
        "1:38: 'a b' is no name for a level; use letters, digits and _, "
        "and none of not, and, or, if, iff",
    ),
    ("{level: [low, mid]}", "1:29: unknown key 'level'; did you mean 'levels'?"),
    ("{irreversible: yes}", "1:43: expected true or false, found 'yes'"),
    ("{changes: [[no, yse]]}", "1:44: unknown level 'yse'; did you mean 'yes'?"),
    ("{changes: [[no]]}", "1:39: expected a change such as [none, partial], found a list"),
    ("{changes: [[no, no]]}", "1:39: from 'no' to itself is no change"),
    (
        "{irreversible: true, changes: []}",
        "1:49: 'irreversible' and 'changes' stand together; keep one of them",
    ),
    ("[x]", "1:28: expected keys with values, found a list"),
]


@pytest.mark.parametrize(("option", "message"), OPTION_FAULTS)
def test_faults_of_an_option(option, message):
    text = f"parties: {{a: {{options: {{x: {option}}}}}}}\npreferences: {{a: [a.x]}}\n"
    assert faults(text)[0] == f"case.yaml:{message}"


def test_true_and_false_are_both_refused_and_nothing_follows_from_it():
    text = "parties: {a: {options: {x: {levels: [false, true]}}}}\npreferences: {a: [a.x = true]}\n"
    assert [fault.split(":")[1:3] for fault in faults(text)] == [["1", "38"], ["1", "45"]]


PREFERENCE_FAULTS = [
    ("a.x", "8:6: expected a list of statements; put '- ' before the formula"),
    ("{weights: {a.x: .nan}}", "8:22: expected a number such as 3, -0.5 or 1/3, found '.nan'"),
    ("{weights: {a.x: .inf}}", "8:22: expected a number such as 3, -0.5 or 1/3, found '.inf'"),
    ("{weights: {a.x: 1/0}}", "8:22: '1/0' divides by zero"),
    (
        "{weights: {a.x: 1e30}}",
        "8:22: '1e30' is too large, or has too many decimals, to be added exactly",
    ),
    ("{weights: {a.x: true}}", "8:22: expected a number such as 3, -0.5 or 1/3, found 'true'"),
    ("{weights: {a.x: 1, (a.x): 2}}", "8:25: 'a.x' has a weight already"),
    ("{weights: {a.x: 1, b.z or a.k: 2}}", "8:32: unknown option 'a.k'; declared: a.x, a.y"),
    ("{weights: {}, ranking: []}", "8:6: weights and ranking stand together; keep one of them"),
    ("{wieghts: {a.x: 1}}", "8:7: unknown key 'wieghts'; did you mean 'weights'?"),
    ("[a.x, 3 and]", "8:12: '3' does not fit here; expected a name or 'not' or '('"),
]


@pytest.mark.parametrize(("wants", "message"), PREFERENCE_FAULTS)
def test_faults_of_preferences(wants, message):
    text = PARTIES.replace("[a.x, a.y]", wants)
    assert f"case.yaml:{message}" in faults(text)


def test_a_preference_of_nobody():
    text = PARTIES.replace("  b: [b.z]", "  bb: [b.z]")
    assert faults(text) == ["case.yaml:9:3: unknown party 'bb'; did you mean 'b'?"]


# --- all at once ------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_and_in_order():
    text = STANDOFF.replace("title: A", "titel: A")
    text = text.replace("2018-02-27", "2018-02-31")
    text = text.replace("not war\n", "not wra\n")
    text = text.replace("ally.talk if north", "ally.tlak if norht")
    text = text.replace("[ally.squeeze = full]", "[ally.squeeze = ful]")
    text = text.replace("firmness: 3", "firmness: 3, cite: none")
    assert faults(text) == [
        "case.yaml:1:1: unknown key 'titel'; did you mean 'title'?",
        "case.yaml:2:8: the calendar has no day '2018-02-31'",
        "case.yaml:21:14: 'ally.squeeze': unknown level 'ful'; did you mean 'full'?",
        "case.yaml:24:11: unknown outcome 'wra'; did you mean 'war'?",
        "case.yaml:26:7: unknown option 'ally.tlak'; did you mean 'ally.talk'?",
        "case.yaml:26:20: unknown party 'norht'; did you mean 'north'?",
        "case.yaml:31:78: expected keys with values, found 'none'",
    ]


def test_what_a_broken_party_would_have_declared_is_not_held_against_anybody():
    text = PARTIES.replace("    options:\n", "    opions:\n") + "infeasible: [a.x and b.q]\n"
    assert faults(text) == [
        "case.yaml:3:5: unknown key 'opions'; did you mean 'options'?",
        "case.yaml:10:22: unknown option 'b.q'; declared: b.z",
    ]


def test_no_more_problems_are_told_than_anybody_reads():
    text = PARTIES + "infeasible:\n" + "".join("  - {foo: 1}\n" for _ in range(300))
    told = faults(text)
    assert len(told) == 201
    assert told[-1] == "case.yaml: and 400 more problems"  # 300 unknown keys, 300 missing ones


# --- formulas from elsewhere ------------------------------------------------------------------


def test_a_formula_from_the_command_line():
    case = files.parse(STANDOFF, file="f", name="t").case
    assert files.read_formula("not war", case) == fm.Not(fm.OutcomeIs("war"))
    with pytest.raises(CaseError) as caught:
        files.read_formula("war or ally.tlak", case)
    assert str(caught.value) == (
        "--target, character 8: unknown option 'ally.tlak'; did you mean 'ally.talk'?"
    )
    with pytest.raises(CaseError) as caught:
        files.read_formula("(war", case, "--goal")
    assert str(caught.value) == (
        "--goal, character 5: the formula ends before a ')' closes the last '('"
    )


# --- the schema -------------------------------------------------------------------------------


def test_the_schema_describes_every_key():
    made = schema.json_schema()
    assert json.loads(json.dumps(made)) == made
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(made["properties"]) == {
        "title", "as_of", "source", "parties", "outcomes", "infeasible", "status_quo",
        "preferences", "conditions", "refusals", "risk", "target", "earlier", "draft",
        "author", "organisation", "handling", "mediators", "left_out", "talks", "understood",
        "equivalent", "positions", "doubts", "intentions", "attitudes", "views",
    }  # fmt: skip
    described = 0
    waiting: list[object] = [made]
    while waiting:
        match waiting.pop():
            case dict() as part:
                for key, inner in part.get("properties", {}).items():
                    assert inner.get("description"), key
                    described += 1
                waiting.extend(part.values())
            case list() as parts:
                waiting.extend(parts)
    assert described > 30


ASKED = """
title: t
draft: true
earlier: ../before
target: a.x and not b.y
parties: {a: {options: {x: X}}, b: {options: {y: Y}}}
preferences: {a: [{that: a.x, draft: true}], b: [b.y]}
conditions: [{party: a, option: a.x, needs: b.y, draft: true}]
"""


def test_target_earlier_case_and_draft_marks_are_read():
    case = files.parse(ASKED, file="case.yaml", name="t").case
    assert case.target == fm.parse("a.x and not b.y")
    assert case.earlier == "../before"
    assert case.draft
    assert case.conditions[0].basis.draft
    assert check.drafts(case) == 2
    assert "a draft made by a program: 2 lines" in check_text(case, ())
    assert check_document("case.yaml", case, ())["draft_lines"] == 2


def test_a_target_that_nothing_can_reach_is_doubtful():
    text = ASKED.replace("a.x and not b.y", "a.x and not a.x")
    problems = files.parse(text, file="case.yaml", name="t").problems
    assert any("the target" in p.message and "no feasible state" in p.message for p in problems)
