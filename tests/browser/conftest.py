"""One browser for the tests of this folder, and the dossiers they look at."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from browser import cases
from browser.bench import KOREA, PATIENCE, Server, visited
from browser.machine import missing, tool
from detente import gallery
from detente.questions.brief import brief
from marked import few

GALLERY = [name for name in ("korea-2018", "elmira") if name in gallery.names()]
CASES = ["dam", "hostile", *GALLERY]
EACH = few(CASES, "dam")
"""For a test that looks at a page as it is shown."""
WRITERS = {"dam": cases.write_dam, "hostile": cases.write_hostile}


# A package's fixture, not the session's: while the browser runs, so does an event loop in this
# thread, and tests elsewhere start loops of their own.
@pytest.fixture(scope="package")
def chromium():
    """The browser; where there is none, the test is skipped and says how to get one."""
    program = tool.found()
    if program is None:
        pytest.skip(missing())
    pytest.importorskip("playwright")
    with tool.started(program) as browser:
        yield browser


@pytest.fixture(scope="session")
def dossiers(tmp_path_factory):
    """A function from a case's name to its dossier, made once."""
    made: dict[str, Path] = {}

    def dossier(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            source = WRITERS[name](folder / "case") if name in WRITERS else name
            made[name] = folder / f"{name}.html"
            made[name].write_text(brief(source).html(), "utf-8")
        return made[name]

    return dossier


@pytest.fixture
def visit(chromium, dossiers):
    """Open a dossier; when the visit ends, nothing may have been heard from the page."""

    @contextmanager
    def opened(name: str, **wishes):
        with tool.opened(chromium, dossiers(name), **wishes) as (page, heard):
            yield page
        assert heard.all() == []

    return opened


@pytest.fixture
def planted(chromium, tmp_path):
    """Open a page of one's own making."""

    @contextmanager
    def opened(html: str, **wishes):
        file = tmp_path / "page.html"
        file.write_text(html, "utf-8")
        with tool.opened(chromium, file, **wishes) as (page, heard):
            yield page, heard

    return opened


@pytest.fixture
def expect(chromium):
    """What a page comes to show, waited for as long as a busy machine needs."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    return expect


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    """A workbench over a folder that is empty at first; what it answered once it knows."""
    pytest.importorskip("starlette")
    made = Server(tmp_path_factory.mktemp("bench"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def opened(chromium, server, expect):
    """Open the built-in Korean case; at the end nothing may have been heard from the page."""
    pages = []

    def open_(path=KOREA, **wishes):
        visit = visited(chromium, server, path, **wishes)
        page, heard = visit.__enter__()
        pages.append((visit, heard))
        if path != "/start":
            page.locator(".party-card").first.wait_for()
        return page

    yield open_
    heard = [told for _, one in pages for told in one.all()]
    for visit, _ in pages:
        visit.__exit__(None, None, None)
    assert heard == []
