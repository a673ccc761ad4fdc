"""Discoveries: which of many Bayes factors may be named, and how many would be wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def declare(log_e: NDArray[np.float64], wrong: float) -> NDArray[np.bool_]:
    """Declare the largest e-values so that few of those declared are wrong.

    An e-value is on average at most 1 where there is nothing to find, as a
    Bayes factor is. The `k` largest are declared if each is at least
    `n / (k * wrong)`. This holds however the e-values depend on each other,
    which relations that share actors do in ways nobody knows.

    Parameters
    ----------
    log_e : float array, shape (n,)
        Natural logarithms.
    wrong : float
        Share of false ones among the declared, on average at most; in (0, 1].

    Returns
    -------
    bool array, shape (n,)
        Those that are declared.

    References
    ----------
    .. [1] Wang, R. and Ramdas, A. (2022). "False discovery rate control with
       e-values". *Journal of the Royal Statistical Society B* 84(3), 822-852.
       https://doi.org/10.1111/rssb.12489

    Examples
    --------
    One in a hundred has to be a thousand to be declared at one in ten; two of
    them, five hundred each:

    >>> log_e = np.log(np.r_[600.0, 550.0, np.full(98, 0.9)])
    >>> declare(log_e, 0.1).nonzero()[0].tolist()
    [0, 1]
    """
    order = np.argsort(-log_e, kind="stable")
    needed = np.log(log_e.size / wrong) - np.log(np.arange(1, log_e.size + 1))
    enough = np.flatnonzero(log_e[order] >= needed)
    declared = np.zeros(log_e.size, dtype=bool)
    declared[order[: enough[-1] + 1 if enough.size else 0]] = True
    return declared
