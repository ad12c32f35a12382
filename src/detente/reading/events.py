"""Rows of event data beside a case as dated events: PLOVER, CAMEO as in GDELT 2, ACLED's columns.

Only what the public documentation of these formats says of their columns is used, and nothing of
theirs comes along: the rows are the user's own. An event is no sentence of a report, so it stands
beside the claims, never among what a line of the case can cite.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from detente.decoding import decode
from detente.reading.actors import PartyNames
from detente.reading.claims import Claim, Kind
from detente.reading.dealings import Dealing

FOLDER = "events"
"""Beside a case, as its reports are."""

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
MAX_BYTES = 100_000_000
MAX_ROWS = 200_000
"""Rows of a file that are looked at."""

MAX_EVENTS = 2_000
"""Events of the case's parties that are kept, the latest."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("event_date", "event date", "sqldate", "day", "date", "story_date"),
    "kind": ("event_type", "event type", "event", "plover", "type"),
    "code": ("eventcode", "event_code", "cameo", "cameo_code", "code"),
    "detail": ("sub_event_type", "event_mode", "event mode", "mode", "event_text", "cameo_text"),
    "actor": ("actor1", "actor1name", "actor name", "actor_name", "source_actor", "actor",
              "source"),
    "actor_raw": ("actor name raw",),
    "actor_code": ("actor1code", "actor1countrycode", "actor country", "source_country"),
    "target": ("actor2", "actor2name", "recipient name", "recipient_name", "target_actor", "target",
               "recipient"),
    "target_raw": ("recipient name raw",),
    "target_code": ("actor2code", "actor2countrycode", "recipient country", "target_country"),
    "place": ("location", "actiongeo_fullname", "placename", "place", "city", "country"),
    "words": ("notes", "headline", "text", "event text", "description"),
    "link": ("sourceurl", "url", "source_url"),
}  # fmt: skip
"""What is read of a row, by the names that its column has in the three formats, in lower case."""

GDELT_WIDTH = 61
GDELT_2 = {
    1: "sqldate", 5: "actor1code", 6: "actor1name", 15: "actor2code", 16: "actor2name",
    26: "eventcode", 52: "actiongeo_fullname", 60: "sourceurl",
}  # fmt: skip
"""The columns of GDELT 2's event files, which have no head: 61 parted by tabs."""

_NOTHING = ("none", "null", "na", "n/a", "nan")
"""Cells that say that there is nothing."""

_OF_CAMEO = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID",
    "08": "CONCEDE", "0813": "RETREAT", "0814": "RETREAT", "084": "RETREAT", "085": "RETREAT",
    "086": "RETREAT", "087": "RETREAT", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE",
    "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "163": "COERCE", "17": "COERCE", "1712": "ASSAULT", "175": "ASSAULT", "18": "ASSAULT",
    "19": "ASSAULT", "191": "COERCE", "192": "COERCE", "20": "ASSAULT",
}  # fmt: skip
"""How a code of CAMEO begins, the longest that fits, to the type of PLOVER, its successor.

Statements (01) and appeals (02) are no events to PLOVER.
"""

_EARLIER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
"""Types of PLOVER's drafts by the names that they have now."""

_OF_ACLED = {
    "battles": "ASSAULT", "explosions/remote violence": "ASSAULT",
    "violence against civilians": "ASSAULT", "protests": "PROTEST", "riots": "PROTEST",
}  # fmt: skip

_KINDS: dict[str, Kind] = {
    "REQUEST": "demand", "AGREE": "acceptance", "SUPPORT": "support", "AID": "support",
    "CONCEDE": "concession", "RETREAT": "concession", "REJECT": "refusal",
    "THREATEN": "threat", "SANCTION": "pressure", "COERCE": "pressure",
}  # fmt: skip
"""From a type of PLOVER to the kind of a claim; any other is an event."""

_WORDS = {
    "REQUEST": "asks or demands", "AGREE": "agrees, or says that it means to",
    "CONSULT": "meets or talks", "SUPPORT": "supports", "COOPERATE": "works together",
    "AID": "helps", "CONCEDE": "yields", "RETREAT": "draws back", "ACCUSE": "blames",
    "REJECT": "refuses", "THREATEN": "threatens", "PROTEST": "protests", "MOBILIZE": "arms",
    "SANCTION": "cuts ties or imposes sanctions", "COERCE": "uses force of law or arms",
    "ASSAULT": "attacks",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Events:
    """The events of a case's parties.

    Parameters
    ----------
    claims : tuple of Claim
        One an event, by day; ``report`` is the file's name.
    notes : tuple of str
        What was left out, for people.
    """

    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()


def gather_events(folder: Path, parties: Sequence[PartyNames]) -> Events:
    """Return the events of a case's parties in the files of its folder ``events``."""
    claims: list[Claim] = []
    notes: list[str] = []
    for file in _files(folder / FOLDER):
        try:
            if file.stat().st_size > MAX_BYTES:
                notes.append(f"{file}: larger than {MAX_BYTES // 1_000_000} MB; left out")
                continue
            text = decode(file.read_bytes()).text
        except OSError as error:
            notes.append(f"{file}: cannot be read: {error.strerror or error}")
            continue
        found = read_events(text, file.stem, parties)
        claims += found.claims
        notes += [f"{file}: {note}" for note in found.notes]
    claims.sort(key=lambda claim: (claim.date or "", claim.id))
    if len(claims) > MAX_EVENTS:
        notes.append(f"{len(claims) - MAX_EVENTS:,} earlier events are left out")
        claims = claims[-MAX_EVENTS:]
    return Events(tuple(claims), tuple(notes))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(f for f in folder.iterdir() if f.suffix.lower() in SUFFIXES and f.is_file())
    except OSError:
        return []


def read_events(text: str, name: str, parties: Sequence[PartyNames]) -> Events:
    """Return the events in the text of a file of event data that a party of the case is in.

    Parameters
    ----------
    text : str
        Rows parted by tabs, commas or semicolons, in one of the three formats.
    name : str
        What their ids begin with.
    parties : sequence of PartyNames
        How the case names its parties.
    """
    rows = _whole(_rows(text))
    known = _Names(parties)
    claims: list[Claim] = []
    others = bad = 0
    for k, row in enumerate(rows, start=1):
        if k > MAX_ROWS:
            return Events(tuple(claims), (f"only the first {MAX_ROWS:,} rows were looked at",))
        day = _day(row.get("day", ""))
        if not day:
            bad += 1
            continue
        party = known.of(row.get("actor", ""), row.get("actor_code", ""))
        target = known.of(row.get("target", ""), row.get("target_code", ""))
        if party is None and target is None:
            others += 1
            continue
        claims.append(_claim(f"{name}:{k}", name, day, row, party, target))
    notes = []
    if not claims and not others:
        notes.append(
            "no event data was found; PLOVER, GDELT 2 and ACLED name a day, actors and a type"
        )
    elif bad:
        notes.append(f"{bad:,} rows have no day that can be read; left out")
    if others:
        notes.append(f"{others:,} rows name no party of the case; left out")
    return Events(tuple(claims), tuple(notes))


def dealt(events: Iterable[Claim]) -> tuple[Dealing, ...]:
    """Return events as a timeline has them."""
    return tuple(Dealing(claim, claim.date or "", (claim.report,)) for claim in events)


def _rows(text: str) -> Iterator[dict[str, str]]:
    """Yield rows by what their columns mean."""
    first = text.lstrip("\ufeff\n\r").split("\n", 1)[0]
    mark = max("\t,;", key=first.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    head: dict[int, str] = {}
    for row in read:
        cells = [" ".join(cell.split()) for cell in row]
        if not head:
            if len(cells) == GDELT_WIDTH and re.fullmatch(r"\d{8}", cells[1]):
                head = _meant(GDELT_2)
            else:
                head = _meant({k: cell.casefold() for k, cell in enumerate(cells)})
                continue
        whole = {what: cells[k] for k, what in head.items() if k < len(cells) and cells[k]}
        there = {what: cell for what, cell in whole.items() if cell.casefold() not in _NOTHING}
        for what in ("actor", "target"):
            if what not in there and (raw := there.get(f"{what}_raw")):
                there[what] = raw
        yield there


def _whole(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield rows up to one that breaks off in the middle of a quotation, or has no end."""
    with contextlib.suppress(csv.Error):
        yield from rows


def _meant(names: Mapping[int, str]) -> dict[int, str]:
    """Return what each column means; of several names for one thing the first that is there."""
    found: dict[int, str] = {}
    for what, known in _COLUMNS.items():
        there = (k for name in known for k, given in names.items() if given == name)
        place = next((k for k in there if k not in found), None)
        if place is not None:
            found[place] = what
    return found


def _day(text: str) -> str:
    """Return a day as ``YYYY-MM-DD``; empty where it is none."""
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%Y/%m/%d", "%d-%b-%Y", "%d-%m-%Y"):
        try:
            found: date = datetime.strptime(text[:20].strip(), form).date()
        except ValueError:
            continue
        return found.isoformat()
    return text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", text) else ""


class _Names:
    """Finds the party of a case that event data names."""

    def __init__(self, parties: Sequence[PartyNames]) -> None:
        self._exact: dict[str, str] = {}
        for party in parties:
            for name in (party.name, party.label, *party.aliases):
                self._exact.setdefault(name.casefold(), party.name)
        longest = sorted(self._exact, key=len, reverse=True)
        inside = "|".join(re.escape(name) for name in longest if len(name) > 3)
        self._inside = re.compile(rf"(?<!\w)({inside})(?!\w)") if inside else None

    def of(self, name: str, code: str) -> str | None:
        """Return the party by its name, its country's code, or a name within the actor's."""
        for text in (name, code, code[:3]):
            if text and text.casefold() in self._exact:
                return self._exact[text.casefold()]
        found = self._inside.search(name.casefold()) if self._inside and name else None
        return self._exact[found[1]] if found else None


def _claim(
    ident: str, name: str, day: str, row: Mapping[str, str], party: str | None, target: str | None
) -> Claim:
    plover = _type(row)
    said = [row.get("words", "")]
    if not said[0]:
        told = _WORDS.get(plover, row.get("kind", "does something"))
        what = f"{row.get('actor') or 'Somebody'} {told.lower()}"
        whom = f": {row['target']}" if row.get("target") else ""
        if row.get("kind", "").casefold() in _OF_ACLED:  # its actors stand in no order
            who = " and ".join(filter(None, (row.get("actor"), row.get("target"))))
            what, whom = f"{who or 'Somebody'}: {row['kind'].lower()}", ""
        detail = f" ({row['detail']})" if row.get("detail") else ""
        said = [f"{what}{whom}{detail}", row.get("place", "")]
    return Claim(
        id=ident,
        report=name,
        kind=_KINDS.get(plover, "event"),
        party=party or row.get("actor") or None,
        speaker=None,
        target=target or row.get("target") or None,
        direct=False,
        source=None,
        cue=None,
        content=(),
        text="; ".join(filter(None, said)),
        plover=plover or None,
        date=day,
        by="rules",
    )


def _type(row: Mapping[str, str]) -> str:
    """Return the type of PLOVER that a row is of; empty where none fits."""
    kind = row.get("kind", "")
    if (name := _EARLIER.get(kind.upper(), kind.upper())) in _WORDS:
        return name
    if kind.casefold() in _OF_ACLED:
        return _OF_ACLED[kind.casefold()]
    if row.get("detail", "").casefold() == "agreement":
        return "AGREE"
    code = row.get("code", kind)
    fits = (_OF_CAMEO[code[:n]] for n in (4, 3, 2) if code[:n] in _OF_CAMEO)
    return next(fits, "")
