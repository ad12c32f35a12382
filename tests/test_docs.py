"""The documentation is true: its code runs, its transcripts are what is printed, its links lead on.

In README.md and under docs/

- a ``console`` block is a transcript: every command is run and its output compared, where a line
  ``...`` stands for anything;
- a ``sh`` block holds commands to type: those of détente are run, those that install are known;
- a ``python`` block is a script, or a session where it shows ``>>>``;
- a ``yaml`` block with ``title="name.yaml"`` is a file that later blocks of the page can use; one
  without is a piece of a case file, laid over the last such file and checked with it;
- a ``text`` block is only shown, unless it has a title: then it is a file, too.

The blocks of a page share a directory and the names that its Python blocks define.
"""

from __future__ import annotations

import contextlib
import copy
import doctest
import importlib
import io
import os
import re
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from marked import few

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^( *)```(\w*)([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LOOKS = doctest.ELLIPSIS | doctest.REPORT_NDIFF
SHOWN_ONLY = {"text", "json", "bibtex", "html"}
INSTALLS = ("make", "git clone", "cd", "python3 -m venv", ".venv/bin/pip", "pip install", "source")
BESIDE = {"detente", "cat", "ls", "head", "echo"}


def name(path: Path) -> str:
    """The path from the root."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, what else its first line says, its text and place."""

    language: str
    info: str
    text: str
    place: str

    @property
    def title(self) -> str | None:
        """The name of the file it stands for, if any."""
        found = re.search(r'title="([^"]+)"', self.info)
        return found[1] if found else None


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page."""
    text = page.read_text("utf-8")
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        inside = textwrap.dedent(match[4])
        yield Block(match[2], match[3].strip(), inside, f"{name(page)}:{line}")


# --- running what stands there ----------------------------------------------------------------


@dataclass
class Reader:
    """Somebody who follows a page, block by block, in a directory of their own."""

    globals: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    last_file: Path | None = None
    exit_code: int = 0

    def follow(self, block: Block) -> None:
        """Do what one block says and fail where it does not come out so."""
        if block.language in SHOWN_ONLY:
            if block.title:
                written(block)
            return
        act = getattr(self, f"_{block.language}", None)
        assert act, f"{block.place}: name the block's language; ```text is only shown"
        act(block)

    def _console(self, block: Block) -> None:
        assert block.text.startswith("$ "), f"{block.place}: a transcript begins with '$ '"
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            assert command.split()[0] in BESIDE, f"{block.place}: is '{command}' to be run?"
            same(block.place, command, shown, self._run(command))

    def _sh(self, block: Block) -> None:
        lines = (re.sub(r"(^|\s+)#.*", "", line).strip() for line in block.text.splitlines())
        for line in filter(None, lines):
            command = line.removeprefix(".venv/bin/")
            if command.split()[0] == "detente":
                printed = self._run(command)
                assert self.exit_code == 0, f"{block.place}: '{line}' failed:\n{printed}"
            elif command.split()[0] == "make":
                makefile = (ROOT / "Makefile").read_text("utf-8")
                assert all(f"\n{goal}:" in makefile for goal in command.split()[1:]), block.place
            else:
                assert line.startswith(INSTALLS), f"{block.place}: is '{line}' to be run?"

    def _python(self, block: Block) -> None:
        if ">>> " not in block.text:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block.text, block.place, "exec"), self.globals)
            return
        session = doctest.DocTestParser().get_doctest(
            block.text, self.globals, block.place, block.place, 0
        )
        said: list[str] = []
        doctest.DocTestRunner(verbose=False, optionflags=LOOKS).run(
            session, out=said.append, clear_globs=False
        )
        self.globals = session.globs
        assert not said, "".join(said)

    def _yaml(self, block: Block) -> None:
        assert block.title or self.last_file, f"{block.place}: a piece needs a whole case before it"
        from detente.case.files import parse

        if block.title:
            self.last_file = written(block)
            if self.last_file.name == "case.yaml":
                parse(block.text, file=block.place, name="page")
        else:
            whole = overlaid(self.last_file.read_text("utf-8"), block.text)
            parse(whole, file=block.place, name="page")

    def _run(self, command: str) -> str:
        """What a command prints, on either stream."""
        if command == "echo $?":
            return f"{self.exit_code}\n"
        words = shlex.split(command)
        if words[0] == "detente" and not set(words) & {"|", ">", "<", "&&", ";"}:
            self.exit_code, printed = detente(words)
            return printed
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        run = subprocess.run(
            ["sh", "-c", f"{command} 2>&1"],
            stdout=subprocess.PIPE,
            env=os.environ | {"PATH": path},
            encoding="utf-8",
            check=False,
        )
        self.exit_code = run.returncode
        return run.stdout


def written(block: Block) -> Path:
    """The file that a block with a title stands for, made."""
    assert block.title
    path = Path(block.title)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, "utf-8")
    return path


def detente(words: list[str]) -> tuple[int, str]:
    """Exit code and output of the command line, run in this process to save its start."""
    from detente.cli import main

    screen = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        patch.setattr(sys, "argv", words)
        try:
            main()
        except SystemExit as done:
            return int(done.code or 0), screen.getvalue()
    return 0, screen.getvalue()


def same(place: str, command: str, shown: str, printed: str) -> None:
    """Fail where the output differs from what the page shows."""
    want, got = (tidy(text) for text in (shown, printed))
    if not doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS):
        raise AssertionError(f"{place}: '{command}' prints\n{got}\ninstead of\n{want}")


def tidy(text: str) -> str:
    """Without blanks at the ends of lines and blank lines at the end, which nobody sees."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip() + "\n"


def overlaid(whole: str, piece: str) -> str:
    """A case file in which a piece replaces what stands at the same place."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 4096
    base = yaml.load(whole)
    lay_over(base, yaml.load(piece))
    out = io.StringIO()
    yaml.dump(base, out)
    return out.getvalue()


def lay_over(base: Any, piece: Any) -> None:
    """Replace values in a mapping, entering mappings that stand in both."""
    for key, value in piece.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            lay_over(base[key], value)
        else:
            base[key] = copy.deepcopy(value)


LONG = {"docs/how-to/brief.md"}
"""Pages that ask everything of a large case several times over; README.md does it once."""


@pytest.mark.parametrize("page", few(PAGES, *(p for p in PAGES if name(p) not in LONG)), ids=name)
def test_the_blocks_of_a_page_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    reader = Reader()
    for block in blocks(page):
        reader.follow(block)


DOCUMENTED = sorted(f for f in (ROOT / "src").rglob("*.py") if ">>> " in f.read_text("utf-8"))


@pytest.mark.parametrize("path", DOCUMENTED, ids=name)
def test_the_examples_in_docstrings_run(path):
    dotted = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    module = importlib.import_module(dotted.removesuffix(".__init__"))
    assert doctest.testmod(module, optionflags=LOOKS).failed == 0


# --- the tests' own tests ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "assert False"),
        ("python", ">>> 1 + 1\n3\n"),
        ("console", "$ echo one\ntwo\n"),
        ("console", "$ rm -r x\n"),
        ("console", "detente --help\n"),
        ("sh", "rm -r x\n"),
        ("sh", "make no-such-thing\n"),
        ("yaml", "title: A piece of nothing\n"),
        ("", "anything\n"),
        ("ruby", "anything\n"),
    ],
)
def test_a_wrong_block_is_noticed(language, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError):
        Reader().follow(Block(language, "", text, "page.md:1"))


def test_a_right_block_passes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reader = Reader()
    reader.follow(Block("python", "", "x = 1", "page.md:1"))
    reader.follow(Block("python", "", ">>> x + 1\n2\n", "page.md:2"))
    reader.follow(Block("console", "", "$ echo one; echo two; echo three\none\n...\n", "page.md:3"))
    reader.follow(Block("console", "", "$ ls no-such-file | head -1; exit 3\n...", "page.md:4"))
    reader.follow(Block("console", "", "$ echo $?\n3\n", "page.md:5"))
    reader.follow(Block("text", 'title="new/file.txt"', "Words.\n", "page.md:6"))
    reader.follow(Block("console", "", "$ cat new/file.txt\nWords.\n", "page.md:7"))
    reader.follow(Block("sh", "", "make test  # all\n# a comment\ncd détente\n", "page.md:8"))


def test_a_piece_replaces_what_stands_in_its_place():
    whole = "a: {b: [1, 2], c: 3}\nd: 4\n"
    assert overlaid(whole, "a: {b: [5]}\n") == "a: {b: [5], c: 3}\nd: 4\n"
