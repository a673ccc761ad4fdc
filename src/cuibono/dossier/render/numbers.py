"""Numbers as a reader meets them: as many digits as their interval leaves meaning to."""

from __future__ import annotations

import math

from cuibono.model.dossier import Figure

_MOST_DECIMALS = 9
# Decibans stand below each other in every table, so they keep one decimal throughout.
_DECIMALS = {"dB": 1}


def decimals_of(value: float, width: float) -> int:
    """Count the decimals that have a meaning.

    Parameters
    ----------
    value : float
        The number.
    width : float
        Width of its interval; 0 where it has none.

    Returns
    -------
    int
        Enough for two digits of the width; for three of the number where there
        is no width, and none for a whole number.
    """
    if width > 0:
        digits = 1 - math.floor(math.log10(width))
    elif value == round(value):
        digits = 0
    else:
        digits = 2 - math.floor(math.log10(abs(value)))
    return min(max(digits, 0), _MOST_DECIMALS)


def say_number(value: float, decimals: int | None = None) -> str:
    """Print one number.

    Parameters
    ----------
    value : float
        Finite.
    decimals : int or None
        Decimals to print; None for three significant digits, or for a whole
        number as it is.

    Returns
    -------
    str
        With commas between thousands, a true minus sign, and no minus zero.

    Examples
    --------
    >>> say_number(91402.0), say_number(-0.6239), say_number(-0.04, 1)
    ('91,402', '−0.624', '0.0')
    """
    places = decimals_of(value, 0.0) if decimals is None else decimals
    printed = f"{value:,.{places}f}"
    if decimals is None and "." in printed:
        printed = printed.rstrip("0").rstrip(".")
    if not printed.strip("-0.,"):
        printed = printed.lstrip("-")
    return printed.replace("-", "−")


def say_interval(
    value: float, low: float | None, high: float | None, decimals: int | None = None
) -> str:
    """Print a number with its interval, each to the same decimal.

    Parameters
    ----------
    value : float
        The number.
    low, high : float or None
        Its interval; None for a plain number.
    decimals : int or None
        Decimals to print; None for as many as the interval leaves meaning to.

    Returns
    -------
    str
        The number, with the interval in brackets where there is one; a count
        that is known for certain stands alone.

    Examples
    --------
    >>> say_interval(11.23, 5.12, 18.04)
    '11 [5, 18]'
    >>> say_interval(0.0123, 0.0101, 0.0149)
    '0.0123 [0.0101, 0.0149]'
    >>> say_interval(1.0, 0.0, 3.0), say_interval(14.0, 14.0, 14.0)
    ('1 [0, 3]', '14')
    """
    if low is None or high is None or (low == high and decimals is None):
        return say_number(value, decimals)
    whole = all(number == round(number) for number in (value, low, high))
    usual = 0 if whole else decimals_of(value, high - low)
    places = usual if decimals is None else decimals
    bounds = f"{say_number(low, places)}, {say_number(high, places)}"
    return f"{say_number(value, places)} [{bounds}]"


def in_percent(unit: str) -> tuple[float, str]:
    """Turn a share or a probability into percents, which readers take in at a glance.

    Parameters
    ----------
    unit : str
        Unit of a figure or series.

    Returns
    -------
    factor : float
        100 for a share, else 1.
    unit : str
        What the number times the factor is counted in.

    Examples
    --------
    >>> in_percent("share of joint votes")
    (100.0, '% of joint votes')
    >>> in_percent("of like histories")
    (100.0, '% of like histories')
    """
    if unit == "probability":
        return 100.0, "% probability"
    if unit.startswith("of "):
        return 100.0, f"% {unit}"
    if unit == "share" or unit.startswith("share "):
        return 100.0, "%" + unit.removeprefix("share")
    return 1.0, unit


def say_quantity(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Print a number with its interval and unit, a share in percents.

    Parameters
    ----------
    value : float
        The number.
    low, high : float or None
        Its interval; None for a plain number.
    unit : str
        Its unit.

    Returns
    -------
    str
        The number, the interval in brackets, the unit.

    Examples
    --------
    >>> say_quantity(0.0123, 0.0101, 0.0149, "share of joint votes")
    '1.23 [1.01, 1.49] % of joint votes'
    """
    factor, counted = in_percent(unit)
    bottom, top = (None if bound is None else bound * factor for bound in (low, high))
    said = say_interval(value * factor, bottom, top, _DECIMALS.get(unit))
    return f"{said} {counted}"


def say_figure(figure: Figure) -> str:
    """Print a figure with its unit, level and words.

    Parameters
    ----------
    figure : Figure
        Any figure.

    Returns
    -------
    str
        Such as "11.2 [5.1, 18.0] dB (90 %): likely (58–86 %)".
    """
    number = say_quantity(figure.value, figure.low, figure.high, figure.unit)
    level = "" if figure.level is None else f" ({say_number(100 * figure.level)} %)"
    said = f": {figure.said}" if figure.said else ""
    return f"{number}{level}{said}"
