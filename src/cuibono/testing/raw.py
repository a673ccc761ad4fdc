"""The providers' own files, as they lie in a raw folder, and what each is read as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RawFile:
    """One input of a source in a raw folder.

    Attributes
    ----------
    source : str
        Which card describes it.
    path : str
        File or folder below the raw folder.
    long : bool
        Whether loading it takes more than two CPU seconds.
    """

    source: str
    path: str
    long: bool = False


RAW_FILES = (
    RawFile("alliances", "peacesciencer/atop_alliance.parquet", long=True),
    RawFile("conflicts", "peacesciencer/ucdp_acd.parquet"),
    RawFile("declared_vs_done", "declared_vs_done/russian_mod_airstrike_claims_2015.csv"),
    RawFile("designations", "designations/32001R2580.csv"),
    RawFile("designations", "designations/32002R0881.csv"),
    RawFile("designations", "designations/32016R1686.csv"),
    RawFile("disputes", "peacesciencer/cow_mid_dirdisps.parquet"),
    RawFile("disputes", "peacesciencer/gml_dirdisp.parquet"),
    RawFile("gdelt", "gdelt_native/geomesa/20180101000000.export.CSV"),
    RawFile("gdelt", "gdelt_native/spark-gdelt/events.csv"),
    RawFile("gdelt", "gdelt_native/spark-gdelt/events1.csv"),
    RawFile("gdelt", "gdelt_native/spark-gdelt/eventsT.csv"),
    RawFile("gdelt_mentions", "gdelt_native/spark-gdelt/mentions.csv"),
    RawFile("gdelt_mentions", "gdelt_native/spark-gdelt/mentionsT.csv"),
    RawFile("icews", "icews_native/events.2018.sample.tab"),
    RawFile("icews", "icews/icews_2018.parquet", long=True),
    RawFile("icews", "icews/icews_2021.parquet", long=True),
    RawFile("icews", "icews/icews_2022.parquet", long=True),
    RawFile("ideal_points", "ideal_points/ideal_points.parquet"),
    RawFile("keds", "keds/keds_events.parquet"),
    RawFile("keds", "keds/tabari-demo.keds"),
    RawFile("netify_icews", "netify_icews/icews_dyad_year_2002_2014.parquet", long=True),
    RawFile("rivalries", "peacesciencer/td_rivalries.parquet"),
    RawFile("rivalries", "peacesciencer/tss_rivalries.parquet"),
    RawFile("sipri", "sipri/trade-register.csv"),
    RawFile("sipri", "sipri/trade_register.parquet"),
    RawFile("sipri", "sipri/tiv_dyad_year.parquet"),
    RawFile("ucdp_ged", "ucdp/ged_mexico.parquet"),
    RawFile("ucdp_ged", "ucdp/ged_myanmar.parquet"),
    RawFile("ucdp_ged", "ucdp/ged_syria.parquet"),
    RawFile("un_votes", "un_votes", long=True),
)


def absent_sources(raw: Path, sources: tuple[str, ...]) -> tuple[str, ...]:
    """List the sources that a raw folder has no file of.

    Parameters
    ----------
    raw : Path
        Folder of the providers' files.
    sources : tuple of str
        Names to look for.

    Returns
    -------
    tuple of str
        Those without a file.
    """
    present = {each.source for each in RAW_FILES if (raw / each.path).exists()}
    return tuple(name for name in sources if name not in present)
