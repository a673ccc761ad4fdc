"""A dossier as plain data: text that points at figures, and figures that point at rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html import escape

from cuibono.errors import UntracedError
from cuibono.model.trace import Condition, Trace


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its interval, unit, formula and rows.

    Attributes
    ----------
    id : str
        Stable across runs of a case ("weight.china-urging").
    label : str
        What it is, for a reader.
    value : float
        The number.
    low, high : float or None
        Interval; None for a plain count.
    level : float or None
        Probability the interval claims; None where there is none.
    unit : str
        Never empty.
    how : str
        How it was computed, in a sentence.
    traces : tuple of Trace
        Rows behind it; at least one.
    said : str
        The number in words ("likely (55–80 %)"); empty where it has none.

    Raises
    ------
    UntracedError
        If there is no trace.
    """

    id: str
    label: str
    value: float
    low: float | None
    high: float | None
    level: float | None
    unit: str
    how: str
    traces: tuple[Trace, ...]
    said: str = ""

    def __post_init__(self) -> None:
        if not self.traces:
            raise UntracedError(
                f"{self.id}: a figure without rows."
                " Give it the Trace of what it was computed from."
            )


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series.

    Attributes
    ----------
    start, end : date
        Half-open span.
    value, low, high : float
        The number and its interval.
    rows : tuple of int
        Source rows behind it, one count for each trace of the series.
    """

    start: date
    end: date
    value: float
    low: float
    high: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One number over time; the id of a point is `<series id>@<start>`.

    Attributes
    ----------
    id, label, unit, how : str
        As in `Figure`.
    about : str
        The relation in ids ("RUS→PAK").
    source : str
        Provider name.
    level : float
        Probability the intervals claim.
    points : tuple of Point
        Ascending; a period that is not covered is absent, never zero.
    traces : tuple of Trace
        Rows behind all points, numerator first, then what it is a share of.
    day_column : str
        The column that books a row to a period: "day" for events, "start"
        for measures; empty where every point rests on all rows.
    """

    id: str
    label: str
    unit: str
    how: str
    about: str
    source: str
    level: float
    points: tuple[Point, ...]
    traces: tuple[Trace, ...]
    day_column: str

    def traces_at(self, point: Point) -> tuple[Trace, ...]:
        """Narrow the series' traces to one period.

        Parameters
        ----------
        point : Point
            One of its points.

        Returns
        -------
        tuple of Trace
            The rows of that point alone.
        """
        if not self.day_column:
            return self.traces
        span = (
            Condition(self.day_column, ">=", point.start.isoformat()),
            Condition(self.day_column, "<", point.end.isoformat()),
        )
        return tuple(
            Trace(trace.table, trace.source, trace.where + span, n)
            for trace, n in zip(self.traces, point.rows, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; with `ref`, it quotes the figure, series or row of that id."""

    text: str
    ref: str = ""


Sentence = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of sentences under a heading.

    Attributes
    ----------
    columns : tuple of str
        Headings.
    rows : tuple of tuple of Sentence
        Cells in the order of `columns`; an empty cell is an empty tuple.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A covered span in a chart of coverage.

    Attributes
    ----------
    row : str
        What is covered; bars of one row stand on one line.
    start, end : date
        Half-open span; equal where the row is not covered at all.
    """

    row: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Chart:
    """What a reader should see drawn.

    Attributes
    ----------
    id : str
        Unique in the dossier.
    kind : {"lines", "dates", "curve", "fan", "world", "weights", "coverage"}
        `lines` draws series over time with their bands; `dates` draws a level
        over the probability of a change, date sets shaded; `curve` draws
        shares that belong to steps, such as days; `fan` draws a level and the
        bands of where it may go; `world` draws the
        distribution of all rivals with the listed ones marked; `weights`
        draws weights of evidence with their bands; `coverage` draws which
        days each source knows of.
    title, caption : str
        What it shows; how to read it.
    series : tuple of str
        Series ids ("lines"; "dates": each level followed by its probability
        of a change; "fan": the past, the wide band and the narrow one) or
        figure ids ("world": the marked ones; "weights" and "curve": all).
    world : str
        For "world": id of the distribution drawn.
    bars : tuple of Bar
        For "coverage": the covered spans, by row; the rows' order is kept.
        For "dates": the date sets, by the level's id.
    frame : tuple of date or None
        For "coverage": the days asked about, half-open.
    """

    id: str
    kind: str
    title: str
    caption: str
    series: tuple[str, ...]
    world: str = ""
    bars: tuple[Bar, ...] = ()
    frame: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many relations of the world score how much.

    Attributes
    ----------
    id, label, unit, how : str
        As in `Figure`.
    edges : tuple of float
        Ascending bin edges.
    counts : tuple of int
        Relations per bin, one fewer than `edges`.
    threshold : float
        Score that the best twentieth reaches.
    traces : tuple of Trace
        Rows behind all of it.
    """

    id: str
    label: str
    unit: str
    how: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    threshold: float
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the dossier: prose, tables and charts in reading order.

    Attributes
    ----------
    id, title : str
        Anchor and heading.
    answer : Sentence
        What it found, in a line; empty where the section answers no question.
    lead : tuple of Sentence
        Paragraphs that say what the section found.
    tables : tuple of Table
        Its tables.
    charts : tuple of Chart
        Its charts.
    """

    id: str
    title: str
    answer: Sentence = ()
    lead: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a run of a case found; it computes nothing.

    Attributes
    ----------
    name, title, question, context : str
        As in the case.
    about : str
        The focal relation in ids.
    asked : str
        The period asked about, in words.
    answer : tuple of Sentence
        Three lines, each opening with a label and a colon: what is best
        supported, what would overturn it, what is not covered.
    sections : tuple of Section
        In reading order.
    figures, series, distributions
        Every number, by kind; ids are unique over all three.
    evidence : tuple of dict
        The case's evidence items as rows, so that a weight can be traced in
        the dossier alone.
    provenance : dict of str to str
        Versions, hashes, command: what it takes to run this again.
    """

    name: str
    title: str
    question: str
    context: str
    about: str
    asked: str
    answer: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    distributions: tuple[Distribution, ...]
    evidence: tuple[dict[str, str], ...] = ()
    provenance: dict[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """Show in a notebook what a reader sees first; every text is escaped."""
        lines = [f"<h3>{escape(self.title)}</h3><p><em>{escape(self.question)}</em></p>"]
        lines += [f"<p>{escape(_plain(line))}</p>" for line in self.answer]
        answered = [section for section in self.sections if section.answer]
        rows = [
            f"<tr><th>{escape(section.title)}</th><td>{escape(_plain(section.answer))}</td></tr>"
            for section in answered
        ]
        return "".join([*lines, "<table>", *rows, "</table>"] if rows else lines)


def _plain(sentence: Sentence) -> str:
    return "".join(span.text for span in sentence)
