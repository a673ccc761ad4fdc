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
class Opinion:
    """What one judge says that one origin is worth to one explanation.

    Attributes
    ----------
    judge : str
        Who judged.
    low_db, high_db : float
        Band of the weight of evidence; the hull where a copy was judged apart.
    """

    judge: str
    low_db: float
    high_db: float

    @property
    def mid_db(self) -> float:
        """Take the centre of the band.

        Returns
        -------
        float
            Decibans.
        """
        return (self.low_db + self.high_db) / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of one explanation, as judged, before any discount.

    Attributes
    ----------
    low_db, high_db : float
        Band of the weight of evidence; the hull of all judgements of copies.
    diagnostic : {"hoop", "smoking_gun", "doubly_decisive", "straw_in_the_wind"}
        The kind of test, derived from the likelihoods.
    opinions : tuple of Opinion
        One for each judge, by name.
    """

    low_db: float
    high_db: float
    diagnostic: Diagnostic
    opinions: tuple[Opinion, ...]

    @property
    def mid_db(self) -> float:
        """Take the centre of the band.

        Returns
        -------
        float
            Decibans; never beyond the strongest single judgement.
        """
        return (self.low_db + self.high_db) / 2

    @property
    def disagreement_db(self) -> float:
        """Say how far the judges stand apart.

        Returns
        -------
        float
            Decibans between the highest and the lowest centre; 0 with one judge.
        """
        centres = [opinion.mid_db for opinion in self.opinions]
        return max(centres) - min(centres)


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
        With at least one explanation; without evidence the ledger is empty.

    Returns
    -------
    tuple of LedgerRow
        By first day, then by origin; the order of the case's items is immaterial.

    Raises
    ------
    CaseSyntaxError
        If there is no explanation, an item weighs an explanation that the
        case does not have, a band is no probability band, or one origin is
        put into two clusters.
    """
    if not case.explanations:
        raise CaseSyntaxError(f"{_file(case)}: no explanation. Add an [[explanation]] table.")
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
    judged = [pair for judgement in item.judgements for pair in judgement.likelihoods.items()]
    for name, likelihood in judged:
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
                (judgement.judge, judgement.likelihoods[explanation.id])
                for item in items
                for judgement in item.judgements
                if explanation.id in judgement.likelihoods
            )
            for explanation in case.explanations
        },
    )


def _cell(judged: Iterable[tuple[str, Likelihood]]) -> Cell | None:
    by_judge: dict[str, list[Likelihood]] = {}
    for judge, likelihood in judged:
        by_judge.setdefault(judge, []).append(likelihood)
    if not by_judge:
        return None
    opinions = tuple(_opinion(judge, by_judge[judge]) for judge in sorted(by_judge))
    return Cell(
        min(opinion.low_db for opinion in opinions),
        max(opinion.high_db for opinion in opinions),
        diagnose(*(likelihood for judged in by_judge.values() for likelihood in judged)),
        opinions,
    )


def _opinion(judge: str, likelihoods: Iterable[Likelihood]) -> Opinion:
    lows, highs = zip(*(likelihood.decibans for likelihood in likelihoods), strict=True)
    return Opinion(judge, min(lows), max(highs))
