"""Bytes to text, in any encoding a newsroom sends."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_ZEROS = 0.3
"""The share of zero bytes, at odd or even places, from which a text counts as UTF-16."""
_TYPICAL = frozenset(b"\x85\x91\x92\x93\x94\x95\x96\x97\x80\xa0") | frozenset(range(0xC0, 0x100))
"""Bytes that Windows-1252 texts have where they are not plain: quotation marks, dashes, accents."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with what is to be said about its encoding, for people; empty where all is well."""

    text: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """Return the text of some bytes; broken bytes become U+FFFD and are counted in the note.

    A byte-order mark decides; else UTF-16 is told by its zero bytes, UTF-8 by being valid, and
    what is left is Windows-1252, or UTF-8 with broken bytes where that fits better.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if (wide := _utf16(data)) is not None:
        return _decoded(data, wide)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _legacy(data)


def _utf16(data: bytes) -> str | None:
    """Return which UTF-16 some bytes without a mark are, by their zeros; None for neither."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > _ZEROS * half and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > _ZEROS * half and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _decoded(data: bytes, name: str) -> Decoded:
    """Return the text in a known encoding, broken bytes marked and counted."""
    text = data.decode(name, errors="replace")
    return Decoded(text, _broken(text, name))


def _legacy(data: bytes) -> Decoded:
    """Return the text of bytes that are no valid UTF-8."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    high = sum(byte >= 0x80 for byte in data)
    if high > 3 * broken:  # most of what is not plain is good UTF-8
        return Decoded(text, _broken(text, "utf-8"))
    if all(byte in _TYPICAL for byte in data if byte >= 0x80):
        return Decoded(data.decode("cp1252", errors="replace"), "read as Windows-1252")
    plain = data.decode("cp1252", errors="replace")
    note = _broken(plain, "Windows-1252")
    return Decoded(plain, "read as Windows-1252" + (f"; {note}" if note else ""))


def _broken(text: str, name: str) -> str:
    """Word how many characters are broken; empty for none."""
    count = text.count("\ufffd")
    return f"{count} broken byte{'s' * (count != 1)} in {name}, shown as \ufffd" if count else ""
