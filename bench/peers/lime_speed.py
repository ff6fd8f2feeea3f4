#!/usr/bin/env python3
"""Times Quicklime against Python's lime: the same model file, picture, superpixels and number of samples.

  pip install lime torch pillow
  bench/peers/lime_speed.py resnet50.pt picture.jpg --pt2 resnet50.pt2
  bench/peers/lime_speed.py resnet50.pt picture.jpg --onnx resnet50.onnx --no-bf16
  bench/peers/lime_speed.py resnet50.pt picture.jpg --neighbours 2

lime runs the TorchScript file in fp32 with batches of 10, its default. Quicklime runs it in fp32 and in bf16, and
the package and the ONNX file if there are such; "fast" is --preset fast on the last of these files, which stops when its weights are
steady. Superpixels are Quicklime's for both, so that lime's time has no segmentation in it. "bare" are forward passes alone of the
same file in Python, as many pictures in batches of as many as Quicklime chose, for the file before it.
All of them explain the same three classes on all processors, each in a process of its own, one after the other, in --rounds
turns. What is printed is the fastest turn of each and the median beside it, and what lime's fastest is in times of it.

  total      from the open picture to the finished explanation, without loading the model
  forward    the part of it that is spent in the model
  process    from typing the command to its end, report included; for lime from the end of its imports on
  MB         most memory that the process had at once
  x lime     how many times as long lime's total takes; x process, the process

Then where the process spends its time, in milliseconds since the command was typed, and, with --neighbours, forward passes while so many other processes
compute, in times of what they take without.
"""

import argparse
import contextlib
import importlib.util
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDED = {"lime": "lime", "torch": "torch", "numpy": "numpy", "PIL": "pillow"}
REACHED = re.compile(r"quicklime: +(\d+) ms: (.*)")


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
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    parser.add_argument("--lime-batch", type=int, default=10, help="default: 10")
    parser.add_argument("--neighbours", type=int, default=0, help="busy processes of the second table; default: 0, none")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    return parser.parse_args()


def waited(command: list[str], **environment: str) -> tuple[float, float, str, str]:
    """Seconds and most megabytes of a process, and what it said."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said, complained = out.read(), err.read()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{complained}")
    return seconds, usage.ru_maxrss / 1024, said, complained


def quicklime(args: argparse.Namespace, out: pathlib.Path, model: pathlib.Path, *options: str) -> dict:
    """Runs the command line once."""
    command = [
        str(ROOT / "samples/quicklime"), "explain", str(args.picture), "--model", str(model),
        "--samples", str(args.samples), "--segments", str(args.segments), "--out", str(out), "--quiet", *options,
    ]  # fmt: skip
    process, megabytes, _, times = waited(command, QUICKLIME_TIMES="1")
    (report,) = out.glob("*/explanation.json")
    explanation = json.loads(report.read_text())
    timings = explanation["timings"]
    return {
        "total": timings["total"] / 1e3,
        "forward": timings["forward"] / 1e3,
        "process": process,
        "megabytes": megabytes,
        "reached": {what: int(millis) for millis, what in REACHED.findall(times)},
        "batch": explanation["provenance"]["batch"],
        "precision": explanation["provenance"]["precision"],
        "notes": "; ".join(explanation["provenance"].get("decisions", [])),
    }


def peer(args: argparse.Namespace, what: str, labels: pathlib.Path, **more) -> dict:
    """Runs lime, or forward passes alone, in a process of its own."""
    asked = json.dumps({"what": what, "labels": str(labels), **more})
    command = [
        sys.executable, __file__, str(args.model), str(args.picture), "--samples", str(args.samples),
        "--lime-batch", str(args.lime_batch), "--peer", asked,
    ]  # fmt: skip
    _, megabytes, said, _ = waited(command)
    return {**json.loads(said.splitlines()[-1]), "megabytes": megabytes, "reached": {}, "notes": ""}


def lime(args: argparse.Namespace, labels) -> dict:
    """Explains in this process; its imports are paid for when it is called."""
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
    return {"total": total, "forward": forward, "process": time.perf_counter() - began}


def bare(file: str, batch: int, precision: str, samples: int, shape: tuple[int, int]) -> dict:
    """Forward passes of as many pictures, after one batch that does not count."""
    import torch

    began = time.perf_counter()
    packaged = file.endswith(".pt2")
    model = torch._inductor.aoti_load_package(file) if packaged else torch.jit.load(file).eval()
    # A package may take its format at its input; a file in single precision takes nothing else.
    dtype = torch.bfloat16 if packaged and precision == "bf16" else torch.float32
    pictures = torch.rand(batch, 3, *shape, dtype=dtype)
    with torch.inference_mode():
        model(pictures)
        start = time.perf_counter()
        for _ in range(0, samples, batch):
            model(pictures)
        forward = time.perf_counter() - start
    return {"total": forward, "forward": forward, "process": time.perf_counter() - began}


@contextlib.contextmanager
def neighbours(count: int):
    """So many processes that compute."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        time.sleep(1 if count else 0)
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def answered(args: argparse.Namespace) -> int:
    """What a process of a peer does."""
    import numpy

    asked = json.loads(args.peer)
    labels = numpy.load(asked["labels"])
    if asked["what"] == "lime":
        result = lime(args, labels)
    else:
        result = bare(asked["file"], asked["batch"], asked["precision"], args.samples, labels.shape)
    print(json.dumps(result))
    return 0


def table(args: argparse.Namespace, runs: dict[str, list[dict]]) -> None:
    lines = {}
    for name, results in runs.items():
        lines[name] = {key: min(r[key] for r in results) for key in ("total", "forward", "process", "megabytes")}
        lines[name].update({key + " median": statistics.median(r[key] for r in results) for key in ("total", "process")})
    by = lines["lime fp32"]
    print(
        f"{'':18}{'total':>8} {'median':>8}{'forward':>9}{'process':>9} {'median':>8}{'MB':>7}"
        f"{'x lime':>8}{'x process':>11}{'MB of lime':>12}"
    )
    for name, line in lines.items():
        print(
            f"{name:18}{line['total']:8.2f} {line['total median']:8.2f}{line['forward']:9.2f}{line['process']:9.2f}"
            f" {line['process median']:8.2f}{line['megabytes']:7.0f}{by['total'] / line['total']:8.2f}"
            f"{by['process'] / line['process']:11.2f}{line['megabytes'] / by['megabytes']:12.2f}"
            f"  {runs[name][-1]['notes']}"
        )


def phases(runs: dict[str, list[dict]]) -> None:
    print("\nmilliseconds since the command was typed, medians")
    for name, results in runs.items():
        if results[0]["reached"]:
            print(name)
            for what in results[0]["reached"]:
                millis = statistics.median(r["reached"].get(what, 0) for r in results)
                print(f"  {millis:7.0f}  {what}")


def main() -> int:
    args = arguments()
    missing = [pip for module, pip in NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        print(f"skipped: it needs {', '.join(missing)}; pip install {' '.join(missing)}")
        return 0
    if args.peer:
        return answered(args)
    import numpy

    ways = {"quicklime fp32": (args.model, "--precision", "fp32")}
    if not args.no_bf16:
        ways["quicklime bf16"] = (args.model, "--precision", "bf16")
    if args.pt2:
        ways["quicklime .pt2"] = (args.pt2,)
    if args.onnx:
        ways["quicklime .onnx"] = (args.onnx, "--precision", "fp32")
    last = list(ways.values())[-1]
    ways["quicklime fast"] = (*last, "--preset", "fast")
    bared = args.pt2 or args.model
    like = "quicklime .pt2" if args.pt2 else "quicklime fp32"
    names = ["lime fp32", "bare " + bared.suffix, *ways]
    quiet: dict[str, list[dict]] = {name: [] for name in names}
    beside: dict[str, list[dict]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        # Builds what is missing, measures the batch that is remembered, and gives the superpixels.
        first = {name: quicklime(args, work / name, model, "--export", *options) for name, (model, *options) in ways.items()}
        (exported,) = (work / "quicklime fp32").glob("*/run.npz")
        labels = numpy.load(exported)["labels"]
        numpy.save(work / "labels.npy", labels)

        def turn(name: str, where: str) -> dict:
            if name == "lime fp32":
                return peer(args, "lime", work / "labels.npy")
            if name.startswith("bare"):
                settled = {key: first[like][key] for key in ("batch", "precision")}
                return peer(args, "bare", work / "labels.npy", file=str(bared), **settled)
            model, *options = ways[name]
            return quicklime(args, work / f"{name} {where}", model, *options)

        for count, runs in ((0, quiet), (args.neighbours, beside)):
            if runs is beside and not count:
                continue
            with neighbours(count):
                for number in range(args.rounds):
                    print(f"round {number + 1} of {args.rounds}, {count} neighbours", file=sys.stderr)
                    for name in names if number % 2 == 0 else names[::-1]:
                        runs[name].append(turn(name, f"{number} {count}"))
    print(f"{args.samples} samples, {labels.max() + 1} superpixels, {args.model.name}; seconds, best and median of {args.rounds}")
    table(args, quiet)
    alone = min(r["forward"] for r in quiet["bare " + bared.suffix])
    print(f"\nbare forward passes of {bared.name} take {alone / min(r['forward'] for r in quiet[like]):.2f} of those of {like}")
    phases(quiet)
    if args.neighbours:
        print(f"\nbeside {args.neighbours} processes that compute")
        table(args, beside)
        print("\nforward passes beside them, in times of those without, medians")
        for name in names:
            many = statistics.median(r["forward"] for r in beside[name])
            print(f"{name:18}{many / statistics.median(r['forward'] for r in quiet[name]):8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
