"""What analysts use today to ask who moves whom: started by `bench/motives.py`.

Each method gets one case after the other, as raw log ratios and as our filtered series (the
slow ones as raw alone), with its defaults where it has any, six lags, and the predicted signs:
an effect of the wrong sign is scored as none. Prints scores and CPU seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

LAGS = 6


def signed(p: float, effect: float, sign: int) -> float:
    """Score a two-sided p-value for one predicted direction."""
    return 1 - p / 2 if effect * sign > 0 else p / 2


def directed(weights: np.ndarray, sign: int) -> float:
    """Score the size of an effect, below zero where its sign is wrong."""
    size = float(np.abs(weights).sum())
    return size if weights.sum() * sign > 0 else -size


def lagged_correlation(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """Best of six lags, Bonferroni."""
    from scipy.stats import pearsonr

    scores = []
    for at, sign in enumerate(signs, 1):
        found = [pearsonr(z[0, lag:], z[at, :-lag]) for lag in range(1, LAGS + 1)]
        r, p = min(found, key=lambda one: one[1])
        scores.append(signed(min(1.0, LAGS * p), r, sign))
    return scores


def granger(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """statsmodels, pair by pair."""
    from statsmodels.tsa.stattools import grangercausalitytests

    scores = []
    for at, sign in enumerate(signs, 1):
        found = grangercausalitytests(z[[0, at]].T, [LAGS])[LAGS]
        effect = found[1][1].params[LAGS : 2 * LAGS].sum()
        scores.append(signed(found[0]["ssr_ftest"][1], effect, sign))
    return scores


def var(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """statsmodels, all candidates in one vector autoregression."""
    from statsmodels.tsa.api import VAR

    fitted = VAR(z.T).fit(maxlags=LAGS, ic="aic")
    fitted = fitted if fitted.k_ar else VAR(z.T).fit(1)
    return [
        signed(fitted.test_causality(0, [at]).pvalue, fitted.coefs[:, 0, at].sum(), sign)
        for at, sign in enumerate(signs, 1)
    ]


def penalised(z: np.ndarray, signs: np.ndarray, share: float) -> list[float]:
    """scikit-learn, six lags of everything, penalty by forward cross-validation."""
    from sklearn.linear_model import ElasticNetCV
    from sklearn.model_selection import TimeSeriesSplit

    months, owner = z.shape[1], np.repeat(np.arange(z.shape[0]), LAGS)
    columns = [
        z[at, LAGS - lag : months - lag] for at in range(len(z)) for lag in range(1, LAGS + 1)
    ]
    x, y = np.column_stack(columns), z[0, LAGS:]
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    model = ElasticNetCV(l1_ratio=share, cv=TimeSeriesSplit(5), max_iter=5000)
    weight = model.fit(x, (y - y.mean()) / y.std()).coef_
    return [
        float(
            np.abs(weight[owner == at]).sum()
            * (1 if weight[owner == at].sum() * sign > 0 else -1)
        )
        for at, sign in enumerate(signs, 1)
    ]


def lasso(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """Penalise absolute size alone."""
    return penalised(z, signs, 1.0)


def elastic_net(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """Penalise half absolute, half squared size."""
    return penalised(z, signs, 0.5)


def pcmci(z: np.ndarray, signs: np.ndarray, *, plus: bool = False) -> list[float]:
    """Run tigramite with linear partial correlation."""
    from tigramite.data_processing import DataFrame
    from tigramite.independence_tests.parcorr import ParCorr
    from tigramite.pcmci import PCMCI

    search = PCMCI(dataframe=DataFrame(z.T.copy()), cond_ind_test=ParCorr(), verbosity=0)
    found = search.run_pcmciplus(tau_max=LAGS) if plus else search.run_pcmci(tau_max=LAGS)
    scores = []
    for at, sign in enumerate(signs, 1):
        p, effect = found["p_matrix"][at, 0, 1:], found["val_matrix"][at, 0, 1:]
        best = int(np.argmin(p))
        scores.append(signed(min(1.0, LAGS * p[best]), effect[best], sign))
    return scores


def pcmci_plus(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """Run PCMCI+, which also orients links in the same month."""
    return pcmci(z, signs, plus=True)


def var_lingam(z: np.ndarray, signs: np.ndarray) -> list[float]:
    """Run lingam's vector autoregression."""
    from lingam import VARLiNGAM

    matrices = VARLiNGAM(lags=LAGS, criterion="bic", prune=True).fit(z.T).adjacency_matrices_
    return [
        float(
            np.abs(matrices[1:, 0, at]).sum()
            * (1 if matrices[1:, 0, at].sum() * sign > 0 else -1)
        )
        for at, sign in enumerate(signs, 1)
    ]


QUICK = (lagged_correlation, granger, var, lasso, elastic_net)
SLOW = (pcmci, pcmci_plus, var_lingam)


def main() -> None:
    """Score every case by every method; the slow ones see the first few."""
    warnings.simplefilter("ignore")
    given, few = np.load(sys.argv[1]), int(sys.argv[2])
    found = {}
    methods: list[Callable[[np.ndarray, np.ndarray], list[float]]] = [*QUICK, *SLOW]
    for method in methods:
        for series in ("raw", "clean") if method in QUICK else ("raw",):
            cases = given[series] if method in QUICK else given[series][:few]
            began, scores = time.process_time(), []
            for z, signs in zip(cases, given["signs"][: len(cases)], strict=True):
                z = (z - z.mean(axis=1, keepdims=True)) / z.std(axis=1, keepdims=True)
                try:
                    scores.append(method(z, signs))
                except (ValueError, np.linalg.LinAlgError):
                    scores.append([0.0] * len(signs))
            found[f"{method.__name__}, {series}"] = {
                "cases": len(cases), "scores": scores, "seconds": time.process_time() - began,
            }  # fmt: skip
    json.dump(found, sys.stdout, default=float)


if __name__ == "__main__":
    main()
