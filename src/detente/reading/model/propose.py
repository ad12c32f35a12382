"""A pile read by a model too: passage by passage, several at once, each answer judged."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any, TypeVar

from detente.reading.analysis.parser import analysed
from detente.reading.claims import Claim, with_ids
from detente.reading.model.endpoint import Client, Endpoint, ModelError, Reply, json_of
from detente.reading.model.guard import DROPPED, Ground, ground, judged
from detente.reading.model.log import Entry, Log, question_key
from detente.reading.model.prompt import SCHEMA, Passage, messages, passages
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.plain import Plain, plain
from detente.reading.reader import Reader
from detente.reading.report import Report
from detente.reading.who.world import World

AT_ONCE = 4
"""Questions that are under way together."""

CUT = "cut off"
NO_JSON = "no JSON"
FAULTS: Mapping[str, str] = {
    CUT: "an answer cut off at the longest length allowed",
    NO_JSON: "an answer not in the form that was asked for",
}
"""Why a whole answer is dropped, for people."""

INTERRUPTED = "interrupted; what had been answered is kept"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """Whom to ask, and within what limits.

    Parameters
    ----------
    endpoint : Endpoint
        Where the model answers.
    log : Log
        Every question and answer is written down there.
    replay : mapping of str to Reply, optional
        Answers of an earlier time by the key of their question; nothing is asked anew then.
    max_tokens : int
        Tokens of questions and answers together; no more is asked once they are used up.
    seconds : float
        No more is asked after this time.
    at_once : int
        Questions under way together.
    """

    endpoint: Endpoint
    log: Log = field(default_factory=Log)
    replay: Mapping[str, Reply] | None = None
    max_tokens: int = 2_000_000
    seconds: float = 3_600.0
    at_once: int = AT_ONCE


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model found in a pile.

    Parameters
    ----------
    claims : tuple of tuple of Claim
        Of each report, those of the rules among them; who found each says its ``by``.
    dropped : dict of str to int
        Reason to number, for proposals and for whole answers.
    asked, passages : int
        Questions answered, and how many there were.
    tokens : int
        Of questions and answers, as the endpoint counts them.
    stopped : str
        Why not everything was asked; empty if it was.
    """

    claims: tuple[tuple[Claim, ...], ...]
    dropped: Mapping[str, int]
    asked: int
    passages: int
    tokens: int
    stopped: str = ""

    def sentence(self, tokens: int | None = None) -> str:
        """Return the count of what was proposed, kept and dropped, and of tokens, in words.

        Parameters
        ----------
        tokens : int, optional
            How many were used, where more was asked than for these.
        """
        kept = [c for part in self.claims for c in part if c.by in ("model", "both")]
        both = sum(c.by == "both" for c in kept)
        n = sum(self.dropped.values())
        reasons = "; ".join(
            f"{DROPPED.get(why) or FAULTS[why]}: {count:,}"
            for why, count in sorted(self.dropped.items(), key=lambda item: (-item[1], item[0]))
        )
        told = "No claim of the model's was kept"
        if kept:
            told = (
                f"{_counted(len(kept), 'claim')} proposed by the model, {both or 'none'} of them"
                " found without it as well; every quotation stands in the reports"
            )
        told += f"; {_counted(n, 'proposal')} dropped"
        told += f" ({reasons})" if reasons else ""
        return f"{told}; {_counted(self.tokens if tokens is None else tokens, 'token')} used."


def _counted(n: int, what: str) -> str:
    """Return a number of things that had something done to them."""
    return f"{n:,} {what} was" if n == 1 else f"{n:,} {what}s were"


def proposed(
    reports: Sequence[Report],
    read: Sequence[Sequence[Claim]],
    rules: Reader,
    asked: Asked,
    progress: Progress,
) -> Proposed:
    """Return what a model, held against the reports, adds to what the rules read.

    Parameters
    ----------
    reports : sequence of Report
        Those that count: no copies.
    read : sequence of sequence of Claim
        What the rules read in each.
    rules : Reader
        The rules, for the grammar of a clause and for who is who.
    asked : Asked
        Whom to ask.
    progress : callable
        Told the step, how many passages are done and how many there are.

    Raises
    ------
    ModelError
        If the endpoint cannot be used at all: nothing was answered.
    """
    shown = [plain(report) for report in reports]
    parsed = analysed([one.plain for one in shown])
    world = World(parsed, frozenset(), rules.parties, rules.lexicon)
    grounds = [ground(one, world, rules.words, own) for one, own in zip(parsed, read, strict=True)]
    sides = sorted({p.label for p in rules.parties} | {c.party for r in read for c in r if c.party})
    jobs = [
        (number, passage)
        for number, one in enumerate(parsed)
        for passage in passages(one.name, paragraphs(one.text))
    ]
    run = _Run(grounds, sides, asked)
    stopped = run.through(jobs, progress)
    parts = [
        _together(own, found, text) for own, found, text in zip(read, run.found, shown, strict=True)
    ]
    return Proposed(tuple(parts), dict(run.dropped), run.answered, len(jobs), run.tokens, stopped)


Judge = Callable[[object], tuple[str, ...]]


class Answering:
    """Asks single questions, has each answer judged as JSON, and writes both down.

    What cannot be asked is not judged; ``stopped`` tells why, empty if all was asked, ``fault``
    what was wrong with the last answer as a whole, and ``used`` how many tokens have been used.

    Parameters
    ----------
    asked : Asked
        Whom to ask.
    before : Proposed
        What it was asked before: tokens count on, and who was interrupted is asked no more.
    """

    def __init__(self, asked: Asked, before: Proposed) -> None:
        self._asked = asked
        self.used = before.tokens
        self.fault = ""
        self.stopped = INTERRUPTED if before.stopped == INTERRUPTED else ""

    def __call__(self, told: list[dict[str, str]], schema: Mapping[str, Any], judge: Judge) -> None:
        """Ask one question."""
        endpoint = self._asked.endpoint
        if self._asked.replay is not None:
            reply = self._asked.replay.get(question_key(endpoint.model, told))
            if reply is None:
                self.stopped = "what it was asked is not in the log"
            else:
                self._judged(reply, judge)
            return
        self.stopped = self.stopped or used_up(self._asked, self.used)
        if self.stopped:
            return
        try:
            with Client(endpoint) as client:
                reply = in_thread(client.ask, told, schema).result()
        except ModelError as error:
            self.stopped = str(error)
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        else:
            fates = self._judged(reply, judge)
            self._asked.log.add(Entry(endpoint.model, tuple(told), reply, fates))

    def _judged(self, reply: Reply, judge: Judge) -> tuple[str, ...]:
        """Return the fates of an answer's proposals; an answer that is none is told."""
        self.used += reply.sent + reply.received
        answer = json_of(reply.text)
        useful = isinstance(answer, dict)
        self.fault = "" if useful else FAULTS[NO_JSON if reply.whole else CUT]
        return judge(answer)


def used_up(asked: Asked, tokens: int, seconds: float = 0.0) -> str:
    """Return which limit is used up; empty for none."""
    if tokens >= asked.max_tokens:
        return f"{asked.max_tokens:,} tokens were used up"
    if seconds > asked.seconds:
        return f"{asked.seconds:g} seconds were used up"
    return ""


Value = TypeVar("Value")


def in_thread(function: Callable[..., Value], *arguments: Any) -> Future[Value]:
    """Return the future of a call that nobody has to wait for: not even the end of the program."""
    future: Future[Value] = Future()

    def run() -> None:
        try:
            future.set_result(function(*arguments))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


class _Run:
    """Asks, judges and counts."""

    def __init__(self, grounds: Sequence[Ground], sides: Sequence[str], asked: Asked) -> None:
        self._grounds = grounds
        self._sides = sides
        self._asked = asked
        self._begun = time.monotonic()
        self.found: list[list[Claim]] = [[] for _ in grounds]
        self.dropped: Counter[str] = Counter()
        self.answered = 0
        self.tokens = 0
        self._unanswered: list[str] = []

    def through(self, jobs: Sequence[tuple[int, Passage]], progress: Progress) -> str:
        """Ask about all passages; return why it stopped early, empty if it did not."""
        if self._asked.replay is not None:
            return self._replayed(jobs, progress)
        waiting = list(reversed(jobs))
        done = 0
        under_way: dict[Future[Reply], tuple[int, Passage]] = {}
        with Client(self._asked.endpoint) as client:
            try:
                while waiting or under_way:
                    spent = time.monotonic() - self._begun
                    why = used_up(self._asked, self.tokens, spent)
                    while waiting and not why and len(under_way) < self._asked.at_once:
                        job = waiting.pop()
                        under_way[in_thread(self._ask, client, *job)] = job
                    if not under_way:
                        return why
                    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                        number, passage = under_way.pop(future)
                        waiting += [(number, half) for half in self._taken(future, number, passage)]
                        done += 1
                        progress("asking the model", done, done + len(waiting) + len(under_way))
            except KeyboardInterrupt:
                return INTERRUPTED
        n = len(self._unanswered)
        return f"{n} passage{'s' * (n != 1)} got no answer: {self._unanswered[0]}" if n else ""

    def _replayed(self, jobs: Sequence[tuple[int, Passage]], progress: Progress) -> str:
        missing = 0
        waiting = list(reversed(jobs))
        while waiting:
            number, passage = waiting.pop()
            key = question_key(self._asked.endpoint.model, self._messages(number, passage))
            reply = (self._asked.replay or {}).get(key)
            if reply is None:
                missing += 1
            else:
                waiting += [(number, half) for half in self._judged(reply, number, passage)]
            progress("replaying", len(jobs) - len(waiting), len(jobs))
        if not missing:
            return ""
        told = "passages are" if missing > 1 else "passage is"
        return f"{missing} {told} not in the log, and not asked"

    def _messages(self, number: int, passage: Passage) -> list[dict[str, str]]:
        parsed = self._grounds[number].parsed
        return messages(passage, parsed.text, self._sides, parsed.report.date or None)

    def _ask(self, client: Client, number: int, passage: Passage) -> Reply:
        return client.ask(self._messages(number, passage), SCHEMA)

    def _taken(self, future: Future[Reply], number: int, passage: Passage) -> Iterator[Passage]:
        """Judge one answer; yield the halves of a passage whose answer was cut off."""
        try:
            reply = future.result()
        except ModelError as error:
            if not self.answered:
                raise
            self._unanswered.append(str(error))
            return
        yield from self._judged(reply, number, passage)

    def _judged(self, reply: Reply, number: int, passage: Passage) -> Iterator[Passage]:
        self.answered += 1
        self.tokens += reply.sent + reply.received
        document = json_of(reply.text)
        rows = document.get("claims") if isinstance(document, dict) else None
        fates: list[str] = []
        if not reply.whole and len(passage.paragraphs) > 1:
            yield from _halves(passage)
        elif not isinstance(rows, list):
            fates.append(CUT if not reply.whole else NO_JSON)
            self.dropped[fates[0]] += 1
        else:
            fates += [self._fate(row, number, passage) for row in rows]
        if self._asked.replay is None:
            asked = tuple(self._messages(number, passage))
            self._asked.log.add(Entry(self._asked.endpoint.model, asked, reply, tuple(fates)))

    def _fate(self, row: object, number: int, passage: Passage) -> str:
        claim = judged(row, passage, self._grounds[number])
        if isinstance(claim, str):
            self.dropped[claim] += 1
            return claim
        self.found[number].append(claim)
        return "kept"


def _halves(passage: Passage) -> Iterator[Passage]:
    middle = len(passage.paragraphs) // 2
    second = passage.paragraphs[middle:]
    yield replace(passage, paragraphs=second, before=Span(passage.span.start, second[0].start))
    yield replace(passage, paragraphs=passage.paragraphs[:middle])


def _together(read: Sequence[Claim], found: Sequence[Claim], text: Plain) -> tuple[Claim, ...]:
    """Return the claims of rules and model; what both found once, by the words of the rules."""
    out = list(read)
    fresh: list[Claim] = []
    order = sorted(found, key=lambda c: (c.content[0].start, c.content[-1].end, c.kind, str(c)))
    for claim in map(text.given, order):  # answers come in any order
        twin = next((k for k, one in enumerate(out) if _alike(one, claim)), None)
        if twin is not None:
            out[twin] = replace(out[twin], by="both")
        elif not any(_alike(one, claim) for one in fresh):
            fresh.append(claim)
    named = with_ids(text.report.id, [replace(claim, reply_to=None) for claim in fresh])
    taken = {claim.id for claim in out}
    out += [
        claim if claim.id not in taken else replace(claim, id=f"{claim.id}-m") for claim in named
    ]
    return tuple(sorted(out, key=lambda c: (c.content[0].start, c.content[-1].end, c.kind)))


_ONE = ({"demand", "condition"}, {"refusal", "silence"}, {"threat", "pressure"})
"""Kinds that two readers may well call by each other's name."""


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same: one kind, one party, mostly the same words."""
    if one.kind == "statement" or one.party != other.party:
        return False
    if one.kind != other.kind and not any({one.kind, other.kind} <= kinds for kinds in _ONE):
        return False
    own = {k for s in one.content for k in range(s.start, s.end)}
    more = {k for s in other.content for k in range(s.start, s.end)}
    return 2 * len(own & more) >= min(len(own), len(more))
