#!/usr/bin/env python3
"""Sets quicklime.LimeImageExplainer beside lime's own: time outside of the classifier, and coefficients.

  pip install lime scikit-image ./samples/python
  bench/peers/lime_client.py

Both explain the same generated picture for the same trivial classifier, a Python function, in turns. What counts is what a
turn takes less what it spends in that function. In "end to end" each has its own SLIC, lime that of scikit-image; in the other
settings both are given the same superpixels. What is printed is the best and the median of --rounds turns, after one of each
that does not count, and how many times as long lime takes. That first turn starts the engine; how long it takes is said too.

Coefficients: with one random_state both take the same samples, and the largest difference is in shares of the largest
coefficient. Over --seeds other seeds for each of the two, their means are compared: how many standard errors of it the
difference of a superpixel is, as a root mean square over all superpixels, which is about 1 where nothing but chance is in it.

Ends with 1 if lime takes less than --least times as long by the median, or if coefficients differ.
"""

import argparse
import os
import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# The largest difference between both for one random_state, and between their means in standard errors.
SAME = 1e-9
NEAR = 1.5


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=1000, help="default: 1000")
    parser.add_argument("--segments", type=int, default=100, help="default: 100")
    parser.add_argument("--size", type=int, default=224, help="sides of the picture, default: 224")
    parser.add_argument("--batch", type=int, default=10, help="default: 10, as lime's")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, default: 5")
    parser.add_argument("--seeds", type=int, default=12, help="default: 12")
    parser.add_argument("--least", type=float, default=5, help="default: 5")
    return parser.parse_args()


def scene(size: int):
    """A disc and a stripe on a gradient with some noise."""
    import numpy as np

    y, x = np.mgrid[0:size, 0:size] * (224 / size)
    pixels = np.dstack([x, y, 255 - x]).clip(0, 255)
    pixels[(y - 90) ** 2 + (x - 120) ** 2 < 50**2] = (230, 200, 20)
    pixels[abs(x + y - 330) < 12] = (20, 60, 200)
    noise = np.random.RandomState(3).randint(0, 25, pixels.shape)
    return (0.9 * pixels + noise).astype(np.uint8)


class Classifier:
    """Three classes of a few pixels' colours, and the time that is spent in it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, batch):
        import numpy as np

        start = time.perf_counter()
        step = batch.shape[1] // 14
        few = batch[:, step // 2 :: step, step // 2 :: step, :] / 255.0
        yellow = (few[..., 0] * few[..., 1] * (1 - few[..., 2])).mean((1, 2))
        blue = (few[..., 2] * (1 - few[..., 0])).mean((1, 2))
        scores = np.exp(8 * np.stack([yellow, blue, 0.2 + 0 * blue], axis=1))
        scores /= scores.sum(axis=1, keepdims=True)
        self.seconds += time.perf_counter() - start
        return scores


def turn(explainer, picture, **options):
    """Seconds outside of the classifier, those within it, and the explanation."""
    classifier = Classifier()
    start = time.perf_counter()
    explanation = explainer.explain_instance(
        picture, classifier, progress_bar=False, top_labels=3, **options
    )
    total = time.perf_counter() - start
    return total - classifier.seconds, classifier.seconds, explanation


def weights(explanation, label: int, count: int):
    import numpy as np

    found = np.zeros(count)
    for part, weight in explanation.local_exp[label]:
        found[part] = weight
    return found


def main() -> int:
    args = arguments()
    sys.path.insert(0, str(ROOT / "samples/python/src"))
    os.environ.setdefault("QUICKLIME_COMMAND", str(ROOT / "samples/quicklime"))
    try:
        import numpy as np
        from lime.lime_image import LimeImageExplainer as Lime
        from skimage.segmentation import slic
    except ImportError as missing:
        print(f"{missing}: pip install lime scikit-image", file=sys.stderr)
        return 2
    from quicklime import LimeImageExplainer as Quicklime

    picture = scene(args.size)

    def skimage_slic(image):
        return slic(image, n_segments=args.segments, compactness=10, start_label=0)

    common = {"num_samples": args.samples, "batch_size": args.batch}
    start = time.perf_counter()
    _, _, explanation = turn(Quicklime(random_state=0), picture, **common)
    print(f"engine started and first explanation: {time.perf_counter() - start:.1f} s")
    segments = skimage_slic(picture)
    count = int(segments.max()) + 1
    print(
        f"{args.size}x{args.size}, {args.samples} samples in batches of {args.batch}; superpixels: scikit-image {count},"
        f" engine {explanation.segments.max() + 1}\n"
    )
    print(f"{'seconds outside of the classifier':36s} {'lime':>15s} {'quicklime':>15s}   times as long")
    print(f"{'':36s} {'best':>7s} {'median':>7s} {'best':>7s} {'median':>7s} {'best':>7s} {'median':>7s}")
    given = {"segmentation_fn": lambda _: segments}
    settings = (
        ("end to end", {"segmentation_fn": skimage_slic}, {}),
        ("given superpixels", given, given),
        ("given, floats", given, given),
        ("given, num_features=20", {**given, "num_features": 20}, {**given, "num_features": 20}),
    )
    good = True
    within = []
    for name, of_lime, of_quicklime in settings:
        shown = picture / 255.0 if name.endswith("floats") else picture
        took = {Lime: [], Quicklime: []}
        for round_ in range(args.rounds + 1):
            for maker, options in ((Lime, of_lime), (Quicklime, of_quicklime)):
                outside, inside, _ = turn(maker(random_state=round_), shown, **common, **options)
                if round_ > 0:
                    took[maker].append(outside)
                    within.append(inside)
        best = [min(took[maker]) for maker in (Lime, Quicklime)]
        middle = [statistics.median(took[maker]) for maker in (Lime, Quicklime)]
        ratio = middle[0] / middle[1]
        good &= ratio >= args.least
        print(
            f"{name:36s} {best[0]:7.3f} {middle[0]:7.3f} {best[1]:7.3f} {middle[1]:7.3f}"
            f" {best[0] / best[1]:7.1f} {ratio:7.1f}"
        )
    print(f"{'in the classifier':36s} {min(within):7.3f} {statistics.median(within):7.3f}\n")

    print("coefficients of the same samples, largest difference")
    for name, selection, features in (
        ("all superpixels", "auto", 100000),
        ("20 of highest weight", "auto", 20),
        ("3 by forward selection", "auto", 3),
        ("10 by the Lasso path", "lasso_path", 10),
    ):
        both = [
            turn(maker(random_state=5, feature_selection=selection), picture, num_features=features, **common, **given)[2]
            for maker in (Lime, Quicklime)
        ]
        worst = 0.0
        for label in both[1].top_labels:
            wanted, found = (weights(one, label, count) for one in both)
            worst = max(worst, float(np.abs(found - wanted).max() / np.abs(wanted).max()))
        good &= worst <= SAME
        print(f"  {name:34s} {worst:.1e}")

    means, errors = [], []
    for maker, first in ((Lime, 1000), (Quicklime, 2000)):
        found = np.array(
            [
                weights(turn(maker(random_state=first + seed), picture, **common, **given)[2], 0, count)
                for seed in range(args.seeds)
            ]
        )
        means.append(found.mean(0))
        errors.append(found.var(0, ddof=1) / args.seeds)
    apart = (means[0] - means[1]) / np.sqrt(errors[0] + errors[1])
    off = float(np.sqrt((apart**2).mean()))
    good &= off <= NEAR
    print(f"\nmeans of {args.seeds} other seeds each, apart by {off:.2f} standard errors")
    if not good:
        print(f"lime takes less than {args.least:g} times as long, or coefficients differ", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
