"""What a pile of reports tells together: seats, names as written, whom a party deals with."""

from __future__ import annotations

from who_asking import analysed, meant, who

from detente.reading.who.world import World

TWO = {
    "one": (
        "Brelland closes the pass\n\nBrelland closed the pass to lorries from Ostaria on Monday."
        " Brelland's foreign minister, Nils Harm, said that Ostaria had broken the treaty."
        " Ostaria's foreign minister, Dora Kell, rejected the charge."
    ),
    "two": (
        "TALKS IN OSLO\n\nThe Brelland delegation met that of Ostaria in Oslo. Ostaria's"
        " army stayed put. Reached by telephone in Varn Mouth, Ostaria's foreign minister said that"
        " Brelland should open the pass. Varn Mouth wants the lorries to move. The minister, Dora"
        " Kell, thanked Norway."
    ),
}


def world_of(reports: dict[str, str]):
    parsed = analysed(reports)
    return World(parsed), parsed


def test_an_unknown_town_before_a_states_minister_is_its_seat():
    world, parsed = world_of(TWO)
    assert meant(world, parsed[1], "Varn Mouth| wants").party == "Ostaria"


def test_a_body_is_called_as_the_reports_write_it():
    world, parsed = world_of(
        {"one": "The IAEA asked for the seals. The IAEA said that it would wait until Friday."}
    )
    assert meant(world, parsed[0], "IAEA").party == "IAEA"


def test_half_of_a_states_name_does_not_stand_for_it():
    text = "Seoul put off the exercise. The Republic of Korea wants talks, Seoul said."
    assert who(text, "Seoul").party == "South Korea"


def test_two_orders_of_the_same_words_are_one_body():
    world, parsed = world_of(
        {
            "one": "The Zell Potters' Union wants more pay. The Zell Potters' Union will strike.",
            "two": "On Friday the Union of Potters of Zell wrote to the owners.",
        }
    )
    assert meant(world, parsed[0], "Zell Potters' Union").party == "Zell Potters' Union"
    assert meant(world, parsed[1], "Union of Potters of Zell").party == "Zell Potters' Union"


def test_a_regional_government_is_a_party_and_its_ministry_with_it():
    text = (
        "The nurses want more pay. The regional government has refused. The region's health"
        " minister, Lea Brand, called the strike unwise. The health ministry will wait, Brand said."
    )
    assert who(text, "regional government").party == "regional government"
    assert who(text, "Brand| said").party == "regional government"
    assert who(text, "health ministry").party == "regional government"


def test_a_minister_is_not_the_unions_whose_statement_names_him():
    text = (
        "PRINTERS' UNION OF TALL\nPress statement, 3 May\n\nMinister Okoro says that there is no"
        " money. We do not believe it. Okoro can pay."
    )
    assert who(text, "Okoro| can").party != "Printers' Union of Tall"


def test_whom_a_party_deals_with_is_whom_sentences_name_beside_it():
    world, parsed = world_of(TWO)
    assert world.partner("Brelland", parsed[1]) == "Ostaria"
    assert world.partner("Ostaria", parsed[1]) == "Brelland"
    assert world.partner("Norway", parsed[0], sole=True) == ""


def test_who_speaks_for_a_state_is_on_its_side():
    text = "The talks ended. For Norway, Energy Secretary Marc Veld called them useful."
    assert who(text, "Veld").party == "Norway"
    assert who("Chancellor Ute Hall of Austria left early.", "Hall").party == "Austria"
    assert who("On Friday Ute Hall of Austria won the race.", "Hall").party != "Austria"


def test_a_group_of_exporters_is_no_firm():
    text = "The Salt Exporters' Group opposes the text. The Salt Exporters' Group left the hall."
    assert who(text, "Salt Exporters' Group").party == "Salt Exporters' Group"


def test_the_union_government_is_no_unions():
    text = "Tanzania's union of nurses waits. The Union government of Tanzania refused to pay."
    assert who(text, "Union government").party != "unions"


def test_a_silence_nobody_owns_is_of_whom_the_offer_was_made_to(claims_in):
    text = "Norway offered Denmark a joint survey of the bank. There has been no reply."
    (silent,) = [c for c in claims_in(text) if c.kind == "silence"]
    assert (silent.party, silent.target) == ("Denmark", "Norway")


def test_what_is_only_about_a_state_asks_nothing_of_it(claims_in):
    text = "Norway and Iran met on Monday. Norway said the embargo against Iran should end."
    asked = [c for c in claims_in(text) if c.kind == "demand"]
    assert asked
    assert all(c.target != "Iran" for c in asked)


def test_who_stands_before_whose_asked(claims_in):
    text = "Uganda, whose coffee and tea growers live off the railway, asked that it be reopened."
    assert all(c.party in ("Uganda", None) for c in claims_in(text) if c.kind == "demand")


def test_the_ministry_is_the_one_named_before():
    world, parsed = world_of(
        {
            "one": "Chile waits\n\nChile has waited long, and Chile's farmers with it. Peru's Trade"
            " Ministry offered talks. The neighbours should meet on Monday, the ministry said."
        }
    )
    assert meant(world, parsed[0], "the ministry| said").party == "Peru"


MINES = {
    "one": (
        "VARNMOUTH, Ostaria, 4 May (Coast Wire) - Ostaria has shut the pass to Marovan lorries."
        " Its foreign minister, Dora Kell, said the gates would stay shut."
    ),
    "two": (
        "Marova will wait. Officials in Hask said that Marova had asked for talks. Hask wants"
        " an answer by Friday."
    ),
    "three": "Marova and Ostaria met twice. Nobody in Hask spoke of it. Marova has time.",
}


def test_a_dateline_and_a_people_tell_states_that_no_list_knows():
    world, parsed = world_of(MINES)
    assert world.kind("Ostaria", parsed[0]) == "state"
    assert world.kind("Marova", parsed[1]) == "state"
    assert meant(world, parsed[0], "Dora Kell").party == "Ostaria"


def test_a_town_whose_officials_speak_is_the_seat_of_the_state_beside_it():
    world, parsed = world_of(MINES)
    assert meant(world, parsed[1], "Hask| wants").party == "Marova"


def test_a_part_of_a_bodys_name_is_the_body():
    world, parsed = world_of(
        {
            "one": "The Northern Combination opened a case. The Combination wants a fine.",
            "two": "The Northern Combination of Clubs pays. It pays in May.",
        }
    )
    one = meant(world, parsed[0], "Combination| wants").party
    assert one == meant(world, parsed[0], "Northern |Combination| opened").party
