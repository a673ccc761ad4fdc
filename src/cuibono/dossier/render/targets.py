"""What each id of a dossier stands for, so that no link leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cuibono.dossier.render.numbers import in_percent, say_figure, say_quantity
from cuibono.errors import TraceError, suggest
from cuibono.model.dossier import Dossier, Point, Sentence, Series


def name_point(series: Series, point: Point) -> str:
    """Give the id of one point.

    Parameters
    ----------
    series : Series
        Whose point it is.
    point : Point
        The point.

    Returns
    -------
    str
        `<series id>@<start>`.
    """
    return f"{series.id}@{point.start.isoformat()}"


def name_item(row: dict[str, str]) -> str:
    """Give the id of one item of evidence.

    Parameters
    ----------
    row : dict of str to str
        A row of the dossier's evidence.

    Returns
    -------
    str
        `evidence.<item>`.
    """
    return f"evidence.{row['id']}"


def _describe_all(dossier: Dossier) -> Iterator[tuple[str, str]]:
    for figure in dossier.figures:
        yield figure.id, f"{figure.label}: {say_figure(figure)}"
    for series in dossier.series:
        yield (
            series.id,
            f"{series.label}, {in_percent(series.unit)[1]}: {len(series.points)} periods",
        )
        for point in series.points:
            number = say_quantity(point.value, point.low, point.high, series.unit)
            when = f"{point.start.isoformat()} until {point.end.isoformat()}"
            yield name_point(series, point), f"{series.label}, {when}: {number}"
    for world in dossier.distributions:
        yield world.id, f"{world.label}: {sum(world.counts):,} relations"
    for row in dossier.evidence:
        yield name_item(row), row.get("text", "")


def _sentences(dossier: Dossier) -> Iterator[Sentence]:
    yield from dossier.answer
    for section in dossier.sections:
        yield section.answer
        yield from section.lead
        for table in section.tables:
            for row in table.rows:
                yield from row


def _refs(dossier: Dossier) -> Iterator[str]:
    for sentence in _sentences(dossier):
        yield from (span.ref for span in sentence if span.ref)
    for section in dossier.sections:
        for chart in section.charts:
            yield from chart.series
            yield from filter(None, [chart.world])


def describe_targets(dossier: Dossier) -> dict[str, str]:
    """Say in a line what each id of the dossier stands for.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    dict of str to str
        By id of figure, series, point, distribution and item of evidence.

    Raises
    ------
    TraceError
        If two numbers share an id, or a text or chart names an id that none
        has: the reader could not follow it.
    """
    described = list(_describe_all(dossier))
    repeated = [name for name, n in Counter(name for name, _ in described).items() if n > 1]
    if repeated:
        raise TraceError(
            f"Dossier {dossier.name}: the id {repeated[0]!r} stands for two things."
            " Give every figure, series, distribution and item its own."
        )
    targets = dict(described)
    for ref in _refs(dossier):
        if ref not in targets:
            raise TraceError(
                f"Dossier {dossier.name}: a text or chart refers to {ref!r}, which no"
                f" number has as its id.{suggest(ref, targets)}"
                " Add the figure to the dossier, or correct the reference."
            )
    return targets
