"""A drawing that any program shows alike: no style sheet, every look written at its element.

Word processors, editors of drawings and journals' systems know little of style sheets and nothing
of custom properties. What a page gives by its style sheet stands here at each element, in the
dossier's colours or in black and white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args
from xml.etree import ElementTree

from detente.dossier.drawings import theme

Style: TypeAlias = Literal["dossier", "journal"]
STYLES: tuple[Style, ...] = get_args(Style)

FONTS = "Helvetica, Arial, 'Liberation Sans', sans-serif"

_INK = dict.fromkeys(theme.LIGHT, "#000000")
JOURNAL: Mapping[str, str] = MappingProxyType(
    _INK | {"paper": "#ffffff", "panel": "#ffffff", "mark": "#dddddd", "rule": "#bbbbbb"}
    | {"soft": "#333333", "line": "#666666"}
)  # fmt: skip
"""Ink on paper: parties differ by dashes and marks, what clashes or holds by thicker lines."""

_WEIGHTS = (
    ".drawing .wire.clash{stroke-width:3.5}"
    ".drawing .box.clash{stroke-width:3.5}"
    ".drawing .box.holds{stroke-width:3}"
    ".drawing .wire.holds{stroke-width:3}"
)
"""What black and white says in place of red and green."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a style sheet says of elements of some name and classes."""

    name: str
    classes: frozenset[str]
    looks: tuple[tuple[str, str], ...]


def plain_svg(svg: str, style: Style = "dossier", *, white: bool = False) -> str:
    """Return a drawing without its style sheet, every look at its element, on paper of its own.

    Parameters
    ----------
    svg : str
        A drawing of this package, with or without its style sheet.
    style : "dossier" or "journal"
        In the dossier's colours, or black on white.
    white : bool
        Whether the paper is white in the dossier's colours, too.
    """
    colours = dict(theme.LIGHT if style == "dossier" else JOURNAL)
    if white:
        colours |= {"paper": "#ffffff", "panel": "#ffffff"}
    root = ElementTree.fromstring(svg)
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    for one in [*root.findall("style"), *(e for e in root if e.get("class") == "sheet")]:
        root.remove(one)
    _dress(root, "soft", _rules(style == "journal"), colours)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("font-family", FONTS)
    root.set("font-size", "12")
    size = {"width": root.get("width", "100%"), "height": root.get("height", "100%")}
    ground = ElementTree.Element("rect", size | {"fill": colours["paper"]})
    ground.tail = "\n"
    head = [k for k, one in enumerate(root) if one.tag in ("title", "desc")]
    root.insert(max(head, default=-1) + 1, ground)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _dress(
    one: ElementTree.Element, own: str, rules: tuple[_Rule, ...], colours: Mapping[str, str]
) -> None:
    """Write at an element, and at all within, what the rules say; ``own`` is the party's colour."""
    classes = frozenset((one.attrib.pop("class", "")).split())
    own = next((c for c in classes if re.fullmatch(r"p\d", c)), own)
    for rule in rules:
        if rule.name in ("", one.tag) and rule.classes <= classes:
            for name, value in rule.looks:
                one.set(name, _colour(value, own, colours))
    for inner in one:
        _dress(inner, own, rules, colours)


def _colour(value: str, own: str, colours: Mapping[str, str]) -> str:
    """Return a value with the names of colours replaced."""
    named = value.replace("var(--d-own)", f"var(--d-{own})")
    return re.sub(r"var\(--d-(\w+)\)", lambda m: colours[m[1]], named).removesuffix("px")


@cache
def _rules(journal: bool) -> tuple[_Rule, ...]:
    """Return the rules of the drawings, those that win last."""
    sheet = theme.stylesheet() + (_WEIGHTS if journal else "")
    return tuple(sorted(_read(sheet), key=lambda rule: len(rule.classes)))


def _read(sheet: str) -> Iterator[_Rule]:
    for selector, body in re.findall(r"\.drawing ([^{}:]+)\{([^{}]*)\}", sheet):
        name, *classes = selector.split(".")
        looks = (look.split(":", 1) for look in body.split(";") if not look.startswith("--"))
        kept = tuple((key.strip(), value.strip()) for key, value in looks)
        if kept and " " not in selector:
            yield _Rule(name, frozenset(classes), kept)
