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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one judge says that an item is worth.

    Attributes
    ----------
    judge : str
        Who judged.
    judged : date or None
        When; None where the case does not say.
    likelihoods : mapping of str to Likelihood
        By explanation id; an explanation left out is blank.
    """

    judge: str
    likelihoods: Mapping[str, Likelihood]
    judged: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text or data set that evidence is drawn from.

    Attributes
    ----------
    id, title, author, url : str
        Short id used by evidence items; how a reader would cite it.
    published : date
        Day of publication.
    source : str
        Provider in the store whose rows it is; empty for a text.
    """

    id: str
    title: str
    author: str
    published: date
    url: str = ""
    source: str = ""


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
        year is known, or where it lasted.
    precision : {"day", "month", "year"}
        How much of `day` is known.
    until : date or None
        First day after it, where it lasted or was looked for over a while.
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
    judged : date or None
        When they were judged; None where the case does not say.
    others : tuple of Judgement
        What further judges say of the same item.
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
    until: date | None = None
    judged: date | None = None
    others: tuple[Judgement, ...] = ()

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """List what every judge says of it.

        Returns
        -------
        tuple of Judgement
            The case's own first.
        """
        own = Judgement(judge=self.judge, likelihoods=self.likelihoods, judged=self.judged)
        return (own, *self.others)

    def bears_on(self, explanation: str) -> bool:
        """Tell whether any judge weighs it for an explanation.

        Parameters
        ----------
        explanation : str
            Its id.

        Returns
        -------
        bool
            False where the cell is blank.
        """
        return any(explanation in judgement.likelihoods for judgement in self.judgements)

    @property
    def span(self) -> Period:
        """Give the days among which it happened.

        Returns
        -------
        Period
            The day, or the month or year that holds it, or all days until
            it was over.
        """
        if self.until is not None:
            return Period(self.day, self.until)
        if self.precision == "day":
            return Period(self.day, self.day + timedelta(days=1))
        grid = Grid(self.precision)
        return Period(grid.floor(self.day), grid.next(self.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Something that an explanation should have left behind and that was not found.

    Attributes
    ----------
    id : str
        Unique among the items of the case ("A01").
    text : str
        What should have been left, in the analyst's own words.
    expected : mapping of str to Likelihood
        By explanation id, how probable it is that the thing was left where the
        explanation is, and is not, at work: to be found by who sees everything.
    looked : str
        Where and how it was looked for; empty where nobody looked.
    coverage : tuple of float or None
        Band for the share of what was left that such a look would have found;
        None where nobody looked.
    """

    id: str
    text: str
    expected: Mapping[str, Likelihood]
    looked: str = ""
    coverage: tuple[float, float] | None = None

    def unseen(self, explanation: str, coverage: tuple[float, float]) -> Likelihood:
        """Judge what it is worth not to have seen the thing.

        A look that would have missed it anyway says little: the
        lower the coverage, the nearer the ratio comes to one to one.

        Parameters
        ----------
        explanation : str
            One of `expected`.
        coverage : tuple of float
            Band for the share that the look would have found, in (0, 1].

        Returns
        -------
        Likelihood
            Of not seeing it; each bound takes the coverage that is worst for
            it, so the band is no narrower than the judgements allow.

        Examples
        --------
        >>> left = {"urging": Likelihood((0.8, 0.8), (0.1, 0.1), "a request leaves a trace")}
        >>> memo = Absence(id="A01", text="a dated request", expected=left)
        >>> round(memo.unseen("urging", (0.5, 0.5)).decibans[0], 2)
        -2.0
        """
        left = self.expected[explanation]
        low, high = coverage
        return Likelihood(
            (1 - high * left.if_true[1], 1 - low * left.if_true[0]),
            (1 - high * left.if_false[1], 1 - low * left.if_false[0]),
            left.why,
        )
