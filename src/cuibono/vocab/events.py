"""Codes for what one actor does to another: PLOVER, CAMEO and WEIS."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from cuibono.errors import DriftError, suggest

QUADS: Final[tuple[str, ...]] = (
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
)
"""The four quads in the order of their customary numbers 1 to 4."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen things that PLOVER says actors do.

    Attributes
    ----------
    name : str
        PLOVER's name ("CONSULT").
    quad : str
        One of `QUADS`.
    score_tenths : int
        PLOVER's conflict-cooperation score in tenths, in [-100, 100], as
        printed; `load_corrections("plover")` says which are in doubt.
    instrument : str
        One of `INSTRUMENTS`.
    meaning : str
        What the actor does, in a few words.
    """

    name: str
    quad: str
    score_tenths: int
    instrument: str
    meaning: str


@dataclass(frozen=True, slots=True)
class EventMode:
    """How an act of one type is done.

    Attributes
    ----------
    event_type, mode : str
        PLOVER's names ("CONSULT", "visit").
    score_tenths : int or None
        Score of the type done in this mode, in tenths; None where PLOVER
        prints none.
    meaning : str
        What the actor does, in a few words.
    """

    event_type: str
    mode: str
    score_tenths: int | None
    meaning: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code and what it becomes in PLOVER.

    Attributes
    ----------
    code : str
        Two to four digits; "010" and "10" are different acts.
    name : str
        What the actor does, in a few words.
    root : str
        The first two digits.
    event_type : str or None
        PLOVER type; None for statements (01) and appeals (02), which PLOVER
        drops and we never replace by a default.
    mode, context : str
        PLOVER mode and contexts, several contexts joined by ";"; may be empty.
    quad : str or None
        Quad of the event type, one of `QUADS`; None where there is no type.
    goldstein_tenths : int or None
        ICEWS's conflict-cooperation value in tenths, in [-100, 100]; None for
        the one code that ICEWS does not list (1214).
    native_quad : str
        The quad that ICEWS itself gives the code's root, one of `QUADS`.
    """

    code: str
    name: str
    root: str
    event_type: str | None
    mode: str
    context: str
    quad: str | None
    goldstein_tenths: int | None
    native_quad: str


def _rows(name: str) -> list[dict[str, str]]:
    table = files("cuibono.vocab").joinpath("data/events", name)
    return list(csv.DictReader(table.read_text("utf-8").splitlines()))


def _tenths(text: str) -> int | None:
    return int(text) if text else None


INSTRUMENTS: Final[tuple[str, ...]] = tuple(row["name"] for row in _rows("instruments.csv"))
"""The means an actor uses, from talk to force; `instruments.csv` says what each covers."""


@cache
def event_types() -> Mapping[str, EventType]:
    """Give the PLOVER event types.

    Returns
    -------
    mapping of str to EventType
        By name, verbal cooperation first.

    References
    ----------
    .. [1] Open Event Data Alliance (2024). *PLOVER: Political Language
       Ontology for Verifiable Event Records*, draft 2.0.

    Examples
    --------
    >>> event_types()["AID"].quad, event_types()["AID"].score_tenths
    ('material_cooperation', 100)
    """
    return MappingProxyType(
        {
            row["name"]: EventType(
                row["name"],
                row["quad"],
                int(row["score_tenths"]),
                row["instrument"],
                row["meaning"],
            )
            for row in _rows("plover_types.csv")
        }
    )


@cache
def event_modes() -> Mapping[tuple[str, str], EventMode]:
    """Give the modes of the PLOVER event types.

    Returns
    -------
    mapping of tuple of str to EventMode
        By (event type, mode).
    """
    return MappingProxyType(
        {
            (row["event_type"], row["mode"]): EventMode(
                row["event_type"], row["mode"], _tenths(row["score_tenths"]), row["meaning"]
            )
            for row in _rows("plover_modes.csv")
        }
    )


@cache
def contexts() -> Mapping[str, str]:
    """Give the PLOVER contexts: what an act was about.

    Returns
    -------
    mapping of str to str
        Meaning by name.
    """
    return MappingProxyType({row["name"]: row["meaning"] for row in _rows("contexts.csv")})


@cache
def cameo_codes() -> Mapping[str, CameoCode]:
    """Give the CAMEO codes with their PLOVER types and Goldstein values.

    Returns
    -------
    mapping of str to CameoCode
        By code, in the order of the codes.

    References
    ----------
    .. [1] Schrodt, P. A. (2021). *CAMEO to PLOVER conversion table*, PLOVER
       draft 0.8.
    .. [2] Goldstein, J. S. (1992). A conflict-cooperation scale for WEIS
       events data. *Journal of Conflict Resolution* 36(2).
       doi:10.1177/0022002792036002007

    Examples
    --------
    >>> cameo_codes()["042"].event_type, cameo_codes()["042"].mode
    ('CONSULT', 'visit')
    """
    names = {row["code"]: row["name"] for row in _rows("cameo_names.csv")}
    return MappingProxyType(
        {row["code"]: _cameo_code(row, names[row["code"]]) for row in _rows("cameo.csv")}
    )


def _cameo_code(row: dict[str, str], name: str) -> CameoCode:
    event_type = row["event_type"] or None
    return CameoCode(
        code=row["code"],
        name=name,
        root=row["root"],
        event_type=event_type,
        mode=row["mode"],
        context=row["context"],
        quad=event_types()[event_type].quad if event_type else None,
        goldstein_tenths=_tenths(row["goldstein_tenths"]),
        native_quad=row["icews_quad"],
    )


def cameo(code: str, where: str = "CAMEO") -> CameoCode:
    """Look up one CAMEO code; there is no default for an unknown one.

    Parameters
    ----------
    code : str
        The code as the provider writes it, leading zero included.
    where : str, default "CAMEO"
        File and line, or column, for the error.

    Returns
    -------
    CameoCode
        What the code means.

    Raises
    ------
    DriftError
        If the code is unknown or is not a string.

    Examples
    --------
    >>> cameo("010").name
    'says something not coded further'
    >>> cameo("13y", "events.2017.tab:8")
    Traceback (most recent call last):
    cuibono.errors.DriftError: events.2017.tab:8: no CAMEO code '13y'. Did you mean 13 or ...
    """
    if not isinstance(code, str):
        raise DriftError(
            f"{where}: CAMEO codes are strings, since '010' and '10' are different acts;"
            f" got {code!r} of type {type(code).__name__}. Read the column as text."
        )
    known = cameo_codes()
    if code not in known:
        raise DriftError(
            f"{where}: no CAMEO code {code!r}.{suggest(code, known)}"
            " Set the row aside, or enter the fault in corrections.toml."
        )
    return known[code]


@cache
def weis_goldstein() -> Mapping[str, int]:
    """Give Goldstein's values for WEIS codes.

    Returns
    -------
    mapping of str to int
        Conflict-cooperation value in tenths, in [-100, 100], by WEIS code.

    References
    ----------
    .. [1] Goldstein, J. S. (1992). A conflict-cooperation scale for WEIS
       events data. *Journal of Conflict Resolution* 36(2).
       doi:10.1177/0022002792036002007

    Examples
    --------
    Military attack is the worst that WEIS knows.

    >>> weis_goldstein()["223"]
    -100
    """
    return MappingProxyType(
        {row["code"]: int(row["goldstein_tenths"]) for row in _rows("weis.csv")}
    )
