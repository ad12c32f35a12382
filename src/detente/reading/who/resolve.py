"""Ask whom words mean: names, nouns and pronouns of a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.quoting import clean
from detente.reading.who.homes import find_city, find_government, find_home, learn_seats
from detente.reading.who.issuers import (
    find_interviewee,
    find_issuer,
    host_of,
    seat_people,
    side_by_title,
    sign,
)
from detente.reading.who.kindred import full_name
from detente.reading.who.marks import Mark, root
from detente.reading.who.model import BY_NAME, IN_BRACKETS, STREET, THING, UNKNOWN, Person, Who
from detente.reading.who.nouns import belongs, noun
from detente.reading.who.owners import owner
from detente.reading.who.pronouns import FIRST, HE, IT, SECOND, SHE, THEY, personal
from detente.reading.who.scene import Scene
from detente.reading.who.sides import affiliate
from detente.reading.who.use import names_by_use

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit

_WITH = ("by", "against", "with", "from", "between")
PASSES = 2
"""How often a report is gone through: sides found in the first round help the second."""
_HUMAN = ("roles", "street")


class Resolver:
    """The one who knows who is who in one report."""

    def __init__(self, scene: Scene, passes: int = PASSES) -> None:
        self.scene = scene
        self.interviewee: Person | None = None
        self.guest = ""
        scene.home = find_home(scene)
        scene.issuer = find_issuer(scene)
        learn_seats(scene)
        scene.renamed()
        names_by_use(scene)
        scene.renamed()
        scene.government = find_government(scene)
        scene.city = find_city(scene)
        scene.issuer = find_issuer(scene)
        sign(scene)
        seat_people(scene)
        self._labels()
        scene.full_names = self._full_names()
        for _ in range(passes):
            self._go_through()
            self._by_body_name()
            scene.totals = dict(scene.counts)
            self.interviewee = find_interviewee(scene)

    # --- the report from end to end ----------------------------------------------------------

    def _labels(self) -> None:
        """Note who speaks in a transcript, with the side that brackets or the title tell."""
        labels = {
            u.speaker.label: u.speaker.side
            for u in self.scene.units
            if u.kind == "turn" and u.speaker is not None and u.speaker.label
        }
        if len(labels) == 1 and not next(iter(labels.values())):
            self.guest = next(iter(labels))
        for unit in self.scene.units:
            if unit.kind == "turn" and unit.speaker is not None and unit.speaker.label:
                self.person_who(unit.speaker.label, unit.speaker.side)

    def _go_through(self) -> None:
        """Go through the report in the order of its characters, noting whom is spoken of."""
        scene = self.scene
        for person in scene.people.all():
            scene.forget(person)
        scene.mentions = []
        scene.known = {}
        scene.counts.clear()
        scene.acts.clear()
        scene.governments = {}
        for unit, token in scene.tokens:
            self._notice(unit, token)

    def _notice(self, unit: Unit, token: Token) -> None:
        """Note whom one token speaks of."""
        scene = self.scene
        one = scene.mark_at(unit, token)
        if one is not None:
            if token.i == one.start and one.kind == "person":
                affiliate(self, unit, one)
            if unit.doc is not None and token.i == root(unit.doc, one).i:
                self._notice_mark(unit, token, one)
            return
        if token.pos_ == "PRON":
            who = self.who(token, unit)
            if who.kind not in ("thing", "unknown", "second", "first", "street"):
                scene.add(unit, token, who, human=who.kind == "person")
            return
        if token.pos_ not in ("NOUN", "PROPN"):
            return
        who = self.who(token, unit)
        human = token.tag_ == "NN" and any(scene.has(h, token.lower_) for h in _HUMAN)
        subject = token.dep_ in ("nsubj", "nsubjpass")
        many = token.tag_ == "NNS" and token.lower_ in scene.facts.relevant
        group = subject and (many or token.lower_ in scene.facts.nouns)
        if who.kind != "thing" and (who.kind != "unknown" or human or group):
            scene.add(unit, token, who, human=human or who.kind == "person")

    def _notice_mark(self, unit: Unit, token: Token, one: Mark) -> None:
        """Note a name."""
        scene = self.scene
        if one.kind == "people" and token.dep_ in ("amod", "compound", "nmod"):
            return
        if scene.is_place(unit, one):
            return
        who = self.who(token, unit)
        if who.party and one.kind in ("name", "seat") and _acts(token):
            scene.acts[who.party] += 1
        for child in token.children:
            if child.dep_ == "poss" and who.party and one.kind == "name":  # "her Alliance"
                belongs(self, unit, child, who.party)
        if who.party or who.speaker:
            scene.add(unit, token, who, human=one.kind == "person")

    def _full_names(self) -> dict[str, str]:
        """Return the fullest name of each kind of body that nobody names, where there is one."""
        found: dict[str, set[str]] = {}
        for unit in self.scene.units:
            for token in unit.doc or ():
                if self.scene.has("named with", token.lower_) and token.text.islower():
                    found.setdefault(token.lower_, set()).add(full_name(self, token))
        longer = {low: names - {low} for low, names in found.items()}
        return {low: next(iter(names)) for low, names in longer.items() if len(names) == 1}

    # --- questions ---------------------------------------------------------------------------

    def who(self, token: Token, unit: Unit, plain: bool = False) -> Who:
        """Return whom a token means.

        Parameters
        ----------
        token : Token
            The head of the words that are asked.
        unit : Unit
            Where it stands.
        plain : bool
            Whether pronouns and the order of the text are left alone.
        """
        low = token.lower_
        own = low in FIRST or low in SECOND or low in IT or low in THEY
        if token.pos_ == "PRON" or (own and token.text != "US"):
            return self._pronoun(token, unit, plain)
        place = (unit.number, token.i)
        if not plain and (known := self.scene.known.get(place)) is not None:
            return known
        who = self._named(token, unit, plain)
        if not plain and who.kind != "person":  # whose side may still be told
            self.scene.known[place] = who
        return who

    def _named(self, token: Token, unit: Unit, plain: bool) -> Who:
        """Return whom a name or a noun means."""
        one = self.scene.mark_at(unit, token)
        if one is None:
            return noun(self, unit, token, plain)
        if one.kind == "person" and one.person is not None:
            return self.of_person(one.person)
        if one.kind == "organ":
            if one.party:
                return Who(one.party, None, "party", why=f"a body of {one.party}")
            return noun(self, unit, token, plain)
        if one.kind == "people":
            return self._people(token, one)
        if self.scene.kind(one.party) == "press":
            return STREET
        return Who(one.party, None, "party", why=one.why)

    def _people(self, token: Token, one: Mark) -> Who:
        """Return whom a people's name means: "the Russians" are Russia, "Russians" nobody."""
        if token.dep_ in ("amod", "compound", "nmod"):
            return THING
        first = token.doc[token.left_edge.i]
        whole = first.lower_ == "the" and token.dep_ in (
            "nsubj",
            "nsubjpass",
            "pobj",
            "dobj",
            "poss",
            "dative",
        )
        if whole and not any(c.dep_ in ("prep", "relcl", "nummod") for c in token.children):
            return Who(one.party, None, "party", why=one.why)
        return STREET

    def of_person(self, person: Person) -> Who:
        """Return the answer for somebody named: his side, else himself, else nobody's."""
        if person.side:
            return Who(person.side, person.full, "person", why=person.why)
        if any(self.scene.has("street", role) for role in person.roles):
            return Who(None, person.full, "person")
        return Who(person.full, person.full, "person")

    def _pronoun(self, token: Token, unit: Unit, plain: bool) -> Who:
        """Return whom a pronoun means."""
        low = token.lower_
        if low in FIRST:
            held = self.scene.holder(unit)
            held = held if held.party or held.speaker else self._outside(unit)
            return Who(held.party, held.speaker, "first", why=held.why)
        if low in SECOND:
            return Who(kind="second")
        if low in ("who", "which", "that"):
            return self._relative(token, unit, plain)
        if self.scene.has("nobody", low):
            return STREET
        if plain or not (low in SHE or low in HE or low in IT or low in THEY):
            return UNKNOWN
        place = (unit.number, token.i)
        if (known := self.scene.known.get(place)) is not None:
            return known
        who = personal(self.scene, unit, token)
        self.scene.known[place] = who
        return who

    def _outside(self, unit: Unit) -> Who:
        """Return who "we" is outside quotation marks."""
        return self.scene.issuer if unit.kind in ("prose", "title") else Who()

    def _relative(self, token: Token, unit: Unit, plain: bool) -> Who:
        """Return whom "who" or "which" means: the noun that the clause hangs on."""
        verb = token.head
        while verb.dep_ in ("conj", "xcomp", "ccomp", "aux") and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ == "relcl":
            return self.who(verb.head, unit, plain)
        return UNKNOWN

    def owner(self, unit: Unit, token: Token) -> str | None:
        """Return the party whose a noun is."""
        return owner(self, unit, token)[0] or None

    def person_who(self, label: str, side: str = "") -> Who:
        """Return who a transcript's label means: "Rahimov (Uzbekistan)", "MR ORLOV"."""
        scene = self.scene
        name = label.title() if label.isupper() else label
        if label.lower() in ("a", "answer") and self.interviewee is not None:
            return self.of_person(self.interviewee)
        if party := scene.lore.party(name):
            return Who(party, None, "party")
        if initials := self._initials(label):
            return self.of_person(initials)
        if voice := self._voice(name, side):
            return self.of_person(voice)
        person = scene.people.add(*self._label_name(name))
        if person is None:
            return UNKNOWN
        if party := self._side(side):
            person.told(party, f"“{label} ({side})”", IN_BRACKETS)
        elif label == self.guest:
            side_by_title(scene, person, clean(" ".join(scene.parsed.titles)))
        if not person.firm and (host := host_of(scene)):
            person.told(host, f"speaks for {host}, who briefs", BY_NAME)
        return self.of_person(person)

    def _voice(self, label: str, side: str) -> Person | None:
        """Return who speaks in minutes for what the label names: "Line (Capt. Bain): …"."""
        name, titles = self._label_name(side)
        if not titles or not name[:1].isupper():
            return None
        person = self.scene.people.add(name, titles)
        if person is not None and (party := self.scene.lore.party(label)):
            person.told(party, f"“{label} ({side})”", IN_BRACKETS)
        return person

    def _initials(self, label: str) -> Person | None:
        """Return the one person whose initials a label is."""
        if not (1 < len(label) < 4 and label.isupper()):
            return None
        found = [
            p
            for p in self.scene.people.all()
            if "".join(word[0] for word in p.full.split()).upper() == label
        ]
        return found[0] if len(found) == 1 else None

    def _by_body_name(self) -> None:
        """Give somebody without a side the one body that bears his name."""
        kinds = self.scene.lore.every_kind()
        for person in self.scene.people.all():
            surname = person.full.split()[-1]
            bodies = [b for b in kinds if len(surname) > 3 and surname in b.split()[1:]]
            if not person.firm and len(bodies) == 1 and kinds[bodies[0]] not in ("state", "region"):
                person.told(bodies[0], f"{bodies[0]} bears the name", BY_NAME)

    def _label_name(self, name: str) -> tuple[str, list[str]]:
        """Return the name of a label and the titles before it."""
        words = name.split()
        titles = []
        while len(words) > 1 and self.scene.has("titles", words[0].lower().rstrip(".")):
            titles.append(words.pop(0).lower().rstrip("."))
        return " ".join(words), titles

    def _side(self, side: str) -> str:
        """Return the party that a side in brackets names."""
        scene = self.scene
        if not side:
            return ""
        if party := scene.lore.party(side):
            return party
        office = any(scene.has("roles", word) for word in side.lower().split())
        for hit in scene.names.hits(side):
            sense = scene.names.sense(hit.senses)
            if sense is not None:
                return sense.party
        if scene.has("government", side.lower().removeprefix("the ")):
            return scene.home or "government"
        if office:  # "Spokesperson, MINUSCA"
            parts = [
                p for p in re.split(r", | of (?:the )?| for (?:the )?", side)[1:] if p[:1].isupper()
            ]
            side = parts[-1] if parts else ""
        if not any(word[:1].isupper() for word in side.split()):
            return ""
        scene.lore.add(side, "body")
        return side


def _acts(token: Token) -> bool:
    """Tell whether a name does or suffers something, not only says whose something is."""
    head = token.head
    if token.dep_ == "pobj":
        return head.lower_ in _WITH
    if token.dep_ in ("conj", "appos"):
        return _acts(head)
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")
