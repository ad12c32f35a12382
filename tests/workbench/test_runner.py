"""Answers beside the page: whatever becomes of their processes, the page is told."""

import asyncio
import multiprocessing
from types import SimpleNamespace

from detente.workbench import runner


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
