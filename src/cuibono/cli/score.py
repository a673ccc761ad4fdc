"""`cuibono score`: how forecasts came out, and which cells were wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import (
    DEFAULT_ENGINE,
    DEFAULT_STORE,
    EngineOption,
    JsonOption,
    StoreOption,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cuibono.model.forecast import Forecast
    from cuibono.record.case_format import ForecastEntry
    from cuibono.weighing.forecast import Score, WrongCell

LogArgument = Annotated[
    Path, typer.Argument(help="A log of forecasts in TOML, or a log of runs, runs.jsonl.")
]
CaseOption = Annotated[
    Path | None,
    typer.Option(
        "--case",
        help="Its case: of a log of forecasts, name the cells that were"
        " wrong; of a log of runs, score this case alone.",
    ),
]
RUNS = ".jsonl"
SHOWN = 10


def score(
    log: LogArgument,
    case: CaseOption = None,
    store: StoreOption = DEFAULT_STORE,
    engine: EngineOption = DEFAULT_ENGINE,
    as_json: JsonOption = False,
) -> None:
    """Score forecasts, and name the judgements that pointed the wrong way.

    Parameters
    ----------
    log : Path
        Forecasts that somebody wrote, with outcomes; or a log of runs, whose
        forecasts are held against what is known by now.
    case : Path, optional
        The case whose judgements are looked at, or whose runs are scored.
    store : Path
        Folder of the files you loaded.
    engine : str
        Where to compute.
    as_json : bool
        Print JSON instead of lines.
    """
    from cuibono.record.case_file import read_case
    from cuibono.weighing.forecast import find_wrong_cells, read_forecasts, score_entries

    today = datetime.now(UTC).date()
    wrong: tuple[WrongCell, ...] = ()
    if log.suffix == RUNS:
        made, entries = _resolve(log, case, store, engine)
        scored, rival = score_entries(entries, today), _rival(made, entries)
    else:
        written = read_forecasts(log)
        scored, rival = score_entries(written.forecast, today), None
        wrong = tuple(find_wrong_cells(read_case(case), written)) if case else ()
    if as_json:
        plain = {**asdict(scored), "brier_of_rival": rival}
        plain["wrong_cells"] = [asdict(one) for one in wrong]
        clean = {k: None if isinstance(x, float) and x != x else x for k, x in plain.items()}
        typer.echo(json.dumps(clean, indent=1, ensure_ascii=False))
        return
    _print(scored, wrong, rival)


def _resolve(
    log: Path, case: Path | None, store: Path, engine: str
) -> tuple[Sequence[Forecast], Sequence[ForecastEntry]]:
    """Read what runs foretold, and hold it against what is known by now."""
    from cuibono.dossier.forecast_log import read_forecasts_logged
    from cuibono.errors import CaseError
    from cuibono.record.case_file import read_case
    from cuibono.store.store import open_store
    from cuibono.weighing.outlook import resolve_forecasts

    if not log.is_file():
        raise CaseError(
            f"{log}: no such log of runs. `cuibono explain` writes one, runs.jsonl."
        )
    made = read_forecasts_logged(log, read_case(case).name if case else "")
    return made, resolve_forecasts(open_store(store, engine), made)


def _rival(made: Sequence[Forecast], entries: Sequence[ForecastEntry]) -> float | None:
    """Score what the one that was not printed would have said."""
    import numpy as np

    from cuibono.stats.scores import brier

    known = [n for n, entry in enumerate(entries) if entry.outcome != "open"]
    if not known:
        return None
    stated = np.array([made[n].rival for n in known])
    return brier(stated, np.array([entries[n].outcome == "yes" for n in known]))


def _print(scored: Score, wrong: Sequence[WrongCell], rival: float | None) -> None:
    from cuibono.dossier.render.visible import make_visible

    waiting = f"{scored.open} open, {scored.overdue} of them overdue"
    if not scored.resolved:
        typer.echo(f"No forecast is resolved yet; {waiting}.")
    else:
        typer.echo(f"{scored.resolved} resolved, {waiting}.")
        typer.echo(
            f"Brier score {scored.brier:.3f}; always saying the share that came true would have"
            f" earned {scored.brier_of_base:.3f}, with hindsight."
        )
        if rival is not None:
            typer.echo(f"The one that was not printed would have earned {rival:.3f}.")
        typer.echo(f"Mean distance of stated from realised: {scored.calibration_error:.2f}.")
    for band in scored.bands:
        typer.echo(
            f"  said {band.stated:.0%}: came true {band.came_true:.0%}"
            f" [{band.low:.0%}, {band.high:.0%}] of {band.n}"
        )
    for one in wrong[:SHOWN]:
        typer.echo(
            make_visible(
                f"Wrong way for {one.forecast}: {one.origin} on {one.explanation},"
                f" {one.weight_db:+.1f} dB, judged by {', '.join(one.judges)}"
            )
        )
    if len(wrong) > SHOWN:
        typer.echo(f"{len(wrong) - SHOWN} further cells; print them with --json.")
