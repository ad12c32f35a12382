"""The dossier as Markdown: it reads back as what the page says, whatever the texts hold."""

from __future__ import annotations

import re

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from detente.dossier.page.blocks import Heading, Items, Method, Plate, Table
from detente.dossier.page.blocks import plain as inline
from detente.dossier.page.markdown import code, escaped
from detente.dossier.sections import page as page_of

READER = MarkdownIt("commonmark", {"html": True}).enable("table")


def _seal(token) -> bool:
    """Whether it is the mark by which the program knows a file of its own."""
    return token.content.startswith("<!-- détente ") and token.content.endswith(" -->\n")


def plain(token) -> str:
    """What a reader sees of a line."""
    return "".join(
        child.content
        if child.type in ("text", "code_inline")
        else " "
        if "break" in child.type
        else ""
        for child in token.children or []
    )


@pytest.mark.parametrize("name", pages.EACH)
def test_it_has_the_structure_of_the_page(name):
    page = page_of(pages.dossier(name))
    tokens = READER.parse(pages.dossier(name).markdown())
    kinds = [token.type for token in tokens]
    blocks = [b for s in (*page.sections, *page.appendix) for b in flat(s.blocks)]
    drawn = [b for b in blocks if isinstance(b, Plate) and not b.instead]
    tables = [b for b in blocks if isinstance(b, Table)]
    assert kinds.count("table_open") == len(tables) + len(drawn)
    heads = sum(row.kind == "head" for b in drawn for row in b.rows)
    rows = sum(len(b.rows) + 1 for b in (*tables, *drawn)) - heads
    assert kinds.count("tr_open") == rows
    lists = kinds.count("bullet_list_open") + kinds.count("ordered_list_open")
    judged = len(page.front.judgements)
    assert lists == sum(isinstance(b, Items) for b in blocks) + bool(judged)
    items = sum(len(b.items) for b in blocks if isinstance(b, Items))
    assert kinds.count("list_item_open") == items + judged
    heads = [plain(tokens[k + 1]) for k, t in enumerate(tokens) if t.type == "heading_open"]
    assert heads[0] == " ".join(page.title.split())
    for section in page.sections:
        assert any(head.endswith(" ".join(section.title.split())) for head in heads)
    assert sum(isinstance(b, Heading) for b in blocks) <= len(heads)
    assert not any(t.type in ("html_block", "code_block") for t in tokens if not _seal(t))
    inline = [child.type for t in tokens if t.type == "inline" for child in t.children]
    assert not {"html_inline", "link_open", "image"} & set(inline)


def flat(blocks):
    for block in blocks:
        yield block
        yield from flat(getattr(block, "blocks", getattr(block, "instead", ())))


def test_drawings_and_commands_are_told():
    page = page_of(pages.dossier("dam"))
    text = pages.dossier("dam").markdown()
    blocks = [b for s in page.sections for b in flat(s.blocks)]
    assert sum(isinstance(b, Plate) for b in blocks) >= 4
    for block in blocks:
        if isinstance(block, Plate) and not block.instead:
            assert escaped(inline(block.finding)) in text
        if isinstance(block, Method):
            assert all(code(command) in text for command in block.commands)


def test_every_footnote_is_used_and_told():
    text = pages.dossier("dam").markdown()
    told = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    used = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert told == [str(k) for k in range(1, len(told) + 1)]
    assert set(used) == set(told)
    assert "“The gates open first” (" in text


TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]<>()#+-.!|~&$^=:/'\" \n\t1a"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@given(TEXTS)
def test_escaped_text_reads_back_as_text(text):
    shown = " ".join(escaped(text).split())
    tokens = READER.parse(f"x {shown}") if shown else []
    begun = READER.parse(escaped(text))
    assert [t.type for t in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert [t.type for t in begun] in ([], ["paragraph_open", "inline", "paragraph_close"])
    for found in (tokens, begun):
        for token in found:
            assert {c.type for c in token.children or []} <= {"text", "text_special"}


@given(TEXTS)
def test_a_text_keeps_to_its_cell(text):
    tokens = READER.parse(f"| a | b |\n| --- | --- |\n| {escaped(text)} | {code(text)} |\n")
    kinds = [t.type for t in tokens]
    assert kinds.count("td_open") == 2
    assert kinds.count("tr_open") == 2
