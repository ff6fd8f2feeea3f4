#!/usr/bin/env python3
"""Compares all surrogates with scikit-learn, and with the selection of LIME, on generated problems.

  pip install numpy scikit-learn
  bench/peers/surrogates_sklearn.py [--problems 240] [--seed 1] [--keep DIR]

Each problem is a .npz file of masks, weights and the scores of three classes, which `samples/quicklime refit` reads.
A quarter of them is hostile: repeated and constant columns, more superpixels than samples or as many, weights of 0 and
of 1e-300, scores of 1e300 and 1e-300, a class whose scores are all the same. Where the columns depend on each other
linearly many coefficients fit alike, so fitted values are compared in place of coefficients. Differences are relative to
the standard deviation of the scores. Exits with 1 where one is larger than 1e-6.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LassoCV,
    LassoLarsIC,
    LinearRegression,
    Ridge,
    lars_path,
)

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-6
CLASSES = 3
KINDS = ("repeated", "constant", "wide", "square", "tiny weights", "huge scores", "tiny scores", "one class constant")


def problem(random, kind):
    """Masks, weights and scores; the scores vary by about one, times a scale."""
    n = int(random.integers(60, 600))
    d = int(random.integers(2, min(80, n // 3)))
    if kind == "wide":
        n, d = 30, 45
    if kind == "square":
        n = d
    masks = random.integers(0, 2, (n, d)).astype(np.uint8)
    masks[0] = 1
    if kind == "repeated" and d > 2:
        masks[:, d - 1] = masks[:, 0]
    if kind == "constant":
        masks[:, d // 2] = 1
    distance = 1 - np.sqrt(masks.mean(axis=1))
    weights = np.exp(-(distance**2) / (2 * 0.25**2))
    if kind == "unit weights":
        weights = np.ones(n)
    if kind == "tiny weights":
        weights[random.random(n) < 0.2] = 0
        weights[random.random(n) < 0.2] = 1e-300
    effects = random.standard_normal((d, CLASSES)) * (random.random((d, CLASSES)) < 0.4)
    scores = masks @ effects + 0.3 * random.standard_normal((n, CLASSES))
    scores /= np.maximum(1e-3, scores.std(axis=0))
    if kind == "one class constant":
        scores[:, 1] = 7
    scale = {"huge scores": 1e300, "tiny scores": 1e-300}.get(kind, 1.0)
    return masks, weights, scores * scale, scale


class Data:
    """One class of one problem, as scikit-learn wants it."""

    def __init__(self, masks, weights, scores, intercept):
        rows = weights > 1e-200 if (weights > 1e-200).any() else weights > 0
        self.all = masks.astype(np.float64)
        self.x, self.w, self.y = self.all[rows], weights[rows], scores[rows]
        self.intercept = intercept
        mean = np.average(self.x, axis=0, weights=self.w) if intercept else 0
        centre = np.average(self.y, weights=self.w) if intercept else 0
        self.mean, self.centre = mean, centre
        root = np.sqrt(self.w)
        self.cx = (self.x - mean) * root[:, None]
        self.cy = (self.y - centre) * root
        singular = np.linalg.svd(self.cx, compute_uv=False)
        self.unique = len(self.x) > self.x.shape[1] and singular[-1] > 1e-6 * singular[0]

    def fit(self, model, columns=None):
        """Coefficients and intercept of a model of scikit-learn."""
        columns = np.arange(self.x.shape[1]) if columns is None else np.sort(np.asarray(columns, int))
        beta = np.zeros(self.x.shape[1])
        if not len(columns):
            return beta, self.centre
        model.fit(self.x[:, columns], self.y, sample_weight=self.w)
        beta[columns] = model.coef_
        return beta, model.intercept_ if self.intercept else 0.0

    def ridge(self, alpha):
        return Ridge(alpha=alpha, fit_intercept=self.intercept, solver="svd", tol=1e-14)

    def of_path(self, beta):
        return beta, self.centre - (self.mean @ beta if self.intercept else 0)


def lasso(data, alpha):
    return data.fit(Lasso(alpha=alpha, fit_intercept=data.intercept, tol=1e-14, max_iter=1_000_000))


def elastic_net(data, alpha, share):
    model = ElasticNet(alpha=alpha, l1_ratio=share, fit_intercept=data.intercept, tol=1e-14, max_iter=1_000_000)
    return data.fit(model)


def least_squares(data):
    return data.fit(LinearRegression(fit_intercept=data.intercept))


def k_lasso(data, features):
    """The path walked back from its end, as LIME does it."""
    _, _, path = lars_path(data.cx, data.cy, method="lasso")
    chosen = np.flatnonzero(path[:, 0])
    for knot in range(path.shape[1] - 1, 0, -1):
        chosen = np.flatnonzero(path[:, knot])
        if len(chosen) <= features:
            break
    return data.fit(data.ridge(1), chosen)


def forward(data, features):
    """LIME's rounds, each by the score of a ridge without penalty."""
    chosen = []
    for _ in range(min(features, data.x.shape[1])):
        best, highest = None, -np.inf
        for column in range(data.x.shape[1]):
            if column not in chosen:
                columns = np.asarray(chosen + [column])
                some = data.cx[:, columns]
                left = data.cy - some @ np.linalg.lstsq(some, data.cy, rcond=None)[0]
                score = -float(left @ left)
                if score > highest + 1e-12 * float(data.cy @ data.cy):
                    best, highest = column, score
        chosen.append(best)
    return data.fit(LinearRegression(fit_intercept=data.intercept), chosen)


def strongest(data, features, alpha):
    """LIME's choice for more than six features."""
    beta, _ = data.fit(data.ridge(alpha))
    return data.fit(data.ridge(alpha), np.argsort(-np.abs(beta), kind="stable")[:features])


def criterion(data, name):
    """Where LassoLarsIC stops; it knows no weights, so it is given problems without."""
    model = LassoLarsIC(criterion=name, max_iter=10_000).fit(data.x, data.y)
    return model.coef_, model.intercept_


def cross_validated(data, folds):
    rows = np.arange(len(data.x))
    splits = [(rows[rows % folds != f], rows[rows % folds == f]) for f in range(folds)]
    largest = np.abs(data.cx.T @ data.cy).max() / data.w.sum()
    alphas = largest * 1e-3 ** (np.arange(1, 61) / 60)
    model = LassoCV(alphas=alphas, cv=splits, tol=1e-12, max_iter=1_000_000)
    model.fit(data.x, data.y, sample_weight=data.w)
    # Its own choice gives every fold the same say, whatever weight its rows have.
    errors = np.average(model.mse_path_, axis=1, weights=[data.w[held].sum() for _, held in splits])
    return lasso(data, model.alphas_[np.argmin(errors)])


# Name, options of refit, what it must be equal to, and the kinds of problem that it makes sense for.
TAME = ("plain", "unit weights", "repeated", "constant", "wide", "square", "tiny weights", "one class constant")
WILD = TAME + ("huge scores", "tiny scores")
# Which of two equal columns scikit-learn's path takes, or both, is left to rounding; K counts them.
DISTINCT = tuple(kind for kind in WILD if kind != "repeated")
CASES = [
    ("Lasso", ["--alpha", "0.02"], lambda d: lasso(d, 0.02), TAME),
    ("Lasso", ["--alpha", "0.02", "--no-intercept"], lambda d: lasso(d, 0.02), TAME),
    ("Lasso, large alpha", ["--alpha", "0.15"], lambda d: lasso(d, 0.15), TAME),
    ("ElasticNet", ["--surrogate", "elastic-net", "--alpha", "0.05"], lambda d: elastic_net(d, 0.05, 0.5), TAME),
    (
        "ElasticNet",
        ["--surrogate", "elastic-net", "--alpha", "0.05", "--l1-ratio", "0.2", "--no-intercept"],
        lambda d: elastic_net(d, 0.05, 0.2),
        TAME,
    ),
    ("Ridge", ["--surrogate", "ridge"], lambda d: d.fit(d.ridge(1)), WILD),
    ("Ridge", ["--surrogate", "ridge", "--alpha", "10", "--no-intercept"], lambda d: d.fit(d.ridge(10)), WILD),
    ("LinearRegression", ["--surrogate", "ols"], least_squares, WILD),
    ("LinearRegression", ["--surrogate", "ols", "--no-intercept"], least_squares, WILD),
    ("LIME, lasso_path, K = 5", ["--surrogate", "k-lasso", "--features", "5"], lambda d: k_lasso(d, 5), DISTINCT),
    ("LIME, lasso_path, K = 10", ["--surrogate", "k-lasso", "--features", "10"], lambda d: k_lasso(d, 10), DISTINCT),
    ("LIME, forward_selection, K = 4", ["--surrogate", "forward", "--features", "4"], lambda d: forward(d, 4), WILD),
    (
        "LIME, highest_weights, K = 8",
        ["--surrogate", "ridge", "--features", "8"],
        lambda d: strongest(d, 8, 1),
        ("plain", "unit weights"),
    ),
    ("LassoLarsIC, AIC", ["--alpha", "aic"], lambda d: criterion(d, "aic"), ("unit weights",)),
    ("LassoLarsIC, BIC", ["--alpha", "bic"], lambda d: criterion(d, "bic"), ("unit weights",)),
    ("LassoCV, 5 folds", ["--alpha", "cv:5"], lambda d: cross_validated(d, 5), ("plain", "unit weights")),
]  # fmt: skip


def refit(files, options, out):
    command = [ROOT / "samples/quicklime", "refit", *files, *options, "--json", out]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(out.read_text())["runs"]


def difference(data, expected, got, scale):
    """Of coefficients and intercept, or of fitted values, as a share of the scores' scale."""
    if data.unique:
        return max(np.abs(expected[0] - got[0]).max(), abs(expected[1] - got[1])) / scale
    rows = data.x
    return np.abs((rows @ expected[0] + expected[1]) - (rows @ got[0] + got[1])).max() / scale


def path_difference(data, knots, method):
    """How far scikit-learn's knots are from the path, which may have more of them."""
    alphas, _, path = lars_path(data.cx, data.cy, method=method)
    total = data.w.sum()
    ours = np.asarray(knots)
    worst = 0.0
    # It divides by the number of rows, not by their weight.
    for alpha, beta in zip(alphas * len(data.x) / total, path.T):
        here = [np.interp(-alpha, -ours[:, 0], ours[:, j + 1]) for j in range(path.shape[0])]
        worst = max(worst, np.abs(beta - here).max())
    return worst


def changes_sign(knots):
    beta = np.asarray(knots)[:, 1:]
    return bool((beta[1:] * beta[:-1] < 0).any())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--problems", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="folder that the problems are left in")
    args = parser.parse_args()
    random = np.random.default_rng(args.seed)
    warnings.simplefilter("ignore", ConvergenceWarning)
    warnings.simplefilter("ignore", RuntimeWarning)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        problems = []
        for i in range(args.problems):
            kind = KINDS[i // 4 % len(KINDS)] if i % 4 == 0 else ("unit weights" if i % 4 == 1 else "plain")
            masks, weights, scores, scale = problem(random, kind)
            file = folder / f"problem-{i:03d}.npz"
            np.savez_compressed(file, masks=masks, weights=weights, scores=scores)
            problems.append((file, kind, masks, weights, scores, scale))
        hostile = sum(kind in KINDS for _, kind, *_ in problems)
        print(f"{len(problems)} problems, {hostile} of them hostile, {CLASSES} classes each\n")
        print(f"{'against':34}{'fits':>6}{'largest difference':>20}  of kind")
        worst = 0.0
        for name, options, reference, kinds in CASES:
            chosen = [p for p in problems if p[1] in kinds]
            runs = refit([p[0] for p in chosen], options, folder / "fits.json")
            largest, where, fits = 0.0, "", 0
            for (file, kind, masks, weights, scores, scale), run in zip(chosen, runs):
                for c in range(CLASSES):
                    data = Data(masks, weights, scores[:, c] / scale, "--no-intercept" not in options)
                    fit = run["fits"][0]["classes"][c]
                    got = np.asarray(fit["coefficients"]) / scale, fit["intercept"] / scale
                    off = difference(data, reference(data), got, 1.0)
                    fits += 1
                    if not off <= largest:
                        largest, where = off, f"{kind} ({file.name}, class {c})"
            worst = max(worst, largest)
            name = f"{name}{', no intercept' if '--no-intercept' in options else ''}"
            print(f"{name:34}{fits:6}{largest:20.2e}  {where if largest > TOLERANCE else where.split(' (')[0]}")
        chosen = [p for p in problems if p[1] in ("plain", "unit weights")]
        runs = refit([p[0] for p in chosen], ["--paths"], folder / "fits.json")
        for name, method, key in (("lars_path, lasso", "lasso", "lassoPath"), ("lars_path, lar", "lar", "larsPath")):
            largest, paths = 0.0, 0
            for (_, _, masks, weights, scores, _), run in zip(chosen, runs):
                for c in range(CLASSES):
                    if method == "lar" and changes_sign(run[key][c]):
                        continue
                    data = Data(masks, weights, scores[:, c], True)
                    largest = max(largest, path_difference(data, run[key][c], method))
                    paths += 1
            worst = max(worst, largest)
            print(f"{name + ', every knot':34}{paths:6}{largest:20.2e}")
        print(
            "\nLeast angle regression is compared where no coefficient changes its sign: there scikit-learn turns the"
            "\ndirection of its next step, and alpha, the correlation that must only fall, may rise."
        )
    agreed = worst <= TOLERANCE
    print(f"\nlargest difference {worst:.2e}: {'within' if agreed else 'NOT within'} {TOLERANCE:g}")
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
