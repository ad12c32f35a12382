"""Words on paper: lines fit, nothing is lost in silence, nothing is obeyed."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from detente.dossier.drawings.lettering import ELLIPSIS, clean, cut, measure, wrap
from detente.dossier.drawings.marks import tag

ANY = st.text(max_size=300)
ROOM = st.floats(40, 400)


@given(ANY, ROOM, st.integers(1, 5), st.booleans())
def test_lines_fit_and_are_not_too_many(text, room, most, bold):
    lines = wrap(text, room, lines=most, bold=bold)
    assert 1 <= len(lines) <= most
    assert all(measure(line, bold=bold) <= room + 1e-6 for line in lines)


@given(ANY, ROOM)
def test_what_is_not_cut_is_whole(text, room):
    lines = wrap(text, room, lines=5)
    told, whole = "".join("".join(lines).split()), "".join(clean(text).split())
    if told.endswith(ELLIPSIS) and told != whole:
        assert whole.startswith(told.removesuffix(ELLIPSIS))
    else:
        assert told == whole


@given(ANY)
def test_everything_can_be_shown(text):
    node = ET.fromstring(tag("text", data_text=text))
    assert node.get("data-text") == clean(text) or text.isascii()
    shown = clean(text)
    assert not any(c in shown for c in "\u202e\u2066\u200b\x00\x1b\n\ufffe")


def test_ten_thousand_letters_take_no_more_room_than_others():
    assert wrap("x" * 10_000, 100, lines=2)[1].endswith(ELLIPSIS)
    assert cut("word " * 2_000, 90).endswith(ELLIPSIS)
    assert cut("short", 90) == "short"


def test_wide_letters_take_more_room():
    assert measure("漢字") > measure("ab") > measure("il") > 0
    assert measure("ab", bold=True) > measure("ab")
