"""Claims files written again: whatever a person did to them stays, and nothing else."""

from __future__ import annotations

import json
import os
import stat

import pytest

from detente.errors import DetenteError, ReportError
from detente.reading import claimsfile
from detente.reading.claimsfile import save
from detente.reading.ingest import find_reports
from detente.reading.pile import Settings, claims, scan
from detente.reading.stamps import is_touched, stamped

TEXT = "“We go,” Anna Smith said. “We stay,” Peter Jones said.\n\n“We wait,” Ines Valdez said."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "r.txt").write_text(TEXT)
    return tmp_path


def written(folder, name="claims.jsonl", meanwhile=None, **how):
    """Read the reports into a file; return what was said about it."""
    pile = scan(find_reports([folder / "reports"]), Settings(), lambda *_: None)

    def found():
        for part in claims(pile, Settings(), lambda *_: None):
            if meanwhile:
                meanwhile()
            yield part

    return save(folder / name, pile, found(), Settings(), **how)


def records(folder, name="claims.jsonl"):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def put(folder, rows, name="claims.jsonl"):
    (folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows))


def claims_of(rows):
    return [row for row in rows if row["type"] == "claim"]


def test_reading_again_gives_the_same_bytes(folder):
    assert written(folder)[1] == ()
    first = (folder / "claims.jsonl").read_bytes()
    assert written(folder)[1] == ()
    assert (folder / "claims.jsonl").read_bytes() == first
    assert sorted(f.name for f in folder.iterdir()) == ["claims.jsonl", "reports"]


def test_every_line_says_that_nobody_touched_it(folder):
    written(folder)
    rows = records(folder)
    assert [row["type"] for row in rows][:1] + [row["type"] for row in rows][-1:] == [
        "report",
        "written",
    ]
    assert not any(map(is_touched, rows))
    said = {f"r:{tail}" for tail in rows[-1]["claims"]["r"]}
    assert said == {row["id"] for row in claims_of(rows)}


def test_an_edited_claim_stays_without_any_mark(folder):
    written(folder)
    rows = records(folder)
    mine = next(row for row in rows if row.get("text") == "We go,")
    mine["party"] = "Grauland"
    put(folder, rows)
    for _ in range(2):  # the second time, too
        assert written(folder)[1] == ()
        now = next(row for row in records(folder) if row.get("text") == "We go,")
        assert now == mine


def test_a_line_written_otherwise_is_not_an_edited_one(folder):
    written(folder)
    rows = [dict(reversed(list(row.items()))) for row in records(folder)]
    put(folder, rows)  # other order of keys, other escapes
    written(folder)
    assert not any(map(is_touched, records(folder)))


def test_an_added_claim_stays(folder):
    written(folder)
    rows = records(folder)
    mine = {"type": "claim", "id": "mine-1", "report": "r", "kind": "offer", "party": "Grauland"}
    mine |= {"content": [[30, 38]], "text": TEXT[30:38]}
    put(folder, [*rows, mine])
    written(folder)
    assert mine in records(folder)
    assert len(records(folder)) == len(rows) + 1


def test_a_claim_stays_beside_one_of_the_same_words_that_a_person_added(folder):
    written(folder)
    rows = records(folder)
    own = next(row for row in rows if row["type"] == "claim")
    put(folder, [*rows, {**own, "id": "mine", "party": "Another"}])
    for _ in range(2):
        _, notes = written(folder)
        assert notes == ()
        assert {own["id"], "mine"} <= {row["id"] for row in claims_of(records(folder))}


def test_a_deleted_claim_stays_deleted_until_it_is_forced(folder):
    written(folder)
    rows = records(folder)
    gone = claims_of(rows)[0]
    put(folder, [row for row in rows if row != gone])
    for _ in range(2):
        count, notes = written(folder)
        assert gone["id"] not in {row.get("id") for row in records(folder)}
        assert count == len(claims_of(rows)) - 1
        assert notes == (
            "1 claim that somebody deleted left out again; --force brings all back and keeps"
            " nothing",
        )
    assert written(folder, force=True)[1] == ()
    assert records(folder) == rows


def test_a_day_that_a_person_gave_a_report_stays(folder):
    written(folder)
    rows = records(folder)
    rows[0] |= {"date": "2018-03-03", "note": "from the archive"}
    put(folder, rows)
    (folder / "reports" / "r.txt").write_text(TEXT + " It rains.")
    written(folder)
    now = records(folder)[0]
    assert (now["date"], now["note"]) == ("2018-03-03", "from the archive")
    assert now["chars"] == len(TEXT) + 10


def test_an_edit_saved_while_reports_are_read_stays(folder):
    written(folder)

    def edit():
        rows = records(folder)
        claims_of(rows)[0]["party"] = "Grauland"
        put(folder, rows)

    written(folder, meanwhile=edit)
    assert claims_of(records(folder))[0]["party"] == "Grauland"


def test_an_edit_saved_at_the_last_moment_stays(folder, monkeypatch):
    written(folder)
    look, looks = claimsfile._bytes, []

    def looked(path):
        looks.append(path)
        if len(looks) == 2:  # after merging, before the file is replaced
            rows = records(folder)
            claims_of(rows)[0]["party"] = "Grauland"
            put(folder, rows)
        return look(path)

    monkeypatch.setattr(claimsfile, "_bytes", looked)
    written(folder)
    assert claims_of(records(folder))[0]["party"] == "Grauland"
    assert len(looks) == 4
    assert sorted(f.name for f in folder.iterdir()) == ["claims.jsonl", "reports"]


def test_a_file_that_never_rests_is_left_alone(folder, monkeypatch):
    written(folder)
    count = iter(range(100))
    look = claimsfile._bytes

    def looked(path):
        rows = records(folder)
        rows[0]["note"] = next(count)
        put(folder, rows)
        return look(path)

    monkeypatch.setattr(claimsfile, "_bytes", looked)
    with pytest.raises(DetenteError, match="is changed again and again"):
        written(folder)
    assert records(folder)[0]["note"] == 9


def unstamped(rows):
    """Rows as an earlier version wrote them."""
    return [
        {k: v for k, v in row.items() if k != "made"} for row in rows if row["type"] != "written"
    ]


def test_a_file_of_an_earlier_version_is_brought_up_to_date_and_kept_aside(folder):
    written(folder)
    fresh = records(folder)
    old = unstamped(fresh)
    one, two, three, *_ = claims_of(old)
    one["reviewed"] = True
    one["party"] = "Grauland"
    two["kind"] = "offer"  # its id no longer fits
    three["party"] = "Nobody"  # cannot be told from what an earlier version found
    put(folder, old)
    before = (folder / "claims.jsonl").read_bytes()
    _, notes = written(folder)
    assert notes == (
        f"{folder / 'claims.jsonl'} was written by an earlier version, which did not mark its own"
        " lines: what is reviewed, or was added or reworded, is kept; the file as it was is kept"
        " as claims.jsonl.old",
    )
    assert (folder / "claims.jsonl.old").read_bytes() == before
    now = claims_of(records(folder))
    assert now == [one, two, *claims_of(fresh)[2:]]
    assert written(folder)[1] == ()


def test_an_older_copy_is_not_written_over(folder):
    (folder / "claims.jsonl.old").write_text("precious")
    written(folder)
    put(folder, unstamped(records(folder)))
    assert "kept as claims.jsonl.old2" in written(folder)[1][0]
    assert (folder / "claims.jsonl.old").read_text() == "precious"


@pytest.mark.parametrize(
    "content",
    [
        b"title: A case\nparties:\n" * 240,
        b"{}\n" * 240,
        b"[1, 2]\n",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n",
    ],
)
def test_something_else_is_refused_with_one_line(folder, content):
    (folder / "claims.jsonl").write_bytes(content)
    with pytest.raises(ReportError) as caught:
        written(folder)
    assert str(caught.value) == (
        f"{folder / 'claims.jsonl'} is there already and is no claims file; name another file, or"
        " add --force to write over it"
    )
    assert (folder / "claims.jsonl").read_bytes() == content
    written(folder, force=True)
    assert claims_of(records(folder))


def test_of_many_broken_lines_some_are_told(folder):
    written(folder)
    with (folder / "claims.jsonl").open("a") as file:
        file.write("{broken\n" * 240)
    with pytest.raises(ReportError) as caught:
        written(folder)
    told = str(caught.value).split("\n")
    assert len(told) == 21
    assert told[-1].endswith("and 220 more lines of this kind")


def test_an_empty_file_is_written(folder):
    (folder / "claims.jsonl").write_text("\n")
    written(folder)
    assert claims_of(records(folder))


def test_modes_and_links_stay(folder):
    written(folder)
    real = folder / "claims.jsonl"
    real.chmod(0o640)
    (folder / "link").symlink_to(real)
    written(folder, "link")
    assert (folder / "link").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_read_only_file_is_left_alone(folder):
    written(folder)
    (folder / "claims.jsonl").chmod(0o444)
    for force in (False, True):
        with pytest.raises(DetenteError, match="is read-only"):
            written(folder, force=force)


def test_a_folder_that_is_not_there_is_told_before_reading(folder):
    with pytest.raises(DetenteError, match=r"there is no folder .*; make it first"):
        written(folder, "nowhere/claims.jsonl", meanwhile=lambda: pytest.fail("read"))
    with pytest.raises(DetenteError, match="is a folder; name a file"):
        written(folder, "reports")


def test_a_device_is_written_to(folder):
    assert written(folder, os.devnull)[0] == written(folder)[0]
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_digest_knows_every_key():
    made = stamped({"a": 1, "b": [2]})
    assert not is_touched(made)
    for changed in ({"a": 2}, {"c": 1}, {"b": [2, 3]}, {"made": "0"}):
        assert is_touched(made | changed)
    assert is_touched({"a": 1})


def test_new_reports_join_a_claims_file_and_its_other_lines_stay(tmp_path, run):
    """What a person did to a line, or to the file by taking one away, is still told after it."""
    from detente.reading import judged
    from detente.reading.records import claim_of, read_lines, report_of_line
    from detente.reading.stamps import is_touched, written_ids

    for name, text in (("one", "The union demanded more pay."), ("two", "The port refused it.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(text)
        assert run("read", tmp_path / name, "-o", tmp_path / f"{name}.jsonl").code == 0
    first, second = ((tmp_path / f"{n}.jsonl").read_text() for n in ("one", "two"))
    gone = next(json.loads(row) for row in first.split("\n") if '"claim"' in row)["id"]
    edited = judged.thrown_out(first, gone)
    rows = [line.record for line in read_lines(second, "two")]
    records = [report_of_line(row) for row in rows if row["type"] == "report"]
    claims = [claim_of(row) for row in rows if row["type"] == "claim"]
    made = judged.with_reports(edited, records, claims)
    kinds = [json.loads(row)["type"] for row in made.splitlines()]
    assert kinds == ["report", "report", *["claim"] * (len(kinds) - 3), "written"]
    assert set(edited.splitlines()[:-1]) < set(made.splitlines())
    assert gone in written_ids(json.loads(made.splitlines()[-1]))
    assert not any(is_touched(json.loads(row)) for row in made.splitlines())
    assert judged.with_reports("", records, claims) == second
