"""A level and the probability of its changes stand below each other on one line of days."""

from dataclasses import replace
from datetime import date

from tests.dossier.sample import weekly

from cuibono.dossier.render.dates import build_panel
from cuibono.model.dossier import Bar

LEVEL = weekly("RUS→PAK", 0.005)
CHANCE = replace(LEVEL, id="chance", unit="probability")
SET = Bar(LEVEL.id, date(2021, 3, 1), date(2021, 4, 5))


def test_both_drawings_share_their_days() -> None:
    above, below = build_panel(LEVEL, CHANCE, [SET]).spec["vconcat"]
    domains = {
        str(layer["encoding"]["x"]["scale"]["domain"])
        for view in (above, below)
        for layer in view["layer"]
        if "scale" in layer["encoding"].get("x", {})
    }
    assert len(domains) == 1
    assert above["width"] == below["width"]


def test_a_date_set_is_shaded_from_its_first_day_to_its_last() -> None:
    shade = build_panel(LEVEL, CHANCE, [SET]).spec["vconcat"][0]["layer"][0]
    assert shade["data"]["values"] == [{"day": "2021-03-01", "until": "2021-04-05"}]


def test_every_period_has_its_bar() -> None:
    (bars,) = build_panel(LEVEL, CHANCE, []).spec["vconcat"][1]["layer"]
    assert len(bars["data"]["values"]) == len(CHANCE.points)


def test_the_dates_are_told_to_who_cannot_see_them() -> None:
    assert (
        "Changed within 2021-03-01 to 2021-04-05."
        in build_panel(LEVEL, CHANCE, [SET]).alternative
    )
    assert build_panel(LEVEL, CHANCE, []).alternative.endswith("No turning point.")
