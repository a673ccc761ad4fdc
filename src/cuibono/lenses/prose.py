"""What a lens says: its sentences, from the file beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from cuibono.sources.base import read_card, source_names


def fill(lens: str, key: str, **facts: object) -> str:
    """Fill one of a lens's sentences.

    Parameters
    ----------
    lens : str
        Name of the lens; its sentences stand in `<lens>.toml`.
    key : str
        Name of the sentence.
    **facts : object
        What the sentence names; a source by its label.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> fill("turning_points", "not_covered", source="un_votes", relation="RUS–XKX")
    'not covered: UN votes have no record of RUS–XKX'
    """
    shown = {k: _label(str(v)) if k == "source" else v for k, v in facts.items()}
    return _sentences(lens)[key].format(**shown)


def number(n: float, noun: str) -> str:
    """Write how many of something there are.

    Parameters
    ----------
    n : float
        A whole number.
    noun : str
        One of them.

    Returns
    -------
    str
        With the noun's plural where there is not one.

    Examples
    --------
    >>> number(1, "week"), number(1200, "year")
    ('1 week', '1,200 years')
    """
    return f"{n:,.0f} {noun}" if n == 1 else f"{n:,.0f} {noun}s"


def open_line(text: str) -> str:
    """Open a line with a capital, as a sentence does, whatever case the rest has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same with its first letter in capitals.

    Examples
    --------
    >>> open_line("recent course of RUS→PAK")
    'Recent course of RUS→PAK'
    """
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """Write a share with no more digits than it carries.

    Parameters
    ----------
    share : float
        In [0, 1].

    Returns
    -------
    str
        Whole percents from ten, two significant digits below one percent.

    Examples
    --------
    >>> percent(0.0042), percent(0.042), percent(0.42)
    ('0.42 %', '4.2 %', '42 %')
    """
    return f"{100 * share:.{0 if share >= 0.095 else 1 if share >= 0.0095 else 2}f} %"


def say(lens: str, key: str, **facts: object) -> str:
    """Fill a sentence in which every fraction is a share of a whole.

    Parameters
    ----------
    lens, key : str
        As for `fill`.
    **facts : object
        What the sentence names; a float is written as a percentage.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> say("instruments", "usual", share=0.24, world=0.196)
    '24 % of its cooperation, where the world has 20 %: nothing unusual'
    """
    shown = {k: percent(v) if isinstance(v, float) else v for k, v in facts.items()}
    return fill(lens, key, **shown)


def _label(source: str) -> str:
    return read_card(source).label if source in source_names() else source


@cache
def _sentences(lens: str) -> dict[str, str]:
    text = files("cuibono.lenses").joinpath(f"{lens}.toml").read_text("utf-8")
    return tomllib.loads(text)
