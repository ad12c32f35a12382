"""What comes out of a document."""

from __future__ import annotations

from dataclasses import dataclass

from detente.errors import ReportError


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, and what it says about itself.

    Parameters
    ----------
    text : str
        What a reader sees of it.
    title, date, source, url : str
        Empty where it does not say so.
    note : str
        What went wrong, for people; empty for nothing.
    """

    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    note: str = ""


class NoTextError(ReportError):
    """A document can be opened and holds no words."""


def needs(file: str, kind: str, package: str) -> ReportError:
    """Return what to say where an optional package is missing."""
    return ReportError(
        f"{file}: reading {kind} needs {package}; install the extra 'reading' for it:"
        " pip install 'detente[reading]'"
    )
