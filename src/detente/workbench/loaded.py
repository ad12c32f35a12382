"""Everything that answering needs, imported and warm: what new processes are made from."""

from __future__ import annotations

from detente.workbench.lane import ASKED, Asked, answers

SMALL = """
title: Two sides
parties:
  one: {options: {talk: Talk, fight: Fight}}
  two: {options: {talk: Talk}}
outcomes: {talks: one.talk and two.talk, war: one.fight}
status_quo: []
preferences: {one: [talks, not war], two: [talks]}
conditions: [{party: one, option: one.talk, needs: two.talk}]
refusals: [{party: two, refuses: two.talk}]
risk: {danger: {that: war}, goal: {that: talks}}
"""
"""A case that touches everything once, so that what is imported late is there already."""

for _lane in ASKED:
    for _told in answers(Asked(_lane, SMALL, "", "case.yaml", "case")):
        pass
