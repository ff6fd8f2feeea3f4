#!/usr/bin/env python3
"""Times Quicklime against Python's lime: the same model file, picture, superpixels and number of samples.

  pip install lime torch pillow
  bench/peers/lime_speed.py resnet50.pt picture.jpg --pt2 resnet50.pt2
  bench/peers/lime_speed.py resnet50.pt picture.jpg --onnx resnet50.onnx --no-bf16

lime runs the TorchScript file in fp32 with batches of 10, its default. Quicklime runs it in fp32 and in bf16, and
the package and the ONNX file if there are such. Superpixels are Quicklime's for both, so that lime's time has no segmentation in it.
All of them explain the same three classes on all processors, one after the other, in --rounds turns; what is
printed is the fastest turn of each, and what the fastest turns of lime and of Quicklime's fp32 are in times of it.

  total      from the open picture to the finished explanation, without loading the model
  forward    the part of it that is spent in the model
  overhead   the rest
  process    from typing the command to its end, report included; for lime from the end of its imports on
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = {"lime": "lime", "torch": "torch", "numpy": "numpy", "PIL": "pillow"}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=pathlib.Path, help="TorchScript file with an input of 224 x 224")
    parser.add_argument("picture", type=pathlib.Path)
    parser.add_argument("--pt2", type=pathlib.Path, help="the same model as an AOTInductor package")
    parser.add_argument("--onnx", type=pathlib.Path, help="the same model as an ONNX file in fp32")
    parser.add_argument("--no-bf16", action="store_true", help="leave out Quicklime's bf16")
    parser.add_argument("--samples", type=int, default=1000, help="default: 1000")
    parser.add_argument("--segments", type=int, default=100, help="default: 100")
    parser.add_argument("--rounds", type=int, default=2, help="default: 2")
    parser.add_argument("--lime-batch", type=int, default=10, help="default: 10")
    return parser.parse_args()


def quicklime(args: argparse.Namespace, out: pathlib.Path, model: pathlib.Path, *options: str) -> dict:
    """Runs the command line once."""
    command = [
        str(ROOT / "samples/quicklime"), "explain", str(args.picture), "--model", str(model),
        "--samples", str(args.samples), "--segments", str(args.segments), "--out", str(out), "--quiet", *options,
    ]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    process = time.perf_counter() - start
    (report,) = out.glob("*/explanation.json")
    explanation = json.loads(report.read_text())
    timings = explanation["timings"]
    return {
        "total": timings["total"] / 1e3,
        "forward": timings["forward"] / 1e3,
        "process": process,
        "notes": "; ".join(explanation["provenance"].get("decisions", [])),
    }


def lime(args: argparse.Namespace, labels) -> dict:
    """Runs lime in this process; its imports are paid for when it is called."""
    import numpy
    import torch
    from lime import lime_image
    from PIL import Image

    began = time.perf_counter()
    model = torch.jit.load(args.model).eval()
    height, width = labels.shape
    picture = numpy.asarray(Image.open(args.picture).convert("RGB").resize((width, height), Image.BILINEAR))
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    forward = 0.0

    def probabilities(pictures):
        nonlocal forward
        batch = torch.from_numpy(numpy.stack(pictures)).permute(0, 3, 1, 2).float() / 255
        batch = (batch - mean) / std
        start = time.perf_counter()
        with torch.inference_mode():
            scores = model(batch).softmax(1).numpy()
        forward += time.perf_counter() - start
        return scores

    start = time.perf_counter()
    explanation = lime_image.LimeImageExplainer(random_state=0).explain_instance(
        picture,
        probabilities,
        top_labels=3,
        num_features=labels.max() + 1,
        num_samples=args.samples,
        batch_size=args.lime_batch,
        segmentation_fn=lambda _: labels,
        progress_bar=False,
    )
    total = time.perf_counter() - start
    explanation.get_image_and_mask(explanation.top_labels[0], num_features=5)
    return {"total": total, "forward": forward, "process": time.perf_counter() - began, "notes": ""}


def main() -> int:
    args = arguments()
    missing = [pip for module, pip in NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        print(f"skipped: it needs {', '.join(missing)}; pip install {' '.join(missing)}")
        return 0
    import numpy

    ways = {"quicklime fp32": (args.model, "--precision", "fp32")}
    if not args.no_bf16:
        ways["quicklime bf16"] = (args.model, "--precision", "bf16")
    if args.pt2:
        ways["quicklime .pt2"] = (args.pt2,)
    if args.onnx:
        ways["quicklime .onnx"] = (args.onnx, "--precision", "fp32")
    runs: dict[str, list[dict]] = {"lime fp32": [], **{name: [] for name in ways}}
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        # Builds what is missing, measures the batch that is remembered, and gives the superpixels.
        for name, (model, *options) in ways.items():
            quicklime(args, work / name, model, "--export", *options)
        (exported,) = (work / "quicklime fp32").glob("*/run.npz")
        labels = numpy.load(exported)["labels"]
        for turn in range(args.rounds):
            print(f"round {turn + 1} of {args.rounds}", file=sys.stderr)
            runs["lime fp32"].append(lime(args, labels))
            for name, (model, *options) in ways.items():
                runs[name].append(quicklime(args, work / f"{name} {turn}", model, *options))
    best = {name: min(results, key=lambda r: r["total"]) for name, results in runs.items()}
    for name, results in runs.items():
        best[name]["process"] = min(r["process"] for r in results)
    peer = best["lime fp32"]
    own = best["quicklime fp32"]
    print(f"{args.samples} samples, {labels.max() + 1} superpixels, {args.model.name}; seconds, best of {args.rounds}")
    print(f"{'':16}{'total':>9}{'forward':>9}{'overhead':>10}{'process':>9}{'x lime':>9}{'x fp32':>9}{'x process':>11}")
    for name, run in best.items():
        overhead = run["total"] - run["forward"]
        print(
            f"{name:16}{run['total']:9.2f}{run['forward']:9.2f}{overhead:10.3f}{run['process']:9.2f}"
            f"{peer['total'] / run['total']:9.2f}{own['total'] / run['total']:9.2f}"
            f"{peer['process'] / run['process']:11.2f}  {run['notes']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
