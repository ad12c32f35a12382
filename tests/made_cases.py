"""Cases worked by hand, as the text of their files."""

CIRCULAR = """
title: Each waits for the other's first step
parties:
  north: {name: North, options: {talk: Enter talks}}
  south: {name: South, options: {talk: Enter talks, pause: Pause its drills}}
outcomes: {talks: {that: north.talk and south.talk, label: Talks}}
status_quo: []
preferences:
  north: [not (north.talk and not south.talk), talks, south.pause]
  south: [not (south.talk and not north.talk), talks, not south.pause]
conditions:
  - {party: north, option: talks, needs: south.pause}
  - {party: south, option: talks, needs: not south.pause}
"""

BROKERED = """
title: Two who will not meet without a host
parties:
  north: {name: North, options: {talk: Enter talks}}
  south: {name: South, options: {talk: Enter talks}}
  host: {name: Host, options: {venue: Offer a neutral venue, lecture: Lecture both}}
outcomes: {talks: north.talk and south.talk}
status_quo: []
preferences:
  north: [not (north.talk and not south.talk), talks if host.venue, not north.talk]
  south: [not (south.talk and not north.talk), talks if host.venue, not south.talk]
  host: [talks, not host.venue]
conditions:
  - {party: north, option: north.talk, needs: host.venue}
  - {party: south, option: south.talk, needs: host.venue, firmness: 2}
refusals:
  - {party: host, refuses: host.venue, cite: [{report: "001", quote: "we are no hotel"}]}
"""
