"""A number that cannot be quoted without its interval and unit."""

from __future__ import annotations

from dataclasses import dataclass

Z90 = 1.645
"""Standard deviations to either side that hold nine tenths of a normal."""


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
