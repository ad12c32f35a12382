"""Files of every kind and encoding. The bytes are made here, so what they say is known."""

from __future__ import annotations

import os
import stat

import pytest

from detente.errors import LimitError, ReportError
from detente.reading.frontmatter import front_matter
from detente.reading.ingest import find_reports, read_file, report_of


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
    assert [f.name for f in find_reports([tmp_path]).files] == ["a.md", "b.txt", "c.html"]
    assert find_reports([tmp_path / "b.txt", tmp_path]) == find_reports([tmp_path])


@pytest.mark.parametrize(
    ("name", "words"),
    [("missing.txt", "no such file or folder"), ("x.csv", "not a kind of file that is read")],
)
def test_paths_that_cannot_be_read(tmp_path, name, words):
    (tmp_path / "x.csv").write_text("x")
    with pytest.raises(ReportError, match=words):
        find_reports([tmp_path / name])


def test_an_empty_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(ReportError, match="no reports found"):
        find_reports([tmp_path])


def test_too_large_a_file_names_the_limit(tmp_path):
    file = tmp_path / "large.txt"
    file.write_text("x" * 100)
    with pytest.raises(LimitError, match=r"100 bytes; reports of up to 99 .*--max-bytes"):
        read_file(file, max_bytes=99)


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(ReportError, match=r"pipe\.txt: this is a pipe, not a file"):
        find_reports([pipe])
    with pytest.raises(ReportError, match="this is a pipe"):
        read_file(pipe)


def test_a_link_to_an_endless_device_is_not_read(tmp_path):
    link = tmp_path / "zeros.txt"
    link.symlink_to("/dev/zero")
    with pytest.raises(ReportError, match=r"zeros\.txt: this is a device, not a file"):
        find_reports([link])
    with pytest.raises(ReportError, match="this is a device"):
        read_file(link)


def test_what_is_passed_over_in_a_folder_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    (tmp_path / "d.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e.pages").write_text("x")
    (tmp_path / "f").symlink_to(tmp_path)
    for quiet in ("case.yaml", "claims.jsonl", ".hidden"):
        (tmp_path / quiet).write_text("x")
    found = find_reports([tmp_path])
    assert [f.name for f in found.files] == ["a.txt"]
    assert sorted(found.notes) == sorted(
        [
            f"{tmp_path / 'b.txt'}: this is a pipe, not a file; left out",
            f"{tmp_path / 'c.txt'}: this is a device, not a file; left out",
            f"{tmp_path / 'd.txt'}: cannot be read (No such file or directory); left out",
            "not read, as they are no txt, md, html, pdf, docx, odt, rtf or eml files: "
            f"{tmp_path / 'e.pages'}",
            f"{tmp_path / 'f'}: a link to a folder is not followed; name it too",
        ]
    )


def test_a_folder_that_may_not_be_read_is_said_to_be_one(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path):
        if os.fspath(path) == os.fspath(closed):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)  # whoever runs the tests may read everything
    assert find_reports([tmp_path]).notes == (
        f"{closed}: this folder cannot be read (Permission denied); left out",
    )


def test_a_file_that_grows_while_it_is_read_is_still_limited(tmp_path, monkeypatch):
    file = tmp_path / "grows.txt"
    file.write_text("x" * 100)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((stat.S_IFREG, *[0] * 9)))
    with pytest.raises(LimitError, match="100 bytes"):
        read_file(file, max_bytes=99)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, b"\0" * 400])
def test_a_programs_file_named_as_text_is_refused(data):
    with pytest.raises(ReportError, match=r"a\.txt: this is no text but some program's file"):
        report_of(data, "a.txt", "a")


def test_nuls_in_a_text_are_told():
    report = report_of(b"The dam is full.\0 It rains in the valley.", "a.txt", "a")
    assert report.notes == ("1 NUL character, as no text has; the file may be damaged",)
