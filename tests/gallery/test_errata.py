"""The page that holds published results against ours says what is so today."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
errata = importlib.import_module("errata")


@pytest.mark.parametrize("row", errata.ROWS, ids=lambda r: f"{r.case}-{r.concept}")
def test_a_printed_set_is_ours_unless_it_is_told_why_not(row):
    assert (errata.ours(row) == row.printed) == (not row.wrong)


@pytest.mark.parametrize("row", errata.COUNTS, ids=lambda r: f"{r.case}-{r.concept}")
def test_a_printed_number_is_ours_unless_it_is_told_why_not(row):
    assert (errata.counted(row) == row.printed) == (not row.wrong)


def test_the_page_is_up_to_date():
    assert errata.PAGE.read_text("utf-8") == errata.page(), "run: make reference"
