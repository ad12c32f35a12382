"""The server, asked by the protocol's own inspector: a second client, written by others.

``make test-all`` installs it where there is npm.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import detente

pytestmark = pytest.mark.slow

pytest.importorskip("mcp")

HERE = Path(sys.prefix) / "inspector" / "node_modules" / ".bin"
INSPECTOR = shutil.which("mcp-inspector", path=os.pathsep.join([str(HERE), os.environ["PATH"]]))
if INSPECTOR is None:
    pytest.skip("the protocol's inspector is not there; it needs npm", allow_module_level=True)


def inspected(*asked):
    command = [INSPECTOR, "--cli", sys.executable, "-m", "detente", "mcp", *asked]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_it_lists_the_tools_with_their_schemas(tmp_path):
    tools = {t["name"]: t for t in inspected(tmp_path, "--method", "tools/list")["tools"]}
    assert {"list_cases", "check_case", "propose", "why_they_do_not_talk", "brief"} <= set(tools)
    for tool in tools.values():
        assert tool["annotations"]["readOnlyHint"] is True
        assert set(tool["outputSchema"]["properties"]) == {"words", "document"}
    told = json.dumps(tools["why_they_do_not_talk"]["outputSchema"])
    assert '"concessions"' in told


def test_it_gets_the_sentences_and_the_document(tmp_path):
    call = ("--method", "tools/call", "--tool-name", "why_they_do_not_talk")
    answer = inspected(tmp_path, *call, "--tool-arg", "case=korea-2018")
    wanted = detente.deadlock(detente.load("korea-2018"))
    assert answer["content"][0]["text"] == str(wanted)
    assert answer["structuredContent"]["document"]["verdict"] == "deadlock"


def test_it_lists_resources_and_prompts(tmp_path):
    found = inspected(tmp_path, "--method", "resources/templates/list")["resourceTemplates"]
    assert "detente://cases/{case}/reports/{report}" in {one["uriTemplate"] for one in found}
    prompts = inspected(tmp_path, "--method", "prompts/list")["prompts"]
    assert {one["name"] for one in prompts} == {"read_this_dispute", "challenge_this_dossier"}
