"""Two hundred random edits: file, page and a fresh look are one, and undo leads to the start."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case.lines import lines
from detente.errors import DetenteError
from detente.workbench import panes, pieces
from detente.workbench.library import Library
from detente.workbench.session import Session

from .test_changes import CASE, RADIO

EDITS = 200

LEVELS = ("no\nyes", "a\nb\nc", "no\nyes\nmore")


class Page:
    """What a page holds: it draws anew only the pieces that the server says are others now."""

    def __init__(self, session):
        self.pieces = {}
        self.take(panes.state(session), {})

    def take(self, state, before):
        for pane in ("model", "reports"):
            known = dict(before.get(pane, ()))
            shown = {}
            for name, html in state[pane]:
                same = known.get(name) == html
                shown[name] = self.pieces[pane][name] if same else html
            self.pieces[pane] = shown
        self.state = state


def ways(session, *kinds):
    found = [line for line in lines(session.case) if line.kind in kinds]
    return [pieces.way_of(line.path) for line in found]


def any_formula(rng, case):
    names = [
        f"{p.name}.{o.name} = {rng.choice(o.levels)}"
        if rng.random() < 0.5
        else f"{p.name}.{o.name}"
        for p, o in case.options
    ] or ["nothing"]
    atom = f"{rng.choice(['', 'not '])}{rng.choice(names)}"
    join = f" {rng.choice(['and', 'or', 'if'])} {rng.choice(names)}"
    return atom + (join if rng.random() < 0.3 else "")


def random_change(rng, session):
    """One thing that a person may do; it need not be possible."""
    case = session.case
    party = rng.choice(case.parties)
    option = rng.choice(party.options) if party.options else None
    every = ways(session, "statement", "condition", "refusal", "rule", "outcome") or ["no/0"]
    wish = rng.choice(ways(session, "statement") or ["preferences/x/0"])
    own = {"party": party.name, "option": option.name if option else "x"}
    return rng.choice(
        [
            ("add_party", {"label": f"Side {rng.randrange(99)}"}),
            ("add_option", {"party": party.name, "label": f"Deed {rng.randrange(99)}"}),
            ("party_name", {"party": party.name, "name": f"p{rng.randrange(99)}"}),
            ("option_name", {**own, "name": f"o{rng.randrange(99)}"}),
            ("today", {**own, "level": rng.choice(option.levels) if option else "no"}),
            ("option_levels", {**own, "levels": rng.choice(LEVELS)}),
            ("option_words", {**own, "label": "Words", "irreversible": rng.choice(["", "y"])}),
            ("add_line", {"kind": "statement", "party": party.name,
                          "formula": any_formula(rng, case)}),
            ("add_line", {"kind": "refusal", "party": party.name,
                          "formula": any_formula(rng, case), "note": "a note: with # and “marks”"}),
            ("add_line", {"kind": "rule", "formula": any_formula(rng, case)}),
            ("add_line", {"kind": "outcome", "name": "end", "formula": any_formula(rng, case)}),
            ("mend", {"way": rng.choice(every), "formula": any_formula(rng, case)}),
            ("drop", {"way": rng.choice(every)}),
            ("note", {"way": wish, "note": rng.choice(["", "why not", "two\nlines"])}),
            ("cite", {"way": wish, "report": "radio", "quote": "will go to court"}),
            ("move", {"way": wish, "to": rng.randrange(3)}),
            ("drop_option", own),
            ("drop_party", {"party": party.name}),
            ("split_option", {**own, "label": f"Half {rng.randrange(99)}"}),
            ("claim_make", {"report": "radio", "start": rng.randrange(80), "end": 120}),
            ("undo", {}), ("undo", {}), ("redo", {}),
        ]
    )  # fmt: skip


def walked(folder, seed, n):
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "radio.txt").write_text(RADIO)
    (folder / "case.yaml").write_text(CASE)
    library = Library(folder.parent)
    session = Session(library, library.entry(folder.name))
    rng, page, done = random.Random(seed), Page(session), 0
    begun = dict(session.store.texts)
    for k in range(n):
        before = page.state
        name, given_ = random_change(rng, session)
        try:
            if name in ("undo", "redo"):
                getattr(session, name)()
            else:
                session.change(name, given_, session.store.revision)
                done += 1
        except DetenteError:
            continue
        page.take(panes.state(session), before)
        if k % 10 == 0 or k == n - 1:
            fresh = Session(library, library.entry(folder.name))
            assert fresh.store.texts == session.store.texts
            assert fresh.case == session.case
            assert fresh.case is not None
            assert Page(fresh).pieces == page.pieces
    while session.undo_what:
        session.undo()
    assert {name: text for name, text in session.store.texts.items() if text} == begun
    return done


@pytest.mark.slow
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_two_hundred_edits_keep_file_page_and_fresh_look_equal(tmp_path_factory, seed):
    folder = tmp_path_factory.mktemp("edits") / "canal"
    assert walked(folder, seed, EDITS) > EDITS // 4


def test_some_edits_keep_file_page_and_fresh_look_equal(tmp_path):
    assert walked(tmp_path / "canal", 7, 30) > 5
