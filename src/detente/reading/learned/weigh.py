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

FOUND, BOTH, RULED = 0.65, 0.24, 0.1
"""A claim is made from this belief on, from 0 to 1: if the tagger finds it, both, or only a rule.

The first is set on the sets held back, so that five of six such claims are right there. The others
are lower: what is said in the plainest words ("the sanctions should end") is rarer in those sets
than in the press. With 0.6, 0.5 and 0.3 for the three, precision at first sight is ten points
more (docs/explanation/reading.md).
"""
WHOSE, WHOM = 0.2, 0.2
"""Below these nobody is named as the one whose a claim is, or to whom."""
RULE = "learnt"
"""The rule of a claim that only the tagger found."""
_ANSWERS = ("acceptance", "refusal", "silence")
_DEEDS = ("acceptance", "concession", "event", "offer", "pressure", "refusal", "support")
"""Kinds that are, as a rule, his who does what the words tell, where the grammar knows him."""
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
    own = doer.parties[0] if one.kind in _DEEDS and doer.parties else ""
    party = (rule.party if rule else own) or _chosen(one, "party", WHOSE, all_)
    target = (rule.target if rule else "") or _chosen(one, "target", WHOM, all_)
    target = "" if target == party else target
    if rule is not None:
        return [replace(rule, party=party, target=target)]
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


def _chosen(one: Candidate, to: str, bar: float, all_: Weighing) -> str:
    """Return who is likeliest meant, by a name or a known kind of body; empty for nobody."""
    ranked = (
        (belief(to, traits), party)
        for party, traits in all_.choices(one, to).items()
        if not traits.get("as noun") or party[:1].isupper()
        if not traits.get("as name") or _is_name(party)
    )
    sure, party = max(ranked, default=(0.0, ""))
    return party if sure >= bar else ""
