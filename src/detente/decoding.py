"""Bytes to text, in any encoding a newsroom or an old program sends: one decoder for all files."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_ZEROS = 0.3
"""The share of zero bytes, at odd or even places, from which a text counts as UTF-16."""
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1b") | {"\x7f"}
_NO_TEXT = 0.05
"""The share of control characters from which bytes are no text but a program's."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with what is to be said about its encoding.

    Parameters
    ----------
    text : str
        All of it, without a byte-order mark; broken bytes are U+FFFD.
    encoding : str
        The name that Python gives to what was found.
    note : str
        For people; empty where all is well.
    is_text : bool
        False for bytes that no reader of text can want: pictures, archives, programs' files.
    """

    text: str
    encoding: str = "utf-8"
    note: str = ""
    is_text: bool = True


def decode(data: bytes) -> Decoded:
    """Return the text of some bytes; broken bytes become U+FFFD and are counted in the note.

    A byte-order mark decides; else UTF-32 and UTF-16 are told by their zero bytes, UTF-8 by being
    valid, and what is left is Windows-1252, or UTF-8 with broken bytes where that fits better.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if (wide := _wide(data)) is not None:
        return _decoded(data, wide)
    try:
        return _noted(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _wide(data: bytes) -> str | None:
    """Return which UTF-32 or UTF-16 some bytes without a mark are, by their zeros; else None."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if len(sample) < 4 or not sample.count(0):
        return None
    rows = [sample[k::4] for k in range(4)]
    zeros = [row.count(0) for row in rows]
    if len(data) % 4 == 0 and len(sample) >= 8:
        if zeros[3] == len(rows[3]) and zeros[2] > 0.9 * len(rows[2]) and not zeros[0]:
            return "utf-32-le"
        if zeros[0] == len(rows[0]) and zeros[1] > 0.9 * len(rows[1]) and not zeros[3]:
            return "utf-32-be"
    odd, even = zeros[1] + zeros[3], zeros[0] + zeros[2]
    half = len(sample) / 2
    if odd > _ZEROS * half and not even:
        return "utf-16-le"
    if even > _ZEROS * half and not odd:
        return "utf-16-be"
    return None


def _decoded(data: bytes, name: str) -> Decoded:
    """Return the text in a known encoding, broken bytes marked and counted."""
    said = f"read as {name.upper()[:6]}" if name.startswith("utf-32") else ""
    return _noted(data.decode(name, errors="replace"), name, said)


def _legacy(data: bytes) -> Decoded:
    """Return the text of bytes that are no valid UTF-8."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    high = sum(byte >= 0x80 for byte in data)
    if high > 3 * broken:  # most of what is not plain is good UTF-8
        return _noted(text, "utf-8")
    return _noted(data.decode("cp1252", errors="replace"), "cp1252", "read as Windows-1252")


def _noted(text: str, name: str, said: str = "") -> Decoded:
    """Return a text with what is odd about it."""
    shown = {"cp1252": "Windows-1252"}.get(name, name)
    notes = [said] if said else []
    if count := text.count("\ufffd"):
        plural = "s" * (count != 1)
        notes.append(f"{count} broken byte{plural} in {shown}, shown as \ufffd")
    if count := text.count("\0"):
        plural = "s" * (count != 1)
        notes.append(f"{count} NUL character{plural}, as no text has; the file may be damaged")
    odd = sum(map(text.count, _CONTROLS))
    lost = text.count("\ufffd") if name == "utf-8" else 0
    is_text = not text or odd + lost <= _NO_TEXT * len(text)
    return Decoded(text, name, "; ".join(notes), is_text)
