"""Laws of number, case, word order and missing words, by the written forms of words alone.

A tagger guesses what a word is, and guesses wrong just where a sentence is wrong. These laws ask
only what a form can be: "yields" is one's verb, "state" is one thing, "they" does something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from idioms import COUNT, IDIOMS, NAME

from detente.english.lists import small, verb_of, verbs

MODALS = "will|would|can|could|cannot|must|may|might|should|shall"

THINGS = (
    "assumption|chain|change|clash|condition|concession|demand|entry|event|figure|group|judgement|"
    "knot|line|move|mistake|offer|option|outcome|party|pattern|percentage point|position|"
    "probability|question|rate|reason|refusal|report|row|rule|situation|state|step|threat|tick|"
    "view|way|wish|word"
)
"""What dossiers count, as one."""

KINDS = r"(?:(?:other|such|independent|possible|public|more|new|further|named|single|same) )?"


def _many(one: str) -> str:
    if one.endswith("y") and one[-2] not in "aeiou":
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("sh", "ch", "s")) else f"{one}s"


NOT_DONE = r"(?! (?:it|them|nothing|no|the|that|to)\b)"
"""What follows "change" or "demand" where they are verbs, and stand for nothing counted."""

MANY = "|".join(_many(one) for one in THINGS.split("|"))

ONLY_VERBS = (
    "abandon|accept|agree|apply|arrive|attend|become|begin|bring|choose|come|consider|decide|"
    "discuss|enforce|enter|expect|explain|fall|forget|gain|get|give|go|grow|impose|insist|join|"
    "keep|know|lead|leave|lose|make|mean|meet|modify|obey|prefer|prevent|provide|pursue|put|"
    "receive|refuse|reject|remain|resume|say|seem|send|sign|sit|speak|spend|stay|stop|strike|"
    "suspend|take|tell|think|threaten|undo|wait|withdraw|write"
)
"""Base forms that are hardly ever anything but verbs."""

BE_GONE = ONLY_VERBS.replace("put|", "").replace("become|", "").replace("come|", "")

STARTS = (
    r"(?:^|^(?:In|Of|At|Under|By|For|With|Now|Then|Still|First|As)\b[^,:;]*, |[:;.] |"
    r"[,] (?:and|but|so|while|whereas|as|because|which) |\b(?:if|because|once|unless|"
    r"while|whereas|when|although|though|in which|where|until|and then|so that|before|after) )"
)
"""Where a clause begins."""

PLACE = (
    r"(?:of|from|in|at|with|without|by|for|on) (?:the |its |their |all |each |any )?"
    r"(?:(?:public|own|other|present|same) )?[a-z]+"
)

LAWS: tuple[tuple[str, str], ...] = (
    # number
    ("a count and one thing", rf"\b{COUNT} {KINDS}(?:{THINGS})\b(?![-’]){NOT_DONE}"),
    ("one and many things", rf"\b(?:one|1|each|every|another|an?|this) {KINDS}(?:{MANY})\b"
     rf"{NOT_DONE}"),
    ("all and one thing", rf"\b(?:these|those|several|few|all(?: {COUNT})?) {KINDS}(?:{THINGS})\b"),
    ("some of one thing", rf"\b(?:some|most|many|each|one|none|any|several|few|{COUNT}) of "
     rf"(?:the|these|those|its|their) {KINDS}(?!way\b|line\b)(?:{THINGS})\b"),
    ("a count that does", rf"\b{COUNT} (?:makes|changes|helps|harms|holds|takes|does|is|has|was) "
     r"(?:it|them|nothing|no|worse|better|under|not|gone|new|excluded)\b"),
    ("one that do", r"\b(?:one|1) (?:make|change|help|harm|hold|take|do|are|have) "
     r"(?:it|them|nothing|no|worse|better|under|not|gone|new|excluded)\b"),
    ("many and is", rf"\b(?:{COUNT}|these|those|both|several) {KINDS}(?:{MANY})"
     rf"(?: {PLACE})? (?:is|has|does|was)\b"),
    ("one and are", rf"(?<!of )\b(?:one|1|each|every|no|an?|this|another) {KINDS}(?:{THINGS})"
     rf"(?: {PLACE})? (?:are|have|do|were)\b"),
    ("each of many are", r"\b(?:each|one|none|either|neither) of (?:them|these|those|the two) "
     r"(?:are|have|do)\b"),
    ("no one are", r"\b(?:no one|no party|nobody|somebody|everybody) (?:are|have|do|were)\b"),
    ("they and is", r"(?<!of )\b(?:they|we|both|all three|the two|the others) (?:is|has|does|"
     r"was)\b"),
    ("it and are", rf"{STARTS}it (?:are|have|do|were)\b"),
    ("there is many", rf"\bthere (?:is|was) (?:no |only |still )?(?:{COUNT}|many|several|"
     rf"{MANY})\b"),
    ("there are one", rf"\bthere (?:are|were) (?:only )?(?:(?:one|an?|1)\b|(?:no "
     rf")?(?:{THINGS})\b)"),
    # case
    ("it for its", r"\b(?:it|they|them) (?:mind|own|first|second|third|best|worst|range|wish|"
     r"wishes|missteps|position|demands?|refusals?|conditions?|programmes|government|objection|"
     r"interest|advantage|\d+(?:st|nd|rd|th))\b"),
    ("an object that does", rf"(?:^|[,;:] |\b(?:that|if|because|once|unless|which|when|and|as|"
     rf"but) )"
     rf"(?:them|him|us|me) (?:{MODALS}|do|does|did|are|is|have|has|not)\b"),
    ("a subject after a preposition", r"\b(?:of|for|with|by|without|from|to|between) (?:they|he|"
     r"we)\b"),
    ("others and itself", r"\b(?:others|parties|they|both)\b[^.;:]*, \w+ing itself\b"),
    ("it and themselves", r"\b(?:it|no party|each party) [^.;:,]*\bthemselves\b"),
    ("several and its own", rf"^{NAME} and {NAME} [^:;.]*[:,;][^:;.]*\bof its own\b"),
    ("its before a verb", r"\bits (?:is|are|has|was|will|would|can|could|does|not|a|the)\b"),
    # verbs
    ("to left out", rf"\b(?:refus(?:e|es|ed|als?|ing)|wish(?:es)? (?:is|was)|wants?|able|have|has|"
     rf"pledge|pledges|promise|promises|agrees?|offers?|threatens?) (?:not )?(?:{BE_GONE})\b"),
    ("not and no to", rf"(?:[:,;]|\b(?:wants?|is|are|wish)) not (?:{BE_GONE})\b"),
    ("and not and no to", rf"^(?!.*\b(?:{MODALS})\b).*\b(?:and|or) not (?:{BE_GONE})\b"),
    ("sit down and no to", r"\bsits? down (?:talk|discuss|accept|negotiate|meet)\b"),
    ("be and a bare verb", rf"\b(?:be|is|are|been|being|was|were|has|have) (?:{BE_GONE})\b"),
    ("a bare verb after a preposition", r"\b(?:by|without|of|from|instead of|on|before|after|"
     rf"stops?|avoids?) (?:{BE_GONE})\b"),
    # missing words
    ("what and no verb", r"\bwhat (?:the|its|their|an?) [a-z]+(?: and\b| or\b| but\b|[.,;:])"),
    ("from and a clause", r"(?<!some )(?<!most )(?<!all )(?<!none )(?<!each )(?<!any )\b(?:from|"
     r"on|to|"
     r"about|by) (?:the )?(?:parties|others|author|model|party) (?:want|wants|said|says|mean|means|"
     r"expect|lists?)\b"),
    ("a modal and no verb", rf"\b(?!should the)(?:{MODALS}) (?:either way|(?:and|or|the|an?|its|"
     rf"their|of|from|"
     r"with|into|than)\b(?! (?:cannot|will|would|could|can|not)\b)|[.,;])"),
    ("worked and no out", r"\bwork(?:s|ed)? (?:what|how|who|which)\b"),
    ("bring and no about", r"\bbring (?:it|that|talks|war|peace)(?: for good)?(?=[.,;:]| (?:if|"
     r"when|"
     r"only|together|alone|on|for|and|or|in|with)\b)"),
    ("take and no back", r"\btakes? (?:its|their) (?:condition|refusal|word|demand|objection)\b"),
    ("stand and no in", r"\bstands? the way\b"),
    ("go back and no on", r"\bgo(?:es)? back (?!on\b|to\b)"),
    ("least and no at", r"(?<!at )(?<!the )(?<!of )\bleast (?:one|two|three|\d)\b"),
    ("worse off and no is", r"(?<!is)(?<!are)(?<! be)(?<!was)(?<!were)(?<!been)(?<!being) no "
     r"(?:worse|"
     r"better) off\b"),
    ("than left out", r"\b(?:better|worse) off (?:today|now|it is|before)\b"),
    ("to left out before talk", r"\bcomes? (?:down )?war\b"),
    # small words that cannot stand beside each other
    ("an article and no noun", r"\b(?-i:[Tt]he|an?|An|[Ii]ts|[Tt]heir|[Ee]very) (?:of|in|on|by|"
     r"with|from|for|at|to|and|or|if|that|than|is|are|was|has|have|does|will|would|can|could|not|"
     r"which|who|about|it|them)\b"),
    ("a preposition and a finite verb", r"\b(?:of|by|with|from|for|at|in|on|to) (?:has|"
     r"(?<!to )have|does|would|could|can|will|cannot|must)\b"),
    ("two prepositions", r"\b(?:by|of|with|from|to|for|at) (?:in|of|by|with|on|for|from)\b"
     r"(?! (?:it|them|which|themselves|itself|at|itself|the grade))"),
    ("a helper and no verb", r"\b(?:does|do|did|will|would|can|could|cannot) not (?:the|an?|its|"
     r"their|of|"
     r"in|on|with|from|for|at|to)\b"),
    ("not after its verb", r"\b(?:does|do|did|will|would|could) (?!not\b|still\b)[a-z]+ not\b"),
    ("a modal, it and no verb", r"(?<!so )(?<!nor )(?<!how )(?<!than )\b(?:can|could|would) "
     r"(?:it|them) "
     r"(?:about|[a-z]+)\b[^?]*$"),
    ("longer no", r"\blonger no\b|\bto not\b"),
    ("a count and an article", rf"(?<!of the )\b{COUNT} (?:the|an?)\b(?! (?:others|other)\b)"),
    ("a particle before its verb", r"\b(?:about|aside|down|back|up|out) (?:comes?|stands?|sits?|"
     r"brings?|takes?|can|could|would)\b"),
    ("its and no noun", r"\bits(?=[.,;:)]| (?:about|in|on|if|from|only|alone|becomes|makes|takes|"
     r"gains|comes|needs|together|with|by)\b)"),
    ("an article and a verb", r"\b(?:the|an?|its|their|every) (?:abandon|accept|agree|apply|"
     r"attend|"
     r"become|bring|choose|consider|decide|discuss|enforce|enter|expect|explain|give|impose|insist|"
     r"join|keep|know|lose|meet|modify|obey|prefer|prevent|provide|receive|refuse|remain|send|sit|"
     r"take|tell|threaten|undo|withdraw|write|is|are)\b"),
    ("a direction and no article", r"(?<!the )(?<!The )\b(?-i:North|South)\b(?! (?-i:[A-Z])|’)"),
    ("an order and no article", r"\b(?:than|from|of|to|in|for|with|by) (?:present|same|nearest|"
     r"cheapest|"
     r"next|likeliest|former|latter) [a-z]+"),
    ("better and no for", r"\b(?:better|worse|best) (?:the|all|both|each|any|every)\b"),
    ("enough and no to", rf"\benough (?:{BE_GONE})\b"),
    ("a name and another name", r"\b(?-i:[Tt]he (?:[A-Z]\w+ )+the [A-Z])"),
    ("a plural of no word", r"\b[a-z]+[b-df-hj-np-tv-xz]ys\b"),
    ("off before what is counted", r"\b(?<!better )(?<!worse )(?<!well )off (?:which|them|these|"
     r"those|\d+|two|three|the two|all)\b"),
    # more of number
    ("an ordinal and many", rf"\b\d+(?:st|nd|rd|th) (?:best |worst )?(?:{MANY})\b"),
    ("are and one thing", rf"\b(?:are|were) (?:all |only |both )?(?:{THINGS})\b(?=[.,;:]| of\b| "
     rf"that\b)"),
    ("all other and one", r"\b(?:all|the) other (?:gain|lose|move|do|are|have|answer|stay|act|"
     r"agree)\b"),
    ("there is many of it", r"\bthere (?:is|was) (?:no |only )?(?!always\b|less\b|perhaps\b|this\b)"
     r"[a-z]+(?<!s)(?<!u)(?<!i)s(?=[.,;:]| (?:in|if|and|or|at|on|is|before)\b)"),
    ("there are one of it", r"\bthere (?:are|were) (?:no |only )?(?!many\b|several\b|others\b|"
     r"people\b|"
     r"two\b|three\b|more\b|few\b)[a-z]+(?<!s)(?=[.,;:]| (?:in|if|at|is|before)\b)"),
    # more of verbs
    ("to and -ing", r"(?<!agree )(?<!objection )(?<!objections )(?<!lead )(?<!leads )(?<!agrees "
     r")(?<!close )"
     r"\bto (?!bring\b|sing\b|king\b|anything\b|nothing\b|everything\b|something\b)[a-z]{2,}ing\b"),
    ("it takes and no to", r"\bit takes (?:(?! to ).)*? together (?!to\b)"),
    ("refusal and no to", r"\brefusals? (?!to\b|is\b|are\b|was\b|and\b|or\b|has\b|have\b|would\b|"
     r"could\b|"
     r"stands?\b|rests?\b|alone\b|that\b|which\b|in\b|as\b|can\b)[a-z]+"),
    ("a name and not", rf"^{NAME} not (?!to\b|only\b|all\b|even\b)[a-z]+"),
    ("a name and no verb", rf"{STARTS}{NAME} (?:on|at|into) "),
    # order
    ("so and inverted", r"\bso (?:are|is|was|were) (?:there|it|they)\b"),
    ("how and inverted", r"\bhow (?:often|much|likely|far|many|firmly|long) (?:\w+s|are|do|have|"
     r"can|"
     r"will|would) (?:anybody|any\b|no\b|the\b|an?\b|it\b|they\b|each\b|every)[^?]*$"),
    ("what and inverted", r"\bwhat (?:wants|want|can|does|do|will|would|could) (?:the|it|they|"
     r"each|"
     r"every|any|no|(?-i:[A-Z]\w+))\b[^?]*$"),
    ("a word before its article", r"(?<!at )\b(?:new|old|own|cheapest|nearest|public|possible|"
     r"smallest|"
     r"likeliest|further|named|independent|present|next|third|earlier|later) (?:the|an?)\b"),
    ("a verb before its subject", r"\b(?:(?:if|because|once|unless|whether|although|whereas|while) "
     r"(?:comes|would|could|can|will|goes|holds|wants|takes) (?:it|they|there|the|(?-i:[A-Z]\w+))|"
     r"that (?:comes|would|could|can|will|goes) (?:it|they|there)|(?:that|if|because|once|unless|"
     r"whether|although|whereas|while) (?:is|are|has|have|does|do) (?:it|they|there))\b"),
    ("a modal and a far verb", rf"\b(?:{MODALS}) (?:to|from|in|with) [^.;,]*\b(?:lead|talk|come|"
     rf"sit|"
     r"go|move|bring|take)\b"),
    ("not before its helper", r"\bnot (?:does|do|is|are|has|will|would|can|could)\b"),
    ("only before a subject", r"\bonly together (?:can|could)\b(?! the)"),
    ("an adverb between", rf"\b(?:{BE_GONE}) (?:already|never|always|finally|then) (?:the|an?|"
     rf"its|it)\b"),
)  # fmt: skip
"""What never stands in a sentence of ours."""


def disorders(sentence: str) -> Iterator[str]:
    """What these laws find wrong with one sentence."""
    for law, rule in (*LAWS, *IDIOMS):
        keep = 0 if "[A-Z]" in rule and "(?-i:" not in rule else re.IGNORECASE
        match = re.search(rule, sentence, keep)
        if match:
            yield f"{law}: {match.group()!r}"
    yield from _after_modals(sentence)
    yield from _joined_subjects(sentence)
    yield from _single_subjects(sentence)
    yield from _counted_subjects(sentence)
    yield from _that_subjects(sentence)
    yield from _past_after_to(sentence)
    yield from _wanted(sentence)
    yield from _bare_nouns(sentence)
    yield from _owners(sentence)
    yield from _institutions(sentence)
    yield from _bare_verbs(sentence)


@cache
def _pasts() -> frozenset[str]:
    """Past forms and participles that are no base form of any verb."""
    known = verbs()
    pasts = {form for f in known.values() for form in (f.past, f.participle)}
    return frozenset(form for form in pasts if form not in known and form.isalpha())


def _form(word: str) -> str:
    found = verb_of(word)
    return found[1] if found else ""


def _after_modals(sentence: str) -> Iterator[str]:
    """A modal, or "do", and a form that is not bare: "can prevents", "could moved"."""
    adverbs = "not|then|also|finally|always|never|still|only|each|both|all|instead|already|alone"
    rule = rf"\b({MODALS}|do not|does not|did not)((?: (?:{adverbs}))*) ([a-z]+)\b"
    for match in re.finditer(rule, sentence):
        word = match[3]
        if word in ("this", "thus", "perhaps"):
            continue
        if _form(word) in ("s", "ing") or (word in _pasts() and word not in ("well", "left")):
            yield f"no bare verb after {match[1]}: {match.group()!r}"
    helped = rf"\b(should|does|did|had) ({NAME}|it|they) ([a-z]+)\b"
    for match in re.finditer(helped, sentence):
        if _form(match[3]) == "s":
            yield f"no bare verb after {match[1]}: {match.group()!r}"


NOT_VERBS = frozenset(("is", "has", "does", "was"))


def _is_third(word: str) -> bool:
    return word in NOT_VERBS or _form(word) == "s"


def _is_base(word: str) -> bool:
    if word in ("are", "have", "do", "were"):
        return True
    quiet = small("prepositions") | small("determiners") | small("pronouns")
    others = ("together", "alone", "like", "near", "even", "back", "last", "can", "will", "may")
    return _form(word) == "base" and word not in quiet and word not in others


def _joined_subjects(sentence: str) -> Iterator[str]:
    """Two names and one's verb: "Washington and Pyongyang talks"."""
    for match in re.finditer(rf"({STARTS})({NAME}) and ({NAME}) ([a-z]+)\b", _opened(sentence)):
        if _is_third(match[4]) and match[2].split()[-1] not in ("Between", "Both"):
            yield f"two and one's verb: {match.group()!r}"
    for match in re.finditer(rf"\b[Ee]ither ({NAME}) or ({NAME}) ([a-z]+)\b", sentence):
        if _is_base(match[3]):
            yield f"either and many's verb: {match.group()!r}"


def _opened(sentence: str) -> str:
    """A sentence whose first word has its small letter where it is "the"."""
    return re.sub(r"^The ", "the ", sentence)


def _single_subjects(sentence: str) -> Iterator[str]:
    """One name and many's verb: "if North Korea sit down"."""
    for match in re.finditer(rf"({STARTS})({NAME}) ([a-z]+)\b", _opened(sentence)):
        last = match[2].split()[-1]
        known = match[2].removeprefix("the ") in ("United States", "United Nations", "Netherlands")
        if last.endswith("s") and not known:
            continue
        if match[2].split()[0] in FIRST_WORDS or not _is_base(match[3]):
            continue
        yield f"one and many's verb: {match.group()!r}"
    for match in re.finditer(rf"(?<!and )\b({NAME}) no longer ([a-z]+)\b", sentence):
        known = match[1].endswith("United States")
        if _is_base(match[2]) and (known or not match[1].endswith("s")):
            yield f"one and many's verb: {match.group()!r}"


FIRST_WORDS = frozenset([
    "All", "Some", "Most", "Many", "None", "Both", "Two", "Three", "Four", "Five", "Six", "Seven",
    "Eight", "Nine", "Ten", "Those", "These", "They", "We", "You", "The", "There", "What", "Who",
    "How", "Once", "If", "When", "As", "At", "On", "In", "Of", "To", "Not", "No", "Nor",
    "Neither", "Either", "Each", "Every", "Copies", "Squares", "Figures", "Patterns", "Shapes",
    "Talks", "Read", "Under", "Put", "Give", "Say", "Add", "Twelve", "Eleven", "Where", "Nothing",
    "Only", "Other", "Others", "Judged", "Changes", "Clashes", "Wishes", "Things", "Knots",
    "Heights", "More", "One", "It", "That", "This", "Which", "Whatever", "For", "From", "By",
    "With", "Without",
])  # fmt: skip
"""Words with which a sentence begins that are no names."""


def _counted_subjects(sentence: str) -> Iterator[str]:
    """One thing or several, and a verb of the other number: "no move of its own lead"."""
    rest = rf"(?:{PLACE} )?([a-z]+)"
    one = rf"(?<!of )\b(?:one|each|every|no|another|any) {KINDS}(?:stated )?(?:{THINGS}) {rest}"
    for match in re.finditer(one, sentence, re.IGNORECASE):
        if _is_base(match[1]):
            yield f"one thing and many's verb: {match.group()!r}"
    told = rf"\b(?:no|{COUNT}|these|those|both|all) {KINDS}(?:stated )?(?:{MANY}) {rest}"
    for match in re.finditer(told, sentence, re.IGNORECASE):
        if _is_third(match[1]):
            yield f"many things and one's verb: {match.group()!r}"


def _that_subjects(sentence: str) -> Iterator[str]:
    """After "that", where nothing is demanded, one name and many's verb."""
    for match in re.finditer(rf"\bthat ({NAME}) ([a-z]+)\b", sentence):
        asked = re.search(r"\b(?:demand|condition|insist|ask|want)", sentence[: match.start()])
        name = match[1]
        plural = name.endswith("s") and not name.endswith("United States")
        if asked is None and not plural and _is_base(match[2]):
            yield f"one and many's verb: {match.group()!r}"


def _past_after_to(sentence: str) -> Iterator[str]:
    """A past form after "to": "to talked"."""
    for match in re.finditer(r"\bto ([a-z]+)\b", sentence):
        if match[1] in _pasts() and match[1].endswith(("ed", "t", "n", "d", "w", "e")):
            yield f"no bare verb after to: {match.group()!r}"


def _bare_verbs(sentence: str) -> Iterator[str]:
    """A bare verb that has no helper: "by raid the posts", "while leave it", "what hold now"."""
    takes = r"(?:the|an?|its|their|it|them|any|all|no|nothing|both|away)"
    rule = rf"\b(?:by|without|while|of|from|before|after|instead of) ([a-z]+) {takes}\b"
    for match in re.finditer(rule, sentence):
        if _is_base(match[1]):
            yield f"a bare verb: {match.group()!r}"
    for match in re.finditer(r"\bto ([a-z]+) (?:the|an?|its|their|it|them)\b", sentence):
        if _form(match[1]) == "s":
            yield f"no bare verb after to: {match.group()!r}"
    both = re.match(
        r"(?:It|This) ([a-z]+) [^,;:]*, and ([a-z]+) (?:if|on|to|from|with|when)\b", sentence
    )
    if both and _is_third(both[1]) and _is_base(both[2]):
        yield f"one and many's verb: {both[2]!r}"
    for match in re.finditer(r"\b[Ww]hat ([a-z]+) (?:now|and|from|if|before|after)\b", sentence):
        if _is_base(match[1]) and match[1] not in small("often nouns"):
            yield f"a bare verb: {match.group()!r}"


JOINS = r"(?:to|that|which|who)\b"


def _wanted(sentence: str) -> Iterator[str]:
    """What is wanted of somebody without "to": "wants the United States strike first"."""
    who = rf"{NAME}|it|them|the [a-z]+(?: (?!{JOINS})[a-z]+)?"
    rule = rf"\bwants? ({who}) (?:not )?(?!{JOINS})([a-z]+)\b"
    for match in re.finditer(rule, sentence):
        if _is_base(match[2]):
            yield f"want without to: {match.group()!r}"


SINGLE = (
    "strike|step|refusal|condition|offer|demand|threat|situation|party|assumption|concession|"
    "forecast|model|region|peninsula|outcome|invitation|reservoir|dam|program|agreement|stalemate|"
    "judgement|guess|clash|knot|wish|section|danger|order|plant|first|second|government|delegation|"
    "guideline|mediator|road|line|sector|border|probability"
)
"""Things that one can count, and that do not stand alone."""

BEFORE_NO_NOUN = "of|in|from|by|with|for|on|at|as|into|against|without|is|and|or|because|than"
VERBS_OF = (
    "answers?|begins?|breaks?|bears?|prevents?|makes?|takes?|fills?|signs?|accepts?|modif(?:y|ies)|"
    "drops?|withdraws?|leaves?|meets?|keeps?|carr(?:y|ies)|launch(?:es)?|abandons?|brings? about"
)


def _bare_nouns(sentence: str) -> Iterator[str]:
    """A single thing without an article: "answers strike", "follows from first"."""
    after = (
        r"(?=[.,;:)]| (?:is|has|that|of|and|or|can|could|which|if|in|to|before|would|will|by)\b)"
    )
    idioms = r"(?!party by|step by|condition that|first and|danger (?:is|and))"
    for before in (f"(?:{VERBS_OF})", f"(?:{BEFORE_NO_NOUN})"):
        kind = "(?:(?:new|public|present|single|modified|full) )?"
        rule = rf"\b{before} {idioms}{kind}(?:{SINGLE}){after}"
        for match in re.finditer(rule, sentence):
            last = match.group().split()[-1]
            if last in ("first", "second") and not re.match(
                rf"(?:{BEFORE_NO_NOUN})\b", match.group()
            ):
                continue
            verbal = last in small("often nouns") or verb_of(last) is not None
            joins = match.group().split()[0] in ("and", "or", "that", "because", "than", "as")
            if (verbal and joins) or match.group() in ("at first", "in danger", "in order"):
                continue
            yield f"no article: {match.group()!r}"


def _owners(sentence: str) -> Iterator[str]:
    """One owner and "their": "the local government … their 4th best"."""
    words = sentence.split() or [""]
    for match in re.finditer(r"\b(?:their|them|they)\b", sentence):
        before = sentence[: match.start()]
        plural = re.search(
            r"\b(?:and|or|parties|others|they|all|both|two|three|four|five|several|these|those|"
            r"them|each other|Koreas|[a-z]{3,}s)\b",
            re.sub(rf"^{NAME} (?:is|has|does|was|[a-z]+s)\b", "", before),
        )
        if (
            plural is None
            and words[0] not in FIRST_WORDS - {"The"}
            and re.match(
                rf"(?:The [a-z]+ [a-z]+(?<!s)|(?!The ){NAME}) (?:is|has|does|was|[a-z]+s)\b",
                sentence,
            )
        ):
            yield f"one and their: {sentence!r}"


HEADS = "Ministry|Council|Union|Commission|Organization|Authority|Agency|Parliament|Senate|Treasury"


def _institutions(sentence: str) -> Iterator[str]:
    """An institution without its article: "Ontario Ministry of the Environment can"."""
    for match in re.finditer(rf"((?:[A-Z][a-z]+ )*(?:{HEADS})\b)(?!:)", sentence):
        words = match[1].split()
        if words[0] in ("The", "An", "A"):
            continue
        before = sentence[: match.start()].rstrip().rsplit(" ", 1)[-1].lower().strip("(“‘")
        if before in ("the", "an", "a", "its", "their", "this", "all", "no") or before.endswith(
            "’s"
        ):
            continue
        if before[:1].isdigit() or before.endswith("’"):
            continue
        yield f"no article: {match[1]!r}"
