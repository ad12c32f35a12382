"""Answers beside the page: whatever becomes of their processes, the page is told."""

import asyncio
import multiprocessing
from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace

from detente.dossier.sections import SECTIONS
from detente.workbench import desk, runner
from detente.workbench.lane import Told
from detente.workbench.library import Library
from detente.workbench.session import Session
from detente.workbench.supposing import Supposing

from .test_changes import CASE


def test_work_that_cannot_be_begun_is_told_and_ends(monkeypatch):
    def start():
        raise OSError(24, "Too many open files")

    broken = SimpleNamespace(
        Pipe=multiprocessing.Pipe, Process=lambda **_: SimpleNamespace(start=start)
    )
    monkeypatch.setattr(runner, "processes", lambda: broken)
    heard = []

    async def asked():
        answering = runner.Answering(heard.append)
        answering.ask("title: T\n", "", "case.yaml", "case", at_once=True)
        async with asyncio.timeout(60):
            while answering.working:
                await asyncio.sleep(0.01)

    asyncio.run(asked())
    assert heard[-1]["failed"] == "the work could not be begun: [Errno 24] Too many open files"
    assert not heard[-1]["busy"]


def test_work_that_no_page_looks_at_rests_until_one_does(tmp_path, monkeypatch):
    folder = tmp_path / "canal"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE)
    library = Library(tmp_path)
    monkeypatch.setattr(runner.Answering, "_start", lambda *_: None)  # it never comes to an end
    monkeypatch.setattr(desk, "ALONE", 0.01)

    async def seen():
        there = desk.Open(Session(library, library.entry("canal")))
        with there.listener(), there.listener():
            there.ask()
        works = [there.answering.working]
        with there.listener():  # a page that is loaded anew
            await asyncio.sleep(0.05)
            works.append(there.answering.working)
        await asyncio.sleep(0.05)
        works.append(there.answering.working)
        with there.listener():
            works.append(there.answering.working)
        there.answering.close()
        return works

    assert asyncio.run(seen()) == [True, True, False, True]


def test_what_was_supposed_once_is_not_worked_out_again_as_a_branch():
    kept = OrderedDict()
    supposing = Supposing(kept)
    supposing.texts = {"what if": CASE, "mild": CASE}

    async def asked():
        file = Path("canal") / "case.yaml"
        first = supposing.answers("what if", "", file)
        assert first.working
        for key in list(kept):
            told = {entry.id: Told(entry.id, "", "", "", "") for entry in SECTIONS}
            kept[key] |= told
        again = supposing.answers("mild", "", file)
        first.close()
        return again.working

    assert asyncio.run(asked()) is False
