"""The case as states: which can be, the moves between them, the parties' rankings.

This is the only part that knows how states are stored: in arrays with one axis for each option,
or as a list of the feasible ones. A set of states is a boolean array of the graph's shape, a
preference an integer rank array of the same shape.
"""

from detente.graph.build import alike, build
from detente.graph.model import Graph
from detente.graph.store import using

__all__ = ["Graph", "alike", "build", "using"]
