"""The server, asked over a real pipe by the protocol's own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import detente
from detente.questions.declare import parameters
from detente.questions.shapes import schema
from made_cases import CIRCULAR

pytest.importorskip("mcp")

import anyio
from anyio.from_thread import start_blocking_portal
from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from detente.mcp.server import _Runner
from detente.mcp.tools import LONG, TOOLS, declared, present

PATIENT = ("--seconds", "600")
"""No answer is given up because the machine is busy."""

REPORT = "The mayor said: “We won’t pay another penny of dues.” Nobody answered him.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a case, a secret beside it, and links that lead out."""
    root = tmp_path_factory.mktemp("mcp")
    (root / "secret.txt").write_text("secret")
    home = root / "cases"
    reports = home / "harbour" / "reports"
    reports.mkdir(parents=True)
    (home / "harbour" / "case.yaml").write_text(CIRCULAR, "utf-8")
    (reports / "01-dues.txt").write_text(REPORT, "utf-8")
    (reports / "02-link.txt").symlink_to(root / "secret.txt")
    (home / "broken").mkdir()
    (home / "broken" / "case.yaml").write_text("parties: [", "utf-8")
    (home / "out").symlink_to(root)
    return home


@asynccontextmanager
async def session(folder, *options):
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "detente", "mcp", str(folder), *options]
    )
    async with (
        stdio_client(command) as (incoming, outgoing),
        ClientSession(incoming, outgoing) as s,
    ):
        await s.initialize()
        yield s


@pytest.fixture(scope="module")
def hold(folder):
    """Run something with a session that all tests share: a server takes seconds to start."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(session(folder, *PATIENT)) as shared,
    ):
        yield lambda talk: portal.call(talk, shared)


@pytest.fixture
def asked(hold):
    """The answers to some calls."""

    def ask(*calls):
        async def run(s):
            return [await s.call_tool(name, given) for name, given in calls]

        return hold(run)

    return ask


def test_what_a_tool_says_is_what_the_question_says(folder, asked):
    (answer,) = asked(("why_they_do_not_talk", {"case": "harbour"}))
    wanted = detente.deadlock(detente.load(folder / "harbour"))
    assert not answer.is_error
    assert answer.content[0].text == str(wanted)
    assert answer.structured_content["words"] == str(wanted)
    told, own = answer.structured_content["document"], json.loads(json.dumps(wanted.document()))
    assert told["verdict"] == own["verdict"] == "deadlock"
    assert told["knots"] == own["knots"]


def test_tools_are_the_questions_and_never_write(hold):
    async def run(s):
        return (await s.list_tools()).tools

    tools = {tool.name: tool for tool in hold(run)}
    assert set(tools) == {*present(), "list_cases", "check_case", "propose"}
    assert set(present()) <= set(TOOLS)
    for name, tool in tools.items():
        assert tool.annotations.read_only_hint, name
        assert not tool.annotations.destructive_hint, name
        assert tool.output_schema["properties"].keys() == {"words", "document"}
        for key, said in tool.input_schema["properties"].items():
            assert said.get("description") or name == "propose", (name, key)
    limit = tools["way_into_the_room"].input_schema["properties"]["joint"]
    own = {p.name: p for p in parameters(declared("path"))}["joint"]
    assert (limit["minimum"], limit["default"]) == (own.least, own.default)


def test_a_tool_says_of_what_shape_its_document_is(hold):
    async def run(s):
        tools = (await s.list_tools()).tools
        kept = await s.read_resource("detente://schemas/brief")
        return {tool.name: tool.output_schema for tool in tools}, kept.contents[0].text

    schemas, of_brief = hold(run)
    for name, asked in present().items():
        told, keys = json.dumps(schemas[name]), set(schema(asked.question)["properties"])
        assert name in LONG or all(f'"{key}"' in told for key in keys), name
    assert json.loads(of_brief) == schema("brief")


def test_only_cases_of_the_shelf_can_be_named(folder, asked):
    names = ["../secret.txt", str(folder / "harbour"), "/etc", "harbour/../harbour", "out", ""]
    answers = asked(
        ("list_cases", {}),
        ("which_outcomes_hold", {"case": "harbour"}),
        *[("which_outcomes_hold", {"case": name}) for name in names],
    )
    listed = {row["case"]: row for row in answers[0].structured_content["document"]["cases"]}
    assert listed["harbour"]["reports"] == ["01-dues.txt"]
    assert "cannot be read" in listed["broken"]["title"]
    assert "korea-2018" in listed
    assert not [name for name in listed if name.startswith("out")]
    assert not answers[1].is_error
    for answer in answers[2:]:
        assert answer.is_error
        assert "unknown case" in answer.content[0].text


def test_reports_are_handed_out_and_nothing_else(hold):
    async def run(s):
        found = await s.read_resource("detente://cases/harbour/reports/01-dues.txt")
        case = await s.read_resource("detente://cases/harbour")
        refused = []
        for name in ("02-link.txt", "..%2Fcase.yaml", "..%2F..%2F..%2Fsecret.txt"):
            try:
                got = await s.read_resource(f"detente://cases/harbour/reports/{name}")
                refused.append(got.contents[0].text)
            except Exception as error:
                refused.append(type(error).__name__)
        return found.contents[0].text, case.contents[0].text, refused

    report, case, refused = hold(run)
    assert report == REPORT
    assert case == CIRCULAR
    assert refused == ["MCPError"] * 3


def test_a_text_is_checked(asked):
    good, bad = asked(
        ("check_case", {"text": CIRCULAR}), ("check_case", {"text": "parties: {a: {b: c}}"})
    )
    assert "fit for use" in good.content[0].text
    assert not bad.is_error
    assert "case.yaml:1:" in bad.content[0].text


def test_a_proposal_is_a_patch_and_writes_nothing(folder, asked):
    file = folder / "harbour" / "case.yaml"
    quote = "We won't pay another penny of dues"
    value = {"that": "south.pause", "cite": [{"report": "01-dues", "quote": quote}]}
    lie = {"that": "south.pause", "cite": [{"report": "01-dues", "quote": "We will pay dues"}]}
    way = ["preferences", "north", 0]
    good, false, misplaced = asked(
        ("propose", {"case": "harbour", "changes": [{"do": "insert", "way": way, "value": value}]}),
        ("propose", {"case": "harbour", "changes": [{"do": "insert", "way": way, "value": lie}]}),
        ("propose", {"case": "harbour", "changes": [{"do": "drop", "way": ["nothing"]}]}),
    )
    assert not good.is_error, good.content[0].text
    added = [r for r in good.structured_content["document"]["patch"].splitlines() if r[0] == "+"]
    assert quote in "".join(added)
    assert false.is_error
    assert "does not stand in report '01-dues'" in false.content[0].text
    assert misplaced.is_error
    assert file.read_text("utf-8") == CIRCULAR


def test_an_answer_that_takes_too_long_is_ended_and_the_next_is_given(folder):
    async def run():
        async with session(folder, "--seconds", "1") as s:
            late = await s.call_tool("brief", {"case": "korea-2018"})  # takes more than two
            return late, (await s.list_tools()).tools

    late, tools = anyio.run(run)
    assert late.is_error
    assert "not answered within 1 seconds" in late.content[0].text
    assert tools


def at_work(parent=None):
    """The processes in which servers that this test began work out answers."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            mother = int(stat.read_text().rpartition(")")[2].split()[1])
            words = stat.with_name("cmdline").read_bytes().split(b"\0")
        except OSError:  # it has ended since
            continue
        if mother == (parent or os.getpid()):
            own = int(stat.parent.name)
            found |= {own} if parent else at_work(own) if b"mcp" in words else set()
    return found


def worked(process):
    """The seconds of the processor that a process has used."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


TOLD_BY_PROC = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="tells processes by /proc"
)


@TOLD_BY_PROC
def test_a_question_nobody_waits_for_any_more_is_stopped(folder):
    """Its process ends; one that had answered would be kept for the next question."""

    async def run():
        others = at_work()  # of the server that other tests share
        async with session(folder, *PATIENT) as s:
            async with anyio.create_task_group() as asking:
                asking.start_soon(s.call_tool, "brief", {"case": "korea-2018"})
                while not (begun := at_work() - others) or max(map(worked, begun)) < 0.5:
                    await anyio.sleep(0.1)
                asking.cancel_scope.cancel()
            with anyio.fail_after(600):
                while begun & at_work():
                    await anyio.sleep(0.2)
            return await s.call_tool("check_case", {"text": CIRCULAR})

    assert "fit for use" in anyio.run(run).content[0].text


@TOLD_BY_PROC
def test_a_process_that_starts_for_nobody_is_kept_for_the_next_question():
    async def run():
        others = at_work(os.getpid())
        runner = _Runner(600)
        async with anyio.create_task_group() as asking:
            asking.start_soon(runner._answer, dict)
            while not at_work(os.getpid()) - others:
                await anyio.sleep(0.01)
            asking.cancel_scope.cancel()
        assert await runner._answer(dict) == {}
        return at_work(os.getpid()) - others

    assert len(anyio.run(run)) == 1


def test_nothing_but_the_protocol_is_printed(folder):
    request = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "t", "version": "0"},
        },
    }
    ended = subprocess.run(
        [sys.executable, "-m", "detente", "mcp", str(folder)],
        input=json.dumps(request) + "\n",
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ended.returncode == 0
    rows = [json.loads(row) for row in ended.stdout.splitlines()]
    assert [row["id"] for row in rows] == [1]
    assert rows[0]["result"]["serverInfo"]["name"] == "detente"
    assert "unchanged" in rows[0]["result"]["instructions"]


def test_a_folder_that_is_none_is_told(run, tmp_path):
    ran = run("mcp", tmp_path / "none")
    assert (ran.code, ran.out) == (2, "")
    assert "is no folder" in ran.err
