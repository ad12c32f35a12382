"""The day of a report, worked out by hand from each heading."""

from __future__ import annotations

import pytest

from detente.reading.dates import Day, day_of, in_their_year

NEWS = "The gates of the dam stayed shut on Monday, said the minister, who was in a hurry to leave."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"PORTO ALVO, 3 March 2018 (RNA) — {NEWS}", "2018-03-03"),
        (f"PORTO ALVO, March 3, 2018 -- {NEWS}", "2018-03-03"),
        (f"Headline\n\nPORTO ALVO, Grauland, Sept. 12, 2018 (RNA) - {NEWS}", "2018-09-12"),
        (f"Porto Alvo, Sunday, 4th of March 2018. {NEWS}", "2018-03-04"),
        (f"Ministry of Water\nPress release, 27 February 2019\n\n{NEWS}", "2019-02-27"),
        (f"2018-03-03\n\n{NEWS}", "2018-03-03"),
        (f"Transcript, 10 May 2020. {NEWS}", "2020-05-10"),
        (NEWS, ""),
        (f"On 3 March 2018 the gates were shut. {NEWS}", ""),
        (f"Gates stay shut until 3 March 2018\n\n{NEWS}", ""),
        (f"Headline\n\n{NEWS} They were shut on 3 March 2018.", ""),
        (f"PORTO ALVO, 31 February 2018 (RNA) — {NEWS}", ""),
    ],
)
def test_the_day_is_what_the_dateline_says(text, day):
    from detente.reading.plain import plain_text

    assert day_of(plain_text(text).text, "a").iso() == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2018-03-03-dam", "2018-03-03"),
        ("rna_20180303_dam", "2018-03-03"),
        ("dam-2018_03_03", "2018-03-03"),
        ("003_20189999123", ""),
        ("report-12", ""),
    ],
)
def test_a_files_name_tells_the_day_where_the_text_does_not(name, day):
    assert day_of(NEWS, name).iso() == day


def test_a_dateline_without_a_year_takes_it_from_the_name_of_the_same_day():
    text = f"PORTO ALVO, March 3 (RNA) - {NEWS}"
    assert day_of(text, "2018-03-03-dam").iso() == "2018-03-03"
    assert day_of(text, "2018-03-05-dam") == Day(3, 3, 0)


def test_the_year_is_that_of_the_pile_if_it_has_one_alone():
    days = [Day(3, 3), Day(4, 5, 2018), Day()]
    assert in_their_year(days, []) == ["2018-03-03", "2018-04-05", ""]
    assert in_their_year(days, ["2017-12-31"]) == ["", "2018-04-05", ""]
    assert in_their_year([Day(3, 3)], ["Monday"]) == [""]
