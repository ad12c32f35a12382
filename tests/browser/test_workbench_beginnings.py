"""Where a case in the browser comes from, and goes: nothing, pasted text, dropped files; out."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

from browser import cases
from browser.bench import READING, picture, visited
from detente.workbench.beginning import parted

STALE = re.compile(r"\bstale\b")

WALKOUT = """\
---
title: Pilots walk out at Port Marlin
source: Coastal Wire
date: 2031-03-02
---
Pilots at Port Marlin stopped work at midnight on Sunday. The Pilots' Union said that its members
would return to work only if the Port Authority restores the second crew on night shifts.

"We will not guide a single tanker with one man on the bridge," said Ines Carrow, the union's
president. The Port Authority refused to restore the second crew.
"""

DEADLINE = """\
---
title: Authority sets a deadline
source: Marlin Gazette
date: 2031-03-04
---
The Port Authority will hire foreign pilots unless the union ends the walkout by Friday, its
director, Tom Alder, said on Tuesday. "We are ready to talk about pay, but only once the boats are
running again," Alder said.

The Pilots' Union demanded that the authority withdraw the threat.
"""

SUNDAY = """\
---
title: Union drops a demand
source: Coastal Wire
date: 2031-03-09
---
The Pilots' Union no longer demands that the authority restore the second crew, Ines Carrow said
on Sunday.
"""

pytest.importorskip("starlette")


@pytest.fixture
def page(chromium, server):
    """The start; at the end nothing may have been heard from it."""
    with visited(chromium, server, "/start") as (page, heard):
        yield page
        assert heard.all() == []


def folder_of(server, page):
    return server.home / page.url.rpartition("/")[2]


def add(page, party, option):
    """Give a party something it can do, by keyboard alone."""
    page.locator(f"#new-option-{party}").focus()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
    page.locator(f"#party-{party}-card .opt", has_text=option).wait_for()


def wish(page, expect, party, formula):
    page.locator(f"#wish-{party}").focus()
    page.keyboard.type(formula)
    expect(page.locator(f"#wish-{party}-says")).not_to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#undo")).to_contain_text("wish added")


def begun(page):
    """Begin with nothing: a labour dispute of two sides."""
    page.locator("#new-case").fill("The dockers")
    page.locator("#new-one").fill("The Dockers")
    page.locator("#new-other").fill("The Port")
    page.keyboard.press("Enter")
    page.locator("#m-case-card").wait_for()
    add(page, "the_dockers", "Go back to work")
    add(page, "the_port", "Pay the night shift")


def test_a_case_is_begun_with_nothing(page, server, expect):
    begun(page)
    wish(page, expect, "the_dockers", "the_port.pay_the_night_shift")
    file = folder_of(server, page) / "case.yaml"
    assert "- the_port.pay_the_night_shift" in file.read_text()
    assert 'title: "The dockers"' in file.read_text()
    expect(page.locator("#q-q3")).not_to_have_class(STALE)
    for _ in range(3):
        page.locator("#undo").click()
    expect(page.locator("#undo")).to_be_disabled()
    expect(page.locator(".opt")).to_have_count(0)


def test_what_is_taken_out_is_the_page_the_words_the_data_and_the_drawings(
    chromium, server, expect
):
    kinds = {
        "dossier.html": b"<!doctype html>",
        "dossier.md": b"# ",
        "answers.json": b"{",
        "dossier.docx": b"pk",
    }
    with visited(chromium, server, "/case/~elmira") as (page, heard):
        page.locator('header [data-form="out"]').click()
        for name, begins in kinds.items():
            with page.expect_download() as found:
                page.locator(f'#dialog a[href$="/{name}"]').click()
            data = found.value.path().read_bytes()
            assert found.value.suggested_filename == name
            assert data.lower().startswith(begins), name
            if name == "answers.json":
                assert json.loads(data)["case"]
            if name == "dossier.docx":
                names = zipfile.ZipFile(found.value.path()).namelist()
                assert "word/document.xml" in names
        assert heard.all() == []


def test_a_broken_file_says_where_and_what_to_do_and_the_answers_stay(page, server, expect):
    begun(page)
    expect(page.locator("#q-q3")).not_to_have_class(STALE)
    before = page.locator("#q-q3 .a").inner_text()
    file = folder_of(server, page) / "case.yaml"
    good = file.read_text()
    file.write_text(good.replace("parties:", "partys:"))
    card = page.locator("#m-broken-card")
    expect(card).to_contain_text("Mend")
    expect(card.locator(".problems")).to_contain_text("line 2")
    expect(page.locator("#sum")).to_contain_text("These answers are of before")
    expect(page.locator("#q-q3")).to_have_class(STALE)
    assert page.locator("#q-q3 .a").inner_text() == before
    picture(page, "broken")
    card.locator('[data-caret="2"]').click()
    at = page.locator("#file-text").evaluate(
        "(t) => t.value.slice(t.selectionStart).split('\\n')[0]"
    )
    assert at.startswith("partys:")
    card.get_by_text("Go back to the last version").click()
    expect(page.locator(".party-card")).to_have_count(2)
    expect(page.locator("#q-q3")).not_to_have_class(STALE)
    expect(page.locator("#sum")).not_to_contain_text("of before")
    assert file.read_text() == good


def test_pasted_reports_are_parted_at_dashes_and_keep_their_heads():
    assert parted("one\n---\ntwo\n\n-----\n\nthree\n") == ["one", "two", "three"]
    assert parted(f"{WALKOUT}\n----\n{DEADLINE}") == [WALKOUT.strip(), DEADLINE.strip()]
    assert parted(WALKOUT) == [WALKOUT.strip()]
    assert parted("---\nHe said: no.\n") == ["He said: no."]
    assert parted(" \n---\n") == []


# --- reports become a draft; these read with the parser, and so take their time -------------------

DROP = """([name, files]) => {
  const data = new DataTransfer();
  for (const [file, text] of files) data.items.add(new File([text], file, { type: 'text/plain' }));
  const drop = document.querySelector('#drop');
  const how = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const type of ['dragover', 'drop']) drop.dispatchEvent(new DragEvent(type, how));
}"""


@pytest.mark.slow
def test_dropped_reports_become_a_draft_after_its_questions(page, server, expect):
    files = [[f"{name}.txt", text] for name, text in cases.REPORTS.items()]
    page.evaluate(DROP, ["dam", files])
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Who has to sit down with whom?", timeout=READING)
    expect(dialog).not_to_contain_text("numbers, such as")
    picture(page, "questions")
    talks = dialog.locator("fieldset", has_text="Who has to sit down")
    for name in ("Norland", "Sudria"):
        talks.get_by_label(name, exact=True).check()
    dialog.locator("button.main").click()
    expect(page.locator(".party-card").first).to_be_visible(timeout=READING)
    expect(page.locator("#status")).to_contain_text("answered in")
    folder = folder_of(server, page)
    records = [json.loads(row) for row in (folder / "claims.jsonl").read_text().splitlines()]
    files = {row["file"] for row in records if row["type"] == "report"}
    assert files == {f"reports/{name}.txt" for name in cases.REPORTS}
    assert all((folder / file).is_file() for file in files)
    # whose the claims are is known by the parties' names in the case
    names = page.locator(".party-card").evaluate_all("(all) => all.map((c) => c.id.slice(6, -5))")
    parties = page.evaluate(
        "async () => (await (await fetch(location.pathname + '/state')).json())"
        ".claims.map((c) => c.party)"
    )
    assert sum(party in names for party in parties) > len(parties) / 2
    picture(page, "draft")


@pytest.mark.slow
def test_a_labour_dispute_from_nothing_to_the_dossier(page, server, expect):
    """The whole way: paste, answer, check each line, later news, what if, and out in Word."""
    page.locator('[data-form="paste"]').click()
    page.locator("#f-title").fill("Port Marlin")
    page.locator("#f-text").fill(f"{WALKOUT}\n-----\n{DEADLINE}")
    page.locator("#dialog button.main").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("2 reports read", timeout=READING)
    talks = dialog.locator("fieldset", has_text="Who has to sit down")
    for name in ("Pilots' Union", "Port Authority"):
        talks.get_by_label(name).check()
    dialog.locator("button.main").click()
    expect(page.locator(".party-card")).to_have_count(2, timeout=READING)
    folder = folder_of(server, page)
    assert "draft: true" in (folder / "case.yaml").read_text()

    # a line is corrected, then every line is checked by two keys each
    page.locator('[id^="refusals/"] .words').first.click()
    dialog.locator("#f-firm").fill("4")
    dialog.locator('form[data-change="firmness"] button').click()
    expect(page.locator("#undo")).to_contain_text("firmness 4")
    left = page.locator("#model .line.todo")
    while n := left.count():
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        expect(left).to_have_count(n - 1)
    assert "\ndraft: true" not in (folder / "case.yaml").read_text()
    expect(page.locator("#prog")).not_to_contain_text("to check")
    expect(page.locator("#q-q4 .a")).to_contain_text("cannot both be kept")

    # later news: the line that is no longer asked is proposed, and taken out
    page.locator('#reports [data-form="report"]').click()
    page.locator("#f-name").fill("sunday")
    page.locator("#f-text").fill(SUNDAY)
    dialog.locator("button.main").click()
    page.locator('[data-job="read"]').click()
    proposals = page.locator("#m-proposals-card")
    expect(proposals).to_contain_text("no longer asked", timeout=READING)
    picture(page, "proposals")
    before = (folder / "case.yaml").read_text()
    proposals.locator("li", has_text="no longer asked").locator(
        "button", has_text="Take"
    ).first.click()
    expect(page.locator("#undo")).to_contain_text("accepted")
    assert (folder / "case.yaml").read_text() != before

    # what if, kept as a branch; then out
    page.locator("header #whatif").click()
    page.locator("#what-if-lines summary").click()
    page.locator("#what-if label.check input").first.check()
    page.locator("#branch-name").fill("softer")
    page.keyboard.press("Enter")
    expect(page.locator("#what-if")).to_contain_text("softer")
    assert (folder / "softer.branch.yaml").is_file()
    page.locator("#what-if [data-whatif]").first.click()
    page.locator('header [data-form="out"]').click()
    for name, begins in (("dossier.docx", b"PK"), ("dossier.html", b"<!doctype")):
        with page.expect_download() as found:
            page.locator(f'#dialog a[href$="/{name}"]').click()
        assert found.value.path().read_bytes().lower().startswith(begins.lower())
