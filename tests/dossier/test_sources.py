"""Reports as a bibliography, read back."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.dossier.sheets.sources import bibliography
from detente.reading.report import Report
from strategies import QUICK

WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
DAYS = st.sampled_from(("", "2018", "2018-02", "2018-02-27", "soon"))
REPORTS = st.builds(
    Report,
    id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
    file=st.just("f"),
    text=st.just(""),
    sha256=st.just(""),
    date=DAYS,
    source=WORDS,
    url=WORDS,
    title=WORDS,
)
UNTEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    **{f"\\{c}": c for c in "{}&%$#_"},
}  # fmt: skip


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Entries by counting braces, as BibTeX does; an escaped brace counts too, as it does there."""
    entries = []
    for chunk in re.split(r"(?m)^@misc", text)[1:]:
        assert chunk.rstrip().endswith("\n}")
        key, *lines = chunk.strip()[1:-2].split(",\n")
        found = {"key": key}
        for line in lines:
            if line.strip():
                name, value = line.split(" = ", 1)
                value = value.removesuffix(",")
                bare = re.sub(r"\\[{}]", "", value)
                assert bare.startswith("{")
                assert bare.endswith("}")
                assert bare.count("{") == bare.count("}")
                found[name.strip()] = value[1:-1]
        entries.append(found)
    return entries


def untex(text: str) -> str:
    known = "|".join(map(re.escape, sorted(UNTEX, key=len, reverse=True)))
    return re.sub(known, lambda m: UNTEX[m[0]], text)


def spaced(text: str) -> str:
    return " ".join(text.split())


@given(st.lists(REPORTS, max_size=4))
@QUICK
def test_every_report_is_in_each_form_with_its_own_key(reports):
    reports.sort(key=lambda r: r.id)
    bib = read_bibtex(bibliography(reports, "bibtex"))
    csl = json.loads(bibliography(reports, "csl"))
    ris = [e for e in bibliography(reports, "ris").split("ER  - \n\n") if e.strip()]
    assert len(bib) == len(csl) == len(ris) == len(reports)
    keys = [entry["key"] for entry in bib]
    assert keys == [entry["id"] for entry in csl]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9.:+/-]+", key) for key in keys)
    for entry, other, lines in zip(bib, csl, ris, strict=True):
        title = untex(entry["title"][1:-1])
        assert title == other["title"]
        assert f"\nTI  - {title}\n" in lines
        assert all(re.match(r"[A-Z]{2}  - ", line) for line in lines.splitlines())


def test_what_the_front_matter_tells_is_there():
    report = Report(
        "0412-talks", "f", "", "", "2018-02-27", "A & B {Press}", "https://example.org/a_b", "50 %"
    )
    assert bibliography([report], "bibtex") == (
        "@misc{0412-talks,\n"
        "  title = {{50 \\%}},\n"
        "  howpublished = {A \\& B \\{Press\\}},\n"
        "  year = {2018},\n"
        "  month = {2},\n"
        "  date = {2018-02-27},\n"
        "  url = {https://example.org/a_b},\n"
        "  note = {Report 0412-talks},\n"
        "}\n"
    )
    assert bibliography([report], "ris").splitlines() == [
        "TY  - GEN", "ID  - 0412-talks", "TI  - 50 %", "PB  - A & B {Press}", "PY  - 2018",
        "DA  - 2018/02/27/", "UR  - https://example.org/a_b", "ER  - ",
    ]  # fmt: skip
    assert json.loads(bibliography([report], "csl")) == [
        {
            "id": "0412-talks",
            "type": "document",
            "title": "50 %",
            "publisher": "A & B {Press}",
            "issued": {"date-parts": [[2018, 2, 27]]},
            "URL": "https://example.org/a_b",
            "note": "Report 0412-talks",
        }
    ]


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_the_command_writes_it(run, tmp_path, form):
    done = run("export", "korea-2018", "--format", form, "-o", tmp_path / "x")
    assert done.code == 0
    text = (tmp_path / "x").read_text("utf-8")
    assert text.count("New sanctions on ships that trade with the North") == 1
    done = run("export", "elmira", "--format", form)
    assert done.code == 2
    assert "there are no reports in" in done.err
