"""Sweeps: draws, files, records, tallies, workers."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import detente
from detente import pools
from detente.case.files import parse
from detente.case.formula import to_text
from detente.errors import CaseError, DetenteError
from detente.risk import results_file
from detente.risk.results_file import header
from detente.risk.sweep import Task
from detente.risk.tally import Share, tally
from detente.risk.uncertainty import (
    Firmness,
    Misstep,
    Order,
    Presence,
    Today,
    edited,
    values,
)
from detente.risk.vary_file import parse_vary
from risk.small import CASE

VARY = """\
- {order: [not war, ally.squeeze = none], party: north}
- {statement: north.pledge, party: ally, present: 0.7}
- {firmness: never, from: 1, to: 5}
- {misstep: north, from: 0.001, to: 0.1, scale: log}
- {status_quo: ally.squeeze, levels: [partial, full]}
"""
UNCERTAIN = (
    Order("north", 0, 1),
    Presence("ally", 1, 0.7),
    Firmness("never", 1, 5),
    Misstep("north", 0.001, 0.1, log=True),
    Today(4, (1, 2)),
)


@pytest.fixture(scope="module")
def case():
    return parse(CASE, file="case.yaml", name="small").case


def test_the_file_is_read(case):
    assert parse_vary(VARY, case, file="vary.yaml") == UNCERTAIN
    assert parse_vary("vary:\n" + VARY, case, file="vary.yaml") == UNCERTAIN
    short = "- {order: [3, 1], party: ally}\n- {status_quo: ally.squeeze}\n"
    assert parse_vary(short, case, file="v") == (Order("ally", 2, 0), Today(4, (0, 1, 2)))
    edges = "- {misstep: north, from: 0, to: 1}\n- {statement: 1, party: north, present: 1}\n"
    assert parse_vary(edges, case, file="v") == (Misstep("north", 0, 1), Presence("north", 0, 1))


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        ("- {order: [not war, ally.talk], party: north}", "v:1:21: 'north' does not want"),
        ("- {order: [1], party: north}", "expected two statements"),
        ("- {order: [1, 1], party: north}", "the same statement"),
        ("- {order: [1, 9], party: north}", "has 3 statements; there is no number 9"),
        ("- {order: [1, 2], party: nort}", "unknown party 'nort'; did you mean 'north'?"),
        (
            "- {order: [1, 2], party: north, wen: 3}",
            "v:1:33: unknown key 'wen'",
        ),  # where the key stands
        ("- {order: [1, 2]}", "whose? say 'party:'"),
        ("- {statement: 1, party: north, present: 2}", "a probability is from 0 to 1, not 2"),
        ("- {firmness: nevr, from: 1, to: 2}", "did you mean 'never'?"),
        ("- {firmness: never, from: 0, to: 2}", "a firmness is a whole number from 1"),
        ("- {firmness: never, from: 3, to: 2}", "'from' (3) is above 'to' (2)"),
        ("- {firmness: never, from: 3}", "the key 'to' is missing"),
        ("- {misstep: north, from: 0, to: 2}", "a misstep rate is from 0 to 1"),
        ("- {misstep: north, from: 0, to: 1, scale: log}", "a log scale begins above 0"),
        ("- {misstep: north, from: 0, to: 1, scale: lg}", "did you mean 'log'?"),
        ("- {misstep: north, from: x, to: 1}", "expected a number such as 3, -0.5 or 1/3, found"),
        ("- {firmness: never, from: nan, to: 3}", "v:1:27: expected a number such as 3, -0.5"),
        ("- {firmness: never, from: 1, to: inf}", "v:1:34: expected a number such as 3, -0.5"),
        ("- {firmness: never, from: 1, to: 1.5}", "a firmness is a whole number from 1"),
        ("- {firmness: never, from: 1, to: 1000000}", "a whole number from 1 to 999,999"),
        ("- {misstep: north, from: 0, to: nan}", "found 'nan'"),
        ("- {misstep: north, from: 0, to: 1e999}", "found '1e999'"),
        ("- {statement: 1, party: north, present: nan}", "found 'nan'"),
        ("- {misstep: north, from: [1], to: 1}", "found a list"),
        ("- {misstep: north, from: -0.1, to: 1}", "a misstep rate is from 0 to 1"),
        ("- {status_quo: ally.squeeze, levels: partial}", "expected a list of levels"),
        ("- {status_quo: ally.squeze}", "did you mean 'ally.squeeze'?"),
        ("- {status_quo: ally.squeeze, levels: [some]}", "unknown level 'some'"),
        ("- {misstep: north, from: 0, to: 1, sacle: log}", "did you mean 'scale'?"),
        ("- {mistep: north}", "an entry is about one of order, statement"),
        ("misstep: north", "expected a list of what is uncertain"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(case, vary, told):
    with pytest.raises(CaseError) as caught:
        parse_vary(vary, case, file="v")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "vary",
    [
        "- {order: [1, 2], party: nort}",
        "- {misstep: north, from: 0.5, to: 0.1}",
        "- {misstep: north, from: x, to: 1}",
        "- {status_quo: ally.squeeze, levels: partial}",
    ],
)
def test_one_mistake_is_told_once(case, vary):
    with pytest.raises(CaseError) as caught:
        parse_vary(vary, case, file="v")
    assert len(caught.value.problems) == 1


def test_of_a_case_without_a_today_no_part_of_it_is_in_doubt(case):
    with pytest.raises(CaseError, match="v:1:16: the case does not say where things stand today"):
        parse_vary("- {status_quo: ally.squeeze}", replace(case, status_quo=None), file="v")


def test_the_file_of_results_names_the_case_in_its_own_letters(case):
    said = header(Task(replace(case, name="süd"), (), 1, ("nash",), None, None))
    assert '"case": "süd"' in said


def test_draws_edit_the_case_as_by_hand(case):
    drawn = edited(case, UNCERTAIN, (True, False, 2, 0.05, 1))
    wishes = {
        p.name: [to_text(s.formula) for s in p.preferences.statements] for p in drawn.case.parties
    }
    assert wishes["north"] == ["ally.squeeze = none", "not war", "not north.pledge"]
    assert wishes["ally"] == ["not war", "ally.talk if north.pledge"]
    assert drawn.case.refusals[0].firmness == 2
    assert drawn.case.status_quo == (0, 0, 0, 0, 1)
    assert drawn.missteps == (("north", 0.05),)
    assert edited(case, UNCERTAIN, (False, True, 4, 0.02, 2)).case == case


def test_draws_fall_where_they_should():
    rows = [values(UNCERTAIN, 3, k) for k in range(4_000)]
    swapped, there, firm, rate, today = zip(*rows, strict=True)
    # 4 standard deviations of a share of 4,000 draws are 0.032 at most.
    assert np.mean(swapped) == pytest.approx(0.5, abs=0.032)
    assert np.mean(there) == pytest.approx(0.7, abs=0.032)
    assert {f: pytest.approx(0.2, abs=0.032) for f in range(1, 6)} == {
        f: firm.count(f) / 4_000 for f in set(firm)
    }
    assert min(rate) >= 0.001
    assert max(rate) <= 0.1
    assert np.mean(np.array(rate) < 0.01) == pytest.approx(0.5, abs=0.032)  # the middle in logs
    assert set(today) == {1, 2}


def test_a_rate_is_drawn_evenly_from_its_range():
    rates = [values([Misstep("ally", 0.2, 0.6)], 3, k)[0] for k in range(1_000)]
    assert 0.2 <= min(rates) < 0.21
    assert 0.59 < max(rates) <= 0.6
    # 4 standard deviations of the mean of 1,000 even draws from a range of 0.4 are 0.015.
    assert np.mean(rates) == pytest.approx(0.4, abs=0.015)


def test_draws_do_not_hang_on_each_other():
    assert values(UNCERTAIN, 3, 7) == values(UNCERTAIN, 3, 7)
    assert values(UNCERTAIN, 3, 7) != values(UNCERTAIN, 4, 7)
    assert len({values(UNCERTAIN, 3, k)[3] for k in range(50)}) == 50


def test_nothing_uncertain_gives_the_plain_result(case):
    found = detente.sweep(case, [], 7, workers=1).tally
    plain = detente.stability(case, ["nash", "seq"])
    risk = detente.risk(case)
    for concept, shares in found.sets:
        assert shares == (Share(tuple(plain.equilibria(concept)), 7, 7),)
    assert set(found.dangers) == {risk.base.hitting.p_danger}
    # By hand: talks need the ally to talk, so its condition (3) or the refusal (4) must go.
    assert found.deadlock == Share((), 7, 7)
    assert found.concessions == (Share(("c1",), 7, 7),)


def test_a_range_of_one_value_is_nothing_uncertain(case):
    narrow = [Misstep("north", 0.02, 0.02), Firmness("never", 4, 4), Presence("ally", 1, 1.0)]
    a, b = (detente.sweep(case, v, 5, workers=1).tally for v in ([], narrow))
    assert (a.sets, a.concessions, a.dangers) == (b.sets, b.concessions, b.dangers)


def test_every_question_has_a_name_of_its_own(case, tmp_path, monkeypatch):
    # Whatever is asked otherwise gives other records, so it must not share a file with others.
    vary = tmp_path / "vary.yaml"
    vary.write_text(VARY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def named(**asked):
        told = {"samples": 1, "concepts": ["nash"], "workers": 1, **asked}
        return detente.sweep(case, vary, results=True, **told).results

    otherwise = [
        {"seed": 1},
        {"concepts": ["seq"]},
        {"target": "north.pledge"},
        {"danger": "north.attack and ally.talk"},
        {"goal": "north.talk"},
        {"goal": "ally.talk and not war"},
        {"misstep": 0.1},
        {"tempo": {"north": 2.0}},
        {"behaviour": "softmax"},
        {"behaviour": "softmax", "temperature": 2.0},
        {"behaviour": "cautious"},
        {"behaviour": "cautious", "concept": "gmr"},
    ]
    names = [named(**more) for more in ({}, *otherwise)]
    vary.write_text(VARY.replace("0.7", "0.6"), encoding="utf-8")
    names.append(named())
    assert len(set(names)) == len(names)
    vary.write_text(VARY, encoding="utf-8")
    assert named(samples=3, workers=2) == names[0]


def test_the_share_and_its_interval():
    # Wilson's interval for 8 of 10, as printed in textbooks: 0.490 to 0.943.
    low, high = Share((), 8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share((), 0, 5).interval[0] == 0.0


def test_the_tally_counts():
    lines = [
        json.dumps(
            {
                "case": k,
                "drawn": [],
                "equilibria": {"nash": s},
                "cost": c,
                "concession": ids,
                "p_danger": p,
            }
        )
        for k, (s, c, ids, p) in enumerate(
            [(["YN"], 0, [], 0.5), (["YN", "NN"], 3, ["a"], 0.25), ([], None, [], None)]
        )
    ]
    found = tally(lines)
    assert dict(found.states)["nash"] == (Share(("YN",), 2, 3), Share(("NN",), 1, 3))
    assert {s.what: s.times for s in dict(found.sets)["nash"]} == {
        ("YN",): 1,
        ("YN", "NN"): 1,
        (): 1,
    }
    assert found.deadlock == Share((), 2, 3)
    assert found.concessions == (Share((), 1, 3), Share(("a",), 1, 3))
    assert (found.impossible, found.no_today) == (1, 1)
    assert found.p_danger.mean == 0.375
    assert found.p_danger.middle == 0.375
    # Two values 1/4 apart deviate by 1/4 / 2^(1/2) from their mean, which does by 1/8.
    assert found.p_danger.error == pytest.approx(1.96 / 8, rel=1e-4)


# --- the same bytes, whoever does the work ----------------------------------------------------


def swept(case, path, samples=120, **how):
    detente.sweep(case, UNCERTAIN, samples, seed=5, results=path, **how)
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(case, tmp_path_factory):
    """What one process writes."""
    return swept(case, tmp_path_factory.mktemp("sweep") / "whole", workers=1)


def test_two_processes_give_the_bytes_of_one(case, whole, tmp_path):
    assert swept(case, tmp_path / "two", workers=2) == whole
    assert whole.count(b"\n") == 121


def test_another_seed_gives_other_bytes(case, tmp_path):
    detente.sweep(case, UNCERTAIN, 5, seed=6, results=tmp_path / "b", workers=1)
    assert (tmp_path / "b").read_bytes() != swept(case, tmp_path / "a", 5, workers=1)


@pytest.mark.parametrize("left", [0, 1, 40, 75, 2_000, 100_000])
def test_a_sweep_that_was_killed_goes_on(case, whole, tmp_path, left):
    torn = tmp_path / "torn"
    torn.write_bytes(whole[:left])
    assert swept(case, torn, workers=1) == whole


def test_a_sweep_goes_on_where_another_program_changed_the_line_ends(case, whole, tmp_path):
    path = tmp_path / "r"
    swept(case, path, 60, workers=1)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert swept(case, path, workers=1).replace(b"\r\n", b"\n") == whole


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_told_with_the_file(case, tmp_path, monkeypatch):
    monkeypatch.setattr(results_file, "require_plain", lambda handle: None)
    monkeypatch.setattr(results_file.Records, "_resume", lambda self: None)
    with pytest.raises(DetenteError, match=r"cannot write /dev/full: No space left on device"):
        detente.sweep(case, UNCERTAIN, 5, results="/dev/full", workers=1)


def test_a_sweep_goes_on_from_what_is_done(case, tmp_path, monkeypatch):
    first = swept(case, tmp_path / "r", 60, workers=1)
    done = []
    monkeypatch.setattr(
        pools, "here", lambda work, items: (done.append(i) or work(i) for i in items)
    )
    longer = swept(case, tmp_path / "r", 120, workers=1)
    assert longer.startswith(first)
    assert done == [(60, 110), (110, 120)]


def test_a_sweep_that_is_stopped_keeps_what_is_done(case, whole, tmp_path):
    def stop(done, of):
        if done >= 100:
            raise KeyboardInterrupt

    found = detente.sweep(
        case, UNCERTAIN, 200, seed=5, results=tmp_path / "r", workers=1, on_batch=stop
    )
    assert not found.complete
    assert found.tally.cases == 100
    assert swept(case, tmp_path / "r", workers=1) == whole


def test_the_records_of_another_sweep_are_not_touched(case, tmp_path):
    path = tmp_path / "r"
    before = swept(case, path, 5, workers=1)
    with pytest.raises(CaseError, match="another sweep"):
        detente.sweep(case, UNCERTAIN, 5, seed=6, results=path, workers=1)
    assert path.read_bytes() == before
    path.write_text("notes of mine\n")
    with pytest.raises(CaseError, match="something else"):
        detente.sweep(case, UNCERTAIN, 5, results=path, workers=1)
    path.write_text("no end of line")
    with pytest.raises(CaseError, match="something else"):
        detente.sweep(case, UNCERTAIN, 5, results=path, workers=1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"samples": 0}, "the samples are from 1"),
        ({"workers": 0}, "one worker at least"),
        ({"seed": -1}, "a seed is 0 or more"),
        ({"concepts": ["cnash"]}, "over coalitions"),
        ({"concepts": ["nsh"]}, "did you mean 'nash'?"),
        ({"misstep": 2.0}, "the misstep rate of 'north' is from 0 to 1, not 2"),
        ({"goal": "not north.talk"}, "danger and goal overlap"),
        ({"cluster": "tcp://127.0.0.1:9"}, "no Dask scheduler answers"),
    ],
)
def test_what_cannot_be_swept_is_refused(case, wrong, told, monkeypatch):
    if "cluster" in wrong:
        pytest.importorskip("distributed")
        monkeypatch.setattr(pools, "PATIENCE", 1)
    with pytest.raises(DetenteError) as caught:
        detente.sweep(case, **({"vary": [], "samples": 3} | wrong))
    assert told in str(caught.value)


# --- on a cluster -----------------------------------------------------------------------------


def slow_square(k):
    """Work for a cluster: the number, its square and who did it, after a while."""
    time.sleep(0.1)
    return k, k * k, os.getpid()


@pytest.fixture
def cluster(monkeypatch):
    distributed = pytest.importorskip("distributed")
    for wait in ("PATIENCE", "FIRST_WORKER"):  # the machine may be busy
        monkeypatch.setattr(pools, wait, 600)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as running:
        yield running


@pytest.mark.filterwarnings("ignore")  # dask warns of its own sockets and of the worker that dies
@pytest.mark.slow
def test_a_cluster_loses_nothing_when_a_worker_is_killed(case, cluster, tmp_path):
    want = swept(case, tmp_path / "here", 300, workers=1)
    killed = []

    def kill(done, of):
        if not killed:
            killed.append(next(iter(cluster.workers.values())).process.process.pid)
            os.kill(killed[0], signal.SIGKILL)

    address = cluster.scheduler_address
    path = tmp_path / "there"
    detente.sweep(case, UNCERTAIN, 300, seed=5, results=path, cluster=address, on_batch=kill)
    assert killed
    assert path.read_bytes() == want


@pytest.mark.filterwarnings("ignore")
def test_answers_of_a_cluster_come_in_order_from_several_processes(cluster):
    found = list(pools.on_cluster(slow_square, range(12), cluster.scheduler_address))
    assert [k for k, _, _ in found] == list(range(12))
    assert all(a[1] <= b[1] for a, b in pairwise(found))
    workers = {pid for _, _, pid in found}
    assert len(workers) == 2
    assert os.getpid() not in workers
