"""Linear equations over the transient states of a Markov chain.

With Q the transitions among them, (I - Q) x = b has just one solution. Small chains are solved by
elimination without subtraction, which keeps every digit however rarely a trap is left
[GrassmannTaksarHeyman1985]_. Large ones are solved by an iteration whose error is bounded; where
the bound is not small enough the elimination takes over, and where the chain is too large for that
the error is told and no figure is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import LimitError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from detente.risk.chain import Floats

SMALL = 300
"""Most transient states that are solved by elimination at once."""

ELIMINATED = 5_000
"""Most that are solved by it where the iteration comes not near enough: 200 MB, some seconds."""

BLOCK = 64
"""States eliminated together."""

AIM = 1e-9
"""Error at which the iteration stops: of a probability, or of times in relation to the longest."""

TOLERANCE = 1e-6
"""Largest such error that is accepted from it."""

ROUGH = 0.25
"""The same of times of which only a bound is wanted."""

GAIN = 1e-13
"""By how much one round of the iteration lowers the residual, if it comes so far."""

LOST = 1e-10
"""The cosine of two vectors from which a step of the iteration has lost its direction."""

ROUNDS = 12
STEPS = 400


class NotNear(Exception):  # noqa: N818 - a signal, never seen by a user
    """The iteration came no nearer than an error that is too large.

    Parameters
    ----------
    error : float
        The bound of the error of a probability.
    """

    def __init__(self, error: float) -> None:
        super().__init__(error)
        self.error = error


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
        for last in range(len(a), 0, -BLOCK):
            first = max(0, last - BLOCK)
            for k in range(last - 1, first - 1, -1):
                # Watched only among the first k + 1 states, the chain stays at k or does this:
                self._moving[k] = out[k] + a[k, :k].sum()
                a[:k, k] /= self._moving[k]
                a[first:k, :k] += np.outer(a[first:k, k], a[k, :k])
                a[:first, first:k] += np.outer(a[:first, k], a[k, first:k])
                out[:k] += a[:k, k] * out[k]
            a[:first, :first] += a[:first, first:last] @ a[first:last, :first]

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
    NotNear
        Also from the methods, if the iteration does not come near enough.

    References
    ----------
    [VanDerVorst1992]_.
    """

    def __init__(self, inside: csr_array) -> None:
        self._inside = inside
        self._leaving = 1 - inside.diagonal()
        if not self._leaving.all():  # so seldom that 1 less it is 1
            raise NotNear(np.inf)
        self.longest = 1.0
        # A residual of the times below a half bounds the longest of them by twice what is found.
        ones = np.ones(len(self._leaving))
        self._about = self._refine(inside, ones, self._largest, aim=ROUGH, scale=_one, most=ROUGH)
        self.longest = 2 * float(self._about.max())

    @cached_property
    def ticks(self) -> Floats:
        """The expected time until the transient states are left, from each of them."""
        ones = np.ones(len(self._leaving))
        return self._refine(
            self._inside, ones, self._largest, weight=1, scale=_one, begin=self._about
        )

    @cached_property
    def _turned(self) -> csr_array:
        return self._inside.T.tocsr()

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
        return self._refine(self._turned, begin, self._total, weight=1, aim=AIM * 10, scale=_one)

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
        scale: Callable[[Floats], float] | None = None,
        most: float = TOLERANCE,
        begin: Floats | None = None,
    ) -> Floats:
        """Solve, again for what is left over, until the error is small or grows no smaller."""
        weight = self.longest if weight is None else weight
        scale = _at_least_one if scale is None else scale
        x = np.zeros(len(worth)) if begin is None else begin
        best, least = x, np.inf
        for _ in range(ROUNDS):
            residual = worth - x + matrix @ x
            if not (found := size(residual)) < least:
                break
            best, least = x, found
            if least * weight <= aim * scale(x):
                break
            x = x + self._biconjugate(matrix, residual, size, aim / weight / 2)
        if not (error := least * weight / scale(best)) <= most:
            raise NotNear(error)
        return best

    def _biconjugate(
        self, matrix: csr_array, worth: Floats, size: Callable[[Floats], float], enough: float
    ) -> Floats:
        """Return about x of (I - matrix) x = worth, to a residual of a size that is enough.

        Where options are irreversible, the residual may come to lie across the shadow, along which
        the next step would be taken; then a new shadow is cast. Shadows are drawn by dice that
        always fall alike, so that none lies across the residual by construction. Plain sums and
        products of arrays, so that the digits do not hang on the number of threads.
        """
        dice = np.random.default_rng(0)
        x, r = np.zeros(len(worth)), worth / self._leaving
        goal = max(GAIN * size(r), enough)
        shadow, p, v, rho, alpha, omega = r, r, r, 0.0, 1.0, 0.0
        best, least = x, size(r)
        for _ in range(STEPS):
            before, rho = rho, _dot(shadow, r)
            if omega and abs(rho) > LOST * _length(shadow) * _length(r):
                p = r + rho / before * (alpha / omega) * (p - omega * v)
            else:
                shadow = r + _length(r) / len(r) ** 0.5 * dice.uniform(-1, 1, len(r))
                p, rho = r, _dot(shadow, r)
            v = self._scaled(matrix, p)
            along = _dot(shadow, v)
            if abs(along) <= LOST * _length(shadow) * _length(v):
                omega = 0.0  # cast another shadow
                continue
            alpha = rho / along
            s = r - alpha * v
            t = self._scaled(matrix, s)
            length = _dot(t, t)
            omega = _dot(t, s) / length if length else 0.0
            x = x + alpha * p + omega * s
            r = s - omega * t
            if not (found := size(r)) >= least:
                best, least = x, found
            if found <= goal or not np.isfinite(found):
                break
        return best

    def _scaled(self, matrix: csr_array, x: Floats) -> Floats:
        """Return (I - matrix) x with the diagonal brought to 1."""
        product: Floats = (x - matrix @ x) / self._leaving
        return product


class Solver:
    """Solves a system of any size: by elimination, or by the iteration where that is near enough.

    Parameters
    ----------
    inside : sparse array of shape (n, n)
        The transition probabilities among transient states.
    out : float array of shape (n,)
        The probability to leave them, by state.

    Raises
    ------
    LimitError
        Also from the methods, if the iteration does not come near enough, and there are too many
        states for the elimination.
    """

    def __init__(self, inside: csr_array, out: Floats) -> None:
        self._inside, self._out = inside, out
        self._exact: Elimination | None = None
        self._iteration: Iteration | None = None
        if len(out) <= SMALL:
            self._exact = Elimination(inside.toarray(), out)
            return
        try:
            self._iteration = Iteration(inside)
        except NotNear as far:
            self._eliminate(far)

    def solve(self, worth: Floats) -> Floats:
        """Return x of (I - Q) x = worth."""
        if self._iteration is not None:
            try:
                alone = (worth == 1).all()
                return self._iteration.ticks if alone else self._iteration.solve(worth)
            except NotNear as far:
                return self._eliminate(far).solve(worth)
        return self._elimination().solve(worth)

    def visits(self, start: int) -> Floats:
        """Return how often each state is visited from one of them, on average."""
        if self._iteration is not None:
            try:
                return self._iteration.visits(start)
            except NotNear as far:
                return self._eliminate(far).visits(start)
        return self._elimination().visits(start)

    def _elimination(self) -> Elimination:
        if self._exact is None:
            self._exact = Elimination(self._inside.toarray(), self._out)
        return self._exact

    def _eliminate(self, far: NotNear) -> Elimination:
        """Return the elimination in the iteration's place, from now on."""
        if len(self._out) > ELIMINATED:
            raise LimitError(
                f"the chain has {len(self._out):,} states from which it may come to danger or the "
                f"goal, and leaves some of them so seldom that a figure could be wrong by "
                f"{min(far.error, 1):.1g}; raise the misstep rates, or leave out options that "
                "nobody would use"
            ) from None
        self._iteration = None
        return self._elimination()


def _dot(a: Floats, b: Floats) -> float:
    return float((a * b).sum())


def _one(_: Floats) -> float:
    return 1.0


def _at_least_one(x: Floats) -> float:
    """Return what an error is measured by: 1 for probabilities, the longest time for times."""
    return max(1.0, float(np.abs(x).max()))


def _length(a: Floats) -> float:
    return math.sqrt(float((a * a).sum()))
