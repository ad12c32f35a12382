"""Answers to every question: as a prompt, people and programs see them, and as tables.

Tables are read back in every format by programs of others.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pandas
import pytest
from rich.cells import cell_len

import detente
from detente.case.model import Case
from detente.dossier.sheets import write
from detente.dossier.sheets.model import Table, broken, chosen, shown
from detente.dossier.sheets.terminal import fitting, terminal_view
from detente.questions.declare import result_of
from detente.questions.result import Result, Tabled, as_text
from detente.questions.shapes import schema, shape_of
from detente.questions.table import COMMANDS, FUNCTIONS
from detente.risk.uncertainty import Today
from detente.stability.analysis import Verdicts
from draft_samples import LATER, doubtful, fresh, pass_report
from rules_alone import rules_alone


def _has_tables(name: str) -> bool:
    module = importlib.import_module(f"detente.questions.{FUNCTIONS[name].question}")
    found = result_of(getattr(module, name))
    return isinstance(found, type) and issubclass(found, Tabled)


TABLED = [name for name in FUNCTIONS if name in COMMANDS and _has_tables(name)]
FORMATS = ("csv", "latex", "markdown", "xlsx", "terminal", "frame")

NASTY = (
    "=1+1 & 50% of $5, #1_{a}~^\\",
    '[x] | *y* `z` <b>"q"</b>',
    "-2+3\n@home, ''q'' ,,r --- s",
    "\\\\ \\end{tabular} \\input{x}",
    "–",
    "Größe 中文 ½",
    "",
)
"""Cells that some format takes for something else than words."""


@cache
def updated() -> Any:
    """What one more sentence proposes for a draft, as the rules read it."""
    with rules_alone():
        return detente.update(answer("draft").save(fresh("pass")), [pass_report(LATER)])


@cache
def answer(name: str) -> Any:
    """An answer to a question on a case of the gallery, worked out once for all tests."""
    elmira, korea = detente.load("elmira"), detente.load("korea-2018")
    made = {
        "brief": lambda: detente.brief("elmira", cost=0),
        "broker": lambda: detente.broker(korea),
        "check": lambda: detente.check(doubtful()),
        "deadlock": lambda: detente.deadlock(korea),
        "diff": lambda: detente.diff(detente.load("korea-2017"), korea, concepts="nash"),
        "dilemmas": lambda: detente.dilemmas(korea),
        "draft": lambda: detente.draft(pass_report()),
        "draw": lambda: detente.draw(korea, "outcomes"),
        "evolution": lambda: detente.evolution(answer("stability")),
        "explain": lambda: detente.explain(elmira),
        "export": lambda: detente.export("us-china-trade"),
        "inverse": lambda: detente.inverse(elmira),
        "load": lambda: korea,
        "path": lambda: detente.path(korea),
        "prism": lambda: detente.prism(elmira, danger="closed"),
        "radius": lambda: detente.radius(detente.load("korea-2017"), cost=1),
        "read": lambda: detente.read(pass_report()),
        "risk": lambda: detente.risk(elmira, danger="closed", ticks=3, rates=0),
        "stability": lambda: detente.stability(elmira),
        "states": lambda: detente.states(elmira),
        "sweep": lambda: detente.sweep(elmira, [Today(2, (0, 1))], 5, workers=1),
        "update": updated,
        "unlock": lambda: detente.unlock(elmira, target="as_ordered", cost=1),
        "views": lambda: detente.views(detente.load("korea-jacobi-feared"), "seq"),
        "whatif": lambda: detente.whatif(elmira, ["moe.modify"]),
        "who": lambda: detente.who(korea, "war"),
        "zone": lambda: detente.zone(elmira, start="Y0N"),
    }
    return made[name]()


def hostile() -> Table:
    """A table whose every word is a trap."""
    rows = tuple((text, k, k / 3, k % 2 == 0, None) for k, text in enumerate(NASTY))
    return Table("=x/[y]:*?", NASTY[0], (NASTY[0], "count", NASTY[1], "yes or no", ""), rows)


def tables_of(name: str) -> tuple[Table, ...]:
    return (hostile(),) if name == "hostile" else answer(name).tables()


# --- lines, words and documents -------------------------------------------------------------------

WITHOUT_SHAPE = {"prism"}  # texts by the names of files


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_answer_is_one_short_line_in_a_prompt_and_words_in_print(name: str) -> None:
    found = answer(name)
    line = repr(found)
    assert "\n" not in line
    assert len(line) < 200
    if not isinstance(found, Result):
        assert isinstance(found, Case)
        return
    assert str(found).strip()
    assert "<" in found._repr_html_()
    assert found.version == detente.__version__
    assert isinstance(found.complete, bool)
    document = json.loads(json.dumps(found.document()))  # type: ignore[attr-defined]
    assert (shape_of(name) is None) == (name in WITHOUT_SHAPE)
    if name not in WITHOUT_SHAPE:
        check = jsonschema.Draft202012Validator(schema(name))
        for one in document if isinstance(document, list) else [document]:
            assert list(check.iter_errors(one)) == []


# --- reading back --------------------------------------------------------------------------------


def one_line(text: str) -> str:
    return " ".join(text.split())


def in_csv(tables: tuple[Table, ...]) -> None:
    for table in tables:
        text = write.csv_text(table)
        assert "\ufeff" not in text
        head, *rows = csv.reader(io.StringIO(text))
        assert [cell.removeprefix("'") for cell in head] == [one_line(c) for c in table.columns]
        assert len(rows) == len(table.rows)
        for row, wanted in zip(rows, table.rows, strict=True):
            for cell, value in zip(row, wanted, strict=True):
                if isinstance(value, bool):
                    assert cell == ("yes" if value else "no")
                elif isinstance(value, int | float):
                    assert float(cell) == value
                else:
                    assert cell[:1] not in ("=", "+", "-", "@")
                    assert cell.removeprefix("'") == one_line(value or "")


def approx(value: float) -> Any:
    """A number as a workbook keeps it, of which sixteen digits are left."""
    return pytest.approx(value, rel=1e-14)


def in_excel(tables: tuple[Table, ...]) -> None:
    data = write.excel_bytes(tables)
    assert data == write.excel_bytes(tables)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.worksheets) == len(tables)
    for sheet, table in zip(book.worksheets, tables, strict=True):
        head, *rows = [list(row) for row in sheet.iter_rows()]
        assert [cell.value or "" for cell in head] == [one_line(c) for c in table.columns]
        assert len(rows) == len(table.rows)
        for row, wanted in zip(rows, table.rows, strict=True):
            for cell, value in zip(row, wanted, strict=True):
                assert cell.data_type != "f", cell.value
                if isinstance(value, str):
                    assert (cell.value or "") == one_line(value)
                else:
                    assert cell.value == (approx(value) if isinstance(value, float) else value)
                    assert isinstance(cell.value, bool) == isinstance(value, bool)


UNLATEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|", r"\textquotedbl{}": '"',
    r"{[}": "[", r"{]}": "]", r"{*}": "*", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#",
    r"\_": "_", r"\{": "{", r"\}": "}", "---": "—", "--": "–", "{}": "",
    r"\textasciigrave{}": "`",
}  # fmt: skip
"""How LaTeX prints what stands for a character, written from its manual."""


def printed(latex: str) -> str:
    """What LaTeX prints; fails at a character that it takes for a command."""
    known = "|".join(map(re.escape, UNLATEX))
    left = re.sub(known, "·", latex)
    assert not re.search(r"[\\{}&%$#_~^`]|,,|''|--", left), left
    return re.sub(known, lambda m: UNLATEX[m[0]], latex)


def in_latex(tables: tuple[Table, ...]) -> None:
    text = write.latex_text(tables)
    pieces = [piece for table in tables for piece in broken(table, write.LATEX_COLUMNS)]
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") == len(pieces)
    found = re.findall(
        r"\\caption\{([^\n]*)\}\n\\begin\{tabular\}\{([lr]+)\}\n\\toprule\n(.*?)\\bottomrule\n"
        r"\\end\{tabular\}\n\\end\{table\}",
        text,
        re.DOTALL,
    )
    assert len(found) == len(pieces)
    for (caption, sides, body), piece in zip(found, pieces, strict=True):
        assert printed(caption) == one_line(piece.title)
        assert len(sides) == len(piece.columns)
        head, rest = body.split("\\midrule\n")
        lines = [*head.splitlines(), *rest.splitlines()]
        wanted = [list(map(one_line, piece.columns)), *[[*map(shown, r)] for r in piece.rows]]
        assert len(lines) == len(wanted)
        for line, cells in zip(lines, wanted, strict=True):
            assert line.endswith(r" \\")
            read = re.split(r"(?<!\\) ?& ?", line.removesuffix(r" \\"))
            assert [printed(cell) for cell in read] == cells


def in_markdown(tables: tuple[Table, ...]) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(write.markdown_text(tables))
    read: list[list[list[str]]] = []
    for k, token in enumerate(tokens):
        if token.type == "table_open":
            read.append([])
        elif token.type == "tr_open":
            read[-1].append([])
        elif token.type in ("th_open", "td_open"):
            children = tokens[k + 1].children or []
            assert {c.type for c in children} <= {"text", "text_special"}, tokens[k + 1].content
            read[-1][-1].append("".join(c.content for c in children))
    assert read == [
        [[*map(one_line, t.columns)], *[[*map(shown, row)] for row in t.rows]] for t in tables
    ]


def in_a_terminal(tables: tuple[Table, ...]) -> None:
    for table in tables:
        for width in (40, 80, 200):
            pieces = list(fitting(table, width))
            assert all(
                piece.columns[: table.stub] == table.columns[: table.stub] for piece, _ in pieces
            )
            told = [c for piece, _ in pieces for c in piece.columns[table.stub :]]
            assert told == list(table.columns[table.stub :])
            assert all(sum(widths) <= width for _, widths in pieces)
    text = as_text(terminal_view(tables, 80))
    assert max(map(cell_len, text.splitlines())) <= 80
    squeezed = re.sub(r"\s", "", text)
    for table in tables:
        for row in table.rows:
            for value in row:
                for word in shown(value).split():
                    if len(word) < 8:
                        assert word in squeezed


def in_a_frame(tables: tuple[Table, ...]) -> None:
    for table in tables:
        frame = table.frame()
        assert isinstance(frame, pandas.DataFrame)
        assert list(frame.columns) == list(table.columns)
        assert len(frame) == len(table.rows)
        for k, name in enumerate(table.columns):
            for value, row in zip(frame[name], table.rows, strict=True):
                assert (row[k] is None and pandas.isna(value)) or value == row[k]


READ_BACK = {
    "csv": in_csv,
    "latex": in_latex,
    "markdown": in_markdown,
    "xlsx": in_excel,
    "terminal": in_a_terminal,
    "frame": in_a_frame,
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", [*TABLED, "hostile"])
def test_a_table_is_read_back_as_it_was(name: str, form: str) -> None:
    tables = tables_of(name)
    assert tables
    assert len({table.name for table in tables}) == len(tables)
    READ_BACK[form](tables)


@pytest.mark.parametrize("name", TABLED)
def test_the_chief_table_has_something_to_tell(name: str) -> None:
    found = answer(name)
    assert found.tables()[0].rows
    for table in found.tables():
        assert len(found.frame(table.name)) > 0 or not table.rows


def test_as_many_questions_have_tables_as_answers_here() -> None:
    without = {name for name in FUNCTIONS if name in COMMANDS} - {*TABLED}
    assert without == {"draw"}


# --- what stands in them -------------------------------------------------------------------------


def test_the_dilemma_is_as_in_the_textbook() -> None:
    """Both defect under Nash alone; sanctions keep both from leaving cooperation, too."""
    states, counts = detente.stability(detente.load("prisoners-dilemma"), "nash,gmr").tables()
    assert states.columns == ("party", "option", "1", "2", "3", "4")
    assert [row[1:] for row in states.rows] == [
        ("state", "NN", "NY", "YN", "YY"),
        ("Defect", "N", "N", "Y", "Y"),
        ("Defect", "N", "Y", "N", "Y"),
        ("Nash", "–", "–", "s", "s"),
        ("Nash", "–", "s", "–", "s"),
        ("Nash", "–", "–", "–", "E"),
        ("GMR", "s", "–", "s", "s"),
        ("GMR", "s", "s", "–", "s"),
        ("GMR", "E", "–", "–", "E"),
    ]
    assert counts.rows == (("nash", 2, 2, 1), ("gmr", 3, 3, 2))


def test_a_state_keeps_its_number() -> None:
    """Of the dilemma's four states, in the order NN, NY, YN, YY, the row player defects in two."""
    found = detente.states(detente.load("prisoners-dilemma"), "row.defect")
    assert found.tables()[0].columns == ("party", "option", "3", "4")
    (tall,) = found.tables(by_state=True)
    assert tall.columns == ("number", "state", "row.defect", "col.defect")
    assert tall.rows == ((3, "YN", "yes", "no"), (4, "YY", "yes", "yes"))
    assert list(found.frame()["number"]) == [3, 4]


def test_one_row_a_state_says_what_the_frame_says() -> None:
    found = answer("stability")
    tall = found.tables(by_state=True)[0].frame()
    older = Verdicts.frame(found)
    assert tall[list(older.columns)].equals(older)


def test_of_a_large_case_the_paper_form_has_what_holds() -> None:
    found = detente.stability(detente.load("korea-2018"), "nash")
    table = found.tables()[0]
    assert list(table.rows[0][2:]) == list(found.equilibria("nash"))
    assert "3 of 3,780 states: those that hold" in table.title
    assert set(table.rows[-1][2:]) == {"E"}
    assert len(found.tables(by_state=True)[0].rows) == found.n_states


def test_in_decision_diagrams_states_are_counted_alone() -> None:
    with detente.graph.using("diagrams"):
        found = detente.stability(detente.load("elmira"), "nash")
        (counts,) = found.tables()
    assert counts.rows == answer("stability").tables()[1].rows[:1]


def test_of_an_interrupted_answer_there_is_what_was_done() -> None:
    """Of nash and seq for three parties four verdicts are there: seq is not known for two."""
    whole = detente.stability(detente.load("elmira"), "nash,seq")
    states, counts = replace(whole, verdicts=whole.verdicts[:4]).tables()
    assert [row[:2] for row in states.rows[-2:]] == [
        ("all", "Nash"),
        ("Ontario Ministry of the Environment", "SEQ"),
    ]
    assert counts.rows[1][2:] == (None, None, None)


def test_a_wide_table_is_broken_with_its_left_repeated() -> None:
    table = Table("t", "Wide", ("a", "b", *map(str, range(40))), ((*"ab", *range(40)),), stub=2)
    pieces = list(broken(table, 18))
    assert [len(p.columns) for p in pieces] == [18, 18, 10]
    assert {p.columns[:2] for p in pieces} == {("a", "b")}
    assert [p.title for p in pieces] == ["Wide", "Wide (continued)", "Wide (continued)"]
    assert [c for p in pieces for c in p.rows[0][2:]] == list(range(40))


def test_columns_of_one_name_are_told_apart() -> None:
    assert Table("t", "", ("a", "a", "a (2)"), ()).columns == ("a", "a (2)", "a (2) (2)")


def test_a_table_that_is_not_there_is_refused() -> None:
    with pytest.raises(detente.DetenteError, match=r"no table 'count'; .*: states, counts"):
        chosen(answer("stability").tables(), "count")


def test_a_sheet_too_small_is_said_before_anything_is_written() -> None:
    wide = Table("t", "", tuple(map(str, range(16_385))), ())
    with pytest.raises(detente.DetenteError, match=r"16,385 columns .* --by-state"):
        write.excel_bytes((wide,))


# --- the command line ----------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_format_needs_no_table_and_csv_begins_with_its_header(run: Any) -> None:
    ran = run("stability", "elmira", "--format", "csv")
    assert ran.code == 0
    assert ran.out == write.csv_text(answer("stability").tables()[0])
    assert ran.out.startswith("party,option,1,2,3,")
    assert "for others: --only counts" in ran.err
    only = run("stability", "elmira", "--format", "csv", "--only", "counts")
    assert only.out.splitlines()[0] == "concept,moe,uniroyal,local,equilibria"
    for form, writer in (("latex", write.latex_text), ("markdown", write.markdown_text)):
        assert run("stability", "elmira", "--format", form).out == writer(
            answer("stability").tables()
        )


def test_json_is_the_document(run: Any, here: Path) -> None:
    plain = run("stability", "elmira", "--json", "--counts").out
    assert run("stability", "elmira", "--format", "json", "--counts").out == plain
    assert run("stability", "elmira", "--json", "--counts", "-o", "x.json").out == ""
    assert json.loads((here / "x.json").read_text("utf-8")) == json.loads(plain)


def test_the_end_of_a_name_says_as_what(run: Any, here: Path) -> None:
    for name in ("x.csv", "x.xlsx", "x.tex", "x.md", "x.json"):
        ran = run("states", "elmira", "-o", name)
        assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {name}\n")
    assert (here / "x.csv").read_text("utf-8").startswith("party,option,1,")
    assert (here / "x.tex").read_text("utf-8").startswith("% \\usepackage{booktabs}\n")
    assert openpyxl.load_workbook(here / "x.xlsx").sheetnames == ["states"]
    (here / "x.csv").write_text("mine\n", "utf-8")
    ran = run("states", "elmira", "-o", "x.csv")
    assert (ran.code, "add --force" in ran.err) == (2, True)
    assert run("states", "elmira", "-o", "x.csv", "--force").code == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["-o", "x.doc"], "'x.doc' does not say as what; name it .csv, .xlsx, .tex, .md, .json"),
        (["--format", "xlsx"], "Excel files are not for a terminal; add -o FILE.xlsx"),
        (["--json", "--table"], "--json and --table: give one of them"),
        (["--json", "--format", "csv"], "--json and --format: give one of them"),
        (["--only", "counts"], "--only goes with --table, --format or -o"),
        (["--by-state"], "--by-state goes with --table, --format or -o"),
        (["--force"], "--force goes with -o"),
        (["--table", "--only", "x"], "there is no table 'x'; tables of this answer: states"),
    ],
)
def test_options_that_do_not_go_together(run: Any, given: list[str], told: str) -> None:
    ran = run("stability", "elmira", *given)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_several_cases_go_to_no_one_file(run: Any, here: Path) -> None:
    ran = run("stability", "elmira", "prisoners-dilemma", "-o", "x.csv")
    assert (ran.code, list(here.iterdir())) == (2, [])
    assert "-o takes one case" in ran.err
    both = run("stability", "elmira", "prisoners-dilemma", "--format", "markdown")
    assert both.out.count("**Stability of ") == 2


def test_labels_of_a_case_do_no_harm(run: Any, here: Path) -> None:
    label = NASTY[0].replace("\\", "\\\\")
    (here / "case.yaml").write_text(
        f'title: "{label}"\nparties:\n  a:\n    name: "{label}"\n    options:\n'
        f'      go: {{label: "{label}"}}\n',
        "utf-8",
    )
    table = detente.states(detente.load(here / "case.yaml")).tables()[0]
    assert table.rows[1][:2] == (NASTY[0], NASTY[0])
    ran = run("states", "case.yaml", "--format", "csv")
    assert ran.out.splitlines()[2].startswith(f'"\'{NASTY[0]}"')
    for form in FORMATS:
        READ_BACK[form]((table,))


def test_the_gallery_is_a_table_too(run, tmp_path):
    from detente import gallery

    done = run("gallery", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    head, *rows = csv.reader(io.StringIO(done.out))
    assert head == ["name", "title", "parties", "states", "grade"]
    assert [row[0] for row in rows] == [entry.name for entry in gallery.entries()]
    assert run("gallery", "-o", tmp_path / "g.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").worksheets[0]
    assert sheet.max_row == len(rows) + 1
    assert json.loads(run("gallery", "--format", "json").out) == json.loads(
        run("gallery", "--json").out
    )
