"""Tables as CSV, LaTeX, Markdown and Excel files."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from detente.dossier.sheets.model import Cell, Table, broken, one_line, shown
from detente.errors import DetenteError

LATEX_COLUMNS = 18
"""A page of a journal holds so many narrow columns."""

EXCEL_COLUMNS, EXCEL_ROWS = 16_384, 1_048_576
EXCEL_CELL = 32_767

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "`": r"\textasciigrave{}",
    "–": "--",
    "—": "---",
}


def csv_text(table: Table) -> str:
    """Return a table as CSV in UTF-8; the first line holds the names of the columns.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow([_guarded(name) for name in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return page.getvalue()


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return repr(cell)
        case int():
            return str(cell)
    return _guarded(one_line(cell))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def latex_text(tables: Sequence[Table]) -> str:
    r"""Return tables for a LaTeX document that loads ``booktabs``; wide ones in pieces."""
    pieces = [piece for table in tables for piece in broken(table, LATEX_COLUMNS)]
    return "% \\usepackage{booktabs}\n" + "\n".join(map(_latex_table, pieces))


def _latex_table(table: Table) -> str:
    sides = "".join("r" if _is_numeric(table, k) else "l" for k in range(len(table.columns)))
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{latex(table.title)}}}",
        rf"\begin{{tabular}}{{{sides}}}",
        r"\toprule",
        _latex_row(map(latex, table.columns)),
        r"\midrule",
        *(_latex_row(latex(shown(cell)) for cell in row) for row in table.rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _latex_row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def latex(text: str) -> str:
    """Return text that LaTeX prints as it is: no command, and no two signs made one."""
    plain = one_line(text)
    printed = (_LATEX.get(c, c) for c in plain)
    doubled = (a == b and b in "-'," for a, b in itertools.pairwise(f" {plain}"))
    return "".join("{}" * twice + c for twice, c in zip(doubled, printed, strict=True))


def _is_numeric(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.rows if row[column] is not None]
    return bool(cells) and all(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells
    )


def markdown_text(tables: Sequence[Table]) -> str:
    """Return tables as Markdown has them, each under its title in bold."""
    return "\n".join(map(_markdown_table, tables))


def _markdown_table(table: Table) -> str:
    sides = ["--:" if _is_numeric(table, k) else ":--" for k in range(len(table.columns))]
    rows = [table.columns, *([shown(cell) for cell in row] for row in table.rows)]
    lines = ["| " + " | ".join(map(markdown, row)) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(sides) + " |")
    return "\n".join([f"**{markdown(table.title)}**", "", *lines, ""])


def markdown(text: str) -> str:
    """Return text that Markdown shows as it is, within a cell."""
    escaped = re.sub(r"([\\`*_\[\]|#~$])", r"\\\1", one_line(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def excel_bytes(tables: Sequence[Table]) -> bytes:
    """Return an Excel file with a sheet for each table; no cell is a formula.

    Raises
    ------
    DetenteError
        If xlsxwriter is not installed, or a table is larger than a sheet.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise DetenteError(
            "Excel files need xlsxwriter: pip install 'detente[office]'; or write .csv"
        ) from None
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same answer, the same bytes
        bold = book.add_format({"bold": True})
        taken: set[str] = set()
        for table in tables:
            if len(table.columns) > EXCEL_COLUMNS or len(table.rows) >= EXCEL_ROWS:
                raise DetenteError(
                    f"the table '{table.name}' has {len(table.columns):,} columns and "
                    f"{len(table.rows):,} rows, more than a sheet of Excel; write .csv, or turn "
                    "it by --by-state where there is that option"
                )
            sheet = book.add_worksheet(sheet_name(table.name, taken))
            for k, name in enumerate(table.columns):
                sheet.write_string(0, k, one_line(name)[:EXCEL_CELL], bold)
            for r, row in enumerate(table.rows, 1):
                for k, cell in enumerate(row):
                    _write_cell(sheet, r, k, cell)
            sheet.freeze_panes(1, table.stub)
    return file.getvalue()


def _write_cell(sheet: Any, row: int, column: int, cell: Cell) -> None:
    match cell:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, cell)
        case int() if abs(cell) < 2**53:
            sheet.write_number(row, column, cell)
        case float() if math.isfinite(cell):
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, one_line(str(cell))[:EXCEL_CELL])


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes for a sheet, and enter it among those taken."""
    bare = re.sub(r"[\[\]:*?/\\']", " ", one_line(name)).strip()[:28] or "table"
    found = next(
        n
        for k in range(1, 1000)
        if (n := bare if k == 1 else f"{bare} {k}").casefold() not in taken
    )
    taken.add(found.casefold())
    return found
