"""What an analysis is taken to need, and what this process may still use."""

from __future__ import annotations

import resource

import pytest

from detente.case.model import Case, Option, Party
from detente.graph import memory


def test_what_a_cell_takes_is_reckoned_by_hand():
    # 17 bytes to work in; for a party a rank of four bytes, four verdicts, a place in its order and
    # one for each class that a move may lead to: one class, or 3/2 for an option that goes one way.
    free, one_way = Option("x", "X"), Option("y", "Y", changes=frozenset({(0, 1)}))
    assert memory.bytes_per_cell(Case("c", "C", (Party("a", "A", (free,)),))) == 17 + 4 + 4 + 1 + 1
    both = Case("c", "C", (Party("a", "A", (free, one_way)), Party("b", "B")))
    assert memory.bytes_per_cell(both) == 17 + 2 * (4 + 4 + 1) + 1.5 + 1


def test_what_this_process_takes_already_counts_against_its_own_limit(monkeypatch):
    limit = 1 << 50
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limit, limit))
    (left,) = memory._own_limit()
    assert limit - (1 << 40) < left < limit
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 20, 1 << 20))
    assert memory.available() == 0  # more is taken already than it may take


@pytest.mark.parametrize(
    ("n", "told"),
    [(1023, "1,023 bytes"), (1536, "1.5 KiB"), (5 << 19, "2.5 MiB"), (7 << 29, "3.5 GiB")],
)
def test_a_size_is_told_in_words(n, told):
    assert memory.size(n) == told
