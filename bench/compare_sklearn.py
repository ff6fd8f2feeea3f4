#!/usr/bin/env python3
"""Times scikit-learn on problems like those of GramBenchmark, LassoBenchmark and SurrogateBenchmark.

Three Lasso fits with sample weights and one lasso_path over 100 alphas, and three fits of every other surrogate
that scikit-learn has or LIME builds from it, on one thread, for random binary masks of which about a third of the
columns matter. Given a results.json of `samples/quicklime bench` it prints Quicklime's times for the same sizes
beside them.

Usage: compare_sklearn.py [FILE.json]
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # Before NumPy is loaded, which reads them once.

import numpy as np
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LassoCV,
    LassoLarsIC,
    LinearRegression,
    Ridge,
    lars_path,
    lasso_path,
)

SIZES = ((1000, 100), (1000, 200), (5000, 100), (5000, 200))
CLASSES = 3
ALPHAS = 100
SHARE = 0.1  # of the smallest empty alpha
WIDTH = 0.25
REPEATS = 15


def problem(n, d):
    """Masks, locality weights and the scores of three classes."""
    random = np.random.default_rng(1)
    masks = random.integers(0, 2, (n + 1, d)).astype(np.float64)
    masks[0] = 1
    distance = 1 - np.sqrt(masks.mean(axis=1))
    weights = np.exp(-(distance**2) / (2 * WIDTH**2))
    effects = np.zeros((d, CLASSES))
    for c in range(CLASSES):
        columns = np.arange(c, d, 3)
        signs = random.choice((-1, 1), len(columns))
        effects[columns, c] = signs * random.uniform(0.5, 1.5, len(columns))
    scores = masks @ effects + 0.5 * random.standard_normal((n + 1, CLASSES))
    return masks, weights, np.asfortranarray(scores)


def centred(masks, weights, scores):
    """What lasso_path, which knows no weights, must be given to solve the same problem."""
    mean = np.average(masks, axis=0, weights=weights)
    roots = np.sqrt(weights * len(weights) / weights.sum())[:, None]
    x = np.asfortranarray((masks - mean) * roots)
    y = (scores - np.average(scores, axis=0, weights=weights)) * roots
    return x, y


def best_milliseconds(action):
    """The fastest of some runs: whatever else the machine does only adds to it."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def jmh_milliseconds(results, method, n, d):
    """JMH's score of a vector benchmark, or None."""
    for result in results:
        params = result.get("params", {})
        if (
            result["benchmark"].endswith("." + method)
            and params.get("implementation") == "VECTOR"
            and params.get("n") == str(n)
            and params.get("d") == str(d)
            and params.get("weights", "BY_COUNT") == "BY_COUNT"
        ):
            unit = {"us/op": 1e-3, "ms/op": 1.0, "ns/op": 1e-6}
            return result["primaryMetric"]["score"] * unit[result["primaryMetric"]["scoreUnit"]]
    return None


def times_of(n, d):
    """Milliseconds of three fits, of one path, and how many coefficients a fit keeps."""
    masks, weights, scores = problem(n, d)
    x, y = centred(masks, weights, scores)
    alphas = [SHARE * np.abs(x.T @ y[:, c]).max() / len(y) for c in range(CLASSES)]
    kept = []

    def fits():
        kept.clear()
        for c in range(CLASSES):
            model = Lasso(alpha=alphas[c]).fit(masks, scores[:, c], sample_weight=weights)
            kept.append(np.count_nonzero(model.coef_))

    first = np.ascontiguousarray(y[:, 0])
    grid = alphas[0] / SHARE * np.logspace(0, -3, ALPHAS)
    path = best_milliseconds(lambda: lasso_path(x, first, alphas=grid))
    return best_milliseconds(fits), path, kept


def surrogate_milliseconds(results, kind, n, d):
    """JMH's score of a surrogate from masks, weights and scores on, or None."""
    for result in results:
        params = result.get("params", {})
        sizes = params.get("n") == str(n) and params.get("d") == str(d)
        if result["benchmark"].endswith("SurrogateBenchmark.all") and params.get("surrogate") == kind and sizes:
            unit = {"us/op": 1e-3, "ms/op": 1.0, "ns/op": 1e-6}
            return result["primaryMetric"]["score"] * unit[result["primaryMetric"]["scoreUnit"]]
    return None


def k_lasso(x, y, masks, scores, weights, features):
    """LIME's way: the path walked back from its end, then a ridge."""
    _, _, path = lars_path(x, y, method="lasso")
    for knot in range(path.shape[1] - 1, 0, -1):
        chosen = np.flatnonzero(path[:, knot])
        if len(chosen) <= features:
            break
    Ridge(alpha=1).fit(masks[:, chosen], scores, sample_weight=weights)


def forward(masks, scores, weights, features):
    """LIME's way: a ridge without penalty for every candidate of every round."""
    chosen = []
    for _ in range(features):
        best, highest = 0, -np.inf
        for column in range(masks.shape[1]):
            if column not in chosen:
                some = masks[:, chosen + [column]]
                model = Ridge(alpha=0).fit(some, scores, sample_weight=weights)
                score = model.score(some, scores, sample_weight=weights)
                if score > highest:
                    best, highest = column, score
        chosen.append(best)
    LinearRegression().fit(masks[:, chosen], scores, sample_weight=weights)


def surrogates(n, d):
    """Name in the benchmark, name here, and three fits."""
    masks, weights, scores = problem(n, d)
    x, y = centred(masks, weights, scores)
    alphas = [SHARE * np.abs(x.T @ y[:, c]).max() / len(y) for c in range(CLASSES)]

    def each(fit):
        return lambda: [fit(c) for c in range(CLASSES)]

    def weighted(model):
        return each(lambda c: model.fit(masks, scores[:, c], sample_weight=weights))

    yield "ELASTIC_NET", "ElasticNet", each(
        lambda c: ElasticNet(alpha=2 * alphas[c]).fit(masks, scores[:, c], sample_weight=weights)
    )
    yield "RIDGE", "Ridge (ours with standard errors)", weighted(Ridge(alpha=1))
    yield "OLS", "LinearRegression (ours with standard errors)", weighted(LinearRegression())
    yield "K_LASSO", "LIME's lasso_path, K = 10", each(lambda c: k_lasso(x, y[:, c], masks, scores[:, c], weights, 10))
    yield "FORWARD", "LIME's forward_selection, K = 6", each(lambda c: forward(masks, scores[:, c], weights, 6))
    yield "LASSO_AIC", "LassoLarsIC", each(lambda c: LassoLarsIC(criterion="aic").fit(x, y[:, c]))
    yield "LASSO_CV", "LassoCV, 5 folds, 60 alphas", weighted(LassoCV(cv=5, alphas=60))
    yield "LASSO", "lasso, alpha auto", None
    yield "BEST_SUBSET", "best-subset, K = 6", None
    yield "L1_BALL", "l1-ball", None
    yield "L2_BALL", "l2-ball", None


def row(name, theirs, ours):
    """One line of the table."""
    left = f"{'-':>14}" if theirs is None else f"{theirs:14.3f}"
    right = "" if ours is None else f"{1e3 * ours:12.1f}"
    ratio = "" if theirs is None or ours is None else f"{theirs / ours:8.1f}"
    print(f"{name:<46}{left} {right} {ratio}".rstrip())


def main():
    results = []
    if len(sys.argv) > 1:
        with open(sys.argv[1], encoding="utf-8") as file:
            results = json.load(file)
    print(f"{'':<46}{'scikit-learn':>14} {'Quicklime':>12} {'faster':>8}")
    print(f"{'':<46}{'ms':>14} {'us':>12} {'times':>8}")
    for n, d in SIZES:
        fits, path, kept = times_of(n, d)
        gram = jmh_milliseconds(results, "GramBenchmark.gram", n, d)
        solve = jmh_milliseconds(results, "LassoBenchmark.solve", n, d)
        walk = jmh_milliseconds(results, "LassoBenchmark.path", n, d)
        both = None if gram is None or solve is None else gram + solve
        whole = None if gram is None or walk is None else gram + walk
        size = f"n={n}, d={d}"
        row(f"{size}: 3 Lasso fits ({min(kept)}-{max(kept)} kept)", fits, both)
        row(f"{size}: path of {ALPHAS} alphas", path, whole)
    n, d = SIZES[0]
    print(f"\nthree classes, n={n}, d={d}, from masks, weights and scores on")
    for kind, name, fits in surrogates(n, d):
        row(name, None if fits is None else best_milliseconds(fits), surrogate_milliseconds(results, kind, n, d))


if __name__ == "__main__":
    main()
