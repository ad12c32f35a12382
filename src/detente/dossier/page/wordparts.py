"""What a Word document is made of below its words: styles, lists, tables, footnotes, fields.

python-docx writes paragraphs, tables and pictures; footnotes, the restart of a list and the number
of a sheet it has not, so these are written here as WordprocessingML (ISO/IEC 29500).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from detente.printing import size_of

if TYPE_CHECKING:
    from docx.document import Document

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

_SIZES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10.5}


def dress(document: Document, face: str, fixed: str) -> None:
    """Give a new document its sheet and its styles.

    Parameters
    ----------
    face, fixed : str
        The family of letters, and that of what is typed.
    """
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    styles: Any = document.styles
    for name in ("Answer", "Lead", "Small", "Footnote Text"):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
    styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    for name, size in (
        _SIZES | {"Lead": 12, "Small": 9, "Footnote Text": 8.5, "Caption": 9}
    ).items():
        _style(styles[name], face, size)
    styles["Normal"].paragraph_format.line_spacing = 1.12
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Answer"):
        styles[name].font.bold = True
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(3)
    styles["Caption"].font.bold, styles["Caption"].font.italic = False, True
    _rule_above(styles["Heading 1"])
    _plain_title(styles["Title"])
    for name, before, after in (
        ("Normal", 0, 6), ("Title", 6, 6), ("Lead", 0, 10), ("Heading 1", 20, 6),
        ("Heading 2", 12, 3), ("Heading 3", 8, 2), ("Answer", 0, 8), ("Caption", 2, 10),
        ("Small", 0, 4), ("Footnote Text", 0, 1),
    ):  # fmt: skip
        form = styles[name].paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties = styles["Normal"].element.get_or_add_rPr()
    properties.append(language)


def _style(style: Any, face: str, size: float) -> None:
    style.font.name, style.font.size = face, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if "Theme" in key:
            del fonts.attrib[key]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), face)


def _rule_above(style: Any) -> None:
    rule = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="6" w:color="000000"/>'
        "</w:pBdr>"
    )
    style.element.get_or_add_pPr().insert_element_before(
        rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _plain_title(style: Any) -> None:
    """Take away the rule that the common template has under a title."""
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def head_and_foot(document: Document, left: str, right: str, title: str, wide: float) -> None:
    """Put who may read it into the head of every sheet, the title and its number into the foot."""
    section = document.sections[0]
    for part, words, end in ((section.header, left, right), (section.footer, title, "")):
        line = part.paragraphs[0]
        line.style = document.styles["Small"]
        line.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(Cm(wide), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(words[:90] + "…" if len(words) > 90 else words)
        line.add_run("\t" + end)
        if part is section.footer:
            _field(line, "PAGE")
            line.add_run(" / ")
            _field(line, "NUMPAGES")


def _field(line: Any, code: str, shown: str = "1") -> list[Any]:
    """Add a field, which a program works out; ``shown`` stands there until then."""
    runs = []
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = line.add_run(shown if kind == "shown" else "")
        if kind == "code":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {code} "
            run._r.append(told)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        runs.append(run)
    return runs


def new_list(document: Document, start: int = 1) -> int:
    """Return the number of a new list, which counts from ``start``."""
    numbering = document.part.numbering_part.element
    style: Any = document.styles["List Number"]
    own = style.element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(own).abstractNumId.val
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def numbered(line: Any, numbering: int) -> None:
    """Make a paragraph an item of a list."""
    properties = line._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def new_table(document: Document, columns: int, wide: float) -> Any:
    """Return a table with one row, its head, ruled as books rule them."""
    grid = document.add_table(1, columns)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (
            ("top", 10, "000000"), ("bottom", 10, "000000"), ("insideH", 4, "999999")
        )
    )  # fmt: skip
    grid._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    _whole(grid.rows[0])
    first = wide * (0.24 if columns > 3 else 1 / columns)
    for k, column in enumerate(grid.columns):
        column.width = Cm(first if k == 0 else (wide - first) / max(1, columns - 1))
    return grid


def new_row(grid: Any) -> Any:
    """Return a further row of a table; it is not broken over two sheets."""
    row = grid.add_row()
    _whole(row)
    return row


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        cell.paragraphs[0].paragraph_format.space_before = Pt(2)


def size_within(svg: str, wide: float, tall: float) -> tuple[float, float]:
    """Return the size in centimetres at which a drawing fills the width, or the height."""
    width, height = size_of(svg)
    scale = min(wide / width, tall / height)
    return width * scale, height * scale


def add_picture(document: Document, data: bytes, size: tuple[float, float], told: str) -> None:
    """Put a picture on a line of its own; ``told`` is read out in its place."""
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    shape = line.add_run().add_picture(BytesIO(data), Cm(size[0]), Cm(size[1]))
    shape._inline.docPr.set("descr", told)


def footnote_sign(line: Any, number: int) -> None:
    """Put the sign of a footnote at the end of a paragraph, marked so that it is found again."""
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        if kind == "w:bookmarkEnd":
            run = line.add_run()
            run.style = "Footnote Reference"
            sign = OxmlElement("w:footnoteReference")
            sign.set(qn("w:id"), str(number))
            run._r.append(sign)
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), str(number))
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), f"_Ref{number:08}")
        line._p.append(mark)


def footnote_again(line: Any, number: int) -> None:
    """Put the number of a footnote that stands already, as a field that points to it."""
    for run in _field(line, f"NOTEREF _Ref{number:08} \\f \\h", str(number)):
        run.style = "Footnote Reference"


def add_footnotes(document: Document, notes: Sequence[str]) -> None:
    """Write the footnotes, numbered from 1, and the lines that part them from the text."""
    if not notes:
        return
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{k}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for k, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    styles: Any = document.styles
    text, sign = styles["Footnote Text"].style_id, styles["Footnote Reference"].style_id
    told = "".join(
        f'<w:footnote w:id="{k}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{sign}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for k, note in enumerate(notes, start=1)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{rules}{told}</w:footnotes>"
    )
    package = document.part.package
    assert package is not None, "a document is in a package"
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    settings.insert_element_before(
        parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
            "</w:footnotePr>"
        ),
        *("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang"),
    )
