"""Small GDELT 2.0 exports with damaged lines, read directly and by loading."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from tests.store.made_files import loaded_only

from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.record.fast_panel import Account, fast_panel
from cuibono.record.panel import event_panel
from cuibono.sources.base import read_card
from cuibono.store.load import LoadReport, load
from cuibono.store.store import open_store
from cuibono.testing.gdelt import Pools, export_lines

(COLUMNS,) = (
    x.columns["events"] for x in read_card("gdelt").layouts if x.name == "quarter_hour"
)
# A whole week and the Monday after it.
MONDAY = datetime(2018, 1, 1, 12, tzinfo=UTC)
WEEK = Period(date(2018, 1, 1), date(2018, 1, 8))

Damage = Callable[[list[bytes]], bytes]


def put(**cells: bytes) -> Damage:
    """Write other cells into a line."""

    def damage(fields: list[bytes]) -> bytes:
        changed = {COLUMNS.index(name): cell for name, cell in cells.items()}
        return b"\t".join(changed.get(n, field) for n, field in enumerate(fields))

    return damage


DAMAGES: dict[str, Damage] = {
    "no line": lambda fields: b"",
    "a page": lambda fields: b"<html>503</html>",
    "60 fields": lambda fields: b"\t".join(fields[:-1]),
    "62 fields": lambda fields: b"\t".join([*fields, b"x"]),
    "split": lambda fields: b"\t".join(fields[:30]) + b"\n" + b"\t".join(fields[30:]),
    "tabs alone": lambda fields: b"\t" * 60,
    "quote": put(Actor1Name=b'"QUOTED'),
    "quote of lines": put(ActionGeo_FullName=b'a "', SOURCEURL=b'" b'),
    "carriage return": put(SOURCEURL=b"http://x.org\r"),
    "carriage return within": put(Actor1Name=b"A\rB"),
    "accent": put(ActionGeo_FullName="Bogotá, 東京".encode()),
    "bad byte": put(Actor1Name=b"MALM\xff"),
    "cut character": put(SOURCEURL=b"http://x.org/\xc3"),
    "replaced character": put(ActionGeo_FullName="Bogot\ufffd".encode()),
    "full-width character": put(ActionGeo_FullName="Bogotａ".encode()),
    "zero byte": put(ActionGeo_FullName=b"A\0B"),
    "long": put(ActionGeo_FullName=b"x" * 100_000),
    "no id": put(GLOBALEVENTID=b""),
    "id of letters": put(GLOBALEVENTID=b"7190248x5"),
    "id with zero": put(GLOBALEVENTID=b"0719024875"),
    "short id": put(GLOBALEVENTID=b"7"),
    "eight digits": put(GLOBALEVENTID=b"71902487"),
    "seventeen digits": put(GLOBALEVENTID=b"71902487571902487"),
    "thirty digits": put(GLOBALEVENTID=b"719024875719024875719024875719"),
    "id of another": put(GLOBALEVENTID=b"719024880"),
    "no day": put(SQLDATE=b""),
    "day 31 of February": put(SQLDATE=b"20180231"),
    "month 13": put(SQLDATE=b"20181301"),
    "day with hour": put(SQLDATE=b"2018010112"),
    "day of letters": put(SQLDATE=b"2018Jan1"),
    "day in 1820": put(SQLDATE=b"18200101"),
    "day in 1920": put(SQLDATE=b"19200101"),
    "day in 2101": put(SQLDATE=b"21010101"),
    "day to come": put(SQLDATE=b"20180201"),
    "added without hour": put(DATEADDED=b"20180109"),
    "added never": put(DATEADDED=b"20180132000000"),
    "added in letters": put(DATEADDED=b"2018010900000x"),
    "no act": put(EventCode=b"", EventBaseCode=b"", EventRootCode=b"", QuadClass=b""),
    "act of 2017": put(EventCode=b"13y", EventBaseCode=b"13y", EventRootCode=b"13"),
    "act of two digits": put(
        EventCode=b"04", EventBaseCode=b"04", EventRootCode=b"04", QuadClass=b"1"
    ),
    "base is the root": put(
        EventCode=b"0311", EventBaseCode=b"03", EventRootCode=b"03", QuadClass=b"1"
    ),
    "another base": put(
        EventCode=b"0311", EventBaseCode=b"032", EventRootCode=b"03", QuadClass=b"1"
    ),
    "quad 9": put(QuadClass=b"9"),
    "quad 11": put(
        EventCode=b"043", EventBaseCode=b"043", EventRootCode=b"04", QuadClass=b"11"
    ),
    "no score": put(GoldsteinScale=b""),
    "score 999": put(GoldsteinScale=b"999"),
    "score of zero": put(GoldsteinScale=b"-0.0"),
    "score with exponent": put(GoldsteinScale=b"1e0"),
    "long score": put(GoldsteinScale=b"1.8999999999"),
    "not a number": put(GoldsteinScale=b"nan"),
    "score with comma": put(GoldsteinScale=b"-2,5"),
    "country in small letters": put(Actor1CountryCode=b"usa"),
    "country too long": put(Actor1CountryCode=b"USAX"),
    "country too short": put(Actor1CountryCode=b"US", Actor1KnownGroupCode=b""),
    "two countries": put(Actor1CountryCode=b"RUS", Actor2CountryCode=b"PAK"),
    "own country": put(
        Actor1CountryCode=b"RUS", Actor2CountryCode=b"RUS", Actor2KnownGroupCode=b""
    ),
    "group": put(Actor1CountryCode=b"AFG", Actor1KnownGroupCode=b"TAL"),
    "group unheard of": put(Actor1CountryCode=b"AFG", Actor1KnownGroupCode=b"XYZ"),
    "group alone": put(Actor1CountryCode=b"", Actor1KnownGroupCode=b"TAL"),
}


def made_lines(files: int, rows: int, seed: int = 1) -> list[list[bytes]]:
    """Lines of sound files, from the Monday on, each a day after the other."""
    rng = np.random.default_rng(seed)
    pools = Pools(rng)
    return [
        [
            line.encode()
            for line in export_lines(
                rng, pools, MONDAY + n * timedelta(days=1), 719_024_875 + n * rows, rows
            )
        ]
        for n in range(files)
    ]


def damaged(line: bytes, damage: str) -> bytes:
    return DAMAGES[damage](line.split(b"\t"))


def write_file(path: Path, lines: Sequence[bytes], end: bytes = b"\n") -> Path:
    """Write lines, the last one with the end of line only if it is more than a newline."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(end.join(lines) + (end if end == b"\r\n" else b""))
    return path


def packed(path: Path) -> Path:
    """The same file as the provider packs it."""
    target = path.parent / f"{path.name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
    return target


def directly(files: Sequence[Path], within: Period = WEEK) -> tuple[Panel, Account]:
    return fast_panel([packed(file) for file in files], Grid.WEEK, within)


def by_loading(
    folder: Path, files: Sequence[Path], within: Period = WEEK
) -> tuple[Panel, list[LoadReport]]:
    reports = [
        load(open_store(folder / "store"), "gdelt", file, accept_drift=True) for file in files
    ]
    return event_panel(loaded_only(folder), "gdelt", Grid.WEEK, within), reports
