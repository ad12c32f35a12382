"""Which language a report is in. The sentences were written for these tests."""

from __future__ import annotations

import pytest

from detente.reading.language import other_language

pytest.importorskip("spacy")

OTHERS = {
    "French": (
        "La ministre a déclaré que le barrage ne sera pas ouvert avant que l’eau ait "
        "baissé, et que rien ne changera d’ici là."
    ),
    "German": (
        "Die Ministerin sagte, der Damm werde nicht geöffnet, bevor das Wasser gesunken"
        " sei, und daran werde sich nichts ändern."
    ),
    "Spanish": (
        "La ministra dijo que la presa no se abrirá antes de que baje el agua y que "
        "nada va a cambiar hasta entonces."
    ),
    "Portuguese": (
        "A ministra disse que a barragem não será aberta antes que a água desça e que "
        "nada vai mudar até lá."
    ),
    "Italian": (
        "La ministra ha detto che la diga non sarà aperta prima che l’acqua scenda e "
        "che nulla cambierà fino ad allora."
    ),
    "Dutch": (
        "De minister zei dat de dam niet open gaat voordat het water is gezakt en dat "
        "er tot dan niets zal veranderen."
    ),
    "Polish": (
        "Minister powiedziała, że zapora nie zostanie otwarta, zanim woda nie opadnie, "
        "i że do tego czasu nic się nie zmieni."
    ),
    "Swedish": (
        "Ministern sade att dammen inte kommer att öppnas förrän vattnet har sjunkit "
        "och att inget ändras till dess."
    ),
    "Cyrillic letters": ("Министр сказала, что плотину не откроют, пока вода не спадёт."),
    "Arabic letters": ("قالت الوزيرة إن السد لن يفتح قبل أن ينخفض الماء"),
    "Chinese letters": ("部長表示在水位下降之前不會開放水壩而且直到那時一切都不會改變"),
    "Japanese letters": ("大臣は、水が引くまでダムを開けないと述べた。それまで何も変わらない。"),
    "Korean letters": ("장관은 물이 빠지기 전에는 댐을 열지 않을 것이라고 말했다."),
    "Greek letters": ("Η υπουργός είπε ότι το φράγμα δεν θα ανοίξει πριν πέσει το νερό."),
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language):
    assert other_language(OTHERS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the dam would not be opened before the water had fallen.",
        "Dam stays shut",
        "“C’est la vie,” the minister said of the dam, and added that nothing would be changed by a"
        " vote of the parliament in which the opposition had the most seats.",
        "Anna Velic, Per Dahl, Ines Valdez, Ola Berg, Luz Prado, Jan Okur, Piet Hale, Sami Noor",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "",
    ],
)
def test_english_and_what_is_too_short_to_tell_stay(text):
    assert other_language(text) == ""


def test_a_text_in_two_languages_counts_by_what_is_more():
    assert other_language(OTHERS["French"] + " The end.") == "French"
    english = "The minister said that the dam would stay shut until the water had fallen. " * 4
    assert other_language(english + OTHERS["French"]) == ""
