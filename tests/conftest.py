"""What every test finds: this folder on the path, and a way to run the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from detente.cli import main


@dataclass(frozen=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the command line in this process, 80 columns wide."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")

    def run_it(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as stop:
            main([str(a) for a in arguments])
        told = capsys.readouterr()
        return Ran(int(stop.value.code or 0), told.out, told.err)

    return run_it
