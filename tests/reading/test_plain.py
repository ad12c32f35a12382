"""The text itself: what changes nothing in what a report says, and the way back to its characters.

Expected texts were written by hand from what a reader takes a page to say.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.ingest import report_of
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.plain import plain, plain_text
from detente.reading.traced import Edit, Traced

STORY = (
    "Sea lanes stay shut as ministers quarrel\n\n"
    "PORTO ALVO, June 3 - Ruritania will not reopen the sea lanes before the second week of July, "
    "its transport minister said on Monday. “We have waited for an answer since April,” Minister "
    "Ines Valdez told reporters in the harbour. She called on the Kingdom of Grauland to withdraw "
    "its patrol boats and to pay for the nets that were cut.\n\n"
    "Grauland’s navy denied that any net was cut. Its spokesman, Lt. Col. Per Dahl, said the boats "
    "would stay until the U.S. observers had left."
)


def wrapped(text: str, width: int) -> str:
    """A text with its paragraphs broken at a width, as a mail program breaks them."""
    rows = []
    for paragraph in text.split("\n\n"):
        row = ""
        for word in paragraph.split(" "):
            if row and len(row) + 1 + len(word) > width:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        rows += [row, ""]
    return "\n".join(rows[:-1])


@pytest.mark.parametrize("width", range(50, 100, 3))
def test_lines_broken_at_a_width_flow_together(width):
    assert plain_text(wrapped(STORY, width)).text == STORY


@pytest.mark.parametrize("width", [55, 66, 78])
def test_lines_flow_together_where_paragraphs_have_no_blank_line_between(width):
    pressed = wrapped(STORY, width).replace("\n\n", "\n")
    assert plain_text(pressed).text.replace("\n\n", " ") == STORY.replace("\n\n", " ")
    assert plain_text(pressed).text.startswith("Sea lanes stay shut as ministers quarrel\n\n")


@pytest.mark.parametrize("place", [i for i, c in enumerate(STORY) if c == " " and i > 45][::3])
def test_one_line_end_for_a_space_changes_nothing(place):
    assert plain_text(f"{STORY[:place]}\n{STORY[place + 1 :]}").text == STORY


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ("The nego-\ntiations go on.", "The negotiations go on."),
        ("The nego-\r\n   tiations go on.", "The negotiations go on."),
        ("The Franco-\nGerman plan failed.", "The Franco-German plan failed."),
        ("All two- and\nthree-star generals left.", "All two- and three-star generals left."),
        ("All two-\nand three-star generals left.", "All two- and three-star generals left."),
        ("A cease-fire held. The cease-\nfire broke.", "A cease-fire held. The cease-fire broke."),
        ("The U.S.\nforces left.", "The U.S. forces left."),
        ("All soft\u00adware, zero\u200bwidth.", "All software, zerowidth."),
        ("The\u00a0dam\u202fis\u2003full.\tIt rains.", "The dam is full. It rains."),
        ("**The dam** is _quite_ ***full***, [he](http://a.b/c_(d)) said.",
         "The dam is quite full, he said."),
        ("A *dam\nis* full.", "A dam is full."),
        ("He wrote a_b_c and 3 * 4 * 5 and **", "He wrote a_b_c and 3 * 4 * 5 and **"),
        ("R&amp;D said &ldquo;no&rdquo; &mdash; loudly.", "R&D said “no” — loudly."),
        ("> The dam\n> is full.\n>\n> It rains.", "The dam is full.\n\nIt rains."),
        ("## Background\nThe dam was built in 1990.", "Background\n\nThe dam was built in 1990."),
        ("He said: 「Go.」 She said: 『No.』", "He said: “Go.” She said: “No.”"),
        ("He said: 「He said 『no』 to us.」", "He said: “He said ‘no’ to us.”"),
        ("He said: «Go.» She said: „No.“", "He said: “Go.” She said: “No.”"),
        ("``Go,'' he said.", "“Go,” he said."),
        ("The ﬁrst ﬂeet of ＵＮ ships", "The first fleet of UN ships"),
    ],
)  # fmt: skip
def test_what_is_meant(given_, meant):
    assert plain_text(given_).text == meant


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("lossy", [False, True])
def test_text_decoded_twice_is_read_as_it_was_meant(times, lossy):
    text = "“We won’t go,” Zoë Ångström said – “not for €5.”"
    given_ = text
    for _ in range(times):
        given_ = given_.encode().decode("latin-1" if not lossy else "cp1252", "ignore")
    if lossy and times == 2:
        return  # bytes are lost that nobody can guess
    assert plain_text(given_).text == text


@pytest.mark.parametrize(
    "text",
    ["“Nein”, sagte die SPÖ” aus Köln.", "Ça va? São João, Malmö’s “Å”", "Łódź – Kraków", "Ελλάδα"],
)
def test_text_decoded_once_stays(text):
    assert plain_text(text).text == text


def test_letters_and_their_marks_are_one():
    text = "Zoë Ångström, Đặng Văn Lợi, 한국 and São Tomé"
    assert plain_text(unicodedata.normalize("NFD", text)).text == text


@pytest.mark.parametrize(
    ("telex", "meant"),
    [
        (
            "RURITANIA WILL NOT WITHDRAW ITS BOATS, PRESIDENT JEAN ROUX SAID ON MONDAY.",
            "Ruritania will not withdraw its boats, President Jean Roux said on Monday.",
        ),
        (
            'THE UNITED STATES CALLED ON NORTH KOREA TO STOP ITS TESTS. "WE WILL WAIT," THE ENVOY'
            " SAID.",
            'The United States called on North Korea to stop its tests. "We will wait," the envoy'
            " said.",
        ),
    ],
)
def test_capitals_alone_are_written_as_sentences(telex, meant):
    pytest.importorskip("spacy")
    assert plain_text(telex).text == meant


def test_a_headline_in_capitals_stays():
    text = "DAM STAYS SHUT AS TALKS FAIL\n\nThe ministers met twice on Monday and once on Tuesday."
    assert plain_text(text).text == text


def test_lists_turns_and_titles_stay_apart():
    text = (
        "Ministry of Water\nPress release, 3 May\n\n1. We regret the flood.\n2. We will pay.\n\n"
        "SMITH: Will you pay?\nJONES: We will.\n- first\n- second"
    )
    lines = [line for line in text.split("\n") if line]
    assert plain_text(text).text.split("\n\n") == lines


def test_each_line_of_a_list_of_voices_is_its_own(rules):
    """Lines that flowed together gave everybody's words to who stood last."""
    from detente.reading.reader import read

    voices = {
        "Ana Ruiz, 21, student": "He frightens me. I cannot listen to him.",
        "Leo Paz": "She cannot answer without scaring people first.",
        "Rosa Marin": "I was not convinced by any of it.",
    }
    lines = "\n".join(f"“{words}” ― {who}" for who, words in voices.items())
    report = report_of(f"Voices after the debate\n\n{lines}\n".encode(), "v.txt", "v")
    found = [c for c in read(report, rules) if c.kind == "statement"]
    assert [(c.speaker, c.text) for c in found] == [
        (who.split(",")[0], words) for who, words in voices.items()
    ]


def test_a_claim_is_carried_back_to_the_characters_of_the_report(rules):
    from detente.reading.reader import read

    text = "---\ndate: 2020-02-02\n---\n“We shall\r\nnot nego-\r\ntiate,” Zoë Smith said."
    report = report_of(unicodedata.normalize("NFD", text).encode(), "r.txt", "r")
    (claim,) = [c for c in read(report, rules) if c.direct and c.kind == "statement"]
    assert claim.text == "We shall\r\nnot negotiate,"
    parts = [report.text[part.start : part.end] for part in claim.content]
    assert parts == ["We shall\r\nnot nego", "tiate,"]
    assert claim.speaker == "Zoë Smith"
    assert claim.source is not None
    assert report.text[claim.source.start : claim.source.end] == "Zoe\u0308 Smith"


def test_marks_of_emphasis_are_no_part_of_a_claim(rules):
    from detente.reading.reader import read

    text = "“We *shall* not [leave](https://a.b/c) the **bay**,” Zoë Smith said."
    report = report_of(text.encode(), "r.md", "r")
    (claim,) = [c for c in read(report, rules) if c.direct and c.kind == "statement"]
    assert claim.text == "We shall not leave the bay,"
    parts = [report.text[part.start : part.end] for part in claim.content]
    assert parts == ["We ", "shall", " not ", "leave", " the ", "bay", ","]


def test_front_matter_is_no_text():
    report = report_of(b"---\ndate: 2020-02-02\n---\nThe dam is full.", "r.txt", "r")
    assert plain(report).plain.text == "The dam is full."
    assert plain(report).plain.body == 0


# --- laws ---------------------------------------------------------------------------------------

ODD = st.text(
    st.sampled_from("aB .\n\r-“”\"'*_[]()>#é\u0301\u00a0\u200b\u00ad「」«»&;â€™Ã©\\1,:\t\0"),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_every_character_has_its_place(text):
    made = plain_text(text)
    for start in range(len(made.text)):
        span = made.given(Span(start, start + 1))
        assert 0 <= span.start <= span.end <= len(text)
        if made.text[start].isascii() and made.text[start].isalnum() and "&" not in text:
            assert text[span.start : span.end].lower() == made.text[start].lower()


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_places_keep_their_order(text):
    made = plain_text(text)
    places = [made.given(Span(k, k + 1)) for k in range(len(made.text))]
    assert places == sorted(places, key=lambda span: (span.start, span.end))


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from('aB .\n”"-1:,'), max_size=80))
def test_a_plain_text_has_a_line_for_each_of_its_paragraphs(text):
    made = plain_text(text).text
    lines = [line for line in made.split("\n\n") if line]
    assert "\n" not in "".join(lines)
    # a line that breaks off in a sentence may be read on with the next one
    assert "\n\n".join(made[s.start : s.end] for s in paragraphs(made)) == "\n\n".join(lines)


@given(st.text(max_size=20), st.data())
def test_an_edited_text_is_what_its_edits_say(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    edits = [
        Edit(a, b, data.draw(st.text(max_size=3)))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    meant, done = "", 0
    for edit in edits:
        meant += text[done : edit.start] + edit.new
        done = edit.end
    assert Traced(text).edited(edits).text == meant + text[done:]


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("''We wait,'' he said. ''We do.''", "“We wait,” he said. “We do.”"),
        ("He said, ''no.'' -- ''Never''?", "He said, “no.” -- “Never”?"),
        ("``We wait,'' he said.", "“We wait,” he said."),
    ],
)
def test_two_apostrophes_open_and_close(given, plain):
    assert plain_text(given).text == plain
