"""A quotation stands in a report to the letter, or it does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.model.quoting import fold, places

TEXT = "The mayor of Córdoba said: “We won’t pay 1,200 pesos — never.”\nHe did not re-sign."


def found(quote, text=TEXT):
    return [text[p.start : p.end] for p in places(quote, fold(text))]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("We won't pay 1,200 pesos - never.", "We won’t pay 1,200 pesos — never."),
        ("“We won’t pay”", "We won’t pay"),
        ("mayor of Cordoba", "mayor of Córdoba"),
        ("mayor  of\nCo\u0301rdoba", "mayor of Córdoba"),
        ("never.” He did not re-sign", "never.”\nHe did not re-sign"),
    ],
)
def test_marks_dashes_accents_and_space_are_folded(quote, words):
    assert found(quote) == [words]


@pytest.mark.parametrize(
    "quote",
    [
        "We will pay 1,200 pesos",
        "We won't pay 1,300 pesos",
        "We won't pay 1200 pesos",
        "we won't pay",
        "We won't pay 1",
        "pay 200 pesos",
        "He did re-sign",
        "did not re",
        "sign.",
        "ayor of",
        "",
        "“”",
    ],
)
def test_nothing_else_is(quote):
    assert found(quote) == []


def test_all_places_are_found():
    assert found("no deal", "no deal, no deal; no dealers") == ["no deal", "no deal"]


def test_decomposed_reports_keep_their_own_characters():
    text = unicodedata.normalize("NFD", "Señor Peña refused.")
    assert found("Señor Peña", text) == [unicodedata.normalize("NFD", "Señor Peña")]


@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_whatever_is_found_folds_to_what_was_looked_for(text, start, length):
    quote = text[start : start + length]
    for place in places(quote, fold(text)):
        assert 0 <= place.start < place.end <= len(text)
        own = text[place.start : place.end]
        assert fold(own).text.strip(" \"'") == fold(quote).text.strip(" \"'")
