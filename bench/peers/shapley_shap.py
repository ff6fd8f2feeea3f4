#!/usr/bin/env python3
"""Compares the Shapley values of `samples/quicklime explain --surrogate shapley` with shap's KernelExplainer.

  pip install torch numpy pillow shap
  bench/peers/shapley_shap.py [--samples 1000] [--runs 3] [--reference 65536]

First both give the exact values of 8 tiles, where every mask is scored: their largest difference must be below 1e-6 of
the score, which is what single precision leaves. Then, for the bundled model and its six pictures, with 64 tiles and with
SLIC 100, both estimate the best class's values with equally many forward passes, the full and the empty picture
included. Errors are squared, summed over superpixels and runs, against a run of so many samples of another seed. `ratio`
is Quicklime's share of shap's; exits with 1 where the one over all pictures of a setting is above 1/2.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import shap
import torch
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "samples/scenes/src/main/resources/dev/quicklime/scenes/bundled"
SETTINGS = {"64 tiles": ["--tiles", "8x8"], "SLIC 100": ["--segments", "100"]}
warnings.filterwarnings("ignore")


def explain(pictures, out, *options):
    """The run and the best class's JSON of each picture."""
    subprocess.run(
        [ROOT / "samples/quicklime", "explain", *map(str, pictures), "--surrogate", "shapley", "--fill", "gray", "--top", "1",
         "--precision", "fp32", "--export", "--quiet", "--out", str(out), *options],
        check=True, stderr=subprocess.PIPE,
    )  # fmt: skip
    return [
        (np.load(out / picture.stem / "run.npz"), json.loads((out / picture.stem / "explanation.json").read_text()))
        for picture in pictures
    ]


class Game:
    """The probability of a class for some of a picture's superpixels, the others gray."""

    def __init__(self, module, card, picture, labels, index):
        size = card["width"], card["height"]
        pixels = np.asarray(Image.open(picture).convert("RGB").resize(size, Image.BILINEAR), np.float32) / 255
        mean, std = np.float32(card["mean"]), np.float32(card["std"])
        self.picture = torch.from_numpy(((pixels - mean) / std).transpose(2, 0, 1))[None]
        self.gray = torch.from_numpy((np.float32(128 / 255) - mean) / std)[None, :, None, None]
        self.labels, self.module, self.index = labels, module, index

    def __call__(self, masks):
        scores = []
        with torch.inference_mode():
            for some in np.array_split(np.asarray(masks, np.float32), max(1, len(masks) // 64)):
                shown = torch.from_numpy(some[:, self.labels])[:, None]
                raw = self.module(shown * self.picture + (1 - shown) * self.gray)
                scores.append(torch.softmax(raw.double(), 1)[:, self.index].numpy())
        return np.concatenate(scores)


def peer(game, d, samples, seed):
    np.random.seed(seed)
    explainer = shap.KernelExplainer(game, np.zeros((1, d)))
    # Besides these it scores the empty and the full picture.
    return explainer.shap_values(np.ones((1, d)), nsamples=samples, l1_reg=0, silent=True)[0]


def values(result):
    return np.array(result["classes"][0]["coefficients"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--reference", type=int, default=65536)
    asked = parser.parse_args()
    card = json.loads((BUNDLED / "model.json").read_text())
    module = torch.jit.load(BUNDLED / "scenes.pt").float().eval()
    pictures = sorted(BUNDLED.glob("*.png"))
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        run, exact = explain(pictures[:1], scratch / "exact", "--tiles", "2x4", "--design", "exhaustive")[0]
        game = Game(module, card, pictures[0], run["labels"], exact["classes"][0]["index"])
        off = np.abs(values(exact) - peer(game, 8, 2**8, 0)).max()
        print(f"8 tiles, every mask: largest difference {off:.1e}")
        failed |= not off < 1e-6
        print("| superpixels | picture | d | squared error of shap | of Quicklime | ratio |\n|---|---|---|---|---|---|")
        for name, setting in SETTINGS.items():
            truth = explain(
                pictures, scratch / f"{name} truth", *setting, "--samples", str(asked.reference), "--seed", "999"
            )
            mine = [
                explain(pictures, scratch / f"{name} {seed}", *setting, "--samples", str(asked.samples), "--seed", str(seed))
                for seed in range(asked.runs)
            ]
            sums = np.zeros(2)
            for i, picture in enumerate(pictures):
                run, result = truth[i]
                wanted = values(result)
                game = Game(module, card, picture, run["labels"], result["classes"][0]["index"])
                theirs = sum(
                    ((peer(game, len(wanted), asked.samples - 1, seed) - wanted) ** 2).sum() for seed in range(asked.runs)
                )
                ours = sum(((values(other[i][1]) - wanted) ** 2).sum() for other in mine)
                sums += theirs, ours
                print(f"| {name} | {picture.stem} | {len(wanted)} | {theirs:.3e} | {ours:.3e} | {ours / theirs:.3f} |", flush=True)
            ratio = sums[1] / sums[0]
            print(f"| {name} | all | | {sums[0]:.3e} | {sums[1]:.3e} | {ratio:.3f} |", flush=True)
            failed |= not ratio <= 0.5
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
