"""Copies of reports, made here by cutting and changing texts of known words."""

from __future__ import annotations

import itertools
import random

import pytest

from detente.reading import duplicates as module
from detente.reading.duplicates import duplicates, fingerprint


def story(seed: int, words: int = 200) -> list[str]:
    """Words that no other seed's story shares."""
    return [f"w{seed}x{k}" for k in range(words)]


def marks(*texts):
    return duplicates([fingerprint(" ".join(words)) for words in texts])


def test_reports_of_their_own_are_no_duplicates():
    assert marks(story(1), story(2), []) == [None, None, None]


def test_an_identical_report_points_at_the_first():
    first, second = marks(story(1), story(1))
    assert first is None
    assert (second.of, second.kind, second.shared) == (0, "identical", 1.0)


def test_marks_and_white_space_make_no_difference():
    a = fingerprint("“We go,” Smith said. " * 10)
    b = fingerprint('"We go", Smith said.\n\n' * 10)
    assert duplicates([a, b])[1].kind == "identical"


@pytest.mark.parametrize("last", [None, "w1x12"], ids=["whole word", "last word cut"])
def test_a_truncated_report_is_found_wherever_it_stands(last):
    whole = story(1)
    part = whole[:120] + ([last] if last else [])
    for order in itertools.permutations([whole, part, story(2)]):
        found = marks(*order)
        at = order.index(part)
        assert found[at].kind == "truncated"
        assert found[at].of == order.index(whole)
        assert found[at].shared > 0.95
        assert sum(mark is not None for mark in found) == 1


def test_a_contained_report_is_found():
    whole = story(1)
    found = marks(story(2), whole[50:150], whole)
    assert (found[1].of, found[1].kind, found[1].shared) == (2, "contained", 1.0)


def test_a_near_report_is_found_with_its_share():
    whole = story(1, 400)
    other = [*whole[:330], *story(9, 70)]
    first, second = marks(whole, other)
    assert first is None
    # each has 396 shingles; 326 lie in the 330 common words
    assert (second.of, second.kind) == (0, "near")
    assert second.shared == pytest.approx(326 / 396, abs=1e-3)


def test_a_few_common_words_are_no_copy():
    assert marks([*story(1), *story(3, 30)], [*story(2), *story(3, 30)]) == [None, None]


def test_short_texts_are_copies_only_when_identical():
    assert marks(["one", "two"], ["one", "two", "three"]) == [None, None]
    assert marks(["one", "two"], ["one", "two"])[1].kind == "identical"


def test_many_reports_are_compared_by_minhash_as_few_are_exactly(monkeypatch):
    rng = random.Random(5)
    texts = []
    for seed in range(60):
        whole = story(seed, 300)
        texts.append(whole)
        if seed % 3 == 0:
            changed = list(whole)
            for k in rng.sample(range(300), 6):
                changed[k] = "changed"
            texts.append(changed)
    exact = marks(*texts)
    monkeypatch.setattr(module, "EXACT_LIMIT", 1)
    assert [(m and m.kind) for m in marks(*texts)] == [(m and m.kind) for m in exact]
    assert sum(m is not None for m in exact) == 20


def test_a_copy_cut_here_and_there_behind_another_headline_is_contained():
    whole = story(1, 300)
    cut = [*story(2, 12), *whole[:50], *whole[55:100]]
    first, second = marks(whole, cut)
    assert first is None
    assert (second.of, second.kind) == (0, "contained")
    # 103 shingles; 46 lie in the first 50 words, 41 in the 45 others
    assert second.shared == pytest.approx(87 / 103, abs=1e-3)
