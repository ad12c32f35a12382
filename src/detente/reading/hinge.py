"""The word on which the deed of a claim hangs: behind verbs that only ask, offer, refuse or carry.

"Renewed its demand for a visit" speaks of a visit, "ruled out pulling its soldiers back" of
pulling them back, "the prison was out of the question" of nothing that a verb in it tells.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.frames.draft import Draft
from detente.reading.frames.sets import listed
from detente.reading.predicates import (
    ANSWERS,
    VERBAL,
    brought,
    is_tag,
    meant,
    root_of,
    within,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.frames.scene import Scene

_TIMES = frozenset(["day", "moment", "minute", "hour", "time"])
_BARGAINS = frozenset(["return", "exchange", "turn"])
_TIMELY = ("in", "at", "within", "during", "before", "after", "by", "as", "since", "until", "under")
"""Prepositions by which a verb of asking says when, where or as what, and not for what."""
_CARRIERS = frozenset(["be", "need", "have", "want", "plan", "decide", "try", "make", "stop"])
_OWN_DEEDS = ("pressure", "threat", "event", "support", "condition")
"""Kinds whose verb is the deed itself."""
_OWN_RULES = ("will not", "cannot", "must", "stays", "will do good")
_WHEN = ("DATE", "TIME")
_NAMES = ("ORG", "GPE", "NORP", "PERSON")


class Hinge:
    """Finds the word on which the deed of one draft hangs."""

    def __init__(self, scene: Scene, draft: Draft) -> None:
        self.scene = scene
        self.draft = draft
        words = scene.words
        self.carriers: Collection[str] = (
            words.act_demand
            | words.act_offer
            | words.act_accept
            | words.act_refuse
            | words.act_threaten
            | words.speech
            | words.tell
            | _CARRIERS
        )
        self.nouns = draft.kind not in _OWN_DEEDS and draft.rule not in _OWN_RULES

    def __call__(self, tokens: Sequence[Token]) -> Token | None:
        """Return the word on which the deed that some words tell hangs; None where none does."""
        root = self._first(tokens)
        if root is None:
            return None
        for _ in range(4):
            inner = self._inner(root)
            if inner is None:
                break
            root = inner
        if root.tag_ == "MD":
            root = meant(root) or root
        return root

    def _first(self, tokens: Sequence[Token]) -> Token | None:
        """Return the word on which some words hang."""
        cue = [t for t in self.draft.cue if t.pos_ in VERBAL]
        if self.draft.rule == "stays" and cue and not self.draft.purpose:
            return cue[0]
        bound = self.draft.kind == "condition"
        root = root_of(_behind_conjunction(tokens) if bound else tokens)
        if root is None:
            inside = {t.i for t in tokens}
            begins = [t for t in tokens if t.pos_ == "ADP" and t.head.i not in inside]
            root = next((c for t in begins for c in kids(t, "pcomp", "pobj")), None)
        if root is not None and lemma(root) in _TIMES:
            return next(iter(kids(root, "relcl", "acl")), root)
        if root is not None and lemma(root) in _BARGAINS and low(root.head) == "in":
            return within(root) or root  # "in return for a suspension"
        return root

    def _carries(self, root: Token) -> bool:
        """Tell whether a verb only brings the deed that is meant."""
        return bool(self.scene.deed(root).keys & set(self.carriers))

    def _inner(self, root: Token) -> Token | None:
        """Return what a verb of asking, offering or refusing brings: a clause, else a noun."""
        if root.pos_ in ("NOUN", "PROPN"):
            return within(root) if lemma(root) in (*ANSWERS, *listed("deed names")) else None
        if root.pos_ == "ADJ":
            return next(iter(kids(root, "xcomp")), None)
        refused = kids(root, "csubj") if self.draft.kind == "refusal" else []
        if lemma(root) == "be" and refused:
            return refused[0]  # "withdrawing the suit was out of the question"
        if root.pos_ in VERBAL and (behind := self._behind(root)) is not None:
            return behind
        if root.pos_ not in VERBAL or not (self._carries(root) or self.refuses(root)):
            return None
        clauses = [c for c in brought(root) if c.pos_ in VERBAL and not is_tag(c, root)]
        if any(not self.scene.party(o) for o in kids(root, "dobj")):
            clauses = [c for c in clauses if low(c.head) != "for"]  # "an apology for what he said"
        cue = root.i in {t.i for t in self.draft.cue}
        if lemma(root) == "stop" and not cue:
            return None
        if not clauses and cue and self.draft.kind == "demand":
            upon = [p for p in kids(root, "prep") if low(p) in ("on", "upon")]
            whom = [o for p in upon for o in kids(p, "pobj")]
            clauses = [c for o in whom for c in kids(o, "acl", "relcl") if c.tag_ == "VB"]
        if not (clauses or kids(root, "dobj")):  # "threatened on Thursday to close its harbours"
            clauses = [c for c in kids(root, "advcl") if has_child(c, ("to",), "aux")]
        if clauses:
            return clauses[0]
        ready = kids(root, "acomp")
        if lemma(root) in ("be", "have", "make"):
            inner = [c for a in ready for c in kids(a, "xcomp")]
            told = inner or [c for c in kids(root, "attr") if kids(root, "csubj")]
            return told[0] if told else None
        if not (cue and self.nouns):
            return None
        objects = kids(root, "dobj")
        preps = [c for c in kids(root, "prep", "prt") if low(c) not in _TIMELY]
        objects += [p for c in preps for p in kids(c, "pobj")]
        if kids(root, "nsubjpass"):
            objects = kids(root, "nsubjpass") + objects
        objects = [
            o
            for o in objects
            if o.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET") and o.ent_type_ not in _WHEN
        ]
        return self._asked(root, objects)

    def refuses(self, root: Token) -> bool:
        """Tell whether a verb is the refusal itself, and no deed: "threw out the plan"."""
        return self.draft.rule == "refuses" and root.i in {t.i for t in self.draft.cue}

    def _behind(self, root: Token) -> Token | None:
        """Return the deed behind a verb that by itself says nothing.

        "It falls to our neighbour to produce the sheets", "had no mandate to suspend anything",
        "ruled out pulling its soldiers off the ridge".
        """
        if self.draft.rule == "up to":
            found = [*kids(root, "xcomp"), *(c for c in kids(root, "advcl") if kids(c, "mark"))]
            found += [c for a in kids(root, "attr") for c in kids(a, "acl", "relcl")]
            return next((c for c in found if c.pos_ in VERBAL), None)
        cue = root.i in {t.i for t in self.draft.cue}
        if cue and self.draft.kind == "demand" and self.nouns and not self._carries(root):
            named = [o for o in kids(root, "dobj") if lemma(o) in ANSWERS]
            return within(named[0]) if named else None  # "renewed its request for a visit"
        if self.draft.kind != "refusal":
            return None
        if lemma(root) == "rule" and not kids(root, "dobj"):
            out = kids(root, "prt")
            return next((c for c in kids(root, "advcl") if out and c.i == out[0].i + 1), None)
        if lemma(root) in ("have", "see", "find"):
            named = [o for o in kids(root, "dobj") if lemma(o) in listed("deed names")]
            behind = within(named[0]) if named else None
            return behind if behind is not None and behind.pos_ in VERBAL else None
        return None

    def _asked(self, root: Token, objects: list[Token]) -> Token | None:
        """Return the noun of what is asked: not of whom."""
        if objects and lemma(objects[0]) in ANSWERS and within(objects[0]) is None:
            for_ = [p for c in kids(root, "prep") if low(c) == "for" for p in kids(c, "pobj")]
            objects = for_ or objects  # "turned down a request by the town for a ferry"
        things = [o for o in objects if not self.scene.party(o) or o.ent_type_ not in _NAMES]
        if low(root) and len(things) > 1 and things[0].pos_ == "PROPN":
            things = things[1:]
        return things[0] if things else None


def _behind_conjunction(tokens: Sequence[Token]) -> list[Token]:
    """Return words without "provided" before them, which the parser may take for a verb."""
    kept = list(tokens)
    return kept[1:] if kept and low(kept[0]) in ("provided", "providing") else kept
