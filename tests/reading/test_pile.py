"""A pile is the same whoever reads it: one process, several, a cluster, or two runs in a row."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from detente import pools
from detente.reading import pile as piles
from detente.reading.ingest import find_reports
from detente.reading.journal import Journal
from detente.reading.pile import Settings, scan, told
from marked import few

pytest.importorskip("spacy")

PEOPLE = ["Ines Valdez", "Per Dahl", "Ola Berg", "Luz Prado", "Nan Orde"]
LANDS = ["Ruritania", "Grauland", "Nordby", "Kolberg", "Syldavia"]
LINES = [
    "{a} will talk only if {b} lifts the blockade, {a}’s foreign minister, {p}, said on Monday.",
    "“We shall not leave the bay,” {last} told reporters. “{b} must pay first.”",
    "{last} demanded that {b} release the crew of the Alma.",
    "{a} rejected the offer of {b} and closed the strait to its ships.",
    "It rained in the valley for {n} days, and the road was closed.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Forty reports in which some people are told by their whole name in one report alone."""
    rng = random.Random(7)
    made = tmp_path_factory.mktemp("pile")
    for k in range(40):
        a, b = rng.sample(LANDS, 2)
        p = PEOPLE[LANDS.index(a)]
        words = {"a": a, "b": b, "p": p, "last": p.split()[1], "n": k}
        lines = [line.format(**words) for line in rng.sample(LINES, 3)]
        (made / f"r{k:02}.txt").write_text("\n\n".join(lines), "utf-8")
    (made / "copy.txt").write_text((made / "r00.txt").read_text("utf-8"), "utf-8")
    return made


def all_told(folder, settings, journal=None):
    pile = scan(find_reports([folder]), settings, lambda *_: None)
    return pile, list(told(pile, settings, lambda *_: None, journal))


@pytest.fixture(scope="module")
def alone(folder):
    """What one process reads."""
    return all_told(folder, Settings())


def test_one_process_reads_claims_and_sentences(alone):
    pile, found = alone
    assert len(found) == len(pile.records) == 41
    assert sum(len(one.claims) for one in found) > 80
    copies = [k for k, record in enumerate(pile.records) if record.duplicate_of]
    assert copies
    assert all(found[k] == piles.Told() for k in copies)


@pytest.mark.slow
def test_several_processes_read_the_same(folder, alone, monkeypatch):
    monkeypatch.setattr(piles, "_SMALL", 0)
    assert all_told(folder, Settings(workers=2)) == alone


@pytest.mark.slow
def test_a_cluster_reads_the_same(folder, alone, monkeypatch):
    distributed = pytest.importorskip("distributed")
    for wait in ("PATIENCE", "FIRST_WORKER"):  # the machine may be busy
        monkeypatch.setattr(pools, wait, 600)
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        assert all_told(folder, Settings(cluster=cluster.scheduler_address)) == alone


def test_a_cluster_needs_no_files_and_no_word_lists_of_ours(folder, alone, tmp_path):
    words = tmp_path / "own.txt"
    words.write_text("[verbs]\nblare = thing quote\n", "utf-8")
    pile, _ = alone
    settings = Settings(words=words, cluster="tcp://nowhere:1")
    batch = piles._Papers(pile, settings)[0]
    assert all(paper.data is not None for paper in batch)
    lexicon = piles._Papers(pile, settings).lexicon
    assert lexicon is not None
    assert "blares" in lexicon.verbs


def test_the_size_of_batches_changes_nothing(folder, alone, monkeypatch):
    monkeypatch.setattr(piles, "BATCH", 5)
    assert all_told(folder, Settings()) == alone


class Read:
    """Counts how many reports are read."""

    def __init__(self, monkeypatch, stop_after=10**9):
        self.count = 0
        tell = piles.tell

        def counted(*given):
            if self.count == stop_after:
                raise KeyboardInterrupt
            self.count += 1
            return tell(*given)

        monkeypatch.setattr(piles, "tell", counted)


def test_an_interrupted_reading_goes_on_where_it_was(folder, alone, monkeypatch, tmp_path):
    output = tmp_path / "claims.jsonl"
    with monkeypatch.context() as patched:
        Read(patched, stop_after=35)
        with pytest.raises(KeyboardInterrupt):
            all_told(folder, Settings(), Journal(output))
    assert len(Journal(output)) == 2  # of three batches: 16 and 16 reports
    again = Read(monkeypatch)
    assert all_told(folder, Settings(), Journal(output)) == alone
    assert again.count == 40 - 32
    assert len(Journal(output)) == 3
    again.count = 0
    assert all_told(folder, Settings(), Journal(output)) == alone
    assert again.count == 0
    Journal(output).remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_journal_counts_in_another_process_too(folder, tmp_path, monkeypatch):
    """Sets come in another order there."""
    all_told(folder, Settings(), Journal(tmp_path / "claims.jsonl"))
    script = (
        "import sys; from pathlib import Path\n"
        "from detente.reading import pile; from detente.reading.ingest import find_reports\n"
        "from detente.reading.journal import Journal; from detente.reading.pile import *\n"
        "pile.tell = None\n"
        "found = scan(find_reports([Path(sys.argv[1])]), Settings(), lambda *_: None)\n"
        "print(len(list(told(found, Settings(), lambda *_: None, Journal(Path(sys.argv[2]))))))\n"
    )
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "claims.jsonl")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("41", "")


@pytest.mark.slow
def test_what_was_read_otherwise_is_read_again(folder, monkeypatch, tmp_path):
    journal = Journal(tmp_path / "claims.jsonl")
    all_told(folder, Settings(), journal)
    read = Read(monkeypatch)
    (folder / "r39.txt").write_text("Grauland rejected the offer. It rains.", "utf-8")
    all_told(folder, Settings(), Journal(tmp_path / "claims.jsonl"))
    assert read.count > 0


@pytest.mark.parametrize("cut", few([1, 40, 400], 40))
def test_a_journal_that_was_cut_off_is_used_as_far_as_it_goes(folder, tmp_path, cut):
    pile, found = all_told(folder, Settings(), journal := Journal(tmp_path / "c.jsonl"))
    whole = journal.file.read_bytes()
    journal.file.write_bytes(whole[:-cut])
    assert len(Journal(tmp_path / "c.jsonl")) == 2
    assert all_told(folder, Settings(), Journal(tmp_path / "c.jsonl")) == (pile, found)
    assert journal.file.read_bytes() == whole


def test_a_journal_of_another_version_does_not_count(folder, tmp_path, monkeypatch):
    journal = Journal(tmp_path / "c.jsonl")
    all_told(folder, Settings(), journal)
    assert len(journal) == 3
    monkeypatch.setattr("detente.reading.journal.__version__", "another")
    assert len(Journal(tmp_path / "c.jsonl")) == 0


def test_the_command_leaves_no_journal(folder, tmp_path, run):
    assert run("read", folder, "-o", tmp_path / "claims.jsonl", "--workers", "1").code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["claims.jsonl"]


def test_progress_tells_each_step(folder):
    steps = []
    settings = Settings()
    pile = scan(find_reports([folder]), settings, lambda *step: steps.append(step))
    list(told(pile, settings, lambda *step: steps.append(step)))
    names = ["comparing", "parsing", "learning who is who", "reading"]
    assert list(dict.fromkeys(name for name, _, _ in steps)) == names
    assert [step for step in steps if step[0] == "reading"] == [
        ("reading", k, 40) for k in range(1, 41)
    ]
