"""Forecasts on record: what was expected, by when it can be told, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from cuibono.errors import CaseError
from cuibono.model.case import Case
from cuibono.record.case_format import ForecastEntry, ForecastLog
from cuibono.record.written import read_written
from cuibono.stats.scores import Band, brier, calibrate
from cuibono.weighing.ledger import build_ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How the forecasts of a case came out.

    Attributes
    ----------
    resolved, open, overdue : int
        Forecasts whose outcome is known, is not yet, and should be by now.
    brier, brier_of_base : float
        Mean squared error, and what always stating the share that came true
        would have earned with hindsight; NaN where nothing is resolved.
    calibration_error : float
        Mean distance of stated from realised; NaN where nothing is resolved.
    bands : tuple of Band
        Stated and realised, by fifths.
    """

    resolved: int
    open: int
    overdue: int
    brier: float
    brier_of_base: float
    calibration_error: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell of the ledger that pointed away from what came of a forecast.

    Attributes
    ----------
    forecast, explanation, origin : str
        Which forecast, which explanation it hung on, and the origin.
    weight_db : float
        The cell's centre.
    judges : tuple of str
        Who judged it.
    """

    forecast: str
    explanation: str
    origin: str
    weight_db: float
    judges: tuple[str, ...]


def read_forecasts(path: Path) -> ForecastLog:
    """Read a log of forecasts.

    Parameters
    ----------
    path : Path
        A TOML file.

    Returns
    -------
    ForecastLog
        Its entries.

    Raises
    ------
    CaseError
        If a key or value does not hold, an id stands twice, or a forecast
        resolves before it is made.
    """
    file = read_written(path, "log of forecasts")
    log = file.parse(ForecastLog)
    seen: set[str] = set()
    for number, entry in enumerate(log.forecast):
        if entry.id in seen:
            raise CaseError(
                f"{file.where('forecast', number, 'id')}: {entry.id} stands twice. Forecasts"
                " are added, never rewritten."
            )
        if entry.resolves <= entry.made:
            raise CaseError(
                f"{file.where('forecast', number, 'resolves')}: {entry.resolves} is not after"
                f" {entry.made}, when the forecast was made."
            )
        seen.add(entry.id)
    return log


def score_entries(entries: Sequence[ForecastEntry], today: date) -> Score:
    """Score the forecasts whose outcome is known.

    Parameters
    ----------
    entries : sequence of ForecastEntry
        As they were read, or as they were resolved.
    today : date
        Decides which open ones are overdue.

    Returns
    -------
    Score
        Brier score beside that of the base rate, and calibration.
    """
    known = [entry for entry in entries if entry.outcome != "open"]
    waiting = [entry for entry in entries if entry.outcome == "open"]
    stated = np.array([entry.probability for entry in known], dtype=float)
    came_true = np.array([entry.outcome == "yes" for entry in known], dtype=bool)
    base = np.full(stated.size, came_true.mean() if stated.size else np.nan)
    bands, error = calibrate(stated, came_true)
    return Score(
        resolved=len(known),
        open=len(waiting),
        overdue=sum(entry.resolves <= today for entry in waiting),
        brier=brier(stated, came_true),
        brier_of_base=brier(base, came_true),
        calibration_error=error,
        bands=bands,
    )


def find_wrong_cells(case: Case, log: ForecastLog) -> Sequence[WrongCell]:
    """Name the cells that pointed the wrong way: the post-mortem.

    A forecast that hangs on an explanation and came true speaks for it, one
    that failed speaks against it. Cells on that explanation that pointed the
    other way were wrong, or outweighed for good reason: somebody should look.

    Parameters
    ----------
    case : Case
        With its ledger.
    log : ForecastLog
        With outcomes.

    Returns
    -------
    sequence of WrongCell
        Strongest first.

    Raises
    ------
    CaseError
        If the log is of another case or a forecast hangs on an explanation
        that the case does not have.
    """
    if log.case != case.name:
        raise CaseError(f"These forecasts are of {log.case!r}, not of {case.name!r}.")
    known = {explanation.id for explanation in case.explanations}
    ledger = build_ledger(case)
    wrong = []
    for entry in log.forecast:
        if entry.explanation and entry.explanation not in known:
            raise CaseError(
                f"Forecast {entry.id} hangs on {entry.explanation!r}, which is no explanation"
                f" of {case.name}. It has {', '.join(sorted(known))}."
            )
        if not entry.explanation or entry.outcome == "open":
            continue
        for row in ledger:
            cell = row.cells[entry.explanation]
            if cell and (cell.mid_db < 0) == (entry.outcome == "yes") and cell.mid_db:
                judges = tuple(opinion.judge for opinion in cell.opinions)
                wrong.append(
                    WrongCell(entry.id, entry.explanation, row.origin, cell.mid_db, judges)
                )
    return sorted(wrong, key=lambda one: (-abs(one.weight_db), one.forecast, one.origin))
