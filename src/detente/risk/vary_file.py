"""The file that says what is uncertain: a list of entries, each about one thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from detente.case import formula as fm
from detente.case.document import MAX_BYTES, Document, Steps, decode, read
from detente.case.formula import FormulaError
from detente.case.model import Case, Statements
from detente.case.scalars import number
from detente.errors import CaseError, Problem, unknown
from detente.opening import bytes_of
from detente.risk.uncertainty import Firmness, Misstep, Order, Presence, Today, Uncertainty

MAX_FIRMNESS = 999_999
"""As in the case file."""

KINDS: dict[str, tuple[str, ...]] = {
    "order": ("party",),
    "statement": ("party", "present"),
    "firmness": ("from", "to"),
    "misstep": ("from", "to", "scale"),
    "status_quo": ("levels",),
}
"""What an entry may be about, and the keys that say more."""


def read_vary(path: Path, case: Case) -> tuple[Uncertainty, ...]:
    """Return what a file says is uncertain about a case.

    Raises
    ------
    CaseError
        With everything that is wrong with it, by place.
    """
    try:
        data = bytes_of(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise CaseError(f"{path}: it cannot be read: {getattr(error, 'strerror', error)}") from None
    return parse_vary(decode(data, file=str(path)), case, file=str(path))


def parse_vary(text: str, case: Case, *, file: str) -> tuple[Uncertainty, ...]:
    """Return what a text says is uncertain about a case; as :func:`read_vary`."""
    return _Reader(read(text, file=file), case).uncertain()


class _Reader:
    """Reads one document and gathers what is wrong."""

    def __init__(self, document: Document, case: Case) -> None:
        self.document, self.case = document, case
        self.problems: list[Problem] = list(document.problems)

    def uncertain(self) -> tuple[Uncertainty, ...]:
        content = self.document.plain()
        base: Steps = ()
        if isinstance(content, dict) and set(content) == {"vary"}:
            content, base = content["vary"], ("vary",)
        if not isinstance(content, list):
            self.blame("expected a list of what is uncertain, such as '- misstep: party'", base)
            content = []
        made = [self.entry(item, (*base, i)) for i, item in enumerate(content)]
        if self.problems:
            raise CaseError(self.problems)
        return tuple(one for one in made if one is not None)

    def blame(self, message: str, path: Steps, *, key: bool = False) -> None:
        self.problems.append(Problem(message, self.document.place(path, key=key)))

    def entry(self, item: Any, path: Steps) -> Uncertainty | None:
        kinds = [kind for kind in KINDS if isinstance(item, dict) and kind in item]
        if len(kinds) != 1:
            self.blame(f"an entry is about one of {', '.join(KINDS)}", path)
            return None
        kind = kinds[0]
        for name in item:
            if name != kind and name not in KINDS[kind]:
                self.blame(unknown("key", name, KINDS[kind]), (*path, name), key=True)
        before = len(self.problems)
        make: Callable[[dict[str, Any], Steps], Uncertainty | None] = getattr(self, f"_{kind}")
        made = make(item, path)
        return made if len(self.problems) == before else None

    # --- one kind each ---

    def _order(self, item: dict[str, Any], path: Steps) -> Uncertainty | None:
        two = item["order"]
        if not isinstance(two, list) or len(two) != 2:
            self.blame("expected two statements, such as [not war, north.talk]", (*path, "order"))
            return None
        party = self.party(item, path)
        found = [self.statement(party, one, (*path, "order", i)) for i, one in enumerate(two)]
        if 0 <= found[0] == found[1]:
            self.blame("these are the same statement", (*path, "order"))
        return Order(party, *found)

    def _statement(self, item: dict[str, Any], path: Steps) -> Uncertainty | None:
        party = self.party(item, path)
        statement = self.statement(party, item["statement"], (*path, "statement"))
        present = self.number(item.get("present", "0.5"), (*path, "present"))
        if not 0 <= present <= 1:
            self.blame(f"a probability is from 0 to 1, not {present:g}", (*path, "present"))
        return Presence(party, statement, present)

    def _firmness(self, item: dict[str, Any], path: Steps) -> Uncertainty | None:
        known = [*(c.id for c in self.case.conditions), *(r.id for r in self.case.refusals)]
        if item["firmness"] not in known:
            name = str(item["firmness"])
            self.blame(unknown("condition or refusal", name, known), (*path, "firmness"))
        low, high = self.range(item, path)
        if not (low >= 1 and high <= MAX_FIRMNESS and low == int(low) and high == int(high)):
            self.blame(f"a firmness is a whole number from 1 to {MAX_FIRMNESS:,}", (*path, "from"))
        return Firmness(str(item["firmness"]), int(low), int(high))

    def _misstep(self, item: dict[str, Any], path: Steps) -> Uncertainty | None:
        party = self.party(item, path, "misstep")
        low, high = self.range(item, path)
        if low < 0 or high > 1:
            self.blame("a misstep rate is from 0 to 1", (*path, "from"))
        scale = str(item.get("scale") or "linear")
        if scale not in ("linear", "log"):
            self.blame(unknown("scale", scale, ("linear", "log")), (*path, "scale"))
        if scale == "log" and low == 0:
            self.blame("a log scale begins above 0", (*path, "from"))
        return Misstep(party, low, high, scale == "log")

    def _status_quo(self, item: dict[str, Any], path: Steps) -> Uncertainty | None:
        name = str(item["status_quo"])
        if name not in self.case.option_names:
            message = unknown("option", name, self.case.option_names)
            self.blame(message, (*path, "status_quo"))
            return None
        if self.case.status_quo is None:
            self.blame(
                "the case does not say where things stand today, so no part of it can be in doubt; "
                "write 'status_quo:' in the case",
                (*path, "status_quo"),
            )
            return None
        axis = self.case.option_names.index(name)
        levels = self.case.options[axis][1].levels
        wanted = item.get("levels") or list(levels)
        if not isinstance(wanted, list):
            self.blame("expected a list of levels", (*path, "levels"))
            return None
        for i, level in enumerate(wanted):
            if level not in levels:
                self.blame(unknown("level", str(level), levels), (*path, "levels", i))
        return Today(axis, tuple(levels.index(level) for level in wanted if level in levels))

    # --- parts ---

    def party(self, item: dict[str, Any], path: Steps, key: str = "party") -> str:
        name = str(item.get(key) or "")
        if not name:
            self.blame("whose? say 'party:'", path)
        elif name not in self.case.party_names:
            self.blame(unknown("party", name, self.case.party_names), (*path, key))
        return name

    def statement(self, party: str, text: Any, path: Steps) -> int:
        """Return the position of a statement named by its number from 1 or by its formula."""
        if party not in self.case.party_names:
            return -1
        wants = self.case.party(party).preferences
        if not isinstance(wants, Statements):
            self.blame(f"the preferences of '{party}' are no statements in order", path)
            return -1
        n = len(wants.statements)
        if re.fullmatch(r"[0-9]{1,6}", str(text)):
            if not 1 <= int(str(text)) <= n:
                self.blame(f"'{party}' has {n} statements; there is no number {text}", path)
            return int(str(text)) - 1
        try:
            formula = fm.parse(str(text))
        except FormulaError as error:
            self.blame(str(error), path)
            return -1
        formulas = [wish.formula for wish in wants.statements]
        if formula not in formulas:
            known = "; ".join(fm.to_text(f) for f in formulas)
            self.blame(f"'{party}' does not want '{text}'; its statements are: {known}", path)
            return -1
        return formulas.index(formula)

    def number(self, value: Any, path: Steps) -> float:
        try:
            return float(number(value))
        except PydanticCustomError as error:
            self.blame(error.message(), path)
            return 1.0

    def range(self, item: dict[str, Any], path: Steps) -> tuple[float, float]:
        for key in ("from", "to"):
            if item.get(key) is None:
                self.blame(f"the key '{key}' is missing", path)
                return 1.0, 1.0
        before = len(self.problems)
        low, high = (self.number(item[key], (*path, key)) for key in ("from", "to"))
        if low > high and len(self.problems) == before:
            self.blame(f"'from' ({low:g}) is above 'to' ({high:g})", (*path, "from"))
        return low, high
