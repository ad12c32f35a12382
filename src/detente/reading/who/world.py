"""Layer 3: who is who in a pile of reports. Names of bodies, states, people and their sides are gathered over all
reports; `World.who` then says which party a noun or pronoun of a sentence means."""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from detente.reading.analysis.quoting import clean
from detente.reading.lexicon import load


W = {h[4:]: set(ws) for h, ws in load().lists.items() if h.startswith("who ")}


def fold(s):
    s = re.sub(r"\s+", " ", clean(s)).strip(" .,;:\"'").casefold()
    s = re.sub(r"^(the|an?|its|their|his|her|our) ", "", s)
    return re.sub(r"(?<=\w)\.(?=\w|$)", "", re.sub(r"'s$", "", s))


def places():
    out = {}
    for k, v in load().meaning("countries").items():
        for x in [k, *v.split(",")]:
            if x.strip():
                out[fold(x)] = k.strip()
    return out


PLACES = places()
HEADS = "|".join(sorted(W["groupheads"]))
CAP = r"[A-ZÀ-Þ][\w'&-]*"
ORG = re.compile(rf"\b(?:{CAP} (?:(?:and|&) (?={CAP}s'? ))?)*(?:{HEADS})\b(?:(?: (?:of|for|on|against)(?: the)? {CAP})(?:(?: and| of| of the| the)? {CAP})*)?")
STATE = re.compile(rf"\b(?:Republic|State|Kingdom|Government|government|Federation|Commonwealth|Sultanate) of (?:the )?({CAP}(?: {CAP})?)")
GOVHEAD = r"(?:government|ministry|president|premier|prime minister|parliament|navy|army|troops|fleet|ambassador|admirals|foreign|armed forces|soldiers|embassy|cabinet|coastguard|coast guard|defence minist\w+)"
STATEPOSS = re.compile(rf"\b({CAP}(?: {CAP})?)(?:'s?) (?:own )?{GOVHEAD}\b")
MON = set("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split())
FEM = set("mrs ms miss madam lady dame queen princess spokeswoman chairwoman sister she her".split())
MASC = set("mr sir lord king prince spokesman chairman emir sheikh father he his".split())
KINDS = ("company", "union", "armed", "club", "church", "body")


@dataclass
class Who:
    party: str = None
    speaker: str = None
    kind: str = "thing"      # party person anon street thing first second several unknown
    several: tuple = ()


def kind_of(name):
    """The kind of a body by the words of its name."""
    w = set(clean(name).split())
    if w & {"Ministry", "Government", "Army", "Navy", "Parliament", "Senate", "Treasury", "Embassy", "Police", "Department", "Republic"}:
        return "state"
    if w & {"African", "European", "Arab", "Economic", "Nations"}:
        return "body"
    if w & {"Union", "Workers", "Guild", "Brotherhood", "Staff", "Unions", "Employees"}:
        return "union"
    if w & {"Company", "Corporation", "Bank", "Airlines", "Airways", "Holdings", "Industries", "Partners", "Energy", "Steel", "Mining",
            "Motors", "Railways", "Shipping", "Lines", "Ports", "Foods", "Inc", "Ltd", "PLC", "Group", "Petroleum", "Oil", "Pharma", "SA", "AG", "Media"}:
        return "company"
    if w & {"Movement", "Front", "Liberation", "Brigade", "Brigades", "Resistance", "Deliverance"} or "Army" in w and "Liberation" in w:
        return "armed"
    if w & {"Party", "Congress", "Alliance", "Coalition"}:
        return "body"
    if w & {"Club", "Rovers", "Athletic", "FC"} or clean(name).split()[-1] in {"United", "City"} or False:
        return "club"
    if w & {"Church", "Diocese", "Synod", "Parish", "Monastery", "Patriarchate"}:
        return "church"
    return "body"


class World:
    def __init__(self, reports, copies=frozenset()):
        self.reports = reports
        self.copies, self.issuers, self.interviewees, self.holders = copies, {}, {}, {}
        self.kind, self.alias, self.person, self.home = {}, {}, {}, {}
        self.mentions, self.cache = {}, {}
        self.states()
        self.bodies()
        if True:
            self.names_by_use()
            self.unnamed()
        for r in reports:
            self.find_home(r)
        common = Counter(h for h in self.home.values() if h).most_common(1)
        for r in reports:                   # a report that does not say: the pile's own state
            if not self.home.get(r.name) and common:
                self.home[r.name] = common[0][0]
        for _ in range(2):                  # sides found in the first round help the second
            for r in reports:
                self.mention_list(r)
            for r in reports:
                self.people(r)
        for r in reports:
            self.mention_list(r)
            self.set_issuer(r)
        self.count = {r.name: Counter(m[1].party for m in self.mentions[r.name] if m[1].party) for r in reports}
        total = Counter()
        for r in reports:
            if r.name not in self.copies:
                total.update({p: min(n, 8) for p, n in self.count[r.name].items()})
                if self.issuers[r.name].party:
                    total[self.issuers[r.name].party] += 8
        self.main = [p for p, _ in total.most_common(2)]     # the two that the pile is about

    # --- names -----------------------------------------------------------------------------------------------
    def add(self, name, kind, *also):
        self.kind.setdefault(name, kind)
        for n in (name, *also):
            self.alias.setdefault(fold(n), name)

    def states(self):
        count = Counter()
        for r in self.reports:
            t = re.sub(r"\s+", " ", clean(r.text))
            for m in STATE.finditer(t):
                count[m[1]] += 2
            for m in STATEPOSS.finditer(t):
                count[m[1]] += 1
            for u in r.units:
                for e in u.doc.ents if u.doc is not None else ():
                    if e.label_ == "GPE" and e.root.dep_ == "nsubj" and e.root.head.pos_ == "VERB" and len(e.text.split()) < 3:
                        count[e.text] += 0.5
        for x, n in count.items():
            if fold(x) in PLACES or n < 1 or x.split()[0] in ("The", "Its", "Their", "Mr", "Mrs", "Ms", "Our", "President", "Minister"):
                continue
            if ORG.fullmatch(x):
                continue
            self.add(x, "state")
        for p in set(PLACES.values()):
            self.kind.setdefault(p, "state")
        for k, v in PLACES.items():
            self.alias.setdefault(k, v)

    def bodies(self):
        whole = " | ".join(clean(r.text) for r in self.reports)
        longer = {m[0] for m in ORG.finditer(re.sub(r"\s+", " ", whole))}
        for r in self.reports:
            t = re.sub(r"\s+", " ", re.sub(r"\s*\n\s*\n\s*", " | ", clean(r.text.replace("*", " "))))
            for m in ORG.finditer(t):
                n = m[0].strip()
                while " on " in n and n.split()[-1] in MON:
                    n = n.rsplit(" on ", 1)[0]
                n = re.sub(r"^(The|Its|Their|Our|A|An|When|If|But|And|In|On|At) ", "", n)
                if len(n.split()) < 2 or n.split()[0] in MON or fold(n) in self.alias:
                    continue
                big = {re.sub(r"^(The|Its|Their|Our) ", "", x) for x in longer if x.endswith(" " + n) and not x.endswith("the " + n) or f" of the {n}" in x and x.endswith(n)}
                if len(big) == 1 and not re.search(r"(Republic|State|Kingdom) of|Ministry|Government", next(iter(big))):
                    self.add(next(iter(big)), kind_of(next(iter(big))), n)
                    continue
                state = next((self.alias[fold(x)] for x in re.split(r" of (?:the )?| in | for ", n)[::-1] if self.alias.get(fold(x)) and self.kind.get(self.alias[fold(x)]) == "state"), None)
                if state and (kind_of(n) == "state" or re.search(r"(Republic|State|Kingdom) of|Committee of|Council of|Office of", n)):
                    self.alias.setdefault(fold(n), state)
                elif kind_of(n) != "state":
                    adjective = self.alias.get(fold(n.split()[0]))
                    self.add(n, kind_of(n))
                short = re.match(r"(?:,? (?:the|or|known as(?: the)?)?,? ?|,? \(|\'s? ?\()((?:[A-Z]{2,7}|[A-Z][A-Za-z]*[A-Z][A-Za-z]*))\b", t[m.end():m.end() + 25])
                if short and fold(short[1]) not in self.alias:
                    self.alias[fold(short[1])] = self.alias.get(fold(n), n)
            # "The operator, Linha Tejo," and "Linha Tejo, the operator,"
            for a, b in [(m[1], m[2]) for m in re.finditer(rf"\b(?:[Tt]he|[Ii]ts|[Aa]n?) (?:[\w'-]+ ){{0,3}}(\w+), ({CAP}(?: {CAP}){{0,3}}),", t)] + \
                        [(m[1], m[2]) for m in re.finditer(rf"\b(?:[Tt]he|[Aa]n?) (?:[\w-]+ ){{0,2}}?(company|firm|operator|union|broadcaster|airline|movement|group|bank|carmaker|retailer|club) ({CAP}(?: {CAP}){{0,2}})\b", t)] + \
                        [(m[2], m[1]) for m in re.finditer(rf"\b({CAP}(?: {CAP}){{0,3}}), (?:which [\w ]{{0,20}})?(?:the|an?) (?:[\w-]+ ){{0,3}}?(\w+)[,. ]", t)]:
                kind = next((k for k in KINDS if a in W[k]), None)
                if kind and fold(b) in self.alias and self.kind.get(self.alias[fold(b)]) == "body":
                    self.kind[self.alias[fold(b)]] = kind
                if kind and a not in W["roles"] and fold(b) not in self.alias and b.split()[0] not in MON:
                    self.add(b, kind)
        # short forms: "the League" for "Skarv Islanders' League" where only one body can be meant
        heads = defaultdict(set)
        for n in list(self.kind):
            w = n.split()
            if self.kind[n] != "state" and len(w) > 1:
                hs = [x for x in w if x in W["groupheads"]] or [w[-1]]
                heads[fold(hs[0])].add(n)
                for i, x in enumerate(w[:-1]):
                    if x.endswith("'") or x.endswith("'s"):
                        heads[fold(" ".join(w[i:]))].add(n)
        for h, ns in heads.items():
            if len(ns) == 1:
                self.alias.setdefault(h, next(iter(ns)))
        # a body named after people: "the growers" are the Growers' Union
        self.plural = {}
        for n in self.kind:
            for x in clean(n).split():
                x = x.casefold().rstrip("'")
                if x.endswith("s") and len(x) > 4 and self.kind[n] != "state" and x not in ("nations", "industries", "sports", "affairs", "airlines", "services", "resources"):
                    self.plural.setdefault(x, n)

    def names_by_use(self):
        """Names that no list knows: what acts as a subject again and again, or is called an organisation by the model
        and stands in an apposition, is a party by that name; "Thornbury" is Thornbury Asset Management."""
        surnames = {fold(d[b - 1].text) for r in self.reports for u in r.units if u.doc is not None for d in [u.doc]
                    for a, b in self.names(d) if b - a > 1 or a and d[a - 1].lower_.rstrip(".") in W["titles"]}
        self.cache.clear()
        count, text = Counter(), re.sub(r"\s+", " ", " ".join(clean(r.text) for r in self.reports if r.name not in self.copies))
        for r in self.reports:
            for u in r.units:
                for t in u.doc if u.doc is not None and r.name not in self.copies else ():
                    if t.pos_ != "PROPN" or not t.text[:1].isupper() or t.dep_ not in ("nsubj", "nsubjpass", "poss", "appos", "conj", "compound", "pobj", "dobj", "npadvmod"):
                        continue
                    a = b = t.i
                    while a > 0 and (u.doc[a - 1].pos_ == "PROPN" and u.doc[a - 1].text[:1].isupper() or u.doc[a - 1].text == "&"):
                        a -= 1
                    while b + 1 < len(u.doc) and (u.doc[b + 1].pos_ == "PROPN" and u.doc[b + 1].text[:1].isupper() or u.doc[b + 1].text == "&"):
                        b += 1
                    run = u.doc[a:b + 1]
                    words = [x.text for x in run]
                    if words[0] in ("The", "A") and len(words) > 1:
                        words = words[1:]
                    name = " ".join(words)
                    if b > t.i and t.dep_ != "compound" or words[0] in MON or words[-1] in MON or fold(name) in self.alias or fold(words[-1]) in surnames or len(words) > 5:
                        continue
                    if any(w.lower().rstrip(".") in W["titles"] | W["roles"] for w in words) or not re.search(r"[a-z]", name) and len(name) < 2:
                        continue
                    if len(words) > 1 and self.kind.get(self.alias.get(fold(words[0]))) == "state" and t.ent_type_ != "PERSON":
                        words = words[1:]               # "Danish Superliga"
                        name = " ".join(words)
                        if fold(name) in self.alias or words[0].lower() in W["titles"] | W["roles"] | W["government"]:
                            continue
                    if any(fold(w) in self.alias and self.kind.get(self.alias[fold(w)]) == "state" for w in words):
                        continue
                    if t.ent_type_ == "PERSON" and len(words) > 1:
                        continue
                    if len(words) == 1 and (words[0] in W["groupheads"] or any(words[0].lower() in W[k] for k in KINDS)) or any(x.startswith(fold(name) + " ") for x in self.alias) and words[-1] in W["groupheads"]:
                        continue
                    act = t.dep_ in ("nsubj", "nsubjpass") and t.head.pos_ in ("VERB", "AUX") or t.dep_ == "poss" and t.head.lemma_ in ("board", "chairman", "chief", "offer", "bid", "demand", "leader", "proposal", "director", "spokesman", "member")
                    count[name] += 1 if act else 0.4 if t.ent_type_ == "ORG" and t.dep_ in ("appos", "compound", "pobj") else 0
        for name, n in count.items():
            if n >= 2 or n >= 1 and len(name.split()) > 1:
                q = re.escape(name)
                firm = re.search(rf"\b{q}(?: (?:plc|Inc|Ltd|SA|S\.A\.|AG|SE|NV|Group|Holdings)\b|'s (?:board|shareholders|shares|chief executive|stock)| chair\w+| chief executive)", text)
                self.add(name, "company" if firm else "body", name + " plc", name + " Group")
        for name in [n for n in self.kind if len(n.split()) > 1 and self.kind[n] not in ("state",)]:
            w = name.split()[0]
            if len(w) > 4 and w[0].isupper() and w not in ("National", "International", "United", "General", "Central", "Royal", "Federal", "World", "European", "African", "Union", "Movement") \
                    and sum(1 for n in self.kind if n.split()[0] == w) == 1 and fold(w) not in self.alias and not w.endswith(("'", "'s", "ian", "ese", "ish")):
                self.alias[fold(w)] = name

    def unnamed(self):
        """Bodies of a known kind that nobody names: "the electoral commission", "the monastery"."""
        seen = defaultdict(Counter)
        for r in self.reports:
            for u in r.units:
                for t in u.doc if u.doc is not None and r.name not in self.copies else ():
                    low = t.lower_
                    if t.pos_ == "NOUN" and t.tag_ == "NN" and any(low in W[k] for k in KINDS) and low not in W["roles"] | W["government"] | W["street"] | {"group", "committee", "party", "owner", "front", "plant"} \
                            and low not in self.alias and any(c.dep_ == "det" and c.lower_ == "the" for c in t.children):
                        mods = [c.text for c in t.lefts if c.dep_ in ("compound", "amod") and c.pos_ in ("NOUN", "ADJ") and c.lower_ not in ("own", "main", "big", "new", "whole", "other", "same", "local", "biggest")]
                        seen[low][" ".join(mods + [t.text])] += 2 if t.dep_ in ("nsubj", "nsubjpass") else 1
        for low, c in seen.items():
            if sum(c.values()) < 3:
                continue
            kind = next(k for k in KINDS if low in W[k])
            if kind in ("company", "union", "armed", "club") and any(self.kind.get(x) == kind for x in set(self.alias.values())):
                continue
            name = max(c, key=lambda n: (len(n.split()) > 1, c[n]))
            self.add(name, kind, low)

    def place_in(self, text, nouns=False):
        """The first state named in a text (nouns: by its name or seat, not by an adjective)."""
        words = clean(text).replace(",", " , ").split()
        for i in range(len(words)):
            for n in (4, 3, 2, 1):
                s = " ".join(words[i:i + n])
                if nouns and fold(s) != fold(self.alias.get(fold(s)) or s) and fold(s).endswith(("ish", "ian", "ese", "an", "ch", "ish", "ians", "i", "is", "ans")):
                    continue
                if s[:1].isupper() and self.kind.get(self.alias.get(fold(s))) == "state":
                    return self.alias[fold(s)]
        return None

    def find_home(self, r):
        """The state that a report's "the government" means: the dateline's, else the headline's, else the lead's."""
        home = r.dateline and self.alias.get(fold(r.dateline))
        lead = next((u for u in r.units if u.kind in ("prose", "turn")), None)
        first = self.place_in(" ".join(r.titles)) or (lead and self.place_in(lead.text)) or self.place_in(clean(r.text))
        if r.dateline and not home and first and fold(r.dateline) not in self.alias:
            own = r.issuer and self.place_in(r.issuer)
            self.alias[fold(r.dateline)] = own or first
        if not home and lead is not None:
            m = re.search(r"\b(?:in|northern|southern|eastern|western|central) (?:northern |southern |eastern |western |central )?(" + CAP + ")", lead.text)
            home = m and self.alias.get(fold(m[1]))
            home = home if self.kind.get(home) == "state" else None
        if not home:
            t = clean(r.text)
            n = Counter()
            for x in re.findall(rf"{CAP}(?: {CAP})?", t):
                for y in (x, x.split()[0], x.split()[-1]):
                    s = self.alias.get(fold(y))
                    if s and self.kind.get(s) == "state" and (fold(s) == fold(y) or y not in t.split() or not fold(y).endswith(("ish", "ian", "ese", "an", "ch", "i"))):
                        n[s] += 1
                        break
            gov = Counter(self.alias.get(fold(m[1])) for m in STATEPOSS.finditer(t)) + Counter(self.alias.get(fold(m[1])) for m in STATE.finditer(t))
            own = self.place_in(r.issuer or "") or self.place_in(" ".join(r.titles))
            top = n.most_common(2)
            home = own or (top[0][0] if top and (len(top) == 1 or top[1][1] < 0.8 * top[0][1]) else None)
        self.home[r.name] = home
        govs = {self.alias.get(fold(m[1])) for m in re.finditer(rf"Government of (?:the )?({CAP}(?: {CAP})?)", clean(r.text))} - {None}
        self.gov = getattr(self, "gov", {})
        if len(govs) == 1:
            self.gov[r.name] = next(iter(govs))
        t = re.sub(r"\s+", " ", clean(r.text))   # "São Bento, the prime minister's residence"
        for m in re.finditer(rf"\b({CAP}(?: {CAP}){{0,2}}), (?:the )?(?:[\w ]+?)'s (?:office|residence|seat|palace|headquarters)\b", t):
            if self.home[r.name]:
                self.alias.setdefault(fold(m[1]), self.home[r.name])

    # --- people ----------------------------------------------------------------------------------------------
    def full(self, name):
        name = re.sub(r"'s?$", "", clean(name)).strip()
        w = [x for x in name.split()]
        while w and fold(w[0]).rstrip(".") in W["titles"] and len(w) > 1:
            w.pop(0)
        return " ".join(w)

    def note_person(self, name, side=None, speaker_words=""):
        n = self.full(name)
        if not n or fold(n) in self.alias or not n[0].isupper():
            return None
        key = fold(n.split()[-1])
        p = self.person.setdefault(key, dict(full=n, side=None, sex=None))
        if len(n.split()) > len(p["full"].split()):
            p["full"] = n
        if side and not p["side"]:
            p["side"] = side
        for x in fold(name + " " + speaker_words).replace(".", "").split():
            p["sex"] = p["sex"] or ("f" if x in FEM else "m" if x in MASC else None)
        return p

    def find_person(self, text):
        n = self.full(text)
        return self.person.get(fold(n.split()[-1])) if n and n[0].isupper() and fold(n) not in self.alias else None

    def names(self, doc):
        if id(doc) not in self.cache:
            self.cache[id(doc)] = (doc, self._names(doc))
        return self.cache[id(doc)][1]

    def _names(self, doc):
        """(start, end) tokens of people's names: the model's, and every name after a title."""
        out = []
        for e in doc.ents:
            if e.label_ == "PERSON":
                a, b = e.start, e.end
                while b - a > 1 and doc[b - 1].lower_ in ("'s", "'", "’s"):
                    b -= 1
                while b - a > 1 and doc[a].lower_ in ("the", "that"):
                    a += 1
                out.append((a, b))
        for t in doc:
            if t.text[:1].isupper() and (t.lower_.rstrip(".") in W["titles"] or t.lower_ in W["roles"]) and t.i + 1 < len(doc):
                a = b = t.i + 1
                while b < len(doc) and doc[b].text[:1].isupper() and (doc[b].is_alpha or "-" in doc[b].text) and doc[b].pos_ in ("PROPN", "NOUN", "ADJ"):
                    b += 1
                    if b < len(doc) - 1 and doc[b].text == "-" and doc[b + 1].text[:1].isupper():
                        b += 1
                while a < b - 1 and (doc[a].lower_ in W["titles"] or doc[a].lower_ in W["roles"]):
                    a += 1
                if b > a and doc[a].lower_ not in W["titles"] and not any(x <= a < y for x, y in out):
                    out.append((a, b))
        # "its ambassador, Ilya Vostrin," where the model saw no person
        for t in doc:
            if t.lower_ in W["roles"] and t.i + 2 < len(doc):
                a = t.i + 1 + (doc[t.i + 1].text == ",")
                b = a
                while b < len(doc) and doc[b].text[:1].isupper() and doc[b].is_alpha:
                    b += 1
                if b - a >= 2 and not any(x <= a < y or x < b <= y for x, y in out) and fold(doc[a:b].text) not in self.alias:
                    out.append((a, b))
        return [(a, b) for a, b in out if fold(doc[a:b].text) not in self.alias and doc[a].text[:1].isupper()
                and self.kind.get(self.alias.get(fold(doc[a].text))) != "state"]

    def people(self, r):
        for u in r.units:
            if u.kind == "turn" and u.speaker is not None and u.speaker.label:
                label, side = u.speaker.label, u.speaker.side
                s = side and (self.alias.get(fold(side)) or (self.home.get(r.name) if fold(side) in W["government"] else None) or side)
                if s and s not in self.kind:
                    self.add(s, "body")
                self.note_person(label.title() if label.isupper() else label, s)
            if u.doc is None:
                continue
            for a, b in self.names(u.doc):
                d = u.doc
                before = d[max(0, a - 5):a].text
                p = self.note_person(d[a:b].text, None, " ".join(re.findall(r"\w+", before)[-1:]))
                if p is not None:
                    near = [x.lower_ for x in d[max(0, a - 4):a]] + ([x.lower_ for x in d[b:b + 6]] if b < len(d) and d[b].text == "," else [])
                    p.setdefault("roles", set()).update(x for x in near if x in W["roles"] or x == "prime")
                if p is not None and not p["side"]:
                    p["side"] = self.affiliation(r, u, a, b)
        if r.manner == "transcript":
            guests = {u.speaker.label for u in r.units if u.kind == "turn" and u.speaker and u.speaker.label}
            if len(guests) == 1 and guests:
                g = next(iter(guests))
                p = self.note_person(g.title() if g.isupper() else g)
                if p is not None and not p["side"]:
                    t = clean(" ".join(r.titles))
                    m = re.search(rf"({CAP}(?: {CAP})*)(?:'s)? (?:[\w-]+ ){{0,2}}(?:{'|'.join(sorted(W['roles']))})\b", t)
                    if m:
                        p["side"] = self.alias.get(fold(m[1])) or self.place_in(m[1])
        if r.manner == "interview" and r.name not in self.interviewees:
            title = clean(" ".join(r.titles))
            m = re.search(r"interview with (?:the )?(.+?)(?:'s)? (?:[\w-]+ )?(" + "|".join(sorted(W["roles"])) + r")\b", title)
            side = None
            if m:
                x = re.sub(r"'s?$", "", m[1])
                side = self.alias.get(fold(x)) or self.place_in(m[1])
            n = re.search(r"(?i:interview with|interview:|talks to|speaks to) (?:\w+ )*?(" + CAP + " " + CAP + ")", title)
            name = n[1] if n and self.find_person(n[1]) else None
            if not name:
                for u in r.units:
                    if u.kind in ("prose", "question") and u.doc is not None:
                        got = self.names(u.doc)
                        if got:
                            name = u.doc[got[0][0]:got[0][1]].text
                            break
            if name:
                p = self.note_person(name, side)
                self.interviewees[r.name] = p

    def affiliation(self, r, u, a, b):
        """The side of the person named at tokens a..b: from the words around the name."""
        d = u.doc
        head = d[a:b].root
        if re.search(r"\b(rival|opponent|counterpart|critic|predecessor|adversary|challenger)s?,? $", d[max(0, a - 3):a].text + " "):
            return None
        spots = [head]
        if head.dep_ == "appos":
            spots.append(head.head)
        spots += [c for c in head.children if c.dep_ == "appos"]
        if head.dep_ in ("compound", "nmod") and head.head.i < b + 1:
            spots.append(head.head)
        role = None
        for s in spots:
            for t in [s, *[c for c in s.children if c.i < s.i or c.dep_ == "appos"]]:
                if t.lower_ in W["roles"] or t.lemma_.lower() in W["roles"]:
                    role = role or t
            got = self.owner(r, u, s, skip=(a, b))
            if got:
                return got
            for c in s.children:
                if c.dep_ == "relcl" and c.lemma_ in ("head", "lead", "chair", "run", "command", "represent", "speak", "found", "own"):
                    for o in c.subtree:
                        if o.dep_ in ("dobj", "pobj") and o.i > c.i:
                            w = self.who(o, u, r, plain=True)
                            if w.party:
                                return w.party
        for t in d[max(0, a - 4):a]:
            if t.lower_ in W["roles"] and t.dep_ in ("compound", "nmod", "appos", "nsubj", "amod"):
                role = role or t
        left = d[max(0, a - 6):a].text
        m = re.search(r"(" + CAP + r")(?:'s)? (?:[\w-]+ ){0,3}$", left)
        if role is not None and m and self.kind.get(self.alias.get(fold(m[1]))) and m[1].lower() not in W["titles"]:
            return self.alias[fold(m[1])]
        m = re.match(r",? (?:of|for|from|with) (?:the )?(" + CAP + r"(?: (?:of |and |for )?" + CAP + ")*)", d.text[d[b - 1].idx + len(d[b - 1]):])
        if m and self.alias.get(fold(m[1])):
            return self.alias[fold(m[1])]
        if role is not None and role.lower_ in W["state roles"] or re.search(r"\b(?:Business|Home|Foreign|Defen[cs]e|Health|Treasury|Trade|Transport|Energy|Interior|Finance) [Ss]ecretary $", left):
            return self.home.get(r.name)
        return None

    def owner(self, r, u, t, skip=(0, 0)):
        """Whose the noun is: possessive, "of", an adjective of a people, a body's name before it."""
        for c in t.children:
            if skip[0] <= c.i < skip[1] or c.i == t.i:
                continue
            if c.dep_ in ("poss", "compound", "amod", "nmod") and c.i < t.i or c.dep_ == "poss":
                if c.dep_ == "poss" and c.pos_ == "PRON":
                    w = self.who(c, u, r)
                    if w.party:
                        return w.party
                    continue
                ph = self.phrase(c)
                n = self.alias.get(fold(ph)) or self.alias.get(fold(c.text))
                if n:
                    return n
                if c.dep_ == "poss":
                    w = self.who(c, u, r, plain=True)
                    if w.party:
                        return w.party
                sub = self.owner(r, u, c, skip) if c.dep_ in ("poss", "compound", "nmod") else None
                if sub:
                    return sub
            if c.dep_ == "prep" and c.lower_ in ("of", "for", "at", "from", "in", "with") and c.i > t.i:
                for o in c.children:
                    if o.dep_ == "pobj":
                        n = self.alias.get(fold(self.phrase(o))) or self.alias.get(fold(o.text))
                        if n and not (c.lower_ in ("in", "at", "from") and self.kind.get(n) == "state" and t.lower_ not in W["government"]):
                            return n
                        if c.lower_ in ("of", "for") and o.lower_ not in W["street"]:
                            w = self.who(o, u, r, plain=True)
                            if w.party:
                                return w.party
        return None

    # --- mentions, for "it" and "he" ----------------------------------------------------------------------------
    def pos(self, u, t):
        return u.where(t)

    def mention_list(self, r):
        out = []
        self.mentions[r.name] = out
        for u in r.units:
            if u.doc is None or u.kind in ("question",):
                continue
            for t in u.doc:
                if t.pos_ not in ("PROPN", "NOUN", "ADJ") or t.dep_ in ("compound", "amod", "nmod") and t.pos_ != "PROPN":
                    continue
                if t.dep_ in ("compound", "amod", "nmod", "npadvmod"):
                    continue
                w = self.who(t, u, r, plain=True)
                if w.party or w.speaker:
                    top = t
                    while top.dep_ in ("appos", "conj", "poss", "pobj", "prep") and top.dep_ == "appos":
                        top = top.head
                    subj = top.dep_ in ("nsubj", "nsubjpass") and u.kind != "title"
                    sent = (id(u), t.sent.start)
                    out.append((self.pos(u, t), w, subj, sent, t.tag_ in ("NNS", "NNPS") or t.dep_ == "conj", u.kind))
        out.sort(key=lambda m: m[0])

    def antecedent(self, t, u, r, person, sex=None, plural=False):
        here = self.pos(u, t)
        seen, order = {}, []
        for m in self.mentions.get(r.name, ()):
            if m[0] >= here and not (t.i < 3 and False):
                break
            if u.kind == "quote" and m[5] == "turn":
                continue
            if person != bool(m[1].speaker):
                continue
            if person and sex:
                p = self.find_person(m[1].speaker)
                if p and p["sex"] and p["sex"] != sex:
                    continue
            if m[3] not in seen:
                order.append(m[3])
            seen.setdefault(m[3], []).append(m)
        for k in reversed(order[-6:]):
            ms = seen[k]
            subj = [m for m in ms if m[2]]
            return (subj[0] if subj and k != (id(u), t.sent.start) else subj[-1] if subj else ms[-1])[1]
        return None

    def latest(self, u, t, r, kinds, other=None):
        here = self.pos(u, t)
        for m in reversed([m for m in self.mentions.get(r.name, ()) if m[0] < here or here < 0]):
            if m[1].party and self.kind.get(m[1].party) in kinds and m[1].party != other:
                return m[1].party
        have = {p for p in self.named() if self.kind.get(p) in kinds}
        return next(iter(have)) if len(have) == 1 else None

    def named(self):
        """The parties that some report names."""
        return {m[1].party for ms in self.mentions.values() for m in ms if m[1].party}

    # --- who is meant ------------------------------------------------------------------------------------------
    def phrase(self, t):
        left = [c for c in t.lefts if c.dep_ in ("compound", "nmod", "amod", "poss", "det", "nummod") or c.pos_ == "PROPN"]
        a = min([c.left_edge.i for c in left] + [t.i])
        words = t.doc[a:t.i + 1].text
        return re.sub(r"^(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Bb]oth) ", "", words)

    def speaker_of(self, u, r):
        return self.holders.get((r.name, u.number)) or Who()

    def who(self, t, u, r, plain=False):
        low, lem = t.lower_, t.lemma_.lower()
        if t.pos_ == "PRON" or low in ("he", "she", "it", "they", "we", "i", "you", "its", "their", "his", "her", "our", "my"):
            if low in ("i", "we", "us", "me", "our", "my", "ours", "mine"):
                h = self.speaker_of(u, r)
                return Who(h.party, h.speaker, "first")
            if low in ("you", "your"):
                return Who(kind="second")
            if plain:
                return Who(kind="unknown")
            if low in ("he", "him", "his", "she", "her"):
                w = self.antecedent(t, u, r, True, "f" if low in ("she", "her") else "m")
                return Who(w.party, w.speaker, "person") if w else Who(kind="unknown")
            if low in ("it", "its", "they", "their", "them", "itself"):
                w = self.antecedent(t, u, r, False)
                return Who(w.party, None, "party") if w else Who(kind="unknown")
            if low in ("who", "which", "that"):
                h = t.head
                while h.dep_ in ("conj", "xcomp", "ccomp") and h.head.i != h.i:
                    h = h.head
                if h.dep_ == "relcl":
                    return self.who(h.head, u, r, plain)
            if low in ("nobody", "none", "everyone", "somebody", "someone", "anyone", "everybody", "nothing", "whoever"):
                return Who(kind="street")
            return Who(kind="unknown")
        if low in W["own people"] and not any(c.lower_ in ("opposition", "ruling", "rebel", "main", "largest", "biggest") for c in t.children) and t.pos_ in ("NOUN", "PROPN"):
            for c in t.children:
                if c.dep_ == "poss" and not (plain and c.pos_ == "PRON"):
                    w = self.who(c, u, r, plain)
                    if w.party:
                        return Who(w.party, None, "first" if w.kind == "first" else "party")
        d = t.doc
        inner = next(((a, b) for a, b in self.names(d) if a <= t.i < b), None) if t.text[:1].isupper() else None
        ph = self.phrase(t)
        n = None
        if not t.text[:1].isupper() and t.pos_ == "NOUN" and any(c.lower_ == "the" for c in t.children if c.dep_ == "det"):
            n = self.alias.get(fold(ph)) or self.alias.get(low)
            n = n if n and not n[:1].isupper() else None
        for s in (ph, d[t.left_edge.i:t.right_edge.i + 1].text if t.right_edge.i - t.left_edge.i < 12 else ph):
            n = n or self.alias.get(fold(s)) if s[:1].isupper() or s.split()[-1][:1].isupper() or s.isupper() else n
        for m in ORG.finditer(d.text) if t.text[:1].isupper() and not n else ():
            if m.start() <= t.idx < m.end():
                n = self.alias.get(fold(re.sub(r"^(The|Its) ", "", m[0]))) or n
        if not n and t.text[:1].isupper() and t.pos_ in ("PROPN", "NOUN", "ADJ"):
            n = self.alias.get(fold(t.text))
            run = " ".join(x.text for x in d[max(0, t.i - 3):t.i + 1] if x.text[:1].isupper())
            n = n or self.alias.get(fold(run))
        if inner and not n:
            p = self.find_person(d[inner[0]:inner[1]].text)
            if p:
                return Who(p["side"] or p["full"], p["full"], "person")
        if n and not (t.tag_ == "JJ" and t.dep_ == "amod"):
            return Who(n, None, "party")
        if t.text[:1].isupper() and (t.i > t.sent.start or len((self.find_person(t.text) or {"full": ""})["full"].split()) > 1) and t.pos_ in ("PROPN", "ADJ", "NOUN") and self.find_person(t.text) and not n:
            p = self.find_person(t.text)
            return Who(p["side"] or p["full"], p["full"], "person")
        for c in t.children:                    # "the minister, Name," / "Commander Name"
            if c.dep_ == "appos" and c.text[:1].isupper() and c.i != t.i:
                w = self.who(c, u, r, plain)
                if w.party or w.speaker:
                    return w
        sub = d[t.left_edge.i:t.right_edge.i + 1].text
        if re.search(r"anonym|not to be (named|identified|quoted)|not to (print|publish|use) (his|her|their) name|not authori[sz]ed|not cleared|close to|familiar with", sub):
            w = Who(kind="anon")
            if low in W["government"]:
                w.party = self.owner(r, u, t)
            return w
        both = re.match(r"(?i)(both|the two|the) (\w+ )?(sides|parties|governments|delegations|navies|countries|states|companies|clubs|teams|camps|capitals)\b", sub)
        if both and not plain:
            here = self.pos(u, t)
            n = Counter(m[1].party for m in self.mentions.get(r.name, ()) if m[0] < here and m[1].party and m[1].party != self.speaker_of(u, r).party)
            pair = tuple(p for p in getattr(self, "main", ()) if n.get(p)) if sum(1 for p in getattr(self, "main", ()) if n.get(p)) == 2 else tuple(p for p, _ in n.most_common(2))
            return Who(None, None, "several", pair) if len(pair) == 2 else Who(kind="unknown")
        if lem in ("leader", "member", "spokesman", "spokeswoman", "chief", "head", "leadership", "delegation", "negotiator", "delegate", "fighter",
                   "commander", "side", "chairman", "chairwoman", "chair", "secretary", "representative", "executive", "director", "board", "majority", "rest", "comrade") or low in W["roles"]:
            o = self.owner(r, u, t)
            if o:
                return Who(o, None, "party")
            if lem in ("leader", "chief", "commander", "fighter") and re.search(r"\brebel|movement|guerrilla", sub):
                got = self.latest(u, t, r, ("armed",)) if not plain else None
                return Who(got, None, "party" if got else "unknown")
        mod = next((k for c in t.children if c.dep_ in ("compound", "amod", "nmod", "poss") for k in KINDS if c.lower_ in W[k] and k in ("armed", "union", "company", "club")), None)
        if mod and low in W["government"]:          # "the rebel delegation"
            got = self.latest(u, t, r, (mod,))
            return Who(got, None, "party" if got else "unknown")
        gov = low in W["government"] or lem in W["government"]
        if gov:
            o = self.owner(r, u, t)
            if o:
                return Who(o, None, "party")
            if low in ("side", "delegation", "capital", "spokesman", "spokeswoman", "spokesperson", "negotiators", "negotiator", "delegate", "leadership", "council", "court", "general", "mediators"):
                if low in ("side", "capital") and re.search(r"\bother\b", sub) and not plain:
                    here = self.pos(u, t)
                    own = self.speaker_of(u, r).party
                    seen = []
                    for m in [m for m in self.mentions.get(r.name, ()) if m[0] < here][::-1]:
                        if m[1].party and m[1].party not in seen:
                            seen.append(m[1].party)
                    if own:
                        seen = [s for s in seen if s != own]
                        return Who(seen[0], None, "party") if seen else Who(kind="unknown")
                    states = [s for s in seen if self.kind.get(s) == "state"]
                    top = Counter(m[1].party for m in self.mentions.get(r.name, ()) if m[1].party in states).most_common(4)
                    rest = [s for s, _ in top if s not in seen[:2]]
                    return Who(rest[0], None, "party") if rest else Who(kind="unknown")
                return Who(kind="unknown")
            if t.pos_ in ("NOUN", "PROPN") and not any(c.dep_ == "det" and c.lower_ in ("a", "an", "some", "any") for c in t.children):
                if low in W["roles"]:      # "the premier": the person of that office
                    who = [q for q in self.person.values() if q["side"] and low.replace("premier", "prime") in set(q.get("roles", ())) | {x.replace("premier", "prime") for x in q.get("roles", ())}]
                    if len({q["side"] for q in who}) == 1:
                        return Who(who[0]["side"], who[0]["full"] if len(who) == 1 else None, "person" if len(who) == 1 else "party")
                home = self.gov.get(r.name) if low == "government" and t.text[0].isupper() else None
                home = home or self.home.get(r.name)
                return Who(home, None, "party") if home else Who(kind="unknown")
        if low in self.plural and not any(c.dep_ in ("det",) and c.lower_ in ("some", "two", "a") for c in t.children) and not any(c.dep_ == "nummod" for c in t.children):
            return Who(self.plural[low], None, "party")
        if low in W["street"] or lem in W["street"]:
            return Who(kind="street")
        if t.pos_ in ("NOUN", "PROPN"):
            for k in KINDS:
                if low in W[k] or lem in W[k]:
                    pro = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.children)
                    got = self.latest(u, t, r, (k,)) if pro and not plain and k in ("union", "company") else None
                    if got:                    # "their union" is the union, not they
                        return Who(got, None, "party")
                    o = self.owner(r, u, t)
                    if o and k == "company" and any(c.dep_ == "poss" for c in t.children):
                        return Who(o, None, "party")
                    if o and self.kind.get(o) == k:
                        return Who(o, None, "party")
                    definite = any(c.dep_ == "det" and c.lower_ == "the" for c in t.children) or low in ("management", "strikers") or t.tag_ == "NNS"
                    if plain and k in ("body", "church"):
                        continue
                    if plain:
                        have = {p for p in set(self.alias.values()) if self.kind.get(p) == k}
                        if definite and len(have) == 1:
                            return Who(next(iter(have)), None, "party")
                        continue
                    got = self.latest(u, t, r, (k,)) if definite and k not in ("body", "church") else None
                    if definite and k in ("body", "church"):    # a commission is no court: the word must be in the name
                        have = [x for x in self.named() | set(self.alias.values()) if low.rstrip("s") in x.casefold()]
                        got = have[0] if len(set(have)) == 1 else None
                        got = got or (self.latest(u, t, r, ("armed", "union")) if low in ("movement", "organisation", "organization", "association") else None)
                    if got:
                        return Who(got, None, "party")
                    if definite and k in ("union", "company", "armed", "club", "church") and not any(self.kind.get(x) == k for x in set(self.alias.values())) and \
                            any(c.dep_ in ("compound", "poss", "amod") and c.pos_ != "PRON" and (c.dep_ != "amod" or c.ent_type_ == "NORP") for c in t.children) and t.tag_ == "NN":
                        return Who(ph, None, "party")       # a body that nobody names: "the lorry drivers' federation"
        if t.pos_ == "PROPN" and t.text[:1].isupper() and t.ent_type_ in ("ORG", "GPE", "NORP", "") and not inner and t.lower_ not in W["roles"] and t.text not in MON \
                and t.ent_type_ in ("ORG",) and len(ph) > 2:
            name = re.sub(r"'s?$", "", re.sub(r"^(The|the) ", "", next((e.text for e in d.ents if e.start <= t.i < e.end), ph)))
            return Who(name, None, "party") if name[:1].isupper() else Who(kind="thing")
        if t.ent_type_ == "NORP" and self.alias.get(fold(t.text)):
            return Who(kind="street")
        return Who(kind="thing")

    def set_issuer(self, r):
        self.issuers[r.name] = Who()
        if r.manner != "statement":
            return
        words = r.issuer
        n = self.alias.get(fold(words)) or next((self.alias[fold(m[0])] for m in ORG.finditer(clean(words)) if fold(m[0]) in self.alias), None)
        if not n or self.kind.get(n) == "body" and re.search(r"Ministry|Government|Department", words):
            n = self.place_in(words) or self.place_in(" ".join(r.titles)) or n
        if not n:
            w = clean(words).split()
            n = next((self.alias[fold(" ".join(w[:i]))] for i in range(len(w), 0, -1) if fold(" ".join(w[:i])) in self.alias), None)
        if not n:
            n = self.home.get(r.name) if re.search(r"(?i)ministry|government|army|embassy", words) else re.sub(r"^[Tt]he ", "", words)
        sp = self.note_person(r.signed[-1][1], n)["full"] if r.signed and self.full(r.signed[-1][1]) and fold(r.signed[-1][1]) not in self.alias else None
        last = fold(n.split()[-1])
        if last.endswith("s") and n[:1].islower() or fold(n.split()[0]) in ("the", "twelve", "mayors"):
            self.plural.setdefault(last, n)
            self.kind.setdefault(n, "body")
        self.issuers[r.name] = Who(n, sp, "first")
