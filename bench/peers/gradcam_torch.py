#!/usr/bin/env python3
"""Compares the maps of `samples/quicklime gradcam` with those of PyTorch's own autograd.

  pip install torch numpy pillow
  bench/peers/gradcam_torch.py [--networks resnet50,vgg,inception,mobilenet,vit,r3d18] [--pictures 2] [--keep DIR]

Networks with random weights are made by `samples/quicklime network`. Each is written out here a second time, as a module
that PyTorch runs eagerly with the weights of the TorchScript file, taken over by their names; a hook on a module keeps
the activation, which TorchScript does not allow. `absolute` is the largest difference of all maps, `relative` that in
parts of a map's largest value. Exits with 1 where either is above 1e-4, or where the two take different classes for the
best ones. Weights that add up to 1 give maps of another scale, so that of them `relative` alone counts; where the
weights cancel each other, as before a layer normalisation, dividing by their sum leaves rounding, and nothing counts.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOLERANCE = 1e-4
LEAST_SUM = 1e-12
CANCELLING = 1e-3
SETTINGS = (("logit", "mean"), ("probability", "mean"), ("logit", "sum-to-one"))
FRAMES = 16


class Bottleneck(nn.Module):
    """A block of ResNet-50."""

    def __init__(self, before, inner, stride, projected):
        super().__init__()
        self.conv1 = nn.Conv2d(before, inner, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv3 = nn.Conv2d(inner, 4 * inner, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * inner)
        if projected:
            self.downsample = nn.Sequential(
                nn.Conv2d(before, 4 * inner, 1, stride, bias=False), nn.BatchNorm2d(4 * inner)
            )
        self.projected = projected

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)))
        y = functional.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return functional.relu(y + (self.downsample(x) if self.projected else x))


class ResNet50(nn.Module):
    layer = "layer4"

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        before = 64
        for stage, depth in enumerate((3, 4, 6, 3)):
            blocks = []
            for i in range(depth):
                inner = 64 << stage
                blocks.append(Bottleneck(before, inner, 2 if i == 0 and stage > 0 else 1, i == 0))
                before = 4 * inner
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class Vgg(nn.Module):
    layer = "features.18"

    def __init__(self, classes):
        super().__init__()
        parts, before = [], 3
        for width in (8, 16, 32, 32):
            for _ in range(2):
                parts += [nn.Conv2d(before, width, 3, padding=1), nn.ReLU()]
                before = width
            parts.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*parts)
        self.avgpool = nn.AdaptiveAvgPool2d(4)
        self.classifier = nn.Sequential(nn.Linear(16 * before, 64), nn.ReLU(), nn.Dropout(), nn.Linear(64, classes))

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)).flatten(1))


class Unit(nn.Module):
    """A convolution, normalised and rectified."""

    def __init__(self, before, width, side, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(before, width, side, stride, side // 2)
        self.bn = nn.BatchNorm2d(width)

    def forward(self, x):
        return functional.relu(self.bn(self.conv(x)))


class Mixed(nn.Module):
    """Four branches side by side."""

    def __init__(self, before, width):
        super().__init__()
        self.branch1x1 = Unit(before, width, 1)
        self.branch3x3 = nn.Sequential(Unit(before, width, 1), Unit(width, width, 3))
        self.branch5x5 = nn.Sequential(Unit(before, width // 2, 1), Unit(width // 2, width, 5))
        self.branch_pool = Unit(before, width, 1)

    def forward(self, x):
        pooled = functional.avg_pool2d(x, 3, 1, 1)
        return torch.cat([self.branch1x1(x), self.branch3x3(x), self.branch5x5(x), self.branch_pool(pooled)], 1)


class Inception(nn.Module):
    layer = "features"

    def __init__(self, classes):
        super().__init__()
        self.features = nn.Sequential(
            Unit(3, 12, 3, 2), Unit(12, 16, 3), nn.MaxPool2d(3, 2, 1), Mixed(16, 8), nn.MaxPool2d(3, 2, 1), Mixed(32, 12)
        )
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(48, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def activated(before, width, side, stride, groups, activation):
    convolution = nn.Conv2d(before, width, side, stride, side // 2, groups=groups)
    return nn.Sequential(convolution, nn.BatchNorm2d(width), activation)


class SqueezeExcitation(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Conv2d(width, width // 4, 1)
        self.fc2 = nn.Conv2d(width // 4, width, 1)

    def forward(self, x):
        squeezed = functional.relu(self.fc1(x.mean((2, 3), keepdim=True)))
        return functional.hardsigmoid(self.fc2(squeezed)) * x


class Inverted(nn.Module):
    """Expanded, convolved channel by channel, and squeezed again."""

    def __init__(self, before, inner, width, stride, excited):
        super().__init__()
        activation = nn.Hardswish() if excited else nn.ReLU6()
        parts = [activated(before, inner, 1, 1, 1, activation), activated(inner, inner, 3, stride, inner, activation)]
        if excited:
            parts.append(SqueezeExcitation(inner))
        self.block = nn.Sequential(*parts, nn.Conv2d(inner, width, 1), nn.BatchNorm2d(width))
        self.around = stride == 1 and before == width

    def forward(self, x):
        return x + self.block(x) if self.around else self.block(x)


class MobileNet(nn.Module):
    layer = "features"

    def __init__(self, classes):
        super().__init__()
        self.features = nn.Sequential(
            activated(3, 8, 3, 2, 1, nn.Hardswish()),
            Inverted(8, 16, 8, 1, False),
            Inverted(8, 24, 16, 2, True),
            Inverted(16, 48, 16, 1, True),
            Inverted(16, 48, 24, 2, True),
            activated(24, 64, 1, 1, 1, nn.Hardswish()),
        )
        self.classifier = nn.Sequential(nn.Linear(64, 48), nn.Hardswish(), nn.Dropout(), nn.Linear(48, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class Attention(nn.Module):
    heads = 4

    def __init__(self, width):
        super().__init__()
        self.in_proj = nn.Linear(width, 3 * width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.in_proj(x).view(batch, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(2, 3) / (width / self.heads) ** 0.5).softmax(3)
        return self.out_proj((weights @ v).transpose(1, 2).reshape(batch, tokens, width))


class Block(nn.Module):
    """A block of the transformer."""

    def __init__(self, width):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width, 1e-6)
        self.self_attention = Attention(width)
        self.ln_2 = nn.LayerNorm(width, 1e-6)
        self.linear_1 = nn.Linear(width, 2 * width)
        self.linear_2 = nn.Linear(2 * width, width)

    def forward(self, x):
        x = x + self.self_attention(self.ln_1(x))
        return x + self.linear_2(functional.gelu(self.linear_1(self.ln_2(x))))


class VisionTransformer(nn.Module):
    layer = "layers.1"

    def __init__(self, classes, width=32, side=6):
        super().__init__()
        self.conv_proj = nn.Conv2d(3, width, 8, 8)
        self.class_token = nn.Parameter(torch.empty(1, 1, width))
        self.pos_embedding = nn.Parameter(torch.empty(1, side * side + 1, width))
        self.layers = nn.Sequential(*(Block(width) for _ in range(3)))
        self.ln = nn.LayerNorm(width, 1e-6)
        self.head = nn.Linear(width, classes)
        self.side = side

    def forward(self, x):
        x = self.conv_proj(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_token.expand(len(x), -1, -1), x], 1) + self.pos_embedding
        return self.head(self.ln(self.layers(x))[:, 0])

    def maps(self, tokens):
        """Tokens as maps, without that of the class."""
        return tokens[:, 1:].transpose(1, 2).reshape(len(tokens), -1, self.side, self.side)


class VideoBlock(nn.Module):
    """A block of R3D-18."""

    def __init__(self, before, width, stride):
        super().__init__()
        self.conv1 = nn.Sequential(
            nn.Conv3d(before, width, 3, stride, 1, bias=False), nn.BatchNorm3d(width), nn.ReLU()
        )
        self.conv2 = nn.Sequential(nn.Conv3d(width, width, 3, 1, 1, bias=False), nn.BatchNorm3d(width))
        self.projected = stride > 1 or before != width
        if self.projected:
            self.downsample = nn.Sequential(nn.Conv3d(before, width, 1, stride, bias=False), nn.BatchNorm3d(width))

    def forward(self, x):
        return functional.relu(self.conv2(self.conv1(x)) + (self.downsample(x) if self.projected else x))


class R3d18(nn.Module):
    layer = "layer4"

    def __init__(self, classes):
        super().__init__()
        widths = (8, 12, 16, 24)
        self.stem = nn.Sequential(
            nn.Conv3d(3, widths[0], (3, 7, 7), (1, 2, 2), (1, 3, 3), bias=False), nn.BatchNorm3d(widths[0]), nn.ReLU()
        )
        before = widths[0]
        for stage, width in enumerate(widths):
            blocks = VideoBlock(before, width, 2 if stage > 0 else 1), VideoBlock(width, width, 1)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
            before = width
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        x = self.layer4(self.layer3(self.layer2(self.layer1(self.stem(x)))))
        return self.fc(x.mean((2, 3, 4)))


NETWORKS = {
    "resnet50": ResNet50,
    "vgg": Vgg,
    "inception": Inception,
    "mobilenet": MobileNet,
    "vit": VisionTransformer,
    "r3d18": R3d18,
}


def quicklime(*arguments):
    subprocess.run([str(ROOT / "samples/quicklime"), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def eager(kind, file):
    """The network written out above, with the weights of the file."""
    weights = torch.jit.load(str(file), map_location="cpu").state_dict()
    classes = list(weights.values())[-1].shape[0]
    network = NETWORKS[kind](classes)
    missing, unexpected = network.load_state_dict(weights, strict=False)
    if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
        raise SystemExit(f"{kind}: weights do not fit, {missing} are missing and {unexpected} left over")
    return network.eval()


def grad_cam(network, pixels, classes, target, normalization):
    """Plain Grad-CAM: maps [C, places...], the scores, and how much is left of the weights in their sum."""
    kept = []
    hook = network.get_submodule(network.layer).register_forward_hook(lambda _m, _i, output: kept.append(output))
    scores = network(pixels)
    hook.remove()
    (activation,) = kept
    values = scores if target == "logit" else scores.softmax(1)
    maps, left = [], 1.0
    for index in classes:
        (gradient,) = torch.autograd.grad(values[0, index], activation, retain_graph=True)
        shown = getattr(network, "maps", lambda tensor: tensor)
        a, g = shown(activation.detach())[0], shown(gradient)[0]
        sums = g.flatten(1).double().sum(1)
        divisor = g[0].numel()
        left = min(left, float(sums.sum().abs() / sums.abs().sum()))
        if normalization == "sum-to-one" and sums.sum() > LEAST_SUM * sums.abs().sum():
            divisor = sums.sum()
        alpha = (sums / divisor).view(-1, *[1] * (a.dim() - 1))
        maps.append((alpha * a).sum(0).clamp(min=0).numpy())
    return np.stack(maps), scores.detach().numpy()[0], left


def tensor(card, files, video):
    """Pictures of the model's size, as it takes them."""
    mean, std = np.array(card["mean"]), np.array(card["std"])
    frames = [(np.asarray(Image.open(file).convert("RGB")) / 255.0 - mean) / std for file in files]
    stacked = np.stack(frames).astype(np.float32)
    return torch.from_numpy(stacked.transpose(3, 0, 1, 2)[None] if video else stacked.transpose(0, 3, 1, 2))


def compare(kind, folder, pictures):
    """Yields a row for each picture and setting."""
    file = folder / f"{kind}.pt"
    quicklime("network", "--kind", kind, "--classes", 10, "--seed", 1, "--out", file)
    card = json.loads((folder / f"{kind}.pt.json").read_text())
    network = eager(kind, file)
    video = kind == "r3d18"
    scenes = folder / f"{kind}-pictures"
    size = f"{card['width']}x{card['height']}"
    quicklime("scenes", "generate", "--count", FRAMES if video else pictures, "--size", size, "--seed", 3, "--out", scenes)
    files = sorted(scenes.glob("*.png"))
    inputs = {scenes.name: files} if video else {one.stem: [one] for one in files}
    for target, normalization in SETTINGS:
        out = folder / f"{kind}-{target}-{normalization}"
        options = ["--target", target, "--alpha-normalization", normalization, "--threads", 2, "--export", "--quiet"]
        named = [scenes, "--video", "--clip", FRAMES] if video else files
        quicklime("gradcam", *named, "--model", file, "--out", out, *options)
        for name, frames in inputs.items():
            found = np.load(out / name / "cam.npz")
            classes = found["classes"].tolist()
            expected, scores, left = grad_cam(network, tensor(card, frames, video), classes, target, normalization)
            if found["maps"].shape != expected.shape:
                raise SystemExit(f"{kind}: maps are {found['maps'].shape}, should be {expected.shape}")
            best = np.argsort(-scores, kind="stable")[: len(classes)].tolist()
            difference = np.abs(found["maps"] - expected)
            largest = expected.reshape(len(classes), -1).max(1)
            relative = (difference.reshape(len(classes), -1).max(1) / np.maximum(largest, 1e-12))[largest > 0].max(initial=0)
            good = best == classes and relative <= TOLERANCE
            if normalization == "mean":
                good = good and difference.max() <= TOLERANCE
            cancels = normalization != "mean" and left < CANCELLING
            yield (
                kind, network.layer, "x".join(map(str, expected.shape[1:])), target, normalization, name,
                f"{largest.max():.3g}", f"{difference.max():.1e}", f"{relative:.1e}",
                "weights cancel" if cancels else "equal" if good else "DIFFERENT",
            )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="default: %(default)s")
    parser.add_argument("--pictures", type=int, default=2, help="of each network that takes pictures; default: 2")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for models, pictures and maps")
    args = parser.parse_args()
    rows = [("network", "layer", "map", "target", "weights", "input", "largest", "absolute", "relative", "")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for kind in args.networks.split(","):
            rows += compare(kind, folder, args.pictures)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
    return int(any(row[-1] == "DIFFERENT" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
