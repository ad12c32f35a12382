"""Companies, unions, rebels and others by their kind; pronouns; both sides; who issues a text."""

from __future__ import annotations

import pytest
from who_asking import analysed, who

from detente.reading.actors import PartyNames
from detente.reading.who.facts import shipped
from detente.reading.who.issuers import without_text
from detente.reading.who.world import World

BODIES: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "On Monday Calder Mills cut wages. The company blamed the weather. Its workers walked out."
        " The union wants talks.",
        [("company", "Calder Mills"), ("union", "union")],
    ),
    (
        "On Monday the Dockers Union demanded a pay rise. The company rejected the demand.",
        [("Dockers Union", "Dockers Union"), ("company", "company")],
    ),
    (
        "On Monday the Teachers' League struck. The league wants smaller classes. It will not"
        " yield.",
        [("league", "Teachers' League"), ("It", "Teachers' League")],
    ),
    (
        "On Monday rebels of the Free Coast Army took the port. The group freed the crew. The"
        " rebels want cash.",
        [("group", "Free Coast Army"), ("rebels| want", "Free Coast Army")],
    ),
    (
        "On Monday Norvik Steel locked the gate. Management offered 2 per cent.",
        [("Management", "Norvik Steel")],
    ),
    (
        "On Monday the airline Skylark cancelled its flights. Pilots at the carrier are on strike.",
        [("Skylark", "Skylark"), ("carrier", "Skylark")],
    ),
    (
        "On Monday Northgate Rovers sued the league. The club wants its points back.",
        [("club", "Northgate Rovers")],
    ),
    (
        "On Monday the retailer Brixley rejected a bid from its rival Domus. Brixley's board met on"
        " Sunday. The board called the offer cheap.",
        [("Brixley| rejected", "Brixley"), ("board| called", "Brixley")],
    ),
    (
        "On Monday the government of Malta and the opposition met. The opposition walked out.",
        [("opposition| walked", "opposition")],
    ),
    (
        "On Monday the kidnappers asked for money. The kidnappers rang twice. The kidnappers hung"
        " up.",
        [("kidnappers| hung", "kidnappers")],
    ),
    (
        "On Monday the tenants' association refused to leave. The association has hired a lawyer."
        " Its chair, Nell Byrne, is hopeful.",
        [("association| has", "tenants' association"), ("Byrne", "tenants' association")],
    ),
    (
        "On Monday the climate group Anemone sued the Port of Trell. The group wants a study.",
        [("group| wants", "Anemone")],
    ),
    (
        "On Monday the Union of Rail Staff, the URS, walked out. URS members blocked a gate.",
        [("URS| members", "Union of Rail Staff"), ("members", "Union of Rail Staff")],
    ),
    (
        "On Monday the Movement for a Free Delta (MFD) freed a hostage. The MFD wants a road.",
        [("MFD| wants", "Movement for a Free Delta")],
    ),
    (
        "On Monday Hamas accepted the list. The movement wants Israel's army to leave.",
        [("movement", "Hamas"), ("army", "Israel")],
    ),
    (
        "On Monday Glarona plc raised its bid for Brill Bakeries. Shares in Brill rose. Brill's"
        " chairman was silent.",
        [("Glarona", "Glarona"), ("chairman", "Brill Bakeries")],
    ),
    (
        "On Monday the fishermen's cooperative sold its boats. The bank had refused a loan.",
        [("cooperative", "fishermen's cooperative")],
    ),
    (
        "On Monday residents cheered. Analysts doubted it. Somebody whistled. Nobody paid.",
        [("residents", None), ("Analysts", None), ("Somebody", None), ("Nobody", None)],
    ),
    (
        "On Monday a French official who asked not to be named said Paris would yield.",
        [("Paris", "France")],
    ),
    (
        "On Monday sources close to the board of Arlo said it would fold.",
        [("sources", None)],
    ),
]

PRONOUNS: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "On Monday Estonia sent a note to Latvia. It wants the fish back.",
        [("It", "Estonia")],
    ),
    (
        "On Monday Estonia said it would wait. It added that its patience was finite.",
        [("it| would", "Estonia"), ("It| added", "Estonia"), ("its", "Estonia")],
    ),
    (
        "On Monday the rebels freed two men of Chad's army. They kept three.",
        [("They", "rebels")],
    ),
    (
        "It is clear that Peru will not move. It was the third day of the strike.",
        [("It| is", None), ("It| was", None)],
    ),
    (
        "Turkey, which builds the road, stopped work. Chad, whose army guards it, complained.",
        [("which", "Turkey")],
    ),
]

ISSUED: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "Ministry of Foreign Affairs of the Republic of Peru\nPress release\n\nWe reject the note."
        " Our ships will stay. The Ministry will not answer again.",
        [("We", "Peru"), ("ships", "Peru"), ("Ministry| will", "Peru")],
    ),
    (
        "Statement by Arlo Mining on the blockade\n\nThe company regrets the delay. The board has"
        " decided to sue. We shall not pay.",
        [("company", "Arlo Mining"), ("board", "Arlo Mining"), ("We", "Arlo Mining")],
    ),
    (
        "Open letter from the Fishermen's Guild of Sorrow Bay\n\nWe ask the minister for one thing."
        " Our boats are ready.\n\nFor the Guild: Ned Crane, secretary",
        [
            ("We", "Fishermen's Guild of Sorrow Bay"),
            ("boats", "Fishermen's Guild of Sorrow Bay"),
        ],
    ),
    (
        "Talks on the weir\n\nMR DUNNE: We shall talk when the gates open.\n\nQUESTION: When?\n\n"
        "MR DUNNE: I do not know.",
        [("We", "Dunne")],
    ),
    (
        "Talks on cod, Oslo\n\nAnika Sols (Norway): We cannot sign.\n\nBo Ek (Sweden): We can do"
        " so.",
        [("We| cannot", "Norway"), ("We| can do", "Sweden")],
    ),
    (
        "Opinion: let them fish\n\nWe have all been fools. Norway must yield.\n\nThe writer is a"
        " sailor.",
        [("We", None)],
    ),
    (
        "TRELL, May 2 - We saw the ships on Monday. Nobody fired at us.",
        [("We", None), ("us", None)],
    ),
]


def test_a_body_is_written_out_as_the_report_names_it():
    text = (
        "On Monday the Old Town Tenants' Union and the Miners' Union met. The tenants' union would"
        " not pay."
    )
    assert who(text, "union would").party == "Old Town Tenants' Union"


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [(t, words, party) for t, asked in BODIES + PRONOUNS + ISSUED for words, party in asked],
)
def test_whom_the_words_mean(text: str, words: str, party: str | None) -> None:
    assert who(text, words).party == party


@pytest.mark.parametrize(
    ("text", "words", "sides"),
    [
        (
            "On Monday Armenia and Azerbaijan exchanged prisoners. Both sides called it a start.",
            "sides",
            {"Armenia", "Azerbaijan"},
        ),
        (
            "On Monday Hallam Steel and the Smelters' Union met. Neither side moved.",
            "side",
            {"Hallam Steel", "Smelters' Union"},
        ),
        (
            "On Monday Peru, Chile and the Red Cross met. Peru and Chile had quarrelled. The two"
            " governments agreed.",
            "governments",
            {"Peru", "Chile"},
        ),
    ],
)
def test_both_sides_are_the_two_spoken_of(text: str, words: str, sides: set[str]) -> None:
    assert set(who(text, words).several) == sides


@pytest.mark.parametrize(
    "noun",
    ["hands", "majority", "weather", "prices", "road", "nobody", "children", "price", "winter"],
)
def test_no_noun_of_the_street_is_a_party(noun: str) -> None:
    text = f"On Monday the {noun} demanded an answer. The {noun} refused. The {noun} fell silent."
    assert who(text, noun).party is None


TOLD = (
    PartyNames("brim", "Brimland", ("the Shore", "Ada Orrin", "Coastal Office", "Salt Tower")),
    PartyNames("rok", "South Korea", ("Seoul", "Moon")),
    PartyNames("club", "Harbour Club", ()),
    PartyNames("reef", "Reef Front", ("the rebels", "the movement", "Ogu Tamal", "Tamal")),
    PartyNames("ridge", "Ridgeland", ("the army", "the defence ministry", "Works Committee")),
)


@pytest.mark.parametrize(
    ("words", "party", "speaker"),
    [
        ("Shore", "brim", None),
        ("Orrin| refused", "brim", "Ada Orrin"),
        ("Coastal Office", "brim", None),
        ("Salt Tower", "brim", None),
        ("Seoul", "rok", None),
        ("army", "rok", None),
        ("Moon", "rok", None),
        ("club| sent", "club", None),
        ("movement", "reef", None),
        ("Tamal| spoke", "reef", "Ogu Tamal"),
        ("army| fell", "ridge", None),
        ("ministry", "ridge", None),
        ("Committee", "ridge", None),
    ],
)
def test_what_a_user_tells_comes_first(words: str, party: str, speaker: str | None) -> None:
    text = (
        "On Monday the Shore agreed. Ada Orrin signed. Later Orrin refused to speak. The Coastal"
        " Office closed, and Salt Tower fell silent. Seoul waited. The South Korean army stayed."
        " Moon smiled. The Harbour Club cheered; the club sent flowers. The movement waited, and"
        " Ogu Tamal slept. Then Tamal spoke. The army fell back; the defence ministry denied it."
        " The Works Committee of the Republic of Ridgeland met."
    )
    found = who(text, words, parties=TOLD)
    assert (found.party, found.speaker) == (party, speaker)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("PRESS RELEASE\n\nPellgate Gaming: our position\n\nWe have met every duty.", "Pellgate"),
        ("CLEAR WATCH - Bulletin no. 9\n\nOur people stay. We urge the board to act.", "Clear"),
        ("To all\n\nPrinted on behalf of the Delta Growers' Union\n\nWe will not pay.", "Delta"),
        ("ORE & COAL\n\nThe newsletter for people who read\n\nWe doubt it. We do. We wait.", ""),
    ],
)
def test_who_issues_a_text(text, issuer):
    parsed = analysed({"one": text})
    found = World(parsed).issuers["one"].party or ""
    assert found.startswith(issuer)
    assert bool(found) == bool(issuer)


def test_a_capital_makes_a_body_of_a_noun_that_nobody_names():
    text = "The firm lost. On Monday the League opened a case. Later the League fined the club."
    assert who(text, "League| fined").party == "League"


@pytest.mark.parametrize(
    ("paper", "firm"),
    [
        ("CRANES & WINCHES REPORT", "Cranes & Winches Report"),
        ("PORTS & FERRIES REVIEW", "Ports & Ferries Review"),
    ],
)
def test_a_paper_is_nobody_who_acts(paper, firm):
    text = f"{paper}\n\nHarlow Works will not raise its offer, {firm} has learnt.\n"
    parsed = analysed({"one": text})
    told = {w.party for _, w in World(parsed).mentions["one"]}
    assert "Harlow Works" in told
    assert not any(party and "&" in party for party in told)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Extraordinary Meeting of the Council of Ferry Ministers", "Council of Ferry Ministers"),
        ("MINUTES OF A MEETING OF THE HARBOUR BOARD", "HARBOUR BOARD"),
        ("Statement by the Union of Pilots", "Union of Pilots"),
        ("Ministry of the Interior", "Ministry of the Interior"),
        ("Times of Essin", "Times of Essin"),
        ("Statement of", "Statement of"),
    ],
)
def test_who_issues_a_text_is_not_the_text(words, expected):
    assert without_text(words, shipped()) == expected


@pytest.mark.parametrize(
    ("heading", "issuer"),
    [
        ("JOINT COMMUNIQUE\n\nTrell, 19 September", None),
        ("EVENING BULLETIN", None),
        ("RADIO COAST LINK - the evening bulletin", None),
        ("HARBOUR UNION BULLETIN", "Harbour Union"),
    ],
)
def test_a_heading_that_only_says_what_kind_of_text_it_is_names_nobody(heading, issuer):
    text = f"{heading}\n\nWe have met on Monday.\n\nWe shall meet again, and we agree."
    (parsed,) = analysed({"one": text})
    assert World([parsed]).issuers["one"].party == issuer


def test_a_programme_is_on_nobodys_side():
    text = (
        "“Midday Forum”, 30 August, transcript\n\nHOST: Ms Ruiz, good day.\n\n"
        "RUIZ: We shall not pay.\n\nHOST: Why?\n\nRUIZ: We have no money."
    )
    assert who(text, "We| shall").party == "Ruiz"
