"""The dossier as a Word document, read back by python-docx, as XML, and by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import docx
import pytest

import detente
from detente import printing
from detente.dossier.page.blocks import (
    Details,
    Heading,
    Items,
    Mark,
    Note,
    Para,
    Plate,
    Quote,
    Section,
    Table,
    plain,
)
from detente.dossier.page.dossier import Page
from detente.dossier.page.word import Letterhead, page_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
"""One white point, in place of a browser's picture."""


@cache
def answers():
    return detente.brief("korea-2018")


@cache
def page() -> Page:
    from detente.dossier.sections import page

    return page(answers())


NOBODY = Letterhead()


def made(shown: Page, head: Letterhead = NOBODY, picture=lambda svg: PNG) -> bytes:
    return page_docx(shown, head, picture)


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return ET.fromstring(file.read(name))


def words(element: ET.Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def of_one(*blocks) -> Page:
    """A page with one section of these blocks."""
    return replace(page(), sections=(Section("q1", "Question 1", "Why?", blocks),), reports=())


def test_headings_are_the_questions():
    document = docx.Document(io.BytesIO(made(page())))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    wanted = []
    for section in page().sections:
        number = re.fullmatch(r"Question (\d+)", section.kicker)
        wanted.append(f"{number[1]}. {section.title}" if number else section.title)
    assert heads == [*wanted, "Sources"]
    (title,) = (p.text for p in document.paragraphs if p.style.name == "Title")
    assert title == plain(page().front.headline)


def test_no_heading_stands_over_nothing():
    shown = of_one(
        Heading("Empty"), Details("More", (Para(("x",)),)), Heading("Full"), Para(("y",))
    )
    document = docx.Document(io.BytesIO(made(shown)))
    assert "Empty" not in [p.text for p in document.paragraphs]
    whole = docx.Document(io.BytesIO(made(replace(shown, full=True))))
    told = [p.text for p in whole.paragraphs]
    assert told.index("Empty") < told.index("More") < told.index("x") < told.index("Full")


def test_what_a_sentence_rests_on_is_a_footnote_told_once():
    a = Note("A says", "so", (Quote("words", "r1", "r1, ¶2"),))
    b = Note("B", assumed=True)
    shown = of_one(Para(("One.",), (a, b)), Para(("Two.",), (a,)), Items((Para(("It",), (b,)),)))
    data = made(replace(shown, front=replace(page().front, judgements=())))
    notes = part(data, "word/footnotes.xml")
    told = {n.get(f"{W}id"): words(n).strip() for n in notes.iter(f"{W}footnote")}
    assert told == {
        "-1": "", "0": "",
        "1": "A says: so. “words” (r1, ¶2).",
        "2": "B: assumed; no report is cited.",
    }  # fmt: skip
    body = part(data, "word/document.xml")
    signs = [s.get(f"{W}id") for s in body.iter(f"{W}footnoteReference")]
    assert signs == ["1", "2"]
    again = [t.text for t in body.iter(f"{W}instrText")]
    assert [re.search(r"NOTEREF _Ref0*(\d+)", t)[1] for t in again] == ["1", "2"]
    marks = {m.get(f"{W}name") for m in body.iter(f"{W}bookmarkStart")}
    assert marks == {"_Ref00000001", "_Ref00000002"}


def test_every_note_of_the_dossier_is_there():
    body, notes = (part(made(page()), f"word/{n}.xml") for n in ("document", "footnotes"))
    ids = [n.get(f"{W}id") for n in notes.iter(f"{W}footnote")]
    signs = [s.get(f"{W}id") for s in body.iter(f"{W}footnoteReference")]
    assert ids == ["-1", "0", *signs]
    assert signs == [str(k) for k in range(1, len(signs) + 1)]
    told = words(notes)
    wanted = {q.text for j in page().front.judgements for note in j.notes for q in note.quotes}
    assert wanted
    assert all(f"“{quote}”" in told for quote in wanted)


def test_a_list_begins_anew():
    items = Items((Para(("a",)), Para(("b",))), ordered=True)
    body = part(made(of_one(items, replace(items, start=5))), "word/document.xml")
    numbers = [n.get(f"{W}val") for n in body.iter(f"{W}numId")]
    assert len(set(numbers[-4:])) == 2
    lists = part(made(of_one(items, replace(items, start=5))), "word/numbering.xml")
    starts = [s.get(f"{W}val") for s in lists.iter(f"{W}startOverride")]
    assert starts[-2:] == ["1", "5"]


def test_tables_keep_their_heads_on_every_sheet():
    found = next(b for s in page().sections for b in s.blocks if isinstance(b, Table))
    document = docx.Document(io.BytesIO(made(of_one(found))))
    grid = document.tables[-1]
    assert [c.text for c in grid.rows[0].cells] == list(found.head)
    rows = [[" ".join(c.text.split()) for c in row.cells] for row in grid.rows[1:]]
    assert rows == [[" ".join(plain(c.text).split()) for c in row] for row in found.rows]
    assert grid.rows[0]._tr.find(f".//{W}tblHeader") is not None


def test_pictures_have_words_and_fit_the_sheet():
    data = made(page())
    body = part(data, "word/document.xml")
    told = [e.get("descr") for e in body.iter() if e.tag.endswith("}docPr")]
    figures = [b for s in page().sections for b in inside(s.blocks) if isinstance(b, Plate)]
    assert len(told) == len(figures) > 5
    assert all(told)
    for extent in (e for e in body.iter() if e.tag.endswith("}extent")):
        assert int(extent.get("cx")) <= 16 * 360_000 + 1
        assert int(extent.get("cy")) <= 19 * 360_000 + 1


def inside(blocks):
    for block in blocks:
        yield block
        if isinstance(block, Details):
            yield from inside(block.blocks)


def test_without_a_browser_pictures_are_told_in_words():
    document = docx.Document(io.BytesIO(made(page(), picture=None)))
    assert not document.inline_shapes
    assert "refuses to discuss its arms" in " ".join(p.text for p in document.paragraphs)


def test_who_may_read_it_stands_on_every_sheet():
    head = Letterhead("A. Author", "Ministry of <Water> & Dams", "Official", None)
    document = docx.Document(io.BytesIO(made(replace(page(), draft="A draft."), head)))
    (section,) = document.sections
    said = section.header.paragraphs[0].text
    assert said == "Ministry of <Water> & Dams · Official\tDraft, made by a program"
    assert section.footer.paragraphs[0].text.endswith("\t1 / 1")
    assert document.core_properties.author == "A. Author"
    assert document.paragraphs[0].text == "A draft."


def test_the_same_page_gives_the_same_bytes():
    assert made(page()) == made(page())


HOSTILE = '<w:p/>&"]]>\x00\x1b\u202e\ud800{{x}}'


def test_hostile_words_are_words():
    note = Note(HOSTILE, HOSTILE, (Quote(HOSTILE, HOSTILE),))
    shown = of_one(
        Heading(HOSTILE),
        Para((HOSTILE, Mark("quote", HOSTILE), Mark("code", HOSTILE)), (note,)),
    )
    data = made(replace(shown, title=HOSTILE), Letterhead(HOSTILE, HOSTILE, HOSTILE))
    document = docx.Document(io.BytesIO(data))
    assert any('<w:p/>&"]]>' in p.text for p in document.paragraphs)
    assert '<w:p/>&"]]>' in words(part(data, "word/footnotes.xml"))


def test_the_command_writes_word_by_the_name_and_never_over_edits(run, tmp_path, monkeypatch):
    monkeypatch.setenv(printing.VARIABLE, "no")
    monkeypatch.chdir(tmp_path)
    done = run("brief", "elmira", "--target", "settled", "-o", "e.docx")
    assert done.code == 0
    assert "no browser was found to make pictures" in done.err
    assert "e.docx is ready" in done.out
    assert run("brief", "elmira", "--target", "settled", "-o", "e.docx").code == 0
    document = docx.Document("e.docx")
    document.add_paragraph("mine")
    document.save("e.docx")
    done = run("brief", "elmira", "--target", "settled", "-o", "e.docx")
    assert done.code == 2
    assert "was edited since détente wrote it" in done.err
    assert docx.Document("e.docx").paragraphs[-1].text == "mine"


def test_a_pdf_without_a_browser_is_refused_before_the_work(run, tmp_path, monkeypatch):
    monkeypatch.setenv(printing.VARIABLE, "no")
    monkeypatch.chdir(tmp_path)
    done = run("brief", "elmira", "--format", "pdf")
    assert (done.code, done.out) == (2, "")
    assert "a PDF is made by a browser, and none was found" in done.err
    done = run("brief", "elmira", "--format", "docx", "-o", "-")
    assert "is not for a terminal" in done.err


@pytest.mark.slow
@pytest.mark.skipif(printing.found() is None, reason="no browser")
def test_a_pdf_has_the_first_page_and_every_question():
    from pypdf import PdfReader

    pages = [p.extract_text() for p in PdfReader(io.BytesIO(answers().pdf())).pages]
    assert " ".join(plain(page().front.headline).split()[:4]) in " ".join(pages[0].split())
    told = " ".join(" ".join(pages).split())
    assert all(section.title in told for section in page().sections)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_libreoffice_opens_it_with_footnotes_and_numbers(tmp_path):
    from pypdf import PdfReader

    (tmp_path / "k.docx").write_bytes(made(page()))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run([*command, profile, tmp_path / "k.docx"], check=True, capture_output=True)
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(tmp_path / "k.pdf").pages]
    assert f"1 / {len(pages)}" in pages[0]
    told = " ".join(pages)
    assert "North Korea refuses to discuss its denuclearization" in told
    assert all(section.title in told for section in page().sections)
