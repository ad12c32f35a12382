"""What no analyst writes: refused in one line, soon, and never with a traceback."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest

from detente.case import files
from detente.errors import CaseError

BOUND = 4.0
"""Seconds of processor time; about a second where nothing else runs, more under coverage."""

HEAD = "parties:\n  a:\n    options:\n      x: X\n"  # four lines
TAIL = "preferences:\n  a: [a.x]\n"
OPTIONS = "parties:\n  a:\n    options:\n"  # three lines
GOOD = (
    "title: T\nas_of: 2020-01-31\nparties:\n"
    "  a: {name: A, options: {x: X, y: {levels: [p, q, r]}}}\n"
    "  b:\n    aliases: [bee]\n    options:\n      z: {label: Zed, irreversible: true}\n"
    "outcomes:\n  war: b.z and not a.x\ninfeasible:\n  - a.x and b.z\nstatus_quo: [a.y = q]\n"
    "preferences:\n  a:\n    - not war\n    - {that: a.x, cite: [{report: '1', quote: \"so\"}]}\n"
    "  b: {weights: {a.y = r: 2.5, war: -1}}\nconditions:\n"
    "  - {party: a, option: a.x, needs: not b.z, firmness: 2}\n"
)

ONE_LINE = {
    "empty": (b"", "the file is empty; 'detente new' writes a first case"),
    "white": (b" \n\n  \n", "the file is empty; 'detente new' writes a first case"),
    "comments": (b"# one\n# two\n", "the file is empty; 'detente new' writes a first case"),
    "zeros": (
        bytes(100),
        ":1:1: the character U+0000 does not belong in a text file; delete it, or name a case file",
    ),
    "not utf-8": (
        b"title: T\nsource: \xe9t\xe9\n",
        ":2: this is not UTF-8 text; save the file as UTF-8, or name a case file",
    ),
    "utf-16": (
        GOOD.encode("utf-16"),
        ":1: this is not UTF-8 text; save the file as UTF-8, or name a case file",
    ),
    "large": (b"#" * 6_000_000, "the file has 6.0 MB; a case may have 1 MB"),
    "many lines": (b"\n" * 900_000, "the file has 900,001 lines; at most 50,000 are read"),
    "long line": (
        b"title: '" + b"x" * 900_000 + b"'",
        ":1: the line has 900,009 characters; at most 200,000 are read",
    ),
    "many values": (
        b"title:\n" + b"- 1\n" * 49_000,
        ":19999:3: the file holds more than 20,000 values; split the case",
    ),
    "flow lists": (b"[" * 150_000, ":1:31: lists and mappings are nested more than 30 deep"),
    "flow mappings": (
        b"{a: " * 40_000,
        ":1:121: lists and mappings are nested more than 30 deep",
    ),
    "block mappings": (
        "\n".join(" " * i + "a:" for i in range(1_000)).encode(),
        ":31:31: lists and mappings are nested more than 30 deep",
    ),
    "block lists": (b"- " * 90_000, ":1:61: lists and mappings are nested more than 30 deep"),
    "alias bomb": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        ":2:8: aliases such as '*name' are not read; write the value out again",
    ),
    "merge key": (
        b"a: &a {x: y}\nb:\n  <<: *a\n",
        ":3:7: aliases such as '*name' are not read; write the value out again",
    ),
    "python tag": (
        b"parties: !!python/object/apply:os.system [ls]\n",
        ":1:10: tags such as '!!python/object/apply:os.system' are not read; delete it",
    ),
    "own tag": (b"a: !x y\n", ":1:4: tags such as '!x' are not read; delete it"),
    "two documents": (
        (HEAD + "---\n" + HEAD).encode(),
        ":5:1: a second document begins here; a file holds one case",
    ),
    "list": (b"- a\n- b\n", ":1:1: expected keys such as 'parties:' at the top, found a list"),
    "text": (b"hello\n", ":1:1: expected keys such as 'parties:' at the top, found 'hello'"),
    "list as key": (
        b"parties:\n  ? [a]\n  : b\n",
        ":2:5: a key must be a name or a formula, and not empty",
    ),
    "empty key": (b": x\n", ":1:1: a key must be a name or a formula, and not empty"),
    "control character": (
        (HEAD + TAIL + 'title: "a\\u0007"\n').encode(),
        ":7:8: the text holds the character U+0007; delete it",
    ),
    "half a character": (
        (HEAD + TAIL + 'title: "a\\ud800"\n').encode(),
        ":7:8: the text holds the character U+D800; delete it",
    ),
    "tab": (b"\ttitle: T\n", ":1:1: this is not YAML: a tab; indent with spaces"),
    "nested formula": (
        (HEAD + f"infeasible:\n  - {'(' * 5_000}a.x{')' * 5_000}\n").encode(),
        ":6:105: the formula is nested more than 100 deep; give its parts names under 'outcomes'",
    ),
    "long formula": (
        (HEAD + f"infeasible:\n  - {'a.x or ' * 20_000}a.x\n").encode(),
        ":6:5: the formula has 140,003 characters; at most 100,000 are read",
    ),
    "formula of many lines": (
        (HEAD + "infeasible:\n  - >-\n" + "    a.x or\n" * 40_000 + "    a.x\n").encode(),
        ":6:5: the formula has 280,003 characters; at most 100,000 are read",
    ),
    "tower of outcomes": (
        (
            HEAD
            + "outcomes:\n  o0: a.x\n"
            + "".join(f"  o{i}: o{i - 1}\n" for i in range(1, 5_000))
            + TAIL
        ).encode(),
        ":106:3: the outcome 'o100' stands on 100 others, one on top of the other; "
        "no more are read",
    ),
    "ring of outcomes": (
        (
            HEAD + "outcomes:\n" + "".join(f"  o{i}: o{(i + 1) % 900}\n" for i in range(900))
        ).encode(),
        ":6:3: outcomes build on themselves: o0 → o1 → o2 → o3 → o4 → o5 → … → o0; "
        "write one of them with options alone",
    ),
    "many options": (
        (OPTIONS + "".join(f"      o{i}: O\n" for i in range(9_000))).encode(),
        ":1:1: the case has 9,000 options; at most 1,000 are read",
    ),
    "more options": (
        (OPTIONS + "".join(f"      o{i}: O\n" for i in range(10_000))).encode(),
        ":10000:14: the file holds more than 20,000 values; split the case",
    ),
}  # fmt: skip


def attempt(folder, data: bytes) -> str:
    """Read a file with this content; return what was said."""
    file = folder / "case.yaml"
    file.write_bytes(data)
    try:
        files.read(file)
        said = ""
    except CaseError as error:
        said = str(error).replace(str(file), "")
    return said


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """Import what reading imports, so that the first test is not blamed for it."""
    files.parse(HEAD + TAIL, file="f", name="t")


@pytest.mark.parametrize("name", ONE_LINE)
def test_refused_in_one_line(name, tmp_path):
    data, message = ONE_LINE[name]
    assert attempt(tmp_path, data).removeprefix(": ") == message


@pytest.mark.clock
@pytest.mark.parametrize("name", ONE_LINE)
def test_it_takes_no_longer_than(name, tmp_path):
    begin = time.process_time()
    attempt(tmp_path, ONE_LINE[name][0])
    assert time.process_time() - begin < BOUND


def test_a_file_cut_off_anywhere_is_read_or_refused(tmp_path):
    said = [attempt(tmp_path, GOOD[:end].encode()) for end in range(0, len(GOOD), 5)]
    assert any("was it cut off?" in message for message in said)
    assert all(len(message) < 1_000 for message in said)


def test_a_damaged_file_is_read_or_refused(tmp_path):
    rng = random.Random(7)
    for _ in range(150):
        data = bytearray(GOOD.encode())
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        attempt(tmp_path, bytes(data))


def test_noise_is_refused(tmp_path):
    rng = random.Random(7)
    for size in (1, 10, 1_000, 100_000):
        assert attempt(tmp_path, rng.randbytes(size)) != ""


@pytest.mark.parametrize("mark", list("[]{}:-?!&*|>'\"%@`#,=<~"))
def test_a_mark_many_times_over_is_refused(mark, tmp_path):
    assert attempt(tmp_path, mark.encode() * 50_001) != ""


def test_a_byte_order_mark_is_no_fault(tmp_path):
    assert attempt(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()) == ""


def test_direction_marks_in_labels_are_kept():
    text = HEAD + TAIL + 'title: "\u202babc\u202c"\n'
    assert files.parse(text, file="f", name="t").case.title == "\u202babc\u202c"


def test_wide_formulas_are_checked_within_bounds_of_memory(tmp_path):
    options = "".join(f"      o{i}: O\n" for i in range(22))
    every = " and ".join(f"a.o{i}" for i in range(22))
    wishes = "".join(f"    - {every.replace(f'a.o{i}', f'not a.o{i}')}\n" for i in range(20))
    text = f"{OPTIONS}{options}infeasible: [{every}]\npreferences:\n  a:\n{wishes}"
    tracemalloc.start()
    try:
        attempt(tmp_path, text.encode())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_outcomes_that_double_at_every_step_cost_no_more_than_their_number(tmp_path):
    steps = "".join(
        f"  o{i}: o{i - 1} and p{i - 1}\n  p{i}: o{i - 1} or p{i - 1}\n" for i in range(1, 99)
    )
    text = (
        HEAD + "      y: Y\noutcomes:\n  o0: a.x\n  p0: a.y\n" + steps + "preferences: {a: [o98]}\n"
    )
    assert attempt(tmp_path, text.encode()) == ""
