"""States, bodies and the words of their governments: whom a name or an adjective means."""

from __future__ import annotations

import pytest
from who_asking import analysed, meant, who

from detente.reading.who.world import World

# text, then (words, party); what stands behind "|" only says where. Every expected party is what
# the sentence says to a careful reader; none was printed by the program.
NAMES: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "On Monday the Democratic People's Republic of Korea and the Republic of Korea spoke.",
        [
            ("Democratic People's Republic of Korea", "North Korea"),
            ("Republic of Korea| spoke", "South Korea"),
        ],
    ),
    (
        "Last week Northern Ireland refused, New Mexico sued, South Sudan agreed, Papua New Guinea"
        " waited and Guinea-Bissau signed.",
        [
            ("Northern Ireland", "Northern Ireland"),
            ("New Mexico", "New Mexico"),
            ("South Sudan", "South Sudan"),
            ("Papua New Guinea", "Papua New Guinea"),
            ("Guinea-Bissau", "Guinea-Bissau"),
        ],
    ),
    (
        "On Monday Kinshasa rejected the plan. A Congolese minister, Paul Ilunga, laughed.",
        [
            ("Kinshasa", "Democratic Republic of the Congo"),
            ("Ilunga", "Democratic Republic of the Congo"),
        ],
    ),
    (
        "On Monday Brazzaville rejected the plan. The Congolese army stayed in its barracks.",
        [("Brazzaville", "Republic of the Congo"), ("army", "Republic of the Congo")],
    ),
    (
        "On Friday Niger closed its border with Nigeria. The Nigerien junta blamed the Nigerian air"
        " force.",
        [("Niger", "Niger"), ("junta", "Niger"), ("force", "Nigeria")],
    ),
    ("On Friday the Korean delegation left the room.", [("delegation", None)]),
    (
        "On Monday the Kremlin dismissed the report. Downing Street was silent, the Elysée smiled,"
        " and Zhongnanhai slept.",
        [
            ("Kremlin", "Russia"),
            ("Downing Street", "United Kingdom"),
            ("Elysée", "France"),
            ("Zhongnanhai", "China"),
        ],
    ),
    (
        "On Tuesday the State Department condemned the raid and the Pentagon sent a ship, while"
        " Foggy Bottom sulked.",
        [("State Department", "United States"), ("Pentagon", "United States")],
    ),
    (
        "On Tuesday America refused to pay, and the U.S. Treasury said so.",
        [("America", "United States"), ("Treasury", "United States")],
    ),
    (
        "In the end the Dutch refused to sign; the Swiss were not asked.",
        [("Dutch", "Netherlands"), ("Swiss", "Switzerland")],
    ),
    (
        "On Monday the EU and NATO protested. The bloc froze the funds.",
        [("EU", "European Union"), ("NATO", "NATO")],
    ),
    (
        "Talks in Vienna with Iran have stalled. The Iranian foreign ministry blamed Washington.",
        [("ministry", "Iran"), ("Washington", "United States")],
    ),
    (
        "On Monday the UN refugee agency asked for money. UNHCR said that winter was near.",
        [("UNHCR", "UN refugee agency")],
    ),
    (
        "On Monday Georgia recalled its ambassador from Moscow. Tbilisi wants an apology.",
        [("Georgia", "Georgia"), ("Tbilisi", "Georgia")],
    ),
    (
        "On Monday doctors at the Indonesian Hospital said that they had no fuel. The Syrian"
        " Observatory for Human Rights counted nine dead.",
        [
            ("Indonesian Hospital", "Indonesian Hospital"),
            ("Syrian Observatory", "Syrian Observatory for Human Rights"),
        ],
    ),
    (
        "On Monday Reuters reported the arrest. TASS denied it.",
        [("Reuters", None), ("TASS", None)],
    ),
    (
        "In May the Jordan brothers, Amir Jordan and Sami Jordan, sold the mill to Chad Wilson. Mr"
        " Wilson paid in cash.",
        [("Chad Wilson", "Chad Wilson"), ("Wilson| paid", "Chad Wilson")],
    ),
    (
        "Borduria will reopen the sluices if Syldavia signs, Bordurian President Marta Velic said."
        " Velic called the Syldavian army a nuisance.",
        [("Velic| said", "Borduria"), ("Velic| called", "Borduria"), ("army", "Syldavia")],
    ),
    (
        "PORT ESK, May 2 - Ruritania on Monday closed its ports to ships from the Republic of"
        " Sylvania. Ruritania's navy fired a shot. The Sylvanian ambassador protested. Port Esk"
        " was unmoved.",
        [
            ("Ruritania| on", "Ruritania"),
            ("navy", "Ruritania"),
            ("ambassador", "Sylvania"),
            ("Port Esk| was", "Ruritania"),
        ],
    ),
]

GOVERNMENTS: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "On Monday US officials left. US troops stayed. The US military denied it.",
        [
            ("officials", "United States"),
            ("troops", "United States"),
            ("military", "United States"),
        ],
    ),
    (
        "On Monday Chadian soldiers burnt the village. Chadian rebels fled. The Chadian opposition"
        " called for calm.",
        [
            ("soldiers", "Chad"),
            ("rebels", "Chadian rebels"),
            ("opposition", "Chadian opposition"),
        ],
    ),
    (
        "On Monday the Peruvian navy seized the boat, and Peruvian fishermen cheered.",
        [("navy", "Peru"), ("fishermen", "Peruvian fishermen")],
    ),
    ("On Monday Dutch farmers blocked the bridge.", [("farmers", "Dutch farmers")]),
    (
        "On Monday Spain's coastguard and Morocco's interior ministry traded blame.",
        [("coastguard", "Spain"), ("ministry", "Morocco")],
    ),
    (
        "OSLO, May 3 - The fisheries ministry closed the ground on Friday. Norway will not reopen"
        " it. Police seized two boats. The army stayed away.",
        [("ministry", "Norway"), ("Police", "Norway"), ("army", "Norway")],
    ),
    (
        "Tempers rose. In Ankara, the foreign ministry summoned the ambassador of Greece.",
        [("ministry", "Turkey"), ("ambassador", "Greece")],
    ),
    (
        "On Monday a spokesman for the Israeli prime minister said the gate would stay shut.",
        [("spokesman", "Israel")],
    ),
    (
        "On Monday two Iranian diplomats were expelled by Denmark.",
        [("diplomats", "Iran"), ("Denmark", "Denmark")],
    ),
    (
        "On Monday anti-American posters hung in the square. Pro-Russian rebels fired rockets.",
        [("rebels", "rebels")],
    ),
    (
        "VALLETTA, May 3 - Malta will pay, the finance ministry said. The minister of transport"
        " disagreed.",
        [("ministry", "Malta"), ("minister", "Malta")],
    ),
    (
        "Turkey will resume its flights to Libya, the foreign ministry said. The Libyan central"
        " bank was not asked.",
        [("ministry", "Turkey")],
    ),
]


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [(text, words, party) for text, asked in NAMES + GOVERNMENTS for words, party in asked],
)
def test_whose_name_it_is(text: str, words: str, party: str | None) -> None:
    assert who(text, words).party == party


@pytest.mark.parametrize(
    ("date", "party"),
    [
        ("2012-06-01", "Donald Trump"),
        ("2018-06-01", "United States"),
        ("2023-06-01", "Donald Trump"),
        ("2025-06-01", "United States"),
    ],
)
def test_an_office_holder_speaks_for_a_state_in_his_years_only(date: str, party: str) -> None:
    # in office 2017-2021 and from 2025; else he is himself
    text = "On Monday Donald Trump called the plan a disgrace. Later Trump sent a letter."
    assert who(text, "Trump| sent", date).party == party


def test_a_surname_alone_is_no_office_holder_out_of_his_years() -> None:
    text = "On Monday the market fell after Trump had called the plan a disgrace."
    assert who(text, "Trump", "2015-03-01").party != "United States"
    assert who(text, "Trump", "2018-03-01").party == "United States"
    assert who(text, "Trump").party != "United States"  # no date, no office


def test_a_titled_surname_that_one_office_holder_bears_needs_no_date() -> None:
    text = (
        "On Monday the United States waited. President Donald Trump smiled. President Xi left"
        " early. Then President Okoro spoke."
    )
    assert who(text, "Xi").party == "China"
    assert who(text, "Okoro").party != "United States"  # it has a president already


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "United States"),
        ("U.S.", "US"),
        ("Brasília", "Brasilia"),
        ("Brasília", "Brasi\u0301lia"),
        ("the Élysée", "the Elysee"),
    ],
)
def test_two_spellings_of_a_state_are_one(one: str, other: str) -> None:
    texts = [f"On Monday {name} rejected the offer of a truce." for name in (one, other)]
    first, second = (
        who(text, name.removeprefix("the ")).party
        for text, name in zip(texts, (one, other), strict=True)
    )
    assert first == second is not None


def test_the_order_of_reports_changes_nothing() -> None:
    reports = {
        "1": "On Monday the Weir Keepers' Union, the WKU, walked out. Its secretary is Nan Orde.",
        "2": "Orde wants a rise. The WKU will not wait, Orde said on Friday.",
        "3": "Halden Locks, the operator, refused. Its chief executive, Per Holm, was calm.",
        "4": "Holm said on Sunday that the company would not pay.",
    }
    asked = [("2", "Orde"), ("2", "WKU"), ("4", "Holm"), ("4", "company")]
    expected = ["Weir Keepers' Union"] * 2 + ["Halden Locks"] * 2
    for order in (list(reports), list(reversed(reports))):
        parsed = analysed({name: reports[name] for name in order})
        world = World(parsed)
        by_name = {one.name: one for one in parsed}
        assert [meant(world, by_name[n], words).party for n, words in asked] == expected
