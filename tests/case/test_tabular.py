"""Tables of options and states as cases: as papers print them, round trips, what is refused."""

from __future__ import annotations

import numpy as np
import openpyxl
import pytest
from hypothesis import assume, given

import detente
from arcs_listed import literal
from detente.case.tabular import parse
from detente.dossier.sheets.write import csv_text
from detente.graph import build
from strategies import QUICK
from strategies_case import cases

ELMIRA = """\
Party,Option,1,2,3,4,5,6,7,8,9
Ministry,Modify,N,Y,N,Y,N,Y,N,Y,–
Uniroyal,Delay,Y,Y,N,N,Y,Y,N,N,–
,Accept,N,N,Y,Y,N,N,Y,Y,–
,Abandon,N,N,N,N,N,N,N,N,Y
Local government,Insist,N,N,N,N,Y,Y,Y,Y,–
Ministry,ranking,7,3,4,8,5,1,2,6,9
Uniroyal,ranking,1 > 4 > 8 > 5 > 9 > 3 > 7 > 2 > 6
Local government,ranking,7 3 5 1 8 6 4 2 9
Uniroyal,irreversible,Accept,Abandon
Ministry,irreversible,Modify
,today,Y
"""


def test_elmira_as_it_is_printed_has_its_published_equilibria():
    """Hipel, Fang, Kilgour and Haight 1993: under sequential stability states 5, 8 and 9."""
    case = parse(ELMIRA, name="elmira").case
    result = detente.stability(case, ["seq"])
    assert result.n_states == 9
    table = next(t for t in result.tables() if t.name == "states")
    holding = {case_state(case, s) for s in result.equilibria("seq")}
    assert holding == {"s5", "s8", "s9"}
    merged = [row for row in zip(*table.rows, strict=True) if None in row[1:6]]
    assert [row[1:6] for row in merged] == [(None, None, None, "Y", None)]
    assert detente.states(case).document()["states"] == 9


def case_state(case, string):
    found = [o.name for o in case.outcomes if string in set(detente.states(case, o.name))]
    assert len(found) == 1
    return found[0]


def test_semicolons_tabs_utf16_and_a_workbook_say_the_same(tmp_path):
    plain = tmp_path / "a.csv"
    plain.write_text(ELMIRA, "utf-8")
    case = detente.load(plain)
    for name, mark, encoding in (("b.csv", ";", "utf-16"), ("c.csv", "\t", "cp1252")):
        other = tmp_path / name
        other.write_text(ELMIRA.replace(",", mark), encoding)
        assert detente.load(other).parties == case.parties
    book = openpyxl.Workbook()
    for line in ELMIRA.splitlines():
        book.active.append([int(c) if c.isdigit() else c for c in line.split(",")])
    book.save(tmp_path / "d.xlsx")
    assert detente.load(tmp_path / "d.xlsx").parties == case.parties
    assert detente.load(tmp_path / "d.xlsx").equivalent == case.equivalent


def test_the_command_writes_a_case(run, tmp_path):
    table = tmp_path / "elmira.csv"
    table.write_text(ELMIRA, "utf-8")
    done = run("import", table, "-o", tmp_path / "case.yaml")
    assert done.code == 0
    assert detente.load(tmp_path / "case.yaml").parties == detente.load(table).parties
    assert run("check", tmp_path / "case.yaml").code == 0


@pytest.mark.parametrize("name", ["prisoners-dilemma", "cuba", "syria-iraq", "elmira"])
def test_what_states_prints_is_read_again(name):
    case = detente.load(name)
    again = parse(csv_text(detente.states(case).tables()[0])).case
    old, new = detente.states(case), detente.states(again)
    assert len(old) == len(new)
    assert [len(p.options) for p in again.parties] == [len(p.options) for p in case.parties]


def as_table(case, graph):
    """A case as papers print it: options, ranks and every move, state by state."""
    at = np.flatnonzero(graph.feasible).tolist()
    number = {s: k for k, s in enumerate(at, start=1)}
    levels = graph.space.rows(np.array(at))
    lines = [["party", "option", *map(str, number.values())]]
    for k, (party, option) in enumerate(case.options):
        cells = [f"L{level}" for level in levels[:, k]]
        lines.append([party.name, f"{option.name} {k}", *cells])
    for p, party in enumerate(case.parties):
        ranks = graph.ranks[p].ravel()[at]
        lines.append([party.name, "payoff", *map(str, ranks)])
        moves = {s: [] for s in at}
        for who, s, q, _ in sorted(literal(graph)):
            if who == p:
                moves[s].append(str(number[q]))
        lines.append([party.name, "moves", *(" ".join(m) or "-" for m in moves.values())])
    return "\n".join(",".join(line) for line in lines)


@given(cases(max_cells=20, feasible_only=True))
@QUICK
def test_a_graph_of_moves_comes_back_as_it_was(case):
    assume(all(party.options for party in case.parties))
    try:
        graph = build(case)
    except detente.DetenteError:
        assume(condition=False)
    again = parse(as_table(case, graph)).case
    new = build(again)
    at = np.flatnonzero(graph.feasible).tolist()
    number = {s: k for k, s in enumerate(at, start=1)}
    place = {
        int(np.flatnonzero(new.where(new.truth(again), o.formula))[0]): int(o.name[1:])
        for o in again.outcomes
    }
    assert len(place) == new.n_states == len(at)
    from detente.graph.arcs import arcs

    told = {(a.mover, place[a.source], place[a.target], a.gain) for a in arcs(new)}
    assert told == {(p, number[s], number[q], g) for p, s, q, g in literal(graph)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("7,3,4,8,5,1,2,6,9\n", "7,3,4,8,5,1,2,6\n", "the ranking of 'Ministry' lacks 9"),
        ("7,3,4,8,5,1,2,6,9\n", "7,3,4,8,5,1,2,6,6\n", "lacks 9 and has 6 twice"),
        ("> 2 > 6", "> 2 > 66", "there is no state '66'"),
        ("N,Y,N,Y,N,Y,N,Y,–", "N,N,N,Y,N,Y,N,Y,–", "'1' and '2' are not told apart"),
        ("Ministry,ranking", "Minister,ranking", "'Minister' has no options"),
        ("Accept,Abandon\n", "Acept\n", "has no option 'Acept'"),
        ("Ministry,ranking,7", "Ministry,payoff,x", "has 'x', which is no number"),
        (",today,Y", "Ministry,moves,1>5\n,today,Y", "must say Y or N of every option"),
    ],
)
def test_mistakes_are_told_with_their_line(old, new, told):
    assert ELMIRA.count(old) == 1
    with pytest.raises(detente.CaseError) as error:
        parse(ELMIRA.replace(old, new), file="t.csv")
    assert told in str(error.value)
    assert str(error.value).startswith("t.csv")


def test_a_mistake_is_told_with_its_line():
    with pytest.raises(detente.CaseError, match=r"^t\.csv:8: "):
        parse(ELMIRA.replace("> 2 > 6", "> 2 > 66"), file="t.csv")


def test_what_can_be_done_only_in_some_states_stays_so_where_all_changes_occur():
    # Made by hand: P may take and leave X, but take it only without Y.
    table = "Party,Option,1,2,3,4\nP,X,N,Y,N,Y\nQ,Y,N,N,Y,Y\nP,moves,2,1,-,3\nQ,moves,3,4,1,2\n"
    from detente.graph.arcs import arcs

    graph = build(parse(table).case)
    moves = {tuple(graph.codes(np.array([a.source, a.target]))) for a in arcs(graph) if not a.mover}
    assert moves == {("NN", "YN"), ("YN", "NN"), ("YY", "NY")}


@pytest.mark.parametrize("text", ["", "a\n", "party,option\nx,y\n", "no table at all"])
def test_what_is_no_table_is_told(text):
    with pytest.raises(detente.CaseError):
        parse(text)


def test_a_broken_workbook_is_told(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(detente.CaseError, match="cannot be read as a workbook"):
        detente.load(tmp_path / "x.xlsx")
