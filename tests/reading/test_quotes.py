"""Quotation marks. Every expected value was written by hand from the sentence beside it."""

from __future__ import annotations

import pytest

from detente.reading.paragraphs import Span
from detente.reading.quotes import quotes, uses_single_marks


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We go,” she said.", ["We go,"]),
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ("''We go,'' she said.", ["We go,"]),
        ("``We go,'' she said.", ["We go,"]),
        ("«Nous partons», dit-elle.", ["Nous partons"]),
        ("„Wir gehen“, sagte sie.", ["Wir gehen"]),
        # no opening mark: it began with the paragraph
        ("We go today,” she said.", ["We go today,"]),
        # … or with the sentence after the tag
        ("“We go,” she said. We stay.”", ["We go,", "We stay."]),
        # the opening mark used to close
        ("“We go,“ she said. “Now.”", ["We go,", "Now."]),
        ("We go,“ she said.", ["We go,"]),
        # never shut: it runs to the end
        ("She said: “We go. We never", ["We go. We never"]),
        # quotations in quotations
        ("“He told us ‘no’ and “never” twice,” she said.", ["He told us ‘no’ and “never” twice,"]),
        # apostrophes, also turned the wrong way, and inches
        ("“I‘m going, they’re not,” she said.", ["I‘m going, they’re not,"]),
        ('A 12" pipe and a 5\'10" man.', []),
        ("The dockers' union's boats weren't there.", []),
        ("", []),
        ("“”", []),
    ],
)
def test_what_stands_between_marks(text, inside):
    found = quotes(text, Span(0, len(text)))
    assert [text[q.inner.start : q.inner.end] for q in found] == inside


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("'We go,' she said.", True),
        ("‘We go’, she said.", True),
        ("The union's boats and the dockers' boats.", False),
        ("“We go,” she said of the 'plan'.", False),
    ],
)
def test_single_marks_count_where_no_double_ones_are(text, single):
    span = Span(0, len(text))
    assert uses_single_marks(text, span) is single
    if single:
        (found,) = quotes(text, span, single=True)
        assert text[found.inner.start : found.inner.end].rstrip(",") == "We go"


def test_an_unshut_quotation_is_marked_so_and_a_guess_too():
    text = "“We go."
    assert quotes(text, Span(0, len(text)))[0].unclosed
    text = "We go.”"
    assert quotes(text, Span(0, len(text)))[0].repaired
