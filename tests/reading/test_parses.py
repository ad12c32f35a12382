"""Parses on disk: the same as fresh ones, safe when two write, bounded, and switched off."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytest.importorskip("spacy")

from detente.reading import parses, pinned

ASKED = [
    *("text", "idx", "whitespace_", "lemma_", "norm_", "tag_", "pos_", "dep_", "ent_iob_"),
    *("ent_type_", "is_sent_start", "is_stop", "like_num"),
]
STORY = [
    "The dam stays shut until Grauland pays, Minister Ines Valdez said on Monday.",
    "“No.”",
    "",
]
OTHER = ["It can't rain for ever; the U.S. envoy left."]


def seen(docs):
    """Everything that a rule can ask of parses."""
    return [
        [
            *[[getattr(t, name) for name in ASKED] + [str(t.morph), t.head.i] for t in doc],
            [chunk.text for chunk in doc.noun_chunks],
            [sentence.text for sentence in doc.sents],
            doc.text,
        ]
        for doc in docs
    ]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of its own for each test."""
    monkeypatch.setenv(parses.SWITCH, str(tmp_path))
    return tmp_path / "parses"


@pytest.fixture
def no_parser(monkeypatch):
    """Nothing can be parsed."""

    def refuse():
        raise AssertionError("parsed again")

    monkeypatch.setattr(pinned, "load", refuse)


def kept(folder):
    return sorted(f for f in folder.glob("*/*") if f.is_file())


def test_a_parse_is_the_same_from_disk(folder, monkeypatch, no_parser):
    monkeypatch.undo()
    monkeypatch.setenv(parses.SWITCH, str(folder.parent))
    fresh = [seen(docs) for docs in parses.parsed([STORY, OTHER])]
    assert len(kept(folder)) == 2
    monkeypatch.setattr(pinned, "load", lambda: pytest.fail("parsed again"))
    assert [seen(docs) for docs in parses.parsed([OTHER, STORY])] == fresh[::-1]


def test_only_what_is_new_is_parsed(folder):
    first = [seen(docs) for docs in parses.parsed([STORY])]
    both = [seen(docs) for docs in parses.parsed([OTHER, STORY, OTHER])]
    assert both[1] == first[0]
    assert both[0] == both[2]
    assert len(kept(folder)) == 2


def test_another_text_another_model_or_other_cuts_are_another_parse(monkeypatch):
    keys = {parses._key(texts) for texts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], [])}
    assert len(keys) == 5
    here = parses._key(["abc"])
    monkeypatch.setattr(pinned, "stamp", lambda: "another")
    assert parses._key(["abc"]) != here


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: d[:-9], lambda d: b"x" + d[1:]])
def test_a_damaged_file_is_parsed_again_and_mended(folder, damage):
    fresh = [seen(docs) for docs in parses.parsed([STORY])]
    (file,) = kept(folder)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert [seen(docs) for docs in parses.parsed([STORY])] == fresh
    assert file.read_bytes() == whole


def test_parses_of_another_text_under_this_key_are_not_believed(folder):
    list(parses.parsed([OTHER]))
    (other,) = kept(folder)
    fresh = [seen(docs) for docs in parses.parsed([STORY])]
    (mine,) = set(kept(folder)) - {other}
    mine.write_bytes(other.read_bytes())
    assert [seen(docs) for docs in parses.parsed([STORY])] == fresh


@pytest.mark.parametrize("word", ["off", "OFF", " no ", "0", ""])
def test_it_can_be_switched_off(folder, monkeypatch, word):
    monkeypatch.setenv(parses.SWITCH, word)
    assert parses.shelf() is None
    assert len(list(parses.parsed([OTHER]))) == 1
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv(parses.SWITCH, str(tmp_path / "file"))
    assert len(list(parses.parsed([OTHER]))) == 1


def test_the_users_cache_folder_is_the_systems(monkeypatch, tmp_path):
    monkeypatch.delenv(parses.SWITCH)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert parses.shelf() == parses.Shelf(tmp_path / "detente" / "parses")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/somewhere")
    assert str(parses.shelf().folder) == "/somewhere/.cache/detente/parses"


def test_what_was_not_used_for_longest_goes_first(folder):
    shelf = parses.Shelf(folder, limit=100)
    for k, name in enumerate(("aaa", "bbb", "ccc", "ddd")):
        shelf.keep(name, b"x" * 30)
        os.utime(folder / name[:2] / name[2:], (k, k))
    shelf.take("aaa")  # now the newest
    shelf.sweep()  # 120 bytes are held; 80 may stay
    assert [name for name in ("aaa", "bbb", "ccc", "ddd") if shelf.take(name)] == ["aaa", "ddd"]
    assert not list(folder.glob("*/.*"))


def test_only_its_user_may_look_into_it(folder):
    parses.Shelf(folder).keep("aaa", b"x")
    assert (folder / "aa").stat().st_mode & 0o077 == 0


TWO = """
import sys
from detente.reading.parses import Shelf
from pathlib import Path
shelf = Shelf(Path(sys.argv[1]), limit=4000)
for k in range(300):
    key = f"{k % 7:02d}key"
    data = bytes([k % 7]) * 1000
    shelf.keep(key, data)
    found = shelf.take(key)
    assert found is None or found == data, found[:4]
    if k % 5 == 0:
        shelf.sweep()
"""


def test_two_processes_at_once_do_each_other_no_harm(folder):
    jobs = [subprocess.Popen([sys.executable, "-c", TWO, str(folder)]) for _ in range(2)]
    assert [job.wait(60) for job in jobs] == [0, 0]
    parses.Shelf(folder, limit=4000).sweep()
    assert sum(file.stat().st_size for file in kept(folder)) <= 4000
    assert not list(folder.glob("*/.*"))
