"""Cases whose dossiers are looked at: an ordinary one with reports, and one full of traps."""

from __future__ import annotations

import json
from pathlib import Path

DAM = """
title: Who may fill the reservoir, and when
as_of: 2021-06-30
parties:
  norland:
    name: Norland
    aliases: [Norlandia]
    options:
      fill: {label: Fill the reservoir, levels: [none, slow, fast]}
      data: Share the gauge data
      talk: Send a delegation
  sudria:
    name: Sudria
    options:
      talk: Send a delegation
      sue: {label: Go to court, irreversible: true}
      strike: {label: Strike the dam, irreversible: true}
  eastmark:
    name: Eastmark
    options:
      host: Offer a neutral venue
outcomes:
  talks: {that: norland.talk and sudria.talk, label: Talks on the filling}
  war: {that: sudria.strike, label: An attack on the dam}
infeasible:
  - {that: sudria.talk and sudria.strike, note: Nobody talks while attacking.}
status_quo: [norland.fill = slow]
target: talks
preferences:
  norland:
    - {that: not war, cite: [{report: "101", quote: "no dam survives a war"}]}
    - {that: norland.fill = fast, cite: [{report: "101", quote: "fill it this year"}]}
    - talks if eastmark.host
    - {that: not norland.data, note: Nothing was said of it; the data were never shared.}
  sudria:
    - {that: norland.fill = none, cite: [{report: "102", quote: "not one drop"}]}
    - {that: norland.data, cite: [{report: "102", quote: "Show us the gauges"}]}
    - talks
    - not war
  eastmark:
    - not war
    - {that: talks, cite: [{report: "102", quote: "ready to host both"}]}
conditions:
  - party: norland
    option: talks
    needs: not sudria.sue and norland.fill
    firmness: 3
    cite:
      - {report: "101", quote: "We will sit down only if the filling goes on."}
      - {report: "101", quote: "goes on. No court will"}
  - party: sudria
    option: talks
    needs: norland.fill = none and norland.data
    firmness: 2
    cite: [{report: "102", quote: "unless the gates stay open, not one drop is stored"}]
refusals:
  - {party: norland, refuses: norland.data, note: Its ministry has kept silent.}
risk: {danger: war, goal: talks, misstep: {all: 0.02}, what_if: [eastmark.host]}
"""

REPORTS = {
    "101_north": """---
title: Norland goes on filling
source: The Upriver Post
date: 2021-05-04
---
Norland's water minister, Ada Brook, said on Tuesday that the reservoir would be filled as
planned. “We will fill it this year,” Brook said. “We will sit down only if the filling goes on. No
court will tell us when it rains.”

Brook added that “no dam survives a war”, and that Norland had offered Sudria a joint commission.
Sudria rejected the offer of a joint commission on Wednesday.
""",
    "102_south": """---
title: Sudria wants the gates open
source: The Delta Courier
date: 2021-06-12
---
Sudria's president, Omar Reed, said his country would not send a delegation unless the gates stay
open. “There will be no talks unless the gates stay open, not one drop is stored, and we see
numbers,” Reed said. “Show us the gauges.”

Sudria demanded that Norland share the gauge data. Norland refused to share the gauge data.

Eastmark offered to mediate. “We are ready to host both,” said its foreign minister, Ines Vale.
""",
    "103_copy": """---
title: Norland goes on filling
source: The Upriver Post
date: 2021-05-04
---
Norland's water minister, Ada Brook, said on Tuesday that the reservoir would be filled as
planned. “We will fill it this year,” Brook said. “We will sit down only if the filling goes on.
""",
}

SCRIPT = "<script>window.hit=1;alert('hit')</script>"
IMAGE = "<img src=x onerror='window.hit=1'>"
FETCH = (
    '"><img src="https://example.org/x.png"><link rel=stylesheet href=https://example.org/x.css>'
)
BIDI = "\u202e\u2066reversed\u2069"
LONG = "Interminable" * 800
PHRASE = "A name of very many words that goes on and on " * 40

HOSTILE_REPORT = f"""---
title: {IMAGE} {BIDI} report
source: {SCRIPT}
date: 2020-02-02
---
The spokesman said: “{SCRIPT} we will never go”, and {FETCH}</p></article></main><style>*{{
display: none }}</style> {BIDI} then he left. {"W" * 3000} [a](javascript:window.hit=1)

The minister said that Here would talk only if There left. </mark></span></div> {IMAGE}
"""


def hostile() -> dict[str, object]:
    """Return a case in which every text tries to be something else, as the value of its file."""
    quote = {"report": "666", "quote": f"{SCRIPT} we will never go"}
    return {
        "title": f"{SCRIPT}{IMAGE} {BIDI} {LONG}",
        "as_of": "2020-02-02",
        "draft": True,
        "parties": {
            "here": {
                "name": f"{IMAGE} {BIDI}",
                "options": {"talk": SCRIPT, "go": PHRASE, "step": {"levels": ["a", "b"]}},
            },
            "there": {"name": LONG, "options": {"talk": FETCH, "hit": LONG}},
            "third": {"name": PHRASE, "options": {"help": f"&lt;b&gt;{BIDI}"}},
        },
        "outcomes": {
            "talks": {"that": "here.talk and there.talk", "label": f"{SCRIPT}{PHRASE}"},
            "war": {"that": "there.hit", "label": FETCH},
        },
        "status_quo": [],
        "preferences": {
            "here": ["not war", {"that": "talks", "cite": [quote], "note": SCRIPT}, "not here.go"],
            "there": [{"that": "here.go", "note": PHRASE}, "talks", "not war"],
            "third": [{"that": "third.help", "note": LONG}],
        },
        "conditions": [
            {"party": "here", "option": "talks", "needs": "not here.go", "cite": [quote]},
            {"party": "there", "option": "talks", "needs": "here.go", "note": PHRASE},
        ],
        "refusals": [{"party": "third", "refuses": "third.help", "note": IMAGE}],
        "risk": {"danger": "war", "what_if": ["third.help"]},
    }


def write_dam(folder: Path) -> Path:
    """Write the ordinary case and its reports; return its folder."""
    return _written(folder, DAM, REPORTS)


def write_hostile(folder: Path) -> Path:
    """Write the case full of traps; JSON is YAML too."""
    return _written(folder, json.dumps(hostile()), {"666": HOSTILE_REPORT})


def _written(folder: Path, case: str, reports: dict[str, str]) -> Path:
    (folder / "reports").mkdir(parents=True)
    (folder / "case.yaml").write_text(case, "utf-8")
    for name, text in reports.items():
        (folder / "reports" / f"{name}.txt").write_text(text, "utf-8")
    return folder
