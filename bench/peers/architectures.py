#!/usr/bin/env python3
"""Exports networks of torchvision and timm in every format, and compares Quicklime with PyTorch on them.

  pip install torch torchvision timm onnx onnxscript onnxruntime numpy pillow
  bench/peers/architectures.py --work FOLDER [--only NAME,NAME] [--formats pt,onnx,pt2] [--export-only] > table.md

Weights are random, of a fixed seed. Every network is written by samples/export/export_model.py; a picture of the size of
its input, so that nothing is resized, is scored by `samples/quicklime explain` and by the eager network in fp32. The
table has the largest difference of all raw scores in parts of their standard deviation; of Grad-CAM the layer that
Quicklime chose, and the largest difference from maps that autograd gives for the module of that name (or, where a
function gives that value, for the last value of that size), for the first eight classes, in parts of their largest
value. What was done is kept in FOLDER, so that a run that was interrupted goes on where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch.overrides import TorchFunctionMode

ROOT = Path(__file__).resolve().parents[2]
warnings.filterwarnings("ignore")

NETWORKS = """
torchvision/alexnet torchvision/vgg11_bn torchvision/resnet18 torchvision/resnet50 torchvision/resnext50_32x4d
torchvision/wide_resnet50_2 torchvision/densenet121 torchvision/squeezenet1_1 torchvision/googlenet
torchvision/inception_v3 torchvision/mobilenet_v2 torchvision/mobilenet_v3_small torchvision/shufflenet_v2_x1_0
torchvision/mnasnet1_0 torchvision/efficientnet_b0 torchvision/efficientnet_v2_s torchvision/regnet_y_400mf
torchvision/convnext_tiny torchvision/vit_b_32 torchvision/swin_t torchvision/swin_v2_t torchvision/maxvit_t
timm/vit_tiny_patch16_224 timm/deit_tiny_distilled_patch16_224 timm/levit_128s timm/coatnet_nano_rw_224
timm/efficientformerv2_s0 timm/mobilevit_xs timm/mobilenetv4_conv_small timm/ghostnet_100 timm/hrnet_w18_small
timm/dla34 timm/res2net50_14w_8s timm/resnest14d timm/seresnext26d_32x4d timm/repvgg_a0 timm/rexnet_100
timm/tf_efficientnetv2_b0 timm/edgenext_xx_small timm/poolformer_s12 timm/mixer_s32_224 timm/resmlp_12_224
timm/cait_xxs24_224 timm/crossvit_tiny_240 timm/pit_ti_224 timm/pvt_v2_b0 timm/twins_pcpvt_small
timm/xcit_nano_12_p16_224 timm/convit_tiny timm/fastvit_t8 timm/inception_next_tiny timm/davit_tiny
timm/tiny_vit_5m_224 timm/cspresnet50 timm/resnetaa50 timm/eca_nfnet_l0
""".split()

# So many maps are compared.
CLASSES = 8

# Formats, each with what the exporter and the command are asked for.
KINDS = {
    "pt fp32": ("pt", [], ["--precision", "fp32", "--batch", "2"]),
    "pt bf16": ("pt", [], ["--precision", "bf16", "--batch", "2"]),
    "pt2 fp32": ("pt2", ["--precision", "fp32", "--batch", "2"], []),
    "pt2 bf16": ("pt2", ["--precision", "bf16", "--batch", "2"], []),
    "onnx fp32": ("onnx", ["--batch", "2"], ["--batch", "2"]),
}


def declare_operators() -> Any:
    """Lets torchvision be imported where its compiled operators, which no classifier uses, cannot be loaded."""
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        with contextlib.suppress(RuntimeError):
            library.define(f"{name}(Tensor a, Tensor b, float c) -> Tensor")
    return library


def exporter() -> Any:
    spec = importlib.util.spec_from_file_location(
        "export_model", ROOT / "samples/export/export_model.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["export_model"] = module
    spec.loader.exec_module(module)
    bare = module.build

    def build(options: argparse.Namespace) -> Any:
        """Some networks begin with a last layer of zeros, whose scores would all be alike."""
        built = bare(options)
        torch.manual_seed(1)
        for layer in built.module.modules():
            if isinstance(layer, torch.nn.Linear) and not layer.weight.abs().max() > 0:
                torch.nn.init.normal_(layer.weight, std=0.02)
        return built

    module.build = build
    return module


def export(tool: Any, network: str, kind: str, work: Path) -> str:
    """Writes a file once; what went wrong, or nothing."""
    ending, asked, _ = KINDS[kind]
    folder = work / network.replace("/", "-") / (ending if ending != "pt2" else kind.replace(" ", "-"))
    done = folder / "done.txt"
    if done.is_file():
        return done.read_text()
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    said = io.StringIO()
    problem = ""
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            options = tool.arguments().parse_args(
                [network, "--formats", ending, "--out", str(folder), "--name", "model", *asked]
            )
            code = tool.export(options)
            problem = "" if code == 0 else "exported with other scores"
        except SystemExit:
            problem = "not exported: " + said.getvalue().strip().splitlines()[-1]
        except Exception as error:
            problem = f"not exported: {type(error).__name__}: {str(error).splitlines()[0][:200]}"
    (folder / "said.txt").write_text(said.getvalue())
    done.write_text(problem)
    return problem


def file_of(network: str, kind: str, work: Path) -> Path:
    ending = KINDS[kind][0]
    folder = work / network.replace("/", "-") / (ending if ending != "pt2" else kind.replace(" ", "-"))
    return folder / f"model.{ending}"


def eager(tool: Any, network: str) -> Any:
    torch.manual_seed(0)
    options = tool.arguments().parse_args([network])
    with contextlib.redirect_stdout(io.StringIO()):
        built = tool.build(options)
    built.module = built.module.float().eval()
    return built


def picture(size: tuple[int, int]) -> np.ndarray:
    """Coloured blobs with some noise, so that neither scores nor maps are flat."""
    random = np.random.default_rng(3)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    pixels = np.full((size[1], size[0], 3), 90.0)
    for _ in range(6):
        at, radius = random.random(2), random.uniform(0.05, 0.25)
        far = (x / size[0] - at[0]) ** 2 + (y / size[1] - at[1]) ** 2
        pixels += np.exp(-far / radius**2)[..., None] * random.uniform(-90, 140, 3)
    return np.clip(pixels + random.normal(0, 8, pixels.shape), 0, 255).astype(np.uint8)


def quicklime(*arguments: str) -> tuple[int, str]:
    ran = subprocess.run(
        [ROOT / "samples/quicklime", *arguments], capture_output=True, text=True, timeout=900
    )
    return ran.returncode, (ran.stderr.strip().splitlines() or [""])[-1]


def tensor(pixels: np.ndarray, built: Any) -> torch.Tensor:
    scaled = torch.from_numpy(pixels).double().permute(2, 0, 1)[None] / 255
    mean, std = (torch.tensor(each, dtype=torch.double)[:, None, None] for each in (built.mean, built.std))
    return ((scaled - mean) / std).float()


def explained(file: Path, kind: str, shot: Path, expected: np.ndarray, out: Path) -> str:
    code, said = quicklime(
        "explain", str(shot), "--model", str(file), "--tiles", "2x2", "--samples", "8", "--design", "bernoulli",
        "--resize", "stretch", "--target", "logit", "--scores", str(len(expected)), "--quiet", "--out", str(out), *KINDS[kind][2],
    )  # fmt: skip
    if code != 0:
        return f"fails ({code}): {said[:160]}"
    result = json.loads(next(out.glob("*/explanation.json")).read_text())
    got = np.full(len(expected), np.nan)
    for score in result["scores"]:
        got[score["index"]] = score["score"]
    return f"{np.abs(got - expected).max() / expected.std():.1e}"


class LastOf(TorchFunctionMode):
    """Keeps the last result of any function whose places are those of a map, be it a module's or not."""

    def __init__(self, places: tuple[int, int]) -> None:
        super().__init__()
        self.places, self.last = places, None

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = function(*args, **(kwargs or {}))
        if torch.is_tensor(result) and result.dim() == 4 and result.requires_grad:
            if tuple(result.shape[2:]) == self.places:
                self.last = result
        return result


def autograd_maps(built: Any, layer: str, given: torch.Tensor, places: tuple[int, int]) -> np.ndarray | None:
    """Those of the first classes, of which some are 0 everywhere behind their rectifier."""
    module = dict(built.module.named_modules()).get(layer)
    if module is None:
        # The trace's name of a value that a function gives, as of the rectifier behind DenseNet's last module.
        with LastOf(places) as watch:
            scores = built.module(given)
        kept = [watch.last]
    else:
        kept = []
        hook = module.register_forward_hook(lambda _m, _i, result: kept.append(result))
        try:
            scores = built.module(given)
        finally:
            hook.remove()
    scores = scores if torch.is_tensor(scores) else scores[0]
    if len(kept) != 1 or not torch.is_tensor(kept[0]):
        return None
    values = as_maps(kept[0].detach()[0], places)
    if values is None:
        return None
    maps = []
    for index in range(CLASSES):
        gradient = as_maps(torch.autograd.grad(scores[0, index], kept[0], retain_graph=True)[0][0], places)
        maps.append((gradient.mean((1, 2))[:, None, None] * values).sum(0).relu().numpy())
    return np.stack(maps)


def as_maps(values: torch.Tensor, places: tuple[int, int]) -> torch.Tensor | None:
    """Channels first, of what has them so, last, or as tokens behind those that stand for no place."""
    if values.dim() == 2:
        extra = values.shape[0] - places[0] * places[1]
        values = values[extra:].T.reshape(-1, *places)
    elif tuple(values.shape[:2]) == places:
        values = values.permute(2, 0, 1)
    return values if tuple(values.shape[1:]) == places else None


def mapped(file: Path, built: Any, shot: Path, given: torch.Tensor, out: Path) -> str:
    code, said = quicklime(
        "gradcam", str(shot), "--model", str(file), "--resize", "stretch", "--classes", ",".join(map(str, range(CLASSES))),
        "--export", "--quiet", "--out", str(out),
    )  # fmt: skip
    if code != 0:
        return f"fails ({code}): {said[:160]}"
    folder = next(out.glob("*/cam.npz")).parent
    layer = json.loads((folder / "gradcam.json").read_text())["layer"]
    layer = layer if isinstance(layer, str) else layer["name"]
    found = np.load(folder / "cam.npz")["maps"]
    places = found.shape[1:]
    expected = autograd_maps(built, layer, given, places)
    if expected is None:
        return f"{layer}: no module of that name gives {places[0]}x{places[1]}"
    largest = float(expected.max())
    if largest == 0:
        return f"{layer}: no map has a place above 0"
    return f"{layer} {np.abs(found - expected).max() / largest:.1e}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--formats", default="pt,onnx,pt2")
    parser.add_argument("--export-only", action="store_true")
    options = parser.parse_args()
    operators = declare_operators()
    tool = exporter()
    names = [name for name in NETWORKS if not options.only or name.split("/")[1] in options.only.split(",")]
    kinds = [kind for kind in KINDS if KINDS[kind][0] in options.formats.split(",")]
    print("| network | " + " | ".join(kinds) + " | Grad-CAM layer, difference |")
    print("|---" * (len(kinds) + 2) + "|", flush=True)
    for name in names:
        row = work_on(tool, name, kinds, options)
        print(f"| {name} | " + " | ".join(row) + " |", flush=True)
    del operators
    return 0


def work_on(tool: Any, name: str, kinds: list[str], options: argparse.Namespace) -> list[str]:
    work: Path = options.work
    problems = {kind: export(tool, name, kind, work) for kind in kinds}
    if options.export_only:
        return [problems[kind] or "exported" for kind in kinds] + [""]
    result = work / name.replace("/", "-") / "row.json"
    row: dict[str, str] = json.loads(result.read_text()) if result.is_file() else {}
    built = eager(tool, name)
    pixels = picture(built.size)
    given = tensor(pixels, built)
    with torch.inference_mode():
        scores = built.module(given)
    expected = (scores if torch.is_tensor(scores) else scores[0])[0].double().numpy()
    with tempfile.TemporaryDirectory() as scratch:
        shot = Path(scratch) / "shot.png"
        Image.fromarray(pixels).save(shot)
        for kind in kinds:
            if kind not in row:
                file = file_of(name, kind, work)
                row[kind] = (
                    explained(file, kind, shot, expected, Path(scratch) / kind.replace(" ", "-"))
                    if file.is_file()
                    else problems[kind]
                )
        if "gradcam" not in row and "pt fp32" in kinds and file_of(name, "pt fp32", work).is_file():
            row["gradcam"] = mapped(file_of(name, "pt fp32", work), built, shot, given, Path(scratch) / "cam")
    result.write_text(json.dumps(row, indent=1))
    return [row[kind] for kind in kinds] + [row.get("gradcam", "")]


if __name__ == "__main__":
    sys.exit(main())
