"""A lens asked about one relation of simulated panels, and its answers by name."""

from dataclasses import replace

from tests.lenses.naming import dyad

from cuibono.lenses.base import Lens
from cuibono.model.case import Case
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.records import make_record


def record_of(relation: tuple[str, str], *panels: Panel) -> Record:
    case = Case(
        name="asked",
        title="Asked",
        question="What changed?",
        relation=dyad(relation),
        period=panels[0].span,
        explanations=(),
        documents=(),
        evidence=(),
    )
    kinds = {(panel.source, panel.measure or panel.grid.value): panel for panel in panels}
    return make_record(case, kinds)


def ask(lens: Lens, relation: tuple[str, str], *panels: Panel) -> tuple[Finding, ...]:
    return lens.look(record_of(relation, *panels))


def by_id(finding: Finding) -> dict[str, Measured]:
    return {one.id: one for one in finding.measured}


def mirrored(panel: Panel) -> Panel:
    """Turn what warms into what cools."""
    swap = {"conflict": "cooperation", "cooperation": "conflict"}
    channels = dict(panel.channels)
    for mode in ("verbal", "material"):
        for side, other in swap.items():
            channels[f"{mode}_{side}"] = panel.channels[f"{mode}_{other}"]
    return replace(panel, channels=channels)
