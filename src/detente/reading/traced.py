"""A text that was changed, and where each of its characters stands in the text as it was given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from detente.reading.paragraphs import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a text and what stands in their place; of one length they keep their order."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class _Step:
    """One round of edits: where each lay before, and where it lies after."""

    before: tuple[Span, ...]
    after: tuple[Span, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.after]

    def start(self, at: int) -> int:
        """Return where a character that begins something stood before."""
        k = bisect_right(self._starts, at) - 1
        if k < 0:
            return at
        old, new = self.before[k], self.after[k]
        if at >= new.end:
            return old.end + at - new.end
        same = old.end - old.start == new.end - new.start
        return old.start + (at - new.start if same else 0)

    def end(self, at: int) -> int:
        """Return where what ends before ``at`` ended before."""
        k = bisect_right(self._starts, at - 1) - 1
        if k < 0:
            return at
        old, new = self.before[k], self.after[k]
        if at > new.end:
            return old.end + at - new.end
        same = old.end - old.start == new.end - new.start
        return old.start + at - new.start if same else old.end

    def parts(self, span: Span) -> list[Span]:
        """Return what some characters were before, without what was taken out between them."""
        k = bisect_right(self._starts, span.start)
        cuts = [span.start]
        while k < len(self.after) and self.after[k].start < span.end:
            if self.after[k].start == self.after[k].end:
                cuts.append(self.after[k].start)
            k += 1
        cuts.append(span.end)
        return [Span(self.start(a), self.end(b)) for a, b in pairwise(cuts) if a < b]


@dataclass(frozen=True)
class Traced:
    """A text with the steps that made it of the text as given.

    Parameters
    ----------
    text : str
        What it is now.
    steps : tuple
        The rounds of edits, the first one first.
    """

    text: str
    steps: tuple[_Step, ...] = field(default=(), repr=False)

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """Return the text with some edits made; they come in order and do not overlap."""
        parts: list[str] = []
        before: list[Span] = []
        after: list[Span] = []
        done = length = 0
        for edit in edits:
            if self.text[edit.start : edit.end] == edit.new:
                continue
            parts += [self.text[done : edit.start], edit.new]
            length += edit.start - done
            before.append(Span(edit.start, edit.end))
            after.append(Span(length, length + len(edit.new)))
            length += len(edit.new)
            done = edit.end
        if not before:
            return self
        parts.append(self.text[done:])
        return Traced("".join(parts), (*self.steps, _Step(tuple(before), tuple(after))))

    def given(self, span: Span) -> Span:
        """Return the characters of the text as given that some of this text stand for."""
        start, end = span.start, span.end
        for step in reversed(self.steps):
            start, end = step.start(start), step.end(end)
        return Span(start, max(start, end))

    def parts(self, span: Span) -> list[Span]:
        """Return the same without what was taken out in between, such as marks of emphasis."""
        found = [span]
        for step in reversed(self.steps):
            found = [part for one in found for part in step.parts(one)]
        return found
