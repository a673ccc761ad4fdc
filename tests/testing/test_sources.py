"""The contract of a source can be broken, and says by what."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import ibis
import pytest
from tests.sources.made_sources import SAMPLES, Rows, write_file

from cuibono.sources.base import Card, read_card, read_with
from cuibono.testing import sources

NAME = "declared_vs_done"


def sample(folder: Path, rows: Rows = SAMPLES[NAME]["native"]) -> Mapping[str, Path]:
    return {"native": write_file(folder, NAME, "native", rows)}


BROKEN_READERS: dict[str, Callable[[ibis.Table], ibis.Table]] = {
    "rows lack value": lambda rows: rows.drop("value"),
    "3 raw rows came in, rows of 2 came out": lambda rows: rows.filter(rows.reject.isnull()),
    "3 lines became 6 rows": lambda rows: rows.union(rows),
    "no row of the sample is accepted": lambda rows: rows.mutate(reject=ibis.literal("no")),
    "a row is refused without a reason": lambda rows: rows.mutate(
        reject=rows.reject.substr(0, 0)
    ),
    "a row names another source": lambda rows: rows.mutate(source=ibis.literal("icews")),
    "two accepted rows have one key": lambda rows: rows.mutate(row=ibis.literal("1")),
    "an accepted row has no unit": lambda rows: rows.mutate(unit=ibis.null("string")),
    "the order of the rows changes what is read": lambda rows: rows.mutate(
        value=rows.line.cast("float64")
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", BROKEN_READERS)
def test_a_reader_that_breaks_the_contract_is_told(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm, sound = BROKEN_READERS[said], read_with(NAME, "native")
    monkeypatch.setattr(
        sources, "read_with", lambda _name, _layout: lambda raw: harm(sound(raw))
    )
    broken = sources.check_source(NAME, sample(tmp_path))
    assert f"{NAME}, native: {said}" in broken


BROKEN_CARDS: dict[str, Mapping[str, object]] = {
    "licence is empty": {"licence": ""},
    "obtain names no command `cuibono load declared_vs_done ...`": {"obtain": "ask them"},
    "no canonical table 'figures'": {"table": "figures"},
    "no rule of coverage 'some'": {"coverage": "some"},
    "no grid 'day'": {"grid": "day"},
    "the registry has no code system 'plates'": {"system": "plates"},
    "'doi:1' is no DOI": {"doi": "doi:1"},
    "a blind spot is no sentence: 'much'": {"blind_spots": ("much",)},
    "reader has ['embedded', 'native', 'pack'], card has ['native']": {
        "layouts": read_card(NAME).layouts[:1]
    },
}


@pytest.mark.parametrize("said", BROKEN_CARDS)
def test_a_card_that_breaks_the_contract_is_told(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    card: Card = replace(read_card(NAME), **BROKEN_CARDS[said])  # type: ignore[arg-type]
    monkeypatch.setattr(sources, "read_card", lambda _name: card)
    assert f"{NAME}: {said}" in sources.check_source(NAME, {})


def test_a_layout_without_a_sample_is_told() -> None:
    assert sources.check_source(NAME, {}) == [f"{NAME}: no sample in layout 'native'"]


def test_a_sample_of_another_layout_is_told(tmp_path: Path) -> None:
    path = write_file(tmp_path, "icews", "native", SAMPLES["icews"]["native"])
    assert "icews, decoded: the sample is taken for layout 'native'" in sources.check_source(
        "icews", {"decoded": path}
    )


def test_a_card_that_takes_any_column_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = sources.open_raw
    monkeypatch.setattr(
        sources,
        "open_raw",
        lambda engine, card, path: opened(engine, card, tmp_path / "made_measures.csv"),
    )
    broken = sources.check_source(NAME, sample(tmp_path))
    assert f"{NAME}, native: an unknown column is not refused" in broken
