"""The public record of the relation over time."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.phrases import percent, sentence
from cuibono.model.dossier import Chart, Section, Sentence, Span, Table
from cuibono.record.instruments import InstrumentShare
from cuibono.record.origins import Told

TOLD = ("Relation", "Events as the source counts them", "Independent origins")


def record(gathered: Gathered, numbers: Numbers) -> Section:
    """Write the section on the record.

    Parameters
    ----------
    gathered : Gathered
        What was found.
    numbers : Numbers
        Keeps the series and figures that the section quotes.

    Returns
    -------
    Section
        Charts over time, events beside their origins, a table of instruments, and
        the peaks in words.
    """
    shown = gathered.record + gathered.votes + gathered.points
    if not shown:
        silence = sentence(
            "No source at hand has a row on this relation in the days asked about."
        )
        return Section(id="record", title="The record", lead=(silence,))
    for series in shown:
        numbers.curve(series)
    tables = [_told(gathered, numbers)] if gathered.told else []
    if gathered.instruments:
        tables.append(_instruments(gathered, numbers))
    return Section(
        id="record",
        title="The record",
        lead=tuple(_peaks(gathered, numbers)),
        tables=tuple(tables),
        charts=tuple(_charts(gathered)),
    )


def _charts(gathered: Gathered) -> list[Chart]:
    focal = str(gathered.case.relation)
    quads = [s.id for s in gathered.record if s.about == focal and not s.id.endswith(".all")]
    totals = [s.id for s in gathered.record if s.id.endswith(".all")]
    asked = (
        ("beside", totals, "Attention: the relation beside others",
         "Share of the actor's reported events that go to the recipient, by month, with 90 %"
         " intervals. Shares, because media attention to an actor rises and falls."),
        ("quads", quads, f"{focal}: talk and deeds",
         "The same share by kind of event: verbal and material, cooperation and conflict."),
        ("votes", [s.id for s in gathered.votes], "Agreement in the United Nations",
         "Share of joint roll calls of the General Assembly on which both voted alike."),
        ("points", [s.id for s in gathered.points], "Distance in the United Nations",
         "Distance of ideal points; lower is closer. Bounds of both states added."),
    )  # fmt: skip
    return [
        Chart(f"record-{name}", "lines", title, caption, tuple(ids))
        for name, ids, title, caption in asked
        if ids
    ]


def _peaks(gathered: Gathered, numbers: Numbers) -> list[Sentence]:
    """Say when attention peaked, and how agreement moved over its span."""
    said = []
    for series in gathered.record:
        if series.id.endswith(".all") and series.about == str(gathered.case.relation):
            ordered = sorted(series.points, key=lambda point: point.value)
            peak, usual = ordered[-1], ordered[len(ordered) // 2]
            said.append(
                sentence(
                    f"{series.about} drew most attention in {peak.start:%B %Y}: ",
                    numbers.point(series, peak, percent(peak.value)),
                    " of the actor's reported events, against ",
                    numbers.point(series, usual, percent(usual.value)),
                    " in a usual month.",
                )
            )
    for series in gathered.votes[:1]:
        first, last = series.points[0], series.points[-1]
        said.append(
            sentence(
                f"In the United Nations {series.about.replace('–', ' and ')} voted alike on ",
                numbers.point(series, first, percent(first.value)),
                f" of joint roll calls in {first.start.year} and ",
                numbers.point(series, last, percent(last.value)),
                f" in {last.start.year}.",
            )
        )
    return said


def _told(gathered: Gathered, numbers: Numbers) -> Table:
    """Set each relation's events beside the origins that they go back to."""
    return Table(TOLD, tuple(_raw_and_collapsed(numbers, one) for one in gathered.told))


def _raw_and_collapsed(numbers: Numbers, one: Told) -> tuple[Sentence, ...]:
    name = f"told.{one.dyad.actor.id}-{one.dyad.recipient.id}"
    events = numbers.figure(
        f"{name}.events",
        f"{one.dyad}: events as the source counts them",
        one.events,
        "events",
        "sum over the relation's rows",
        one.trace,
        text=f"{one.events:,}",
    )
    origins = numbers.figure(
        f"{name}.origins",
        f"{one.dyad}: independent origins of its events",
        one.origins,
        "origins",
        "copies of one happening, and happenings that one report tells, counted once",
        one.trace,
        text=f"{one.origins:,}",
    )
    return sentence(str(one.dyad)), sentence(events), sentence(origins)


def _instruments(gathered: Gathered, numbers: Numbers) -> Table:
    """Lay out by what means each relation was conducted, as shares of its events."""
    columns = ("Instrument", *(str(shares[0].dyad) for shares in gathered.instruments))
    rows = tuple(
        (sentence(alike[0].instrument), *(sentence(_quote(numbers, one)) for one in alike))
        for alike in zip(*gathered.instruments, strict=True)
    )
    return Table(columns, rows)


def _quote(numbers: Numbers, one: InstrumentShare) -> Span:
    relation = f"{one.dyad.actor.id}-{one.dyad.recipient.id}"
    return numbers.figure(
        f"instrument.{relation}.{one.instrument}",
        f"{one.dyad}: {one.instrument}",
        one.share,
        one.share.unit,
        f"events of {', '.join(one.event_types)} divided by all events of the relation",
        *one.traces,
        text=percent(one.share.value),
    )
