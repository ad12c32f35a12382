"""Whom a common noun means: "the foreign ministry", "the company", "Tajik troops", "both sides"."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.reading.who.asking import Ask, modifiers
from detente.reading.who.facts import INTERCHANGED
from detente.reading.who.kindred import (
    body_of_office,
    called,
    definite,
    full_name,
    noun_party,
    organ_party,
    people_before,
    told_noun,
)
from detente.reading.who.model import ABOUT, BY_PRONOUN, STREET, THING, UNKNOWN, Who
from detente.reading.who.owners import owner
from detente.reading.who.pairs import other, pair
from detente.reading.who.spelling import loose

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit

_ANONYMOUS = re.compile(
    r"anonym|not to be (?:named|identified|quoted)"
    r"|not to (?:print|publish|use|give) (?:his|her|their) name"
    r"|not authori[sz]ed|not cleared|close to|familiar with|declined to be (?:named|identified)"
    r"|briefed on|with knowledge of|in the know|wished to remain"
)
_VAGUE = frozenset({"a", "an", "some", "any", "no", "another", "each", "every"})

_BACK = 40
"""So many words back the ministry was named that "the ministry" means."""


def noun(ask: Ask, unit: Unit, token: Token, plain: bool = False) -> Who:
    """Return whom a common noun means."""
    low = token.lower_
    if _says_nothing(ask, unit, token):
        return THING
    phrase = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    lead = token.doc[token.left_edge.i : token.i + 1].text
    if _ANONYMOUS.search(phrase) and _is_people(ask, token):
        return _anonymous(ask, unit, token, plain)
    if ask.scene.has("pairs", low) and (two := pair(ask, unit, token, lead)) is not None:
        return two
    if not plain and (rival := other(ask, unit, token)) is not None:
        return rival
    for rule in (
        _appositive,
        _local,
        _qualified,
        _state_people,
        _own_people,
        _official,
        _named_by_noun,
        _capital_alone,
    ):
        if (who := rule(ask, unit, token, plain)) is not None:
            return who
    return _by_kind(ask, unit, token, plain)


def _says_nothing(ask: Ask, unit: Unit, token: Token) -> bool:
    """Tell whether a noun can mean nobody: no list has it, and no name stands beside it."""
    scene = ask.scene
    low = token.lower_
    if low in scene.facts.relevant or token.lemma_.lower() in scene.facts.relevant:
        return False
    noun = loose(low)
    if noun in scene.lore.nouns or noun in scene.lore.base.nouns or scene.lore.base.nouns_told:
        return False
    if scene.mark_at(unit, token) is not None:
        return False
    named = token.i + 1 < len(token.doc) and token.doc[token.i + 1].text[:1].isupper()
    return not named and not any(c.dep_ == "appos" for c in token.children)


def _is_people(ask: Ask, token: Token) -> bool:
    """Tell whether a noun is of people who may speak."""
    low, lemma = token.lower_, token.lemma_.lower()
    return any(
        ask.scene.has(heading, word)
        for heading in ("roles", "government", "street", "side words")
        for word in (low, lemma)
    )


def _anonymous(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who:
    """Return who would not be named: an official still has a state."""
    party = ""
    if ask.scene.has("government", token.lower_) or ask.scene.has("government", token.lemma_):
        party, _ = owner(ask, unit, token, plain=plain)
    return Who(party or None, None, "anon")


def _appositive(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return whom the name in apposition means: "the minister, Ana Ruiz"."""
    for child in token.children:
        if child.dep_ == "appos" and child.i != token.i and child.text[:1].isupper():
            who = ask.who(child, unit, plain)
            if (who.party or who.speaker) and (not who.speaker or _is_people(ask, token)):
                return who
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is not None:
        one = ask.scene.mark_at(unit, following)
        if one is not None and one.kind in ("person", "name") and one.start == token.i + 1:
            if token.dep_ in ("compound", "nmod") or token.head.i in range(one.start, one.end):
                return ask.who(following, unit, plain)
            if ask.scene.lore.nouns.get(token.lower_, Counter())[one.party]:
                return ask.who(following, unit, plain)
    return None


def _local(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the town of "the mayor", "the city council"."""
    scene = ask.scene
    low = token.lower_
    town = scene.city and scene.has("towns", low) and not people_before(ask, unit, token)
    if not town or any(c.lower_ in ("a", "an", "other", "another") for c in token.children):
        return None
    return Who(scene.city, None, "party", why=f"the {low} here is {scene.city}'s")


def _qualified(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the body of "rebel delegation", "union leader", "opposition spokesman"."""
    scene = ask.scene
    low, lemma = token.lower_, token.lemma_.lower()
    acts = any(
        scene.has(h, w)
        for h in ("roles", "government", "side words", "organs")
        for w in (low, lemma)
    )
    if not acts:
        return None
    for child in modifiers(token):
        word = child.lower_
        kinds = scene.facts.nouns.get(word, ())
        if (
            child.dep_ == "poss"
            or not (scene.has("fighters", word) or kinds)
            or word in ("group", "body", "state")
            or not (child.text.islower() or child.is_sent_start)  # "the Union government"
        ):
            continue
        if scene.mark_at(unit, child) is not None:
            continue
        kind = (
            "armed"
            if scene.has("fighters", word) and word != "opposition"
            else (kinds or ("party",))[0]
        )
        name = noun_party(ask, unit, token, word, plain)
        name = name or scene.latest(scene.at(unit, token), (kind,), plain)
        if name:
            return Who(name, None, "party", why=f"the {word} here is {name}")
        if scene.has("fighters", word) or scene.has("bare", word):
            bare = _plural(word) if scene.has("fighters", word) else word
            return Who(called(ask, unit, child, bare), None, "party")
        return UNKNOWN
    return None


def _plural(word: str) -> str:
    """Return a fighter's noun in the plural: "rebel" to "rebels"."""
    return word if word.endswith("s") or word in ("opposition", "militia") else word + "s"


def _state_people(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the state of "Tajik troops", "US officials", "Mozambique's army"."""
    scene = ask.scene
    if not (scene.has("troops", token.lower_) or scene.has("government", token.lower_)):
        return None
    state = people_before(ask, unit, token)
    if state and token.lower_ == "government" and token.nbor(-1).tag_ != "POS":
        phrase = token.doc[token.i - 1 : token.i + 1].text
        scene.governments.setdefault(state, Counter())[phrase] += 1
    if state and scene.kind(state) in ("state", "region", "bloc"):
        return Who(state, None, "party", why=f"{token.text} with the name of {state} before it")
    return None


def _own_people(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the owner of "his men", "our team", "its allies"."""
    scene = ask.scene
    low = token.lower_
    if not scene.has("own people", low):
        return None
    barred = {"opposition", "ruling", "rebel", "main", "largest", "biggest"}
    if any(c.lower_ in barred for c in token.children):
        return None
    for child in token.children:
        if child.dep_ == "poss" and not (plain and child.pos_ == "PRON"):
            if kind := scene.lore.shown(low):
                body = noun_party(ask, unit, token, low, plain)
                sole = ask.scene.latest(ask.scene.at(unit, token), (kind,), plain=True)
                main = [p for p in ask.scene.main if ask.scene.kind(p) == kind]
                sole = sole or (main[0] if len(main) == 1 else "")
                body = body or (sole if kind in INTERCHANGED else "")
                if body and kind in ("union", "party", "armed", "sport"):
                    belongs(ask, unit, child, body)
                    return Who(body, None, "party")
            who = ask.who(child, unit, plain)
            if who.party:
                return Who(
                    who.party, None, "first" if who.kind == "first" else "party", why=who.why
                )
    return None


def belongs(ask: Ask, unit: Unit, token: Token, body: str) -> None:
    """Let "his movement" tell on whose side he is."""
    speaker = ask.who(token, unit).speaker if token.lower_ in ("his", "her") else None
    person = ask.scene.people.find(speaker) if speaker else None
    if person is not None and not person.firm:
        person.told(body, f"“{token.text}” before {body}'s noun", BY_PRONOUN)


def _official(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the state or body of an office: "the ministry", "its chief executive"."""
    scene = ask.scene
    low, lemma = token.lower_, token.lemma_.lower()
    before = token.doc[token.i - 1].lower_ if token.i else ""
    double = f"{before} {low}"
    role = any(scene.has("roles", w) for w in (low, lemma, double))
    government = any(scene.has("government", w) for w in (low, lemma, double))
    organ = any(scene.has("organs", w) or scene.has("side words", w) for w in (low, lemma, double))
    if not (role or government or organ):
        return None
    vague = any(c.dep_ == "det" and c.lower_ in _VAGUE for c in token.children)
    if low == "officer" and vague and not any(c.dep_ == "prep" for c in token.children):
        return STREET  # "a Belgian officer" is no voice of Belgium's
    party, why = owner(ask, unit, token, plain=plain)
    if party and scene.kind(party) == "press":
        return STREET
    street = scene.has("street", low) and not government
    if party and organ and not why.startswith(ABOUT):
        scene.lore.organs.setdefault(low, Counter())[party] += 1
    if party and not street:
        person = _holder_of(ask, token, party)
        return Who(party, person, "person" if person else "party", why=why)
    if vague and not government:
        return STREET if role else None
    return _office_alone(ask, unit, token, plain, double)


def _holder_of(ask: Ask, token: Token, party: str) -> str | None:
    """Return the one person of a side who bears an office."""
    low = token.lower_
    named = {low, *ask.scene.facts.synonyms.get(low, ())}
    found = {p.full for p in ask.scene.people.all() if p.side == party and named & p.roles}
    return next(iter(found)) if len(found) == 1 and token.tag_ == "NN" else None


def _office_alone(ask: Ask, unit: Unit, token: Token, plain: bool, double: str) -> Who | None:
    """Return whom an office means of which nobody says whose it is."""
    scene = ask.scene
    low, lemma = token.lower_, token.lemma_.lower()
    if told := told_noun(ask, token, low):
        return Who(told, None, "party", why=f"“the {low}” is told to be {told}")
    if token.tag_ == "NN" and any(scene.has("roles", w) for w in (low, double)):
        named = {low, double, *scene.facts.synonyms.get(low, ())}
        people = [p for p in scene.people.all() if named & p.roles]
        sides = {p.side for p in people}
        if people and len(sides) == 1:
            only = people[0].full if len(people) == 1 else None
            party = people[0].side or only
            return Who(party, only, "person" if only else "party", why=people[0].why)
        if people and not plain:
            for mention in reversed(scene.before(scene.at(unit, token))):
                if mention.who.speaker in {p.full for p in people}:
                    return mention.who
    for office in (double.strip(), low):
        if office in scene.facts.offices and (name := body_of_office(ask, unit, token, office)):
            return Who(name, None, "party", why=f"a {office} is of a body such as {name}")
    if organ := organ_party(ask, unit, token, double.strip(), low):
        return Who(organ, None, "party", why=f"the {low} of {organ}")
    body = noun_party(ask, unit, token, low, plain)
    if body:
        return Who(body, None, "party", why=f"the {low} here is {body}")
    if any(scene.has("government", w) for w in (low, lemma, double)):
        return _home(ask, unit, token, low)
    return UNKNOWN if not scene.facts.nouns.get(low) else None


def _home(ask: Ask, unit: Unit, token: Token, low: str) -> Who:
    """Return the state that "the government", "the army", "the foreign ministry" means here."""
    scene = ask.scene
    if scene.has("either side", low) or any(
        c.dep_ == "det" and c.lower_ in ("a", "an", "some") for c in token.children
    ):
        return UNKNOWN
    if state := _said_of_itself(ask, unit, token):
        return Who(state, None, "party", why=f"“{token.text}” speaks of {state}")
    if state := _place_here(ask, unit, token):
        return Who(state, None, "party", why=f"the sentence is set in {state}")
    if state := _named_before(ask, unit, token):
        return Who(state, None, "party", why=f"the {low} last named is that of {state}")
    home = scene.home
    if home and low == "government":
        scene.governments.setdefault(home, Counter())[low] += 1
    if token.text[:1].isupper() and low in ("government", "governments") and scene.government:
        home = scene.government
    if home:
        return Who(home, None, "party", why=f"{ABOUT}{home}")
    if scene.has("bare", low):
        return Who(low, None, "party")
    plural = scene.has("of government", low)
    return Who("government", None, "party") if plural else UNKNOWN


def _named_before(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the state of "Peru's Trade Ministry offered talks. … the ministry said"."""
    lemma = token.lemma_.lower()
    for near in reversed(token.doc[max(0, token.i - _BACK) : token.i]):
        if near.lemma_.lower() == lemma and token.tag_ == "NN":
            one = ask.scene.mark_at(unit, near)
            return one.party if one is not None and ask.scene.kind(one.party) == "state" else ""
    return ""


def _said_of_itself(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the state of "Turkey will resume its payments, the foreign ministry said"."""
    verb = token.head
    if token.dep_ != "nsubj":
        return ""
    for child in verb.children:
        if child.dep_ == "ccomp" and any(c.tag_ == "MD" for c in child.children):
            for subject in child.children:
                if subject.dep_ == "nsubj":
                    one = ask.scene.mark_at(unit, subject)
                    if one is not None and ask.scene.kind(one.party) == "state":
                        return one.party
    return ""


def _place_here(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the state of "In Ankara, the foreign ministry said"."""
    for near in token.sent:
        if near.i >= token.i + 6:
            break
        if near.dep_ == "pobj" and near.head.lower_ == "in":
            one = ask.scene.mark_at(unit, near)
            if (
                one is not None
                and one.kind in ("seat", "name")
                and ask.scene.kind(one.party) == "state"
            ):
                return one.party
    return ""


def _named_by_noun(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return the party that the report calls by a noun."""
    low = token.lower_
    if not (definite(token) or token.tag_ == "NNS") or _counted(token):
        return None
    if any(c.dep_ == "amod" and c.lower_ in ("other", "rival", "new") for c in token.children):
        return None
    party = noun_party(ask, unit, token, low, plain)
    return Who(party, None, "party", why=f"“the {low}” here is {party}") if party else None


def _capital_alone(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who | None:
    """Return a body by the capital of its noun: "the League", where no name of it is known."""
    scene = ask.scene
    head = token.text
    if unit.kind == "title" or not (head in scene.facts.heads and head.istitle()):
        return None
    kinds = scene.facts.heads[head]
    if "state" in kinds or "region" in kinds or token.i == 0 or token.tag_ == "NNS":
        return None
    before = token.doc[token.i - 1]
    if before.lower_ != "the" or any(
        c.dep_ in ("compound", "amod", "poss") for c in token.children
    ):
        return None
    if scene.capitals[head] < _TWICE:
        return None
    if not scene.lore.kind(head):
        scene.lore.add(head, kinds[0])
    return Who(head, None, "party", why=f"called “the {head}” by the report")


def _counted(token: Token) -> bool:
    """Tell whether a number or "some" stands before a noun."""
    return any(
        c.dep_ == "nummod" or (c.dep_ == "det" and c.lower_ in _VAGUE) for c in token.children
    )


def _by_kind(ask: Ask, unit: Unit, token: Token, plain: bool) -> Who:
    """Return the body of the noun's kind, or the bare kind."""
    scene = ask.scene
    low, lemma = token.lower_, token.lemma_.lower()
    kinds = scene.facts.nouns.get(low) or scene.facts.nouns.get(lemma) or ()
    if not kinds:
        return STREET if scene.has("street", low) or scene.has("street", lemma) else THING
    street = scene.has("street", low)
    if _counted(token) or (street and not definite(token)):
        return STREET if street or token.tag_ == "NNS" else UNKNOWN
    told = definite(token) or token.tag_ == "NNS" or low in ("management", "strikers")
    if not told and unit.kind != "title":
        return UNKNOWN
    party, _ = owner(ask, unit, token, plain=plain)
    if party and scene.kind(party) in kinds:
        return Who(party, None, "party")
    if (issuer := scene.issuer.party) and scene.kind(issuer) in kinds and unit.kind != "quote":
        return Who(issuer, None, "party", why=f"the {low} that issues the text")
    named = (
        ""
        if people_before(ask, unit, token)
        else scene.latest(
            scene.at(unit, token), tuple(k for k in kinds if k in INTERCHANGED), plain
        )
    )
    if named:
        return Who(named, None, "party", why=f"the last {low} spoken of is {named}")
    return _bare(ask, unit, token, low, street)


_TWICE = 2
"""How often a lesser kind of body must be spoken of before it is a side."""
_OFTEN = 3
"""How often people must be spoken of before they are a side."""


def _written_out(ask: Ask, name: str) -> str:
    """Return the one body of the report whose name has these words: "Sound Trawlermen's Union"."""
    if " " not in name:
        return ""
    bodies = [body for body in ask.scene.lore.every_kind() if body != name]
    found = [b for b in bodies if f"{b.lower()} of ".startswith(f"{name} of ")]
    found = found or [b for b in bodies if b.lower().endswith(f" {name}")]
    return found[0] if len(found) == 1 else ""


def _bare(ask: Ask, unit: Unit, token: Token, low: str, street: bool) -> Who:
    """Return a known kind of body by its bare noun."""
    scene = ask.scene
    if not scene.has("bare", low):
        return STREET if street else UNKNOWN
    name = scene.full_names.get(low) or full_name(ask, token)
    if written := _written_out(ask, name):
        return Who(written, None, "party", why=f"“{name}” is {written}")
    if scene.has("lesser bare", low) and scene.spoken[low] < _TWICE and name == low:
        return STREET if street else UNKNOWN
    if street and scene.spoken[low] < _OFTEN:
        return STREET
    return Who(called(ask, unit, token, name), None, "party", why="a body that nobody names")
