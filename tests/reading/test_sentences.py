"""Sentences. Every expected count or text was written by hand."""

from __future__ import annotations

import pytest

from detente.reading.lexicon import load
from detente.reading.paragraphs import paragraphs
from detente.reading.quotes import quotes
from detente.reading.sentences import MAX_UNITS, sentences
from detente.reading.tokens import tokenize


def split(text: str) -> list[str]:
    tokens = tokenize(text)
    return [
        " ".join(text[s.start[0] : s.end[-1]].split())
        for p in paragraphs(text)
        for s in sentences(tokens, p, quotes(text, p), load())
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We left. They stayed.", ["We left.", "They stayed."]),
        ("Dr. Smith met Gen. Jones in Washington, D.C. on Jan. 5.", 1),
        ("The U.S. Senate voted. It lost.", 2),
        ("It lies in the U.S. The rest is sea.", 2),
        ("J. R. Smith left at 5 p.m. sharp.", 1),
        ("It rose 3.5 percent. Why? Nobody knows!", 3),
        ("“Go. Now. Please,” she said. He went.", 2),
        ("“Why?” she asked. He left.", 2),
        ("“We stay.” Smith left the room.", ["“We stay.”", "Smith left the room."]),
        ("He said no. Never.", 2),
        ("We waited … and went.", 1),
        ("One line\nAnother line", 2),
        ("It was done by U.S.\n\nforces at night.", ["It was done by U.S. forces at night."]),
    ],
)
def test_where_sentences_end(text, parts):
    found = split(text)
    assert found == parts if isinstance(parts, list) else len(found) == parts, found


def test_wrapped_lines_are_one_paragraph():
    wrapped = (
        "The ministry said on Tuesday that the talks, which had begun in\n"
        "the spring, would go on in the autumn unless the other side\n"
        "withdrew its delegation, as it had threatened to do after the\n"
        "incident at the weir, which both sides call an accident now.\n"
    )
    assert len(split(wrapped)) == 1


def test_an_endless_sentence_is_cut():
    tokens = tokenize("and " * 5 * MAX_UNITS)
    (whole,) = paragraphs(tokens.text)
    assert max(len(s) for s in sentences(tokens, whole, (), load())) == MAX_UNITS
