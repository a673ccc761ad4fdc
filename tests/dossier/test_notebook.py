"""Charts of a dossier in a notebook: Altair's own, from the numbers of the dossier."""

import sys
from dataclasses import fields, replace

import altair
import pytest
from tests.dossier.sample import HOSTILE, sample

from cuibono.dossier.notebook import Explained, Plot, show
from cuibono.errors import MissingError
from cuibono.model.dossier import Dossier


@pytest.fixture(scope="module")
def explained() -> Explained:
    return show(sample())


def test_it_is_the_dossier_with_every_number(explained: Explained) -> None:
    assert isinstance(explained, Dossier)
    known = sample()
    assert all(getattr(explained, f.name) == getattr(known, f.name) for f in fields(known))


@pytest.mark.parametrize(
    "kind", ["ranking", "weights", "record", "turning_points", "outlook", "coverage"]
)
def test_each_kind_is_a_chart_that_altair_holds_for_one(
    explained: Explained, kind: str
) -> None:
    drawn = getattr(explained.plot, kind)()
    assert isinstance(drawn, altair.VConcatChart)
    assert len(drawn.to_dict(validate=True)["vconcat"]) >= 1


def rows_of(spec: object) -> list[dict[str, object]]:
    """Collect the rows of every layer."""
    if isinstance(spec, dict):
        here = spec["values"] if isinstance(spec.get("values"), list) else []
        found = [row for row in here if isinstance(row, dict)]
        return found + [row for inner in spec.values() for row in rows_of(inner)]
    inside = spec if isinstance(spec, list) else []
    return [row for inner in inside for row in rows_of(inner)]


def test_the_ranking_holds_the_bars_of_the_world(explained: Explained) -> None:
    (world,) = explained.distributions[:1]
    rows = rows_of(explained.plot.ranking().to_dict())
    assert {row["n"] for row in rows if "n" in row} >= {n for n in world.counts if n}


def test_every_chart_of_the_dossier_can_be_had_by_its_name(explained: Explained) -> None:
    assert explained.plot.names
    for name in explained.plot.names:
        assert explained.plot.chart(name).to_dict()["vconcat"]


def test_a_chart_that_is_none_is_told_with_the_nearest(explained: Explained) -> None:
    with pytest.raises(MissingError, match="Did you mean"):
        explained.plot.chart(explained.plot.names[0] + "x")


def test_a_dossier_without_such_a_chart_says_what_it_has() -> None:
    bare = replace(sample(), sections=())
    with pytest.raises(MissingError, match=r"draws no world\. It has no chart"):
        Plot(bare).ranking()


def test_without_altair_the_next_step_is_told(
    explained: Explained, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingError, match=r"pip install \'cuibono\[notebook\]\'"):
        explained.plot.ranking()


def test_f58_hostile_labels_become_visible_marks() -> None:
    known = sample()
    named = tuple(replace(one, label=HOSTILE) for one in known.series)
    text = str(show(replace(known, series=named)).plot.record().to_dict())
    assert "\\x00" not in text
