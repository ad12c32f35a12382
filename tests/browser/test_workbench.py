"""The seven stories of the workbench, on Korea: each by mouse, and by keyboard alone."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from browser.bench import KOREA, Server, picture, visited
from detente import gallery
from marked import few

SHIPPED = sum(
    '"type": "claim"' in row
    for row in (gallery.folder("korea-2018") / "claims.jsonl").read_text("utf-8").splitlines()
)
"""Claims that come with the case."""
STALE, CHANGED = re.compile(r"\bstale\b"), re.compile(r"\bch\b")

pytest.importorskip("starlette")


def copy_of(server, page):
    """The folder of the copy that a page works on."""
    return server.home / page.url.rpartition("/")[2]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, target, most=80):
    """Go with the tabulator until something has the focus; nothing else moves it."""
    for _ in range(most):
        if target.evaluate("el => el === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by keyboard")


HANDS = pytest.mark.parametrize("hands", few(["mouse", "keyboard"], "keyboard"))


@HANDS
def test_1_a_built_in_case_is_opened_and_the_first_edit_makes_a_copy(opened, server, expect, hands):
    page = opened("/start")
    picture(page, "1-start")
    link = page.locator('a[href="/case/~korea-2018"]')
    if hands == "mouse":
        link.click()
    else:
        tab_to(page, link)
        press(page, "Enter")
    expect(page.locator(".party-card")).to_have_count(5)
    expect(page.locator("#head")).to_contain_text("built in")
    yes = page.locator("#option-usa-talk .lv button").nth(1)
    if hands == "mouse":
        yes.click()
    else:
        yes.focus()
        press(page, "Space")
    expect(page.locator("#undo")).to_contain_text("today: Sit down with North Korea, yes")
    expect(page.locator("#said")).to_contain_text("own copy")
    text = (copy_of(server, page) / "case.yaml").read_text()
    assert "usa.talk" in text.partition("status_quo:")[2].partition("]")[0]
    original = (gallery.folder("korea-2018") / "case.yaml").read_text()
    assert original.count("#") == text.count("#")


@HANDS
def test_2_claims_are_reviewed_with_a_key_each(opened, server, expect, hands):
    page = opened()
    at = page.locator("#rev-at")

    def do(key):
        if hands == "mouse":
            page.locator(f'#review [data-key="{key}"]').click()
        else:
            press(page, key)

    first = at.inner_text()
    do("j")
    expect(at).not_to_have_text(first)
    do("k")
    expect(at).to_have_text(first)
    do("x")
    expect(page.locator("#undo")).to_contain_text("claim thrown out")
    claims = copy_of(server, page) / "claims.jsonl"
    rows = [json.loads(row) for row in claims.read_text().splitlines()]
    count = sum(row["type"] == "claim" for row in rows)
    assert count == SHIPPED - 1
    if hands == "mouse":
        page.locator("#undo").click()
    else:
        press(page, "z")
    expect(page.locator("#prog")).to_contain_text(f"{SHIPPED} claims")
    words = page.locator("#rev-words")
    before = words.inner_text()
    do("w")
    expect(words).not_to_have_text(before)
    kind = page.locator("#rev-kinds [aria-pressed=true]")
    if hands == "mouse":
        page.locator("#rev-kinds button").first.click()
        page.locator("#rev-parties button").nth(1).click()
    else:
        press(page, "1")
        expect(kind).to_contain_text("demand")
        press(page, "p")
    expect(kind).to_contain_text("demand")
    expect(page.locator("#rev-parties [aria-pressed=true]")).to_contain_text("North Korea")
    if hands == "keyboard":
        press(page, "/", "o", "f")
        expect(kind).to_contain_text("offer")
    picture(page, "2-review")


@HANDS
def test_2_a_claim_becomes_a_line_with_its_words(opened, server, expect, hands):
    page = opened()
    page.locator("#rev-parties button").nth(1).click()
    expect(page.locator("#rev-parties [aria-pressed=true]")).to_contain_text("North Korea")
    if hands == "mouse":
        page.locator('#review [data-key="l"]').click()
    else:
        press(page, "l")
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("Which line rests on these words?")
    picture(page, "2-claim")
    field = dialog.locator("#f-formula")
    field.fill("not usa.pres")
    expect(dialog.locator("#f-formula-list li").first).to_contain_text("usa.pressure")
    press(page, "Tab")
    expect(dialog.locator("#f-formula-says")).to_contain_text("maximum pressure")
    press(page, "Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#undo")).to_contain_text("claim accepted")
    text = (copy_of(server, page) / "case.yaml").read_text()
    wish = text.partition("  prk:\n    - that")[2].partition("  rok:\n")[0]
    assert "- that: not usa.pressure\n      cite:" in wish


def test_2_a_hundred_claims_take_a_hundred_keys(opened, expect):
    """Every claim of the case is judged by one key each, and each is a step of its own."""
    page = opened()
    for _ in range(12):
        before = page.locator("#rev-at").inner_text()
        press(page, "x")
        expect(page.locator("#rev-at")).not_to_have_text(before)
    expect(page.locator("#prog")).to_contain_text(f"{SHIPPED - 12} claims")


def test_2_selected_words_become_a_claim(opened, server, expect):
    page = opened()
    run = page.locator('[data-article="05-stakes"] [data-at]').first
    run.scroll_into_view_if_needed()
    run.evaluate("""el => { const range = document.createRange();
        range.setStart(el.firstChild, 4); range.setEnd(el.firstChild, 24);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    words = page.evaluate("() => String(getSelection())")
    expect(page.locator("#bubble")).to_be_visible()
    press(page, "c")
    expect(page.locator("#rev-at")).to_contain_text("made by hand")
    rows = (copy_of(server, page) / "claims.jsonl").read_text().splitlines()
    (made,) = [row for row in map(json.loads, rows) if row.get("by") == "person"]
    report = (gallery.folder("korea-2018") / "reports" / "05-stakes.txt").read_text()
    ((start, end),) = made["content"]
    assert report[start:end] == made["text"] == words.strip()


@HANDS
def test_3_wishes_are_put_in_another_order(opened, server, expect, hands):
    page = opened()
    wishes = page.locator("#party-usa-card [data-wish]")
    third = wishes.nth(2).locator(".words").inner_text()
    wishes.nth(2).scroll_into_view_if_needed()
    if hands == "mouse":
        grip = wishes.nth(2).locator(".grip")
        start, goal = grip.bounding_box(), wishes.nth(0).bounding_box()
        page.mouse.move(start["x"] + 4, start["y"] + 6)
        page.mouse.down()
        page.mouse.move(goal["x"] + 10, goal["y"] + 30, steps=6)
        page.mouse.move(goal["x"] + 10, goal["y"] + 3, steps=4)
        page.mouse.up()
    else:
        wishes.nth(2).locator(".words").focus()
        press(page, "Alt+ArrowUp")
        expect(page.locator("#undo")).to_contain_text("place 2")
        expect(wishes.nth(1).locator(".words")).to_be_focused()
        press(page, "Alt+ArrowUp")
    expect(wishes.nth(0).locator(".words")).to_have_text(third)
    expect(page.locator("#undo")).to_contain_text("place 1")
    picture(page, "3-wishes")
    from detente import load

    first = load(copy_of(server, page)).party("usa").preferences.statements[0]
    assert first.basis.note.startswith("In July 2017 the president wished for a strike.")


@HANDS
def test_3_a_formula_completes_says_what_is_wrong_and_what_it_means(opened, server, expect, hands):
    page = opened()
    field = page.locator("#wish-chn")
    field.scroll_into_view_if_needed()
    if hands == "mouse":
        field.click()
    else:
        field.focus()
    page.keyboard.type("not prk.atack")
    says = page.locator("#wish-chn-says")
    expect(says).to_contain_text("did you mean 'prk.attack'?")
    expect(field).to_have_attribute("aria-invalid", "true")
    for _ in "ack":
        press(page, "Backspace")
    press(page, "Backspace")
    page.keyboard.type("t")
    expect(page.locator("#wish-chn-list li").first).to_contain_text("prk.attack")
    picture(page, "3-formula")
    if hands == "mouse":
        page.locator("#wish-chn-list li").first.click()
    else:
        press(page, "Tab")
    expect(field).to_have_value("not prk.attack")
    expect(says).to_have_text("North Korea not to fire on the South.")
    if hands == "mouse":
        page.locator("#party-chn-card form.add button").click()
    else:
        press(page, "Enter")
    expect(page.locator("#undo")).to_contain_text("wish added")
    assert "- not prk.attack" in (copy_of(server, page) / "case.yaml").read_text()


@HANDS
def test_3_an_option_is_renamed_everywhere_and_deleted_with_what_depends_named(
    opened, server, expect, hands
):
    page = opened()
    option = page.locator("#option-usa-pressure .words")
    dialog = page.locator("#dialog")

    def open_form():
        if hands == "mouse":
            option.click()
        else:
            option.focus()
            press(page, "Enter")
        expect(dialog).to_be_visible()

    open_form()
    dialog.locator("details summary").first.click()
    dialog.locator("#f-name").fill("squeeze_hard")
    press(page, "Enter")
    expect(dialog).to_be_hidden()
    text = (copy_of(server, page) / "case.yaml").read_text()
    assert "usa.pressure" not in text
    original = (gallery.folder("korea-2018") / "case.yaml").read_text()
    assert text.count("usa.squeeze_hard") == original.count("usa.pressure")
    option = page.locator("#option-usa-squeeze_hard .words")
    open_form()
    button = dialog.locator(".drop button.danger")
    expect(button).to_contain_text("lines")
    depends = dialog.locator(".drop li").all_inner_texts()
    assert any("maximum pressure" in words for words in depends)
    picture(page, "3-delete")
    if hands == "mouse":
        button.click()
    else:
        button.focus()
        press(page, "Enter")
    expect(dialog).to_be_hidden()
    assert "squeeze_hard" not in (copy_of(server, page) / "case.yaml").read_text()
    press(page, "z")
    expect(page.locator("#option-usa-squeeze_hard")).to_be_visible()


@HANDS
def test_4_answers_come_one_by_one_and_say_what_changed_and_why(opened, server, expect, hands):
    page = opened()
    knots = page.locator("#q-q4")
    expect(knots).not_to_have_class(STALE)
    old = knots.locator(".a").inner_text()

    def push(target):
        if hands == "mouse":
            target.click()
        else:
            target.focus()
            press(page, "Enter")

    push(knots.locator("h3 > button"))
    expect(knots.locator(".dr figure").first).to_be_attached()
    expect(page.locator("#model .line.lit").first).to_be_attached()
    expect(page.locator("#reports mark.lit").first).to_be_attached()
    picture(page, "4-why")
    push(knots.locator("a.cite").first)
    page.locator("#bubble").wait_for(state="visible")
    words = page.evaluate("() => String(getSelection())")
    assert len(words.split()) > 3
    # the other way round: a line lights the answers that name it
    page.locator('[id="refusals/0"] .words').focus()
    expect(page.locator("#answers .q.lit").first).to_be_attached()
    push(page.locator('[id="conditions/1"] .words'))
    dialog = page.locator("#dialog")
    delete = dialog.locator(".danger")
    if hands == "mouse":
        delete.click()
    else:
        tab_to(page, delete)
        press(page, "Enter")
    expect(knots).to_have_class(CHANGED)
    expect(knots.locator("del")).to_have_text(old)
    expect(knots.locator(".chg")).to_have_text("changed")
    expect(page.locator("#sum")).to_contain_text("changed with the last change")
    picture(page, "4-changed")


@HANDS
def test_5_what_if_is_compared_kept_and_thrown_away_and_the_file_stays(
    opened, server, expect, hands
):
    page = opened()
    page.locator("#option-usa-talk .lv button").nth(1).click()
    expect(page.locator("#undo")).to_contain_text("today")
    folder = copy_of(server, page)
    before = (folder / "case.yaml").read_bytes()
    button = page.locator("header #whatif")
    if hands == "mouse":
        button.click()
    else:
        button.focus()
        press(page, "Enter")
    field = page.locator("#what-if-formula")
    field.fill("rok.broker = aside")
    if hands == "mouse":
        page.locator("#what-if-add").click()
    else:
        press(page, "Enter")
    panel = page.locator("#what-if")
    expect(panel.locator(".chips button")).to_have_count(1)
    panel.locator("summary").click()
    box = panel.locator("label.check", has_text="only if the North pledges").locator("input")
    if hands == "mouse":
        box.click()
    else:
        box.focus()
        press(page, "Space")
    expect(panel.locator(".chips button")).to_have_count(2)
    rows = panel.locator("tbody tr")
    expect(rows.nth(1).locator("ins")).to_contain_text("cannot both be kept")
    picture(page, "5-what-if")
    page.locator("#branch-name").fill("seoul aside")
    press(page, "Enter")
    expect(panel).to_contain_text("seoul-aside")
    branch = folder / "seoul-aside.branch.yaml"
    assert "What if: rok.broker = aside" in branch.read_text()
    assert (folder / "case.yaml").read_bytes() == before
    page.locator("#cmp-left").select_option("seoul-aside")
    page.locator("#cmp-right").select_option("the case")
    expect(rows.nth(1).locator("ins")).to_be_visible()
    away = panel.locator('[data-branch="drop"]')
    if hands == "mouse":
        away.click()
    else:
        away.focus()
        press(page, "Enter")
    expect(panel.locator('[data-branch="drop"]')).to_have_count(0)
    assert not branch.exists()


@HANDS
def test_6_everything_can_be_undone_across_a_restart(chromium, tmp_path, expect, hands):
    server = Server(tmp_path, "korea-2018")
    server.start()
    try:
        with visited(chromium, server, KOREA) as (page, _):
            page.locator("#option-usa-talk .lv button").nth(1).click()
            expect(page.locator("#undo")).to_contain_text("today")
        folder = tmp_path / "korea-2018"
        changed = (folder / "case.yaml").read_bytes()
        server.stop(kill=True)
        server.source = "korea-2018"  # the copy now, which lies in the folder
        server.start()
        with visited(chromium, server) as (page, heard):
            undo, redo = page.locator("#undo"), page.locator("#redo")
            expect(undo).to_contain_text("today: Sit down with North Korea, yes")
            if hands == "mouse":
                undo.click()
            else:
                press(page, "Control+z")
            expect(undo).to_be_disabled()
            original = (gallery.folder("korea-2018") / "case.yaml").read_bytes()
            assert (folder / "case.yaml").read_bytes() == original
            if hands == "mouse":
                redo.click()
            else:
                press(page, "Shift+Z")
            expect(redo).to_be_disabled()
            assert (folder / "case.yaml").read_bytes() == changed
            assert heard.all() == []
    finally:
        server.stop()


def test_6_the_file_changed_outside_is_taken_in_and_two_tabs_do_not_overwrite(
    opened, server, expect
):
    page = opened()
    page.locator("#option-usa-talk .lv button").nth(1).click()
    expect(page.locator("#undo")).to_contain_text("today")
    file = copy_of(server, page) / "case.yaml"
    file.write_text(file.read_text().replace("title: The Korean", "title: This Korean", 1))
    expect(page.locator("#head")).to_contain_text("This Korean stand-off")
    other = opened(f"/case/{file.parent.name}")
    other.locator("#option-rok-broker .lv button").nth(2).click()
    expect(page.locator("#option-rok-broker .lv button").nth(2)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.locator("#undo").click()
    expect(other.locator("#option-rok-broker .lv button").nth(2)).to_have_attribute(
        "aria-pressed", "false"
    )
    assert "This Korean" in file.read_text()


@HANDS
def test_7_what_is_made_can_be_taken_out(opened, server, expect, hands):
    page = opened()
    out = page.locator('[data-form="out"]')
    if hands == "mouse":
        out.click()
    else:
        out.focus()
        press(page, "Enter")
    link = page.locator('#dialog a[href$="folder.zip"]')
    with page.expect_download() as found:
        if hands == "mouse":
            link.click()
        else:
            link.focus()
            press(page, "Enter")
    data = found.value.path().read_bytes()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "korea-2018/case.yaml" in names
    assert "korea-2018/reports/02-conditions.txt" in names
    press(page, "Escape")
    knots = page.locator("#q-q4")
    expect(knots).not_to_have_class(STALE)
    knots.locator("h3 > button").click()
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        link = knots.locator(".save a", has_text=kind)
        with page.expect_download() as found:
            if hands == "mouse":
                link.click()
            else:
                link.focus()
                press(page, "Enter")
        data = found.value.path().read_bytes()
        assert data.startswith(begins)
        assert len(data) > 2000
