"""What a rank among placebos is worth as evidence."""

from __future__ import annotations

import math


def e_value(share: float) -> float:
    """Turn the share of placebos that do as well into a likelihood ratio.

    Where nothing is at work a rank is as likely to fall anywhere, so the
    share is uniform and this ratio has mean 1 over the placebos: a bet at
    these odds against chance is fair. It averages the densities
    ``k share^(k-1)`` over all ``k`` in (0, 1), so no shape of the effect is
    preferred.

    Parameters
    ----------
    share : float
        In (0, 1]: the rank divided by how many were ranked.

    Returns
    -------
    float
        Above 1 where the rank is rarer than chance, never below 1/2.

    Raises
    ------
    ValueError
        If `share` is no share.

    References
    ----------
    .. [1] Vovk, V. and Wang, R. (2021). E-values: calibration, combination
       and applications. *Annals of Statistics* 49, 1736-1754.
       DOI 10.1214/20-AOS2020.
    .. [2] Sellke, T., Bayarri, M. J. and Berger, J. O. (2001). Calibration of
       p values for testing precise null hypotheses. *American Statistician*
       55, 62-71. DOI 10.1198/000313001300339950.

    Examples
    --------
    >>> [round(e_value(share), 2) for share in (0.001, 0.01, 0.1, 0.5, 1.0)]
    [20.79, 4.45, 1.26, 0.64, 0.5]
    """
    if not 0 < share <= 1:
        raise ValueError(f"{share} is no share of placebos; a rank starts at 1 of n.")
    log = math.log(share)
    if log > -1e-3:
        # the closed form loses its digits here: its series around 1
        return 0.5 - log / 6
    return (1 - share + share * log) / (share * log**2)


def seen_ratio(share: float, sight: float) -> float:
    """Weigh a rank by how likely the effect was to show at all.

    Where the explanation is at work its effect shows with probability
    `sight`, and then ranks as `e_value` says; otherwise it ranks as a placebo
    does. So a poor rank speaks against an explanation only as far as the
    effect would have shown.

    Parameters
    ----------
    share : float
        In (0, 1].
    sight : float
        In [0, 1].

    Returns
    -------
    float
        Likelihood ratio, never below 1 - sight / 2.

    Examples
    --------
    >>> round(seen_ratio(0.01, 0.5), 2), round(seen_ratio(1.0, 0.5), 2)
    (2.73, 0.75)
    """
    return 1 - sight + sight * e_value(share)
