"""Which files and folders are a case, and what is said of those that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.case import files
from detente.errors import CaseError
from made_cases import CIRCULAR


def test_a_folder_or_a_file_is_a_case(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "case.yaml").write_text(CIRCULAR, "utf-8")
    (tmp_path / "other.yml").write_bytes(b"\xef\xbb\xbf" + CIRCULAR.encode())
    assert files.read(folder).case.name == "small"
    assert files.read(folder / "case.yaml").case.name == "small"
    assert files.read(tmp_path / "other.yml").case.name == "other"
    assert files.read(folder, name="mine").case.name == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_what_is_no_file_is_not_offered_in_its_own_place(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    os.mkfifo(folder / "case.yaml")
    os.mkfifo(tmp_path / "dam.yml")
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    for path, told in (
        (folder, "case.yaml: this is not a file; name a case file"),
        (tmp_path, "the folder holds no case.yaml; 'detente new' writes one"),
        (tmp_path / "gone.yaml", "gone.yaml: there is no such file or folder"),
    ):
        with pytest.raises(CaseError) as caught:
            files.read(path)
        assert str(caught.value).endswith(told)


def test_paths_that_lead_nowhere(tmp_path):
    (tmp_path / "korea").mkdir()
    (tmp_path / "korea" / "kase.yaml").write_text("a")

    def said(path: Path) -> str:
        with pytest.raises(CaseError) as caught:
            files.read(path)
        return str(caught.value).replace(f"{tmp_path}/", "")

    assert (
        said(tmp_path / "koera") == "koera: there is no such file or folder; did you mean 'korea'?"
    )
    assert said(tmp_path / "x" / "y") == "x/y: there is no such file or folder"
    assert said(tmp_path / "korea") == (
        "korea: the folder holds no case.yaml; did you mean 'korea/kase.yaml'?"
    )
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty") == (
        "empty: the folder holds no case.yaml; 'detente new' writes one"
    )
    assert "cannot be read" in said(tmp_path / ("x" * 300))
