"""Linear equations over the transient states of a Markov chain.

With Q the transitions among them, (I - Q) x = b has just one solution. Small chains are solved by
elimination without subtraction, which keeps every digit however rarely a trap is left
[GrassmannTaksarHeyman1985]_; large ones by an iteration whose error is bounded and checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import LimitError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from detente.risk.chain import Floats

SMALL = 300
"""Most transient states that are solved by elimination."""

AIM = 1e-9
"""Error of a probability at which the iteration stops."""

TOLERANCE = 1e-6
"""Largest error of a probability that is accepted from it."""

GAIN = 1e-13
"""By how much one round of the iteration lowers the residual, if it comes so far."""

ROUNDS = 12
STEPS = 400


class Elimination:
    """Solves a small system, without ever subtracting.

    Parameters
    ----------
    inside : float array of shape (n, n)
        The transition probabilities among transient states.
    out : float array of shape (n,)
        The probability to leave them, by state.

    References
    ----------
    [GrassmannTaksarHeyman1985]_.
    """

    def __init__(self, inside: Floats, out: Floats) -> None:
        self._a = a = inside.astype(float)
        out = out.astype(float)
        self._moving = np.empty(len(a))
        for k in range(len(a) - 1, -1, -1):
            # Watched only among the first k + 1 states, the chain stays at k or does this:
            self._moving[k] = out[k] + a[k, :k].sum()
            a[:k, k] /= self._moving[k]
            a[:k, :k] += np.outer(a[:k, k], a[k, :k])
            out[:k] += a[:k, k] * out[k]

    def solve(self, worth: Floats) -> Floats:
        """Return x of (I - Q) x = worth."""
        a, x = self._a, worth.astype(float)
        for k in range(len(a) - 1, 0, -1):
            x[:k] += a[:k, k] * x[k]
        for k in range(len(a)):
            x[k] = (x[k] + a[k, :k] @ x[:k]) / self._moving[k]
        return x

    def visits(self, start: int) -> Floats:
        """Return how often each state is visited from one of them, on average."""
        a = self._a
        # y (I - Q) = e: the same two sweeps, the other way round.
        y = np.zeros(len(a))
        y[start] = 1
        for k in range(len(a) - 1, -1, -1):
            y[k] /= self._moving[k]
            y[:k] += y[k] * a[k, :k]
        for k in range(1, len(a)):
            y[k] += y[:k] @ a[:k, k]
        return y


class Iteration:
    """Solves a large sparse system by the stabilised biconjugate gradient method, refined.

    Parameters
    ----------
    inside : sparse array of shape (n, n)
        The transition probabilities among transient states.

    Notes
    -----
    The inverse of I - Q is not negative and its rows sum to the expected ticks, so that the error
    of a solution is at most its largest residual times the longest expected time.

    Raises
    ------
    LimitError
        From the methods, if the iteration does not come near enough.

    References
    ----------
    [VanDerVorst1992]_.
    """

    def __init__(self, inside: csr_array) -> None:
        self._inside = inside
        self._leaving = 1 - inside.diagonal()
        self._turned = inside.T.tocsr()
        self.longest = 1.0
        # A residual of the times below a half bounds the longest of them by twice what is found.
        self.ticks = self._refine(inside, np.ones(len(self._leaving)), self._largest)
        self.longest = 2 * float(self.ticks.max())

    def solve(self, worth: Floats) -> Floats:
        """Return x of (I - Q) x = worth."""
        return self._refine(self._inside, worth, self._largest)

    def visits(self, start: int) -> Floats:
        """Return how often each state is visited from one of them, on average.

        Weighed with some worth of the visits, the error is at most :data:`TOLERANCE` times what
        the visits from any state are worth.
        """
        begin = np.zeros(len(self._leaving))
        begin[start] = 1
        return self._refine(self._turned, begin, self._total, weight=1, aim=AIM * 10)

    @staticmethod
    def _largest(residual: Floats) -> float:
        return float(np.abs(residual).max())

    @staticmethod
    def _total(residual: Floats) -> float:
        return float(np.abs(residual).sum())

    def _refine(
        self,
        matrix: csr_array,
        worth: Floats,
        size: Callable[[Floats], float],
        *,
        weight: float | None = None,
        aim: float = AIM,
    ) -> Floats:
        """Solve, again for what is left over, until the error is small or grows no smaller."""
        weight = self.longest if weight is None else weight
        best, least = np.zeros(len(worth)), np.inf
        x = best
        for _ in range(ROUNDS):
            residual = worth - x + matrix @ x
            if not (found := size(residual)) < least:
                break
            best, least = x, found
            if least * weight <= aim:
                break
            x = x + self._biconjugate(matrix, residual)
        if not least * weight <= TOLERANCE:
            raise LimitError(
                f"the chain of {len(worth):,} states leaves its traps too seldom for a figure to "
                "be found; raise the misstep rates, or leave out options that nobody would use"
            )
        return best

    def _biconjugate(self, matrix: csr_array, worth: Floats) -> Floats:
        """Return about x of (I - matrix) x = worth.

        Plain sums and products of arrays, so that the digits do not hang on the number of threads.
        """
        x, r = np.zeros(len(worth)), worth / self._leaving
        shadow, goal = r, GAIN * np.abs(r).max()
        p, rho = r, _dot(shadow, r)
        for _ in range(STEPS):
            v = self._scaled(matrix, p)
            along = _dot(shadow, v)
            if not along or not rho:
                break
            alpha = rho / along
            s = r - alpha * v
            t = self._scaled(matrix, s)
            length = _dot(t, t)
            omega = _dot(t, s) / length if length else 0.0
            x = x + alpha * p + omega * s
            r = s - omega * t
            if np.abs(r).max() <= goal or not omega:
                break
            before, rho = rho, _dot(shadow, r)
            p = r + rho / before * (alpha / omega) * (p - omega * v)
        return x

    def _scaled(self, matrix: csr_array, x: Floats) -> Floats:
        """Return (I - matrix) x with the diagonal brought to 1."""
        product: Floats = (x - matrix @ x) / self._leaving
        return product


def _dot(a: Floats, b: Floats) -> float:
    return float((a * b).sum())
