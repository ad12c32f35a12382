"""Both sides, the other side, the enemy: who is meant where a report speaks of two."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.reading.who.model import UNKNOWN, Who

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit
    from detente.reading.who.asking import Ask

_PAIR = re.compile(
    r"(?i)^(?:both|the two|neither|the|either|each|the rival|the warring|all)(?: of the)? "
    r"(?:\w+ )?(\w+)"
)
_TWO = re.compile(r"(?i)\b(?:both|neither|either|each|two|rival|warring|opposing|negotiating)\b")
_KINDS = {"companies": ("company",), "unions": ("union",), "clubs": ("sport",), "teams": ("sport",)}


def pair(ask: Ask, unit: Unit, token: Token, lead: str) -> Who | None:
    """Return the two whom "both sides" means; None where the words are no such words."""
    low = token.lower_
    match = _PAIR.match(lead)
    if match is None or match[1].lower() != low:
        return None
    if not _TWO.search(lead) and low not in ("sides", "parties"):
        return None
    scene = ask.scene
    here = Counter(
        m.who.party
        for m in scene.before(scene.at(unit, token))
        if m.who.party and scene.kind(m.who.party) not in ("press", "court")
    )
    found = _two_of(ask, here, low)
    if len(found) != 2:
        return UNKNOWN
    return Who(None, None, "several", found, f"“{lead}” are the two spoken of most")


def _two_of(ask: Ask, here: Counter[str], low: str) -> tuple[str, ...]:
    """Return the two parties that fit a plural."""
    scene = ask.scene
    kinds = ("state", "region") if scene.has("pairs of states", low) else _KINDS.get(low, ())
    if kinds:
        here = Counter({p: n for p, n in here.items() if scene.kind(p) in kinds})
    main = [p for p in scene.main if here.get(p)]
    if len(main) == 2:
        return tuple(main)
    best = sorted(here.items(), key=lambda item: (-item[1], item[0]))[:2]
    return tuple(p for p, _ in best)


def other(ask: Ask, unit: Unit, token: Token) -> Who | None:
    """Return whom "the other side" or "the enemy" means; None for other words."""
    scene = ask.scene
    low = token.lower_
    enemy = scene.has("enemies", low)
    rest = low in ("side", "party", "capital", "camp", "government", "delegation")
    if scene.has("neighbours", low):
        return _neighbour(ask, unit, token)
    if not enemy and not (rest and any(c.lower_ == "other" for c in token.children)):
        return None
    if not any(c.dep_ == "det" and c.lower_ == "the" for c in token.children):
        return None
    own = scene.holder(unit).party or (scene.issuer.party if unit.kind == "prose" else "")
    if not own and enemy:
        return UNKNOWN
    if not own:
        own = _last_main(ask, unit, token)
    return _rival(ask, own, ())


def _neighbour(ask: Ask, unit: Unit, token: Token) -> Who | None:
    """Return whom "its neighbour" means: the other of the two states that matter."""
    for child in token.children:
        if child.dep_ == "poss" and token.tag_ == "NN":
            who = ask.who(child, unit)
            return _rival(ask, who.party or "", ("state", "region"))
    return None


def _rival(ask: Ask, own: str, kinds: tuple[str, ...]) -> Who:
    """Return the party that is spoken of most beside one."""
    scene = ask.scene
    named = Counter(scene.totals) or Counter(scene.counts)
    rivals = [p for p in scene.main if p != own] if own in scene.main else []
    rivals = [p for p in rivals if not kinds or scene.kind(p) in kinds]
    if not rivals:
        ranked = sorted(named.items(), key=lambda item: (-item[1], item[0]))
        barred = ("press", "court", "bloc")
        rivals = [p for p, _ in ranked if p != own and scene.kind(p) not in barred]
        rivals = [p for p in rivals if not kinds or scene.kind(p) in kinds]
    if not own or not rivals:
        return UNKNOWN
    return Who(rivals[0], None, "party", why=f"the other of {own} and {rivals[0]}")


def _last_main(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the one of the two main parties that was spoken of last as a subject."""
    scene = ask.scene
    for mention in reversed(scene.before(scene.at(unit, token))):
        if mention.subject and mention.who.party in scene.main:
            return mention.who.party or ""
    return ""
