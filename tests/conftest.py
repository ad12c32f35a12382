"""What every test finds: this folder on the path, and a way to run the command line."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from detente.cli import main
from made_cases import BROKERED, CIRCULAR

EXAMPLES = "DETENTE_EXAMPLES"
"""At most so many examples of each property, for a quick run; empty for all."""

PARSES = "DETENTE_CACHE"
"""Where parses are kept; one folder for all tests of a run, and never the user's."""

IN_A_BROWSER = "tests/browser/"


def pytest_configure(config: pytest.Config) -> None:
    """Keep parses in a folder of this run, which its other processes share."""
    # Several workers on few cores: threads of numpy's that wait for a core spin meanwhile, which
    # made the tagger's encoder take eleven times the processor time. Set before numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        # A shell starts what runs in the background deaf to Ctrl-C, which some tests send.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if PARSES not in os.environ:
        folder = tempfile.mkdtemp(prefix="detente-tests-")
        os.environ[PARSES] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    _tag_once()


def _tag_once() -> None:
    """Weigh each text once in a process, however many tests read it: nothing else comes of it."""
    from detente.reading.learned.tagger import Tagger

    Tagger.__call__ = lru_cache(maxsize=128)(Tagger.__call__)  # type: ignore[method-assign]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why tests in a browser were skipped, if they were; ``-q`` alone would not."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if report.nodeid.startswith(IN_A_BROWSER) and isinstance(report.longrepr, tuple)
    ]
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"{len(skipped)} tests in a browser were skipped: {reason}")


def _cap_examples(most: int) -> None:
    """Let no property be tried on more examples, whatever it asks for, and none be shrunk."""
    plain = settings.__init__
    phases = (Phase.explicit, Phase.generate)

    def capped(self: settings, *args: Any, **kwargs: Any) -> None:
        if "max_examples" in kwargs:
            kwargs["max_examples"] = min(kwargs["max_examples"], most)
            kwargs["phases"] = phases
        plain(self, *args, **kwargs)

    settings.register_profile(
        "few", settings.get_profile("patient"), max_examples=most, phases=phases
    )
    settings.load_profile("few")
    settings.__init__ = capped  # type: ignore[method-assign]


# A busy machine takes its time; no test fails by the clock.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

if os.environ.get(EXAMPLES):
    _cap_examples(int(os.environ[EXAMPLES]))


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
