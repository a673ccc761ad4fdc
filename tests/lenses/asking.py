"""A lens asked about one relation of simulated panels."""

from cuibono.lenses.base import Lens
from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case
from cuibono.model.finding import Finding
from cuibono.model.panel import Panel
from cuibono.record.record import Record
from cuibono.testing.records import make_record


def record_of(relation: tuple[str, str], *panels: Panel) -> Record:
    actor, recipient = (Actor(name, name) for name in relation)
    case = Case(
        name="asked",
        title="Asked",
        question="What changed?",
        relation=DirectedDyad(actor, recipient),
        period=panels[0].span,
        explanations=(),
        documents=(),
        evidence=(),
    )
    kinds = {(panel.source, panel.measure or panel.grid.value): panel for panel in panels}
    return make_record(case, kinds)


def ask(lens: Lens, relation: tuple[str, str], *panels: Panel) -> tuple[Finding, ...]:
    return lens.look(record_of(relation, *panels))
