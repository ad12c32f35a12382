"""Bytes in every encoding. They are made here by Python, so what they say is known."""

from __future__ import annotations

import codecs

import pytest

from detente.decoding import decode

WORDS = "“Café,” she said – naïvely."


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("cp1252"),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"),
        WORDS.encode("utf-32-le"),
        WORDS.encode("utf-32-be"),
    ],
    ids=[
        "utf-8",
        "mark8",
        "cp1252",
        "mark16le",
        "mark16be",
        "le16",
        "be16",
        "mark32le",
        "mark32be",
        "le32",
        "be32",
    ],
)
def test_every_encoding_gives_the_same_text(data):
    assert decode(data).text == WORDS


def test_broken_bytes_are_counted_and_shown():
    broken = WORDS.encode()[:-2] + b"\xff!" + " Œuvre, été, naïve, café.".encode()
    found = decode(broken)
    assert "\ufffd" in found.text
    assert found.note == "1 broken byte in utf-8, shown as \ufffd"


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x00" * 50, bytes(range(256)), b"\xfe\xff\x00"])
def test_no_bytes_crash(data):
    assert isinstance(decode(data).text, str)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"plain", "utf-8"), (b"caf\xe9", "cp1252"), ("dépôt".encode("utf-32-be"), "utf-32-be")],
)
def test_the_encoding_is_named_as_python_names_it(data, encoding):
    found = decode(data)
    assert found.encoding == encoding
    assert data.decode(found.encoding) == found.text


def test_nuls_are_told_and_stay_where_they_are():
    found = decode(b"The dam\0 is full, and the gates\0 are shut.")
    assert found.text.count("\0") == 2
    assert found.note == "2 NUL characters, as no text has; the file may be damaged"
    assert found.is_text


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1" * 40, b"\0" * 50],
    ids=["all bytes", "a picture", "zeros"],
)
def test_what_a_program_wrote_is_no_text(data):
    assert not decode(data).is_text


@pytest.mark.parametrize(
    "text", ["", "Ω", "Τα νερά ανεβαίνουν.", "\x1b[1mbold\x1b[0m words\n\tand more"]
)
def test_any_language_is_text(text):
    for name in ("utf-8", "utf-16", "utf-32"):
        assert decode(text.encode(name)).is_text
        assert decode(text.encode(name)).text == text
