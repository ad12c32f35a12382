"""The cases worked by hand, as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_cases import BROKERED, CIRCULAR


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
