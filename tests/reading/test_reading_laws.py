"""Laws of reading: what changes nothing, and what changes all. No gold is needed for them.

The samples are small reports of our own. In `make test-all` the laws that change nothing hold on
all reports at hand: the folders of reports in any folder beside the repository, or those that
``DETENTE_REPORTS`` names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import laws
import pytest

from detente.reading.ingest import read_file

pytest.importorskip("spacy")

SAMPLES = Path(__file__).parent / "samples"
ROOT = Path(__file__).parents[2].resolve()


def at_hand() -> list[Path]:
    """Folders of reports beside the repository."""
    named = os.environ.get("DETENTE_REPORTS")
    if named:
        return [Path(named)]
    beside = (f for f in ROOT.parent.iterdir() if f.is_dir() and not f.name.startswith("."))
    return sorted(
        Path(folder)
        for top in beside
        if not (top / "pyproject.toml").exists()  # the project, and other copies of it
        for folder, _, files in os.walk(top)
        if Path(folder).name == "reports" and any(file.endswith(".txt") for file in files)
    )


FOLDERS = [SAMPLES, *(pytest.param(f, marks=pytest.mark.slow) for f in at_hand())]


def name(folder: Path) -> str:
    return "/".join(folder.parts[-3:-1]) if folder != SAMPLES else "samples"


SAME = {
    "lines of 60": (lambda text, found: laws.wrapped(text, 60), laws.flat),
    "lines of 78": (lambda text, found: laws.wrapped(text, 78), laws.flat),
    "a line end": (lambda text, found: laws.broken_once(text, 1), laws.flat),
    "another line end": (lambda text, found: laws.broken_once(text, 2), laws.flat),
    "accents apart": (lambda text, found: laws.decomposed(text), laws.flat),
    "the US": (lambda text, found: laws.shortened(text), laws.lengthened),
    "Mr": (lambda text, found: laws.with_mr(text, laws.surnames(found)), laws.without_mr),
    "a paragraph": (lambda text, found: laws.with_paragraph(text, 1), laws.flat),
}


MAY_ERR = {"the US": 0.03, "Mr": 0.03, "a paragraph": 0.12}
"""The share of claims in a folder of real reports that may change where others have to be known.

Measured on 28 November 2026: nothing changes in 12 of 13 folders with Mr, in all sets with the US,
in 11 with a paragraph; in the other two the paragraph moves what a pile is mainly about.
"""


@pytest.fixture(scope="module")
def as_given():
    """The claims of a folder's reports as they are given, read once."""
    known = {}

    def read(folder):
        if folder not in known:
            known[folder] = laws.read_pile(folder)
        return known[folder]

    return read


@pytest.mark.parametrize("law", SAME)
@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_what_changes_nothing(folder, law, as_given, tmp_path):
    change, undo = SAME[law]
    given = as_given(folder)
    everybody = [claim for part in given.values() for claim in part]
    for file in sorted(folder.glob("*.txt")):
        text = read_file(file).text
        changed = change(text, everybody)
        if law not in ("the US", "Mr"):  # some reports have neither
            assert changed != text or len(text) < 300 or law == "accents apart"
        (tmp_path / file.name).write_text(changed, "utf-8")
    now = laws.read_pile(tmp_path)
    assert now.keys() == given.keys()
    wrong = {}
    for report, claims in given.items():
        if not claims and law == "a paragraph":
            continue  # a copy: with a paragraph more it is none
        before, after = laws.sayings(claims, undo), laws.sayings(now[report], undo)
        gone = [one for one in before if one not in after]
        new = [
            one
            for one in after
            if one not in before and not (law == "a paragraph" and one.text in laws.UNRELATED)
        ]
        if gone or new:
            wrong[report] = (gone, new)
    if folder == SAMPLES or law not in MAY_ERR:
        assert wrong == {}
    else:
        changed = sum(max(len(gone), len(new)) for gone, new in wrong.values())
        assert changed <= MAY_ERR[law] * len(everybody), wrong


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_order_of_files_changes_nothing(folder, as_given):
    given = as_given(folder)
    assert laws.read_pile(folder, lambda files: list(files)[::-1]) == given


# --- what changes all ---------------------------------------------------------------------------

CONTEXT = (
    "Ruritania and Grauland quarrel over the bay of Porto Alvo. Ruritania’s foreign minister is"
    " Ines Valdez. Grauland’s president is Per Dahl."
)
DEEDS = [
    "Ruritania seized the ferry Alma on Monday.",
    "Grauland closed its border with Ruritania.",
    "Ruritania withdrew its patrol boats from the bay.",
    "Grauland expelled two Ruritanian diplomats.",
    "Ruritania attacked a Graulandic convoy.",
    "Grauland imposed sanctions on Ruritania.",
    "Ruritania suspended its payments to Grauland.",
    "The Harbour Union called off its strike.",
    "Ruritania and Grauland signed a truce on Tuesday.",
    "Grauland released the crew of the Alma.",
]
DEMANDS = [
    "Grauland demanded that Ruritania release the crew.",
    "Grauland called on Ruritania to pay for the nets.",
    "Grauland insisted that Ruritania withdraw its boats.",
    "Ruritania asked Grauland to lift the sanctions.",
    "Ruritania will talk only if Grauland lifts the sanctions.",
]
NOT = [
    ("Grauland demanded that Ruritania release the crew.", "demanded", "did not demand"),
    ("Grauland called on Ruritania to pay for the nets.", "called", "did not call"),
    ("Ruritania offered to withdraw its boats.", "offered", "did not offer"),
    ("Ruritania accepted the offer of talks.", "accepted", "did not accept"),
    ("Ruritania rejected the offer of talks.", "rejected", "did not reject"),
    ("Ruritania threatened to sink the Alma.", "threatened", "did not threaten"),
    ("Ruritania seized the ferry Alma on Monday.", "seized", "did not seize"),
    ("Grauland expelled two Ruritanian diplomats.", "expelled", "did not expel"),
    ("Grauland refused to lift the sanctions.", "refused", "did not refuse"),
    ("Grauland agreed to lift the sanctions.", "agreed", "never agreed"),
]


def heard(tmp_path, sentence):
    """The claims of a report that says one thing after what the quarrel is about."""
    (tmp_path / "r.txt").write_text(f"{CONTEXT}\n\n{sentence}\n", "utf-8")
    (found,) = laws.read_pile(tmp_path).values()
    start = len(CONTEXT)
    return [claim for claim in found if claim.content[-1].end > start]


def firm(found, sentence):
    """Claims that say, or ask, what a sentence says."""
    words = set(re.findall(r"\w+", sentence.lower())) - {"the", "a", "of", "to", "its", "that"}
    return [
        (claim.kind, claim.party, claim.text)
        for claim in found
        if claim.kind in laws.FIRM and len(words & set(re.findall(r"\w+", claim.text.lower()))) > 1
    ]


@pytest.mark.parametrize("sentence", [*DEEDS, *DEMANDS])
@pytest.mark.parametrize("how", [laws.supposed, laws.denied])
def test_what_is_supposed_or_denied_is_not_so(tmp_path, sentence, how):
    assert firm(heard(tmp_path, sentence), sentence), "the sentence itself says nothing firm"
    assert firm(heard(tmp_path, how(sentence)), sentence) == []


@pytest.mark.parametrize(("sentence", "cue", "turned"), NOT)
def test_a_negated_cue_turns_the_claim_or_takes_it_away(tmp_path, sentence, cue, turned):
    plain = {(kind, party) for kind, party, _ in firm(heard(tmp_path, sentence), sentence)}
    plain |= {(c.kind, c.party) for c in heard(tmp_path, sentence) if c.kind == "threat"}
    assert plain
    found = heard(tmp_path, sentence.replace(cue, turned))
    assert plain.isdisjoint((claim.kind, claim.party) for claim in found)


@pytest.mark.parametrize("deed", ["seized the ferry", "attacked the port", "burned three boats"])
@pytest.mark.parametrize("speaker", ["Ruritania", "Per Dahl", "Grauland’s navy"])
def test_a_deed_in_reported_speech_is_its_own_subjects(tmp_path, deed, speaker):
    found = heard(tmp_path, f"{speaker} said that pirates had {deed}.")
    deeds = [c for c in found if c.kind in ("event", "pressure", "threat", "refusal")]
    assert {c.party for c in deeds} <= {None, "pirates"}
    assert any(c.kind in ("statement", "event") for c in found)
