"""From claims to positions: who wants, refuses, offers or does which deed, and bound to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from detente.drafting.likeness import Likeness
from detente.reading.acts import Act
from detente.reading.claims import Claim

Sort = Literal["wish", "bond", "no", "offer", "threat", "does", "drops", "denies", "tie"]

_STEM = 4
_REACH = 6
"""So many claims back the demand is looked for that an answer such as "no" means."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a party does or leaves.

    Parameters
    ----------
    agent : str
        Who does it.
    act : Act
        What.
    yes : bool
        Whether it is done; else it is left.
    why : str
        Where the words do not say who does it, why it is taken so; empty where they do.
    """

    agent: str
    act: Act
    yes: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """What a party says of a deed.

    Parameters
    ----------
    sort : str
        ``wish`` (asked of another), ``bond`` (a deed of its own only if ``need``), ``no``,
        ``offer``, ``threat``, ``does``, ``drops`` (asked no longer), ``denies``, or ``tie`` (a step
        that waits for ``need``, which nobody bargains over).
    party : str
        Whose it is.
    claim : Claim
        Where it stands.
    deed : Deed
        What it is about.
    need : Deed, optional
        Of a bond or a tie: what must be done for it.
    """

    sort: Sort
    party: str
    claim: Claim
    deed: Deed
    need: Deed | None = None


SETTLE = Act("", "settle", "agree to a settlement", ("settlement",), frozenset(("settlement",)))
"""What somebody at the table does last, and only if it gets what it asks for."""

FIRST = Act("", "take", "take the first step", ("step",), frozenset(("step",)))
"""What nobody at the table does where each waits for the other."""


@dataclass(frozen=True)
class Reader:
    """Turns claims into positions.

    Parameters
    ----------
    like : Likeness
        What deeds have in common.
    parties : frozenset of str
        Who can be asked for something.
    facing : dict of str to str
        Each party to the one that it has most to do with, where that can be told.
    claims : sequence of Claim
        Of all reports, older ones first.
    table : sequence of str
        Who has to sit down with whom.
    """

    like: Likeness
    parties: frozenset[str]
    facing: dict[str, str]
    claims: Sequence[Claim] = ()
    table: Sequence[str] = ()

    def read(self) -> list[Position]:
        """Return the positions of the claims, in their order."""
        claims = self.claims
        by_id = {c.id: c for c in claims}
        found: list[Position] = []
        for k, claim in enumerate(claims):
            if claim.party in self.parties:
                before = [by_id[claim.reply_to]] if claim.reply_to in by_id else []
                before += [c for c in claims[max(0, k - _REACH) : k][::-1] if c not in before]
                before = [c for c in before if c.report == claim.report]
                found += self._of(claim, before)
            elif claim.kind == "condition":
                found += self._steps(claim)
        return found

    def _of(self, c: Claim, before: Sequence[Claim]) -> Iterator[Position]:
        party = str(c.party)
        act = c.act
        match c.kind:
            case "condition":
                yield from self._condition(c)
            case "refusal":
                yield from self._refusal(c, before)
            case "demand" if (asked := self._asked(c, act)) is not None:
                yield Position("wish", party, c, asked)
            case "offer" | "acceptance" if (own := self._own(c, act)) is not None:
                yield Position("offer", party, c, own)
            case "threat" if (own := self._own(c, act)) is not None and own.agent == party:
                yield Position("threat", party, c, own)
            case "concession" if act is not None and _drops(c, act):
                yield Position("drops", party, c, Deed(c.target or "", act))
            case "pressure" | "event" | "support" | "concession":
                own = None if c.text.startswith("that ") else self._own(c, act)  # said, not done
                if own is not None and own.agent == party and not own.act.denied:
                    yield Position("does", party, c, own)
            case "denial" if act is not None:
                yield Position("denies", party, c, Deed(act.agent or party, act))

    # --- who does it ---------------------------------------------------------------------------

    def _own(self, c: Claim, act: Act | None) -> Deed | None:
        """Return a deed of the claim's own party, unless its clause names another."""
        if act is None or not self.like.telling(act):
            return None
        return Deed(act.agent or str(c.party), act, not act.denied)

    def _asked(self, c: Claim, act: Act | None, yes: bool | None = None) -> Deed | None:
        """Return a deed that is asked of another; None where of whom cannot be told."""
        if act is not None and c.kind == "condition" and _comes_about(act):
            act = replace(act, fault="")
        if act is None or not self.like.telling(act):
            return None
        done = not act.denied if yes is None else yes
        if c.kind == "demand" and act.agent == c.party and c.rule == "asks":
            act = _let(act)
        elif c.rule == "must" and not act.agent and self.like.keeping(act):
            return None  # "the campaign must continue": by whom is not said
        other = self.facing.get(str(c.party), "")
        for who in (act.agent, c.target):
            if who in self.parties and who != c.party:
                guessed = who != act.agent and not _is_named(str(who), c.text)
                if guessed and other and who != other and c.party in self.table:
                    break  # somebody who was named before, beside the one it deals with
                return Deed(str(who), act, done)
        if not other or (act.agent and act.agent != c.party):
            return None
        why = f"of whom it is asked is not said, and taken to be {other}"
        return Deed(other, act, done, why)

    # --- bound and refused ---------------------------------------------------------------------

    def _steps(self, c: Claim) -> Iterator[Position]:
        """Yield a step of a party that waits for another, where it is not what it bargains for.

        The step waited for is its own ("publishes the figures only after it has drained the
        basin"), or somebody else tells of both.
        """
        step, need = c.bound, c.act
        if (
            step is None
            or need is None
            or not (self.like.telling(step) and self.like.telling(need))
        ):
            return
        who, other = step.agent or str(c.party), need.agent
        if who not in self.parties or other not in self.parties:
            return
        if who == other or who != c.party:
            done = need.denied if step.denied and _while(c) else not need.denied
            yield Position("tie", who, c, Deed(who, step), Deed(other, need, done))

    def _condition(self, c: Claim) -> Iterator[Position]:
        party, held = str(c.party), c.bound
        if steps := list(self._steps(c)):
            yield from steps
            return
        flip = held is not None and held.denied and _while(c)
        need = self._asked(c, c.act, None if not flip or c.act is None else c.act.denied)
        if need is None:
            return
        if held is None or not self.like.telling(held) or held.agent not in ("", party):
            if len(need.act.phrase.split()) == 1:
                return  # "he would be glad if others followed"
            if c.purpose and {party, need.agent} <= set(self.table):
                why = "what it would do then is not told as a deed, and taken to be to settle"
                yield Position("bond", party, c, Deed(party, SETTLE, why=why), need)
            else:
                yield Position("wish", party, c, need)
            return
        left = not held.denied and _until(c)  # "stays shut until": not so only then
        yield Position("bond", party, c, Deed(party, held, not left), need)

    def _refusal(self, c: Claim, before: Sequence[Claim]) -> Iterator[Position]:
        party = str(c.party)
        if c.act is not None and c.bound is not None and self.like.telling(c.act):
            done = not c.bound.denied
            need = self._asked(c, c.bound, not done if _while(c) else done)
            own = self._refused(party, c.act)
            if need is not None:
                yield Position("bond", party, c, own, need)
            else:
                yield Position("no", party, c, own)
        elif c.act is not None and self.like.telling(c.act):
            yield Position("no", party, c, self._refused(party, c.act))
        elif c.act is not None and self._points(c, c.act):
            yield from self._answered(c, before)

    def _points(self, c: Claim, act: Act) -> bool:
        """Tell whether words only point at what was said before: "the proposal", "it stays"."""
        if act.fault == "cut" and c.rule == "stays":
            return True
        if act.heads and set(act.heads) <= self.like.answers:
            return True
        return act.fault in ("", "unnamed") or act.verb in self.like.answers

    def _refused(self, party: str, act: Act) -> Deed:
        """Return what is refused: to end what is kept, to do what is not done."""
        keeps = self.like.keeping(act) and not act.denied
        return Deed(act.agent or party, replace(act, denied=False), not keeps)

    def _answered(self, c: Claim, before: Sequence[Claim]) -> Iterator[Position]:
        """Yield the refusal of what was asked right before, where the words only point at it."""
        heads = set(c.act.heads) if c.act is not None else set()
        if c.act is not None and heads and not heads <= self.like.answers:
            named = list(self._named(c, c.act))
            yield from named
            if named or c.act.fault != "unnamed":
                return
        several = bool(_SEVERAL & set(c.text.lower().split()))
        left = 2 if several else 1
        for other in before:
            if other.kind not in ("demand", "condition", "offer") or other.party == c.party:
                continue
            if other.party not in self.parties or other.act is None:
                continue
            asked = self._asked(other, other.act) if other.kind != "offer" else None
            if asked is None or asked.agent != c.party:
                if not several:
                    return
                continue
            yield Position("no", str(c.party), c, asked)
            left -= 1
            if not left:
                return

    def _named(self, c: Claim, act: Act) -> Iterator[Position]:
        """Yield the refusal of what was asked about a thing: "the filling is not negotiable"."""
        for other in self.claims:
            if other.kind not in ("demand", "condition") or other.party in (None, c.party):
                continue
            asked = self._asked(other, other.act)
            if asked and asked.agent == c.party and self.like.shares(asked.act, act):
                yield Position("no", str(c.party), c, asked)
                return


_SEVERAL = frozenset(("both", "demands", "conditions", "terms"))
"""Words by which an answer points at more than one thing."""
_ENDING = ("until", "unless", "till")
"""Words behind which stands what puts an end to a deed."""
_DROPPING = ("no longer demands", "dropped")


def _is_named(name: str, text: str) -> bool:
    """Tell whether words speak of somebody by name: "Korean" of South Korea."""
    said = [w.casefold()[:_STEM] for w in text.replace("'", " ").split()]
    return any(w.casefold()[:_STEM] in said for w in name.split() if w[:1].isupper())


def _comes_about(act: Act) -> bool:
    """Tell whether an act is that something is so: it can be waited for, if not be asked.

    "Only once the barrier is down" waits for who can see to it.
    """
    return act.fault == "state" and act.phrase.startswith(("let ", "see to it that "))


def _let(act: Act) -> Act:
    """Return what is asked of another where a party asks for something of its own.

    "He required that his government remain in power."
    """
    return replace(act, agent="", phrase=f"let {act.agent} {act.phrase}")


def _drops(c: Claim, act: Act) -> bool:
    """Tell whether a party no longer asks what it asked: what it gives up is another's deed."""
    another = bool(act.agent) and act.agent != c.party
    return c.rule in _DROPPING or another or "no longer" in c.text.lower()


def _until(c: Claim) -> bool:
    """Tell whether a condition says when something ends: "until", "unless"."""
    return c.rule.endswith(_ENDING) or c.text.lower().startswith(_ENDING)


def _while(c: Claim) -> bool:
    """Tell whether something is refused for as long as another thing is so."""
    if c.rule.endswith(("as long as", "while", "so long as")):
        return True
    return c.rule.endswith((" if", " when")) and c.kind == "condition"
