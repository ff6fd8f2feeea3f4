#!/usr/bin/env python3
"""Refits runs that `quicklime explain --export` or `quicklime tabular --export` wrote, with scikit-learn, and compares
the coefficients.

    python samples/refit_sklearn.py quicklime-out/cat [MORE FOLDERS OR run.npz FILES]

Runs of tables are refitted by the surrogate that their tabular.json names: least squares, ridge and the l2 ball, Lasso,
the l1 ball and elastic net; of selections, least squares or the ridge they end with, on the features they chose.

Needs numpy and scikit-learn. Exits with 1 where a coefficient differs by more than 1e-6.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, Ridge

TOLERANCE = 1e-6


def label(run_file, position, index):
    """The class's name from the explanation.json beside the run, where there is one."""
    for name in ("explanation.json", "tabular.json"):
        explanation = run_file.with_name(name)
        if explanation.is_file():
            return json.loads(explanation.read_text(encoding="utf-8"))["classes"][position]["label"]
    return f"class {index}"


def refit(masks, scores, weights, alpha, intercept, l1_ratio=1.0):
    # Rows of weight 0 say nothing, and scikit-learn would still scale by their number.
    rows = weights > 0
    settings = {"alpha": alpha, "fit_intercept": intercept, "tol": 1e-12, "max_iter": 1_000_000}
    model = Lasso(**settings) if l1_ratio == 1 else ElasticNet(l1_ratio=l1_ratio, **settings)
    with warnings.catch_warnings():
        # scikit-learn advises against alpha=0, and warns where its gap cannot shrink to 1e-12 of the scores' size.
        warnings.simplefilter("ignore")
        model.fit(masks[rows], scores[rows], sample_weight=weights[rows])
    return model


def refit_table(surrogate, features, scores, weights, alpha, intercept, coefficients):
    """Refits what the surrogate is, or what it ends with on the columns that it chose."""
    rows = weights > 0
    chosen = np.ones(features.shape[1], dtype=bool)
    kind = surrogate["type"]
    if kind in ("Lasso", "L1Ball", "ElasticNet"):
        return refit(features, scores, weights, alpha, intercept, surrogate.get("l1Ratio", 1.0))
    if kind not in ("LeastSquares", "Ridge", "L2Ball"):
        chosen = coefficients != 0
    # A selection may end with a ridge.
    model = Ridge(alpha=alpha, fit_intercept=intercept) if alpha > 0 else LinearRegression(fit_intercept=intercept)
    model.fit(features[rows][:, chosen], scores[rows], sample_weight=weights[rows])
    found = np.zeros(features.shape[1])
    found[chosen] = model.coef_
    model.coef_ = found
    return model


def compare_table(run_file, run):
    classes = json.loads(run_file.with_name("tabular.json").read_text(encoding="utf-8"))["classes"]
    worst = 0.0
    for position, explained in enumerate(classes):
        ours = run["coefficients"][position]
        model = refit_table(
            explained["surrogate"],
            run["features"],
            run["scores"][:, position],
            run["weights"],
            run["alpha"][position],
            bool(run["fit_intercept"]),
            ours,
        )
        difference = np.abs(model.coef_ - ours).max()
        shift = abs(model.intercept_ - run["intercepts"][position])
        # Scores of a table have units of their own.
        scale = max(1.0, np.abs(run["scores"][:, position]).max())
        print(
            f"{run_file}: {explained['label']}: {explained['surrogate']['type']}, "
            f"{np.count_nonzero(ours)} of {ours.size} coefficients, "
            f"largest difference {difference:.2e}, of the intercept {shift:.2e}, scores up to {scale:.3g}"
        )
        worst = max(worst, difference / scale, shift / scale)
    return worst


def compare(run_file):
    """Prints one line for each class; the largest difference of all."""
    with np.load(run_file) as run:
        if "features" in run.files:
            return compare_table(run_file, run)
        # A run that was completed over masks that nobody scored was fitted to these.
        kind = "completed_" if "completed_masks" in run else ""
        masks = run[kind + "masks"].astype(np.float64)
        scores = run[kind + "scores"]
        weights = run[kind + "weights"]
        intercept = bool(run["fit_intercept"])
        worst = 0.0
        for position, index in enumerate(run["classes"]):
            model = refit(masks, scores[:, position], weights, run["alpha"][position], intercept)
            difference = np.abs(model.coef_ - run["coefficients"][position]).max()
            shift = abs(model.intercept_ - run["intercepts"][position])
            print(
                f"{run_file}: {label(run_file, position, index)}: alpha {run['alpha'][position]:.6g}, "
                f"{np.count_nonzero(model.coef_)} of {masks.shape[1]} coefficients, "
                f"largest difference {difference:.2e}, of the intercept {shift:.2e}"
            )
            worst = max(worst, difference, shift)
    return worst


def main(arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    worst = 0.0
    for argument in map(Path, arguments):
        run_file = argument / "run.npz" if argument.is_dir() else argument
        if not run_file.is_file():
            print(f"{run_file}: there is no such file; explain --export writes it", file=sys.stderr)
            return 2
        worst = max(worst, compare(run_file))
    agreed = worst <= TOLERANCE
    print(f"largest difference {worst:.2e}: {'equal' if agreed else 'NOT equal'} to {TOLERANCE:g}")
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
