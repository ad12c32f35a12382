"""The content of a case file as a :class:`~detente.case.model.Case`: names and formulas."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from detente.case import formula as fm
from detente.case import model, schema
from detente.case.allowed import allowed_changes, with_guards
from detente.case.assumed import risk_of
from detente.case.document import Steps
from detente.case.formula import Formula, FormulaError
from detente.case.names import Names, readable
from detente.case.perceived import Perceived
from detente.case.reader import UNREAD, Reader, basis_of
from detente.errors import unknown

MAX_OPTIONS = 1_000
"""Most options in a case."""


class Assembly(Reader):
    """Makes a case of a file's content."""

    def case(self, name: str) -> model.Case:
        """Return the case; it is only good for something if no problems were found."""
        bare = self._parties()
        self.names = Names(
            frozenset(self.part.parties),
            {f"{p.name}.{o.name}": o.levels for p in bare for o in p.options},
            frozenset(self.part.outcomes),
            self.lost,
        )
        bare = tuple(with_guards(self, party) for party in bare)
        outcomes = self._outcomes()
        infeasible = tuple(
            model.Rule(self.formula(r.that, ("infeasible", i, "that")), basis_of(r))
            for i, r in enumerate(self.part.infeasible)
        )
        equivalent = tuple(
            model.Rule(self.formula(r.that, ("equivalent", i, "that")), basis_of(r))
            for i, r in enumerate(self.part.equivalent)
        )
        status_quo = self._status_quo(bare)
        parties = self._with_preferences(bare)
        conditions, refusals = self._said()
        risk = risk_of(self, self.part.risk)
        seen = Perceived(self, parties)
        unknown_today = seen.unknown_today()
        target = self.part.target
        return model.Case(
            name=name,
            title=self.part.title or readable(name),
            parties=parties,
            outcomes=outcomes,
            infeasible=infeasible,
            status_quo=None if unknown_today else status_quo,
            conditions=conditions,
            refusals=refusals,
            as_of=self.part.as_of,
            source=self.part.source,
            risk=risk,
            target=None if target is None else self.formula(target, ("target",)),
            earlier=self.part.earlier,
            draft=self.part.draft,
            author=self.part.author,
            organisation=self.part.organisation,
            handling=self.part.handling,
            mediators=tuple(self.part.mediators),
            left_out=tuple(self.part.left_out),
            talks=self._talks(parties),
            understood=_understood(self.part.understood),
            views=seen.views(self._preferences),
            attitudes=seen.attitudes(),
            positions=seen.positions(),
            intentions=seen.intentions(),
            doubts=seen.doubts(),
            open_today=self._open_today(status_quo, unknown_today),
            equivalent=equivalent,
        )

    def _talks(self, parties: tuple[model.Party, ...]) -> tuple[str, ...]:
        """Return who has to sit down with whom, by the names that formulas use."""
        known = {name: p.name for p in parties for name in (p.label, p.name)}
        for k, name in enumerate(self.part.talks):
            if name not in known:
                self.blame(unknown("party", name, [p.name for p in parties]), ("talks", k))
        return tuple(known[name] for name in self.part.talks if name in known)

    # --- parties and options ---

    def _parties(self) -> tuple[model.Party, ...]:
        """Return the parties, without preferences yet."""
        count = sum(len(p.options) for p in self.part.parties.values())
        if count > MAX_OPTIONS:
            message = f"the case has {count:,} options; at most {MAX_OPTIONS:,} are read"
            self.blame(message, ("parties",), key=True)
        return tuple(self._party(name, part) for name, part in self.part.parties.items())

    def _party(self, name: str, part: schema.PartyPart) -> model.Party:
        path: Steps = ("parties", name)
        self.name("a party", name, path)
        options = tuple(
            self._option(key, option, (*path, "options", key))
            for key, option in part.options.items()
        )
        return model.Party(
            name,
            part.name or readable(name),
            options,
            aliases=tuple(part.aliases),
            the=part.the,
            plural=part.plural,
        )

    def _option(self, name: str, part: schema.OptionPart, path: Steps) -> model.Option:
        self.name("an option", name, path)
        levels = tuple(part.levels)
        for i, level in enumerate(levels):
            if level in levels[:i]:
                self.blame(f"the level '{level}' stands twice", (*path, "levels", i))
        changes = allowed_changes(self, part, levels, path)
        deeds = tuple(part.deeds) if any(part.deeds) else ()
        return model.Option(name, part.label or readable(name), levels, changes, part.does, deeds)

    # --- outcomes and today ---

    def _outcomes(self) -> tuple[model.Outcome, ...]:
        made = []
        for name, part in self.part.outcomes.items():
            path: Steps = ("outcomes", name)
            self.name("an outcome", name, path)
            formula = self.formula(part.that, (*path, "that"))
            made.append(model.Outcome(name, formula, part.label, part.form))
        return tuple(made)

    def _status_quo(self, parties: Iterable[model.Party]) -> tuple[int, ...] | None:
        """Return the level of every option today: what is not named is at its lowest."""
        if self.part.status_quo is None:
            return None
        levels = {f"{p.name}.{o.name}": o.levels for p in parties for o in p.options}
        said: dict[str, tuple[int, Steps]] = {}
        for i, text in enumerate(self.part.status_quo):
            path: Steps = ("status_quo", i)
            if isinstance(text, schema.UnknownPart):
                continue  # see Perceived.unknown_today
            formula = self.formula(text, path)
            if formula is UNREAD:
                continue
            try:
                pins = list(_pins(formula, levels))
            except FormulaError as error:
                self.blame(str(error), path)
                continue
            for option, level in pins:
                before, where = said.setdefault(option, (level, path))
                if before != level:
                    line = self.document.place(where).line
                    self.blame(
                        f"'{option}' cannot be both '{levels[option][before]}' (line {line}) "
                        f"and '{levels[option][level]}'",
                        path,
                    )
        return tuple(said.get(option, (0, ()))[0] for option in levels)

    @staticmethod
    def _open_today(
        levels: tuple[int, ...] | None, unknown_axes: tuple[int, ...]
    ) -> tuple[int | None, ...]:
        """Return what is known of today, where something is not."""
        if levels is None or not unknown_axes:
            return ()
        return tuple(None if k in unknown_axes else level for k, level in enumerate(levels))

    # --- preferences ---

    def _with_preferences(self, parties: tuple[model.Party, ...]) -> tuple[model.Party, ...]:
        for name in self.part.preferences:
            if name not in self.part.parties and not self.lost & {("parties",), ("parties", name)}:
                path = ("preferences", name)
                self.blame(unknown("party", name, self.part.parties), path, key=True)
        made = []
        for party in parties:
            part = self.part.preferences.get(party.name)
            path = ("preferences", party.name)
            if part is not None and part.readings is not None:
                readings = self._readings(part, path)
                made.append(replace(party, readings=readings, preferences=readings[0].preferences))
                continue
            if part is not None and part.shares is not None:
                self.blame("'shares' belongs to 'readings', which are not there", (*path, "shares"))
            wants = self._preferences(part, path) if part else model.Statements()
            made.append(replace(party, preferences=wants))
        return tuple(made)

    def _readings(self, part: schema.PreferencesPart, path: Steps) -> tuple[model.Reading, ...]:
        """Return what a party may want, by name; shares that are not given share what is left."""
        parts, shares = part.readings or {}, part.shares or {}
        for name, share in shares.items():
            if name not in parts:
                self.blame(unknown("reading", name, parts), (*path, "shares", name), key=True)
            if not 0 <= share <= 1:
                where = (*path, "shares", name)
                self.blame(f"a share is from 0 to 1, not {float(share):g}", where)
        total, everywhere = sum(shares.values()), set(parts) <= set(shares)
        if total > 1 or (everywhere and shares and total != 1):
            told = "together" if everywhere else "already"
            self.blame(f"the shares are {float(total):g} {told}, not 1", (*path, "shares"))
        if len(parts) < 2:
            self.blame(
                "readings are two at least; else write the wishes alone", (*path, "readings")
            )
        for name, reading in parts.items():
            if reading.readings is not None or reading.shares is not None:
                self.blame("a reading has no readings of its own", (*path, "readings", name))
        rest = (1 - total) / max(1, len(set(parts) - set(shares)))
        return tuple(
            model.Reading(
                name,
                self._preferences(reading, (*path, "readings", name)),
                Fraction(shares.get(name, rest)) if shares else None,
            )
            for name, reading in parts.items()
        ) or (model.Reading("", model.Statements()),)

    def _preferences(self, part: schema.PreferencesPart, path: Steps) -> model.Preferences:
        if part.weights is not None:
            return self._weights(part.weights, (*path, "weights"))
        if part.ranking is not None:
            groups = (
                tuple(self.formula(text, (*path, "ranking", i, j)) for j, text in enumerate(group))
                for i, group in enumerate(part.ranking)
            )
            return model.Ranking(tuple(groups))
        wishes: list[model.Statement] = []
        for i, wish in enumerate(part.statements or ()):
            at = (*path, "statements", i)
            if isinstance(wish, schema.EitherPart):
                wishes += [
                    self._sure(one, (*at, "either", j), i + 1) for j, one in enumerate(wish.either)
                ]
            else:
                wishes.append(self._sure(wish, at, 0))
        return model.Statements(tuple(wishes))

    def _sure(self, part: schema.WishPart, path: Steps, either: int) -> model.Statement:
        """Return a wish, which may be unsure."""
        chance = None if isinstance(part.unsure, bool) else part.unsure
        formula, unsure = self.formula(part.that, (*path, "that")), part.unsure is not False
        basis = basis_of(part)
        return model.Statement(formula, basis, unsure, chance, either, part.strong)

    def _weights(self, part: dict[str, Fraction], path: Steps) -> model.Weights:
        weights: dict[Formula, Fraction] = {}
        for text, weight in part.items():
            formula = self.formula(text, (*path, text), key=True)
            if formula in weights and formula is not UNREAD:
                self.blame(f"'{fm.to_text(formula)}' has a weight already", (*path, text), key=True)
            weights[formula] = weight
        return model.Weights(tuple(weights.items()))

    # --- what the parties said ---

    def _said(self) -> tuple[tuple[model.Condition, ...], tuple[model.Refusal, ...]]:
        """Return conditions and refusals; those without an id get one."""
        taken = self._ids()
        free = {letter: _free_ids(letter, taken) for letter in "cr"}
        conditions = tuple(
            model.Condition(
                part.id or next(free["c"]),
                part.party,
                self.formula(part.option, ("conditions", i, "option")),
                self.formula(part.needs, ("conditions", i, "needs")),
                part.firmness,
                basis_of(part),
            )
            for i, part in enumerate(self.part.conditions)
        )
        refusals = tuple(
            model.Refusal(
                part.id or next(free["r"]),
                part.party,
                self.formula(part.refuses, ("refusals", i, "refuses")),
                part.firmness,
                basis_of(part),
            )
            for i, part in enumerate(self.part.refusals)
        )
        return conditions, refusals

    def _ids(self) -> dict[str, Steps]:
        """Return the given ids of conditions and refusals, checking speakers on the way."""
        said: list[tuple[Steps, schema.SaidPart]] = [
            *((("conditions", i), c) for i, c in enumerate(self.part.conditions)),
            *((("refusals", i), r) for i, r in enumerate(self.part.refusals)),
        ]
        given: dict[str, Steps] = {}
        for path, part in said:
            if part.party not in self.part.parties:
                self._unknown_speaker(part.party, (*path, "party"))
            if part.id is None:
                continue
            if part.id in given:
                line = self.document.place((*given[part.id], "id")).line
                self.blame(f"the id '{part.id}' is taken by line {line}", (*path, "id"))
            given.setdefault(part.id, path)
        return given

    def _unknown_speaker(self, name: str, path: Steps) -> None:
        if not self.lost & {("parties",), ("parties", name)}:
            self.blame(unknown("party", name, self.part.parties), path)


def _free_ids(letter: str, taken: Container[str]) -> Iterator[str]:
    """Yield c1, c2, … without those taken."""
    return (i for n in itertools.count(1) if (i := f"{letter}{n}") not in taken)


def _pins(formula: Formula, levels: dict[str, tuple[str, ...]]) -> Iterable[tuple[str, int]]:
    """Yield the options that an entry of the status quo names, each with its level."""
    match formula:
        case fm.And(operands):
            for operand in operands:
                yield from _pins(operand, levels)
        case fm.OptionIs(party, option, level):
            full = f"{party}.{option}"
            if level is None and len(levels[full]) > 2:
                raise FormulaError(
                    f"'{full}' can be {', '.join(levels[full])}; "
                    f"write which, such as '{full} = {levels[full][-1]}'",
                    0,
                )
            yield full, 1 if level is None else levels[full].index(level)
        case fm.Not(fm.OptionIs(party, option, None)):
            yield f"{party}.{option}", 0
        case fm.Not(fm.OptionIs(party, option, level)) if len(levels[f"{party}.{option}"]) == 2:
            full = f"{party}.{option}"
            yield full, 1 - levels[full].index(str(level))
        case _:
            raise FormulaError(
                f"'{fm.to_text(formula)}' leaves open what is the case today; "
                "write options and their levels, such as 'party.option' or 'party.option = level'",
                0,
            )


def _understood(part: schema.UnderstoodPart | None) -> model.Understood | None:
    if part is None:
        return None
    return model.Understood(
        part.sentences,
        part.parties,
        part.talks,
        part.positions,
        part.heard,
        part.dropped,
        part.answered,
    )
