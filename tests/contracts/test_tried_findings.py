"""What tried to break a finding stands beside it in the dossier, on real panels too."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from tests.contracts.small_runs import words
from tests.dossier.small_case import small_case, write_case

from cuibono.checks.known import Choice, known_checks
from cuibono.dossier import gather as gathering
from cuibono.dossier.compose import compose
from cuibono.dossier.gather import Gathered, gather
from cuibono.lenses.base import place_among
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.model.period import Grid
from cuibono.record.case_file import read_case
from cuibono.record.record import Record
from cuibono.store.store import Store


@dataclass(frozen=True)
class Busiest:
    """How much is reported of a relation: true of two great powers whatever the days."""

    name: str = "busiest"
    question: str = "Is much reported of it?"

    def look(self, record: Record) -> tuple[Finding, ...]:
        return tuple(self._look(record, source) for source in record.sources("events"))

    def _look(self, record: Record, source: str) -> Finding:
        panel = record.events(source, Grid.WEEK)
        relation = (record.case.relation.actor.id, record.case.relation.recipient.id)
        total = panel.channels["all"].sum(axis=1)
        row = panel.index[relation]
        place, of = place_among(total[row], np.delete(total, row))
        one = Measured(
            id="events",
            label="events",
            estimate=Estimate(total[row], total[row], total[row], "events"),
            how="a sum",
            verdict="counted",
            said="counted",
            traces=(panel.trace(relation),),
            ranks=(Rank(place, of, "all relations"),),
        )
        return Finding(
            lens=self.name,
            question=self.question,
            about="→".join(relation),
            source=source,
            span=panel.span,
            specifications=("all events",),
            said=("Counted.",),
            could_see="Any event would have been seen.",
            measured=(one,),
        )


def run(folder: Path, store: Store, choice: Choice, *actors: str) -> Gathered:
    case = read_case(write_case(folder, small_case(*actors, drivers=())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "known_lenses", lambda: (Busiest(),))
        return gather(case, store, checks=known_checks(choice))


def verdicts(gathered: Gathered) -> dict[str, str]:
    (finding,) = gathered.findings
    return {result.check: result.verdict for result in finding.checks}


@pytest.fixture(scope="module")
def thorough(tmp_path_factory: pytest.TempPathFactory, pack_store: Store) -> Gathered:
    return run(tmp_path_factory.mktemp("thorough"), pack_store, "all", "RUS", "UKR")


def test_a_plain_fact_of_a_loud_relation_survives_what_it_should(thorough: Gathered) -> None:
    found = verdicts(thorough)
    assert found["thinning"] == found["leave_one_out"] == found["coverage_drift"] == "passed"


def test_what_does_not_depend_on_time_is_not_judged_by_time(thorough: Gathered) -> None:
    assert verdicts(thorough)["placebo_time"] == "informational"


def test_one_source_alone_has_no_second(thorough: Gathered) -> None:
    assert verdicts(thorough)["other_source"] == "informational"


def test_a_lens_that_plants_nothing_says_so(thorough: Gathered) -> None:
    assert verdicts(thorough)["spike_in"] == "informational"


def test_every_verdict_stands_in_the_dossier(thorough: Gathered) -> None:
    said = words(compose(thorough), "busiest")
    for check, verdict in verdicts(thorough).items():
        assert f"{check}: {verdict}" in said


def test_where_nothing_is_claimed_one_line_says_so(tmp_path: Path, pack_store: Store) -> None:
    gathered = run(tmp_path, pack_store, "usual", "KEN", "UGA")
    assert verdicts(gathered) == {"every check": "informational"}
    assert "no claim to break" in words(compose(gathered), "busiest")
