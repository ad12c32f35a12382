"""Acts that nouns name in a sentence.

"Its demand was that …", "a truce is a precondition for talks", "called the offer an insult",
"stuck to its refusal to …", "it is time that …".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import PASS, Outcome, first
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRECONDITION = listed("named: precondition")
_WISHES = listed("named: wishes")
_CALLS = listed("named: calls")
_INSULTS = listed("named: insults")
_UP_TO = re.compile(
    r"\b(?:it is|it's|it was) for\b|\b(?:it is|it's|it was|is"
    r"|was) (?:now )?(?:high |about )?(?:time|up to"
    r"|incumbent)\b|\b(?:it|this|that) (?:now )?(?:falls?|fell|lies|rests) (?:to"
    r"|with|on)\b|ball (?:is|was) (?:now )?in\b|\bits turn to\b"
)
_HOLDING = listed("named: holding")


def named_act(deed: Deed, scene: Scene) -> Outcome:
    """Read the acts that a subject, a complement or an object names."""
    if deed.clause.supposed or scene.authors_own(deed):
        return PASS
    rules = (_has_my_backing, _wish_is, _precondition, _calls, _holds_to, _up_to, _depends, _ties)
    return first(rules, deed, scene)


def _has_my_backing(deed: Deed, scene: Scene) -> Outcome:
    """Read "the staff have my backing": support of the speaker for the subject."""
    own = any(has_child(o, ("my", "our"), "poss") for o in deed.objects)
    if deed.lemma != "have" or deed.negated or not own or not deed.voice.named:
        return PASS
    if deed.object_words & (scene.words.noun_support | {"sympathy", "vote", "trust"}):
        to = deed.who.party or ""
        return claim("support", deed, scene, "has my backing", deed.voice, target=to)
    return PASS


def _noun_kind(noun: Token, scene: Scene) -> Kind | None:
    """Return the kind of act that a noun names."""
    words, base = scene.words, lemma(noun)
    if base in (words.noun_demand - {"condition", "claim", "call", "complaint"}) | _WISHES:
        return "demand"
    if base in ("condition", "precondition"):
        return "condition"
    if base in listed("named: noun kind"):
        return "offer"
    if base in words.noun_refusal - {"no", "objection"}:
        return "refusal"
    return "threat" if base in ("threat", "ultimatum") else None


def _owner(noun: Token, deed: Deed, scene: Scene) -> Holder:
    """Return whose act a noun names: "Kenya's demand", "our condition"."""
    for token in (
        *kids(noun, "poss"),
        *(
            p
            for prep in kids(noun, "prep")
            if low(prep) in ("of", "from", "by")
            for p in kids(prep, "pobj")
        ),
    ):
        if low(token) in ("our", "my"):
            return deed.voice
        who = scene.who(token)
        if who.party or who.speaker:
            return Holder((who.party,) if who.party else (), who.speaker or "")
    for token in kids(noun, "amod", "compound", "nmod"):
        party = scene.party(token)
        if party:
            return Holder((party,))
    return Holder()


def _wish_is(deed: Deed, scene: Scene) -> Outcome:
    """Read "its key demand was that …", "our only condition is an apology"."""
    subject = deed.clause.subject
    if (
        deed.lemma not in listed("named: wish is")
        or subject is None
        or deed.negated
        or subject.i > deed.verb.i
    ):
        return PASS
    kind = _noun_kind(subject, scene)
    told = kids(deed.verb, "attr", "ccomp", "xcomp", "dobj") or (
        deed.lemma != "be" and kids(deed.verb, "acomp")
    )
    if kind is None or not told or deed.modal in ("would", "could", "may", "might"):
        return PASS
    holder = _owner(subject, deed, scene)
    return claim(kind, deed, scene, "named act", holder) if holder.named else PASS


def _precondition(deed: Deed, scene: Scene) -> Outcome:
    """Read "a truce is a precondition for talks"."""
    attrs = [a for a in kids(deed.verb, "attr") if lemma(a) in _PRECONDITION]
    subject = deed.clause.subject
    if (
        deed.lemma not in ("be", "remain")
        or not attrs
        or subject is None
        or not deed.voice.named
        or deed.negated
    ):
        return PASS
    goals = [p for p in kids(attrs[0], "prep") if low(p) in ("for", "of", "to")]
    if not goals and lemma(attrs[0]) != "must":
        return PASS
    purpose = [t for p in goals for t in p.subtree]
    return claim(
        "condition",
        deed,
        scene,
        "precondition",
        deed.voice,
        [*subject.subtree, deed.verb, attrs[0]],
        purpose=purpose,
    )


def _calls(deed: Deed, scene: Scene) -> Outcome:
    """Read "called the offer an insult", "the demands were deemed unacceptable by the firm"."""
    if (
        deed.lemma not in _CALLS
        or deed.negated
        or not deed.known
        or deed.modal
        or (deed.clause.passive and not kids(deed.verb, "agent"))
    ):
        return PASS
    words = scene.words
    said = {w for t in deed.verb.subtree if t.i > deed.verb.i for w in (low(t), lemma(t))}
    about = deed.after | said | deed.suffers
    if said & words.false and about & words.reports and not said & words.noun_offer:
        return claim("denial", deed, scene, "calls false")
    theirs = [o for o in kids(deed.verb, "dobj", "ccomp") for c in kids(o, "poss", "nsubj")]
    third = deed.doer.parties and deed.doer.parties[0] not in scene.world.main
    if said & listed("named: praises") and theirs and third and not said & words.hopeless:
        return claim("support", deed, scene, "calls just")
    matters = words.noun_offer | words.noun_demand | listed("named: calls 2")
    pointed = any(low(c) in ("that", "it", "this") for c in deed.verb.subtree if c.i > deed.verb.i)
    if said & (words.hopeless | _INSULTS | words.false) and (about & matters or pointed):
        return claim("refusal", deed, scene, "calls unacceptable")
    return PASS


def _holds_to(deed: Deed, scene: Scene) -> Outcome:
    """Read "stuck to its refusal to share the data", "repeated its threat to leave"."""
    if deed.lemma not in _HOLDING or deed.negated or not deed.known or deed.modal:
        return PASS
    near = [*deed.objects, *(p for prep in kids(deed.verb, "prep") for p in kids(prep, "pobj"))]
    for noun in near:
        kind = _noun_kind(noun, scene)
        own = has_child(noun, ("its", "their", "his", "her", "our", "my"), "poss")
        if kind is not None and own:
            return claim(kind, deed, scene, "holds to")
    return PASS


def _up_to(deed: Deed, scene: Scene) -> Outcome:
    """Read "it is time that Ethiopia opened …", "it is up to the firm to move"."""
    if deed.lemma not in ("be", "fall", "lie", "rest") or not deed.spoken or deed.negated:
        return PASS
    if not deed.voice.named:
        return PASS
    if not _UP_TO.search(deed.text):
        return PASS
    words = {low(t) for t in deed.verb.subtree}
    if "time" in words and kids(deed.verb, "attr", "acomp"):
        attr = next((a for a in kids(deed.verb, "attr") if lemma(a) == "time"), None)
        asked = [
            t for t in deed.verb.subtree if t.dep_ in ("nsubj", "nsubjpass") and t.i > deed.verb.i
        ]
        if attr is not None and asked:
            return claim("demand", deed, scene, "up to", deed.voice, target=scene.party(asked[0]))
    if deed.lemma != "be" and kids(deed.verb, "xcomp") and "to" in words:
        return claim("demand", deed, scene, "up to", deed.voice)
    for token in deed.verb.subtree:
        names = token.dep_ in ("nsubj", "pobj") and token.i > deed.verb.i
        if names and (party := scene.party(token)) and party not in deed.voice.parties:
            return claim("demand", deed, scene, "up to", deed.voice, target=party)
    return PASS


def _depends(deed: Deed, scene: Scene) -> Outcome:
    """Read "that depends on whether …", "hinges on an apology"."""
    bound = [a for a in kids(deed.verb, "acomp") if low(a) in listed("named: conditional")]
    at = bound[0] if bound and deed.lemma in ("be", "remain", "stay") else deed.verb
    near = [*kids(at, "prep"), *kids(deed.verb, "prep")]
    on = [p for p in near if low(p) in ("on", "upon") or (bound and low(p) == "to")]
    hangs = (
        deed.lemma in ("depend", "hinge", "rest", "hang", "turn", "pivot") or at.i != deed.verb.i
    )
    if not hangs or not on or not deed.spoken or not deed.voice.named:
        return PASS
    if deed.modal in ("may", "might", "could") or (deed.past and not deed.by):
        return PASS
    subject = deed.clause.subject
    purpose = list(subject.subtree) if subject is not None else []
    return claim(
        "condition",
        deed,
        scene,
        "depends",
        deed.voice,
        [t for p in on for t in p.subtree],
        purpose=purpose,
    )


def _ties(deed: Deed, scene: Scene) -> Outcome:
    """Read "linked the return of the boats to the release", "made talks conditional on …"."""
    if (
        deed.negated
        or not deed.known
        or deed.clause.passive
        or deed.modal in ("could", "might", "may")
    ):
        return PASS
    to = [p for p in kids(deed.verb, "prep") if low(p) in ("to", "with", "on", "upon")]
    made = deed.lemma == "make" and re.search(
        r"\b(?:conditional|contingent|dependent) (?:up)?on\b|\ba condition (?:of|for)\b"
        r"|\bsubject to\b",
        deed.sentence,
    )
    tied = deed.lemma in listed("named: ties") and to and deed.objects
    if not (made or tied):
        return PASS
    purpose = [t for o in kids(deed.verb, "dobj") for t in o.subtree] if tied else []
    return claim("condition", deed, scene, "ties", purpose=purpose)
