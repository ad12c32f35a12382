"""A conflict on decision diagrams, for more states than can be listed."""

from detente.graph.diagrams.large import Large, LargeSet, large
from detente.graph.diagrams.sets import Values, Where

__all__ = ["Large", "LargeSet", "Values", "Where", "large"]
