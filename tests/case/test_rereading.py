"""A text read again in part: as if the whole of it had been read, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import gallery
from detente.case import document, files
from detente.case.rereading import reread
from detente.errors import CaseError

SMALL = """\
# head
title: T
parties:
  a:   # of a
    options:
      x: {label: X, irreversible: true}
      y: [p,
        q]
  # of b
  b:
    note: >-
      two
      words

    options: {z: Z}
wishes:
  a:
  - that: a.x
    note: |+
      kept

  # of the next
  - 'a.y'
  -
    that: "one
      more"
  b:
    - b.z

    - not a.x
last: plain
  goes on
"""

LINES = SMALL.splitlines(keepends=True)

ODD = """\
# c
      # c
      more
  more
more
- w
  - w
    - w
      - w
    - - w
  c: 1
c: |
    - |
  k: >+
    'open
c: "open
  shut"
shut'
  - [
]
  {c: 1}
---
...
? c
: d
  &a c: 1
    - &a w
  !x c: 1
title: again
  a: again
    - *a
  -
  c:
%c
  - c: d
    e: f
"""

MORE = st.sampled_from(
    [*LINES, *ODD.splitlines(keepends=True), "\n", "c:\r\n", "c: d\x85", "\tc: 1\n"]
)


def changed(lines, changes):
    """Put other lines for some, each change behind what the ones before made."""
    lines = list(lines)
    for at, gone, new in changes:
        at %= len(lines) + 1
        lines[at : at + gone] = new
    return "".join(lines)


CHANGES = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 3), st.lists(MORE, max_size=3)),
    min_size=1,
    max_size=2,
)


def whole(text):
    try:
        return document.read(text, file="f")
    except CaseError:
        return None


@settings(max_examples=200, deadline=None)
@given(CHANGES, CHANGES)
def test_a_part_read_again_is_as_the_whole_read_again(first, then):
    """The oracle is the slow way; a text that cannot be read is left to it."""
    before = whole(changed(LINES, first)) or whole(SMALL)
    text = changed(before.text.splitlines(keepends=True), then)
    found = reread(before, text)
    assert found is None or found == whole(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - 'a.y'\n", "  - 'a.z'\n"),
        ("  - 'a.y'\n", ""),
        ("    - b.z\n", ""),
        ("    - not a.x\n", "    - not a.x\n    # c\n    - a.x\n"),
        ("  a:   # of a\n", "  c: {}\n  a:   # of a\n"),
        ("title: T\n", "title: >-\n  T\n  and more\n"),
        ("title: T\n", ""),
        ("    - b.z\n\n    - not a.x\n", "    - not a.x\n    - b.z\n"),
        ("  goes on\n", "  goes on\nmore: 1\n"),
        ("last: plain\n  goes on\n", ""),
    ],
)
def test_everyday_changes_are_read_in_part(old, new):
    text = SMALL.replace(old, new)
    assert text != SMALL
    found = reread(whole(SMALL), text)
    assert found is not None
    assert found == whole(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  b:\n    - b.z\n", "  a:\n    - b.z\n"),  # a key twice
        ("    - b.z\n", "    - 'b.z\n"),  # a quote that is left open
        ("    - b.z\n", "    - [[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"),
        ("    - b.z\n", "    - " + "[" + "x," * 20_000 + "]\n"),
        ("    - b.z\n", "    - \x00\n"),
        ("last: plain\n", "...\n---\nlast: plain\n"),
    ],
)
def test_what_cannot_be_read_is_left_to_the_whole(old, new):
    text = SMALL.replace(old, new)
    assert text != SMALL
    assert reread(whole(SMALL), text) is None
    assert whole(text) is None or whole(text).twice


def test_a_case_read_near_another_is_the_same_and_leaves_the_other_alone():
    text = (gallery.folder("korea-2018") / "case.yaml").read_text("utf-8")
    loaded = files.parse(text, file="f", name="n")
    for old, new in [
        ("    - that: not prk.attack\n", "    - that: not prk.attac\n"),
        ("    - that: not prk.attack\n", "    - this: not prk.attack\n"),
        ("firmness: 3", "firmness: many"),
        ("    - that: talks\n", "    - that: not talks\n"),
    ]:
        assert old in text
        told = []
        for near in (None, loaded):
            try:
                told.append(files.parse(text.replace(old, new), file="f", name="n", near=near))
            except CaseError as error:
                told.append(error.problems)
        assert told[0] == told[1]
        assert loaded == files.parse(text, file="f", name="n")
