"""What the tests of the reader share."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.reading.claims import Claim
from detente.reading.ingest import report_of
from detente.reading.lexicon import load
from detente.reading.reader import Reader, read, reader

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def rules() -> Reader:
    """The reader with the word lists that come with the package."""
    return reader(load())


@pytest.fixture(scope="session")
def claims_in(rules):
    """A function from a text, or a sample's name, to its claims."""

    def run(text: str, name: str = "report") -> list[Claim]:
        sample = SAMPLES / f"{text}.txt"
        data = sample.read_bytes() if "\n" not in text and " " not in text else text.encode()
        return read(report_of(data, f"{name}.txt", name), rules)

    return run
