"""The autoregression, held to closed forms and to planted answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, multivariate_t

from cuibono.stats.bvar import (
    DRAWS,
    LAGS,
    LOOSE,
    TIGHTNESS,
    _add_up,
    draw_responses,
    expect_responses,
    lay_out_past,
    weigh_tightness,
)


def simulate(
    seed: int, answer: float = 0.0, periods: int = 200, together: float = 0.0
) -> np.ndarray:
    """Let the second of three series answer the first one, a period later."""
    rng = np.random.default_rng(seed)
    y = np.zeros((periods, 3))
    for t in range(1, periods):
        shock = rng.normal(size=3)
        shock[2] += together * shock[0]
        y[t] = 0.4 * y[t - 1] + shock
        y[t, 1] += answer * y[t - 1, 0]
    return y


STEPS = np.arange(200)


def test_an_answer_is_found_with_its_direction_and_sign() -> None:
    for sign in (1, -1):
        lagged = draw_responses(simulate(1, 0.5 * sign), STEPS).lagged
        assert (sign * lagged[:, 1, 0] > 0).mean() > 0.99
        assert 0.02 < (lagged[:, 0, 1] > 0).mean() < 0.98


def test_what_moves_together_is_no_answer() -> None:
    responses = draw_responses(simulate(2, together=0.8), STEPS)
    assert (responses.together[:, 2, 0] > 0.3).mean() > 0.99
    assert abs(responses.together[:, 1, 0].mean()) < 0.2


def test_independent_series_answer_as_rarely_as_claimed() -> None:
    alarms = total = 0
    for seed in range(12):
        lagged = draw_responses(simulate(seed + 40), STEPS).lagged
        for i, j in ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1)):
            share = (lagged[:, i, j] > 0).mean()
            alarms += share > 0.95 or share < 0.05
            total += 1
    assert binomtest(alarms, total, 0.1, alternative="greater").pvalue > 0.01


def test_responses_have_the_shape_they_say() -> None:
    responses = draw_responses(simulate(3), STEPS)
    assert responses.lagged.shape == responses.together.shape == (DRAWS, 3, 3)


def test_the_unit_of_a_series_does_not_matter() -> None:
    y = simulate(4, 0.4)
    plain, scaled = (draw_responses(one, STEPS).lagged for one in (y, y * [10.0, 0.1, 3.0]))
    assert scaled == pytest.approx(plain, abs=1e-8)


def test_the_evidence_is_the_density_of_one_series() -> None:
    """With one series the marginal density is a multivariate t, written out here."""
    rng = np.random.default_rng(5)
    now, past = (
        rng.normal(size=(12, 1)),
        np.hstack([rng.normal(size=(12, 2)), np.ones((12, 1))]),
    )
    noise = np.diff(now, axis=0).var()
    for tightness in TIGHTNESS:
        variance = np.array([tightness**2, (tightness / 2) ** 2, LOOSE * noise]) / noise
        covariance = np.eye(12) + past @ np.diag(variance) @ past.T
        exact = multivariate_t(shape=covariance * noise / 3, df=3).logpdf(now[:, 0])
        assert weigh_tightness(now, past, tightness).log_evidence == pytest.approx(exact)


def test_nothing_is_carried_over_a_gap() -> None:
    steps = np.r_[0:6, 20:26]
    now, past = lay_out_past(np.arange(12.0)[:, None], steps, 2)
    assert now.ravel().tolist() == [2, 3, 4, 5, 8, 9, 10, 11]
    assert (past[:, 0] == now[:, 0] - 1).all()
    assert (past[:, 1] == now[:, 0] - 2).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 3), st.integers(6, 15), st.integers(0, 100))
def test_the_past_lies_before_the_period(n: int, periods: int, seed: int) -> None:
    y = np.random.default_rng(seed).normal(size=(periods, n))
    now, past = lay_out_past(y, np.arange(periods))
    assert now.shape == (periods - LAGS, n)
    assert past.shape == (periods - LAGS, n * LAGS + 1)
    assert (past[1:, :n] == now[:-1]).all()


def test_too_short_a_record_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        draw_responses(simulate(1, periods=15), np.arange(15))


def test_the_expected_answer_is_the_middle_of_the_draws() -> None:
    y = simulate(6, 0.5)[:, [1, 0]]
    drawn = draw_responses(y, STEPS).lagged[:, 0, 1]
    found, mirrored = expect_responses(np.array([y, y * [-1.0, 1.0]]), STEPS)
    assert found == pytest.approx(drawn.mean(), abs=0.25)
    assert mirrored == pytest.approx(-found)


def test_a_series_that_never_moves_answers_nothing() -> None:
    still = np.column_stack([np.ones(200), simulate(1)[:, 0]])
    assert expect_responses(still[None], STEPS).tolist() == [0.0]


def test_the_expected_answer_is_that_of_the_whole_posterior() -> None:
    rng = np.random.default_rng(11)
    y = rng.normal(size=(STEPS.size, 2)).cumsum(axis=0)
    scaled = (y - y.mean(axis=0)) / y.std(axis=0)
    posterior = weigh_tightness(*lay_out_past(scaled, STEPS), 0.2)
    covariance = posterior.scale / (posterior.freedom - 3)
    answer, _ = _add_up(posterior.mean, covariance)
    assert expect_responses(y[None], STEPS) == pytest.approx([answer[0, 1]], rel=1e-12)


def test_each_of_many_pairs_answers_as_it_would_alone() -> None:
    rng = np.random.default_rng(12)
    pairs = rng.normal(size=(5, STEPS.size, 2)).cumsum(axis=1)
    pairs[3, :, 1] = 2.0
    alone = [expect_responses(pair[None], STEPS)[0] for pair in pairs]
    assert expect_responses(pairs, STEPS) == pytest.approx(alone, rel=1e-12)
    assert alone[3] == 0


def test_the_past_of_many_sets_is_that_of_each() -> None:
    y, steps = np.random.default_rng(13).normal(size=(3, 20, 2)), np.r_[0:9, 12:23]
    now, past = lay_out_past(y, steps)
    for at in range(3):
        alone = lay_out_past(y[at], steps)
        assert (now[at] == alone[0]).all()
        assert (past[at] == alone[1]).all()
