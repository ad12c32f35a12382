"""Running the command line inside the test process, and the cases worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from detente.cli import main

CIRCULAR = """
title: Each waits for the other's first step
parties:
  north: {name: North, options: {talk: Enter talks}}
  south: {name: South, options: {talk: Enter talks, pause: Pause its drills}}
outcomes: {talks: {that: north.talk and south.talk, label: Talks}}
status_quo: []
preferences:
  north: [not (north.talk and not south.talk), talks, south.pause]
  south: [not (south.talk and not north.talk), talks, not south.pause]
conditions:
  - {party: north, option: talks, needs: south.pause}
  - {party: south, option: talks, needs: not south.pause}
"""

BROKERED = """
title: Two who will not meet without a host
parties:
  north: {name: North, options: {talk: Enter talks}}
  south: {name: South, options: {talk: Enter talks}}
  host: {name: Host, options: {venue: Offer a neutral venue, lecture: Lecture both}}
outcomes: {talks: north.talk and south.talk}
status_quo: []
preferences:
  north: [not (north.talk and not south.talk), talks if host.venue, not north.talk]
  south: [not (south.talk and not north.talk), talks if host.venue, not south.talk]
  host: [talks, not host.venue]
conditions:
  - {party: north, option: north.talk, needs: host.venue}
  - {party: south, option: south.talk, needs: host.venue, firmness: 2}
refusals:
  - {party: host, refuses: host.venue, cite: [{report: "001", quote: "we are no hotel"}]}
"""


@dataclass(frozen=True)
class Ran:
    """What one command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")

    def run_it(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as stop:
            main([str(a) for a in arguments])
        told = capsys.readouterr()
        return Ran(int(stop.value.code or 0), told.out, told.err)

    return run_it


@pytest.fixture
def circular(tmp_path: Path) -> Path:
    file = tmp_path / "circular.yaml"
    file.write_text(CIRCULAR)
    return file


@pytest.fixture
def brokered(tmp_path: Path) -> Path:
    folder = tmp_path / "brokered"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "001.txt").write_text("The host said: we are no hotel, not yet.\n")
    (folder / "case.yaml").write_text(BROKERED)
    return folder
