"""Compares the pixels Quicklime gives to a model with those of torchvision's and timm's own transforms.

    python bench/peers/pixels.py --class-path $(cat cp.txt) --photos FOLDER

Photographs of a folder and synthetic pictures from 300 to 8000 pixels wide, as JPEG and PNG. Each line gives the mean difference and the 99th
percentile over all channels of all pixels in levels of 255, and how many differ at all, once from the file (each with its own decoder) and once from
a PNG of the pixels that PIL decoded (the same decoder). Ends with 1 where a mean is above 1 or a percentile above 3.
"""

import argparse
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from PIL import Image

LIBRARY = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms"):
    LIBRARY.define(operator + "(Tensor a, Tensor b, float c) -> Tensor")

from timm.data import create_transform  # noqa: E402
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Resize  # noqa: E402

BILINEAR, BICUBIC = InterpolationMode.BILINEAR, InterpolationMode.BICUBIC


def torchvision(resize, size, mode=BILINEAR):
    return str(resize), size, mode, Compose([Resize(resize, mode), CenterCrop(size)])


def timm(size, crop_pct, mode, crop_mode):
    scaled = math.floor(size / crop_pct)
    own = create_transform(size, interpolation=mode, crop_pct=crop_pct, crop_mode=crop_mode)
    pixels = Compose([step for step in own.transforms if type(step).__name__ in ("Resize", "ResizeKeepRatio", "CenterCrop", "CenterCropOrPad")])
    text = f"{scaled}x{scaled}" if crop_mode == "squash" else str(scaled)
    return text, size, InterpolationMode(mode), pixels


INPUTS = {
    "torchvision ResNet V1": torchvision(256, 224),
    "torchvision ResNet V2": torchvision(232, 224),
    "torchvision ConvNeXt": torchvision(236, 224),
    "torchvision Inception": torchvision(342, 299),
    "torchvision Swin": torchvision(232, 224, BICUBIC),
    "torchvision ViT": torchvision(256, 224),
    "torchvision ViT-L SWAG": torchvision(512, 512, BICUBIC),
    "torchvision MaxViT": torchvision(224, 224, BICUBIC),
    "timm ResNet, center": timm(224, 0.95, "bicubic", "center"),
    "timm ViT, center": timm(224, 0.9, "bicubic", "center"),
    "timm MaxViT, center": timm(224, 0.95, "bicubic", "center"),
    "timm, squash": timm(224, 0.95, "bicubic", "squash"),
    "timm, squash, whole": timm(384, 1.0, "bicubic", "squash"),
    "crop larger than the picture": torchvision(97, 224),
}


def synthetic(folder):
    """Noise, edges and waves, so that every frequency is there."""
    random = np.random.default_rng(7)
    sizes = [(300, 401), (640, 427), (1001, 333), (225, 2250), (1600, 1200), (3000, 2001), (4032, 3024), (8000, 5333)]
    for width, height in sizes:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        waves = 127 + 120 * np.sin(x * x / (3 * width)) * np.cos(y * y / (5 * height))
        edges = np.where((x // 17 + y // 23) % 2 > 0, 255, 0)
        noise = random.integers(0, 256, (height, width))
        picture = Image.fromarray(np.stack([waves, edges, noise], 2).astype(np.uint8))
        picture.save(folder / f"synthetic-{width}x{height}.png", compress_level=1)
        picture.save(folder / f"synthetic-{width}x{height}.jpg", quality=95)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--java", default="java")
    parser.add_argument("--photos", type=pathlib.Path)
    parser.add_argument("--control", action="store_true", help="ask Quicklime for area instead, which must fail")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        synthetic(folder)
        files = sorted(folder.glob("synthetic-*"))
        if options.photos:
            files += sorted(f for f in options.photos.rglob("*") if f.suffix.lower() in (".jpg", ".jpeg", ".png"))
        worst = {key: {"file": [0, 0, 0], "pixels": [0, 0, 0]} for key in INPUTS}
        jobs, expected = [], {}
        for number, file in enumerate(files):
            picture = Image.open(file)
            picture = picture.convert("RGB")
            same = folder / f"same-{number}.png"
            picture.save(same, compress_level=1)
            for key, (resize, size, mode, transform) in INPUTS.items():
                for kind, source in (("file", file), ("pixels", same)):
                    out = folder / f"{len(jobs)}.raw"
                    jobs.append("\t".join([str(source), str(size), str(size), resize, "AREA" if options.control else mode.name, str(out)]))
                    expected[out] = (key, kind, np.asarray(transform(picture)))
        jobs.sort()
        (folder / "jobs.txt").write_text("\n".join(jobs))
        program = pathlib.Path(__file__).with_name("Pixels.java")
        subprocess.run(
            [options.java, "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-cp", options.class_path, program, folder / "jobs.txt"],
            check=True,
        )
        for out, (key, kind, wanted) in expected.items():
            got = np.fromfile(out, np.uint8).reshape(wanted.shape)
            difference = np.abs(got.astype(int) - wanted)
            seen = [difference.mean(), np.percentile(difference, 99), np.count_nonzero(difference)]
            worst[key][kind] = [max(a, b) for a, b in zip(worst[key][kind], seen)]
        print(f"{len(files)} pictures; the worst of them, in levels of 255")
        print("| input | own decoder: mean | 99 % | differ | same decoder: mean | 99 % | differ |\n|---|---|---|---|---|---|---|")
        failed = False
        for key, kinds in worst.items():
            numbers = [f"{m:.3f} | {p:.0f} | {n:,}" for m, p, n in kinds.values()]
            print(f"| {key} | " + " | ".join(numbers) + " |")
            failed |= any(m > 1 or p > 3 for m, p, _ in kinds.values())
    return failed


if __name__ == "__main__":
    sys.exit(main())
