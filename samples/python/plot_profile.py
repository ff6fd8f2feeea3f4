#!/usr/bin/env python3
"""Draws a profile for a paper: error against samples, a line for every design.

    python samples/python/plot_profile.py quicklime-profile --out profile.pdf

Reads profile.csv, and profile-reference.csv where it is there. A line is the mean over pictures,
classes and seeds; its band holds the seeds from the 16th to the 84th percentile, each seed taken as
its own mean. Needs NumPy and Matplotlib.
"""

import argparse
import csv
import pathlib
import sys

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot, ticker  # noqa: E402

COLUMNS = {
    "superpixels": int,
    "classIndex": int,
    "samples": int,
    "stop": float,
    "seed": int,
    "error": float,
    "coverage": float,
    "heldOutR2": float,
    "trainingR2": float,
    "deletion": float,
    "insertion": float,
    "forwards": int,
    "seconds": float,
}

AXES = {
    "error": "relative squared error",
    "coverage": "coverage of 95 % intervals",
    "heldOutR2": "R² on held-out samples",
    "deletion": "area under deletion (probability)",
    "insertion": "area under insertion (probability)",
}

# Okabe and Ito's colours, told apart by all kinds of eyes, some darker to be seen on white; marks for those who see none.
STYLES = {
    "bernoulli": ("#30353a", "o"),
    "antithetic": ("#2b8cc6", "^"),
    "hadamard": ("#005687", "s"),
    "two-phase": ("#d55e00", "D"),
    "fixed-size": ("#009e73", "v"),
}
OTHERS = [("#b8628f", "P"), ("#b07a00", "X")]


def read(path):
    """The columns of a file of results as arrays; what is empty is NaN."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    columns = {}
    for name in lines[0] if lines else []:
        values = [line[name] for line in lines]
        kind = COLUMNS.get(name)
        if kind is int:
            columns[name] = np.array([int(value) for value in values])
        elif kind is float:
            columns[name] = np.array([float(value) if value else np.nan for value in values])
        else:
            columns[name] = np.array(values)
    return columns


def band(values, seeds):
    """The mean of all values, and the 16th and 84th percentile of the seeds' means."""
    means = [np.nanmean(values[seeds == seed]) for seed in np.unique(seeds)]
    return np.nanmean(values), *np.percentile(means, [16, 84])


def curve(rows, metric, chosen):
    """Numbers of samples, and for each mean, low and high; only where something was measured."""
    found = []
    for samples in np.unique(rows["samples"][chosen]):
        here = chosen & (rows["samples"] == samples) & ~np.isnan(rows[metric])
        if here.any():
            found.append((samples, *band(rows[metric][here], rows["seed"][here])))
    return np.array(found).reshape(-1, 4).T


def draw(axes, rows, metric, target, references):
    """Draws one target."""
    others = iter(OTHERS * 9)
    # Where a stop rule ended sampling belongs to no number of samples that was asked for.
    asked = (rows["target"] == target) & np.isnan(rows["stop"])
    for design in dict.fromkeys(rows["design"]):
        samples, mean, low, high = curve(rows, metric, asked & (rows["design"] == design))
        if not samples.size:
            continue
        colour, mark = STYLES.get(design) or next(others)
        axes.fill_between(samples, low, high, color=colour, alpha=0.15, linewidth=0)
        axes.plot(samples, mean, color=colour, marker=mark, markersize=4, linewidth=1.2, label=design)
    if metric == "error":
        axes.set_yscale("log")
        known = references.get("error", np.array([]))[references.get("target", np.array([])) == target]
        if known.size and np.nanmax(known) > 0:
            axes.axhline(np.nanmean(known), color="#66707a", linewidth=0.6, linestyle=":")
    elif metric == "coverage":
        axes.axhline(0.95, color="#66707a", linewidth=0.6)
    counts = np.unique(rows["samples"][asked])
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(ticker.FixedLocator(counts))
    axes.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.tick_params(axis="x", labelrotation=45)
    axes.grid(axis="y", color="#dde2e6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("samples")
    axes.set_title(target, fontsize=9, loc="left")


def main(words=None):
    """Draws a profile, and prints where to."""
    parser = argparse.ArgumentParser(description="Draws a profile for a paper.")
    parser.add_argument("folder", type=pathlib.Path, help="that `quicklime profile` wrote")
    parser.add_argument("--metric", choices=AXES, default="error")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("profile.pdf"))
    parser.add_argument("--width", type=float, default=170, help="of the figure, in mm")
    asked = parser.parse_args(words)
    results = asked.folder / "profile.csv"
    if not results.is_file():
        parser.error(f"{asked.folder} must be the folder of a profile: it has no profile.csv")
    rows = read(results)
    if not rows:
        parser.error(f"{results} must have results: it has none yet")
    beside = asked.folder / "profile-reference.csv"
    references = read(beside) if beside.is_file() else {}
    targets = list(dict.fromkeys(rows["target"]))
    pyplot.rcParams.update({"font.size": 8, "pdf.fonttype": 42, "svg.fonttype": "none"})
    width = asked.width / 25.4
    figure, panels = pyplot.subplots(
        1, len(targets), figsize=(width, 0.75 * width / len(targets)), squeeze=False, layout="constrained"
    )
    for axes, target in zip(panels[0], targets):
        draw(axes, rows, asked.metric, target, references)
    panels[0][0].set_ylabel(AXES[asked.metric])
    panels[0][0].legend(frameon=False)
    figure.savefig(asked.out, dpi=300)
    print(asked.out)


if __name__ == "__main__":
    sys.exit(main())
