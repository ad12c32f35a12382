"""Cases that are hard to draw: several knots, nine parties, labels without end, hostile ones."""

from __future__ import annotations

from dataclasses import replace

from detente.case.files import parse
from detente.case.model import Case, Option, Outcome, Party

SEVERAL = """
title: A pass, a port and a ferry
as_of: 2031-05-04
parties:
  ardan:
    name: Ardan
    options:
      talk: Enter talks
      drills: Hold drills at the pass
      toll: {label: Toll, levels: [none, half, full]}
  velia:
    name: Velia
    options:
      talk: Enter talks
      pledge: Pledge to give up its battery of coastal guns
      halt: Halt the dredging
  corland: {name: Corland, options: {host: Host a meeting, aid: Send grain}}
  union: {name: Ferry union, options: {strike: Strike}}
outcomes:
  talks: ardan.talk and velia.talk
infeasible:
  - velia.halt and corland.aid and corland.host
status_quo: [ardan.toll = full, ardan.drills]
preferences:
  ardan: [velia.pledge, not ardan.toll = none, talks]
  velia: [not velia.pledge, ardan.toll = none, not ardan.drills, talks]
  corland: [talks, corland.host, not ardan.drills]
  union: [ardan.toll = none, not union.strike, talks]
conditions:
  - {party: ardan, option: ardan.talk, needs: velia.pledge, firmness: 3}
  - {party: velia, option: velia.talk, needs: not ardan.drills and ardan.toll = none, firmness: 4}
  - party: ardan
    option: ardan.toll = none
    needs: velia.pledge or velia.halt and corland.host
    firmness: 2
  - {party: velia, option: velia.talk, needs: corland.aid, firmness: 1}
  - {party: corland, option: corland.aid, needs: velia.halt, firmness: 1}
refusals:
  - {party: velia, refuses: velia.pledge, firmness: 5}
  - {party: ardan, refuses: not ardan.drills, firmness: 2}
  - {party: corland, refuses: not corland.host, firmness: 120}
risk:
  danger: {that: ardan.drills and union.strike and not talks}
"""

HOSTILE = (
    '<script>alert("x")</script>',
    "a\u202eb\u2066c\u200bd",
    "'\" onload=x & ]]> <!--",
    "x" * 10_000,
    "word " * 2_000,
    "漢字" * 40,
    "\N{PERFORMING ARTS}" * 30,
)


def several() -> Case:
    """Four knots: of two, of three under a rule, and of four; four parties."""
    return parse(SEVERAL, file="case.yaml", name="several").case


def nine() -> Case:
    """Nine parties, each waiting for the next, each refusing to begin."""
    names = [f"p{k}" for k in range(9)]
    lines = ["title: Nine", "parties:"]
    lines += [
        f"  {n}: {{name: Party {n}, options: {{talk: Enter talks, give: Give ground}}}}"
        for n in names
    ]
    lines += [f"outcomes: {{talks: {' and '.join(f'{n}.talk' for n in names)}}}"]
    lines += ["status_quo: []", "conditions:"]
    for n, then in zip(names, [*names[1:], names[0]], strict=True):
        lines.append(f"  - {{party: {n}, option: {n}.talk, needs: p0.give or {then}.give}}")
    lines.append("refusals:")
    lines += [f"  - {{party: {n}, refuses: {n}.give, firmness: 999999}}" for n in names]
    return parse("\n".join(lines), file="case.yaml", name="nine").case


def relabelled(case: Case, labels: tuple[str, ...] = HOSTILE) -> Case:
    """A case in which every label is one that a drawing must bear."""
    k = iter(range(10_000))

    def label() -> str:
        return labels[next(k) % len(labels)]

    def option(one: Option) -> Option:
        return replace(one, label=label())

    parties = tuple(
        Party(p.name, label(), tuple(map(option, p.options)), p.preferences) for p in case.parties
    )
    outcomes = tuple(Outcome(o.name, o.formula, label()) for o in case.outcomes)
    return replace(case, title=label(), parties=parties, outcomes=outcomes)
