"""When a rank stands out, and when nothing could have been seen."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.lenses.prose import fill, percent

STANDS_OUT = 0.01
"""Share of the world, at most, above a driver that stands out: with five
listed drivers and no truth in any, one dossier in twenty would say so."""

LEANS = 0.05
"""Share of the world, at most, above a driver that leans: the best twentieth."""

CLAIMS = {"stands_out", "leans", "against"}
"""Verdicts that claim something of a driver."""

COMMON = {"common", "common_against"}
"""Verdicts under which a driver's place claims nothing: it foretells others as well."""

DIM = 0.5
"""Share of a relation's movement that one cause seldom exceeds: where less
could not have been seen, a low rank says nothing against a driver."""

SURPRISE = 0.05
"""Chance, at most, of a best rival by luck before it is worth a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What could have been seen of a driver of a focal relation.

    Attributes
    ----------
    movement : float
        Share of the focal series' variance that is not chance in counting.
    clarity : float
        The same of the driver's series, in the same channel.
    detectable : float
        Share of the focal series' whitened variance that a driver must carry
        to reach the best twentieth of the world.
    """

    movement: float
    clarity: float
    detectable: float

    @property
    def needed(self) -> float:
        """Give the share of the relation's own movement a driver must carry.

        Chance in counting hides it twice: in the relation and in the driver.

        Returns
        -------
        float
            At least 0; above 1 nothing could be seen.
        """
        seen = self.movement * self.clarity
        return self.detectable / seen if seen > 0 else float("inf")


def decide(
    sight: Sight,
    above: float,
    above_alike: float,
    above_opposite: float,
    others: tuple[float, float] = (0.0, 0.0),
) -> str:
    """Choose which sentence holds of a ranked driver.

    Parameters
    ----------
    sight : Sight
        What could have been seen at all.
    above : float
        Share of the world that scores as high, in (0, 1].
    above_alike : float
        The same among relations of like volume.
    above_opposite : float
        Share of the world that scores as high with the opposite sign.
    others : tuple of float, default (0, 0)
        Share of other relations that the driver foretells as well as the focal
        one, with the predicted sign and with the opposite; 0 where they could
        not be asked.

    Returns
    -------
    str
        Name of a template: "lead", "blind", "stands_out", "leans", "against",
        "common", "common_against", "dim" or "middle". A high place where
        nothing could be seen is more likely luck than cause: a lead, never a
        finding. A high place of a driver that foretells more than a twentieth
        of other relations as well is no finding either.

    Examples
    --------
    >>> clear = Sight(movement=0.8, clarity=0.9, detectable=0.1)
    >>> decide(clear, 0.004, 0.02, 0.9), decide(clear, 0.4, 0.4, 0.6)
    ('stands_out', 'middle')

    A driver that moves a quarter of all relations as well is not credited:

    >>> decide(clear, 0.004, 0.02, 0.9, (0.25, 0.9))
    'common'
    """
    with_all, against_all = (share > LEANS for share in others)
    high = above <= STANDS_OUT and above_alike <= LEANS
    if sight.needed > 1:
        return "lead" if high and not with_all else "blind"
    if above <= LEANS and with_all:
        return "common"
    if above <= LEANS:
        return "stands_out" if high else "leans"
    if above_opposite <= STANDS_OUT:
        return "common_against" if against_all else "against"
    return "dim" if sight.needed > DIM else "middle"


def say(key: str, **facts: object) -> str:
    """Fill one of the lens's sentences.

    Parameters
    ----------
    key : str
        Name of the template in `third_party.toml`.
    **facts : object
        What the template names; shares are written as percentages.

    Returns
    -------
    str
        The sentence, without a full stop.

    Examples
    --------
    >>> say("stands_out", top=0.0042, rivals=9812)
    'top 0.42 % of 9,812 rivals: stands out'
    """
    shown = {k: percent(v) if isinstance(v, float) else v for k, v in facts.items()}
    return fill("third_party", key, **shown)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds of a driver, and how it reads.

    Attributes
    ----------
    name : str
        Of the template.
    said : str
        The template, filled.
    """

    name: str
    said: str


def pronounce(name: str, **facts: object) -> Verdict:
    """Fill a sentence and keep its name.

    Parameters
    ----------
    name : str
        Of the template in `third_party.toml`.
    **facts : object
        As for `say`.

    Returns
    -------
    Verdict
        Name and words.
    """
    return Verdict(name, say(name, **facts))
