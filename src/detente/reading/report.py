"""A report as the reader holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """A report and what is known about it.

    Parameters
    ----------
    id : str
        The file's stem.
    file : str
        The file as the user named it.
    text : str
        All characters of the report; every offset counts them.
    sha256 : str
        Of the file's bytes.
    date, source, url, title : str
        From the front matter, empty where there is none.
    body : int
        Where the text after the front matter begins.
    notes : tuple of str
        What went wrong on the way in, for people.
    """

    id: str
    file: str
    text: str
    sha256: str
    date: str = ""
    source: str = ""
    url: str = ""
    title: str = ""
    body: int = 0
    notes: tuple[str, ...] = ()
