"""`cuibono ach`: the matrix of a case for a spreadsheet, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

ach = typer.Typer(help="The matrix of a case for a spreadsheet.", no_args_is_help=True)

CaseArgument = Annotated[Path, typer.Argument(help="A case file.")]


@ach.command(name="export")
def export(case: CaseArgument) -> None:
    """Print the matrix as CSV, explanations as rows.

    Parameters
    ----------
    case : Path
        The case file.
    """
    from cuibono.record.case_file import read_case
    from cuibono.weighing.ach import export_matrix

    typer.echo(export_matrix(read_case(case)), nl=False)


@ach.command(name="import")
def import_(
    case: CaseArgument,
    matrix: Annotated[Path, typer.Argument(help="The filled-in CSV.")],
    judge: Annotated[str, typer.Option("--judge", help="Who filled it in.")],
) -> None:
    """Print a filled-in matrix as a file of judgements for `explain --judgements`.

    Parameters
    ----------
    case : Path
        The case file.
    matrix : Path
        CSV as `export` prints it.
    judge : str
        Who filled it in.
    """
    from cuibono.record.case_file import read_case
    from cuibono.record.written import read_written
    from cuibono.weighing.ach import import_matrix, write_judgements

    asked = read_case(case)
    cells = import_matrix(asked, read_written(matrix, "matrix").text, str(matrix))
    typer.echo(write_judgements(asked, cells, judge, datetime.now(UTC).date()), nl=False)
