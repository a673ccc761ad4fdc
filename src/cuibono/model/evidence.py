"""Evidence: what was observed, who says so, and how likely each explanation makes it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cuibono.model.period import Grid, Period


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How probable an observation is with and without one explanation at work.

    Attributes
    ----------
    if_true : tuple of float
        Band (low, high) for the probability of the observation where the
        explanation is at work; 0 < low <= high < 1.
    if_false : tuple of float
        The same where it is not at work.
    why : str
        The judge's reason, in a sentence.
    """

    if_true: tuple[float, float]
    if_false: tuple[float, float]
    why: str

    @property
    def decibans(self) -> tuple[float, float]:
        """Band of the weight of evidence, 10 log10 of the likelihood ratio.

        Returns
        -------
        tuple of float
            Lowest and highest ratio that the two bands allow, in decibans.

        Examples
        --------
        >>> low, high = Likelihood((0.5, 0.8), (0.2, 0.4), "seen more often").decibans
        >>> round(low, 2), round(high, 2)
        (0.97, 6.02)
        """
        low = 10 * math.log10(self.if_true[0] / self.if_false[1])
        high = 10 * math.log10(self.if_true[1] / self.if_false[0])
        return low, high


@dataclass(frozen=True, slots=True)
class Document:
    """A text or data set that evidence is drawn from.

    Attributes
    ----------
    id, title, author, url : str
        Short id used by evidence items; how a reader would cite it.
    published : date
        Day of publication.
    """

    id: str
    title: str
    author: str
    published: date
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation with its origin and its likelihoods.

    Attributes
    ----------
    id : str
        Unique within the case ("E07").
    text : str
        The observation in the analyst's own words.
    day : date
        When the thing happened, or was said; first day where only a month or
        year is known.
    precision : {"day", "month", "year"}
        How much of `day` is known.
    document, locator : str
        Where it is read: a document's id, and the place inside it.
    holder : str
        Who asserts it.
    origin : str
        The one independent report it goes back to; items that share an origin
        are copies and weigh once.
    cluster : str
        Items whose errors are related (one author, one leak); discounted.
    judge : str
        Who judged the likelihoods.
    likelihoods : mapping of str to Likelihood
        By explanation id; an explanation left out is blank, not neutral by
        judgement.
    """

    id: str
    text: str
    day: date
    document: str
    locator: str
    holder: str
    origin: str
    judge: str
    likelihoods: Mapping[str, Likelihood]
    precision: Literal["day", "month", "year"] = "day"
    cluster: str = ""

    @property
    def span(self) -> Period:
        """Give the days among which it happened.

        Returns
        -------
        Period
            The day, or the month or year that holds it.
        """
        if self.precision == "day":
            return Period(self.day, self.day + timedelta(days=1))
        grid = Grid(self.precision)
        return Period(grid.floor(self.day), grid.next(self.day))
