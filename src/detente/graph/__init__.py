"""The case as arrays: the state space, its moves, the parties' rankings.

This is the only part that knows how states are stored. A set of states is a boolean array with
one axis for each option, a preference an integer rank array of the same shape.
"""

from detente.graph.build import build
from detente.graph.model import Graph

__all__ = ["Graph", "build"]
