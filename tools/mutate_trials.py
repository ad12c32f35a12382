"""How a change is tried: the tests of a part in a child process, with other code in functions."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import NoReturn, TypeAlias

import pytest

OWN = {
    "case": ["tests/case"],
    "graph": ["tests/graph"],
    "stability": ["tests/stability"],
    "wayout": ["tests/wayout"],
    "risk": ["tests/risk"],
}
"""The parts that can be broken, and the tests of each."""

NEIGHBOURS = {
    "case": [
        "tests/cli/test_cli_cases.py",
        "tests/wayout/test_deadlock.py",
        "tests/gallery/test_gallery.py",
    ],
    "graph": ["tests/stability", "tests/wayout", "tests/doubt/test_ways.py"],
    "stability": [
        "tests/gallery/test_gallery.py",
        "tests/cli/test_cli_engine.py",
        "tests/graph/test_diagrams.py",
    ],
    "wayout": [
        "tests/gallery/test_korea_verdicts.py",
        "tests/dossier/test_nuances.py",
        "tests/dossier/test_sections.py",
        "tests/doubt/test_radius.py",
        "tests/graph/test_diagrams.py",
        "tests/graph/test_merging.py",
    ],
    "risk": ["tests/gallery/test_korea_verdicts.py", "tests/dossier/test_sections.py"],
}
"""Further tests that may notice what a part's own tests do not."""

FEW = "6"
"""Examples of a property at first."""

PLAIN = ["-q", "-s", "-m", "not slow and not clock", "-p", "no:cacheprovider", "-p", "no:xdist"]
"""How the tests are run."""

PATIENCE = 1800
"""Seconds by the clock after which a change is told as waiting: endless, or the machine is busy."""

STOPPED = {signal.SIGXCPU: "endless", signal.SIGALRM: "waiting"}
"""What is told of a change whose tests were ended, by the signal that ended them."""

LEAST, TIMES = 30, 10
"""Seconds of processor time that any change may take, and how much more than its tests."""

CO_OPTIMIZED = 1
"""Marks the code of a function, in which names are not looked up as in a module or a class."""

Place: TypeAlias = tuple[str, int]
"""Of a code object in its file: its qualified name and its first line."""


@dataclass(frozen=True)
class Mutant:
    """One change of one expression.

    Parameters
    ----------
    file : str
        From the root.
    line : int
        From 1.
    before, after : str
        The expression, in one line.
    start, end : int
        Where it stands in the text, in characters.
    text : str
        The expression as it is written.
    """

    file: str
    line: int
    before: str
    after: str
    start: int
    end: int
    text: str

    def of(self, text: str) -> str:
        """Return the text of the file with the change, its lines where they were."""
        lines = "\n" * self.text.count("\n")
        return f"{text[: self.start]}({self.after}{lines}){text[self.end :]}"


@dataclass(frozen=True)
class Reach:
    """Which tests reach which lines, and how long each takes.

    Parameters
    ----------
    lines : mapping
        From ``FILE:LINE`` to the ids of tests.
    seconds : mapping
        From the id of a test to its processor time.
    failing : sequence of str
        Tests that fail without any change.
    """

    lines: Mapping[str, Sequence[str]]
    seconds: Mapping[str, float]
    failing: Sequence[str]

    def of(self, mutant: Mutant, tests: Sequence[str]) -> list[str]:
        """Return those of some tests that reach a change, and new ones, the quick ones first.

        What runs while a module is imported, or in another process, is reached by all of them.
        """
        lines = range(mutant.line, mutant.line + mutant.text.count("\n") + 1)
        known = {t for n in lines for t in self.lines.get(f"{mutant.file}:{n}", ())}
        found = [t for t in tests if t in known or t not in self.seconds]
        return sorted(found if known else tests, key=lambda test: self.seconds.get(test, 0.0))

    def bound(self, tests: Sequence[str]) -> int:
        """Return the seconds of processor time after which something is endless."""
        return LEAST + TIMES * int(sum(self.seconds.get(test, 1.0) for test in tests))


@dataclass(frozen=True)
class Trials:
    """A plugin of pytest that runs the tests it collected again and again, each time in a child.

    Parameters
    ----------
    part : str
        Which is broken.
    mutants : sequence of Mutant
        What to try.
    map : Path
        Where it is kept which tests reach which lines.
    tell : callable
        Told each change and what became of it.
    once : bool
        Whether what a child has not noticed is not tried again with all examples.
    """

    part: str
    mutants: Sequence[Mutant]
    map: Path
    tell: Callable[[Mutant, str, str], None]
    once: bool = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all changes in place of running the tests once."""
        items = {item.nodeid: item for item in session.items}
        if not self.map.exists():
            self._in_child(lambda: self._mapped(items), 0)
        known = Reach(**json.loads(self.map.read_text("utf-8")))
        for failing in known.failing:
            print(f"left out, as it fails without any change: {failing}", flush=True)
            items.pop(failing, None)
        for mutant in self.mutants:
            self.tell(mutant, *self._outcome(mutant, items, known))
        return True

    def _outcome(
        self, mutant: Mutant, items: Mapping[str, pytest.Item], known: Reach
    ) -> tuple[str, str]:
        file = Path(mutant.file)
        text = file.read_text("utf-8")
        tests = known.of(mutant, [*items])
        own = [test for test in tests if test.startswith(tuple(OWN[self.part]))]
        codes = changed_codes(mutant, text)
        file.write_text(mutant.of(text), encoding="utf-8")  # for what is not imported yet
        try:
            if codes:
                chosen = [items[test] for test in tests]

                def changed() -> bool:
                    _swap(codes, file)
                    return _run(chosen)

                if noticed := self._in_child(changed, known.bound(tests)):
                    return noticed, "a child"
                if self.once:
                    return "survived", ""
            seconds = known.bound(tests) * TIMES
            noticed = _from_nothing(own or tests, "" if codes else FEW, seconds)
            return noticed or "survived", "a new process" if noticed else ""
        finally:
            file.write_text(text, encoding="utf-8")

    def _in_child(self, work: Callable[[], bool], seconds: int) -> str:
        """Return how work in a child process ends: empty, or how its failure was noticed."""
        sys.stdout.flush()
        child = os.fork()
        if not child:
            _alone(work, seconds)
        _, status = os.waitpid(child, 0)
        killed = "killed" if status else ""
        return STOPPED.get(os.WTERMSIG(status), killed) if os.WIFSIGNALED(status) else killed

    def _mapped(self, items: Mapping[str, pytest.Item]) -> bool:
        """Run all tests without any change; keep what each reaches and how long it takes."""
        import coverage

        seen = coverage.Coverage(data_file=None, source=[f"src/detente/{self.part}"])
        seconds, failing = {}, []
        seen.start()
        rows = [*items.values()]
        for item, following in zip(rows, [*rows[1:], None], strict=True):
            name = item.nodeid
            seen.switch_context(name)
            begun = time.process_time()
            if not _run([item], following):
                failing.append(name)
            seconds[name] = time.process_time() - begun
        seen.stop()
        lines = {
            f"{Path(file).relative_to(Path.cwd())}:{line}": [test for test in tests if test]
            for file in seen.get_data().measured_files()
            for line, tests in seen.get_data().contexts_by_lineno(file).items()
        }
        kept = {"lines": lines, "seconds": seconds, "failing": failing}
        self.map.write_text(json.dumps(kept), encoding="utf-8")
        return True


def _alone(work: Callable[[], bool], seconds: int) -> NoReturn:
    """Do something in a child, in silence and within a bound of processor time; then end it."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    if seconds:
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        signal.alarm(PATIENCE)
    passed = False
    try:
        passed = work()
    finally:
        os._exit(not passed)


def _run(items: Sequence[pytest.Item], then: pytest.Item | None = None) -> bool:
    """Run some tests, to be followed by another, until one fails; tell whether none did."""
    failed = False

    class Watch:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            nonlocal failed
            failed |= report.failed

    watch = Watch()
    for item, following in zip(items, [*items[1:], then], strict=True):
        item.config.pluginmanager.register(watch)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        item.config.pluginmanager.unregister(watch)
        if failed:
            break
    return not failed


def _swap(codes: Mapping[Place, CodeType], file: Path) -> None:
    """Give the functions of a file other codes."""
    where = str(file.resolve())
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == where:
            one.__code__ = codes.get(_place(one.__code__), one.__code__)


def _place(code: CodeType) -> Place:
    return code.co_qualname, code.co_firstlineno


def changed_codes(mutant: Mutant, text: str) -> dict[Place, CodeType]:
    """Return the codes of the functions that are changed; empty where none can be given another.

    It is so where the change is at work while the module is imported, which it is already, and
    where two functions of one name begin on one line.
    """
    old, new = (
        [*_codes(compile(t, mutant.file, "exec", dont_inherit=True))]
        for t in (text, mutant.of(text))
    )
    if len(old) != len(new):  # "while False" has nothing in it
        return {}
    pairs = [*zip(old, new, strict=True)]
    own = [b for a, b in pairs if _bare(a) != _bare(b)]
    made = {_place(b): b for a, b in pairs if a != b}
    times = Counter(map(_place, new))
    fit = all(code.co_flags & CO_OPTIMIZED and times[_place(code)] == 1 for code in own)
    return made if own and fit else {}


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code and those of all functions defined in it, in the order of the text."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _bare(code: CodeType) -> tuple[object, ...]:
    """Return what a code does itself, without the functions that it defines."""
    consts = [repr(c) for c in code.co_consts if not isinstance(c, CodeType)]
    return code.co_code, consts, code.co_names


def _from_nothing(tests: Sequence[str], examples: str, seconds: int) -> str:
    """Return how tests notice the change that stands in the file, begun from nothing."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        signal.alarm(PATIENCE)

    environment = {**os.environ, "DETENTE_EXAMPLES": examples}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as named:
        named.write("\n".join(tests))  # more than a command line may hold
        named.flush()
        command = [sys.executable, "-m", "pytest", "-x", *PLAIN, f"@{named.name}"]
        done = subprocess.run(
            command, env=environment, capture_output=True, check=False, preexec_fn=bound
        )
    return STOPPED.get(-done.returncode, "killed" if done.returncode else "")
