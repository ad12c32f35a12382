"""Names learnt by use: what acts again and again, or is called a firm, is a party by that name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.reading.who.facts import Facts
from detente.reading.who.learn import described
from detente.reading.who.marks import tokens
from detente.reading.who.orgs import kind_of, without_suffix
from detente.reading.who.runs import runs
from detente.reading.who.spelling import bare

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from detente.reading.who.scene import Scene

_FIRM = (
    r"(?: (?:plc|Inc|Ltd|SA|S\.A\.|AG|SE|NV|Group|Holdings)\b|'s (?:board|shareholders|shares"
    r"|chief executive|stock|factory|factories|management|chairman)| chair\w+\b| chief executive)"
)
PLACE = "place"
"""The kind of a place that acts, until the whole pile shows whose seat it is."""
_ENOUGH = 2.0
"""Evidence that makes a name a body's in one report."""


def names_by_use(scene: Scene) -> None:
    """Learn the bodies of a report that only their use shows."""
    weight: Counter[str] = Counter()
    placed: set[str] = set()
    shown: dict[str, str] = {}
    nouns = frozenset(scene.facts.nouns)
    for unit in scene.units:
        marked = scene.marked[unit.number]
        doc = unit.doc
        if doc is None:
            continue
        for run in runs(unit.text, scene.facts):
            start, end = tokens(doc, run.start, run.end)
            if start == end or any(n in marked.at for n in range(start, end)):
                continue
            head = doc[start:end].root
            if run.titles or not _new(scene, run.name) or not _proper(doc, start, end):
                continue
            if start and scene.has("named things", doc[start - 1].lower_):
                continue
            weight[run.name] += _weight(head, scene.facts)  # type: ignore[assignment]
            if head.ent_type_ == "GPE":
                placed.add(run.name)
            if said := described(doc, start, end, nouns):
                shown.setdefault(run.name, said[0])
    text = " ".join(unit.text for unit in scene.units)
    for name, much in sorted(weight.items()):
        if name in shown or much >= _ENOUGH or (much >= 1 and len(name.split()) > 1):
            _learn(scene, name, shown.get(name, ""), text, name in placed)
        else:
            scene.uses[name] = much


def _proper(doc: Doc, start: int, end: int) -> bool:
    """Tell whether capitals are a name's: not only those of a sentence's beginning."""
    first = doc[start]
    if end - start > 1 or not first.is_sent_start:
        return True
    return first.pos_ == "PROPN" or first.ent_type_ in ("ORG", "GPE")


def _new(scene: Scene, name: str) -> bool:
    """Tell whether a name may be a body's that nobody knows."""
    words = name.split()
    facts = scene.facts
    if len(words) > 5 or scene.lore.senses(name) or scene.people.find(name) is not None:
        return False
    if scene.elsewhere.find(name) is not None:  # a surname that another report gives in full
        return False
    bare_words = [re.split(r"['’]", w)[0].rstrip(".") for w in words]
    if any(facts.has("calendar", w) or facts.has("no name", w) for w in bare_words):
        return False
    low = {w.lower().rstrip(".") for w in words}
    if low & (facts.words["titles"] | facts.words["roles"]):
        return False
    if len(words) == 1 and (
        facts.has("government", words[0].lower())
        or words[0] in facts.heads
        or low & set(facts.nouns)
        or len(name) < 3
    ):
        return False
    if len(words) > 1 and bare(words[0]).lower() in facts.sexes and not kind_of(name, facts):
        return False
    return any(c.islower() for c in name) or 2 < len(name) < 7


def _weight(head: Token, facts: Facts) -> float:
    """Return how much a use makes a name a party's."""
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ in ("VERB", "AUX"):
        deed = head.dep_ == "nsubj" and head.head.pos_ == "VERB"
        return 2.0 if deed and head.ent_type_ in ("GPE", "ORG") else 1.0
    if head.dep_ == "poss" and facts.has("owned by firms", head.head.lemma_):
        return 1.0
    of = head.head if head.dep_ == "pobj" and head.head.lower_ in ("of", "at") else None
    if of is not None and facts.has("folk", of.head.lower_):
        return 0.7
    if head.ent_type_ == "ORG" and head.dep_ in ("appos", "compound", "pobj", "dobj", "agent"):
        return 0.4
    return 0.3


def _learn(scene: Scene, name: str, noun: str, text: str, place: bool) -> None:
    """Learn a body by its name; a place that acts may be a state's seat."""
    party = without_suffix(name) or name
    kind = scene.lore.shown(noun) or kind_of(name, scene.facts)
    if not kind and re.search(re.escape(party) + _FIRM, text):
        kind = "company"
    scene.lore.add(party, kind or (PLACE if place else "body"), party, name)
    if noun:
        scene.lore.noun(noun, party)
