"""The definitions read aloud: sets and loops, one state at a time, slow on purpose.

Nothing here imports the engine's kernels; only the arrays of a ``Graph`` are read. What the
engine computes by running maxima and fixpoints is searched for here move by move, so that a
mistake would have to be made twice, in two ways, to pass.
"""

from oracle.coalition import COALITION
from oracle.conflict import Conflict, State
from oracle.horizon import (
    anticipated,
    limited_move,
    nonmyopic,
    pessimistic,
    settled,
)
from oracle.individual import INDIVIDUAL, fh
from oracle.inverse import minimal_sets, rankings_that_work, stable_lower_sets
from oracle.joint import improvements, joint, joint_improvements
from oracle.patterns import faults_of_cover
from oracle.status_quo import shortest_sequences

__all__ = [
    "COALITION",
    "INDIVIDUAL",
    "Conflict",
    "State",
    "anticipated",
    "faults_of_cover",
    "fh",
    "improvements",
    "joint",
    "joint_improvements",
    "limited_move",
    "minimal_sets",
    "nonmyopic",
    "pessimistic",
    "rankings_that_work",
    "settled",
    "shortest_sequences",
    "stable_lower_sets",
]
