"""Build the embedded pack: figures computed from sources whose terms let them ship."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import ibis
import pyarrow.parquet as pq

from cuibono.errors import SourceError
from cuibono.sources.base import read_card, read_with
from cuibono.store.days import covered_days
from cuibono.store.fingerprint import take_fingerprint
from cuibono.store.manifest import Snapshot, data_file, write_manifest
from cuibono.store.migrate import seal
from cuibono.store.origins import origins_in
from cuibono.store.raw import open_raw
from cuibono.store.store import Store, open_store

# Small counts hardly repeat as whole values; plain pages under zstd take half the room of
# dictionaries, while names and days gain from one.
PLAIN = ("joint", "differ")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the pack: what it is called and what it is computed from.

    Attributes
    ----------
    name, source : str
        File name in the pack and the source that reads it.
    raw : str
        File or folder below the raw data folder.
    """

    name: str
    source: str
    raw: str


PARTS = (
    Part(
        "declared_vs_done",
        "declared_vs_done",
        "declared_vs_done/russian_mod_airstrike_claims_2015.csv",
    ),
    Part("icews_2021", "icews", "icews/icews_2021.parquet"),
    Part("icews_2022", "icews", "icews/icews_2022.parquet"),
    Part("ideal_points", "ideal_points", "ideal_points/ideal_points.parquet"),
    Part("ucdp_ged", "ucdp_ged", "ucdp/ged_syria.parquet"),
    Part("un_votes", "un_votes", "un_votes"),
)


def build_pack(raw: Path, folder: Path) -> Iterator[Snapshot]:
    """Compute every file of the pack from the raw data.

    The same raw bytes give the same pack bytes.

    Parameters
    ----------
    raw : Path
        Folder of the providers' files.
    folder : Path
        Where the pack goes; existing files are replaced.

    Yields
    ------
    Snapshot
        Each file as it is done.

    Raises
    ------
    SourceError
        If a raw file is missing.
    """
    store = replace(open_store(), embedded=())
    for part in PARTS:
        if not (raw / part.raw).exists():
            raise SourceError(
                f"{raw / part.raw}: missing. To get it: {read_card(part.source).obtain}."
            )
        yield _build(store, part, raw, folder)


def _build(store: Store, part: Part, raw: Path, folder: Path) -> Snapshot:
    card, engine = read_card(part.source), store.engine
    layout, tables = open_raw(engine, card, raw / part.raw)
    rows = engine.cache(read_with(part.source, layout.name)(tables))
    sound = rows.filter(rows.reject.isnull())
    packed = import_module(f"cuibono.sources.{part.source}.reader").pack(sound)
    taken = take_fingerprint(raw / part.raw)
    counts = engine.collect(rows.aggregate(n=rows.count(), bad=rows.reject.notnull().sum()))
    rows_in, rejected = counts["n"][0].as_py(), counts["bad"][0].as_py() or 0
    snapshot = Snapshot(
        source=part.source,
        table=card.table,
        name=part.name,
        layout="embedded",
        input_name=part.raw,
        sha256=taken.sha256,
        input_bytes=taken.size,
        rows_in=rows_in,
        accepted=rows_in - rejected,
        duplicates=0,
        quarantined=rejected,
        covered=tuple(covered_days(engine, card, sound)),
        licence=card.licence,
        citation=card.citation,
        command="cuibono pack build",
        content_sha256=taken.content,
        input_layout=layout.name,
        origins=origins_in(engine, sound, card.table),
    )
    _write(store, packed, data_file(folder, snapshot))
    snapshot = seal(folder, snapshot)
    write_manifest(folder, snapshot)
    return snapshot


def _write(store: Store, rows: ibis.Table, path: Path) -> None:
    """Write ordered rows in one row group, so that bytes depend on rows alone."""
    table = store.engine.collect(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as unfinished:
        done = Path(unfinished) / path.name
        pq.write_table(
            table,
            done,
            compression="zstd",
            compression_level=19,
            use_dictionary=[name for name in table.column_names if name not in PLAIN],
            row_group_size=max(1, table.num_rows),
        )
        done.replace(path)
