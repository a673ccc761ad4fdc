"""Forecasts in the log of runs: written as they are made, never again, and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cuibono.dossier.run_log import FORETOLD, LOG, damaged, read_lines
from cuibono.errors import StoreError
from cuibono.model.case import Case
from cuibono.model.estimate import Estimate
from cuibono.model.forecast import Forecast
from cuibono.model.period import Grid


def log_forecasts(
    folder: Path, case: Case, forecasts: Sequence[Forecast], now: datetime
) -> int:
    """Add forecasts to the log of runs; what is on record already stands as it was made.

    Parameters
    ----------
    folder : Path
        Where dossiers are written.
    case : Case
        Whose outlook it is.
    forecasts : sequence of Forecast
        What is foretold.
    now : datetime
        With its time zone.

    Returns
    -------
    int
        Forecasts that were added.

    Raises
    ------
    StoreError
        If the log cannot be read or written.
    """
    log = folder / LOG
    known = {one.id for one in read_forecasts_logged(log, case.name)}
    fresh = [one for one in forecasts if one.id not in known]
    head = {"at": now.isoformat(timespec="seconds"), "case": case.name}
    lines = [json.dumps({**head, FORETOLD: _plain(one)}, ensure_ascii=False) for one in fresh]
    try:
        with log.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise StoreError(
            f"{log}: cannot log the forecasts ({error.strerror}). Choose another folder with"
            " --out."
        ) from error
    return len(fresh)


def read_forecasts_logged(log: Path, case: str = "") -> tuple[Forecast, ...]:
    """Read the forecasts of a log of runs.

    Parameters
    ----------
    log : Path
        The file; it need not exist.
    case : str, optional
        Name of the case whose forecasts are wanted; by default all.

    Returns
    -------
    tuple of Forecast
        In the order in which they were made; the same relation asked about by
        two cases is one forecast, the earlier.

    Raises
    ------
    StoreError
        If a line is damaged.
    """
    found: dict[str, Forecast] = {}
    for number, entry in read_lines(log):
        if FORETOLD not in entry or case not in ("", entry.get("case")):
            continue
        try:
            forecast = _forecast(entry[FORETOLD])
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(log, number) from error
        found.setdefault(forecast.id, forecast)
    return tuple(found.values())


def _plain(forecast: Forecast) -> dict[str, Any]:
    plain = asdict(forecast)
    plain |= {key: plain[key].isoformat() for key in ("made", "resolves")}
    # JSON has no infinity: a bound that is not there is null
    return plain | {
        key: plain[key] if math.isfinite(plain[key]) else None for key in ("low", "high")
    }


def _forecast(plain: dict[str, Any]) -> Forecast:
    a, b = plain["relation"]
    low, high = (plain[key] for key in ("low", "high"))
    return Forecast(
        **plain
        | {
            "relation": (a, b),
            "grid": Grid(plain["grid"]),
            "low": -math.inf if low is None else low,
            "high": math.inf if high is None else high,
            "made": date.fromisoformat(plain["made"]),
            "resolves": date.fromisoformat(plain["resolves"]),
            "probability": Estimate(**plain["probability"]),
        }
    )
