"""Put the marks on a report: names of states and bodies, then people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.who.facts import Facts, Sense
from detente.reading.who.index import Hit, Index
from detente.reading.who.learn import described
from detente.reading.who.lore import Lore
from detente.reading.who.marks import Mark, Marked, MarkKind, tokens
from detente.reading.who.model import Person
from detente.reading.who.orgs import kind_of, orgs, titled
from detente.reading.who.people import People, part_of, parts
from detente.reading.who.runs import Run, runs
from detente.reading.who.spelling import atoms, bare, key

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Names:
    """The names that hold in one report."""

    def __init__(self, lore: Lore, shared: Sequence[Index], year: int) -> None:
        self.lore = lore
        self.year = year
        self._local = Index(lore.names)
        self._shared = tuple(shared)
        self._hits: dict[str, list[Hit]] = {}
        self.named: dict[str, int] = {}
        self.written: dict[str, dict[str, int]] = {}
        self.texts: list[str] = []

    def alone(self, word: str) -> bool:
        """Tell whether a word stands somewhere in the report without a name before it."""
        pattern = rf"(?:^|[^\w\s.'] |\b[a-z]\w* |[.!?:;“\"] ?){re.escape(word)}\b"
        return any(re.search(pattern, text) for text in self.texts)

    def refresh(self) -> None:
        """Take the names that the report's lore has learnt since."""
        self._local = Index(self.lore.names)
        self._hits = {}

    def count(self, units: Iterable[Unit]) -> None:
        """Count the names that can mean one party only: they tell what shy ones mean."""
        for unit in units:
            self.texts.append(unit.text)
            for hit in self.hits(unit.text):
                senses = self._dated(hit.senses)
                if len(senses) == 1 and not senses[0].shy:
                    party = senses[0].party
                    self.named[party] = self.named.get(party, 0) + 1
                if senses and senses[0].via == "name":
                    of = self.written.setdefault(senses[0].party, {})
                    words = unit.text[hit.start : hit.end]
                    of[words] = of.get(words, 0) + 1

    def hits(self, text: str) -> list[Hit]:
        """Return every name in a text, the longest of those that overlap."""
        if text in self._hits:
            return self._hits[text]
        calm = titled(text)
        words, loud = atoms(calm), calm.isupper()
        found = [hit for index in (self._local, *self._shared) for hit in index.find(words, loud)]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in found:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
            elif hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
        self._hits[text] = kept
        return kept

    def sense(self, senses: tuple[Sense, ...], organisation: bool = False) -> Sense | None:
        """Return what a name means in this report; None where it does not tell.

        Parameters
        ----------
        senses : tuple of Sense
            What it may mean.
        organisation : bool
            Whether the parser takes it for an organisation's name.
        """
        senses = self._dated(senses)
        if len(senses) > 1:
            here = [s for s in senses if s.party in self.named]
            if len(here) == 1:
                return here[0]
            return senses[0] if senses[0].via == "name" and not here else None
        if not senses:
            return None
        only = senses[0]
        if only.shy and not self._known(only.party):
            is_body = self.lore.kind(only.party) not in ("state", "region")
            return only if organisation and is_body else None
        return only

    def _known(self, party: str) -> bool:
        """Tell whether the report names a party, or its namesake, in a manner of its own."""
        if party in self.named:
            return True
        last = party.split()[-1]
        return " " in party and any(n != party and n.split()[-1] == last for n in self.named)

    def _dated(self, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """Return the senses that hold in the report's year."""
        if not self.year:
            return senses
        return tuple(s for s in senses if s.since <= self.year <= s.until)


def note_people(units: Iterable[Unit], names: Names, people: People) -> None:
    """Note everybody whom a report names in full or with a title."""
    found = [
        (run, unit)
        for unit in units
        if unit.doc is not None
        for run in runs(unit.text, people.facts)
    ]
    for longer in (True, False):
        for run, unit in found:
            many = len(parts(run.name)) > 1
            if many == longer and unit.doc is not None and _vouched(run, unit.doc, names, people):
                ruler = not many and people.facts.words["rulers"] & set(run.titles)
                person = (
                    people.listed(run.name, True) if ruler and not people.find(run.name) else None
                )
                person = person or people.add(_clean(run.name), run.titles)
                if person is not None:
                    _by_list(person, run, people)


def _clean(name: str) -> str:
    """Return a name on one line."""
    return re.sub(r"\s+", " ", name)


def _by_list(person: Person, run: Run, people: People) -> None:
    """Give somebody the office that the lists tell for the report's year."""
    holder = people.office(person.full) or people.office(
        " ".join((*run.titles[-1:], run.name)).title()
    )
    if holder is not None:
        people.hold(person, holder)


def _vouched(run: Run, doc: Doc, names: Names, people: People) -> bool:
    """Tell whether a run of capitals is a person's name."""
    facts = people.facts
    words = run.name.split()
    personal = titled_person(run, doc, facts)
    known = names.lore.senses(run.name)
    if parts(run.name) in people.told:
        return True
    if known and not (personal and len(words) == 1 and _honoured(run, facts)):
        return False
    if len(words) > 5 or any(facts.has("calendar", w.strip(".")) for w in words):
        return False
    if len(words) == 1:
        return personal and _honoured(run, facts)
    if kind_of(run.name, facts) and not (personal or bare(words[0]).lower() in facts.sexes):
        return False
    start, end = tokens(doc, run.start, run.end)
    if _who_follows(doc, end) and not words[-1].endswith("s") and run.name not in names.lore.kinds:
        return True
    given = bare(words[0]).lower() in facts.sexes
    known_person = given or key(run.name) in facts.holders
    if personal or (known_person and not any(_is_state(names, w) for w in words)):
        return True
    if not given and any(names.lore.senses(w) for w in words):
        return False
    if run.name in names.lore.kinds:
        return False
    said = described(doc, start, end, frozenset(facts.nouns))
    if any(noun not in facts.words["roles"] for noun in said):
        return False
    person = any(e.label_ == "PERSON" and e.start <= start and end <= e.end + 1 for e in doc.ents)
    return person and (
        given
        or _human(doc, start, end, facts)
        or names.alone(words[-1])
        or _speaks(doc[start:end].root)
    )


def _who_follows(doc: Doc, end: int) -> bool:
    """Tell whether "who" follows a name, as it does people's only."""
    after = doc[end : end + 2]
    at = 1 if len(after) > 1 and after[0].text == "," else 0
    return len(after) > at and after[at].lower_ == "who"


_SPEAKING = """
    say tell add insist laugh warn deny reject refuse urge call ask want demand offer propose
    promise reply answer argue head lead chair run
    """
_SAYING = frozenset(_SPEAKING.split())


def _speaks(head: Token) -> bool:
    """Tell whether a name is the subject of a verb of saying."""
    return head.dep_ == "nsubj" and head.head.lemma_ in _SAYING


def _human(doc: Doc, start: int, end: int, facts: Facts) -> bool:
    """Tell whether what follows a name is said of a human being: "X, 31, who", "X, the envoy".

    And "X of the bakers' union": bodies are of places, of names or of things.
    """
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for") and doc[end + 1].lower_ == "the":
        behind = next((t for t in doc[end + 2 : end + 6] if t.dep_ == "pobj"), None)
        return behind is not None and behind.lower_ in facts.nouns
    if end + 1 >= len(doc) or doc[end].text != ",":
        return doc[end].lower_ == "who" if end < len(doc) else False
    if doc[end + 1].lower_ == "who" or doc[end + 1].is_digit:
        return True
    for token in doc[end + 1 : end + 9]:
        if token.pos_ in ("VERB", "AUX") or token.text in ",.;:":
            return False
        if facts.has("roles", token.lower_) or facts.has("street", token.lower_):
            return True
    return False


def _is_state(names: Names, word: str) -> bool:
    """Tell whether a word is a state's name by itself."""
    senses = names.lore.senses(word)
    return bool(senses) and senses[0].via == "name" and names.lore.kind(senses[0].party) == "state"


def _honoured(run: Run, facts: Facts) -> bool:
    """Tell whether a title stands before a name that makes a single word a person's."""
    return bool(run.titles) and not facts.has("portfolios", run.titles[-1])


def titled_person(run: Run, doc: Doc, facts: Facts) -> bool:
    """Tell whether a title or an office stands beside a name."""
    if run.titles:
        return True
    start, _ = tokens(doc, run.start, run.end)
    if start == 0:
        return False
    before = doc[start - 1]
    office = before.lower_ in facts.words["roles"] or before.lower_ in facts.words["street"]
    if office and before.text.islower() and before.pos_ in ("NOUN", "PROPN", "ADJ"):
        return True
    if len(run.name.split()) < 2:
        return False
    if before.text == "," and office_before(doc, start - 1, facts):
        return True
    head = doc[start : tokens(doc, run.start, run.end)[1]].root
    return (
        head.dep_ == "attr"
        and head.head.lemma_ == "be"
        and any(c.dep_ == "nsubj" and facts.has("roles", c.lower_) for c in head.head.children)
    )


def office_before(doc: Doc, comma: int, facts: Facts) -> list[Token]:
    """Return the office in "the president of X, Name": no verb between it and the comma."""
    for n in range(comma - 1, max(-1, comma - 11), -1):
        token = doc[n]
        if token.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ") or token.text in ",.;:()":
            return []
        office = any(facts.has(h, token.lower_) for h in ("roles", "street", "rivals"))
        if office and token.pos_ in ("NOUN", "PROPN"):
            return [token]
    return []


def mark(unit: Unit, names: Names, people: People) -> Marked:
    """Return the marks of a unit."""
    marked = Marked()
    if unit.doc is None:
        return marked
    found = [*_name_marks(unit, unit.doc, names), *_organ_marks(unit, unit.doc, names)]
    found += _person_marks(unit, unit.doc, names, people)
    found.sort(key=lambda m: (-(m.end - m.start), _rank(m, people), m.start))
    for one in found:
        marked.put(one)
    marked.sort()
    return marked


def _rank(one: Mark, people: People) -> int:
    """Return 0 for somebody whom a user tells of, 1 for a name, 2 for other people."""
    if one.person is None:
        return 1
    return 0 if parts(one.person.full) in people.told else 2


def _name_marks(unit: Unit, doc: Doc, names: Names) -> Iterable[Mark]:
    """Yield the names of states and bodies."""
    for hit in names.hits(unit.text):
        start, end = tokens(doc, hit.start, hit.end)
        if start == end:
            continue
        is_org = any(e.label_ == "ORG" and e.start <= start < e.end for e in doc.ents)
        sense = names.sense(hit.senses, is_org)
        if sense is None:
            continue
        kind: MarkKind = "people" if sense.via == "people" else "name"
        kind = "seat" if sense.via == "seat" else kind
        yield Mark(
            start, end, kind, sense.party, why=_reason(unit.text[hit.start : hit.end], sense)
        )


def _reason(words: str, sense: Sense) -> str:
    """Return the fact behind a name, for people."""
    if sense.via == "seat":
        return f"“{words}” stands for {sense.party}"
    return "" if words == sense.party else f"“{words}” is {sense.party}"


def _organ_marks(unit: Unit, doc: Doc, names: Names) -> Iterable[Mark]:
    """Yield the bodies that their form shows."""
    for org in orgs(titled(unit.text), names.lore.base.facts):
        start, end = tokens(doc, org.start, org.end)
        party = names.lore.party(org.name)
        if start == end:
            continue
        if party:
            yield Mark(start, end, "name", party)
        elif org.kind == "state":
            yield Mark(
                start, end, "organ", _state_in(org.name, names) or _state_in(org.owner, names)
            )


def _state_in(name: str, names: Names) -> str:
    """Return the state that an organ's name tells: "Ministry … of the Republic of Uzbekistan"."""
    states = []
    for hit in names.hits(name):
        sense = names.sense(hit.senses)
        if sense is not None and names.lore.kind(sense.party) in ("state", "region", "bloc"):
            states.append(sense.party)
    return states[-1] if states else ""


def _person_marks(unit: Unit, doc: Doc, names: Names, people: People) -> Iterable[Mark]:
    """Yield the people."""
    for run in runs(unit.text, people.facts):
        start, end = tokens(doc, run.start, run.end)
        if start == end:
            continue
        before, _ = tokens(doc, run.before, run.before + 1)
        person = _meant(run, doc, names, people)
        if person is not None:
            yield Mark(start, end, "person", "", person, before, run.titles)


def _meant(run: Run, doc: Doc, names: Names, people: People) -> Person | None:
    """Return the person whom a run of capitals means; None where it means nobody."""
    words = run.name.split()
    sex = people.sex(run.name, run.titles)
    senses = names.lore.senses(run.name)
    if len(words) > 1:
        if senses and not any(p.full == run.name for p in people.all()):
            return None
        found = people.find(run.name, sex) or people.elsewhere(run.name, sex)
        return found if found is not None and _shares(words, found) else None
    if not run.name[0].isupper() or people.facts.has("calendar", run.name):
        return None
    told = people.find(run.name, sex)
    if told is not None and parts(told.full) in people.told:
        return told
    if senses and not _honoured(run, people.facts):
        return None
    if kind_of(run.name, people.facts) and not _honoured(run, people.facts):
        return None
    found = people.find(run.name, sex)
    if found is None and not senses:
        found = people.listed(run.name, bool(run.titles)) or people.elsewhere(run.name, sex)
    return found


def _shares(words: list[str], person: Person) -> bool:
    """Tell whether a name of several words fits somebody's full name."""
    name, known = parts(" ".join(words)), parts(person.full)
    mine, full = set(name), set(known)
    return mine <= full or full <= mine or len(mine & full) > 1 or part_of(name, known)


def year_of(parsed: Parsed) -> int:
    """Return the year of a report, 0 where nothing tells it."""
    date = parsed.report.date
    if re.match(r"\d{4}", date):
        return int(date[:4])
    head = parsed.text[parsed.report.body :][:400]
    found = re.search(r"\b(?:19|20)\d\d\b", head)
    return int(found[0]) if found else 0
