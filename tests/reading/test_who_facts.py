"""What is known of the world: every line is read, names are told apart, a user's lines count."""

from __future__ import annotations

from pathlib import Path

import pytest
from who_asking import analysed, meant, who

from detente.reading.lexicon import load
from detente.reading.who.facts import facts, shipped
from detente.reading.who.spelling import key
from detente.reading.who.world import World

# names that mean several parties, from general knowledge; nothing else may
SEVERAL = {"Korean", "Koreans", "Congo", "Congolese", "Guinean", "Guineans", "Korea"}


def test_every_office_holder_is_read() -> None:
    lines = _lines("holders.txt", "holders")
    wanted = sum(len(meaning.split(";")) for _, meaning in lines)
    # names with other spellings after a slash are one person
    found = {(h.full, h.side, h.years) for of in shipped().holders.values() for h in of}
    assert len(found) == wanted > 250


def test_every_side_of_an_office_holder_is_known() -> None:
    sides = {h.side for of in shipped().holders.values() for h in of}
    assert {side for side in sides if side not in shipped().kinds} == set()


def test_every_region_lies_in_a_known_state() -> None:
    states = {name for name, kind in shipped().kinds.items() if kind == "state"}
    assert set(shipped().parents.values()) <= states


def test_few_names_mean_several_parties() -> None:
    doubled = {
        " ".join(place)
        for place, senses in shipped().names.items()
        if len({s.party for s in senses if not s.shy}) > 1
    }
    assert doubled <= SEVERAL


@pytest.mark.parametrize(
    "name",
    [
        "South Sudan",
        "Guinea-Bissau",
        "Equatorial Guinea",
        "Papua New Guinea",
        "New Mexico",
        "Northern Ireland",
        "Democratic Republic of the Congo",
        "East Timor",
    ],
)
def test_the_longest_name_is_taken(name: str) -> None:
    assert who(f"On Monday {name} rejected the offer of a truce.", name).party == name


def test_a_user_adds_states_bodies_and_holders(tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text(
        "[states]\nSyldavia = ; Klow ; Syldavian\n[bodies]\nKlow River Board = KRB ; agency\n"
        "[holders]\nSyldavia = Hosni Brod (m 2018-)\n",
        encoding="utf-8",
    )
    lexicon = load(file)
    assert facts(lexicon).kinds["Syldavia"] == "state"
    text = "On Monday Klow refused, the KRB objected, and Hosni Brod left. Later Brod came back."
    parsed = analysed({"one": text}, "2020-05-01")
    world = World(parsed, lexicon=lexicon)
    asked = ["Klow", "KRB", "Brod| left", "Brod| came"]
    expected = ["Syldavia", "Klow River Board", "Syldavia", "Syldavia"]
    assert [meant(world, parsed[0], words).party for words in asked] == expected


def test_an_unrelated_paragraph_changes_nothing() -> None:
    text = (
        "On Monday the Weir Keepers' Union walked out. The operator, Halden Locks, refused to talk."
        " Its chief executive, Per Holm, called the union reckless. The company will not pay, he"
        " said."
    )
    more = "\n\nRain fell on the hills of Peru, and nobody in Lima knew of the lock or its keepers."
    asked = ["Its", "Holm", "union| reckless", "company", "he| said"]
    plain = [who(text, words).party for words in asked]
    assert plain == [who(text + more, words).party for words in asked]
    assert plain == ["Halden Locks", "Halden Locks", "Weir Keepers' Union", *["Halden Locks"] * 2]


def _lines(name: str, heading: str) -> list[tuple[str, str]]:
    """Return the entries of a heading as they stand in a file."""
    from importlib import resources

    text = resources.files("detente.reading.who").joinpath("facts", name).read_text("utf-8")
    body = text.split(f"\n[{heading}]\n")[1]
    pairs = (line.split("#")[0].partition("=") for line in body.splitlines())
    return [(left.strip(), right.strip()) for left, sign, right in pairs if sign and key(left)]
