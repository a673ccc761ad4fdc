"""What a lens found: measured things, their place in the world, the way back to rows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

from cuibono.errors import UntracedError
from cuibono.model.dossier import Chart, Distribution, Series
from cuibono.model.estimate import Estimate
from cuibono.model.forecast import Forecast
from cuibono.model.period import Period
from cuibono.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among all that were measured by the same rule.

    Attributes
    ----------
    place, of : int
        1 is the strongest; the ranked one is counted in `of`.
    among : str
        What it was ranked among ("all visible relations", "like volume").
    """

    place: int
    of: int
    among: str

    @property
    def share(self) -> float:
        """Give the share of the ranked that do as well.

        Returns
        -------
        float
            In (0, 1].
        """
        return self.place / self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One thing a lens measured, or could not.

    Attributes
    ----------
    id : str
        Unique in its finding and stable across runs ("IND-USA.warm"): letters,
        digits, `.`, `_` and `-`.
    label : str
        What it is, for a reader.
    estimate : Estimate or None
        None where it cannot be told; `said` then says why.
    how : str
        How it was computed, in a sentence.
    verdict : str
        Name of the sentence in the lens's prose file.
    said : str
        That sentence, filled; no full stop.
    traces : tuple of Trace
        Rows behind it, or those that were looked through in vain; at least one.
    ranks : tuple of Rank
        Its places in the world; the place among everybody first.

    Raises
    ------
    UntracedError
        If there is no trace.
    """

    id: str
    label: str
    estimate: Estimate | None
    how: str
    verdict: str
    said: str
    traces: tuple[Trace, ...]
    ranks: tuple[Rank, ...] = ()

    def __post_init__(self) -> None:
        if not self.traces:
            raise UntracedError(
                f"{self.id}: measured from no rows. Give it the Trace of what was looked at,"
                " even where nothing was found."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one way to break a finding came to.

    Attributes
    ----------
    check : str
        Name of the check ("placebo_time").
    about : str
        Id of the measured thing it tried to break; empty for the whole finding.
    verdict : {"passed", "failed", "informational"}
        "informational" where the check could not decide.
    said : str
        What was done and what came of it, in a sentence without full stop.
    """

    check: str
    verdict: Literal["passed", "failed", "informational"]
    said: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one lens found in one source, for one focal relation.

    Attributes
    ----------
    lens, question : str
        Name of the lens, and what it asks in a sentence.
    about : str
        The focal relation, or the actor, in ids ("RUS→PAK").
    source : str
        Provider name.
    span : Period
        Days looked at.
    specifications : tuple of str
        Every specification declared before looking, in words.
    said : tuple of str
        What was found, a sentence each, the most important first.
    could_see : str
        What would have been seen had it been there: the power of the look.
    measured : tuple of Measured
        In reading order; those that cannot be told included.
    series, distributions : tuple
        What the charts draw.
    charts : tuple of Chart
        Pictures; their ids are prefixed by the lens and the source. They name
        series and distributions by id, and measured things as figures by
        `figure_id`.
    checks : tuple of CheckResult
        What tried to break it.
    forecasts : tuple of Forecast
        What it foretells; none for a lens that looks back only.
    """

    lens: str
    question: str
    about: str
    source: str
    span: Period
    specifications: tuple[str, ...]
    said: tuple[str, ...]
    could_see: str
    measured: tuple[Measured, ...]
    series: tuple[Series, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    charts: tuple[Chart, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    forecasts: tuple[Forecast, ...] = ()

    def _repr_html_(self) -> str:
        """Show in a notebook what was found and measured; every text is escaped."""
        said = "".join(f"<p>{escape(line)}</p>" for line in (*self.said, self.could_see))
        rows = "".join(
            f"<tr><th>{escape(one.label)}</th>"
            f"<td>{escape(str(one.estimate or 'cannot be told'))}</td>"
            f"<td>{escape(one.said)}</td></tr>"
            for one in self.measured
        )
        head = f"<h4>{escape(self.question)}</h4><p>{escape(f'{self.about}, {self.span}')}</p>"
        return f"{head}{said}<table>{rows}</table>"

    def figure_id(self, measured: Measured) -> str:
        """Name a measured thing in a dossier.

        Parameters
        ----------
        measured : Measured
            One of `self.measured`.

        Returns
        -------
        str
            Such as "turning_points.icews.2014-03".
        """
        return f"{self.lens}.{self.source}.{measured.id}"
