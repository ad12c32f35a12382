"""Whom "he", "she", "it" and "they" mean: the latest that fits, subjects first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.who.model import UNKNOWN, Who
from detente.reading.who.scene import Mention, Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit

FIRST = frozenset(["i", "we", "us", "me", "our", "my", "ours", "mine", "myself", "ourselves"])
SECOND = frozenset(["you", "your", "yours", "yourself", "yourselves"])
SHE = frozenset(["she", "her", "hers", "herself"])
HE = frozenset(["he", "him", "his", "himself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_BACK = 6
"""How many sentences back a pronoun may point."""


def personal(scene: Scene, unit: Unit, token: Token) -> Who:
    """Return whom a pronoun of the third person means."""
    low = token.lower_
    if low == "it" and _empty(token):
        return UNKNOWN
    if low in SHE or low in HE:
        found = _person(scene, unit, token, "f" if low in SHE else "m")
    elif low in IT:
        found = _body(scene, unit, token, plural=False)
    else:
        found = _body(scene, unit, token, plural=True)
    return found


_TIMES = ("day", "week", "time", "month", "year", "hour", "night", "morning", "evening")
_WEATHER = ("rain", "snow", "hail", "drizzle", "thunder", "pour")


def _empty(token: Token) -> bool:
    """Tell whether "it" means nothing: "it was the sixth day since …", "it is clear that …"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.lemma_ in _WEATHER and not any(c.dep_ == "dobj" for c in verb.children):
        return True
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in (
        "be",
        "seem",
        "appear",
        "take",
    ):
        return False
    kids = {c.dep_ for c in verb.children}
    if any(
        c.dep_ == "attr" and (c.ent_type_ in ("DATE", "TIME") or c.lower_ in _TIMES)
        for c in verb.children
    ):
        return True
    return bool(kids & {"attr", "acomp", "oprd"}) and bool(
        kids & {"ccomp", "advcl", "csubj", "xcomp"} or any(c.dep_ == "relcl" for c in verb.subtree)
    )


def _sentences(scene: Scene, unit: Unit, token: Token) -> list[list[Mention]]:
    """Return what was spoken of before, sentence by sentence, the latest sentence first."""
    quoted = unit.kind == "quote"
    order: list[tuple[int, int]] = []
    seen: dict[tuple[int, int], list[Mention]] = {}
    for mention in scene.before(scene.at(unit, token)):
        if mention.quoted and not quoted:
            continue
        if mention.sentence not in seen:
            order.append(mention.sentence)
        seen.setdefault(mention.sentence, []).append(mention)
    order.reverse()
    return [seen[s] for s in order[:_BACK]]


def _here(unit: Unit, token: Token) -> tuple[int, int]:
    """Return the sentence of a token."""
    return (unit.number, token.sent.start)


def _person(scene: Scene, unit: Unit, token: Token, sex: str) -> Who:
    """Return whom "he" or "she" means."""
    speaker = scene.holder(unit).speaker
    before = _sentences(scene, unit, token)
    if (said := _reported(scene, unit, token)) is not None:
        others = [[m for m in mentions if m.at not in said] for mentions in before]
        before = [*others, *before]  # somebody else, wherever there is one
    for mentions in before:
        fit = [m for m in mentions if m.human and _sexed(scene, m, sex)]
        fit = [
            m for m in fit if not (unit.kind == "quote" and speaker and m.who.speaker == speaker)
        ]
        if sure := [m for m in fit if _sex(scene, m) == sex]:
            fit = sure
        if fit:
            return _chosen(fit, _here(unit, token)).who
    return UNKNOWN


def _reported(scene: Scene, unit: Unit, token: Token) -> range | None:
    """Return where the words stand that a pronoun reports: "Ruiz was ill, he said" is another's."""
    verb = token.head
    for child in verb.children:
        if token.dep_ == "nsubj" and child.dep_ == "ccomp" and child.i < token.i:
            start = scene.at(unit, child.doc[child.left_edge.i])
            return range(start, scene.at(unit, token)) if start >= 0 else None
    return None


def _sexed(scene: Scene, mention: Mention, sex: str) -> bool:
    """Tell whether somebody may be a "he" or a "she"."""
    return _sex(scene, mention) in ("", sex)


def _sex(scene: Scene, mention: Mention) -> str:
    """Return whether somebody spoken of is a man or a woman, empty where nothing tells."""
    person = scene.people.find(mention.who.speaker) if mention.who.speaker else None
    return person.sex if person is not None else ""


def _chosen(fit: list[Mention], here: tuple[int, int]) -> Mention:
    """Return one of a sentence's mentions: its subject, the last in the pronoun's own."""
    subjects = [m for m in fit if m.subject]
    if subjects:
        return subjects[-1] if subjects[-1].sentence == here else subjects[0]
    return fit[-1]


def _body(scene: Scene, unit: Unit, token: Token, plural: bool) -> Who:
    """Return whom "it" or "they" means."""
    for mentions in _sentences(scene, unit, token):
        fit = [m for m in mentions if _may_be(m, plural)]
        if not fit:
            continue
        best = [m for m in fit if m.plural == plural] or fit
        who = _chosen(best, _here(unit, token)).who
        if who.several:
            return who
        return Who(who.party, None, "party", why=who.why) if who.party else UNKNOWN
    return UNKNOWN


def _may_be(mention: Mention, plural: bool) -> bool:
    """Tell whether something spoken of may be "it", or "they"."""
    if mention.human or mention.who.kind in ("person", "thing"):
        return False
    if mention.who.kind == "unknown":  # a group that nobody tells: better nobody than another
        return mention.subject and mention.plural == plural
    if mention.who.kind == "street":
        return plural and mention.plural
    if not plural and mention.plural and not mention.who.party:
        return False
    return bool(mention.who.party or mention.who.several)
