"""How numbers and spans of days read in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from cuibono.model.dossier import Sentence, Span
from cuibono.model.estimate import Estimate
from cuibono.model.period import Period

LISTED_SPANS = 3


def sentence(*parts: str | Span) -> Sentence:
    """Join text and quoted figures into a sentence.

    Parameters
    ----------
    *parts : str or Span
        Text, or a span that quotes a figure.

    Returns
    -------
    Sentence
        Plain text turned into spans without a reference.
    """
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def decibans(value: float) -> str:
    """Write a weight of evidence with its sign.

    Parameters
    ----------
    value : float
        Decibans.

    Returns
    -------
    str
        Such as "+4.1 dB"; a true minus sign.

    Examples
    --------
    >>> decibans(-2.34)
    '−2.3 dB'
    """
    return f"{value:+.1f} dB".replace("-", "−")


def decibans_band(estimate: Estimate) -> str:
    """Write a weight of evidence with its band.

    Parameters
    ----------
    estimate : Estimate
        In decibans.

    Returns
    -------
    str
        Such as "+4.1 dB [−1.4, +9.0]".
    """
    low, high = (decibans(x).removesuffix(" dB") for x in (estimate.low, estimate.high))
    return f"{decibans(estimate.value)} [{low}, {high}]"


def percent(value: float) -> str:
    """Write a share in percent, with no more digits than it carries.

    Parameters
    ----------
    value : float
        In [0, 1].

    Returns
    -------
    str
        Two significant digits below one percent, whole percents from ten.

    Examples
    --------
    >>> percent(0.52), percent(0.034), percent(0.00123)
    ('52 %', '3.4 %', '0.12 %')
    """
    shown = 100 * value
    digits = 0 if shown >= 9.95 or shown == 0 else 1 if shown >= 0.995 else 2
    return f"{shown:.{digits}f} %"


def percent_band(estimate: Estimate) -> str:
    """Write a probability with its band in whole percents.

    Parameters
    ----------
    estimate : Estimate
        In [0, 1].

    Returns
    -------
    str
        Such as "52 % (18–82 %)".
    """
    return (
        f"{100 * estimate.value:.0f} % ({100 * estimate.low:.0f}–{100 * estimate.high:.0f} %)"
    )


def spans(periods: Sequence[Period], none: str = "none") -> str:
    """List spans of days, the longest few of many.

    Parameters
    ----------
    periods : sequence of Period
        Ascending.
    none : str, default "none"
        What to write where there is none.

    Returns
    -------
    str
        Spans in order of time; how many shorter ones were left out.
    """
    if not periods:
        return none
    longest = sorted(periods, key=lambda p: p.start - p.end)[:LISTED_SPANS]
    shown = "; ".join(str(period) for period in sorted(longest))
    rest = len(periods) - len(longest)
    return f"{shown}; and {rest} shorter" if rest else shown


def place(number: int, of: int) -> str:
    """Write a rank.

    Parameters
    ----------
    number, of : int
        1 is the strongest.

    Returns
    -------
    str
        Such as "13 of 12,468".
    """
    return f"{number:,} of {of:,}"


def in_words(said: str) -> str:
    """Take the words of an estimative phrase without the band in brackets.

    Parameters
    ----------
    said : str
        Such as "likely (55–80 %)".

    Returns
    -------
    str
        Such as "likely".

    Examples
    --------
    >>> in_words("between unlikely and likely (30–62 %)")
    'between unlikely and likely'
    """
    return said.partition(" (")[0]
