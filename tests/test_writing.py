"""The one writer of files: whole or not at all, and never over a person's work."""

import os
import stat
import threading

import pytest

from detente.errors import DetenteError
from detente.writing import edited, new_folder, stamped, write_bytes, write_parts, write_text

PAGE = stamped("<!doctype html>\n<title>One</title>\n")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def umask():
    old = os.umask(0o027)
    yield 0o027
    os.umask(old)


def test_a_new_file_gets_what_the_umask_allows(tmp_path, umask):
    write_text(tmp_path / "a.md", "# One\n")
    assert mode(tmp_path / "a.md") == 0o640
    assert (tmp_path / "a.md").read_bytes() == b"# One\n"


def test_the_mode_of_a_file_that_is_there_stays(tmp_path):
    file = tmp_path / "a.json"
    file.write_text('{"case": 1}')
    file.chmod(0o600)
    write_text(file, '{"case": 2}')
    assert (mode(file), file.read_text()) == (0o600, '{"case": 2}')


@pytest.mark.parametrize("force", [False, True])
def test_a_read_only_file_is_left_alone(tmp_path, force):
    file = tmp_path / "a.md"
    file.write_text("# One\n")
    file.chmod(0o444)
    with pytest.raises(DetenteError, match="is read-only; name another file"):
        write_text(file, "# Two\n", force=force)
    assert file.read_text() == "# One\n"


@pytest.mark.parametrize(
    ("there", "new"),
    [
        ("dear all,\n", PAGE),
        ("<svg/>", PAGE),
        ("%PDF-1.7", "# A dossier\n"),
        ('{"type": "report"}', '{"case": "x"}'),
        ("state,party\n", "option,party\n"),
        ("# Notes\n", '{"case": "x"}'),
    ],
)
def test_what_begins_otherwise_is_something_else(tmp_path, there, new):
    file = tmp_path / "a"
    file.write_text(there)
    with pytest.raises(DetenteError, match="something else than what would be written"):
        write_text(file, new)
    assert file.read_text() == there
    write_text(file, new, force=True)
    assert file.read_text() == new


@pytest.mark.parametrize(
    ("there", "new"),
    [
        ("", "# Two\n"),
        (PAGE, stamped("<!DOCTYPE html>\n<title>Two</title>\n")),
        ('{"case": "x", "n": 1}', '{"case": "y"}'),
        ("12 30\n1 2 0.5\n", "14 31\n"),
        ("state,party\n1,2\n", "state,party\n"),
    ],
)
def test_what_begins_alike_is_replaced(tmp_path, there, new):
    (tmp_path / "a").write_text(there)
    write_text(tmp_path / "a", new)
    assert (tmp_path / "a").read_text() == new


def test_a_case_is_never_replaced_unasked(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("title: Mine\n")
    with pytest.raises(DetenteError, match="a case is somebody's work"):
        write_text(file, "title: Yours\n")
    write_text(file, "title: Yours\n", force=True)
    assert file.read_text() == "title: Yours\n"


def test_a_page_that_was_edited_since_is_left_alone(tmp_path):
    file = tmp_path / "a.html"
    write_text(file, PAGE)
    write_text(file, PAGE)
    file.write_text(PAGE.replace("One", "Won"))
    with pytest.raises(DetenteError, match="was edited since"):
        write_text(file, PAGE)


def test_another_editor_s_line_ends_are_no_edit():
    assert not edited(PAGE.replace("\n", "\r\n"))
    assert edited(PAGE.replace("One", "Two"))
    assert edited("<!doctype html>\n")


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.md"
    target.write_text("# One\n")
    link = tmp_path / "link.md"
    link.symlink_to(target)
    write_text(link, "# Two\n")
    assert link.is_symlink()
    assert target.read_text() == "# Two\n"


def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_text(pipe, "# Two\n")
    reader.join(10)
    assert got == ["# Two\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_one():
    from pathlib import Path

    write_text(Path(os.devnull), "x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_an_interruption_leaves_the_old_file(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("old")

    def parts():
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_parts(file, parts())
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
    assert file.read_text() == "old"


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(DetenteError, match=r"cannot write .*: No such file.*; make its folder"):
        write_text(tmp_path / "none" / "a.md", "x")


def test_bytes_have_to_begin_alike(tmp_path):
    file = tmp_path / "a.docx"
    write_bytes(file, b"PK\x03\x04one")
    write_bytes(file, b"PK\x03\x04two")
    with pytest.raises(DetenteError, match="something else"):
        write_bytes(file, b"%PDF-1.7")
    assert file.read_bytes() == b"PK\x03\x04two"


def test_a_folder_comes_whole(tmp_path):
    with new_folder(tmp_path / "deep" / "case") as aside:
        (aside / "case.yaml").write_text("title: x\n")
        assert not (tmp_path / "deep" / "case").exists()
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["case"]
    assert [p.name for p in (tmp_path / "deep" / "case").iterdir()] == ["case.yaml"]


def test_an_interrupted_folder_leaves_nothing(tmp_path):
    def interrupted():
        with new_folder(tmp_path / "case") as aside:
            (aside / "case.yaml").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_of_two_that_make_one_folder_the_later_fails(tmp_path):
    def both():
        with new_folder(tmp_path / "case") as late:
            (late / "b").write_text("late")
            with new_folder(tmp_path / "case") as early:
                (early / "a").write_text("early")

    with pytest.raises(DetenteError, match="is there already"):
        both()
    assert [p.name for p in tmp_path.iterdir()] == ["case"]
    assert [p.name for p in (tmp_path / "case").iterdir()] == ["a"]


def test_an_empty_folder_may_stand_there_and_a_full_one_not(tmp_path):
    (tmp_path / "case").mkdir()
    with new_folder(tmp_path / "case") as aside:
        (aside / "a").write_text("x")
    with pytest.raises(DetenteError, match="is there already"), new_folder(tmp_path / "case"):
        pass


def test_a_case_can_be_added_to_a_folder_of_reports(tmp_path):
    folder = tmp_path / "case"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "1.txt").write_text("mine")

    def add():
        with new_folder(folder, last="case.yaml") as aside:
            (aside / "reports").mkdir()
            (aside / "reports" / "1.txt").write_text("theirs")
            (aside / "reports" / "2.txt").write_text("two")
            (aside / "case.yaml").write_text("title: x")

    add()
    with pytest.raises(DetenteError, match=r"case\.yaml is there already; name another folder"):
        add()
    found = {p.name: p.read_text() for p in folder.rglob("*") if p.is_file()}
    assert found == {"1.txt": "mine", "2.txt": "two", "case.yaml": "title: x"}
