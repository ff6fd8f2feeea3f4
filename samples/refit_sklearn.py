#!/usr/bin/env python3
"""Refits runs that `quicklime explain --export` wrote, with scikit-learn, and compares the coefficients.

    python samples/refit_sklearn.py quicklime-out/cat [MORE FOLDERS OR run.npz FILES]

Needs numpy and scikit-learn. Exits with 1 where a coefficient differs by more than 1e-6.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import Lasso

TOLERANCE = 1e-6


def label(run_file, position, index):
    """The class's name from the explanation.json beside the run, where there is one."""
    explanation = run_file.with_name("explanation.json")
    if not explanation.is_file():
        return f"class {index}"
    return json.loads(explanation.read_text(encoding="utf-8"))["classes"][position]["label"]


def refit(masks, scores, weights, alpha, intercept):
    # Rows of weight 0 say nothing, and scikit-learn would still scale by their number.
    rows = weights > 0
    model = Lasso(alpha=alpha, fit_intercept=intercept, tol=1e-12, max_iter=1_000_000)
    with warnings.catch_warnings():
        # scikit-learn advises against alpha=0, and warns where its gap cannot shrink to 1e-12 of the scores' size.
        warnings.simplefilter("ignore")
        model.fit(masks[rows], scores[rows], sample_weight=weights[rows])
    return model


def compare(run_file):
    """Prints one line for each class; the largest difference of all."""
    with np.load(run_file) as run:
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
