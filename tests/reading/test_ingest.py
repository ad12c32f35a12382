"""Files of every kind and encoding. The bytes are made here, so what they say is known."""

from __future__ import annotations

import pytest

from detente.errors import LimitError, ReportError
from detente.reading.frontmatter import front_matter
from detente.reading.ingest import read_file, report_files, report_of


def test_front_matter_is_known_and_offsets_count_the_whole_file():
    text = '---\nsource: The Gazette\ndate: 2021-03-04\ntitle: "A dam"\n---\n“We go,” Smith said.\n'
    report = report_of(text.encode(), "a/b.txt", "b")
    assert (report.source, report.date, report.title) == ("The Gazette", "2021-03-04", "A dam")
    assert report.text == text
    assert text[report.body :].startswith("“We go")


@pytest.mark.parametrize(
    "text",
    ["---\nno field\n---\ntext", "--- not so\n", "---\ndate: 1\n", "", "text\n---\ndate: 1\n---\n"],
)
def test_what_is_no_front_matter(text):
    assert front_matter(text).body == 0


def test_line_ends_are_kept_as_they_are(claims_in):
    text = "“We go,” Smith said.\r\n\r\n“We stay,” Jones said."
    for claim in claims_in(text):
        assert claim.text == "".join(text[c.start : c.end] for c in claim.content)


def test_files_come_sorted_and_folders_are_searched(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.html", "d.csv"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    assert [f.name for f in report_files([tmp_path])] == ["a.md", "b.txt", "c.html"]
    assert report_files([tmp_path / "b.txt", tmp_path]) == report_files([tmp_path])


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.txt", "no such file or folder"), ("x.csv", "not a kind of file that is read")],
)
def test_paths_that_cannot_be_read(tmp_path, name, words):
    (tmp_path / "x.csv").write_text("x")
    with pytest.raises(ReportError, match=words):
        report_files([tmp_path / name])


def test_an_empty_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(ReportError, match="no reports found"):
        report_files([tmp_path])


def test_too_large_a_file_names_the_limit(tmp_path):
    file = tmp_path / "large.txt"
    file.write_text("x" * 100)
    with pytest.raises(LimitError, match=r"100 bytes; reports of up to 99 .*--max-bytes"):
        read_file(file, max_bytes=99)


def test_html_gives_the_article():
    pytest.importorskip("trafilatura")
    page = (
        "<html><head><title>A dam</title></head><body><nav>Menu Menu</nav><article>"
        "<h1>A dam</h1><p>“We shall not wait for a treaty,” the minister told reporters here.</p>"
        "<p>The other side has not answered, and the water is rising in the valley.</p></article>"
        "<script>alert('no')</script></body></html>"
    )
    report = report_of(page.encode(), "a.html", "a")
    assert "“We shall not wait for a treaty,”" in report.text
    assert "Menu" not in report.text
    assert "alert" not in report.text


def test_a_page_without_words_is_refused():
    pytest.importorskip("trafilatura")
    with pytest.raises(ReportError, match="no readable text"):
        report_of(b"<html></html>", "a.html", "a")


def pdf(words: str) -> bytes:
    """A PDF of one page with one line in Latin-1."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def test_pdf_gives_its_text(claims_in):
    pytest.importorskip("pypdf")
    report = report_of(pdf('"We go," Smith said.'), "a.pdf", "a")
    assert report.text.strip() == '"We go," Smith said.'


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("data", [b"%PDF-1.4 nonsense", b"", pdf(" ")])
def test_a_pdf_without_text_is_refused(data):
    pytest.importorskip("pypdf")
    with pytest.raises(ReportError, match=r"a\.pdf: this PDF"):
        report_of(data, "a.pdf", "a")
