"""The ledger as arrays: what the arithmetic needs, and nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cuibono.errors import CaseSyntaxError
from cuibono.model.case import Case
from cuibono.weighing.discount import Clusters, add_clusters, group_clusters
from cuibono.weighing.draws import draw_positions
from cuibono.weighing.ledger import LedgerRow, build_ledger
from cuibono.weighing.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Balance:
    """Priors and judged cells in decibans, ready to be added up.

    Attributes
    ----------
    rows : tuple of LedgerRow
        Where each column comes from.
    low, high : array of float, shape (n_explanations, n_origins)
        Bands of the cells, 0 where blank.
    blank : array of bool, shape (n_explanations, n_origins)
        Where nobody judged.
    prior_low, prior_high : array of float, shape (n_explanations,)
        Bands of the prior log-odds.
    clusters : tuple of int array
        Columns of the clusters, by size.
    rules : Rules
        How the cells are added up.
    """

    rows: tuple[LedgerRow, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    blank: NDArray[np.bool_]
    prior_low: NDArray[np.float64]
    prior_high: NDArray[np.float64]
    clusters: Clusters
    rules: Rules

    @property
    def mid(self) -> NDArray[np.float64]:
        """Take the centres of the cells.

        Returns
        -------
        array of float, shape (n_explanations, n_origins)
            Decibans, 0 where blank.
        """
        return (self.low + self.high) / 2

    @property
    def prior(self) -> NDArray[np.float64]:
        """Take the centres of the prior bands.

        Returns
        -------
        array of float, shape (n_explanations,)
            Log-odds in decibans.
        """
        return (self.prior_low + self.prior_high) / 2

    @property
    def standing(self) -> NDArray[np.float64]:
        """Say where each explanation stands with every judgement at its centre.

        Returns
        -------
        array of float, shape (n_explanations,)
            Log-odds in decibans, prior included, rounded to what is not
            rounding error: this decides the order.
        """
        return np.round(self.prior + self.add(self.mid), 9)

    def add(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up cells by the rules.

        Parameters
        ----------
        cells : array of float, shape (..., n_origins)
            Decibans, 0 where blank.

        Returns
        -------
        array of float, shape (...)
            Decibans, before the cap on what is said.
        """
        return add_clusters(cells, self.clusters, self.rules)

    def draw(self) -> NDArray[np.float64]:
        """Draw the weight of all evidence from the bands of the cells.

        Returns
        -------
        array of float, shape (n_explanations, n_draws)
            Decibans, before the cap on what is said.
        """
        positions = draw_positions(self.rows, self.rules)
        bands = zip(self.low, self.high, strict=True)
        return np.array([self.add(low + positions * (high - low)) for low, high in bands])


def read_balance(case: Case, rules: Rules) -> Balance:
    """Build the ledger of a case and turn it into arrays.

    Parameters
    ----------
    case : Case
        What is weighed.
    rules : Rules
        How.

    Returns
    -------
    Balance
        Explanations in the case's order, origins in the ledger's.

    Raises
    ------
    CaseSyntaxError
        If the ledger cannot be built or a prior is no probability band.
    """
    rows = build_ledger(case)
    for explanation in case.explanations:
        low, high = explanation.prior
        if not 0 < low <= high < 1:
            raise CaseSyntaxError(
                f"{case.path or case.name}: explanation {explanation.id!r}: prior = [{low},"
                f" {high}] is no probability band. Write 0 < low <= high < 1."
            )
    cells = [[row.cells[explanation.id] for row in rows] for explanation in case.explanations]
    priors = [[_log_odds(p) for p in explanation.prior] for explanation in case.explanations]
    return Balance(
        rows=rows,
        low=np.array([[cell.low_db if cell else 0.0 for cell in line] for line in cells]),
        high=np.array([[cell.high_db if cell else 0.0 for cell in line] for line in cells]),
        blank=np.array([[cell is None for cell in line] for line in cells]),
        prior_low=np.array([low for low, _ in priors]),
        prior_high=np.array([high for _, high in priors]),
        clusters=group_clusters(row.cluster for row in rows),
        rules=rules,
    )


def _log_odds(probability: float) -> float:
    return 10 * math.log10(probability / (1 - probability))
