"""Relations by periods as arrays: what is left of a source once Ibis has done its part."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray

from cuibono.model.actor import Relation
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Condition, Trace, equal, on_days


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One source as arrays of relations by periods.

    Attributes
    ----------
    source : str
        Provider name.
    grid : Grid
        Length of a period.
    starts : array of datetime64[D], shape (n_periods,)
        First day of each covered period, ascending; periods that no file
        covers whole are absent, so consecutive starts may lie apart.
    relations : tuple of (str, str), length n_relations
        (actor id, recipient id), sorted; each once.
    channels : dict of str to float array, shape (n_relations, n_periods)
        Counts per channel for events ("verbal_cooperation", ..., "all"), or
        "value" with NaN where nothing was observed for measures.
    exposure : float array, shape (n_relations, n_periods)
        What each cell could have held: events of all kinds, or joint votes.
    rows : int array, shape (n_relations,)
        Source rows behind each relation.
    span : Period
        From the first day covered to the last.
    measure : str
        Which measure "value" is; empty for counted events.
    index : dict of (str, str) to int
        Place of each relation in the arrays; not given, but made of `relations`.
    """

    source: str
    grid: Grid
    starts: NDArray[np.datetime64]
    relations: tuple[Relation, ...]
    channels: dict[str, NDArray[np.float64]]
    exposure: NDArray[np.float64]
    rows: NDArray[np.int64]
    span: Period
    measure: str = ""
    index: dict[Relation, int] = field(init=False, repr=False)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the panel to any table library, one row for each relation and period."""
        import pyarrow as pa

        n_relations, n_periods = len(self.relations), self.starts.size
        actors, recipients = zip(*self.relations, strict=True) if n_relations else ((), ())
        columns = {
            "actor": np.repeat(np.array(actors, dtype=object), n_periods),
            "recipient": np.repeat(np.array(recipients, dtype=object), n_periods),
            "start": np.tile(self.starts, n_relations),
            **{name: cells.ravel() for name, cells in self.channels.items()},
            "exposure": self.exposure.ravel(),
        }
        return pa.table(columns).__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """Say in a notebook what the panel lays out."""
        what = self.measure or ", ".join(self.channels)
        return (
            f"<p><strong>{escape(self.source)}</strong>: {len(self.relations):,} relations by"
            f" {self.starts.size:,} {escape(self.grid)}s, {escape(str(self.span))};"
            f" {escape(what)}</p>"
        )

    def __post_init__(self) -> None:
        places = {relation: place for place, relation in enumerate(self.relations)}
        object.__setattr__(self, "index", places)

    @property
    def steps(self) -> NDArray[np.int64]:
        """Whole grid steps from the first period to each, gaps included.

        Returns
        -------
        int array, shape (n_periods,)
            Ascending from 0; a jump above 1 is a gap in the source.
        """
        unit = {Grid.WEEK: "D", Grid.MONTH: "M", Grid.YEAR: "Y"}[self.grid]
        ordinal = self.starts.astype(f"datetime64[{unit}]").astype(np.int64)
        steps: NDArray[np.int64] = ordinal - ordinal[0]
        return steps // 7 if self.grid is Grid.WEEK else steps

    def number_parties(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Give everybody who acts or is acted on a number.

        Returns
        -------
        parties : tuple of str
            Ids, sorted.
        ends : int array, shape (n_relations, 2)
            Places in `parties` of each relation's actor and recipient.
        """
        parties = tuple(sorted({party for relation in self.relations for party in relation}))
        place = {party: n for n, party in enumerate(parties)}
        ends = [[place[actor], place[recipient]] for actor, recipient in self.relations]
        return parties, np.array(ends, dtype=np.int64).reshape(-1, 2)

    @property
    def day_column(self) -> str:
        """Name the column by which its rows fall into periods.

        Returns
        -------
        {"day", "start"}
            Of the table that the rows lie in.
        """
        return "start" if self.measure else "day"

    def trace(self, relation: Relation | None = None, span: Period | None = None) -> Trace:
        """Lead back to the rows of a relation, or of all relations.

        Parameters
        ----------
        relation : tuple of (str, str), optional
            All by default.
        span : Period, optional
            Days to lead to; the panel's own by default.

        Returns
        -------
        Trace
            Days in a gap of the panel included; `n_rows` counts the rows that
            the whole panel used and is counted anew when a dossier keeps it.
        """
        whole, used = span or self.span, int(self.rows.sum())
        parties: tuple[Condition, ...] = ()
        if relation:
            actor, recipient = relation
            parties = equal(actor=actor, recipient=recipient)
            used = int(self.rows[self.index[relation]]) if relation in self.index else 0
        named = equal(measure=self.measure) if self.measure else ()
        days = on_days(self.day_column, whole)
        table = "measures" if self.measure else "events"
        return Trace(table, self.source, (*parties, *named, *days), used)
