"""Which engines there are, and what each of them leaves out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from cuibono.errors import StoreError, suggest

KINDS = ("notimpl", "notyet", "never")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that an engine does not do.

    Attributes
    ----------
    kind : {"notimpl", "notyet", "never"}
        We have not written it; it waits for somebody else; it would be wrong.
    reason : str
        Why; empty only where we have not written it.
    """

    kind: str
    reason: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or (self.kind != "notimpl" and not self.reason):
            raise StoreError(
                f"engines.toml: a gap is written {'notimpl'!r}, {'notyet: reason'!r} or"
                f" {'never: reason'!r}, not {f'{self.kind}: {self.reason}'!r}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """One engine's row of the capability table.

    Attributes
    ----------
    scheme : str
        The table's key, the file in `store/engines` where it runs, and what
        its URLs begin with unless `urls` says otherwise.
    title : str
        Its name in prose.
    urls : tuple of str
        URLs as a user writes them; capitals stand for the user's own.
    dialect : str
        Ibis's name of its SQL.
    runs : bool
        Whether expressions run on it; its SQL is only compiled otherwise.
    gaps : mapping of str to Gap
        Abilities that it lacks.
    functions : mapping of str to str
        Functions in Ibis's SQL, and those to call in their place.
    """

    scheme: str
    title: str
    urls: tuple[str, ...]
    dialect: str
    runs: bool
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)


@cache
def engine_table() -> Mapping[str, Capability]:
    """Read the capability table.

    Returns
    -------
    mapping of str to Capability
        By scheme, in the table's order.

    Raises
    ------
    StoreError
        If a gap is neither of the three kinds.

    Examples
    --------
    >>> [name for name, engine in engine_table().items() if engine.runs]
    ['duckdb', 'spark']
    """
    text = files("cuibono.store").joinpath("engines.toml").read_text("utf-8")
    return {
        scheme: Capability(
            scheme=scheme,
            title=row["title"],
            urls=tuple(row["urls"]),
            dialect=row["dialect"],
            runs=row["runs"],
            gaps={what: _gap(said) for what, said in row.get("gaps", {}).items()},
            functions=row.get("functions", {}),
        )
        for scheme, row in tomllib.loads(text).items()
    }


def find_engine(url: str) -> Capability:
    """Find the engine that a URL names.

    Parameters
    ----------
    url : str
        As in the capability table.

    Returns
    -------
    Capability
        An engine that runs expressions.

    Raises
    ------
    StoreError
        If the URL names no engine, or one whose SQL is only compiled.
    """
    engines = engine_table().values()
    named = {_scheme(known): engine for engine in engines for known in engine.urls}
    runs = ", ".join(known for engine in engines if engine.runs for known in engine.urls)
    engine = named.get(_scheme(url)) if "://" in url else None
    if engine is None:
        raise StoreError(
            f"No engine {url!r}.{suggest(_scheme(url), named)} Engines that run: {runs}."
        )
    if not engine.runs:
        raise StoreError(
            f"{engine.title} is compiled for, not connected to: take the SQL from"
            f" `cuibono.store.sql.compile_sql`. Engines that run: {runs}."
        )
    return engine


def _scheme(url: str) -> str:
    return url.partition("://")[0]


def _gap(said: str) -> Gap:
    kind, _, reason = said.partition(":")
    return Gap(kind, reason.strip())
