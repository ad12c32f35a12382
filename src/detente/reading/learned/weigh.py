"""Rules and tagger weighed against each other: which claims a report makes, whose, and to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from detente.reading.acts import with_acts
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.claims import Kind
from detente.reading.frames.draft import Draft
from detente.reading.frames.lists import Words
from detente.reading.frames.read import scenes
from detente.reading.frames.scene import Scene
from detente.reading.frames.subject import asks
from detente.reading.learned.belief import belief
from detente.reading.learned.candidates import Candidate, around, candidates, choices
from detente.reading.learned.mentions import mentions
from detente.reading.learned.options import Heard
from detente.reading.learned.tagger import Placed, Tagged, Tagger
from detente.reading.who.world import World

FOUND, BOTH, RULED = 0.62, 0.4, 0.2
"""A claim is made from this belief on, from 0 to 1: if the tagger finds it, both, or only a rule.

Set so that at first sight four of five claims are right. What only a rule finds, and the tagger
hardly, is in the press at large no position nine times of ten, though some of it is
(docs/explanation/reading.md).
"""
TIED = 0.24
"""The same for a condition that both find: a draft that misses one comforts people falsely, and few
are as doubtful ("only if" in a report of three sentences)."""
WHOSE, WHOM = 0.2, 0.15
"""Below these nobody is named as the one whose a claim is, or to whom."""
STANDS = 0.4
"""Whom a rule names is meant, unless somebody else is more than two and a half times as likely."""
OWNED = "named"
"""The rule of what a noun names, whose owner stands beside it: "its offer of talks"."""
MUST = "must"
"""What rules of what somebody must do have in their names: it is asked of him."""
RULE = "learnt"
"""The rule of a claim that only the tagger found."""
_ANSWERS = ("acceptance", "refusal", "silence")
_SAME = 0.6
"""Two candidates of different kinds with such a share of words in common are one."""

Pair = tuple[Unit, Draft]


@dataclass(frozen=True, eq=False)
class Weighing:
    """A report whose candidates are weighed.

    Parameters
    ----------
    tagger : Tagger
        What weighs.
    tagged : Tagged
        The report's pieces.
    spoken : Placed
        Where it speaks of somebody.
    heard : sequence of (int, str)
        Where it speaks of parties that the resolver knows.
    scenes : mapping of int to Scene
        By the number of the unit.
    candidates : sequence of Candidate
        What it may say.
    """

    tagger: Tagger
    tagged: Tagged
    spoken: Placed
    heard: Heard
    scenes: Mapping[int, Scene]
    candidates: Sequence[Candidate]

    def choices(self, one: Candidate, to: str) -> dict[str, dict[str, float]]:
        """Return who could be meant, each with what is weighed."""
        scene = self.scenes[one.unit.number]
        return choices(one, to, scene, self.tagger, self.tagged, self.spoken, self.heard)


def weighing(
    pairs: Sequence[Pair],
    parsed: Parsed,
    world: World,
    words: Words,
    tagger: Tagger,
    tagged: Tagged | None = None,
) -> Weighing:
    """Return a report with what it may say: what its rules found, and what the tagger marks."""
    tagged = tagged or tagger(parsed.text)
    known = {scene.unit.number: scene for scene in scenes(parsed, world, words)}
    made = candidates(pairs, parsed.units, tagged)
    spoken = tagged.placed(mentions(parsed, world))
    found = [
        replace(c, traits=c.traits | around(c, known[c.unit.number], tagger, tagged, spoken))
        for c in made
        if c.unit.number in known and (c.drafts or _is_so(c, known))
    ]
    told = world.mentions.get(parsed.name, ())
    heard = sorted((at, who.party) for at, who in told if who.party)
    return Weighing(tagger, tagged, spoken, heard, known, found)


def _is_so(one: Candidate, known: Mapping[int, Scene]) -> bool:
    """Tell whether words that only the tagger marks are said to be so: not supposed, denied, asked.

    Of a condition, the clause that it hangs on is asked.
    """
    head = one.head
    if one.kind == "condition" and head.dep_ == "advcl":
        head = head.head
    scene = known[one.unit.number]
    return not asks(head.sent, one.unit) and not scene.deed(head).clause.supposed


def weighed(
    pairs: Sequence[Pair],
    parsed: Parsed,
    world: World,
    words: Words,
    tagger: Tagger,
    tagged: Tagged,
) -> list[Pair]:
    """Return the claims that a report makes, in the order of its words.

    Parameters
    ----------
    pairs : sequence of (Unit, Draft)
        What the rules found.
    parsed : Parsed
        The report.
    world : World
        Who is who.
    words : Words
        Word lists.
    tagger, tagged
        What weighs them, and the report's text as it marks it.
    """
    one = weighing(pairs, parsed, world, words, tagger, tagged)
    found = [(c.unit, draft) for c in believed(one) for draft in _drafts(c, one)]
    return sorted(found, key=lambda pair: (pair[0].number, pair[1].content[0].i))


def bar_of(one: Candidate) -> float:
    """Return the belief from which a candidate becomes a claim."""
    if one.kind == "event" and "rule" in one.traits:
        return 0.0  # authors marked only the deeds that matter to a dispute; drafts ask for all
    if "rule" in one.traits:
        return RULED
    if one.kind == "condition" and one.traits["a rule agrees"]:
        return TIED
    return BOTH if one.traits["a rule agrees"] else FOUND


def believed(one: Weighing) -> list[Candidate]:
    """Return the candidates that are believed; of two kinds in the same words the likelier."""
    ranked = [(belief("claim", c.traits), c) for c in one.candidates]
    ranked = sorted(
        (pair for pair in ranked if pair[0] >= bar_of(pair[1])),
        key=lambda pair: (-pair[0], pair[1].pieces),
    )
    kept: dict[int, list[Candidate]] = {}
    for _, found in ranked:
        beside = kept.setdefault(found.unit.number, [])
        if not any(_rivals(found, other) for other in beside):
            beside.append(found)
    return [one for beside in kept.values() for one in beside]


def _rivals(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates say different things of the same words.

    An answer may well hold what it answers: "ignored the offer of talks".
    """
    if one.pieces == other.pieces:
        return True
    if one.kind == other.kind or {one.kind in _ANSWERS, other.kind in _ANSWERS} == {True, False}:
        return False
    mine, its = {t.i for t in one.words}, {t.i for t in other.words}
    return len(mine & its) > _SAME * min(len(mine), len(its))


def _drafts(one: Candidate, all_: Weighing) -> list[Draft]:
    """Return the claims of a candidate: the rules' own where there are some, else one of its words.

    Whose and to whom is weighed anew where a single claim stands.
    """
    if len(one.drafts) > 1:
        return list(one.drafts)
    rule = one.drafts[0] if one.drafts else None
    scene = all_.scenes[one.unit.number]
    doer = scene.deed(one.head).doer
    if rule is not None and rule.rule == OWNED and rule.party:
        party = rule.party
    else:
        apart = rule.target if rule is not None and one.kind == "silence" else ""
        party = _chosen(one, "party", WHOSE, rule.party if rule else "", all_, apart)
    if rule is not None and MUST in rule.rule and rule.target:
        target = rule.target
    else:
        target = _chosen(one, "target", WHOM, rule.target if rule else "", all_)
    target = "" if target == party else target
    if rule is not None:
        speaker = rule.speaker if party == rule.party else ""
        return [replace(rule, party=party, speaker=speaker, target=target)]
    speaker = doer.speaker if party and party in doer.parties else ""
    draft = Draft(
        cast(Kind, one.kind),
        party,
        speaker,
        target,
        one.words,
        (one.head,),
        one.purpose,
        RULE,
    )
    return [with_acts(draft, scene)]


def _is_name(words: str) -> bool:
    """Tell whether words can name somebody: capitals at both ends, and not a line of capitals."""
    first, last = words.split()[0], words.split()[-1]
    loud = [w for w in words.split() if len(w) > 3 and w.isupper()]
    return first[:1].isupper() and last[:1].isupper() and (not loud or len(words.split()) == 1)


def _chosen(one: Candidate, to: str, bar: float, told: str, all_: Weighing, apart: str = "") -> str:
    """Return who is likeliest meant, by a name or a known kind of body; empty for nobody.

    Whom a rule told, if it told any, is meant unless somebody else is far likelier; who stands
    ``apart`` is not: nobody is silent on his own letter.
    """
    facts = all_.scenes[one.unit.number].world.base.facts
    found = {who: (belief(to, of), of) for who, of in all_.choices(one, to).items()}
    sure, likeliest = max(
        (
            (sure, who)
            for who, (sure, of) in found.items()
            if not of.get("as noun") or who[:1].isupper() or facts.is_body(who)
            if not of.get("as name") or _is_name(who)
            if who != apart
        ),
        default=(0.0, ""),
    )
    if sure < bar or (told in found and found[told][0] >= STANDS * sure):
        return told
    return likeliest
