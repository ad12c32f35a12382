"""What the reader knows of English, loaded from the word lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from detente.english.inflect import Forms, inflect
from detente.errors import ReportError
from detente.opening import bytes_of
from detente.reading.wordfile import WordFile, sections

WordSet = frozenset[str]

MAX_BYTES = 5_000_000
"""Most of one word list."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb.

    Parameters
    ----------
    lemma : str
        The base form.
    form : str
        ``base``, ``s``, ``past`` (past tense or participle) or ``ing``.
    frames : frozenset of str
        What may follow; :file:`words/reporting.txt` lists the frames.
    brings : frozenset of str
        Prepositions that bring what was said.
    """

    lemma: str
    form: str
    frames: WordSet
    brings: WordSet

    @property
    def weak(self) -> bool:
        """Whether a clause or quotation marks must follow."""
        return "weak" in self.frames


@dataclass(frozen=True)
class Lexicon:
    """Every list the rules use.

    Parameters
    ----------
    lists : mapping
        Heading to words; see :meth:`words`.
    meanings : mapping
        Heading to (word to what is said of it), for the lists that have meanings.
    verbs : mapping
        Lower-case form to reporting verb.
    """

    lists: Mapping[str, WordSet]
    meanings: Mapping[str, Mapping[str, str]]
    verbs: Mapping[str, Verb]

    def words(self, heading: str) -> WordSet:
        """Return the words under a heading, empty where no file has it."""
        return self.lists.get(heading, frozenset())

    def meaning(self, heading: str) -> Mapping[str, str]:
        """Return word to what is said of it under a heading, empty where no file has it."""
        return self.meanings.get(heading, {})


def load(extra: Path | None = None) -> Lexicon:
    """Return the lexicon of the package, with a user's own lists added.

    Parameters
    ----------
    extra : Path, optional
        A word-list file, or a folder of ``*.txt`` files.

    Raises
    ------
    ReportError
        If the extra lists cannot be read.
    """
    return _own() if extra is None else _build([*_packaged(), *_extra(extra)])


@lru_cache(maxsize=1)
def _own() -> Lexicon:
    """Return the package's own lexicon."""
    return _build(_packaged())


def _packaged() -> list[WordFile]:
    """Return the files that come with the package, by name."""
    folder = resources.files("detente.reading") / "words"
    found = [f for f in folder.iterdir() if f.name.endswith(".txt")]
    return [WordFile(f.name, f.read_text("utf-8")) for f in sorted(found, key=lambda f: f.name)]


def _extra(path: Path) -> list[WordFile]:
    """Return a user's word files."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise ReportError(f"{path}: no word list here; a word list is a .txt file")
    try:
        return [WordFile(str(f), bytes_of(f, MAX_BYTES).decode("utf-8-sig")) for f in files]
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ReportError(f"{path}: this word list cannot be read ({why})") from error


def _build(files: Iterable[WordFile]) -> Lexicon:
    """Make the lexicon from parsed files."""
    parsed = sections(files)
    return Lexicon(
        lists={heading: frozenset(entries) for heading, entries in parsed.items()},
        meanings=parsed,
        verbs=_verbs(parsed.get("verbs", {})),
    )


def _verbs(entries: Mapping[str, str]) -> dict[str, Verb]:
    """Return every form of every reporting verb; of two readings the earlier verb's holds."""
    found: dict[str, Verb] = {}
    for lemma, meaning in entries.items():
        head, *irregular = (part.strip() for part in meaning.split(";"))
        frames = frozenset(f for f in head.split() if not f.startswith("+"))
        brings = frozenset(f[1:] for f in head.split() if f.startswith("+"))
        forms = inflect(lemma, irregular)
        for form, written in _named(forms):
            found.setdefault(written, Verb(lemma, form, frames, brings))
    return found


def _named(forms: Forms) -> list[tuple[str, str]]:
    """Return (name of the form, how it is written); past and participle read alike."""
    return [
        ("past", forms.past),
        ("past", forms.participle),
        ("s", forms.third),
        ("ing", forms.ing),
        ("base", forms.base),
    ]
