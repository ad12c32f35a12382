"""One report's text, cut into paragraphs, quotations, sentences and attributions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.reading.attribution import Attribution, attributions, introduction
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Lexicon
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.quotes import Quote, quotes, uses_single_marks
from detente.reading.sentences import Sentence, sentences
from detente.reading.tokens import Tokens
from detente.reading.transcript import transcript_line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what was found in it."""

    span: Span
    quotes: list[Quote]
    sentences: list[Sentence]
    attributions: list[Attribution]


def read_text(tokens: Tokens, lexicon: Lexicon, g: Grammar) -> list[Paragraph]:
    """Return the paragraphs of a text with their attributions, in order."""
    text = tokens.text
    found: list[Paragraph] = []
    for span in paragraphs(text):
        marks = quotes(text, span, uses_single_marks(text, span))
        row = sentences(tokens, span, marks, lexicon)
        said = transcript_line(row) or attributions(row, g)
        if found and len(said) == 1 and said[0].cue is None:
            said = [_introduced(found[-1], said[0], g)]
        found.append(Paragraph(span, marks, row, said))
    return found


def _introduced(before: Paragraph, said: Attribution, g: Grammar) -> Attribution:
    """Return a quoted paragraph with the source that a colon before it names, if any."""
    last = before.sentences[-1]
    found = introduction(last, None, g) if len(last) else None
    return said if found is None else replace(said, source=found[0], cue=found[1])
