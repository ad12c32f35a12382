"""The look of every drawing and page: colours by name, for light and for dark.

The only place that holds a colour. A page that defines the custom properties (:func:`tokens`)
lends them to the drawings in it; a drawing that stands alone falls back on the same values, for
light or dark as the reader's screen asks.

One party has one colour everywhere, by its position in the case. Colours alone tell nobody apart:
dash patterns and marks go with them, and names.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HUES = 8
"""Colours of parties; after so many they begin again, with another dash and mark."""

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fbfaf7",
        "panel": "#f3f0e8",
        "ink": "#1c1b19",
        "soft": "#5c5850",
        "line": "#8a8478",
        "rule": "#dcd7cc",
        "clash": "#b00020",
        "holds": "#2c6b1f",
        "mark": "#fff0b8",
        "p1": "#0062a0",
        "p2": "#a84300",
        "p3": "#00736a",
        "p4": "#8a4f9e",
        "p5": "#7a5c00",
        "p6": "#3b4a7c",
        "p7": "#ad2f7a",
        "p8": "#50616d",
    }
)
"""Name to colour. ``clash`` is for what cannot hold together and for nothing else; ``rule`` is
the one colour that need not be seen to understand a drawing."""

DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#171613",
        "panel": "#211f1a",
        "ink": "#ece8df",
        "soft": "#aaa497",
        "line": "#7d776a",
        "rule": "#3a372f",
        "clash": "#ff7d8c",
        "holds": "#8fd17a",
        "mark": "#4d4215",
        "p1": "#6db3e8",
        "p2": "#f0a060",
        "p3": "#4fc8b4",
        "p4": "#cf9ae0",
        "p5": "#e0c050",
        "p6": "#a9b8f0",
        "p7": "#f391c7",
        "p8": "#b0c0cc",
    }
)

FONT = (
    'var(--label,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,'
    "sans-serif)"
)

DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2")
MARKS = ("circle", "square", "diamond", "triangle", "cross", "ring", "flag")


def tokens() -> str:
    """Return the style sheet that gives a page these colours as custom properties.

    ``data-theme="light"`` or ``"dark"`` on the root overrules what the reader's screen asks for;
    paper is white.
    """
    light, dark = (_declared(colours) for colours in (LIGHT, DARK))
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f':root[data-theme="dark"]{{{dark}}}'
        f"@media print{{:root:root:root{{{light};--paper:#fff;--panel:#fff}}}}"
    )


def stylesheet() -> str:
    """Return the style sheet of all drawings; a page needs it once, however many it shows."""
    light, dark = (_own(colours) for colours in (LIGHT, DARK))
    return (
        f".drawing{{{light};--d-own:var(--d-soft);font:12.5px/1.3 {FONT};max-width:100%;"
        "height:auto}"
        f"@media (prefers-color-scheme:dark){{.drawing{{{dark}}}}}{_RULES}{_hues()}"
    )


def hue(party: int) -> str:
    """Return the name of the colour class of a party by its position: ``p1``, ``p2``, …."""
    return f"p{party % HUES + 1}"


def dash(party: int) -> str | None:
    """Return the dash pattern of a party's lines; None for an unbroken line."""
    return DASHES[(party % HUES + party // HUES) % len(DASHES)] or None


def mark(party: int) -> str:
    """Return the name of a party's mark, one of :data:`MARKS`."""
    return MARKS[(party % HUES + party // HUES) % len(MARKS)]


def _declared(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def _own(colours: Mapping[str, str]) -> str:
    """Return the drawings' own properties: what the page says, else these colours."""
    return ";".join(f"--d-{name}:var(--{name},{colour})" for name, colour in colours.items())


def _hues() -> str:
    """Return the classes of parties: a colour to be used as text, line or surface."""
    return "".join(f".drawing .p{k}{{--d-own:var(--d-p{k})}}" for k in range(1, HUES + 1))


_RULES = "".join(
    f".drawing {rule}"
    for rule in (
        "text{fill:var(--d-ink)}",
        ".small{font-size:12px}",
        ".name{font-weight:600}",
        ".soft{fill:var(--d-soft)}",
        ".own{fill:var(--d-own)}",
        ".good{fill:var(--d-holds)}",
        ".bad{fill:var(--d-clash)}",
        ".sheet{fill:var(--d-panel)}",
        ".box{fill:var(--d-paper);stroke:var(--d-line);stroke-width:1}",
        ".box.edged{stroke:var(--d-own);stroke-width:1.5}",
        ".box.clash{stroke:var(--d-clash);stroke-width:2.5}",
        ".box.holds{stroke:var(--d-holds);stroke-width:2}",
        ".wire{fill:none;stroke:var(--d-soft);stroke-width:1.5}",
        ".wire.strong{stroke-width:2.5}",
        ".wire.thin{stroke-width:1}",
        ".wire.own{fill:none;stroke:var(--d-own)}",
        ".wire.clash{stroke:var(--d-clash)}",
        ".wire.holds{stroke:var(--d-holds)}",
        ".wire.series{stroke:var(--d-ink);stroke-width:2}",
        ".wire.pale{stroke:var(--d-soft)}",
        ".tone{fill:var(--d-line)}",
        ".tip{fill:var(--d-soft)}",
        ".tip.own{fill:var(--d-own)}",
        ".tip.clash{fill:var(--d-clash)}",
        ".axis{fill:none;stroke:var(--d-line)}",
        ".grid{fill:none;stroke:var(--d-rule)}",
        ".full{fill:var(--d-own)}",
        ".hollow{fill:var(--d-paper);stroke:var(--d-own);stroke-width:2}",
        ".hole{fill:var(--d-paper)}",
        ".faint{fill:var(--d-paper);stroke:var(--d-line)}",
        ".held{fill:var(--d-holds)}",
        ".wire.ink{stroke:var(--d-ink)}",
        ".wire.paper{stroke:var(--d-paper);stroke-width:2.4}",
        ".danger{fill:var(--d-clash)}",
        ".wash{fill:var(--d-clash);fill-opacity:.25}",
        ".soft-edge{stroke:var(--d-line);stroke-width:1.5}",
        "a:focus-visible .box{stroke-width:3}",
        "a:hover text{text-decoration:underline}",
    )
)
