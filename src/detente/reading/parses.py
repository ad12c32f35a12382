"""Parses of reports, kept on disk so that nobody parses a report twice.

A parse is kept under a hash of the text, of the parser's version and of its model, so it cannot be
another text's or another parser's. Files are written aside and renamed: two processes at once do
each other no harm. The folder never grows far beyond a limit; what was not used for longest goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from detente.reading import pinned

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SWITCH = "DETENTE_CACHE"
"""The environment variable that names another folder, or says ``off``."""
LIMIT = 200_000_000
"""Bytes that the folder may hold."""

_OFF = frozenset(("off", "no", "none", "0", ""))
_ATTRIBUTES = ("LEMMA", "TAG", "POS", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "NORM")
_BATCH = 64
_SWEEP_EVERY = 100
"""Parses written between two looks at how much the folder holds."""


@dataclass(frozen=True)
class Shelf:
    """A folder of parses.

    Parameters
    ----------
    folder : Path
        Made when the first parse is kept.
    limit : int
        Bytes that it may hold.
    """

    folder: Path
    limit: int = LIMIT

    def take(self, key: str) -> bytes | None:
        """Return what is kept under a key; None for nothing."""
        file = self._file(key)
        try:
            data = file.read_bytes()
            os.utime(file)  # used just now
        except OSError:
            return None
        return data

    def keep(self, key: str, data: bytes) -> None:
        """Keep something under a key; a disk that is full or closed is no fault."""
        file = self._file(key)
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=file.parent, prefix=".")
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(aside).replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
        except BaseException:  # Ctrl-C
            Path(aside).unlink(missing_ok=True)
            raise

    def sweep(self) -> None:
        """Make room: what was not used for longest goes until a fifth of the limit is free."""
        held = []
        for file in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):  # another process sweeps, too
                about = file.stat()
                held.append((about.st_mtime_ns, about.st_size, file))
        size = sum(one for _, one, _ in held)
        if size <= self.limit:
            return
        for _, one, file in sorted(held):
            if size <= 0.8 * self.limit:
                break
            with contextlib.suppress(OSError):
                file.unlink()
            size -= one

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def shelf() -> Shelf | None:
    """Return where parses are kept for this user; None where that is switched off."""
    told = os.environ.get(SWITCH)
    if told is not None:
        return None if told.strip().lower() in _OFF else Shelf(Path(told).expanduser() / "parses")
    try:
        return Shelf(_user_folder() / "detente" / "parses")
    except RuntimeError:  # no home
        return None


def _user_folder() -> Path:
    """Return the folder that the system has for what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".cache"


def parsed(reports: Sequence[Sequence[str]]) -> Iterator[list[Doc]]:
    """Yield the parses of some reports, each a row of texts, in order.

    Reports whose parses are kept are not parsed again.

    Raises
    ------
    NotInstalledError
        If the parser or its model is not there.
    """
    place = shelf()
    keys = [_key(texts) for texts in reports]
    kept = [place.take(key) if place is not None else None for key in keys]
    found = [_unpacked(data, texts) for data, texts in zip(kept, reports, strict=True)]
    missing = [k for k, docs in enumerate(found) if docs is None]
    fresh = _fresh([reports[k] for k in missing])
    written = 0
    for k, docs in enumerate(found):
        if docs is None:
            docs = next(fresh)
            if place is not None:
                place.keep(keys[k], _packed(docs))
                written += 1
                if written % _SWEEP_EVERY == 0:
                    place.sweep()
        yield docs
    if place is not None and written % _SWEEP_EVERY:
        place.sweep()


def _fresh(reports: Sequence[Sequence[str]]) -> Iterator[list[Doc]]:
    """Yield the parses of some reports, made now.

    A report is a batch of its own: what else is parsed beside it can change nothing.
    """
    for texts in reports:
        yield list(pinned.load().pipe(texts, batch_size=_BATCH))


def _key(texts: Sequence[str]) -> str:
    """Return the hash of a report's texts and of what parses them."""
    whole = hashlib.sha256(pinned.stamp().encode())
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()


def _packed(docs: Sequence[Doc]) -> bytes:
    """Return parses as bytes."""
    from spacy.tokens import DocBin

    return DocBin(attrs=_ATTRIBUTES, docs=docs).to_bytes()


def _unpacked(data: bytes | None, texts: Sequence[str]) -> list[Doc] | None:
    """Return the parses in some bytes; None where they are not whole."""
    if data is None:
        return None
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_bytes(data).get_docs(_vocabulary()))
    except Exception:  # whatever a damaged file raises in the library: it is parsed again
        return None
    return docs if [doc.text for doc in docs] == list(texts) else None


@lru_cache(maxsize=1)
def _vocabulary() -> Vocab:
    """Return the vocabulary of kept parses; it needs no model."""
    import spacy

    return spacy.blank("en").vocab
