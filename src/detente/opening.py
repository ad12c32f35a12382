"""Files opened without waiting: no pipe hangs the program, no endless device fills its memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def bytes_of(path: Path, most: int) -> bytes:
    """Return what a plain file holds.

    Parameters
    ----------
    path : Path
        A link is followed.
    most : int
        Bytes.

    Raises
    ------
    OSError
        If it cannot be read, is no file on a disk, or holds more; ``strerror`` says which.
    """
    with open(path, "rb", opener=_at_once) as file:
        require_plain(file.fileno())
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it has more than {most // 1_000_000} MB")
    return data


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def require_plain(handle: int) -> None:
    """Check that what is open is a file on a disk.

    Raises
    ------
    OSError
        If it is not: what it is.
    """
    if wrong := irregular(os.fstat(handle).st_mode):
        raise OSError(errno.EINVAL, wrong)


def irregular(mode: int) -> str:
    """Say what something is that is no file; empty for a file."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISFIFO(mode):
        return "this is a pipe, not a file"
    if stat.S_ISSOCK(mode):
        return "this is a socket, not a file"
    return "this is a device, not a file"
