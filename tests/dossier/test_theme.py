"""The colours: enough contrast on every ground, for text and for lines, in light and in dark."""

import itertools
import re

import pytest

from detente.dossier.drawings import theme

GROUNDS = ("paper", "panel")
PARTIES = tuple(f"p{k}" for k in range(1, theme.HUES + 1))
TEXT = ("ink", "soft", "clash", "holds", *PARTIES)
LINES = ("line", *TEXT)


def luminance(colour):
    """Relative luminance as WCAG 2.1 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    """The contrast ratio of two colours, from 1 to 21."""
    bright, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_and_lines_can_be_seen_on_every_ground(colours):
    for ground in GROUNDS:
        for name in TEXT:
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        for name in LINES:
            assert contrast(colours[name], colours[ground]) >= 3, (name, ground)
    assert contrast(colours["ink"], colours["mark"]) >= 4.5


def test_light_and_dark_name_the_same_colours():
    assert list(theme.LIGHT) == list(theme.DARK)
    for colours in (theme.LIGHT, theme.DARK):
        assert len({colours[p] for p in PARTIES}) == theme.HUES
        assert not {colours["clash"], colours["holds"]} & {colours[p] for p in PARTIES}


def test_a_party_is_told_by_more_than_its_colour():
    looks = [(theme.hue(k), theme.dash(k), theme.mark(k)) for k in range(40)]
    assert len(set(looks)) == 40
    # Those nearest to each other in the case differ in dashes and in marks, whatever the colour.
    for a, b in itertools.pairwise(looks[: theme.HUES]):
        assert a[1] != b[1]
        assert a[2] != b[2]


def test_no_letters_are_smaller_than_can_be_read():
    sizes = [float(n) for n in re.findall(r"font(?:-size)?:(\d+)px", theme.stylesheet())]
    assert sizes
    assert min(sizes) >= 11


def test_a_drawing_takes_the_pages_colours_and_has_its_own():
    sheet = theme.stylesheet()
    light, dark = sheet.split("@media (prefers-color-scheme:dark)")
    for name in theme.LIGHT:
        assert f"var(--{name},{theme.LIGHT[name]})" in light
        assert f"var(--{name},{theme.DARK[name]})" in dark
        assert theme.tokens().count(f"--{name}:{theme.DARK[name]}") == 2
    used = set(re.findall(r"var\(--d-([a-z0-9]+)\)", sheet)) - {"own"}
    assert used <= set(theme.LIGHT)
