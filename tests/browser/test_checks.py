"""The checks themselves: each sees a planted fault, none sees one in a page that is in order."""

from __future__ import annotations

import pytest

from browser.machine import faults, tool
from browser.test_page import picture

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><style>
body { margin: 0; font: 16px/1.5 sans-serif; background: #fff; color: #111; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } }
STYLE</style></head><body><div class="page"><header><h1>A page</h1></header>
<nav aria-label="Contents"><a href="#one">One</a></nav>
<main><section id="one" aria-labelledby="one-title"><h2 id="one-title">One</h2>
<p>Some words that are long enough to fill more than a line of a narrow window.</p>
<svg id="drawing" role="img" aria-label="A drawing" width="300" height="100" viewBox="0 0 300 100">
<rect x="5" y="5" width="200" height="40" fill="#eee"/><text x="12" y="30" fill="#111">In a
box</text><text x="12" y="70" fill="currentColor">Below it</text>SVG</svg>
BODY</section></main></div></body></html>"""

CHECKS = (
    *("overflow", "smallText", "squeezed", "collisions", "drawings", "contrast"),
    *("pictures", "headings", "tables", "landmarks", "targets", "motion"),
)
TABLE = "<table>{}<tr>{}</tr></table>"

PLANTED = {
    "too wide": ("overflow", {"BODY": "<div style='width: 2000px'>wide</div>"}),
    "a long word": ("overflow", {"BODY": f"<p style='width: 90px'>{'w' * 40}</p>"}),
    "hidden words": (
        "overflow",
        {"BODY": "<p style='height: 20px; overflow: hidden'>one<br>two<br>three</p>"},
    ),
    "an ellipsis": (
        "overflow",
        {"BODY": "<p style='width: 60px; overflow: hidden; white-space: nowrap'>many words</p>"},
    ),
    "small": ("smallText", {"BODY": "<p style='font-size: 9px'>small</p>"}),
    "small when drawn": (
        "smallText",
        {
            "BODY": "<svg id='s' role='img' aria-label='s' width='150' viewBox='0 0 600 40'>"
            "<text y='20'>small</text></svg>"
        },
    ),
    "a column of letters": (
        "squeezed",
        {"BODY": "<p style='width: 1.3em; overflow-wrap: anywhere'>letters below letters</p>"},
    ),
    "a broken word": (
        "squeezed",
        {
            "BODY": "<table style='width: 30px; overflow-wrap: anywhere'><caption>c</caption>"
            "<tr><th scope='row'>broken</th></tr></table>"
        },
    ),
    "words on words": (
        "collisions",
        {"BODY": "<p>below</p><p style='margin-top: -40px'>on top</p>"},
    ),
    "drawn words on words": ("drawings", {"SVG": "<text x='20' y='72'>Again</text>"}),
    "drawn beyond the edge": ("drawings", {"SVG": "<text x='270' y='90'>Beyond it</text>"}),
    "wider than a box": (
        "drawings",
        {
            "SVG": "<rect x='210' y='50' width='40' height='30' fill='none'/>"
            "<text x='214' y='70'>Too wide</text>"
        },
    ),
    "grey on white": ("contrast", {"BODY": "<p style='color: #8a8a8a'>grey</p>"}),
    "faded": ("contrast", {"BODY": "<p style='opacity: .5'>faded</p>"}),
    "white on a white box": (
        "contrast",
        {"BODY": "<p style='background: #fff; color: #fff'>x</p>"},
    ),
    "drawn on a dark box": (
        "contrast",
        {
            "SVG": "<rect y='75' width='90' height='25' fill='#222'/>"
            "<text y='92' x='4' fill='#333'>Dark</text>"
        },
    ),
    "no name": ("pictures", {"BODY": "<svg id='n' role='img' width='9' height='9'></svg>"}),
    "no alt": ("pictures", {"BODY": "<img src='data:,'>"}),
    "a link in a picture": ("pictures", {"SVG": "<a href='#one'><text y='92'>link</text></a>"}),
    "no caption of a figure": ("pictures", {"BODY": "<figure>words</figure>"}),
    "a gap in the headings": ("headings", {"BODY": "<h4>deep</h4>"}),
    "a second top": ("headings", {"BODY": "<h1>again</h1>"}),
    "no caption": ("tables", {"BODY": TABLE.format("", "<th scope='row'>a</th><td>b</td>")}),
    "no scope": ("tables", {"BODY": TABLE.format("<caption>c</caption>", "<th>a</th>")}),
    "an empty heading": (
        "tables",
        {"BODY": TABLE.format("<caption>c</caption>", "<th scope='row'></th><td>b</td>")},
    ),
    "no heads": ("tables", {"BODY": TABLE.format("<caption>c</caption>", "<td>a</td>")}),
    "an id twice": ("landmarks", {"BODY": "<p id='one'>again</p>"}),
    "a link to nowhere": ("landmarks", {"BODY": "<a href='#nowhere'>there</a>"}),
    "a link outside": ("landmarks", {"BODY": "<a href='https://example.org'>there</a>"}),
    "a section without a name": ("landmarks", {"BODY": "<section>words</section>"}),
    "no such name": ("landmarks", {"BODY": "<p aria-describedby='gone'>words</p>"}),
    "two mains": ("landmarks", {"BODY": "<main>again</main>"}),
    "links too near": (
        "targets",
        {"BODY": "<div style='line-height: 1'><a href='#one'>a</a><br><a href='#one'>b</a></div>"},
    ),
    "a covered link": (
        "targets",
        {
            "BODY": "<p style='position: relative'><a href='#one'>under this</a>"
            "<span style='position: absolute; inset: 0'></span></p>"
        },
    ),
    "smooth scrolling": ("motion", {"STYLE": "html { scroll-behavior: smooth }"}),
    "a transition": ("motion", {"STYLE": "p { transition: color 1s }"}),
}


def page_with(**parts: str) -> str:
    """The good page with something put in."""
    html = GOOD
    for place in ("STYLE", "SVG", "BODY"):
        before, _, after = html.rpartition(place)
        html = f"{before}{parts.get(place, '')}{after}"
    return html


def test_a_page_in_order_has_no_faults(planted):
    for scheme in tool.SCHEMES:
        for width in tool.WIDTHS:
            with planted(page_with(), width=width, scheme=scheme) as (page, heard):
                assert faults(page, *CHECKS) == {}
                assert heard.all() == []


def test_a_planted_fault_is_seen(planted):
    unseen = {}
    with planted(page_with(), width=390) as (page, _):
        for name, (check, parts) in PLANTED.items():
            page.set_content(page_with(**parts))
            found = faults(page, *CHECKS)
            if check not in found:
                unseen[name] = found
    assert unseen == {}


@pytest.mark.parametrize(
    ("html", "heard_in"),
    [
        ("<script>console.warn('odd')</script>", "console"),
        ("<script>throw new Error('odd')</script>", "errors"),
        ("<img src='https://example.org/x.png' alt=''>", "requests"),
        ("<script>fetch('http://127.0.0.1:9/x').catch(() => 0)</script>", "requests"),
        ("<script>alert('odd')</script>", "dialogs"),
        (
            "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
            "<script>window.x = 1</script>",
            "console",
        ),
    ],
    ids=["warning", "error", "picture", "fetch", "alert", "policy"],
)
def test_what_a_page_does_is_heard(planted, html, heard_in):
    with planted(f"<!doctype html><link rel=icon href='data:,'>{html}") as (page, heard):
        page.wait_for_timeout(50)
        assert getattr(heard, heard_in) != []


def test_pixels_tell_a_blank_page_from_a_full_one(planted, tmp_path):
    with planted("<!doctype html><body style='background: #123'>") as (page, _):
        blank = picture(page, "blank", tmp_path)
    assert (blank["ink"], blank["colours"], blank["edge"]) == (0, 1, 0)
    assert blank["paper"] == [0x11, 0x22, 0x33]
    assert (blank["width"], blank["gap"]) == (1280, blank["height"])
    stripe = "<div style='position: absolute; right: 0; top: 300px; width: 9px; height: 450px;"
    with planted(f"<!doctype html>{stripe} background: #000'></div>") as (page, _):
        seen = picture(page, "stripe", tmp_path)
    assert (seen["height"], seen["gap"], seen["edge"]) == (900, 300, 0.5)
