#!/usr/bin/env python3
"""Compares the maps of `samples/quicklime gradcam` on ONNX files with those of PyTorch's own autograd.

  pip install torch torchvision timm onnx onnxscript onnxruntime numpy pillow
  bench/peers/gradcam_onnx.py [--networks torchvision/resnet18,timm/convnext_atto] [--keep DIR]

Networks of torchvision and timm, with random weights of a fixed seed, are written by samples/export/export_model.py as
they are, without an output for the activation. Quicklime finds the layer and its weights by differences; here autograd
finds them for the module that the exporter's --with-activation would name. Of the three best classes' maps the table has
Pearson's correlation, the largest difference in parts of the largest value, and the seconds that the weights took, for
all classes of a picture. Exits with 1 where a correlation is below .999.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import torch
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEAST = 0.999
NETWORKS = (
    "torchvision/resnet18 torchvision/resnet50 torchvision/densenet121 torchvision/efficientnet_b0 torchvision/convnext_tiny"
    " torchvision/mobilenet_v3_large torchvision/regnet_y_400mf torchvision/swin_t torchvision/squeezenet1_1"
    " torchvision/vgg11_bn timm/mobilenetv3_small_100 timm/convnext_atto timm/ghostnet_100 timm/repvgg_a0"
)


def declared():
    """torchvision can be imported where its compiled operators, which no classifier needs, cannot be loaded."""
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        with contextlib.suppress(RuntimeError):
            library.define(f"{name}(Tensor a, Tensor b, float c) -> Tensor")
    return library


def exporter():
    spec = importlib.util.spec_from_file_location("export_model", ROOT / "samples/export/export_model.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["export_model"] = module
    spec.loader.exec_module(module)
    return module


def picture(size):
    """Coloured blobs with some noise, so that neither scores nor maps are flat."""
    random = np.random.default_rng(3)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    pixels = np.full((size[1], size[0], 3), 90.0)
    for _ in range(6):
        at, radius = random.random(2), random.uniform(0.05, 0.25)
        far = (x / size[0] - at[0]) ** 2 + (y / size[1] - at[1]) ** 2
        pixels += np.exp(-far / radius**2)[..., None] * random.uniform(-90, 140, 3)
    return np.clip(pixels + random.normal(0, 8, pixels.shape), 0, 255).astype(np.uint8)


def grad_cam(network, layer, pixels, classes):
    kept = []
    hook = layer.register_forward_hook(lambda _m, _i, output: kept.append(output.clone()) or kept[-1])
    scores = network(pixels)
    hook.remove()
    maps = []
    for index in classes:
        gradient = torch.autograd.grad(scores[0, index], kept[0], retain_graph=True)[0][0]
        alpha = gradient.double().mean((1, 2))
        maps.append((alpha[:, None, None] * kept[0][0].detach()).sum(0).clamp(min=0).numpy())
    return np.stack(maps)


def compare(tool, name, folder):
    torch.manual_seed(0)
    options = tool.arguments().parse_args(
        [name, "--formats", "onnx", "--batch", "2", "--out", str(folder), "--name", "model"]
    )
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        tool.export(options)
        torch.manual_seed(0)
        built = tool.build(options)
    network = built.module.float().eval()
    pixels = picture(built.size)
    Image.fromarray(pixels).save(folder / "shot.png")
    subprocess.run(
        [
            ROOT / "samples/quicklime", "gradcam", folder / "shot.png", "--model", folder / "model.onnx",
            "--threads", "2", "--export", "--quiet", "--out", folder / "maps", "--resize", "stretch",
        ],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    found = np.load(folder / "maps/shot/cam.npz")
    said = json.loads((folder / "maps/shot/gradcam.json").read_text())
    mean, std = (np.array(each, dtype=np.float32) for each in (built.mean, built.std))
    given = torch.from_numpy(((pixels.astype(np.float32) / 255 - mean) / std).transpose(2, 0, 1)[None].copy())
    module, layer = tool.mapped_layer(network, given, "")
    expected = grad_cam(network, layer, given, found["classes"].tolist())
    maps = found["maps"]
    if maps.shape != expected.shape:
        return name, module, f"{maps.shape[1:]} for {expected.shape[1:]}", "", "", False
    correlation = np.corrcoef(maps.ravel(), expected.ravel())[0, 1]
    apart = np.abs(maps - expected).max() / expected.max()
    seconds = said["timings"]["backward"] / 1000
    return name, module, f"{correlation:.8f}", f"{apart:.1e}", f"{seconds:.2f}", correlation >= LEAST


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS.split()), help="default: %(default)s")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for models and maps")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    library = declared()
    tool = exporter()
    print("| network | layer | correlation | difference | seconds |\n|---|---|---|---|---|")
    good = True
    with tempfile.TemporaryDirectory() as temporary:
        for name in args.networks.split(","):
            folder = (args.keep or pathlib.Path(temporary)) / name.replace("/", "-")
            folder.mkdir(parents=True, exist_ok=True)
            *row, equal = compare(tool, name, folder)
            good &= equal
            print("| " + " | ".join(row) + " |", flush=True)
    del library
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
