"""Whether the deed of a claim is one that somebody can do or leave, in words that stand alone."""

from __future__ import annotations

import pytest

from detente.questions.reading import reading, settings_of
from detente.reading.ingest import MAX_BYTES
from rules_alone import rules_alone

OPENING = "Velia and Norland quarrel over a pipeline. "

DEEDS = {
    "negated": ("Velia will hand over no documents to Norland.", "hand over documents to Norland"),
    "none": ("Velia said no tanker would pass its port.", "let any tanker pass its port"),
    "bound": (
        "Velia will unload the grain as long as no soldiers enter the port.",
        "unload the grain",
    ),
    "cut": ("Velia will issue licences as soon as Norland opens its port.", "issue licences"),
    "noun": ("Velia demanded the release of the crew.", "release the crew"),
    "given": ("Velia demanded compensation from Norland.", "pay compensation"),
    "agreed": ("Norland proposed a ceasefire.", "agree to a ceasefire"),
    "must go": ("Velia said the levy must go.", "scrap the levy"),
    "shown": ("Velia wants to see the contract.", "show the contract"),
    "named": (
        "Velia is holding the tankers. It will free them if Norland pays the fine.",
        None,
    ),
    "done to": ("Velia wants the cargo unloaded.", "unload the cargo"),
    "list": (
        "Norland suspended the import of rum, cement and fertiliser.",
        "suspend the import of rum, cement and fertiliser",
    ),
    "apart": (
        "Velia wants Norland to pay for a trawler, the Bonny Jean.",
        "pay for a trawler",
    ),
    "not had": (
        "Velia will not have Norland's engineers in the control room.",
        "accept Norland's engineers in the control room",
    ),
    "ruled out": (
        "Velia said cancellation of the drill was out of the question.",
        "cancel the drill",
    ),
    "renewed": ("Velia renewed its request for a visit to the dam.", "agree to a visit to the dam"),
    "improved": (
        "Velia demanded that Norland improve its offer of three percent.",
        "improve its offer of three percent",
    ),
    "on a day": (
        "Norland threatened on Thursday to close its harbours to the boats.",
        "close its harbours to the boats",
    ),
    "given to": (
        "Velia provided Norland with pumps.",
        "provide Norland with pumps",
    ),
    "turned down": (
        "Velia turned down a request by Norland for an inspection of its tanks.",
        "inspect its tanks",
    ),
    "what for": ("Velia wants a public apology for what the mayor wrote.", "make a public apology"),
    "counted": (
        "Velia asks Norland for two places on the board of the port.",
        "agree to two places on the board of the port",
    ),
    "two verbs": (
        "Velia will reopen the pipeline once Norland comes in and signs the protocol.",
        "sign the protocol",
    ),
    "let be": (
        "Velia will let two tankers be unloaded if Norland pays the fine.",
        "unload two tankers",
    ),
}

NONE = {
    "said": "Norland dismissed the idea as blackmail.",
    "felt": "Velia demanded that Norland know its place.",
    "unnamed": "Velia demanded that Norland do this.",
    "thing": "Velia wants the moon.",
    "one": "Velia promised to hold one.",
    "attack": "Velia rejected missile attacks by Norland on its port.",
    "cut": "Velia demanded that Norland move.",
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deeds")
    for name, (text, _) in DEEDS.items():
        (folder / f"deed-{name.replace(' ', '_')}.txt").write_text(OPENING + text + "\n")
    for name, text in NONE.items():
        (folder / f"none-{name}.txt").write_text(OPENING + text + "\n")
    with rules_alone():
        found = reading(str(folder), settings_of((), None, MAX_BYTES, 1), None)
    return found.claims


def acts(claims, report):
    return [a for c in claims if c.report == report for a in (c.act, c.bound) if a is not None]


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_told_by_itself(name, claims):
    told = DEEDS[name][1]
    found = acts(claims, f"deed-{name.replace(' ', '_')}")
    phrases = {a.phrase for a in found if not a.fault}
    assert told in phrases if told else phrases, [(a.phrase, a.fault) for a in found]


@pytest.mark.parametrize("name", NONE)
def test_what_nobody_can_do_or_leave_is_no_deed(name, claims):
    found = acts(claims, f"none-{name}")
    assert all(a.fault for a in found if a.phrase), [(a.phrase, a.fault) for a in found]
