"""Proposals made false on purpose go through the guard; see ``benchmarks/planted_lies.py``."""

from __future__ import annotations

from collections import Counter

import pytest

from detente.reading.claims import Claim
from programs import program

pytest.importorskip("spacy")


@pytest.fixture(scope="module")
def planted():
    with program("benchmarks", "planted_lies") as module:
        yield module


def judged(planted, count, most=None):
    """What became of so many lies, each kind counted."""
    fates = list(planted.lied(list(planted.papers(most=most)), count))
    assert len(fates) == count
    assert set(Counter(one.lie for one in fates)) == set(planted.LIES)
    return fates


def none_gets_in(planted, fates):
    """Check that no lie of wording got in, nothing without its "not", few wrong parties."""
    kept = [one for one in fates if isinstance(one.fate, Claim)]
    changed = [one for one in kept if one.lie in planted.CHANGED]
    assert [(one.row, one.fate.text) for one in changed if one.told != "with its not"] == []
    swapped = [one for one in kept if one.lie == "party"]
    assert swapped
    shown = sum(one.fate.shown for one in swapped)
    assert shown <= 0.1 * len(swapped)


def test_of_a_few_hundred_lies_none_of_wording_gets_in(planted):
    none_gets_in(planted, judged(planted, 350, most=1))


@pytest.mark.slow
def test_of_ten_thousand_lies_none_of_wording_gets_in(planted):
    none_gets_in(planted, judged(planted, 10_000))
