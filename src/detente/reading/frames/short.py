"""Short answers and set phrases: "No.", "Not one.", "That's not on.", "Nonsense."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import Clause
from detente.reading.claims import Kind
from detente.reading.frames.deed import KNOWN, Deed, Holder, whole_sentence
from detente.reading.frames.draft import NOTHING, PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent
    from spacy.tokens import Token

_NO_WAY = re.compile(
    r"\b(?:out of the question|(?:that's|is|are|it's) not on\b|no way\b"
    r"|non-?starter|not acceptable|unacceptable|not negotiable|non-negotiable"
    r"|no deal\b|not an option|over my dead body|forget it|certainly not"
    r"|absolutely not|under no circumstances|not at any price|nothing doing)"
)
_NONSENSE = re.compile(
    r"^\W*(?:that's |it's |this is |that is |it is )?(?:a |an |pure |complete "
    r"|utter |total |sheer |simply )*(?:nonsense|fairy tales?|lies?|rubbish"
    r"|invention|fiction|slander|not true|untrue|false|fabrication|fantasy)\b"
)
_ASKS_DEED = re.compile(
    r"(?i)(?:\w+, )?(?:and |but |so )?(?:would|will|could|can|shall|do|does|are|is|have|has|did)\b"
)
_NO = frozenset(
    [
        "no",
        "never",
        "not one",
        "not a chance",
        "no way",
        "never again",
        "not today",
        "not now",
        "no, not one",
        "nothing",
        "none",
        "not one of them",
        "not a penny",
        "not a cent",
        "no chance",
    ]
)
_YES = frozenset(
    [
        "yes",
        "of course",
        "certainly",
        "gladly",
        "yes, we will",
        "yes, we are",
        "with pleasure",
        "yes, of course",
    ]
)


def short_answer(sent: Sent, scene: Scene) -> Outcome:
    """Read a sentence of a few words in which a party refuses, denies or answers a question."""
    if not scene.quoted or not scene.speaks:
        return PASS
    text = str(sent.text).lower()
    few = sum(t.is_alpha for t in sent) <= 9
    if few and _NO_WAY.search(text):
        return _say("refusal", sent, scene, "no way")
    if few and _NONSENSE.search(text):
        more = whole_sentence(sent.doc[sent.end]) if sent.end < len(sent.doc) else []
        scene.skip = sent.end
        return _say("denial", sent, scene, "nonsense", more)
    if few and _AGREED.match(text):
        return _say("acceptance", sent, scene, "agreed")
    if few and _NOT_A_WORD.match(text):
        other = scene.other(scene.holder_parties, sent[0])
        marks = Clause(sent.root, None, True, "", "none", False, "real", frozenset())
        silent = Holder((other,) if other else (), someone=True)
        deed = Deed(marks, scene.holder, (), silent, silent, True)
        return claim("silence", deed, scene, "not a word", silent, whole_sentence(sent.root))
    if few and _NOT_ONE.match(text):
        return _say("refusal", sent, scene, "not one")
    if few and _NOT_SO.match(text):
        return _say("denial", sent, scene, "not so")
    if _NEVER.search(text):
        return _say("refusal", sent, scene, "never")
    if _ONE_MORE.match(text):
        return _say("threat", sent, scene, "one more and")
    if _NO_NO.match(text):
        return _say("condition", sent, scene, "no this, no that")
    return _bare(sent, scene)


def _bare(sent: Sent, scene: Scene) -> Outcome:
    """Read a bare yes or no after a question."""
    if sent.start != 0:
        return PASS
    first = str(sent.text).strip().strip(".!,;—– ").casefold()
    if first not in _NO | _YES:
        return PASS
    question = _question(scene)
    if not question or not _ASKS_DEED.match(question):
        return PASS
    past = re.match(
        r"(?i)(?:did|has|have|had|was|were)\b|(?:is|are) (?:it|there|this|that)\b", question
    )
    following = whole_sentence(sent.doc[sent.end]) if sent.end < len(sent.doc) else []
    more = following if len(following) < 8 else []
    if first in _NO and past and not more:
        return PASS
    if first in _NO:
        return _say("denial" if past else "refusal", sent, scene, "no", more)
    return PASS if past else _say("acceptance", sent, scene, "yes", more)


def _question(scene: Scene) -> str:
    """Return the question that a unit answers; empty for none."""
    asked = scene.unit.question
    if asked >= 0:
        text = scene.parsed.units[asked].text.strip()
    else:
        start = scene.unit.pieces[0].start if scene.unit.pieces else 0
        text = scene.parsed.text[:start].rstrip(' \n"“‘')
    if not text.endswith("?"):
        return ""
    return re.split(r"(?<=[.!?:])\s", text)[-1]


def _say(
    kind: Kind, sent: Sent, scene: Scene, rule: str, more: list[Token] | None = None
) -> Outcome:
    """Return a claim of the unit's speaker."""
    who = scene.holder
    marks = Clause(sent.root, None, True, "", "none", False, "real", frozenset())
    holder = Holder((who.party,) if who.party else (), who.speaker or "", someone=True)
    deed = Deed(marks, who, (), holder, holder, True)
    return claim(kind, deed, scene, rule, holder, [*whole_sentence(sent.root), *(more or [])])


_AGREED = re.compile(
    r"^\W*(?:(?:that|it) )?(?:suits? us\b.{0,30}"
    r"|with (?:the )?(?:greatest|much|every) (?:of )?pleasure"
    r"|(?:yes,? )?(?:for our part,? )?(?:that|this)(?:'s| is) fine(?: (?:by|with) us)?"
    r"|we (?:are|were|'re) fine with (?:that|this|it)"
    r"|fine by (?:us|me)|fine with (?:us|me)|agreed|(?:it's a )?deal|so be it"
    r"|we're in|count us in|gladly|with pleasure|you have our word"
    r"|we have a deal)\W*$"
)
_NOT_ONE = re.compile(
    r"^\W*(?:with (?:all )?(?:due |great )?respect,? )?not (?:one|an?|a single|another) \w+"
    r"(?: more| less)?\W*$"
    r"|^\W*not (?:while|on my watch|as long as|so long as)\b.{0,40}$"
    r"|^\W*not (?:now|ever|today|from (?:me|us)|at any price"
    r"|in (?:my|our|a) .{0,20}(?:life|lifetime|name|years))\b.{0,30}$"
)
_NOT_A_WORD = re.compile(
    r"^\W*(?:so far,? )?not (?:a|one|a single|so much as an?) "
    r"(?:word|syllable|line|peep|sound|murmur|reply|answer|acknowledge?ment|call|note)\b"
)
_NOT_SO = re.compile(
    r"^\W*(?:categorically |absolutely |simply |emphatically |quite )?not (?:so|true)\W*$"
)
_NEVER = re.compile(
    r"\b(?:anyone|anybody|whoever|those|they|he|she|you)\b.{0,20}\b(?:thinks?"
    r"|believes?|expects?|imagines?|hopes?)\b.*\b(?:is|are|'s"
    r"|'re) (?:\w+ )?(?:dreaming|mistaken|deluded|in for)\b"
    r"|\bmistaken if (?:they|he|she|you) thinks?\b|\byou (?:cannot|can't) (?:ask"
    r"|expect|demand) (?:that|this|it)? ?of us\b|\bthank(?:s| you),? but no\b"
    r"|\bno,? thank(?:s| you)\b"
    r"|\ba? ?line (?:that )?(?:we|i) (?:do not|don't|will not|won't|cannot|can't|shall not) cross\b"
)
_ONE_MORE = re.compile(r"^\W*(?:one more|another|any more|a single) \w+.{0,40}\band\b")
_NO_NO = re.compile(r"^\W*no \w+(?: \w+){0,2}[,:—–-]+ no \w+")
_IDIOMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        re.compile(
            r"\b(?:leaves?|left|went|departed) without (?:a|an|any) (?:word|answer|reply)\b"
            r"|\b(?:keeps?|kept|keeping) (?:mum|silent|quiet)\b"
        ),
        "silence",
    ),
    (re.compile(r"\b(?:says?|said) yes\b"), "acceptance"),
    (re.compile(r"\b(?:says?|said) no to\b"), "refusal"),
)


def idioms(sent: Sent, scene: Scene, found: frozenset[str]) -> Outcome:
    """Read set phrases in sentences whose verb the parser took for a noun.

    ``found`` are the kinds that the sentence has given already.
    """
    if scene.question:
        return PASS
    for pattern, kind in _IDIOMS:
        match = pattern.search(str(sent.text))
        if not match or kind in found:
            continue
        for token in sent:
            if token.idx < sent.start_char + match.start() and token.text[:1].isupper():
                who = scene.who(token, plain=True)
                if who.party and who.kind in KNOWN:
                    marks = Clause(token, None, False, "", "past", False, "real", frozenset())
                    holder = Holder((who.party,), who.speaker or "")
                    deed = Deed(marks, who, (), holder, Holder(), False)
                    return claim(kind, deed, scene, "idiom", holder, whole_sentence(token))
    return PASS


_LEAD = (
    r"^\W*(?:(?:yes|no|fine|gladly|agreed|certainly|of course|perhaps|then|and|but"
    r"|well)\W+)*(?:but )?"
)
_ONLY_IF = re.compile(
    _LEAD + r"(?:only |not )?(?:if|when|once|until|till|before|unless|after|provided"
    r"|as soon as|as long as|on condition|in return|in exchange)\b"
)
_NO_WITHOUT = re.compile(
    r"^\W*(?:no|not a|not one|not a single|nothing|never)\b.*\b(?:without|unless"
    r"|until|before|short of)\b"
)
_NO_MORE = re.compile(
    r"^\W*(?:no more|an end to|enough of|out with|down with|hands off|away with"
    r"|stop the|end the|freedom for|justice for|not one more)\b"
)
_OR_NOTHING = re.compile(r"\b(?:or nothing|take it or leave it|or not at all)\b")
_ASKED = re.compile(
    r"(?:\b(?:ask|demand|want|need|insist|call|require|claim|seek)\w*\b"
    r"|\b(?:demands?|conditions?|requests?|terms|requirements?)\b).{0,60}(?:simple"
    r"|clear|following|these|this|as follows|:)\W*$|\b(?:demands?|conditions?|terms"
    r"|requests?)\b[^.]{0,25}:\W*$",
    re.IGNORECASE,
)


def fragment(sent: Sent, scene: Scene) -> Outcome:
    """Read a sentence without a main clause: "Yes, if they pay.", "Not until …"."""
    if not scene.speaks:
        return PASS
    text = str(sent.text).lower()
    if _OR_NOTHING.search(text) and len(sent) < 16:
        return _say("refusal", sent, scene, "or nothing")
    if _has_main_clause(sent):
        return PASS
    if text.lstrip("\"' ").startswith("if ") and sent.root.tag_ == "VBD":
        return PASS  # "If my aunt had wheels"
    bare = text.lstrip("\"' ").startswith(("if ", "when ", "after "))
    answers = scene.unit.question >= 0 and sent.start == 0
    if (
        _ONLY_IF.match(text)
        and "nothing" not in text.split()
        and sum(t.is_alpha for t in sent) > 3
        and (answers or not bare)
        and not re.match(r"\W*if\b.*\b(?:had|were)\b", text)
    ):
        return _say("condition", sent, scene, "only if, alone")
    if _NO_WITHOUT.match(text) and "for nothing" not in text:
        return _say("condition", sent, scene, "nothing without")
    return _say("demand", sent, scene, "slogan") if _NO_MORE.match(text) else PASS


def _has_main_clause(sent: Sent) -> bool:
    """Tell whether a sentence's root is a verb of a clause that stands alone."""
    root = sent.root
    if root.pos_ not in ("VERB", "AUX"):
        return any(t.dep_ in ("nsubj", "nsubjpass") and t.head.i == root.i for t in root.children)
    marked = any(t.dep_ == "mark" and t.lower_ in _BOUND for t in root.children)
    return (
        any(t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for t in root.children) and not marked
    )


_BOUND = listed("short: bound")


def in_a_list(sent: Sent, scene: Scene) -> Outcome:
    """Read what stands in a list of demands: after "What we ask for is simple" or "Our terms:"."""
    text = str(sent.text).strip()
    own = scene.holder.party and (scene.quoted or scene.issued)
    if scene.asking and own and scene.asking == (scene.holder.party,):
        plain = not any(
            t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in sent if t.dep_ in ("ROOT", "aux")
        )
        if plain or sent.root.tag_ == "VB":
            return _say("demand", sent, scene, "listed")
        scene.asking = ()
    ours = any(t.lower_ in listed("short: listed") for t in sent)
    if own and ours and _ASKED.search(text):
        scene.asking = (str(scene.holder.party),)
        return NOTHING if len(sent) < 14 else PASS
    return PASS
