"""How quick the workbench is; run by ``make bench``, on a machine that does nothing else."""

from __future__ import annotations

import pytest

from browser import clocks
from browser.bench import Server

pytest.importorskip("starlette")
pytestmark = pytest.mark.clock

SEEN = 0.100
"""Seconds until an edit is seen."""

SOON, LATER = 2.0, 5.0
"""Seconds until answers of a case of Korea's size are there: most of them; all of them."""

FRAME = 50.0
"""Milliseconds that no frame may take while 200 claims and 256 states scroll for ten seconds."""


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


def test_an_edit_is_seen_and_answered_in_time(chromium, server, capsys):
    (told,) = clocks.edits(chromium, server)
    with capsys.disabled():
        print(
            f"\nan edit seen {told.edit * 1000:.0f} ms; answers {told.quick:.1f} s; "
            f"all {told.every:.1f} s"
        )
    assert told.edit < SEEN
    assert told.quick < SOON
    assert told.every < LATER


def test_two_hundred_claims_scroll_smoothly(chromium, server, capsys):
    frames = clocks.frames(chromium, server)
    with capsys.disabled():
        print(f"\n{len(frames)} frames in 10 s, the longest {max(frames):.0f} ms")
    assert max(frames) < FRAME
