"""Pipes and endless devices in the place of every file that a user can name."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.opening import bytes_of

CASE = "title: A\nparties: {a: {options: {x: X}}}\nstatus_quo: []\npreferences: {a: [a.x]}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    (tmp_path / "vary.yaml").write_text("- {misstep: a, from: 0, to: 1}\n", "utf-8")
    (tmp_path / "report.txt").write_text("France rejected the demand.", "utf-8")
    return tmp_path


def test_a_file_is_read_and_one_too_large_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert bytes_of(file, 5) == b"12345"
    with pytest.raises(OSError, match="it has more than 0 MB"):
        bytes_of(file, 4)
    with pytest.raises(OSError, match="Is a directory"):
        bytes_of(tmp_path, 5)


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as line:
        line.bind("s")
        with pytest.raises(OSError, match=r"No such device|this is a socket"):
            bytes_of(Path("s"), 5)


ASKED = {
    "case": ("check", "{}.yaml"),
    "gmcr": ("check", "{}.gmcr"),
    "csv": ("import", "{}.csv"),
    "xlsx": ("import", "{}.xlsx"),
    "nfg": ("import", "{}.nfg"),
    "report": ("read", "{}.txt"),
    "words": ("read", "report.txt", "--words", "{}.txt"),
    "replay": ("read", "report.txt", "--model", "m", "--replay", "{}.jsonl"),
    "sides": ("draft", "report.txt", "-o", "drafted", "--sides", "{}.yaml"),
    "vary": ("sweep", "case.yaml", "--samples", "1", "--workers", "1", "--vary", "{}.yaml"),
    "results": ("sweep", "case.yaml", "--samples", "1", "--workers", "1", "--vary", "vary.yaml",
                "--danger", "a.x", "--results", "{}.jsonl"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_neither_hangs_nor_fills_the_memory(
    asked: tuple[str, ...], kind: str, here: Path, run: Callable[..., Any]
) -> None:
    name = next(a for a in asked if "{}" in a).format("odd")
    if kind == "pipe":
        os.mkfifo(here / name)
    else:
        (here / name).symlink_to("/dev/zero")
    ran = run(*(a.format("odd") for a in asked))
    assert ran.code == 2
    assert f"this is a {kind}, not a file" in ran.err or "this is not a file" in ran.err
