"""What holds for every report, tried on generated ones."""

from __future__ import annotations

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from detente.reading.claims import KINDS
from detente.reading.duplicates import duplicates, fingerprint
from detente.reading.extracted import NoTextError
from detente.reading.ingest import report_of
from detente.reading.lexicon import load
from detente.reading.reader import read, reader
from detente.reading.records import claim_line

RULES = reader(load())

PIECES = st.sampled_from(
    [
        "“We go,” Smith said.",
        "Spain rejected the offer of Italy.",
        "He said that",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "--",
        "according to Paris,",
        "only if the troops leave",
        "Anna Petrova,",
        "(",
        "the union's leader,",
        "U.S.",
        "\n\n",
        "\n",
        "\r\n",
        ":",
        ";",
        "must leave",
        "demanded that",
        "“No,” she said, “never.”",
        "SMITH: We go.",
        "\u202e",
        "\x00",
        "ﬁne",
        "…",
        "and",
        "its",
        "was ignored by",
        "offered to mediate",
        "warned of",
        "in Ohio on Monday",
        "1,000.5",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=200), st.text("“”\"'’.,a A\n")
)

SENTENCES = st.sampled_from(
    [
        "“We go,” Smith said.",
        "Spain rejected the offer of Italy.",
        "Anna Petrova, the union's leader, demanded that the troops leave.",
        "According to Paris, talks may begin only if the troops leave.",
        "It was ignored by Italy.",
        "Malta offered to mediate in Ohio on Monday.",
        "The U.S. warned of 1,000.5 tons of grain.",
        "Its ships must leave.",
    ]
)
"""Each is whole: what stands open at the end of a paragraph may go on in the next one."""


def report_from(text: str):
    """Return a report of a text; one that no report can be (binary) is put aside."""
    try:
        return report_of(text.encode("utf-8", "replace"), "r.txt", "r")
    except NoTextError:
        reject()


def claims_of(text: str):
    return read(report_from(text), RULES)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_offsets_are_always_true(text):
    report = report_from(text)
    for claim in read(report, RULES):
        assert claim.kind in KINDS
        assert claim.content
        assert claim.text == "".join(report.text[c.start : c.end] for c in claim.content)
        for span in [*claim.content, *filter(None, [claim.source, claim.cue])]:
            assert 0 <= span.start < span.end <= len(report.text)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_reading_twice_gives_the_same_bytes(text):
    first = [claim_line(c) for c in claims_of(text)]
    fresh = reader(load())
    again = read(report_from(text), fresh)
    assert first == [claim_line(c) for c in again]


@given(st.lists(SENTENCES, max_size=12).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_an_unrelated_paragraph_changes_no_other_claim(text):
    before = [claim_line(c) for c in claims_of(text)]
    after = [claim_line(c) for c in claims_of(f"{text}\n\nIt rained in the valley all day.")]
    assert before == after


@given(st.lists(TEXTS, min_size=1, max_size=6), st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_of_reports_decides_no_more_than_which_of_equals_is_first(texts, random):
    prints = [fingerprint(text) for text in texts]
    order = list(range(len(texts)))
    random.shuffle(order)
    kinds = sorted(str(m and (m.kind, m.shared)) for m in duplicates(prints))
    shuffled = duplicates([prints[i] for i in order])
    assert kinds == sorted(str(m and (m.kind, m.shared)) for m in shuffled)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_ids_are_unique(text):
    ids = [c.id for c in claims_of(text)]
    assert len(ids) == len(set(ids))
