"""The regular forms of an English verb, and room for the irregular ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Forms:
    """The five written forms of a verb."""

    base: str
    third: str
    past: str
    participle: str
    ing: str


def inflect(base: str, irregular: Sequence[str] = ()) -> Forms:
    """Return the forms of a verb.

    Parameters
    ----------
    base : str
        ``"say"``.
    irregular : sequence of str
        Past, past participle and -ing form as far as they are irregular, in that order; a
        missing participle repeats the past.
    """
    past = irregular[0] if irregular else _regular_past(base)
    participle = irregular[1] if len(irregular) > 1 else past
    ing = irregular[2] if len(irregular) > 2 else _regular_ing(base)
    return Forms(base, _third(base), past, participle, ing)


def _third(base: str) -> str:
    """Return the third person singular."""
    if _ends_in_y(base):
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base + "s"


def _regular_past(base: str) -> str:
    """Return the regular past."""
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if _ends_in_y(base) else base + "ed"


def _regular_ing(base: str) -> str:
    """Return the regular -ing form."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + "ing"


def _ends_in_y(base: str) -> bool:
    """Tell whether the verb ends in a y after a consonant."""
    return base.endswith("y") and len(base) > 1 and base[-2] not in _VOWELS
