"""No answer to any question depends on how states are stored."""

from __future__ import annotations

import json
import sys

import pytest

import detente
from detente.errors import LimitError
from detente.graph import using

QUESTIONS = {
    "states": lambda case: detente.states(case),
    "stability": lambda case: detente.stability(case, "all"),
    "target": lambda case: detente.stability(case, target=TARGET[case.name]),
    "evolution": lambda case: detente.evolution(detente.stability(case, ["seq"])),
    "explain": lambda case: detente.explain(case, concepts="nash,gmr,smr,seq,sseq,sim,cgmr,cseq"),
    "unlock": lambda case: detente.unlock(case, TARGET[case.name]),
    "path": lambda case: detente.path(case, TARGET[case.name]),
    "broker": lambda case: detente.broker(case, TARGET[case.name]),
    "whatif": lambda case: detente.whatif(case, [CHANGE[case.name]], target=TARGET[case.name]),
    "zone": lambda case: detente.zone(case, TARGET[case.name]),
    "who": lambda case: detente.who(case, TARGET[case.name]),
    "risk": lambda case: detente.risk(case, danger=DANGER[case.name], goal=TARGET[case.name]),
}
TARGET = {"elmira": "moe.modify", "korea-2017": "talks"}
CHANGE = {"elmira": "local.insist", "korea-2017": "chn.enforce = fully"}
DANGER = {"elmira": "uniroyal.strategy = abandon and not moe.modify", "korea-2017": "war"}


BOTH = [
    *(pytest.param(question, "elmira") for question in QUESTIONS),
    *(
        pytest.param(
            q, "korea-2017", marks=() if q in ("zone", "who", "risk") else pytest.mark.slow
        )
        for q in QUESTIONS
    ),
]


@pytest.mark.parametrize(("question", "name"), BOTH)
def test_a_list_answers_as_arrays_do(question, name):
    case = detente.load(name)
    documents, texts = [], []
    for store in ("arrays", "list"):
        with using(store):
            result = QUESTIONS[question](case)
            document = result.document()
            texts.append(str(result).replace(" (kept as a list)", ""))
        if question in ("stability", "target"):  # they say which store it was
            assert document.pop("store") == store
        documents.append(json.dumps(document, default=str))
    assert documents[0] == documents[1]
    assert texts[0] == texts[1]


@pytest.mark.slow
def test_the_dossier_is_the_same():
    found = []
    for store in ("arrays", "list"):
        with using(store):
            result = detente.brief(detente.load("korea-2017"))
        found.append((json.loads(json.dumps(result.document())), result.markdown()))
    assert found[0] == found[1]


def test_where_the_library_is_missing_a_line_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "dd", None)
    with using("diagrams"), pytest.raises(LimitError, match=r"pip install 'detente\[large\]'"):
        detente.stability(detente.load("elmira"))


def test_too_many_states_go_to_diagrams_by_themselves(tmp_path):
    pytest.importorskip("dd.cudd")
    options = ", ".join(f"o{k}: Option {k}" for k in range(40))
    text = (
        f"title: T\nparties:\n  a: {{name: A, options: {{{options}}}}}\n"
        "  b: {name: B, options: {x: X}}\n"
        "preferences: {a: [a.o0, not b.x], b: [b.x if a.o1]}\n"
    )
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    result = detente.stability(detente.load(tmp_path / "t.yaml"), ["nash"])
    assert result.graph.space.name == "diagrams"
    document = result.document(counts=True)
    # By hand: a can always take o0, so it stays where it has; b stays where it has x or not o1.
    assert document["stable"]["nash"] == {"a": 2**40, "b": 2**40 + 2**39}
    assert document["equilibria"] == {"nash": 2**39 + 2**38}
    with pytest.raises(LimitError, match="too many to be listed one by one"):
        result.document()
