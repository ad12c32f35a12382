"""Standard output as it is found: another character set, full, closed, or read by nobody."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import BinaryIO, TextIO

PLAIN = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "→": "->",
    "←": "<-",
    "·": ".",
    "•": "*",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "─": "-",
    "━": "-",
    "│": "|",
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "\N{NO-BREAK SPACE}": " ",
}
"""What stands for a character where a terminal cannot show it; letters lose their accents."""

BARS = "▁▂▃▄▅▆▇█"

_HANDLER = "detente"


def prepare() -> None:
    """Let every text be printed, whatever the character set; make a closed output an error."""
    codecs.register_error(_HANDLER, _in_plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _Closed())
        elif isinstance(stream, io.TextIOWrapper):
            with suppress(ValueError, OSError):
                stream.reconfigure(errors=_HANDLER)


def finish() -> None:
    """Write out what is held back.

    Raises
    ------
    OSError
        If it cannot be written: a full disk, a closed pipe.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError):  # closed already
            stream.flush()


def abandon() -> None:
    """Write no more: what is held back goes nowhere, and the end of the program is quiet."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_utf8(stream: TextIO) -> bool:
    """Whether every character can be written to a stream."""
    return (stream.encoding or "utf-8").lower().replace("-", "").replace("_", "") == "utf8"


def write_file(text: str) -> None:
    """Print what is a file, such as a page: in UTF-8, whatever the terminal shows."""
    if is_utf8(sys.stdout) or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))


def _in_plain(error: UnicodeError) -> tuple[str, int]:
    """Return plain characters for those that cannot be written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end]
    return "".join(_plain(c, error.encoding) for c in wanted), error.end


def _plain(character: str, encoding: str) -> str:
    if character in PLAIN:
        return PLAIN[character]
    if character in BARS:
        return str(BARS.index(character) + 1)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    with suppress(UnicodeEncodeError):
        bare.encode(encoding)
        return bare or ""
    return "?"


class _Closed(io.TextIOBase):
    """Stands for a standard output that was closed before the program began."""

    encoding = "utf-8"

    @property
    def buffer(self) -> BinaryIO:
        """What bytes would be written to; it fails as :meth:`write` does."""
        raise OSError(errno.EBADF, "it is closed")

    def writable(self) -> bool:
        """Whether it takes text: it says so, and fails as a full disk does."""
        return True

    def write(self, text: str, /) -> int:
        """Fail where anything is written.

        Raises
        ------
        OSError
            Always, but for nothing.
        """
        if text:
            raise OSError(errno.EBADF, "it is closed")
        return 0
