"""Whatever a lens of another package finds, the whole dossier carries it to the reader."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from tests.dossier.conftest import ROOT

from cuibono.dossier import gather as gathering
from cuibono.dossier.compose import compose
from cuibono.dossier.gather import gather
from cuibono.dossier.render.html import render_html
from cuibono.dossier.render.json import to_json
from cuibono.dossier.render.markdown import render_markdown
from cuibono.model.dossier import Chart, Dossier, Point, Series
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured, Rank
from cuibono.record.case_file import read_case
from cuibono.record.record import Record
from cuibono.store.store import Store

pytestmark = pytest.mark.with_lenses


@dataclass(frozen=True)
class JointVotes:
    """How many votes a relation shared: as plain as a lens can be."""

    name: str = "joint_votes"
    question: str = "How often did both vote?"

    def look(self, record: Record) -> tuple[Finding, ...]:
        panel = record.measures("un_votes", "agreement")
        relation = tuple(sorted((record.case.relation.actor.id, "PAK")))
        votes = panel.exposure[panel.index[relation]]
        trace = panel.trace(relation)
        total = Measured(
            id="total",
            label="joint votes",
            estimate=Estimate(votes.sum(), votes.sum(), votes.sum(), "votes"),
            how="sum over sessions",
            verdict="counted",
            said="both voted",
            traces=(trace,),
            ranks=(Rank(1, 2, "made pairs"),),
        )
        missing = replace(total, id="none", label="secret votes", estimate=None, said="unknown")
        point = Point(date(2014, 1, 1), date(2015, 1, 1), 0.5, 0.4, 0.6, (1,))
        series = Series(
            "joint_votes.curve", "joint votes", "votes", "made", "RUS–PAK", "un_votes", 0.9,
            (point,), (trace,), "start",
        )  # fmt: skip
        return (
            Finding(
                lens=self.name,
                question=self.question,
                about="RUS–PAK",
                source="un_votes",
                span=panel.span,
                specifications=("every session",),
                said=("They voted together.",),
                could_see="A single vote would have been seen.",
                measured=(total, missing),
                series=(series,),
                charts=(Chart("joint-votes", "lines", "Votes", "By year.", (series.id,)),),
            ),
        )


@pytest.fixture(scope="module")
def dossier(pack_store: Store) -> Dossier:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "known_lenses", lambda: (JointVotes(),))
        case = read_case(Path(ROOT) / "cases" / "russia-pakistan.toml")
        return compose(gather(case, pack_store))


def test_the_page_shows_the_question_the_answer_and_the_chart(dossier: Dossier) -> None:
    page = render_html(dossier)
    assert "How often did both vote?" in page
    assert "They voted together." in page
    assert "A single vote would have been seen." in page
    assert page.count("By year.") == 1


def test_the_twins_carry_its_number_with_rows(dossier: Dossier) -> None:
    assert "How often did both vote?" in render_markdown(dossier)
    (figure,) = (
        figure
        for figure in json.loads(to_json(dossier))["figures"]
        if figure["id"] == "joint_votes.un_votes.total"
    )
    assert figure["value"] > 0
    assert figure["traces"][0]["n_rows"] > 0


def test_what_could_not_be_measured_has_no_figure(dossier: Dossier) -> None:
    assert "joint_votes.un_votes.none" not in {figure.id for figure in dossier.figures}
    (section,) = (one for one in dossier.sections if one.id == "joint-votes")
    assert "cannot be told" in str(section.tables[0].rows[1])
