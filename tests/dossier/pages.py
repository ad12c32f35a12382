"""Dossiers to test with, made once, and ways to read them without the code that wrote them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dam
import html5lib

from detente import gallery
from detente.case.formula import to_text
from detente.case.lines import cited, formulas
from detente.questions.brief import Brief, brief
from marked import few

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "area", "base", "col", "source", "embed"}
NAMES = [name for name in gallery.names() if gallery.expected(name).n_states < 10_000]
"""Larger cases take too long for every test; ``test_large.py`` looks at one."""

EACH = few(["dam", *NAMES], "dam", "elmira")
"""For a test that looks at every dossier."""


@cache
def dossier(name: str) -> Brief:
    """The dossier of a built-in case, towards its first outcome, or of the case of the dam."""
    if name == "dam":
        with TemporaryDirectory() as folder:
            return brief(dam.write(Path(folder) / "dam"))
    plain = brief(name)
    if plain.case.target is not None or not plain.case.outcomes:
        return plain
    return brief(name, target=plain.case.outcomes[0].name)


@cache
def html(name: str) -> str:
    return dossier(name).html()


@cache
def document(name: str) -> dict[str, Any]:
    """The JSON document, as somebody reads it who gets it as text."""
    return json.loads(json.dumps(dossier(name).document(), allow_nan=False))


def at(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer (RFC 6901); with ``#`` at its end, how long that is."""
    found = document
    for part in pointer.removesuffix("#").split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    return len(found) if pointer.endswith("#") else found


def tree(page: str) -> tuple[Any, list[Any]]:
    """The elements of a page and what an HTML5 parser finds wrong with it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(page), parser.errors


class Balance(HTMLParser):
    """Reads tags one by one: every one that is opened has to be closed by its own end tag."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._note(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open and tag not in VOID:
            self.wrong.append(f"<{tag}/> outside SVG")
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"an attribute of <{tag}> stands twice")
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids.append(value or "")


def read(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    return balance


def words_of_the_case(found: Brief) -> list[str]:
    """Every text that the case, its earlier case and its reports bring along, longest first."""
    texts: set[str] = set()
    cases = [found.case, found.whole]
    if hasattr(found.comparison, "before"):
        cases.append(found.comparison.before.case)
    for case in cases:
        texts |= {case.title, case.name, case.source, case.earlier}
        for party in case.parties:
            texts |= {party.name, party.label, *party.aliases}
            for option in party.options:
                texts |= {option.name, option.label, *option.levels}
        for outcome in case.outcomes:
            texts |= {outcome.name, outcome.label, to_text(outcome.formula)}
        texts |= {to_text(formula) for formula in formulas(case)}
        texts |= {basis.note for _, _, basis in cited(case)}
        if case.as_of:
            texts.add(f"{case.as_of.day} {case.as_of:%B %Y}")
    for report in found.evidence.reports:
        texts |= {report.id, report.title, report.date, report.source, report.url}
        if report.date:
            day = dt.date.fromisoformat(report.date[:10])
            texts |= {f"{day.day} {day:%B}", f"{day.day} {day:%B %Y}"}
    for claim in found.evidence.claims:
        texts |= {claim.party or "", claim.target or "", claim.speaker or ""}
    flat = {" ".join(text.split()) for text in texts}
    return sorted((text for text in flat if text), key=len, reverse=True)


QUIET = {
    "data",  # figures that say where they come from
    "code",
    "pre",
    "q",
    "script",
    "style",
    "svg",
    "h1",
    "h2",
    "h3",
    "th",
    "summary",
    "aside",  # words of the case and of reports, and which line they stand beside
    "nav",
    "article",
    "head",
}
QUIET_CLASSES = {"party", "method", "draft-banner", "cite", "top", "who", "foot"}
"""The day, the numbers of the steps and the version are no results."""


def sentences(node: Any) -> Iterator[str]:
    """The texts of a page that nobody but the program wrote."""
    if not isinstance(node.tag, str):
        return
    classes = set((node.get("class") or "").split())
    if _local(node) in QUIET or classes & QUIET_CLASSES or node.get("id") == "computed":
        return
    if node.tag == "tr" or node.tag == "p" or node.tag == "figcaption":
        yield " ".join("".join(_own(node)).split())
        return
    yield node.text or ""
    for child in node:
        yield from sentences(child)
        yield child.tail or ""


def _local(node: Any) -> str:
    """The name of an element without its namespace, which those of drawings have."""
    return str(node.tag).rpartition("}")[2]


def _own(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        classes = set((child.get("class") or "").split()) if isinstance(child.tag, str) else set()
        if _local(child) not in QUIET and not classes & QUIET_CLASSES:
            yield from _own(child)
        yield " " if _local(child) in ("td", "th") else ""
        yield child.tail or ""


def without(text: str, known: list[str]) -> str:
    """A text without the words of the case."""
    for word in known:
        text = re.sub(rf"(?<![\w.]){re.escape(word)}(?![\w])", " ", text)
    return text
