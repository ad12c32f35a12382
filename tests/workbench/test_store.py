"""Steps and files: what is accepted is never lost, every step can be taken back."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.workbench.journal import patch_of, step_of
from detente.workbench.store import HOME, ClashError, Store

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c: 1\n", "\n", "  - x\n"]), max_size=12).map(
    "".join
)


@given(LINES, LINES)
def test_a_patch_leads_there_and_back(before, after):
    patch = patch_of(before, after)
    assert patch.forward(before) == after
    assert patch.back(after) == before


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("one\ntwo\nthree\nfour\nfive\n")
    return path


def edit(store, text, what="an edit"):
    store.write(step_of("edit", what, store.texts, {**store.texts, store.file.name: text}))


def test_opening_a_case_writes_nothing(file):
    Store(file)
    assert [p.name for p in file.parent.iterdir()] == ["case.yaml"]


def test_a_step_is_on_the_disk_with_one_earlier_copy(file):
    store = Store(file)
    edit(store, "two\n")
    assert file.read_text() == "two\n"
    assert file.with_name("case.yaml~").read_text() == "one\ntwo\nthree\nfour\nfive\n"


def test_steps_outlive_the_program(file):
    store = Store(file)
    before = store.texts["case.yaml"]
    edit(store, "other\n")
    again = Store(file)
    place = again.journal.undoable
    again.write(step_of("undo", "", again.texts, again.undone(place), of=place))
    assert file.read_text() == before
    third = Store(file)
    assert (third.journal.undoable, third.journal.redoable) == (-1, 0)
    third.write(step_of("redo", "", third.texts, third.redone(0), of=0))
    assert file.read_text() == "other\n"


def test_a_step_written_down_before_the_program_was_killed_is_finished(file):
    store = Store(file)
    edit(store, "first\n")
    step = step_of("edit", "second", store.texts, {"case.yaml": "second\n"})
    store.journal.add(step)  # and killed here
    assert file.read_text() == "first\n"
    assert Store(file).texts["case.yaml"] == "second\n"
    assert file.read_text() == "second\n"


def test_a_last_line_that_was_cut_off_counts_for_nothing(file):
    store = Store(file)
    edit(store, "first\n")
    with store.journal.path.open("a") as journal:
        journal.write('{"kind": "edit", "what": "seco')
    again = Store(file)
    assert again.revision == 1
    edit(again, "third\n")
    assert Store(file).revision == 2


def test_what_another_program_did_meanwhile_is_a_step_and_undo_goes_around_it(file):
    store = Store(file)
    edit(store, "one\nTWO\nthree\nfour\nfive\n")
    file.write_text("one\nTWO\nthree\nfour\nFIVE\n")
    again = Store(file)
    assert again.journal.steps[-1].kind == "outside"
    texts = again.undone(again.journal.undoable)
    assert texts["case.yaml"] == "one\ntwo\nthree\nfour\nFIVE\n"


def test_an_undo_of_what_another_program_changed_since_asks(file):
    store = Store(file)
    edit(store, "one\nTWO\nthree\nfour\nfive\n")
    file.write_text("one\nzwei\nthree\nfour\nfive\n")
    assert store.refresh()
    with pytest.raises(ClashError, match="line 2"):
        store.undone(store.journal.undoable)


def test_an_edit_of_an_older_view_is_brought_into_what_is_there_now(file):
    store = Store(file)
    edit(store, "one\nTWO\nthree\nfour\nfive\n")
    seen = store.revision - 1
    brought = store.brought({"case.yaml": "one\ntwo\nthree\nfour\nfive\nsix\n"}, seen)
    assert brought["case.yaml"] == "one\nTWO\nthree\nfour\nfive\nsix\n"
    with pytest.raises(ClashError):
        store.brought({"case.yaml": "one\nzwei\nthree\nfour\nfive\n"}, seen)


def test_a_change_outside_before_the_first_edit_is_noticed_and_undo_leaves_it(file):
    store = Store(file)
    file.write_text("zero\none\ntwo\nthree\nfour\nfive\n")
    assert store.refresh()
    edit(store, "zero\none\ntwo\nthree\nfour\n")
    again = Store(file)
    assert again.undone(again.journal.undoable)["case.yaml"].startswith("zero\n")
    assert again.undone(again.journal.undoable)["case.yaml"].endswith("five\n")


def test_a_journal_that_belongs_to_other_files_is_put_aside(file):
    edit(Store(file), "first\n")
    (file.parent / HOME / "case.yaml.last").write_text("lost\n")
    file.write_text("something else\n")
    again = Store(file)
    assert again.revision == 0
    assert list((file.parent / HOME).glob("*.old0"))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 2**32), st.integers(1, 25))
def test_undo_and_redo_walk_the_same_texts(tmp_path_factory, seed, n):
    """Random edits, undos and redos, and restarts: the texts are those of a plain list."""
    rng = random.Random(seed)
    path = tmp_path_factory.mktemp("store") / "case.yaml"
    path.write_text("0\n")
    store, past, future = Store(path), ["0\n"], []
    for k in range(n):
        match rng.choice(["edit", "edit", "undo", "redo", "restart"]):
            case "edit":
                lines = past[-1].splitlines(keepends=True)
                lines.insert(rng.randint(0, len(lines)), f"{k}\n")
                if len(lines) > 3:
                    del lines[rng.randrange(len(lines))]
                if "".join(lines) == past[-1]:
                    continue
                past.append("".join(lines))
                future.clear()
                edit(store, past[-1])
            case "undo" if len(past) > 1:
                place = store.journal.undoable
                future.append(past.pop())
                store.write(step_of("undo", "", store.texts, store.undone(place), of=place))
            case "redo" if future:
                place = store.journal.redoable
                past.append(future.pop())
                store.write(step_of("redo", "", store.texts, store.redone(place), of=place))
            case "restart":
                store = Store(path)
        assert path.read_text() == store.texts["case.yaml"] == past[-1]
        assert (store.journal.undoable >= 0) == (len(past) > 1)
        assert (store.journal.redoable >= 0) == bool(future)
