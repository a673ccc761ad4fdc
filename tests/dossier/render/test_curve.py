"""Shares are drawn step by step, in the order of the steps."""

from tests.dossier.sample import figures

from cuibono.dossier.render.curve import build_panel
from cuibono.model.dossier import Figure


def share(
    day: int, value: float, low: float | None = None, high: float | None = None
) -> Figure:
    traces = figures()[0].traces
    return Figure(
        f"by-{day}",
        f"answered by day {day}",
        value,
        low,
        high,
        None,
        "probability",
        "how",
        traces,
    )


CURVE = (share(0, 0.1, 0.0, 0.3), share(3, 0.4, 0.2, 0.6), share(14, 0.5))


def test_each_share_stands_at_its_step_with_its_band() -> None:
    bands = build_panel("How soon", CURVE).spec["layer"][0]
    assert bands["data"]["values"] == [
        {"step": "0", "value": 0.1, "low": 0.0, "high": 0.3},
        {"step": "3", "value": 0.4, "low": 0.2, "high": 0.6},
        {"step": "14", "value": 0.5, "low": 0.5, "high": 0.5},
    ]


def test_steps_keep_their_order_and_say_what_they_count() -> None:
    x = build_panel("How soon", CURVE).spec["layer"][1]["encoding"]["x"]
    assert x["sort"] is None
    assert x["axis"]["title"] == "day"


def test_the_curve_is_told_to_who_cannot_see_it() -> None:
    told = build_panel("How soon", CURVE).alternative
    assert told.startswith("How soon. answered by day 0: ")
    assert told.count("answered by day") == 3
