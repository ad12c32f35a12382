"""A dispute over a dam in which every question has an answer: a case, an earlier one, reports."""

from __future__ import annotations

from pathlib import Path

CASE = """
title: The upper dam
as_of: 2031-05-04
earlier: before.yaml
parties:
  ardan:
    name: Ardan
    aliases: [the upstream government]
    options:
      talk: Send a delegation
      gates:
        label: Keep the gates closed
        levels: {open: open the gates, half: open half of the gates, shut: keep the gates shut}
      raid: {label: Raid the border posts, irreversible: true}
  velia:
    name: Velia
    options:
      talk: Send a delegation
      blockade: Block the mountain road
      strike: {label: Strike the dam, irreversible: true}
  corland:
    name: Corland
    options:
      observers: Post observers at the dam
outcomes:
  war: {that: ardan.raid or velia.strike, label: Open fighting}
  talks: ardan.talk and velia.talk
  drought: {that: ardan.gates = shut, label: The valley runs dry}
infeasible:
  - {that: ardan.raid and ardan.talk, note: nobody raids and talks at once}
  - velia.strike and velia.talk
status_quo: [ardan.gates = shut, velia.blockade]
preferences:
  ardan:
    - {that: not war, cite: [{report: harbour-post, quote: "nobody upstream wants a war"}]}
    - not velia.blockade
    - not ardan.gates = open
    - {that: talks, note: its press writes so every week}
    - ardan.gates = shut if velia.blockade
  velia:
    - not war
    - {that: not drought, cite: [{report: velian-radio, quote: "without water there is no Velia"}]}
    - not ardan.gates = half
    - talks
    - velia.blockade if drought
  corland:
    - not war
    - talks
    - not corland.observers
conditions:
  - party: ardan
    option: ardan.talk
    needs: not velia.blockade
    firmness: 2
    cite: [{report: harbour-post, quote: "not while a single lorry is stopped"}]
  - party: velia
    option: velia.talk
    needs: ardan.gates = open
    firmness: 3
    cite: [{report: velian-radio, quote: "The gates open first"}]
  - {party: velia, option: not velia.blockade, needs: corland.observers, firmness: 1}
refusals:
  - party: ardan
    refuses: ardan.gates = open
    firmness: 4
    cite: [{report: harbour-post, quote: "the gates stay as they are"}]
  - {party: corland, refuses: corland.observers, note: its parliament voted against it}
risk:
  danger: war
  goal: talks
  misstep: {all: {rate: 0.02, note: a guess}, velia: {rate: 0.05, note: militias}}
  what_if:
    - corland.observers
    - not velia.blockade
target: talks
"""

BEFORE = """
title: The upper dam, a year before
as_of: 2030-04-01
parties:
  ardan:
    name: Ardan
    options:
      talk: Send a delegation
      gates:
        label: Keep the gates closed
        levels: {open: open the gates, half: open half of the gates, shut: keep the gates shut}
      raid: {label: Raid the border posts, irreversible: true}
  velia:
    name: Velia
    options:
      talk: Send a delegation
      blockade: Block the mountain road
      strike: {label: Strike the dam, irreversible: true}
outcomes:
  war: ardan.raid or velia.strike
  talks: ardan.talk and velia.talk
status_quo: [ardan.gates = half]
preferences:
  ardan: [not war, not ardan.gates = open, talks, not velia.blockade]
  velia: [not war, talks, not ardan.gates = shut]
conditions:
  - {party: velia, option: velia.talk, needs: ardan.gates = open, firmness: 2}
refusals:
  - {party: ardan, refuses: ardan.gates = open, firmness: 4}
"""

HARBOUR_POST = """---
source: Harbour Post
date: 2031-05-02
title: Ardan keeps its gates shut
---
Ardan's water minister, Tomas Reel, said on Friday that “nobody upstream wants a war”.

Ardan would talk only if Velia lifted its blockade, Reel said:
“not while a single lorry is stopped”.
Asked about the dam, he said “the gates stay as they are”.

Velia offered on Monday to send a delegation. Ardan rejected the offer, Reel said.
"""

VELIAN_RADIO = """---
source: Velian Radio
date: 2031-05-03
title: Velia answers
---
“The gates open first,” Velia's president, Mara Oss, said. She said
“without water there is no Velia”.

Corland's foreign ministry said it would not post observers.
"""

COPY = HARBOUR_POST.split("Asked about")[0].replace("Harbour Post", "Evening Wire")


def write(folder: Path) -> Path:
    """Write the case with all that lies beside it, and return its folder."""
    (folder / "reports").mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, "utf-8")
    (folder / "before.yaml").write_text(BEFORE, "utf-8")
    reports = {"harbour-post": HARBOUR_POST, "velian-radio": VELIAN_RADIO, "wire": COPY}
    for name, text in reports.items():
        (folder / "reports" / f"{name}.md").write_text(text, "utf-8")
    return folder
