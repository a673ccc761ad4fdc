"""Where in their bands the judgements may truly lie: related draws, keyed by name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cuibono.weighing.ledger import LedgerRow
from cuibono.weighing.rules import Rules


def draw_positions(rows: Sequence[LedgerRow], rules: Rules) -> NDArray[np.float64]:
    """Draw where in its band each origin's judgement lies.

    Uniform within the band, since nobody said more; related within a
    cluster, whose reports one judge read in one mood, and a little throughout
    the ledger, since who is generous once is generous again. Each stream is keyed by
    the name of the origin or the cluster: neither the order of the items nor
    what else the ledger holds moves a draw, so that adding an item changes a
    weight by that item alone.

    Parameters
    ----------
    rows : sequence of LedgerRow
        The ledger.
    rules : Rules
        Number of draws, the lean of a judge and the correlation within a
        cluster beyond it.

    Returns
    -------
    array of float, shape (n_draws, n_origins)
        In [0, 1]: 0 the low end of the band, 1 the high end.
    """
    return _draw_positions(tuple((row.origin, row.cluster) for row in rows), rules)


@lru_cache(maxsize=8)
def _draw_positions(names: tuple[tuple[str, str], ...], rules: Rules) -> NDArray[np.float64]:
    """Draw for names of origins and clusters: a change of a band changes none of them."""
    from scipy.special import ndtr

    lean = np.sqrt(rules.lean) * _normal("judge", "", rules)
    own = np.sqrt((1 - rules.lean) * (1 - rules.shared_error))
    shared = np.sqrt((1 - rules.lean) * rules.shared_error)
    normal = np.empty((rules.n_draws, len(names)))
    clusters: dict[str, NDArray[np.float64]] = {}
    for position, (origin, cluster) in enumerate(names):
        if cluster and cluster not in clusters:
            clusters[cluster] = _normal("cluster", cluster, rules)
        together = clusters.get(cluster)
        if together is None:
            together = _normal("alone", origin, rules)
        alone = _normal("origin", origin, rules)
        normal[:, position] = lean + shared * together + own * alone
    positions: NDArray[np.float64] = ndtr(normal)
    positions.flags.writeable = False
    return positions


def draw_prior_positions(rules: Rules) -> NDArray[np.float64]:
    """Draw where in their bands the priors lie, the same for every explanation.

    Parameters
    ----------
    rules : Rules
        Number of draws.

    Returns
    -------
    array of float, shape (n_draws,)
        In [0, 1], uniform.
    """
    return _generator("prior", "").random(rules.n_draws)


def _normal(kind: str, name: str, rules: Rules) -> NDArray[np.float64]:
    return _generator(kind, name).standard_normal(rules.n_draws)


def _generator(kind: str, name: str) -> np.random.Generator:
    # a name from a hostile file may hold anything, unpaired surrogates included
    key = f"{kind}:{name}".encode("utf-8", "surrogatepass")
    return np.random.default_rng(int.from_bytes(hashlib.sha256(key).digest()[:16]))
