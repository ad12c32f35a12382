"""Which language a report is in: only English is read, and nothing else is misread."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib import import_module

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6_000
"""Words that are looked at."""
_FEWEST = 12
"""Of a text with fewer words nothing is said."""
_LATIN = {
    "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "tr": "Turkish", "sv": "Swedish", "da": "Danish",
    "nb": "Norwegian", "fi": "Finnish", "ro": "Romanian", "cs": "Czech", "hu": "Hungarian",
    "hr": "Croatian", "ca": "Catalan", "id": "Indonesian", "vi": "Vietnamese", "tl": "Tagalog",
}  # fmt: skip
_SCRIPTS = {
    "CYRILLIC": "Cyrillic", "ARABIC": "Arabic", "HEBREW": "Hebrew", "GREEK": "Greek",
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "DEVANAGARI": "Devanagari", "BENGALI": "Bengali", "THAI": "Thai", "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian", "ETHIOPIC": "Ethiopic", "TAMIL": "Tamil", "KHMER": "Khmer",
}  # fmt: skip
_ENGLISH = 0.14
"""The share of English small words that any English text has; most have 0.4."""


def other_language(text: str) -> str:
    """Return what a text is written in, for people, if it is not English; else nothing.

    Parameters
    ----------
    text : str
        Plain text of a report.
    """
    script = _script(text)
    if script:
        return f"{script} letters"
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text[: 8 * _SAMPLE])]
    words = words[:_SAMPLE]
    if len(words) < _FEWEST:
        return ""
    english = _share(words, "en")
    if english >= 2 * _ENGLISH:
        return ""
    shares = {name: _share(words, code) for code, name in _LATIN.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] > max(1.3 * english, _ENGLISH):
        return best
    lower = sum(word.islower() for word in _WORD.findall(text[: 8 * _SAMPLE])) / len(words)
    if english < 0.3 * _ENGLISH and len(words) >= _FEWEST + 6 and lower > 0.6:
        return "another language"
    return ""


def _script(text: str) -> str:
    """Return the script of most of a text's letters if it is not Latin; else nothing."""
    letters = [c for c in text[: 4 * _SAMPLE] if c.isalpha()]
    odd = [c for c in letters if c > "\u024f"]
    if 2 * len(odd) <= len(letters) or len(odd) < _FEWEST:
        return ""
    counts = Counter(unicodedata.name(c, "?").split()[0] for c in odd)
    for name, _ in counts.most_common():
        if name in ("HIRAGANA", "KATAKANA") or name not in ("CJK", "LATIN"):
            return _SCRIPTS.get(name, name.capitalize())
    return "Chinese" if counts["CJK"] else ""


def _share(words: list[str], code: str) -> float:
    """Return the share of a text's words that are a language's small words."""
    small = small_words(code)
    return sum(word in small for word in words) / len(words)


@lru_cache(maxsize=32)
def small_words(code: str) -> frozenset[str]:
    """Return a language's small words, as spaCy lists them; none where it is not installed."""
    try:
        module = import_module(f"spacy.lang.{code}.stop_words")
    except ImportError:
        return frozenset(("the", "of", "and", "to", "in", "a")) if code == "en" else frozenset()
    return frozenset(module.STOP_WORDS)
