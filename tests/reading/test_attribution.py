"""Who said what, sentence by sentence. All sentences and all expected values are our own."""

from __future__ import annotations

import pytest

from detente.reading.document import read_text
from detente.reading.tokens import tokenize


def found(rules, text):
    """(source, words) of every attribution, in text order."""
    return [
        (
            a.source and text[a.source.start : a.source.end],
            " … ".join(text[c.start : c.end] for c in a.content),
        )
        for paragraph in read_text(tokenize(text), rules.lexicon, rules.g)
        for a in paragraph.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        # direct speech
        ("“We shall go,” Smith said.", "Smith", "We shall go,"),
        ("“We shall go,” said Smith.", "Smith", "We shall go,"),
        ("Smith said: “We shall go.”", "Smith", "We shall go."),
        ("Smith told reporters in Oslo, “We shall go.”", "Smith", "We shall go."),
        ("“We go,” Smith said, “and soon.”", "Smith", "We go, … and soon."),
        ("“We go,” Smith said. “Never again.”", "Smith", "We go, … Never again."),
        ("“We go!” Smith shouted to the crowd.", "Smith", "We go!"),
        ("As Smith put it, “We go as we came.”", "Smith", "We go as we came."),
        ("Smith agreed. “We go today.”", "Smith", "We go today."),
        ("“We shall go today.” ― Ann Smith", "Ann Smith", "We shall go today."),
        ("SMITH: We shall go today.", "SMITH", "We shall go today."),
        ("“Go,” said Ann Smith, who leads the union.", "Ann Smith, who leads the union", "Go,"),
        ("The letter's last words: “We go today.”", "The letter's last words", "We go today."),
        # a tag after a full stop, and an insertion that no comma closes
        (
            "We go today.” Ann Smith, spokeswoman for the port said on Monday.",
            "Ann Smith, spokeswoman for the port",
            "We go today.",
        ),
        # indirect and mixed speech
        ("Smith said that the dam was full.", "Smith", "that the dam was full"),
        ("Smith said the dam was full.", "Smith", "the dam was full"),
        ("The dam was full, Smith said.", "Smith", "The dam was full"),
        ("The dam, Smith said, was full.", "Smith", "The dam … was full"),
        ("Smith said on Monday in an interview that it was full.", "Smith", "that it was full"),
        ("According to the ministry, the dam was full.", "the ministry", "the dam was full"),
        ("The dam was full, according to the ministry.", "the ministry", "The dam was full"),
        ("Smith called the dam “a disgrace”.", "Smith", "the dam “a disgrace”"),
        ("Smith told me the dam was full.", "Smith", "the dam was full"),
        ("Smith warned the villagers that it was full.", "Smith", "that it was full"),
        ("Smith urged the villagers to leave.", "Smith", "the villagers to leave"),
        ("Smith vowed to leave.", "Smith", "to leave"),
        ("Smith, a farmer, said the dam was full.", "Smith, a farmer", "the dam was full"),
        ("The two write that it is full.", "The two", "that it is full"),
        ("Smith went on to say that it was full.", "Smith", "that it was full"),
        # nouns and passives
        (
            "Smith's claim that it was full surprised all.",
            "Smith",
            "that it was full surprised all",
        ),
        ("The dam was described by Smith as full.", "Smith", "The dam … as full"),
        ("It was reported that the dam was full.", None, "that the dam was full"),
    ],
)
def test_one_attribution(rules, text, source, words):
    assert (source, words) in found(rules, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Smith said the dam was full and added that it leaked.",
            [("Smith", "the dam was full"), ("Smith", "that it leaked")],
        ),
        (
            "Smith criticized the plan, saying it was late.",
            [("Smith", "the plan"), ("Smith", "it was late")],
        ),
        (
            "Smith said Jones believed that it was full.",
            [("Smith", "Jones believed that it was full"), ("Jones", "that it was full")],
        ),
        (
            "“Go,” Smith said, according to a statement.",
            [("Smith", "Go,")],
        ),
    ],
)
def test_coordinated_and_two_level_sources(rules, text, expected):
    assert found(rules, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The state of the dam is poor.",
        "The union's demands were long.",
        "It was built by the state in 1970.",
        "The report was thick.",
        "Water ran over the weir.",
        "",
    ],
)
def test_what_nobody_says_is_no_attribution(rules, text):
    assert found(rules, text) == []


def test_a_quoted_paragraph_without_a_tag_stands_alone(rules):
    text = "“We go,” Smith said.\n\n“We go today. We go now.”"
    assert found(rules, text)[1] == (None, "We go today. We go now.")
