"""The ledger: independent origins by explanations, copies collapsed, blanks left blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from cuibono.errors import CaseSyntaxError, suggest
from cuibono.model.case import Case
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.model.period import Period
from cuibono.weighing.diagnose import Diagnostic, diagnose


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of one explanation, as judged, before any discount.

    Attributes
    ----------
    low_db, high_db : float
        Band of the weight of evidence; the hull of all judgements of copies.
    diagnostic : {"hoop", "smoking_gun", "doubly_decisive", "straw_in_the_wind"}
        The kind of test, derived from the likelihoods.
    """

    low_db: float
    high_db: float
    diagnostic: Diagnostic

    @property
    def mid_db(self) -> float:
        """Take the centre of the band.

        Returns
        -------
        float
            Decibans; never beyond the strongest single judgement.
        """
        return (self.low_db + self.high_db) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One origin, however often it was copied.

    Attributes
    ----------
    origin : str
        The independent report; an item that names none is its own.
    items : tuple of str
        Ids of the evidence items that go back to it, sorted.
    cluster : str
        What its errors are shared with; empty where with nothing.
    span : Period
        When it was observed: the day, month or year of its earliest item.
    cells : mapping of str to Cell or None
        By explanation id, in the case's order; None is blank.
    """

    origin: str
    items: tuple[str, ...]
    cluster: str
    span: Period
    cells: Mapping[str, Cell | None]


def build_ledger(case: Case) -> tuple[LedgerRow, ...]:
    """Collapse the case's items to one row per origin.

    Copies that agree change nothing, however many. Copies judged differently
    get the hull of their bands: disagreement widens a cell, and its centre
    never passes the strongest single judgement.

    Parameters
    ----------
    case : Case
        With at least one explanation and one evidence item.

    Returns
    -------
    tuple of LedgerRow
        By first day, then by origin; the order of the case's items is immaterial.

    Raises
    ------
    CaseSyntaxError
        If there is nothing to weigh, an item weighs an explanation that the
        case does not have, a band is no probability band, or one origin is
        put into two clusters.
    """
    if not case.explanations:
        raise CaseSyntaxError(f"{_file(case)}: no explanation. Add an [[explanation]] table.")
    if not case.evidence:
        raise CaseSyntaxError(f"{_file(case)}: no evidence. Add an [[evidence]] table.")
    for item in case.evidence:
        _check(item, case)
    ordered = sorted(case.evidence, key=lambda item: (_origin(item), item.id))
    rows = [_row(origin, list(items), case) for origin, items in groupby(ordered, key=_origin)]
    # rows come by origin and sorting is stable, so a span keeps that order
    return tuple(sorted(rows, key=lambda row: row.span.start))


def _origin(item: Evidence) -> str:
    return item.origin or item.id


def _file(case: Case) -> str:
    return case.path or f"case {case.name!r}"


def _check(item: Evidence, case: Case) -> None:
    """Refuse what arithmetic would turn into nonsense, saying where it stands."""
    known = [explanation.id for explanation in case.explanations]
    for name, likelihood in item.likelihoods.items():
        if name not in known:
            raise CaseSyntaxError(
                f"{_file(case)}: evidence {item.id!r} weighs {name!r}, which is no explanation"
                f" of this case.{suggest(name, known)} The case has {', '.join(known)}."
            )
        for side in ("if_true", "if_false"):
            low, high = getattr(likelihood, side)
            if not 0 < low <= high < 1:
                raise CaseSyntaxError(
                    f"{_file(case)}: evidence {item.id!r}, {name!r}: {side} = [{low}, {high}]"
                    " is no probability band. Write 0 < low <= high < 1; for never and always"
                    " write 0.01 and 0.99."
                )


def _row(origin: str, items: list[Evidence], case: Case) -> LedgerRow:
    clusters = {item.cluster: item.id for item in items if item.cluster}
    if len(clusters) > 1:
        shown = ", ".join(f"{name!r} in {item}" for name, item in sorted(clusters.items()))
        raise CaseSyntaxError(
            f"{_file(case)}: origin {origin!r} is in {len(clusters)} clusters: {shown}."
            " Copies of one report share one cluster: keep one name."
        )
    return LedgerRow(
        origin=origin,
        items=tuple(item.id for item in items),
        cluster=next(iter(clusters), ""),
        span=min(item.span for item in items),
        cells={
            explanation.id: _cell(
                item.likelihoods[explanation.id]
                for item in items
                if explanation.id in item.likelihoods
            )
            for explanation in case.explanations
        },
    )


def _cell(judged: Iterable[Likelihood]) -> Cell | None:
    judgements = list(judged)
    if not judgements:
        return None
    lows, highs = zip(*(judgement.decibans for judgement in judgements), strict=True)
    return Cell(min(lows), max(highs), diagnose(*judgements))
