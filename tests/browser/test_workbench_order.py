"""What comes first: what is under way, or what somebody does in the meantime."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("starlette")

HEARD = "async () => { await (await fetch(`${location.pathname}/state`)).text(); }"
"""Waits until a page has taken in what was sent to it before."""


def held_up(page, what="change"):
    """What a page sends of a kind, each of which waits for being let go on."""
    waiting = []
    page.route(re.compile(rf"/{what}(\?|$)"), lambda route: waiting.append(route))
    return waiting


def test_a_form_stays_open_while_an_earlier_change_comes_to_its_end(opened, expect):
    page = opened()
    waiting = held_up(page)
    page.locator("#option-usa-talk .lv button").nth(1).click()
    page.locator('[id="conditions/1"] .words').click()
    expect(page.locator("#dialog")).to_be_visible()
    waiting[0].continue_()
    expect(page.locator("#undo")).to_contain_text("today")
    expect(page.locator("#dialog")).to_be_visible()


def test_nothing_is_drawn_anew_under_a_pressed_button(opened, expect):
    """A click is lost where what was pressed is gone when it is let go."""
    page = opened()
    waiting = held_up(page)
    page.locator("#option-usa-talk .lv button").nth(1).click()
    option = page.locator("#option-usa-talk .words")
    option.hover()
    page.mouse.down()
    with page.expect_response("**/change") as answer:
        waiting[0].continue_()
    answer.value.finished()
    page.evaluate(HEARD)
    page.mouse.up()
    expect(page.locator("#dialog")).to_be_visible()
    expect(page.locator("#undo")).to_contain_text("today")


def test_nothing_is_asked_of_what_if_once_it_is_closed(opened):
    """To ask for its columns would begin work that nobody looks at."""
    page = opened()
    waiting, order = held_up(page, "whatif/columns"), []
    page.on("request", lambda sent: order.append(sent.url.partition("/whatif/")[2]))
    with page.expect_request("**/whatif/columns?*"):
        page.locator("header #whatif").click()
    page.locator("header #whatif").click()
    with page.expect_request("**/whatif/end"):
        waiting[0].continue_()
    page.evaluate(HEARD)
    assert [name for name in order if name][-1] == "end"
