"""Files written whole or not at all, and never over what a person has made.

One writer for everything that détente leaves on a disk. A file is written aside and renamed, so
that an interruption leaves the old one. What stands there already is looked at first:

* A read-only file, and any file that does not begin as what would be written there does, is left
  alone: it is something else.
* A page or a Markdown file ends with a stamp, a hash of itself; where the words no longer fit
  their stamp a person has edited them since.
* A Word document says of all its parts that they were made at one moment; one that a person has
  saved since does not.
* A ``case.yaml`` is a person's work always.

Each can be overridden with ``force``. A link is followed, a device or a pipe is written to, the
mode of a file that is there stays, and a new one gets what the umask allows.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import DetenteError

CASE_FILE = "case.yaml"

_STAMP = re.compile(r"\n<!-- détente (?P<digest>[0-9a-f]{64}) -->\n?\Z")
_LOOKED_AT = 4_096
_ZIPPED = b"PK\x03\x04"
_MOMENT = (2000, 1, 1, 0, 0, 0)
"""When everything in a file of files was made, it says; a program that saves it says otherwise."""

_FORCE = "name another file, or add --force to write over it"


def stamped(text: str) -> str:
    """Return a page or Markdown with a last line that holds the hash of what stands above it."""
    return f"{text.rstrip()}\n<!-- détente {_digest(text.rstrip())} -->\n"


def edited(text: str) -> bool:
    """Whether a stamped text was changed since it was written, or was never stamped."""
    match = _STAMP.search(text.replace("\r\n", "\n"))
    return match is None or _digest(match.string[: match.start()]) != match["digest"]


def require_replaceable(path: Path, text: str, *, force: bool = False) -> None:
    """Check that writing a text to a path would cost nobody their work.

    Parameters
    ----------
    path : Path
        It need not exist.
    text : str
        What would be written; for a stamped text the stamp counts.
    force : bool
        Let everything be overwritten but what is read-only.

    Raises
    ------
    DetenteError
        If something else, or a person's work, stands there: what, and what to do.
    """
    goal = _there(path)
    if goal is None or force:
        return
    there = _beginning(goal)
    if not there.strip():
        return
    if goal.name == CASE_FILE:
        raise DetenteError(f"{path} is there already, and a case is somebody's work; {_FORCE}")
    if _opening(there) != _opening(text):
        raise _something_else(path)
    if _STAMP.search(text) and edited(_whole(goal)):
        raise _worked_on(path)


def _there(path: Path) -> Path | None:
    """Return the plain file that stands at a path, if one does; an error if it is read-only."""
    goal = _followed(path)
    if not goal.exists() or not _is_plain(goal):
        return None
    if not goal.stat().st_mode & 0o222:
        raise DetenteError(f"{path} is read-only; name another file, or make it writable first")
    return goal


def _something_else(path: Path) -> DetenteError:
    return DetenteError(
        f"{path} is there already and is something else than what would be written; {_FORCE}"
    )


def _worked_on(path: Path) -> DetenteError:
    return DetenteError(f"{path} was edited since détente wrote it, or not written by it; {_FORCE}")


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text to a file, whole or not at all.

    Parameters
    ----------
    path : Path
        Its folder has to be there. A link is followed; a device or a pipe is written to.
    text : str
        Line ends stay as they are.
    force : bool
        Write over what a person has made, too.

    Raises
    ------
    DetenteError
        If it cannot be written, or would cost somebody their work.
    """
    require_replaceable(path, text, force=force)
    write_parts(path, (text,))


def write_parts(path: Path, parts: Iterable[str]) -> int:
    """Write texts one after another to a file, whole or not at all; return how many there were.

    They are not held in memory. Nothing is asked about what stands there: see
    :func:`require_replaceable`.

    Raises
    ------
    DetenteError
        If it cannot be written.
    """
    goal = _followed(path)
    count = 0
    try:
        with _opened(goal) as file:
            for part in parts:
                file.write(part.encode("utf-8"))
                count += 1
    except OSError as error:
        raise _unwritable(path, error) from None
    return count


def require_same_kind(path: Path, data: bytes, *, force: bool = False) -> None:
    """Check that what stands at a path, if anything does, begins with the same four bytes.

    Raises
    ------
    DetenteError
        If it does not, or cannot be written over.
    """
    goal = _there(path)
    if goal is None or force:
        return
    with goal.open("rb") as file:
        there = file.read(4)
    if there and there != data[:4]:
        raise _something_else(path)


def require_unpacked_alike(path: Path, *, force: bool = False) -> None:
    """Check that a file of files is as :func:`settled` left it: nobody has worked on it since.

    Raises
    ------
    DetenteError
        If it is not, or is no file of files.
    """
    require_same_kind(path, _ZIPPED, force=force)
    goal = _followed(path)
    if force or not goal.is_file() or not goal.stat().st_size:
        return
    try:
        with zipfile.ZipFile(goal) as there:
            ours = all(info.date_time == _MOMENT for info in there.infolist())
    except (OSError, zipfile.BadZipFile):
        ours = False
    if not ours:
        raise _worked_on(path)


def settled(data: bytes) -> bytes:
    """Return a file of files (docx) without the moment it was made: the same for the same words."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            same = zipfile.ZipInfo(info.filename, _MOMENT)
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, old.read(info))
    return made.getvalue()


def write_bytes(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write bytes to a file, whole or not at all.

    Where a file stands already it has to begin with the same four bytes.

    Raises
    ------
    DetenteError
        If it cannot be written, or would cost somebody their work.
    """
    require_same_kind(path, data, force=force)
    try:
        with _opened(_followed(path)) as file:
            file.write(data)
    except OSError as error:
        raise _unwritable(path, error) from None


@contextmanager
def new_folder(folder: Path, last: str = "") -> Iterator[Path]:
    """Give a folder aside that becomes ``folder`` at the end of the block, whole or not at all.

    An empty folder may stand there already. Of two that make one folder at once the later fails.

    Parameters
    ----------
    folder : Path
        Folders above it are made.
    last : str
        The file that makes the folder what it is, such as ``case.yaml``. Named, it may be added
        to a folder that lacks it: what is there stays, and this file comes last.

    Yields
    ------
    Path
        An empty folder beside it, on the same disk.

    Raises
    ------
    DetenteError
        If something stands there, or it cannot be written; then nothing of it is left.
    """
    adding = bool(last) and folder.is_dir() and not _is_empty(folder)
    if not adding and (folder.is_symlink() or (folder.exists() and not _is_empty(folder))):
        raise _taken(folder)
    if adding and (folder / last).exists():
        raise _taken(folder / last)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield aside
        if adding:
            _added(aside, folder, last)
        else:
            aside.chmod(0o777 & ~_umask())
            aside.rename(folder)  # over an empty folder at most: refused by the system otherwise
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise _taken(folder) from None
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _taken(folder: Path) -> DetenteError:
    return DetenteError(f"{folder} is there already; name another folder")


def _added(aside: Path, folder: Path, last: str) -> None:
    """Bring files into a folder that is there, one of them last; those that are there stay."""
    made = sorted(path for path in aside.rglob("*") if path.is_file())
    done: list[Path] = []
    try:
        for path in sorted(made, key=lambda p: p == aside / last):
            goal = folder / path.relative_to(aside)
            goal.parent.mkdir(parents=True, exist_ok=True)
            if path == aside / last or not goal.exists():
                goal.hardlink_to(path)  # fails where something stands, unlike a rename
                done.append(goal)
    except BaseException:  # Ctrl-C too
        for goal in done:
            goal.unlink(missing_ok=True)
        raise


# --- how a file is replaced ---------------------------------------------------------------------


@contextmanager
def _opened(goal: Path) -> Iterator[_Bytes]:
    """Open a file aside that takes the place of another at the end; a device or pipe itself."""
    if goal.exists() and not _is_plain(goal):
        with goal.open("wb", buffering=0) as device:
            yield _Bytes(device.fileno())
        return
    mode = stat.S_IMODE(goal.stat().st_mode) if goal.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=f".{goal.name}.")
    aside = Path(name)
    try:
        try:
            yield _Bytes(handle)
            os.fsync(handle)
        finally:
            os.close(handle)
        aside.chmod(mode)
        aside.replace(goal)
    except BaseException:  # Ctrl-C too: the old file stays
        aside.unlink(missing_ok=True)
        raise


class _Bytes:
    """Writes all of what it is given to an open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, data: bytes) -> None:
        """Write bytes, however often the system has to be asked."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._handle, rest) :]


def _followed(path: Path) -> Path:
    """Return where a link leads in the end, or the path itself."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _is_plain(path: Path) -> bool:
    """Whether a path is a file on a disk, or a folder: no device, pipe or socket."""
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> DetenteError:
    """Return what to say where the system refuses."""
    hint = "" if path.parent.is_dir() else "; make its folder first"
    return DetenteError(f"cannot write {path}: {error.strerror or error}{hint}")


# --- what stands there --------------------------------------------------------------------------


def _beginning(path: Path) -> str:
    """Return the first characters of a file; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_LOOKED_AT).decode("utf-8-sig", "replace")
    except OSError as error:
        raise _unwritable(path, error) from None


def _whole(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


def _opening(text: str) -> str:
    """Return what tells one kind of text from another: the first word or mark, without figures.

    A page begins with its doctype, JSON with its first key, Markdown with ``#``, a table with
    its first heading, a chain for model checkers with numbers.
    """
    first = text.lstrip("\ufeff \t\r\n")
    match = re.match(r'[{\[]\s*(?:\{\s*)?(?:"[^"\n]*")?|<[!?]?\w+|#|\\\w+|[^\s,;|:]+', first)
    return re.sub(r"\d+(?:\.\d+)?", "0", match[0] if match else "").casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8", "replace")).hexdigest()
