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
        # subjects of several kinds
        (
            "Half of those surveyed say the dam is full.",
            "Half of those surveyed",
            "the dam is full",
        ),
        ("Two in three said they would leave.", "Two in three", "they would leave"),
        ("By then 42% said they would leave.", "42%", "they would leave"),
        (
            "The farmers who live below the dam say it is full.",
            "The farmers who live below the dam",
            "it is full",
        ),
        (
            "An order released on Friday says that it is full.",
            "An order released",
            "that it is full",
        ),
        (
            "Mayor Smith (R-Ohio), said that it was full.",
            "Mayor Smith (R-Ohio)",
            "that it was full",
        ),
        ("Another says the dam is full.", "Another", "the dam is full"),
        ("After saying that it was full, Smith left.", "Smith", "that it was full"),
        (
            "In the end, many farmers say, the dam will break.",
            "many farmers",
            "In the end … the dam will break",
        ),
        # headlines
        ("Minister Smith Says The Dam Will Stay Full", "Minister Smith", "The Dam Will Stay Full"),
        (
            "Ann Smith: Dam Will Stay Full\n\nMs. Smith spoke in Oslo.",
            "Ann Smith",
            "Dam Will Stay Full",
        ),
        # titles in quotation marks are names
        (
            "Smith said on Monday on the radio show “Dam Watch” that it was full.",
            "Smith",
            "that it was full",
        ),
        # words in quotation marks without a verb of saying
        (
            "Smith ran on a promise of “clean water for every village”.",
            "Smith",
            "on a promise of “clean water for every village”",
        ),
        # a transcript after a mark that nothing shuts
        (
            '"SMITH: It is like the film “Big Flood” to me. We leave.',
            "SMITH",
            "It is like the film “Big Flood” to me. We leave.",
        ),
        # nouns and passives
        ("The union repeated its call for talks.", "its", "talks"),
        ("Jones heard of her remark that “it is full”.", "her", "that “it is full”"),
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
        "Smith did not respond to a request for comment.",
        "The states that have signed the treaty met.",
        "The plan was “good for all the villages” on paper.",
        "A group called “Clean Water for the Valley” met.",
        "",
    ],
)
def test_what_nobody_says_is_no_attribution(rules, text):
    assert found(rules, text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # what "and" joins to the cue, told by tense, and what it joins to the words
        ("Smith said the dam is full and left the room.", "the dam is full"),
        ("Smith said the dam is full and is leaking.", "the dam is full and is leaking"),
        ("Smith praised the plan and went home.", "the plan"),
        # the main clause after an opening one, and after a relative one
        ("While Smith said the dam was full, the village slept.", "the dam was full"),
        ("Smith, who said that it was full, left on Monday.", "that it was full"),
        ("Despite Smith's claim that it was full, the village slept.", "that it was full"),
        # asides and contrasts
        ("Smith said it was full, but he did not look at the gauge.", "it was full"),
        (
            "Smith said it was full, a claim that nobody in the village below had heard before.",
            "it was full",
        ),
        (
            "Smith said that it, but not the other, was full.",
            "that it, but not the other, was full",
        ),
        (
            "Smith said the dam, which was built in the war, was full.",
            "the dam, which was built in the war, was full",
        ),
        # a list stays whole
        ("Smith condemned the dam, the canal, and the mill.", "the dam, the canal, and the mill"),
        (
            "Smith called the plan a “theft,” a “fraud” and “sick”.",
            "the plan a “theft,” a “fraud” and “sick”",
        ),
        # a tag, or another's words, after the words
        (
            "The flood signals “the end” for the mill, said Smith, a farmer.",
            "The flood signals “the end” for the mill",
        ),
        ("Smith praised Jones, whom he called “a rock”.", "Jones"),
        ("Smith told of the flood before saying that it was over.", "that it was over"),
    ],
)
def test_where_reported_words_end(rules, text, words):
    assert words in [said for _, said in found(rules, text)]


def test_a_quoted_paragraph_without_a_tag_stands_alone(rules):
    text = "“We go,” Smith said.\n\n“We go today. We go now.”"
    assert found(rules, text)[1] == (None, "We go today. We go now.")
