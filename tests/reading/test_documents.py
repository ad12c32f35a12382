"""Documents of every kind. They are made here, so what they say is known."""

from __future__ import annotations

import io
import time
import zipfile
from email.message import EmailMessage

import pytest

from detente.errors import LimitError, ReportError
from detente.reading import office
from detente.reading.ingest import report_of
from detente.reading.webpage import without_crowded_tags


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


def test_complaints_of_the_pdf_library_reach_nobody(capfd, caplog):
    pytest.importorskip("pypdf")
    damaged = pdf("The dam is full.").replace(b"0000000015", b"0000000016")
    damaged = damaged.replace(b"startxref\n", b"startxref\n9")
    report = report_of(damaged, "a.pdf", "a")
    assert "The dam is full." in report.text
    (note,) = report.notes
    assert note.startswith("this PDF is damaged (")
    assert note.endswith("; words may be missing")
    assert capfd.readouterr().err == ""
    assert caplog.records == []


def two_pages() -> bytes:
    """A PDF of two pages, the second of which the library gives up on."""
    made = pdf("The dam is full.").replace(
        b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 6 0 R] /Count 2"
    )
    stream = b"BT /F1 12 Tf () >> Tj) Tj ET"
    page = b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    more = b"6 0 obj\n%s\nendobj\n7 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\nxref"
    return made.replace(b"xref", more % (page, len(stream), stream), 1)


def test_a_broken_page_does_not_take_the_others_with_it():
    pytest.importorskip("pypdf")
    report = report_of(two_pages(), "a.pdf", "a")
    assert report.text.strip() == "The dam is full."
    (note,) = report.notes
    assert note.startswith("this PDF is damaged (")


def test_a_damaged_pdf_without_text_is_not_taken_for_pictures():
    pytest.importorskip("pypdf")
    damaged = pdf(") >> Tj").replace(b"startxref\n", b"startxref\n9")
    with pytest.raises(
        ReportError, match=r"a\.pdf: this PDF is damaged \(\d faults?\) and gives no"
    ):
        report_of(damaged, "a.pdf", "a")


def test_a_byline_does_not_run_into_the_first_sentence():
    pytest.importorskip("trafilatura")
    page = (
        "<html><head><title>Ferry - The Post</title></head><body><article><h1>Ferry</h1>"
        '<div class="author">By Ola Berg</div><p>Grauland will pay only if Ruritania returns the'
        " ferry, Graulandic Minister Per Dahl said.</p><p>“We want it back,” Dahl said.</p>"
        "</article></body></html>"
    )
    assert report_of(page.encode(), "a.html", "a").text.split("\n") == [
        "Ferry",
        "By Ola Berg",
        "Grauland will pay only if Ruritania returns the ferry, Graulandic Minister Per Dahl said.",
        "“We want it back,” Dahl said.",
    ]


WORDS = "<p>The gates of the dam stay shut, the minister said on Monday in the capital.</p>"


@pytest.mark.parametrize("value", ['"x"', "x", '"a > b"', "'<p>'", ""])
def test_a_page_with_many_attributes_is_read(value):
    pytest.importorskip("trafilatura")
    crowd = " ".join(f"a{k}={value}" if value else f"a{k}" for k in range(100_000))
    page = f"<html><body><article><p {crowd}>{WORDS}</article></body></html>".encode()
    assert "The gates of the dam stay shut" in report_of(page, "a.html", "a").text


@pytest.mark.clock
def test_a_page_with_many_attributes_takes_no_minute():
    pytest.importorskip("trafilatura")
    crowd = " ".join(f'a{k}="x"' for k in range(100_000))
    page = f"<html><body><article><p {crowd}>{WORDS}</article></body></html>".encode()
    began = time.process_time()
    report_of(page, "a.html", "a")
    assert time.process_time() - began < 15  # some 90 with the attributes, 0.5 without


@pytest.mark.parametrize(
    "page",
    ['<a href="x" id=y>z</a>', "1 < 2 <b>c</b>", "<p", '<p "', "<a b='>'>c", "<<<a <b>", ""],
)
def test_pages_with_few_attributes_stay(page):
    assert without_crowded_tags(page) == page


def test_only_the_crowded_tag_loses_its_attributes():
    crowd = "".join(f' a{k}="{k}"' for k in range(300))
    assert without_crowded_tags(f'<i a="1"><p{crowd}>b<u c="2">') == '<i a="1"><p>b<u c="2">'


def archive(**parts: str) -> bytes:
    """A zip archive of some texts; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On  the\ndam</dc:title></c>'


def docx(body: str, **more: str) -> bytes:
    """A Word document with a body."""
    return archive(
        word__document=f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>', **more
    )


def test_a_word_document_gives_its_text_as_last_edited():
    pytest.importorskip("lxml")
    body = (
        "<w:p><w:pPr><w:tab/></w:pPr><w:r><w:t>The dam</w:t></w:r>"
        "<w:del><w:r><w:delText> is empty</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve"> is full.</w:t></w:r></w:ins></w:p><w:p/>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>"
    )
    report = report_of(docx(body, docProps__core=CORE), "a.docx", "a")
    assert report.text == "The dam is full.\n\nOne\ntwo"
    assert report.title == "On the dam"


def test_a_document_made_by_word_processors_library_is_read():
    library = pytest.importorskip("docx")
    made = library.Document()
    made.add_heading("The dam", 1)
    made.add_paragraph("It is ").add_run("full.").bold = True
    out = io.BytesIO()
    made.save(out)
    assert report_of(out.getvalue(), "a.docx", "a").text == "The dam\n\nIt is full."


def test_an_opendocument_text_gives_its_text():
    pytest.importorskip("lxml")
    o = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<o:d xmlns:o="{o}office:1.0" xmlns:t="{o}text:1.0"><o:body><o:text>'
        "<t:tracked-changes><t:p>deleted</t:p></t:tracked-changes><t:h>The dam</t:h>"
        '<t:p>It<t:s t:c="2"/>is <t:span>full</t:span>.<t:note><t:p>no</t:p></t:note> So.</t:p>'
        "<t:list><t:list-item><t:p>One<t:line-break/>two</t:p></t:list-item></t:list>"
        "</o:text></o:body></o:d>"
    )
    report = report_of(archive(content=content, meta=CORE), "a.odt", "a")
    assert report.text == "The dam\n\nIt  is full. So.\n\nOne\ntwo"
    assert report.title == "On the dam"


def test_rtf_gives_its_text():
    pytest.importorskip("striprtf")
    data = (
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\b The dam\b0  is full.\par Caf\'e9 \u8220?no\u8221?.}"
    )
    assert report_of(data, "a.rtf", "a").text.split("\n") == ["The dam is full.", "Café “no”."]


def mail(**parts: str) -> EmailMessage:
    """A mail of the third of March."""
    made = EmailMessage()
    made["From"] = "Press Office <press@example.org>"
    made["Subject"] = "On the dam"
    made["Date"] = "Sat, 3 Mar 2018 23:30:00 -0500"
    if "plain" in parts:
        made.set_content(parts["plain"])
    if "html" in parts:
        made.add_alternative(parts["html"], subtype="html")
    return made


def test_a_mail_gives_its_plain_part_with_day_and_sender():
    made = mail(plain="The dam is full – café.\n", html="<p>Another text.</p>")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="map.pdf")
    report = report_of(made.as_bytes(), "a.eml", "a")
    assert report.text.strip() == "The dam is full – café."
    assert (report.date, report.title) == ("2018-03-03", "On the dam")
    assert report.source == "Press Office <press@example.org>"
    assert report.notes == ("attached and not read: map.pdf; save it beside the mail",)


def test_a_mail_that_is_a_page_alone_gives_the_page():
    pytest.importorskip("trafilatura")
    report = report_of(mail(html=f"<html><body>{WORDS}</body></html>").as_bytes(), "a.eml", "a")
    assert (
        report.text == "The gates of the dam stay shut, the minister said on Monday in the capital."
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"PK no", "this Word document cannot be read"),
        ("a.docx", docx("<w:p/>"), "this Word document holds no text"),
        ("a.docx", archive(other="<a/>"), "this Word document cannot be read"),
        ("a.odt", b"", "this OpenDocument text cannot be read"),
        ("a.rtf", b"plain words", "this is no RTF file"),
        ("a.rtf", b"{\\rtf1 }", "this RTF file holds no text"),
        ("a.eml", b"", "this mail holds no text"),
        ("a.eml", mail(plain="\n").as_bytes(), "this mail holds no text"),
    ],
)
def test_documents_that_say_nothing_are_refused_with_their_name(name, data, words):
    with pytest.raises(ReportError, match=f"{name}: {words}"):
        report_of(data, name, "a")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    pytest.importorskip("lxml")
    monkeypatch.setattr(office, "MAX_UNPACKED", 1000)
    big = docx(f"<w:p><w:r><w:t>{'dam ' * 500}</w:t></w:r></w:p>")
    with pytest.raises(LimitError, match="unpacks to more than 1,000 bytes"):
        report_of(big, "a.docx", "a")


def test_entities_do_not_grow():
    pytest.importorskip("lxml")
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "dam dam dam dam"><!ENTITY b "&a;&a;&a;&a;">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>It rains.&b;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    assert "dam" not in report_of(archive(word__document=bomb), "a.docx", "a").text
