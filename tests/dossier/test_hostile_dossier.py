"""Texts that mean harm are shown as text, in every format; cases of any kind make a dossier."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import dam
import jsonschema
import pages
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from markdown_it import MarkdownIt
from test_document import wrong

from detente.questions.brief import brief
from strategies_case import cases

HARM = [
    "<script>alert(1)</script>",
    "</style></title></svg><img src=x onerror=alert(1)>",
    "\" onmouseover='alert(1)' x=\"",
    "&lt;b&gt; &#60;script&#62;",
    "\u202eesrever\u202c \u2066isolate\u2069",
    "[click](javascript:alert(1)) ![x](http://example.org/x.png)",
    "a | b `c` **d** ~~e~~ $f$",
    "x" * 10_000,
]


@pytest.fixture(scope="module", params=range(len(HARM)))
def harmed(request, tmp_path_factory):
    """The dam with harm in every label, title, quotation and report."""
    harm = HARM[request.param]
    quoted = json.dumps(harm)
    case = dam.CASE.replace("title: The upper dam", f"title: {quoted}")
    for label in ("Send a delegation", "Block the mountain road", "Post observers at the dam"):
        case = case.replace(label, f"{{label: {quoted}}}") if f": {label}\n" in case else case
    case = case.replace("name: Velia", f"name: {quoted}").replace(
        "label: The valley runs dry", f"label: {quoted}"
    )
    case = case.replace("note: a guess", f"note: {quoted}")
    case = case.replace('quote: "the gates stay as they are"', f"quote: {quoted}")
    folder = dam.write(tmp_path_factory.mktemp("harm") / "dam")
    (folder / "case.yaml").write_text(case, "utf-8")
    report = dam.HARBOUR_POST.replace("the gates stay as they are", harm)
    (folder / "reports" / "harbour-post.md").write_text(report, "utf-8")
    return harm, brief(folder)


def test_the_page_shows_it_as_text(harmed):
    harm, made = harmed
    page = made.html()
    root, errors = pages.tree(page)
    assert errors == []
    found = pages.read(page)
    assert found.wrong == []
    assert len(found.ids) == len(set(found.ids))
    assert len(list(root.iter("script"))) == 1
    assert not list(root.iter("img"))
    assert not [a for _, a, _ in found.attributes if a.startswith("on")]
    assert not any(v.lower().startswith("javascript:") for _, _, v in found.attributes)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
    shown = harm if "\u202e" not in harm else "\\u202eesrever\\u202c"
    text = " ".join("".join(root.find("body").itertext()).split())
    assert shown[:100] in text


def test_no_label_makes_the_page_large(harmed):
    _, made = harmed
    assert len(made.html().encode()) < 600_000


def test_markdown_shows_it_as_text(harmed):
    _, made = harmed
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(made.markdown())
    assert not [
        t for t in tokens if t.type == "html_block" and not t.content.startswith("<!-- détente ")
    ]
    inline = {child.type for t in tokens if t.type == "inline" for child in t.children}
    assert not inline & {"html_inline", "link_open", "image"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", made.markdown())


def test_the_summary_shows_it_as_text(harmed):
    _, made = harmed
    lines = str(made).splitlines()
    assert len(lines) <= 40
    assert all(len(line) <= 80 for line in lines)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", "".join(lines))


def test_the_document_keeps_it(harmed):
    _, made = harmed
    document = json.loads(json.dumps(made.document(), allow_nan=False))
    assert wrong(document) == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a dossier is slow to shrink
)
@given(cases(max_cells=24))
def test_any_case_makes_a_dossier(case):
    made = brief(replace(case, earlier=""))
    page = made.html()
    root, errors = pages.tree(page)
    assert errors == []
    assert pages.read(page).wrong == []
    document = json.loads(json.dumps(made.document(), allow_nan=False))
    assert wrong(document) == []
    for mark in root.iter("data"):
        assert float(mark.get("value")) == pages.at(document, mark.get("data-from"))
    MarkdownIt("commonmark").parse(made.markdown())
    assert len(str(made).splitlines()) <= 40


def test_the_document_is_checked_at_all():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(3, {"type": "string"})
