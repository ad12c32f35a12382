"""What must be true of every drawing, read from its SVG text alone."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from detente.dossier.drawings.lettering import measure

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.6

KNOWN = {"svg", "title", "desc", "style", "g", "a", "rect", "path", "circle", "text", "polyline"}
"""Everything a drawing is made of: nothing that loads, runs or embeds."""


@dataclass(frozen=True)
class Area:
    """A rectangle, and what stands there."""

    x: float
    y: float
    right: float
    bottom: float
    what: str

    def meets(self, other: Area) -> bool:
        """Whether two areas share more than an edge."""
        return (
            self.x < other.right - SLACK
            and other.x < self.right - SLACK
            and self.y < other.bottom - SLACK
            and other.y < self.bottom - SLACK
        )

    def holds(self, other: Area) -> bool:
        """Whether another area lies inside."""
        return (
            self.x <= other.x + SLACK
            and other.right <= self.right + SLACK
            and self.y <= other.y + SLACK
            and other.bottom <= self.bottom + SLACK
        )


def classes(node: ET.Element) -> list[str]:
    """The classes of an element."""
    return (node.get("class") or "").split()


def texts(root: ET.Element) -> list[Area]:
    """Where every line of text stands."""
    found = []
    for node in root.iter(f"{SVG}text"):
        size = 12.0 if "small" in classes(node) else 12.5
        wide = measure(node.text or "", size, bold="name" in classes(node))
        x, y = float(node.get("x")), float(node.get("y"))
        x -= {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        found.append(Area(x, y - 0.75 * size, x + wide, y + 0.2 * size, node.text or ""))
    return found


def boxes(root: ET.Element, kind: str = "box") -> list[Area]:
    """Where every box of a kind stands."""
    found = []
    for node in root.iter(f"{SVG}rect"):
        x, y, wide, tall = (float(node.get(k)) for k in ("x", "y", "width", "height"))
        assert wide >= 0
        assert tall >= 0
        if kind in classes(node):
            found.append(Area(x, y, x + wide, y + tall, kind))
    return found


def check(svg: str, *, width: float | None = None, hrefs: set[str] | None = None) -> ET.Element:
    """Check a drawing and return its root."""
    root = ET.fromstring(svg)
    name = root.get("id")
    assert root.tag == f"{SVG}svg"
    assert root.get("role") in {"img", "group"}
    assert root.get("aria-labelledby") == f"{name}-title {name}-desc"
    assert (root.find(f"{SVG}title").text or "").strip()
    assert (root.find(f"{SVG}desc").text or "").strip()
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert all(i == name or i.startswith(f"{name}-") for i in ids)
    assert all(not re.search(r"\s", i) for i in ids)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= KNOWN
    for node in root.iter():
        assert not any(key.startswith("on") or key == "style" for key in node.attrib)
    links = {node.get("href") for node in root.iter() if node.get("href")}
    assert links <= (hrefs or set())
    assert "url(" not in svg
    check_layout(root, width)
    return root


def check_layout(root: ET.Element, width: float | None) -> None:
    """Check that nothing is cut off, and nothing stands on something else."""
    _, _, wide, tall = (float(n) for n in root.get("viewBox").split())
    assert (float(root.get("width")), float(root.get("height"))) == (wide, tall)
    assert width is None or wide == width
    sheet = Area(0, 0, wide, tall, "sheet")
    written, boxed = texts(root), boxes(root)
    for area in [*written, *boxed]:
        assert sheet.holds(area), f"not on the sheet of {wide} × {tall}: {area}"
    for one, other in itertools.combinations(written, 2):
        assert not one.meets(other), f"{one} on {other}"
    for one, other in itertools.combinations(boxed, 2):
        assert not one.meets(other), f"{one} on {other}"
    pills = boxes(root, "pill")  # these stand on an edge, each with a number of its own
    numbers = [line for line in written if any(pill.holds(line) for pill in pills)]
    assert len(numbers) == len(pills)
    others = [line for line in written if line not in numbers]
    assert not any(pill.meets(line) for pill in pills for line in others)
    for box, line in itertools.product(boxed, others):
        assert not box.meets(line) or box.holds(line), f"{line} runs out of {box}"


def data(root: ET.Element, key: str) -> list[str]:
    """The values of one ``data-`` attribute, in the order of the drawing."""
    return [node.get(f"data-{key}") for node in root.iter() if node.get(f"data-{key}") is not None]


def words(root: ET.Element) -> str:
    """Everything that a reader sees, in one line."""
    return " ".join(" ".join(node.text or "" for node in root.iter(f"{SVG}text")).split())
