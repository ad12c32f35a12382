"""People: titles are no names, a surname is the full name, a side comes with the office."""

from __future__ import annotations

import pytest
from who_asking import analysed, who

from detente.reading.who.world import World

MINUTES = (
    "Minutes of the meeting, 9 March\n\nChair: Ada Poll. For the Weir Keepers' Union: Mrs Nan Orde."
    " For Halden Locks: Mr Per Holm. Mr Idris Bell (Reed Society) took notes.\n\nMrs Orde asked"
    " for a rise. Mr Holm refused. Mr Bell laughed."
)
BRIEFING = (
    "Harbour Mission - Weekly briefing, Trell, 13 March\n\n"
    "ANA LIND (Spokesperson, Harbour Mission): We will stay.\n\n"
    "QUESTION: And the union?\n\n"
    "BO EK (clip): We hope so.\n\n"
    "MS LIND: We have asked."
)
PEOPLE: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "On Monday the president of Brazil, Luz Prado, rejected the offer. She demanded an apology."
        " Prado refused to sign.",
        [("president", "Brazil"), ("She", "Brazil"), ("Prado| refused", "Brazil")],
    ),
    (
        "On Monday Mr. Orlov, Russia's deputy trade minister, walked out. Orlov later apologised.",
        [("Orlov,", "Russia"), ("Orlov| later", "Russia")],
    ),
    (
        "On Monday Lt. Col. Mara Deng of the Sudanese army denied it. Col. Deng said her men had"
        " not fired.",
        [("Deng| said", "Sudan"), ("men", "Sudan")],
    ),
    (
        "On Monday Sir Piers Hallam, chairman of Fenwick Foods, called the bid cheap. Hallam told"
        " reporters it was dead.",
        [("Hallam| told", "Fenwick Foods")],
    ),
    (
        "On Monday Fenwick Foods chief executive Dora Quill said she would close the plant.",
        [("she", "Fenwick Foods"), ("Quill", "Fenwick Foods")],
    ),
    (
        "On Monday Jo Marsh, who leads the Harbour Workers' Union, gave the port two days. Marsh"
        " wants a rise.",
        [("Marsh| wants", "Harbour Workers' Union")],
    ),
    (
        "On Monday Anna Weiss of Greenpeace climbed the crane. Weiss will stay until Friday.",
        [("Weiss| will", "Greenpeace")],
    ),
    (
        "On Monday the rebels' commander, Idris Kolo, offered a truce. Kolo said his fighters were"
        " tired.",
        [("Kolo| said", "rebels"), ("fighters", "rebels")],
    ),
    (
        "On Monday Ivo Brandt (Liechtenstein) took the floor. Brandt objected.",
        [("Brandt| objected", "Liechtenstein")],
    ),
    ("On Monday Professor Lena Voss, an economist, expected a deal.", [("Voss", None)]),
    ("On Monday a nurse, Ines Pratt, saw the fire.", [("Pratt", None)]),
    (
        "On Monday Tarik Noor, mayor of the city of Belsk, refused to open the bridge. Noor said"
        " the city had no money.",
        [("Noor| said", "Belsk"), ("city| had", "Belsk")],
    ),
    (
        "On Monday Finance Minister Olga Brenner told the Austrian parliament that Vienna would not"
        " pay.",
        [("Brenner", "Austria"), ("Vienna", "Austria")],
    ),
    (
        "On Monday her rival, Hugo Lenz, accused Chancellor Ada Stein of Germany of cowardice."
        " Stein laughed.",
        [("Stein| laughed", "Germany"), ("Lenz", "Hugo Lenz")],
    ),
    (
        "On Monday Bishop Tomas Ekka of the Diocese of Ranchi opposed the mine. The bishop wrote to"
        " the governor.",
        [("Ekka", "Diocese of Ranchi"), ("bishop| wrote", "Diocese of Ranchi")],
    ),
    (
        "On Monday Pierre Lavigne, a spokesman for the French foreign ministry, said the envoy had"
        " left.",
        [("Lavigne", "France")],
    ),
    (
        "On Monday Kim Song, North Korea's ambassador to the United Nations, rejected it. Kim left"
        " the chamber.",
        [("Kim| left", "North Korea")],
    ),
    (
        "On Monday union leader Bea Lund said the Tram Drivers' Union would strike. Lund blamed"
        " the operator.",
        [("Lund| blamed", "Tram Drivers' Union")],
    ),
    (
        "On Monday Arvid Falk, the Swedish prime minister, and his Danish counterpart, Mette Krogh,"
        " met in Malmö. Krogh wants a bridge.",
        [("Falk", "Sweden"), ("Krogh| wants", "Denmark")],
    ),
    (
        "On Monday Kenya's President Amina Odhiambo met her Ugandan counterpart, Moses Kato. Kato"
        " refused to pay. Odhiambo insisted.",
        [("Kato| refused", "Uganda"), ("Odhiambo| insisted", "Kenya")],
    ),
    (
        MINUTES,
        [
            ("Orde| asked", "Weir Keepers' Union"),
            ("Holm| refused", "Halden Locks"),
            ("Bell| laughed", "Reed Society"),
        ],
    ),
    (BRIEFING, [("We| will", "Harbour Mission"), ("We| have", "Harbour Mission")]),
    (
        "Minutes of the board, 3 May\n\nLine (Capt. Holm): would sail.\n\nHarbour (Mrs"
        " Orde): would pull.\n\nLine (Capt. Holm): thanked her.\n\nOn Tuesday Capt. Holm"
        " wished it noted that Mrs Orde had smiled.",
        [("Holm| wished", "Holm"), ("Orde| had", "Orde")],
    ),
    (
        "On Monday Willem Kuiper saw the dike. The letter says that W. Kuiper did not sleep.",
        [("Kuiper| saw", "Willem Kuiper"), ("Kuiper| did", "Willem Kuiper")],
    ),
    (
        "On Monday Flight Staff United (FSU) walked out. Rosa Lind, an officer of the FSU, was"
        " glad.",
        [("FSU|)", "Flight Staff United"), ("Lind", "Flight Staff United")],
    ),
    (
        "Last week Labour's Jane Orr voted no. Orr blamed the whip of the Labour Party.",
        [("Orr| blamed", "Labour Party")],
    ),
    (
        "The Lagoon Clan's elder, Sefa Tui, would not move. Tui wants the reef.",
        [("Tui| wants", "Lagoon Clan")],
    ),
    (
        "On Monday a lawyer for the Estonian navy, Kadri Saar, showed the map.",
        [("Saar", "Estonia")],
    ),
    (
        "On Monday the head of the electoral commission, Nadia Wirth, resigned. Wirth said the"
        " commission had been threatened. The commission will meet.",
        [("Wirth| said", "electoral commission"), ("commission| will", "electoral commission")],
    ),
    (
        "On Monday Ana Ruiz, Peru's envoy, left. Her deputy stayed.",
        [("deputy", "Peru")],
    ),
    (
        "On Monday Secretary-General Per Lind of the Ferry Crews' Union spoke. The general"
        " secretary was hoarse.",
        [("Lind", "Ferry Crews' Union")],
    ),
    (
        "Vellia seized a ferry on Monday. Ostra demanded its return. Transport Minister Lena Ruud"
        " said the crew was safe in Vellia.",
        [("Ruud", "Ostra")],
    ),
    (
        "Vellia recalled its envoy on Monday. In Ostra, Transport Minister Lena Ruud said she was"
        " sorry. Ostra sent its army.",
        [("Ruud", "Ostra")],
    ),
    (
        "On Monday the Skelling Energy Company closed a well. Energy Minister Nils Dahl of Norway"
        " was sorry. Dahl promised an inquiry.",
        [("Dahl| promised", "Norway")],
    ),
    (
        "The Reed Cutters' Guild met the abbey on Monday. Ms Orde for the guild asked for a rise."
        " Orde left early.",
        [("Orde| left", "Reed Cutters' Guild")],
    ),
    (
        "On behalf of the Harbour Union, Jocasta Pell rejected the contract on Monday. Pell left.",
        [("Pell| left", "Harbour Union")],
    ),
    (
        "Speaking for the union on Monday, Jocasta Pell was blunt. The Harbour Union wants a rise."
        " Pell left.",
        [("Pell| left", "Harbour Union")],
    ),
    (
        "On Monday Jocasta Pell heads the Harbour Union. Pell said that the contract was dead.",
        [("Pell| said", "Harbour Union")],
    ),
    (
        "The city of Ravenholt offered a hall on Monday. Tor Fehr, the mayor, looked in. Fehr"
        " left.",
        [("Fehr| left", "Ravenholt")],
    ),
    (
        "On Monday the Skerry Crofters' Co-op denied it.",
        [("Crofters", "Skerry Crofters' Co-op")],
    ),
    (
        "Record of the talks of 2 December. Present: Dr Nora Ash (chair); for the Bargemen's"
        " League, Mrs Ida Corr and Mr Balt.\n\nMrs Corr asked for a rise. Mr Balt agreed.",
        [("Corr| asked", "Bargemen's League")],
    ),
    (
        # No list knows Lenz, and the parser may take it for a man; nor is it Ostara's town.
        "VELIN, Jan 17 - Ostara on Friday demanded the archive back from Lenz. The Ostaran"
        " government will wait.\n\nLenz refused. Interior minister Berta Roth said it stays.",
        [("Lenz| refused", "Lenz"), ("Roth", "Lenz")],
    ),
]


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [(text, words, party) for text, asked in PEOPLE for words, party in asked],
)
def test_on_whose_side_somebody_speaks(text: str, words: str, party: str | None) -> None:
    assert who(text, words).party == party


@pytest.mark.parametrize("title", ["", "Mr ", "Mr. ", "Lt. Gen. ", "Sir ", "Dr ", "Comrade "])
def test_a_title_changes_nothing(title: str) -> None:
    text = (
        "On Monday Jon Hale of the Weir Keepers' Union walked out."
        f" Later {title}Hale demanded an apology."
    )
    found = who(text, "Hale| demanded")
    assert (found.party, found.speaker) == ("Weir Keepers' Union", "Jon Hale")


@pytest.mark.parametrize("title", ["Mr", "Mrs.", "Ms", "Dr", "President", "General"])
def test_no_title_is_ever_a_name(title: str) -> None:
    text = f"On Monday {title} Okoro demanded an apology, and {title} Bray refused it."
    first, second = who(text, "Okoro"), who(text, "Bray")
    assert first.speaker != second.speaker
    assert title not in (first.speaker or "") + (second.party or "")


def test_he_and_she_are_told_by_title_and_given_name() -> None:
    text = (
        "On Monday Latvia's minister, Janis Ozols, met Estonia's minister, Helena Kask, in Riga."
        " She asked for more time. He refused."
    )
    assert who(text, "She").party == "Estonia"
    assert who(text, "He| refused").party == "Latvia"


def test_somebody_without_a_name_may_be_he() -> None:
    # "he" is the lieutenant or nobody, never the minister
    text = "On Monday Abel Roth, Chad's minister, listened. Later a lieutenant spoke. He was tired."
    assert who(text, "He").party is None


def test_a_heading_that_says_what_kind_of_text_it_is_names_nobody():
    letter = (
        "OPEN LETTER\n\nTo the Members of the Harbour Council\n\nWe have read your plan. "
        "We will not pay the dues, and we want no part in the vote. Nobody in the League of "
        "Skippers has asked for it.\n\nFor the League,\nAna Lind\n"
    )
    assert who(letter, "We").party == "League of Skippers"


def test_who_follows_only_people():
    text = "Runa Felk, who chairs Harbour Rovers, said no. Felk wants a vote of Harbour Rovers."
    assert who(text, "Felk| wants").party == "Harbour Rovers"


def test_minutes_seat_people_beside_their_side():
    text = (
        "Present: for Peru, Eng. P. Wekal; for Chile, Mr K. Benad (observer).\n\n"
        "Mr Benad asked for a survey. Eng. Wekal could not agree."
    )
    assert who(text, "Benad| asked").party == "Chile"
    assert who(text, "Wekal| could").party == "Peru"


def test_a_guest_in_a_headline_answers_an_interview_without_marks():
    text = (
        "THE SATURDAY TALK\n\n“We wait”: Thea Orlo, Minister of Water of Peru\n\n"
        "She receives us in a bare room in Lima.\n\nHave you got a reply?\n\n"
        "We have. I shall go.\n\nWould you open the gates?\n\nNo. We keep them shut.\n\n"
        "Do you sleep?\n\nI sleep well, and my engineers do."
    )
    parsed = analysed({"one": text})
    assert parsed[0].manner == "interview"
    assert World(parsed).interviewees["one"].speaker == "Thea Orlo"
