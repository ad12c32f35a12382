"""Set phrases: "turned a deaf ear", "our patience is running out", "the answer is no"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from detente.reading.analysis.marks import has_child, kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import NOTHING, PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_FAR = 9
"""So many words after the verb may hold the rest of a phrase."""
_DENIABLE = frozenset(["offer", "acceptance", "support", "concession"])
_ASIDE = listed("setphrases: aside")
_FUTURE = frozenset(["will", "would", "shall"])
_OFFERED = {"pressure": "threat", "concession": "offer", "support": "support"}
"""What a deed is while it is only announced."""


def set_phrase(deed: Deed, scene: Scene) -> Outcome:
    """Read a phrase of the lists, with the polarity that it needs."""
    if deed.clause.supposed or scene.authors_own(deed):
        return PASS
    words = _after(deed.verb)
    rows = scene.phrases.get(deed.lemma, ())
    for rest, sign, kind in sorted(rows, key=lambda row: (-len(row[0]), _end(row[0], words))):
        denied = sign == "not"
        if sign == "can" and deed.modal not in ("can", "could"):
            continue
        if not (_near(rest, words) if deed.lemma == "be" else in_order(rest, words)):
            continue
        if kind == "threat" and _over(deed):
            continue
        if kind in _DEEDS and not _told(deed):
            continue
        if rest[-1:] == ["side"] and any("sides" in word for word in words):
            continue
        if deed.lemma == "hear" and not deed.modal and kind == "refusal":
            continue
        if denied != _denied(deed):
            if not denied and kind in _DENIABLE and (deed.modal in _FUTURE or deed.present):
                kind = "refusal"
            else:
                continue
        elif (
            deed.negated and kind in _DENIABLE and not {"no", "nothing"} & set(rest) and not denied
        ):
            kind = "denial" if deed.past and deed.spoken else "refusal"  # "gave no undertaking"
        return _take(kind, deed, scene)
    return _said(deed, scene)


def _end(rest: Sequence[str], words: Sequence[frozenset[str]]) -> int:
    """Return after how many words a phrase's last word stands: the nearer phrase is meant."""
    last = rest[-1] if rest else ""
    return next((n for n, word in enumerate(words) if last in word), len(words))


def _near(rest: Sequence[str], words: Sequence[frozenset[str]]) -> bool:
    """Tell whether words stand right after "be", in order, with little between."""
    return in_order(rest, words[: len(rest) + 2])


_DEEDS = frozenset(["pressure", "concession", "acceptance"])
_ALMOST = listed("done: nearly")
_LEADING = listed("setphrases: leading")


def _told(deed: Deed) -> bool:
    """Tell whether a deed is told as done or announced: "almost closed", "to close" are not."""
    if has_child(deed.verb, _ALMOST, "advmod"):
        return False
    if deed.past or deed.present or deed.modal:
        return True
    head = deed.verb.head
    by = deed.verb.dep_ == "pcomp" and low(head) == "by" and head.head.tag_ in ("VBD", "VBN")
    led = deed.verb.dep_ == "xcomp" and lemma(head) in _LEADING
    return by or led or (deed.verb.dep_ == "advcl" and deed.verb.tag_ == "VBG")


def _over(deed: Deed) -> bool:
    """Tell whether a harm was done already, so that nobody threatens it any more."""
    loose = deed.verb.tag_ == "VBG" and not kids(deed.verb, "aux")
    done = deed.past and not deed.modal
    return (loose or done) and deed.lemma not in listed("setphrases: announcing")


def _denied(deed: Deed) -> bool:
    """Tell whether the verb itself is denied, not a noun after it."""
    if has_child(deed.verb, ("not", "n't", "never", "nor", "neither")):
        return True
    if deed.negated and deed.verb.dep_ == "conj" and has_child(deed.verb.head, ("nor",), "cc"):
        return True
    return deed.negated and not any(
        has_child(o, ("no",), "det") or low(o) in ("nothing", "none") for o in _nouns(deed)
    )


def _nouns(deed: Deed) -> list[Token]:
    """Return the nouns that may carry a "no" of the phrase's own."""
    return [*kids(deed.verb, "dobj", "attr", "nsubj", "nsubjpass"), *deed.objects]


def _after(verb: Token) -> list[frozenset[str]]:
    """Return the words after a verb, as written and in base form."""
    end = min(verb.sent.end, verb.i + 1 + _FAR)
    aside = {x.i for p in kids(verb, "prep") if low(p) in _ASIDE for x in p.subtree}
    own = {t.i for t in verb.subtree} - aside
    return [frozenset((low(t), lemma(t))) for t in verb.doc[verb.i + 1 : end] if t.i in own]


def in_order(rest: Sequence[str], words: Iterable[frozenset[str]]) -> bool:
    """Tell whether words stand in this order among others."""
    left = list(rest)
    for word in words:
        if left and left[0] in word:
            left.pop(0)
    return not left


def _take(kind: str, deed: Deed, scene: Scene) -> Outcome:
    """Return the claim of a phrase."""
    if kind in ("heard", "waits"):
        if deed.modal or (deed.past and kind == "waits" and deed.verb.tag_ == "VBD"):
            return PASS
        other = _from(deed, scene) or scene.other(deed.doer.parties, deed.verb)
        return claim("silence", deed, scene, "set phrase", Holder((other,) if other else ()))
    could = deed.modal == "could" and bool(
        deed.by or scene.quoted or deed.negated or kind == "acceptance"
    )
    if deed.modal and deed.modal not in _FUTURE | {"can"} and not could:
        return PASS
    bare = deed.modal == "would" and not deed.by and not scene.quoted and not scene.issued
    if bare and not deed.negated:
        return PASS
    if not deed.known and not (deed.voice.named and deed.spoken):
        return PASS
    if kind == "refusal" and deed.after & scene.words.reports:
        kind = "denial"
    later = deed.modal in _FUTURE and not deed.negated
    kind = _OFFERED.get(kind, kind) if later else kind
    holder = deed.doer if deed.known else deed.voice
    return claim(kind, deed, scene, "set phrase", holder) if kind in get_args(Kind) else NOTHING  # type: ignore[arg-type]


def _from(deed: Deed, scene: Scene) -> str:
    """Return whom nothing was heard from."""
    near = [*kids(deed.verb, "prep"), *(p for c in deed.verb.children for p in kids(c, "prep"))]
    return next(
        (
            scene.party(p)
            for prep in near
            if low(prep) in ("from", "of")
            for p in kids(prep, "pobj")
        ),
        "",
    )


def _said(deed: Deed, scene: Scene) -> Outcome:
    """Read a phrase about a thing, said by a party: "our patience is running out"."""
    subject = deed.clause.subject
    if subject is None or not deed.spoken or not deed.voice.named:
        return PASS
    if deed.lemma not in listed("setphrases: said") or deed.modal:
        return PASS
    words = [
        frozenset((low(subject), lemma(subject))),
        frozenset((low(deed.verb), deed.lemma)),
        *_after(deed.verb),
    ]
    for rest, kind in scene.sayings:
        if (
            rest[0] in ("off", "out", "fall")
            and deed.lemma == "be"
            and lemma(subject) in scene.words.harm_nouns
        ):
            continue
        sign = rest[0] == "not"
        if sign == deed.negated and in_order(rest[1:] if sign else rest, words):
            return claim(kind, deed, scene, "saying", deed.voice)  # type: ignore[arg-type]
    return PASS


def phrases_of(entries: Mapping[str, str]) -> dict[str, list[tuple[list[str], str, str]]]:
    """Return verbs to (the words after them, "not", "can" or "", kind), the longest first."""
    found: dict[str, list[tuple[list[str], str, str]]] = {}
    for entry, kind in entries.items():
        parts = entry.split()
        sign = parts[0] if parts[0] in ("not", "can") else ""
        verb, *rest = parts[1:] if sign else parts
        found.setdefault(verb, []).append((rest, sign, kind))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def sayings_of(entries: Mapping[str, str]) -> tuple[tuple[list[str], str], ...]:
    """Return (words in order, kind) of the phrases that are said of things."""
    return tuple((entry.split(), kind) for entry, kind in entries.items())
