"""What the claims of a pile come to: deeds, bonds between them, refusals, what stays unclear."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from detente.drafting.clauses import clause
from detente.drafting.deeds import Deed, Desk
from detente.drafting.english import words
from detente.drafting.nearby import Nearby
from detente.reading.claims import Claim
from detente.reading.paragraphs import Span

NEAR = 400
"""A refusal without words of its own answers a demand that ends so many characters before."""

MAX_CLAIMS = 10_000
"""Claims looked at; of larger piles those of the later reports are left out and counted."""

_MANY = frozenset(
    {"demands", "conditions", "list", "terms", "proposals", "requests", "them", "these"}
)
_PLANNED = re.compile(
    r"(?:on|for|of) (?:[\w'’]+ ){0,3}(?:talks?|dialogue|negotiations?|(?:plans?|proposals?|offers?)"
    r" (?:of|for|to) (?:\w+ ){0,3}(?:talks?|dialogue|negotiations?))",
    re.IGNORECASE,
)
_UNHEARD = re.compile(r"ignor|repl|respon|answer|never sent|unanswered", re.IGNORECASE)
_AND_THAT = re.compile(r",?\s+and\s+that\s+")
_FUTURE = frozenset({"will", "would", "may", "might", "could", "plans", "plan", "shall", "'ll"})
_HELD = re.compile(
    r",?\s+(?:but\s+)?(as soon as|as long as|only if|only when|only after|only under"
    r"|provided that|once|unless|until|if|when|in exchange for|in return for)\s+",
    re.IGNORECASE,
)
_WILL_NOT = re.compile(r"\b(?:will|would|shall|can|could)\s?(?:not|n['’]t|never)\b|\bwon['’]t\b")
_AND_DID = re.compile(r"\s+(?:and\s+\w+ed\b|as\s+(?:an?|the)\b).*", re.DOTALL)
_BUT_ONLY = re.compile(
    r"[,\s”\"]*(?:but\s+)?(only if|only when|only after|provided that|unless|as soon as)\s+"
    r"([^.;:!?“”\"]{3,200}?)(?=[.;:!?“”\"]|,[\s”\"]|\Z)"
)
_DOING_IS = re.compile(
    r"\w+ing\b(?:\W+(?!what|which|that|who)\w+){1,6}?\W+(?:is|are|was|were|would|will|must)\b"
)
_OWN = frozenset(["we", "i", "it", "they", "he", "she", "its", "their", "our", "his", "her", "my"])
_WEIGHING = frozenset({"discuss", "negotiate", "consider", "debate", "talk", "about", "agree"})
_JUDGED = re.compile(r"\b(?:is|are|was|were|be|been|as|deemed|called|considered)\b")
_DENIED = frozenset({"no", "nothing", "not", "never", "cannot", "n't", "'t"})


@dataclass(frozen=True, slots=True)
class Bond:
    """A party binds one deed to another.

    Parameters
    ----------
    claim : Claim
        Where it was read.
    deed : Deed
        What it will do, or let happen.
    need : Deed, optional
        What it asks for it; None where the words do not say.
    unless : bool
        Whether it does the deed as long as the need is *not* met, as with a threat.
    absent : bool
        Whether the need is done now, and what is asked for is that it is not.
    """

    claim: Claim
    deed: Deed
    need: Deed | None
    unless: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class No:
    """A party refuses a deed, its own or, where nothing is known of it, one of its own making."""

    claim: Claim
    deed: Deed


@dataclass
class Matter:
    """What was found.

    Parameters
    ----------
    deeds : list of Deed
        In the order of the reports.
    bonds : list of Bond
        What is bound to what.
    noes : list of No
        Refusals.
    unmet : list of Claim
        Offers and invitations to talk that were turned down, ignored, or lapsed.
    vague : list of Claim
        Demands and threats whose words do not say what is meant.
    unmatched : list of Claim
        Refusals of which it is not known what they refuse.
    unread : int
        Claims beyond the limit.
    """

    deeds: list[Deed] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    noes: list[No] = field(default_factory=list)
    unmet: list[Claim] = field(default_factory=list)
    vague: list[Claim] = field(default_factory=list)
    unmatched: list[Claim] = field(default_factory=list)
    unread: int = 0


def matter(claims: Sequence[Claim], desk: Desk) -> Matter:
    """Return what some claims come to."""
    known = [c for c in claims if c.party in desk.sides.names]
    mine = known[:MAX_CLAIMS]
    found = Matter(unread=len(known) - len(mine))
    nearby = Nearby(mine)
    of_claim: dict[str, list[Deed]] = {}
    for c in mine:
        before = len(found.deeds)
        _one(c, nearby, desk, found)
        of_claim[c.id] = found.deeds[before:]
    demanded: defaultdict[str, list[Deed]] = defaultdict(list)
    for deed in found.deeds:
        demanded[deed.agent].append(deed)
    by_id = {c.id: c for c in mine}
    for c in mine:
        if c.kind == "statement":
            _said_no(c, demanded[str(c.party)], desk, found)
        elif c.kind == "refusal":
            answered = by_id.get(c.reply_to or "")
            pointed = partial(_pointed_at, c, nearby, answered, of_claim)
            _refused(c, answered, pointed, demanded[str(c.party)], desk, found)
    return found


def _one(c: Claim, nearby: Nearby, desk: Desk, found: Matter) -> None:
    """Add what one claim comes to, refusals apart."""
    match c.kind:
        case "condition":
            _condition(c, desk, found)
        case "offer":
            _offer(c, nearby, desk, found)
        case "threat":
            deed = desk.own(c, c.text, "threat")
            _add(found, deed) if deed and not deed.talks else found.vague.append(c)
        case "pressure" | "support" | "event":
            _done(c, nearby, desk, found)


def _add(found: Matter, deed: Deed) -> None:
    found.deeds.append(deed)


def _condition(c: Claim, desk: Desk, found: Matter) -> None:
    """Add a demand, and what it is a condition for."""
    said = [need for part in _AND_THAT.split(c.text) for need in desk.demanded(c, part)]
    bound = _bound(c, c.purpose, desk)
    if bound is None:
        found.deeds += said
        if not said:
            found.vague.append(c)
        return
    deed, denied = bound
    cue = words(desk.text_of(c.report)[c.cue.start : c.cue.end]) if c.cue else []
    unless = bool({"unless", "until"} & {*cue}) and not denied
    absent = denied and "long" in cue  # "no talks as long as they are shut out"
    if absent:
        said = [replace(need, role="done") for need in said]
    found.deeds += [*said, *([] if deed.talks else [deed])]
    for need in said:
        found.bonds.append(Bond(c, deed, need, unless, absent))
    if not said:
        found.vague.append(c)
        found.bonds.append(Bond(c, deed, None, unless))


def _bound(c: Claim, purpose: str | None, desk: Desk) -> tuple[Deed, bool] | None:
    """Return what a condition is for and whether it is held back; None where it does not say."""
    if not purpose:
        return None
    parsed = clause(purpose, desk.e)
    denied = parsed.denied or bool(_DENIED & {*words(purpose)[:4]})
    deed = desk.own(c, purpose, "held")
    talk = desk.e.family(parsed.verb) in desk.e.talks if parsed.verb else False
    light = deed is None or parsed.verb in desk.e.light_verbs
    if talk or (light and desk.e.of_talks(purpose)):
        deed = Deed(str(c.party), "", "talk", frozenset(), "held", c, talks=True)
    if deed is None or (not deed.talks and not _does(c, parsed.subject, desk)):
        return None
    return deed, denied


def _does(c: Claim, subject: str, desk: Desk) -> bool:
    """Tell whether a subject can be the party itself: its name, "we", "the workers", or nothing."""
    low = words(subject)
    if not low or low[0] in _OWN:
        return True
    named = desk.actor(subject, c)
    return low[-1] in desk.groups if named is None else named == c.party


def _offer(c: Claim, nearby: Nearby, desk: Desk, found: Matter) -> None:
    """Add an offer; what it is held out for becomes a condition where no claim has that already."""
    text = desk.text_of(c.report)
    more = _BUT_ONLY.match(text, c.content[-1].end, c.content[-1].end + 240)
    if more and len(c.content) == 1 and not nearby.conditioned(c):
        span = Span(c.content[0].start, more.end())
        c = replace(c, content=(span,), text=text[span.start : span.end])
    parts = _HELD.split(c.text, maxsplit=1)
    cue = text[c.cue.start : c.cue.end].lower() if c.cue else ""
    deed = desk.own(c, parts[0], "offer")
    plain = deed is None or not (deed.head or deed.talks)
    if "invit" in cue or (plain and desk.e.of_talks(f"{cue} {parts[0]}")):
        deed = Deed(str(c.party), "", "talk", frozenset(), "offer", c, talks=True)
    if deed is None:
        return
    if deed.label.startswith("Accept "):  # a thing is offered: a survey, a truce
        deed = replace(deed, label=f"Go ahead with {deed.label.removeprefix('Accept ')}")
    _add(found, deed)
    if len(parts) == 3 and not nearby.conditioned(c):
        needs: list[Deed | None] = [*desk.demanded(c, parts[2])]
        found.deeds += [need for need in needs if need is not None]
        unless = parts[1].lower() in ("unless", "until")
        found.bonds += [Bond(c, deed, need, unless) for need in needs or [None]]


def _done(c: Claim, nearby: Nearby, desk: Desk, found: Matter) -> None:
    """Add what a party does to others, or has announced."""
    if c.reply_to or c.plover in ("ACCUSE", "AGREE", "CONSULT", "REJECT"):
        return
    if nearby.holds(c):
        return  # "as soon as they withdrew": asked for, not done
    text = desk.text_of(c.report)
    cue = text[max(0, c.cue.start - 12) : c.cue.end] if c.cue else ""
    later = bool(_FUTURE & {*words(cue)})
    said = c.text
    if c.cue and (words(text[c.cue.start : c.cue.end]) or [""])[0] in desk.e.verbs:
        said = text[c.cue.start : max(c.content[-1].end, c.cue.end)]
    if _DOING_IS.match(said):
        return  # "withdrawing it was out of the question": nothing is done
    parsed = clause(said, desk.e)
    if c.kind == "support" and parsed.verb == "support" and _PLANNED.match(parsed.rest):
        # "support for his plan of talks" is no deed, and shows what is wanted
        found.deeds.append(Deed(str(c.party), "", "talk", frozenset(), "offer", c, talks=True))
        return
    deed = desk.own(c, said, "announced" if later else "done")
    if deed is None and parsed.verb == "support":
        deed = Deed(str(c.party), "Support", "support", frozenset(), "done", c)
    if deed is None:
        return
    if deed.talks:
        _add(found, replace(deed, role="offer"))
    elif c.kind == "support" and parsed.verb == "support":
        label = _helped(c, deed, desk)
        things = deed.things if label == deed.label else frozenset()
        _add(found, replace(deed, label=label, things=things))
    else:
        _add(found, deed)


def _helped(c: Claim, deed: Deed, desk: Desk) -> str:
    """Return the label of support whose words do not say for whom: "support from Russia"."""
    start = c.content[0].start
    bare = re.match(r"Support(?: (?:from|or|and)\b|,|$)", deed.label)
    if not bare:
        return deed.label
    text = desk.text_of(c.report)
    begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start), start - NEAR // 2, 0)
    around = desk.actors_of(c.report).find(text, begin, start)
    other = next((h.actor for h in reversed(around) if h.actor != c.party), None)
    return f"Support {other}" if other in desk.sides.names else ""


# --- refusals -----------------------------------------------------------------------------------


def _refused(
    c: Claim,
    answered: Claim | None,
    pointed: Callable[[Sequence[str]], Iterator[Deed]],
    known: Sequence[Deed],
    desk: Desk,
    found: Matter,
) -> None:
    """Add what one refusal refuses: what was asked of the party, or something of its own."""
    text = desk.text_of(c.report)
    cue = text[c.cue.start : c.cue.end] if c.cue else ""
    if (answered is not None and answered.kind == "offer") or _UNHEARD.search(cue):
        if c.reply_to:
            found.unmet.append(c)
        return
    own = _own_words(c, text)
    content = [w for w in words(own) if w[0].isalnum() and w not in desk.e.idle]
    telling = [w for w in content if w not in desk.e.answers and w not in desk.e.vague]
    telling = [w for w in telling if w not in desk.e.light_verbs and w not in _WEIGHING]
    deeds = [] if telling else list(pointed(content))
    refused = [d for d in deeds if d.agent == c.party and d.claim.party != c.party]
    if refused:
        found.noes += [No(c, deed) for deed in refused]
        return
    deed = desk.own(c, own, "refused") if telling or desk.e.of_talks(own) else None
    if deed is None:
        found.unmatched.append(c)
        return
    asked = next((d for d in known if _alike(d, deed)), None)
    found.noes.append(No(c, asked or deed))
    if asked is None and not deed.talks:
        _add(found, deed)


def _said_no(c: Claim, known: Sequence[Deed], desk: Desk, found: Matter) -> None:
    """Add the refusal in "we will not withdraw", where just that was asked."""
    if not _WILL_NOT.search(c.text):
        return
    parsed = clause(c.text, desk.e)
    if not parsed.denied or not _does(c, parsed.subject, desk):
        return
    deed = desk.own(c, c.text, "refused")
    if deed is None or deed.talks:
        return
    asked = next((d for d in known if d.role == "demand" and _alike(d, deed)), None)
    if asked is not None:
        found.noes.append(No(c, asked))


def _own_words(c: Claim, text: str) -> str:
    """Return what a refusal says is refused: what follows its cue, else what stands before."""
    start, end = c.content[0].start, c.content[-1].end
    if c.cue is None or not start <= c.cue.start < end:
        return _AND_DID.sub("", text[start:end])
    after = text[c.cue.end : end]
    doing = re.search(r"\b\w+ing\s+\Z", text[max(0, start - 30) : start])
    begin = max(0, start - 30) + doing.start() if doing else start  # "ending the strike"
    before = _JUDGED.split(text[begin : c.cue.start])[0]
    return after if re.search(r"\w", after) else before


def _pointed_at(
    c: Claim,
    nearby: Nearby,
    answered: Claim | None,
    of_claim: dict[str, list[Deed]],
    content: Sequence[str],
) -> Iterator[Deed]:
    """Yield the deeds that "the demand", "this list of demands" or nothing at all points at."""
    before = nearby.demands_before(c)
    if answered is not None and _MANY & {*content}:
        meant = [o for o in before if o.party == answered.party]
    elif answered is not None:
        meant = [answered]
    else:
        start = c.content[0].start
        meant = [o for o in before[-1:] if start - o.content[-1].end <= NEAR]
    for one in meant:
        yield from of_claim.get(one.id, ())


def _alike(a: Deed, b: Deed) -> bool:
    """Tell whether what is refused is what was asked: the words of one stand in the other's."""
    if a.talks or b.talks:
        return a.talks and b.talks
    x, y = a.families, b.families
    shared = x & y
    return bool(shared) and (shared in (x, y) or (bool(b.things) and b.things <= x))
