"""Characters that look otherwise and mean the same, and text that was decoded twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from detente.reading.traced import Edit

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_SPACES = "\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_RUN = re.compile(
    f"[{_UNSEEN}]+|[ {_SPACES}]*[{_SPACES}][ {_SPACES}]*|  +|\r\n?|[\x85\u2028\u2029]"
)
_WRITTEN_OTHERWISE = re.compile(
    r"\w?[\u0300-\u036f]+"  # a letter and its marks
    r"|[\u1100-\u11ff]{2,}"  # the parts of Korean letters
    r"|[\u212a\u212b\ufb00-\ufb06\uff01-\uff5e]"  # ligatures, letters as wide as Chinese ones
)
_MARK = re.compile("[「」『』«»❝❞]|``|''(?!')")
_CLOSING = frozenset(("」", "』", "»", "❞", "''"))
_LOW = re.compile("„([^„“”]{1,2000})[“”]")

_BYTES: dict[str, int] = {}
for _byte in range(0x80, 0x100):
    _BYTES[bytes([_byte]).decode("cp1252", "ignore") or chr(_byte)] = _byte
    _BYTES.setdefault(chr(_byte), _byte)
_HIGH = re.compile(f"[{re.escape(''.join(sorted(_BYTES)))}]{{2,}}")
_SURE = re.compile("[ÂÃ][\u00a0-\u00bf\u0080-\u009f€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ]|â€|â‚¬|â„¢")
"""What no text holds that was decoded once; further letters are mended only beside it."""
_CUT = re.compile("â€(?![\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ])")
"""A closing quotation mark whose last byte was lost on the way."""
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_ROUNDS = 3


def spaces(text: str) -> Iterator[Edit]:
    """Yield the edits that leave plain blanks and line ends, and nothing that is not seen."""
    for found in _RUN.finditer(text):
        first = found[0][0]
        plain = "" if first in _UNSEEN else "\n" if first in "\r\x85\u2028\u2029" else " "
        yield Edit(found.start(), found.end(), plain)


def composed(text: str) -> Iterator[Edit]:
    """Yield the edits that write every letter in one way: composed, narrow, ligatures apart."""
    for found in _WRITTEN_OTHERWISE.finditer(text):
        wide = found[0][0] >= "\ufb00"
        plain = unicodedata.normalize("NFKC" if wide else "NFC", found[0])
        yield Edit(found.start(), found.end(), plain)


def quotation_marks(text: str) -> Iterator[Edit]:
    """Yield the edits that write foreign quotation marks as English ones; marks in marks single."""
    edits = []
    depth = 0
    for found in _MARK.finditer(text):
        if found[0] == "''" and _opens(text, found.start(), found.end()):
            edits.append(Edit(found.start(), found.end(), "“"))  # old wires open so, too
        elif found[0] in _CLOSING:
            depth = max(0, depth - 1)
            edits.append(Edit(found.start(), found.end(), "’" if depth else "”"))
        else:
            edits.append(Edit(found.start(), found.end(), "‘" if depth else "“"))
            depth += 1
    for found in _LOW.finditer(text):
        edits.append(Edit(found.start(), found.start() + 1, "“"))
        edits.append(Edit(found.end() - 1, found.end(), "”"))
    yield from sorted(edits, key=lambda edit: edit.start)


def _opens(text: str, start: int, end: int) -> bool:
    """Tell whether a mark that both opens and closes stands before a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (not before or before.isspace() or before in "([—–-") and not (after or " ").isspace()


def twice_decoded(text: str) -> list[Edit]:
    """Return the edits that undo a decoding of UTF-8 as Windows-1252, once or more often."""
    if _SURE.search(text) is None:
        return []
    edits = []
    for found in _HIGH.finditer(text):
        run = found[0]
        for _ in range(_ROUNDS):
            better = _CUT.sub("”", _undone(run))
            if better == run:
                break
            run = better
        if run != found[0]:
            edits.append(Edit(found.start(), found.end(), run))
    return edits


def _undone(run: str) -> str:
    """Return a run of letters with what is UTF-8 read as UTF-8, and the rest left alone."""
    if any(letter not in _BYTES for letter in run):
        return run
    data = bytes(_BYTES[letter] for letter in run)
    parts: list[str] = []
    done = 0
    for found in _SEQUENCE.finditer(data):
        letter = found[0].decode("utf-8", "ignore")
        if letter:
            parts += [run[done : found.start()], letter]
            done = found.end()
    return "".join((*parts, run[done:]))
