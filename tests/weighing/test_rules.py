"""The constants of weighing, checked by their error."""

import pytest

from cuibono.weighing.rules import Rules


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dependence", 1.1),
        ("shared_error", -0.1),
        ("lean", 1.0),
        ("overconfidence", 0.5),
        ("cluster_cap_db", 0.0),
        ("total_cap_db", -1.0),
        ("n_draws", 0),
        ("level", 1.0),
        ("separable_from", 0.5),
        ("origins_listed", 0),
    ],
)
def test_constant_outside_its_range_is_named(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} = {value}"):
        Rules(**{name: value})  # type: ignore[arg-type]


def test_every_broken_constant_is_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"dependence = 2, level = 0\."):
        Rules(dependence=2, level=0)
