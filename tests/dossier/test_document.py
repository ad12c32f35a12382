"""The JSON document of a dossier: held to its schema, finite, and the same every time."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys

import dam
import jsonschema
import pages
import pytest

from detente.questions.brief import brief
from detente.questions.shapes import schema

SCHEMA = schema("brief")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def wrong(document: object) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message}" for e in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    open_ones = [
        at for at, part in objects(SCHEMA) if part.get("additionalProperties", True) is True
    ]
    assert open_ones == []


def objects(schema, at="#"):
    """Every part of a schema that is about objects."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield at, schema
        for key, inner in schema.items():
            yield from objects(inner, f"{at}/{key}")
    elif isinstance(schema, list):
        for key, inner in enumerate(schema):
            yield from objects(inner, f"{at}/{key}")


@pytest.mark.parametrize("name", pages.EACH)
def test_every_document_is_as_the_schema_says(name):
    assert wrong(pages.document(name)) == []


@pytest.mark.parametrize("name", pages.EACH)
def test_what_is_missing_says_why(name):
    document = pages.document(name)
    results = ("stability", "evolution", "deadlock", "unlock", "path", "broker", "risk")
    more = ("zone", "who", "leans", "zone_turn", "views", "doubt", "nuances", "dilemmas")
    for key in (*results, *more, "comparison", "target"):
        assert (document[key] is None) == (key in document["unanswered"]), key


def set_at(document, pointer, value):
    *way, last = pointer.split("/")[1:]
    holder = pages.at(document, "/" + "/".join(way)) if way else document
    holder[int(last) if isinstance(holder, list) else last] = value


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/extra", 1),
        ("/format", 2),
        ("/digest", "xyz"),
        ("/plan/joint", 0),
        ("/case/parties", []),
        ("/case/as_of", "May 2031"),
        ("/case/said/c1/firmness", 0),
        ("/case/said/c1/kind", "refusal"),
        ("/evidence/reports/0/duplicate_kind", "alike"),
        ("/evidence/claims/0/content", []),
        ("/stability/states", -1),
        ("/stability/holds/seq/states", 1.5),
        ("/stability/outcomes/0/holding", [1]),
        ("/deadlock/verdict", "stuck"),
        ("/deadlock/concessions/0/burden", {}),
        ("/path/exposure", 1.2),
        ("/path/steps/0/movers", []),
        ("/path/end/state", "N N"),
        ("/broker/uses/0/possible", "yes"),
        ("/risk/p_danger_before_goal", 2),
        ("/risk/p_danger_within/0", [0]),
        ("/risk/p_danger_within/0", [0, 0.1, 0.2]),
        ("/leans/0/place", 0),
        ("/zone_turn/radius", -1),
        ("/dilemmas/dilemmas/0/kind", "doubt"),
        ("/comparison/changes/0/how", "other"),
        ("/unanswered/weather", "unknown"),
        ("/stability", 3),
    ],
)
def test_the_schema_refuses_what_is_not_so(pointer, value):
    document = copy.deepcopy(pages.document("dam"))
    set_at(document, pointer, value)
    assert wrong(document)


@pytest.mark.slow
def test_the_schema_misses_every_key():
    whole = pages.document("dam")
    for key in whole:
        document = {k: v for k, v in whole.items() if k != key}
        assert wrong(document), key
    for key in ("stability", "risk", "path", "comparison", "case", "evidence"):
        for inner in whole[key]:
            if inner in ("nearest", "others", "more"):
                continue
            part = {k: v for k, v in whole[key].items() if k != inner}
            assert wrong({**whole, key: part}), (key, inner)


MAKE = """
import sys
from detente.questions.brief import brief
made = brief("dam")
import json
sys.stdout.buffer.write(made.html().encode())
sys.stdout.buffer.write(made.markdown().encode())
sys.stdout.buffer.write(json.dumps(made.document()).encode())
sys.stdout.buffer.write(str(made).encode())
"""


def test_every_format_is_the_same_to_the_byte(tmp_path, monkeypatch):
    dam.write(tmp_path / "dam")
    made = []
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", MAKE],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        made.append(ran.stdout)
    assert made[0] == made[1]
    monkeypatch.chdir(tmp_path)
    here = brief("dam")
    told = (here.html(), here.markdown(), json.dumps(here.document()), str(here))
    assert "".join(told).encode() == made[0]
    again = brief("dam")
    assert (again.html(), again.markdown()) == (here.html(), here.markdown())
