"""What a lens saw: a number with its interval, its rank in the world and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.errors import UntracedError
from cuibono.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that cannot be quoted without its interval and unit.

    Attributes
    ----------
    value, low, high : float
        Point and interval; `low <= value <= high`.
    unit : str
        "days", "share of votes", "dB"; never empty.
    level : float
        Probability the interval claims, in (0, 1).

    Raises
    ------
    ValueError
        If the interval does not hold the value (a NaN never does).
    """

    value: float
    low: float
    high: float
    unit: str
    level: float = 0.9

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"Interval [{self.low}, {self.high}] does not hold {self.value} {self.unit}."
            )

    def __str__(self) -> str:
        return f"{self.value:.3g} [{self.low:.3g}, {self.high:.3g}] {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a lens saw in one relation.

    Attributes
    ----------
    lens : str
        Name of the lens.
    about : str
        The relation in ids, such as "IND→USA → RUS→PAK".
    estimate : Estimate
        The number, its interval and unit.
    rank : tuple of int
        (place, of how many): place 1 is the strongest in the world.
    said : str
        The verdict in words, "cannot be told" included.
    trace : tuple of Trace
        Rows behind the number; at least one.

    Raises
    ------
    UntracedError
        If `trace` is empty.
    """

    lens: str
    about: str
    estimate: Estimate
    rank: tuple[int, int]
    said: str
    trace: tuple[Trace, ...]

    def __post_init__(self) -> None:
        if not self.trace:
            raise UntracedError(
                f"{self.lens} on {self.about}: {self.estimate} has no source rows."
                " Return the Trace of the panel cells the lens read."
            )

    def __str__(self) -> str:
        place, of = self.rank
        return f"{self.about} {self.lens}: {self.estimate}; {place} of {of:,}"
