#!/usr/bin/env python3
"""Compares the scores of a model file with those of a network in Python, on the same pixels.

    compare_scores.py MODEL NETWORK [--weights F] [--entry KEY]

MODEL is TorchScript (.pt), a package of AOTInductor (.pt2) or ONNX; NETWORK is timm/NAME or
torchvision/NAME. What other networks share with this one are names and shapes of their weights, so
that only the scores can tell them apart. Prints the largest difference; ends with 1 if it is more
than a thousandth of the scores' spread.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import warnings
from pathlib import Path
from typing import Any, Callable, NoReturn

try:
    import torch
except ImportError:
    sys.exit("compare_scores: torch is missing; install it with: pip install torch==2.13.*")

BOUND = 1e-3


def fail(message: str) -> NoReturn:
    """Ends with one line for what the user can mend."""
    print(f"compare_scores: {' '.join(message.split())}", file=sys.stderr)
    raise SystemExit(2)


def declare_operators() -> Any:
    """Lets torchvision be imported where its compiled operators do not load."""
    try:
        importlib.import_module("torchvision")
        return None
    except (ImportError, RuntimeError):
        for name in [n for n in sys.modules if n.split(".")[0] == "torchvision"]:
            del sys.modules[name]
    try:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor a, Tensor b, float c) -> Tensor")
        return library
    except RuntimeError:
        return None


def tensors(path: Path, entry: str | None) -> dict[str, torch.Tensor]:
    """The state dict of a file, of one of its keys if that is asked for."""
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(path)
    found = torch.load(path, map_location="cpu", weights_only=True)
    for key in entry.split(".") if entry else []:
        if not isinstance(found, dict) or key not in found:
            fail(f"{path} must have {entry}, got {sorted(map(str, found))[:8]}")
        found = found[key]
    return found


def network(name: str, weights: Path, entry: str | None) -> torch.nn.Module:
    """The network with its weights, as it infers."""
    library, _, model = name.partition("/")
    if library not in ("timm", "torchvision") or not model:
        fail(f"NETWORK must be timm/NAME or torchvision/NAME, got {name}")
    state = tensors(weights, entry)
    classes = {"num_classes": state["fc.weight"].shape[0]} if "fc.weight" in state else {}
    if library == "timm":
        built = importlib.import_module("timm").create_model(model, pretrained=False, **classes)
    else:
        built = importlib.import_module("torchvision").models.get_model(model, weights=None, **classes)
    try:
        built.load_state_dict(state)
    except RuntimeError as e:
        fail(f"{weights} must be of {name}: {str(e)[:300]}")
    return built.float().eval()


def scorer(path: Path) -> Callable[[torch.Tensor], torch.Tensor]:
    """What scores a batch by the file."""
    if path.suffix == ".onnx":
        import onnxruntime

        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        name = session.get_inputs()[0].name
        return lambda pixels: torch.from_numpy(session.run(None, {name: pixels.numpy()})[0])
    if path.suffix == ".pt2":
        return torch._inductor.aoti_load_package(str(path))
    return torch.jit.load(path, map_location="cpu").eval()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("network")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--entry", help="key of the checkpoint that the weights are under")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--batch", type=int, default=2, help="pictures; that of the file where it is fixed")
    args = parser.parse_args()
    for file in (args.model, args.weights):
        if not file.is_file():
            fail(f"{file}: there is no such file")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    _ = declare_operators()
    built = network(args.network, args.weights, args.entry)
    pixels = torch.randn(
        args.batch, 3, args.size, args.size, generator=torch.Generator().manual_seed(0)
    )
    with torch.no_grad():
        expected = built(pixels).double()
        got = scorer(args.model)(pixels)
    got = (got[0] if isinstance(got, (list, tuple)) else got).double()
    if got.shape != expected.shape:
        fail(f"{args.model} must give scores {list(expected.shape)}, got {list(got.shape)}")
    difference = (got - expected).abs().max().item()
    spread = expected.std().item()
    same = difference <= BOUND * spread
    print(
        f"largest difference {difference:.3g}, spread of the scores {spread:.3g}:"
        f" {'the same network' if same else 'another network'}"
    )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
