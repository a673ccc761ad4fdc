"""Draws within bands, checked by property and against what they claim to follow."""

from datetime import date

import numpy as np
import pytest

from cuibono.model.period import Period
from cuibono.weighing.draws import draw_positions, draw_prior_positions
from cuibono.weighing.ledger import LedgerRow
from cuibono.weighing.rules import Rules

DAY = Period(date(2016, 1, 1), date(2016, 1, 2))


def row(origin: str, cluster: str = "") -> LedgerRow:
    return LedgerRow(origin=origin, items=(origin,), cluster=cluster, span=DAY, cells={})


def test_positions_are_uniform_in_the_band() -> None:
    drawn = draw_positions([row("tass", "kremlin")], Rules())[:, 0]
    levels = np.linspace(0.05, 0.95, 19)
    assert np.quantile(drawn, levels) == pytest.approx(levels, abs=0.03)


def test_errors_of_one_cluster_are_related() -> None:
    drawn = draw_positions([row("tass", "kremlin"), row("ria", "kremlin")], Rules())
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.89, abs=0.02)


def test_errors_of_two_clusters_are_related_by_the_judge_s_lean_alone() -> None:
    apart = [row("tass", "kremlin"), row("dawn", "press")]
    even = draw_positions(apart, Rules(lean=0, n_draws=20_000))
    assert abs(np.corrcoef(even.T)[0, 1]) < 0.02
    lean = draw_positions(apart, Rules(lean=0.3, n_draws=20_000))
    # the correlation of the normals behind uniform positions, by Pearson's formula
    assert np.corrcoef(lean.T)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.15), abs=0.02)


def test_origin_without_a_cluster_errs_alone() -> None:
    drawn = draw_positions([row("tass"), row("dawn")], Rules())
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 0.05


def test_another_origin_moves_no_draw() -> None:
    alone = draw_positions([row("tass", "kremlin")], Rules())[:, 0]
    beside = draw_positions([row("dawn"), row("tass", "kremlin")], Rules())[:, 1]
    assert np.array_equal(alone, beside)


def test_origin_named_like_its_cluster_errs_on_its_own_as_well() -> None:
    drawn = draw_positions([row("tass", "tass")], Rules())[:, 0]
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx([0.05, 0.95], abs=0.02)


def test_hostile_name_is_a_name() -> None:
    assert draw_positions([row("\ud800\x00{}")], Rules(n_draws=3)).shape == (3, 1)


def test_priors_are_uniform_in_the_band() -> None:
    levels = np.linspace(0.05, 0.95, 19)
    assert np.quantile(draw_prior_positions(Rules()), levels) == pytest.approx(levels, abs=0.03)


def test_draws_that_are_kept_cannot_be_written_over() -> None:
    drawn = draw_positions([row("tass", "kremlin")], Rules())
    with pytest.raises(ValueError, match="read-only"):
        drawn[0] = 0.5
    assert draw_positions([row("tass", "kremlin")], Rules()) is drawn


def test_other_rules_draw_anew() -> None:
    few = draw_positions([row("tass")], Rules(n_draws=10))
    more = draw_positions([row("tass")], Rules(n_draws=20))
    assert (len(few), len(more)) == (10, 20)
