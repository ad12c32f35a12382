"""What the benchmark on a corpus converts: nested claims, and claims of one cue."""

from __future__ import annotations

import pytest

from programs import program


@pytest.fixture(scope="module")
def script():
    """The benchmark as a module."""
    with program("benchmarks", "polnear") as module:
        yield module


def test_what_stands_inside_the_words_of_another_is_left_out(script):
    # "Smith said that Jones believed it was full."
    outer = script.Attribution(((0, 5),), ((6, 10),), ((11, 43),))
    inner = script.Attribution(((16, 21),), ((22, 30),), ((31, 43),))
    beside = script.Attribution(((50, 55),), ((56, 60),), ((61, 70),))
    assert script.outermost([outer, inner, beside]) == [outer, beside]


def test_words_of_one_cue_are_joined_in_the_order_of_the_text(script):
    # "It is “full,” he said. “Very full.”"
    partly = script.Attribution(((14, 16),), ((17, 21),), ((0, 13),))
    wholly = script.Attribution(((14, 16),), ((17, 21),), ((24, 34),))
    nobody = script.Attribution((), (), ((40, 50),))
    other = script.Attribution((), (), ((60, 70),))
    joined = script.Attribution(((14, 16),), ((17, 21),), ((0, 13), (24, 34)))
    assert script.joined([partly, wholly, nobody, other]) == [joined, nobody, other]


def test_claims_of_one_cue_do_not_hold_each_other(script):
    whole = script.Attribution((), ((5, 9),), ((0, 30),))
    part = script.Attribution((), ((5, 9),), ((10, 20),))
    assert script.outermost([whole, part]) == [whole, part]
