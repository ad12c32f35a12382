"""Names fit for formulas, made from words that people wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from detente.case.formula import is_word

_RESERVED = ("not", "and", "or", "if", "iff")


def identifier(text: str, kind: str, taken: Collection[str] = ()) -> str:
    """Return a name fit for formulas, made from the words of a label.

    Parameters
    ----------
    text : str
        Any words.
    kind : str
        What it names, such as ``"option"``; stands in for words without a letter.
    taken : collection of str
        Names that must not come out; a number tells the new one from them.

    Examples
    --------
    >>> identifier("US Support", "party")
    'us_support'
    >>> identifier("2nd dam", "option"), identifier("If", "option"), identifier("—", "option")
    ('option_2nd_dam', 'if_', 'option')
    >>> identifier("Full", "option", {"full"})
    'full_2'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    words = "".join(c if is_word(c) else " " for c in folded)
    name = re.sub(r"\W+", "_", words).strip("_") or kind
    if not re.match(r"[^\W\d]", name):
        name = f"{kind}_{name}"
    if name in _RESERVED:
        name += "_"
    unique, n = name, 1
    while unique in taken:
        n += 1
        unique = f"{name}_{n}"
    return unique


def identifiers(labels: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return a name for each label, all different.

    Parameters
    ----------
    labels : iterable of str
        Any words, in the order in which names are given out.
    kind : str
        What they name, such as ``"option"``.
    """
    names: dict[str, None] = {}
    for label in labels:
        names[identifier(label, kind, names)] = None
    return tuple(names)
