"""Probabilities in the words that intelligence analysts agreed on."""

from __future__ import annotations

import csv
import math
from bisect import bisect_left, bisect_right
from functools import cache
from importlib.resources import files

# A band from below "unlikely" to above "likely" leaves open nearly everything.
_TELLS_NOTHING = (0.20, 0.80)


@cache
def _scale() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Give the expressions and the bounds between them, both ascending."""
    table = files("cuibono.vocab").joinpath("data/likelihood_words.csv")
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    words = tuple(row["words"] for row in rows)
    return words, tuple(int(row["high_percent"]) / 100 for row in rows[:-1])


def _percent(low: float, high: float) -> str:
    """Print a band in whole percents, rounded outwards, never as 0 % or 100 %."""
    first, last = math.floor(round(100 * low, 6)), math.ceil(round(100 * high, 6))
    if first < 1 and last <= 1:
        return "under 1 %"
    if first >= 99 and last > 99:
        return "over 99 %"
    start = str(first) if first >= 1 else "under 1"
    if last > 99:
        return f"{start} to over 99 %"
    return f"{start} %" if first == last else f"{start}–{last} %"


def likelihood_words(low: float, high: float, value: float) -> str:
    """Say a band of probability in words of estimative probability.

    The words follow the whole band, never its middle: a wide band said in one
    word would claim more than is known. Below 1 % and above 99 % the outermost
    words still hold, because nothing here is ever certain.

    Parameters
    ----------
    low, high : float
        Band of the probability, in [0, 1].
    value : float
        The estimate itself; it must lie in the band and is not printed.

    Returns
    -------
    str
        One expression, two joined by "between", or "cannot be told" where the
        band runs from below 20 % to above 80 %; each with the band in whole
        percents, rounded outwards.

    Raises
    ------
    ValueError
        If `0 <= low <= value <= high <= 1` does not hold.

    References
    ----------
    .. [1] Office of the Director of National Intelligence (2015). *Intelligence
       Community Directive 203: Analytic Standards*, section D.6.e(2)(a).

    Examples
    --------
    >>> likelihood_words(0.55, 0.80, 0.70)
    'likely (55–80 %)'
    >>> likelihood_words(0.30, 0.62, 0.50)
    'between unlikely and likely (30–62 %)'
    >>> likelihood_words(0.10, 0.90, 0.60)
    'cannot be told (10–90 %)'
    """
    if not 0 <= low <= value <= high <= 1:
        raise ValueError(
            f"A probability band needs 0 <= low <= value <= high <= 1;"
            f" got low {low}, value {value}, high {high}."
        )
    words, bounds = _scale()
    first = bisect_right(bounds, low)
    last = max(first, bisect_left(bounds, high))
    if low < _TELLS_NOTHING[0] and high > _TELLS_NOTHING[1]:
        said = "cannot be told"
    elif first == last:
        said = words[first]
    else:
        said = f"between {words[first]} and {words[last]}"
    return f"{said} ({_percent(low, high)})"
