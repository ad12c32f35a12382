"""The reports of a case as a bibliography: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from detente.dossier.sheets.model import one_line
from detente.reading.report import Report

Bibliography: TypeAlias = Literal["bibtex", "ris", "csl"]

_MEANT = re.compile(r"[\\{}&%$#_~^]")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def bibliography(reports: Sequence[Report], form: Bibliography) -> str:
    """Return reports as a bibliography, by id.

    Each entry has what the report's front matter tells: title, source, day, address. Its key is
    the report's id, as the case cites it.
    """
    found = sorted(reports, key=lambda report: report.id)
    match form:
        case "bibtex":
            return "\n".join(_bibtex(r, key) for r, key in zip(found, _keys(found), strict=True))
        case "ris":
            return "\n".join("\n".join(_ris(report)) for report in found)
    entries = [_csl(r, key) for r, key in zip(found, _keys(found), strict=True)]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _keys(reports: Sequence[Report]) -> Iterator[str]:
    """Yield a key for each report that no program stumbles over, each once."""
    taken: set[str] = set()
    for report in reports:
        plain = re.sub(r"[^A-Za-z0-9.:+/-]+", "-", report.id).strip("-") or "report"
        key = next(
            k for n in range(1, 10_000) if (k := plain if n == 1 else f"{plain}-{n}") not in taken
        )
        taken.add(key)
        yield key


def _title(report: Report) -> str:
    return one_line(report.title or report.id)


def _day(report: Report) -> list[int]:
    """Return year, month and day, as many as are told."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", report.date)
    return [] if found is None else [int(part) for part in found.groups() if part]


def _bibtex(report: Report, key: str) -> str:
    day = _day(report)
    fields = {
        "title": f"{{{_tex(_title(report))}}}",
        "howpublished": _tex(one_line(report.source)),
        "year": f"{day[0]}" if day else "",
        "month": f"{day[1]}" if len(day) > 1 else "",
        "date": "-".join(f"{part:02}" for part in day),
        "url": _address(report),
        "note": _tex(f"Report {one_line(report.id)}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _tex(text: str) -> str:
    return _MEANT.sub(lambda m: _TEX.get(m[0], f"\\{m[0]}"), text)


def _address(report: Report) -> str:
    """Return the report's address, without what would end a field."""
    return re.sub(r"[\s{}\\]", "", one_line(report.url))


def _ris(report: Report) -> Iterator[str]:
    day = _day(report)
    yield "TY  - GEN"
    yield f"ID  - {one_line(report.id)}"
    yield f"TI  - {_title(report)}"
    if report.source:
        yield f"PB  - {one_line(report.source)}"
    if day:
        yield f"PY  - {day[0]}"
        yield "DA  - " + "/".join([f"{part:02}" for part in day] + [""] * (4 - len(day)))
    if report.url:
        yield f"UR  - {_address(report)}"
    yield "ER  - "
    yield ""


def _csl(report: Report, key: str) -> dict[str, object]:
    entry: dict[str, object] = {"id": key, "type": "document", "title": _title(report)}
    if report.source:
        entry["publisher"] = one_line(report.source)
    if day := _day(report):
        entry["issued"] = {"date-parts": [day]}
    if report.url:
        entry["URL"] = _address(report)
    entry["note"] = f"Report {one_line(report.id)}"
    return entry
