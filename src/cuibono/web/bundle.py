"""A whole case as one file: what was asked, what was found, the rows behind it, and hashes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from cuibono.model.dossier import Distribution, Dossier, Figure, Series
from cuibono.model.trace import EVIDENCE, Trace
from cuibono.store.rows import fetch_rows
from cuibono.store.store import Store
from cuibono.web.sheets import write_sheet

# Rows of one trace that are taken along; the index says how many there are.
MOST_ROWS = 2_000
# The earliest time that a zip can name: the same case gives the same bytes.
TIME = (1980, 1, 1, 0, 0, 0)
JUDGEMENTS = "judgements "


def bundle_case(dossier: Dossier, case: Path, written: Iterable[Path], store: Store) -> bytes:
    """Put a case and all that was found into one zip.

    Parameters
    ----------
    dossier : Dossier
        Of the case.
    case : Path
        The case file.
    written : iterable of Path
        The dossier's files.
    store : Store
        Where the rows are.

    Returns
    -------
    bytes
        The zip: a folder that `cuibono explain` runs again; the same bytes for
        the same case, dossier and rows.
    """
    judges = {f"judges/{path.name}": path.read_bytes() for path in find_judges(dossier, case)}
    contents = {case.name: case.read_bytes(), **judges}
    contents |= {f"dossier/{path.name}": path.read_bytes() for path in written}
    contents |= dict(_rows(dossier, store))
    contents["README.txt"] = _read_me(dossier, case, judges, store).encode()
    contents["manifest.json"] = _manifest(dossier, contents)
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, body in sorted(contents.items()):
            entry = ZipInfo(f"{dossier.name}/{name}", TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, body)
    return file.getvalue()


def find_judges(dossier: Dossier, case: Path) -> list[Path]:
    """Find the files of further judges that a dossier was computed from.

    Parameters
    ----------
    dossier : Dossier
        Names them, with their hashes.
    case : Path
        The case file, near which they are sought.

    Returns
    -------
    list of Path
        Those that are there and unchanged.
    """
    found = []
    for key, value in dossier.provenance.items():
        if key.startswith(JUDGEMENTS):
            name = Path(key.removeprefix(JUDGEMENTS))
            places = (name, case.parent / name, case.parent / name.name)
            hashed = value.removeprefix("sha256 ")
            found += [path for path in places if path.is_file() and _hash(path) == hashed][:1]
    return found


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _rows(dossier: Dossier, store: Store) -> Iterator[tuple[str, bytes]]:
    """Give the rows behind every number, each set of rows once, and the index of them."""
    index: list[dict[str, object]] = []
    files: dict[Trace, tuple[str, int]] = {}
    numbers: list[Figure | Series | Distribution] = [
        *dossier.figures,
        *dossier.series,
        *dossier.distributions,
    ]
    for one in numbers:
        for trace in one.traces:
            if trace not in files and trace.table != EVIDENCE:
                rows = fetch_rows(store, trace, MOST_ROWS)
                stem = f"rows/{len(files) + 1:04}"
                files[trace] = (stem, rows.num_rows)
                yield f"{stem}.csv", write_sheet(rows, "csv")
                yield f"{stem}.parquet", write_sheet(rows, "parquet")
            stem, taken = files.get(trace, ("dossier/dossier.json, evidence", trace.n_rows))
            index.append(
                {"number": one.id, "label": one.label, "file": stem, "rows": trace.n_rows,
                 "rows taken along": taken, "where": str(trace)}
            )  # fmt: skip
    yield "rows/index.csv", write_sheet(pa.Table.from_pylist(index), "csv")


def _read_me(dossier: Dossier, case: Path, judges: Iterable[str], store: Store) -> str:
    asked = "".join(f" --judgements {name}" for name in judges)
    told = "The rows that ship with cuibono are enough for it."
    if store.loaded:
        told = (
            "Rows of your own store were used as well; load the same files first. Their names\n"
            "and hashes are in manifest.json, with the command that loaded each."
        )
    text = files("cuibono.web").joinpath("templates/read_me.txt").read_text("utf-8")
    return text.format(
        title=dossier.title, question=dossier.question, case=case.name, most=MOST_ROWS,
        version=version("cuibono"), command=f"cuibono explain {case.name}{asked}",
        about_store=told,
    )  # fmt: skip


def _manifest(dossier: Dossier, contents: dict[str, bytes]) -> bytes:
    told = {
        "case": dossier.name,
        "provenance": dossier.provenance,
        "files": {
            name: {"sha256": sha256(body).hexdigest(), "bytes": len(body)}
            for name, body in sorted(contents.items())
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
