"""`cuibono score`: how a log of forecasts came out, and which cells were wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cuibono.weighing.forecast import Score, WrongCell

LogArgument = Annotated[Path, typer.Argument(help="A log of forecasts, in TOML.")]
CaseOption = Annotated[
    Path | None, typer.Option("--case", help="Its case: name the cells that were wrong.")
]
SHOWN = 10


def score(log: LogArgument, case: CaseOption = None, as_json: JsonOption = False) -> None:
    """Score the forecasts of a case, and name the judgements that pointed the wrong way.

    Parameters
    ----------
    log : Path
        The log.
    case : Path, optional
        The case whose judgements are looked at.
    as_json : bool
        Print JSON instead of lines.
    """
    from cuibono.record.case_file import read_case
    from cuibono.weighing.forecast import find_wrong_cells, read_forecasts, score_forecasts

    entries = read_forecasts(log)
    scored = score_forecasts(entries, datetime.now(UTC).date())
    wrong = find_wrong_cells(read_case(case), entries) if case else ()
    if as_json:
        plain = {**asdict(scored), "wrong_cells": [asdict(one) for one in wrong]}
        clean = {k: None if isinstance(x, float) and x != x else x for k, x in plain.items()}
        typer.echo(json.dumps(clean, indent=1, ensure_ascii=False))
        return
    _print(scored, wrong)


def _print(scored: Score, wrong: Sequence[WrongCell]) -> None:
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
