"""The document of reports that were read: the lines of a claims file, and sentences."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from detente.keys import Doc
from detente.reading.lines import ClaimLine, ReportLine, SentenceLine

ReadRecord: TypeAlias = Annotated[
    ReportLine | ClaimLine | SentenceLine,
    Doc("One line: all reports come first, then what they say, then their sentences."),
]
