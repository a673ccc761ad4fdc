"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_STORE = Path(".cuibono")
DEFAULT_ENGINE = "duckdb://"

StoreOption = Annotated[
    Path,
    typer.Option(
        "--store",
        envvar="CUIBONO_STORE",
        help="Folder of the files you loaded; the embedded data are always there.",
    ),
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="URL",
        envvar="CUIBONO_ENGINE",
        help="Where to compute: duckdb://, spark://local[2], spark://HOST:PORT.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
