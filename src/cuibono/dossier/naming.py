"""Actors by name: ids that only a program reads are names wherever a reader meets them."""

from __future__ import annotations

import re
from dataclasses import replace

from cuibono.model.dossier import (
    Bar,
    Chart,
    Distribution,
    Dossier,
    Figure,
    Section,
    Sentence,
    Series,
    Table,
)
from cuibono.vocab.actors import load_actors

# Codes of states are the field's own words for them; ids with a colon are nobody's.
_ID = re.compile(r"\b[A-Za-z_]+:[A-Za-z0-9][A-Za-z0-9-]*")


def name_actors(text: str) -> str:
    """Write actors that have an id with a colon by their names.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same, with each such id that the registry knows replaced.

    Examples
    --------
    >>> name_actors("RUS→non_state:taliban")
    'RUS→Taliban'
    """
    if ":" not in text:
        return text
    known = load_actors()
    return _ID.sub(lambda m: known[m[0]].name if m[0] in known else m[0], text)


def name_in_dossier(dossier: Dossier) -> Dossier:
    """Write actors by name in everything that a reader meets.

    Ids of figures, series, traces and provenance stay: they lead to rows.

    Parameters
    ----------
    dossier : Dossier
        As it was composed.

    Returns
    -------
    Dossier
        The same numbers under readable labels.
    """
    return replace(
        dossier,
        about=name_actors(dossier.about),
        answer=tuple(map(_sentence, dossier.answer)),
        sections=tuple(map(_section, dossier.sections)),
        figures=tuple(map(_figure, dossier.figures)),
        series=tuple(map(_series, dossier.series)),
        distributions=tuple(map(_distribution, dossier.distributions)),
    )


def _sentence(sentence: Sentence) -> Sentence:
    return tuple(replace(span, text=name_actors(span.text)) for span in sentence)


def _section(section: Section) -> Section:
    return replace(
        section,
        title=name_actors(section.title),
        answer=_sentence(section.answer),
        lead=tuple(map(_sentence, section.lead)),
        tables=tuple(map(_table, section.tables)),
        charts=tuple(map(_chart, section.charts)),
    )


def _table(table: Table) -> Table:
    return Table(
        tuple(map(name_actors, table.columns)),
        tuple(tuple(map(_sentence, row)) for row in table.rows),
    )


def _chart(chart: Chart) -> Chart:
    return replace(
        chart,
        title=name_actors(chart.title),
        caption=name_actors(chart.caption),
        bars=tuple(map(_bar, chart.bars)) if chart.kind == "coverage" else chart.bars,
    )


def _bar(bar: Bar) -> Bar:
    return replace(bar, row=name_actors(bar.row))


def _figure(figure: Figure) -> Figure:
    label, how, said = map(name_actors, (figure.label, figure.how, figure.said))
    return replace(figure, label=label, how=how, said=said)


def _series(series: Series) -> Series:
    label, how = map(name_actors, (series.label, series.how))
    return replace(series, label=label, how=how)


def _distribution(one: Distribution) -> Distribution:
    return replace(one, label=name_actors(one.label), how=name_actors(one.how))
