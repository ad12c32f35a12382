"""The world outside the command line: terminals, pipes, disks, limits and signals."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.cli import streams
from marked import few

DETENTE = [sys.executable, "-m", "detente"]


def detente(*arguments: str, **how: Any) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | how.pop("env", {})
    return subprocess.run(
        [*DETENTE, *arguments], env=env, check=False, **({"capture_output": True} | how)
    )


def test_without_arguments_the_help_is_printed(run: Callable[..., Any]) -> None:
    bare = run()
    assert (bare.code, bare.err) == (0, "")
    assert bare.out.rstrip() == run("--help").out.rstrip()


@pytest.mark.parametrize("encoding", few(["ascii", "cp1252", "cp437", "latin-1"], "cp437"))
def test_a_terminal_of_any_character_set_is_printed_to(encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    for command in (("deadlock", "korea-2018"), ("stability", "elmira"), ("states", "milk-river")):
        ran = detente(*command, env=env)
        assert (ran.returncode, b"fault" in ran.stderr) == (0, False), ran.stderr
        assert ran.stdout.decode(encoding).strip()


def test_json_and_pages_lose_nothing_on_such_a_terminal() -> None:
    asked = ("deadlock", "korea-2018", "--json")
    plain, narrow = detente(*asked), detente(*asked, env={"PYTHONIOENCODING": "ascii"})
    assert json.loads(narrow.stdout.decode("ascii")) == json.loads(plain.stdout.decode("utf-8"))
    asked = ("brief", "prisoners-dilemma", "--format", "md")
    plain, narrow = detente(*asked), detente(*asked, env={"PYTHONIOENCODING": "ascii"})
    assert narrow.stdout == plain.stdout
    assert "’".encode() in plain.stdout


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("ascii", "“Yes” – détente…", '"Yes" - detente...'),
        ("latin-1", "“Yes” – détente…", '"Yes" - d\xe9tente...'),
        ("cp437", "Łódź → 1", "?\xf3dz -> 1"),
        ("ascii", "▁█", "18"),
        ("ascii", "平和", "??"),
    ],
)
def test_plain_characters_stand_for_others(
    encoding: str, text: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    streams.prepare()
    print(text, end="", flush=True)
    assert raw.getvalue().decode(encoding) == shown


@pytest.mark.parametrize("command", ["check", "read", "review", "new"])
def test_what_is_too_long_to_name_a_file_is_no_fault_of_the_program(
    command: str, run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(command, "north wants " * 100)  # as when a text is pasted in the place of a path
    assert ran.code == 2
    assert "name too long" in ran.err
    assert "fault" not in ran.err
    assert len(ran.err) < 400


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("command", [("states", "elmira"), ("--help",)])
def test_a_full_or_closed_output_is_told(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = detente(*command, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert ran.returncode == 2
    assert ran.stderr == b"error: cannot write to standard output: No space left on device\n"
    shell = " ".join([*map(repr, DETENTE), *command, ">&-"])
    closed = subprocess.run(["sh", "-c", shell], capture_output=True, check=False)
    assert closed.returncode == 2
    assert closed.stderr == b"error: cannot write to standard output: it is closed\n"


@pytest.mark.parametrize(
    "command",
    [("gallery",), ("states", "elmira", "--json"), ("--help",)],
)
def test_a_reader_that_has_gone_is_no_error(command: tuple[str, ...]) -> None:
    process = subprocess.Popen([*DETENTE, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, told = process.communicate()
    assert (process.returncode, told) == (0, b"")


def test_ctrl_c_while_it_loads_is_quiet(tmp_path: Path) -> None:
    """A module that the command line needs is interrupted while it is imported."""
    (tmp_path / "click.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)\n"
    )

    def heard() -> None:  # what runs in the background is started deaf to it
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    ran = detente("gallery", env={"PYTHONPATH": str(tmp_path)}, preexec_fn=heard)
    assert (ran.returncode, ran.stderr) == (130, b"interrupted\n")


@pytest.mark.parametrize("megabytes", [200, 700])
def test_a_limit_of_the_system_is_told_plainly(megabytes: int, tmp_path: Path) -> None:
    """Below the least nothing is begun; above it what does not fit is refused, or used up."""
    resource = pytest.importorskip("resource")
    case = tmp_path / "case.yaml"
    case.write_text(large(2, 8))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    ran = detente("risk", str(case), preexec_fn=limit)
    assert ran.returncode == 2, ran.stderr
    assert ran.stderr.splitlines()[-1].startswith(b"error: the ")
    assert b"memory" in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert b"fault of the program" not in ran.stderr


def large(parties: int, options: int) -> str:
    """A case without rules: 2^(parties * options) states."""
    names = "abcdefg"[:parties]
    own = {p: ", ".join(f"{p}{k}: Option {p}{k}" for k in range(options)) for p in names}
    return "\n".join(
        [
            "title: Large",
            "parties:",
            *(f"  {p}: {{options: {{{own[p]}}}}}" for p in names),
            "outcomes: {war: a.a0 and b.b0, talks: a.a1 and b.b1 and not a.a0}",
            "status_quo: []",
            "preferences:",
            *(f"  {p}: [not war, {p}.{p}2, {p}.{p}1]" for p in names),
        ]
    )


def test_the_memory_that_may_be_used_is_kept(tmp_path: Path, run: Callable[..., Any]) -> None:
    """4^7 states: 4 million transitions of 56 bytes; ways hold four times what states take."""
    case = tmp_path / "case.yaml"
    case.write_text(large(2, 7))
    ran = run("risk", case, "--max-memory", "100M")
    assert ran.code == 2
    assert "transitions, the most that fit the memory" in ran.err
    assert "--max-memory" in ran.err
    ran = run("path", case, "--max-memory", "1M")
    assert ran.code == 2
    assert "looking for ways needs about" in ran.err
    assert run("stability", case, "--max-memory", "1M").code == 0


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes an output")
def test_a_server_for_assistants_tells_that_its_output_is_closed() -> None:
    pytest.importorskip("mcp")
    shell = ["sh", "-c", 'exec "$@" >&- </dev/null', "sh", *DETENTE, "mcp"]
    ran = subprocess.run(shell, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert b"cannot write to standard output: it is closed" in ran.stderr


def test_a_folder_of_something_else_does_not_hide_a_built_in_case(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elmira").mkdir()
    (tmp_path / "elmira" / "elmira.tra").write_text("1 1\n")
    assert "fit for use" in run("check", "elmira").out
    (tmp_path / "elmira" / "case.yaml").write_text("title: Mine\nparties: {}\n")
    assert run("check", "elmira").code == 2
    (tmp_path / "nothing").mkdir()
    assert "case.yaml" in run("check", "nothing").err
    os.mkfifo(tmp_path / "cuba")
    (tmp_path / "hero" / "case.yaml").mkdir(parents=True)
    assert [run("check", name).code for name in ("cuba", "hero")] == [0, 0]
