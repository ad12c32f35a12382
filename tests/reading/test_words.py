"""The word lists: every word once."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from detente.reading.wordfile import WordFile, sections

FOLDER = resources.files("detente.reading.words")
FILES = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".txt"))


def entries(text: str) -> Counter[tuple[str, str]]:
    """Return how often each word stands under each heading, read as the program reads it."""
    found: Counter[tuple[str, str]] = Counter()
    heading = ""
    for line in text.splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
            continue
        for words in sections([WordFile("line", f"[{heading or '-'}]\n{line}")]).values():
            found.update((heading, word) for word in words)
            listed = [w.strip() for w in line.split("#")[0].split("=")[0].split(",") if w.strip()]
            found.update((heading, w) for w in set(listed) if listed.count(w) > 1)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_word_stands_once_in_its_list(name):
    found = entries(FOLDER.joinpath(name).read_text(encoding="utf-8"))
    assert found
    assert [entry for entry, times in found.items() if times > 1] == []


def test_a_word_that_stands_twice_is_seen():
    assert entries("[harm]\nban, ban\nblock = x\n")[("harm", "ban")] == 2
    assert entries("[harm]\nban\n[good]\nban\nfree\n") == {
        ("harm", "ban"): 1,
        ("good", "ban"): 1,
        ("good", "free"): 1,
    }
