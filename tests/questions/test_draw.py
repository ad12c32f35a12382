"""``draw``: one picture into a file of any kind."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET

import pytest

import detente
from detente import printing

browser = pytest.mark.skipif(printing.found() is None, reason="no browser")


def test_without_a_file_svg_is_printed(run):
    done = run("draw", "elmira", "graph")
    assert (done.code, done.err) == (0, "")
    assert ET.fromstring(done.out).get("width") == "720"


def test_the_end_of_the_name_says_as_what(run, tmp_path):
    done = run("draw", "elmira", "graph", "-o", tmp_path / "x.svg", "--style", "journal")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"wrote {tmp_path / 'x.svg'}\n"
    assert (tmp_path / "x.svg").read_text("utf-8").startswith("<svg")
    done = run("draw", "elmira", "graph", "-o", tmp_path / "x.gif")
    assert done.code == 2
    assert "its name ends in .svg, .png, .pdf, .graphml, .dot" in done.err
    done = run("draw", "elmira", "outcomes", "-o", tmp_path / "x.dot")
    assert (done.code, "its name ends in .svg, .png, .pdf\n" in done.err) == (2, True)


def test_what_is_no_picture_is_told(run):
    done = run("draw", "elmira", "grph")
    assert done.code == 2
    assert "graph" in done.err


def test_another_file_is_not_written_over(run, tmp_path):
    (tmp_path / "x.svg").write_text("mine")
    done = run("draw", "elmira", "graph", "-o", tmp_path / "x.svg")
    assert done.code == 2
    assert (tmp_path / "x.svg").read_text() == "mine"
    assert run("draw", "elmira", "graph", "-o", tmp_path / "x.svg", "--force").code == 0


def test_without_a_browser_png_and_pdf_are_refused_before_the_work(run, tmp_path, monkeypatch):
    monkeypatch.setenv(printing.VARIABLE, "no")
    for name in ("x.png", "x.pdf"):
        done = run("draw", "elmira", "graph", "-o", tmp_path / name)
        assert done.code == 2
        assert "is made by a browser, and none was found" in done.err
        assert not (tmp_path / name).exists()


@browser
def test_a_png_has_the_picture_in_full(tmp_path):
    found = detente.draw("elmira", "graph")
    found.save(tmp_path / "x.png")
    head = (tmp_path / "x.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", head[16:24])
    assert (width, height) == tuple(round(side) * printing.SCALE for side in found.size)


@browser
def test_a_pdf_is_one_page_with_words_that_can_be_found(tmp_path):
    from pypdf import PdfReader

    found = detente.draw("korea-2018", "path", target="talks")
    found.save(tmp_path / "x.pdf")
    (page,) = PdfReader(tmp_path / "x.pdf").pages
    assert "Three steps" in page.extract_text()
    width, height = found.size
    box = page.mediabox
    assert float(box.width) == pytest.approx(width * 0.75, abs=2)
    assert float(box.height) == pytest.approx(height * 0.75, abs=2)


def test_graphml_and_dot_have_every_state_and_move(tmp_path):
    found = detente.draw("elmira", "graph", concept="nash")
    for name in ("x.graphml", "x.dot"):
        found.save(tmp_path / name)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ET.parse(tmp_path / "x.graphml").getroot()
    keys = {k.get("id"): k.get("attr.name") for k in root.iter(f"{space}key")}
    nodes = {}
    for node in root.iter(f"{space}node"):
        nodes[node.get("id")] = {keys[d.get("key")]: d.text for d in node}
    assert len(nodes) == 12
    held = {n["state"] for n in nodes.values() if n["nash"] == "true"}
    result = detente.stability(detente.load("elmira"), "nash")
    assert held == set(result.equilibria("nash"))
    edges = {(e.get("source"), e.get("target")) for e in root.iter(f"{space}edge")}
    text = (tmp_path / "x.dot").read_text("utf-8")
    assert set(re.findall(r"(s\d+) -> (s\d+)", text)) == edges
    assert len(re.findall(r"^  s\d+ \[", text, re.MULTILINE)) == 12
    assert text.count("peripheries=2") == len(held)


def test_a_picture_says_what_it_shows():
    found = detente.draw("elmira", "graph")
    assert str(found).startswith("All 12 states")
    assert repr(found) == "<Drawing of elmira: graph>"
    assert found._repr_html_() == found.svg


def test_a_timeline_needs_the_folder_of_the_case():
    with pytest.raises(detente.CaseError, match="name the case by its path"):
        detente.draw(detente.load("korea-2018"), "timeline")
