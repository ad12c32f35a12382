"""Rows of event data as dated events; every row here is invented."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.reading.actors import PartyNames
from detente.reading.events import GDELT_WIDTH, read_events
from strategies import QUICK

PARTIES = (
    PartyNames("bor", "Borduria", ("Bordurian army",)),
    PartyNames("syl", "Syldavia", ("SYL",)),
)

PLOVER = """\
event_date,event_type,event_mode,actor_name,recipient_name,place
2024-03-02,REQUEST,change,Borduria,Syldavia,Klow
2024-03-05,THREATEN,,Syldavia,Borduria,
2024-03-06,CONSULT,visit,Khemed,Sondonesia,
soon,REJECT,,Borduria,Syldavia,
"""

ACLED = """\
event_id_cnty;event_date;event_type;sub_event_type;actor1;actor2;location;source;notes
X;05 March 2024;Battles;Armed clash;Army of Borduria (2020-);Rebels;Wouiz;Paper;"Shots; none hurt."
Y;07 March 2024;Strategic developments;Agreement;Syldavia;Borduria;Klow;Radio;
"""


def gdelt(day: str, actor: str, code: str, event: str, target: str = "") -> str:
    cells = [""] * GDELT_WIDTH
    cells[0], cells[1], cells[5], cells[6], cells[16] = "1", day, code, actor, target
    cells[26], cells[28], cells[52], cells[60] = event, event[:2], "Klow, Syldavia", "https://x.org"
    return "\t".join(cells)


def told(text: str):
    found = read_events(text, "e", PARTIES)
    return [(c.date, c.kind, c.plover, c.party, c.target) for c in found.claims], found.notes


def test_plover():
    claims, notes = told(PLOVER)
    assert claims == [
        ("2024-03-02", "demand", "REQUEST", "bor", "syl"),
        ("2024-03-05", "threat", "THREATEN", "syl", "bor"),
    ]
    assert notes == (
        "1 rows have no day that can be read; left out",
        "1 rows name no party of the case; left out",
    )
    first = read_events(PLOVER, "e", PARTIES).claims[0]
    assert (first.id, first.report, first.content) == ("e:1", "e", ())
    assert first.text == "Borduria asks or demands: Syldavia (change); Klow"


def test_acled_names_a_party_within_an_actor():
    claims, notes = told(ACLED)
    assert claims == [
        ("2024-03-05", "event", "ASSAULT", "bor", "Rebels"),
        ("2024-03-07", "acceptance", "AGREE", "syl", "bor"),
    ]
    assert notes == ()
    assert read_events(ACLED, "e", PARTIES).claims[0].text == "Shots; none hurt."


def test_polecat_has_the_columns_of_its_files():
    """As its files name them; where no name was resolved the raw one counts."""
    head = (
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name"
        "\tActor Country\tActor Name Raw\tRecipient Name\tRecipient Country\tRecipient Name Raw"
        "\tPlacename\tCity\tSource\tPublication Date\n"
    )
    rows = (
        "a\t2024-03-02\tREQUEST\tmeet\t-1\t3\tmilitary\tBorduria\tBRD\tthe Bordurians\tNone\tSYL"
        "\tSyldavia's king\tKlow\tKlow\tPaper\t2024-03-03\n"
        "b\t2024-03-04\tDEMAND\t\t-1\t3\t\tNone\tNone\tSyldavia\tBorduria\tBRD\tit\t\t\tPaper\t\n"
    )
    assert told(head + rows) == (
        [
            ("2024-03-02", "demand", "REQUEST", "bor", "syl"),
            ("2024-03-04", "demand", "REQUEST", "syl", "bor"),
        ],
        (),
    )


def test_actors_of_acled_stand_in_no_order():
    rows = "event_date,event_type,actor1,actor2,notes\n05-03-2024,Battles,Borduria,Syldavia,\n"
    (claim,) = read_events(rows, "e", PARTIES).claims
    assert (claim.date, claim.text) == ("2024-03-05", "Borduria and Syldavia: battles")


@pytest.mark.parametrize(
    ("event", "kind", "plover"),
    [("1041", "demand", "REQUEST"), ("173", "pressure", "COERCE"), ("190", "event", "ASSAULT"),
     ("010", "event", None), ("0871", "concession", "RETREAT"), ("0832", "concession", "CONCEDE"),
     ("020", "event", None), ("163", "pressure", "COERCE"), ("1661", "pressure", "SANCTION"),
     ("192", "pressure", "COERCE"), ("093", "event", "ACCUSE")],
)  # fmt: skip
def test_gdelt_has_no_head_and_codes_of_cameo(event, kind, plover):
    claims, _ = told(gdelt("20240302", "BORDER GUARD", "SYL", event, "BORDURIA"))
    assert claims == [("2024-03-02", kind, plover, "syl", "bor")]


def test_what_is_no_event_data_is_told():
    assert told("a,b\n1,2\n") == (
        [], ("no event data was found; PLOVER, GDELT 2 and ACLED name a day, actors and a type",)
    )  # fmt: skip
    assert read_events("", "e", PARTIES).claims == ()


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@QUICK
def test_any_text_is_read_without_a_fall(text):
    read_events(text, "e", PARTIES)
    read_events(PLOVER + text, "e", PARTIES)


@pytest.mark.slow
def test_events_stand_in_the_timeline_and_the_dossier(tmp_path, run):
    from detente.gallery import folder

    home = tmp_path / "korea"
    shutil.copytree(folder("korea-2018"), home)
    (home / "events").mkdir()
    rows = PLOVER.replace("Borduria", "North Korea").replace("Syldavia", "South Korea")
    (home / "events" / "rows.csv").write_text(rows.replace("2024", "2018"), "utf-8")
    plain = detente.draw("korea-2018", "timeline").svg
    assert detente.draw(home, "timeline").svg.count("<text") > plain.count("<text")
    found = detente.brief(home)
    assert len(found.evidence.events) == 2
    assert any("name no party of the case" in note for note in found.notes)
    assert "2 events of the parties come from event data" in found.markdown()
    assert len(found.evidence.claims) == len(detente.brief("korea-2018").evidence.claims)
