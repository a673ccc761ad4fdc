"""In a notebook results show themselves, escaped, and panels go to any table library."""

import json
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from tests.dossier.render.reader import Page
from tests.dossier.sample import HOSTILE, sample

from cuibono.model.dossier import Span
from cuibono.model.estimate import Estimate
from cuibono.model.finding import Finding, Measured
from cuibono.model.panel import Panel
from cuibono.model.period import Grid, Period
from cuibono.model.trace import Trace

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "tutorial" / "first-dossier.ipynb"
PANEL = Panel(
    source="icews",
    grid=Grid.MONTH,
    starts=np.array(["2021-01-01", "2021-02-01"], dtype="datetime64[D]"),
    relations=(("PAK", "RUS"), ("RUS", "PAK")),
    channels={"all": np.array([[1.0, 2.0], [3.0, 4.0]])},
    exposure=np.array([[10.0, 20.0], [30.0, 40.0]]),
    rows=np.array([3, 7]),
    span=Period(date(2021, 1, 1), date(2021, 3, 1)),
)


def finding(said: str) -> Finding:
    trace = Trace("events", "icews", (), 7)
    seen = Measured(
        id="x", label=said, estimate=Estimate(0.5, 0.4, 0.6, "share", 0.9), how="counted",
        verdict="middle", said=said, traces=(trace,),
    )  # fmt: skip
    return Finding(
        lens="lens", question="Did it change?", about="RUS→PAK", source="icews",
        span=PANEL.span,
        specifications=(), said=(said,), could_see="", measured=(seen,),
    )  # fmt: skip


def test_a_panel_becomes_a_table_of_one_row_a_relation_and_period() -> None:
    assert pa.table(PANEL).to_pylist()[2] == {
        "actor": "RUS", "recipient": "PAK", "start": date(2021, 1, 1), "all": 3.0,
        "exposure": 30.0,
    }  # fmt: skip


def test_a_panel_says_what_it_lays_out() -> None:
    assert "2 relations by 2 months" in PANEL._repr_html_()


def test_a_dossier_shows_its_answer_and_its_questions() -> None:
    dossier = sample()
    answered = replace(dossier.sections[0], answer=(Span("No turning point."),))
    shown = replace(dossier, sections=(answered,))._repr_html_()
    assert "Best supported" in shown
    assert "No turning point." in shown


@pytest.mark.parametrize("shown", [
    replace(sample(), title=HOSTILE, question=HOSTILE)._repr_html_(),
    finding(HOSTILE)._repr_html_(),
])  # fmt: skip
def test_f58_hostile_text_is_shown_as_text(shown: str) -> None:
    assert [e.tag for e in Page(shown).elements if e.tag in {"script", "svg", "img"}] == []


def test_a_finding_shows_its_estimate() -> None:
    assert "0.5" in finding("it did not")._repr_html_()


def test_the_tutorial_runs_from_its_first_cell_to_its_last() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    known: dict[str, object] = {}
    with chdir(ROOT), patch("cuibono.dossier.gather.known_lenses", lambda: ()):
        for source in code:
            exec(compile(source, NOTEBOOK.name, "exec"), known)
    assert isinstance(known["dossier"], type(sample()))
