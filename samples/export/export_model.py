#!/usr/bin/env python3
"""Writes an image classifier as files that Quicklime opens.

    export_model.py MODEL --weights weights.safetensors --out FOLDER

MODEL is a name of torchvision's or timm's, or a Python file with a function build() that returns
the network. NAME.pt is TorchScript, NAME.pt2 a package that AOTInductor compiled for one device,
batch and number format, NAME.onnx for ONNX Runtime and others; model.json tells the input, the
labels and how the files were made. Pictures are brought to the input as the library itself does it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

try:
    import torch
except ImportError:
    sys.exit("export_model: torch is missing; install it with: pip install torch==2.13.*")

EXPORTER = "export_model.py 2"
IMAGENET_MEAN = [0.485, 0.456, 0.406]
IMAGENET_STD = [0.229, 0.224, 0.225]
TYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}

# How far scores may be from the eager network's, in units of those scores' standard deviation.
BOUNDS = {"fp32": 1e-3, "bf16": 0.1}


def fail(message: str) -> NoReturn:
    """Ends with one line for what the user can mend."""
    print(f"export_model: {' '.join(message.split())}", file=sys.stderr)
    raise SystemExit(2)


@dataclass
class Built:
    """A network and what its library knows of it."""

    module: torch.nn.Module
    name: str
    size: tuple[int, int] = (224, 224)
    mean: list[float] = field(default_factory=lambda: list(IMAGENET_MEAN))
    std: list[float] = field(default_factory=lambda: list(IMAGENET_STD))
    resize_to: int | tuple[int, int] | None = None
    interpolation: str = "bilinear"
    labels: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="export_model.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "model",
        metavar="MODEL",
        help="FILE.py with build(); or a name, as resnet50, torchvision/resnet50 or timm/resnet50."
        " A name with a tag behind takes the library's own weights: torchvision/resnet50.DEFAULT,"
        " timm/resnet50.a1_in1k",
    )
    add("--weights", metavar="F", help="a state dict, .pth, .pt or .safetensors (default: none)")
    add("--classes", type=int, metavar="N", help="classes of a named network (default: its own)")
    add("--out", default=".", metavar="DIR", help="where the files go (default: %(default)s)")
    add("--name", help="name of the files without extension (default: the model's)")
    add(
        "--formats",
        default="pt,pt2",
        help="which files are written, of pt, pt2 and onnx (default: %(default)s)",
    )
    package = parser.add_argument_group("the package, NAME.pt2")
    add = package.add_argument
    add("--device", choices=["cpu", "cuda"], default="cpu", help="(default: %(default)s)")
    add("--precision", choices=list(TYPES), default="bf16", help="(default: %(default)s)")
    add("--batch", type=int, default=16, help="pictures of a forward pass (default: %(default)s)")
    add(
        "--layout",
        choices=["nhwc", "nchw"],
        default="nhwc",
        help="order of the input; nhwc is channels last (default: %(default)s)",
    )
    add(
        "--no-freeze",
        dest="freeze",
        action="store_false",
        help="do not fold and prepack constants (default: do)",
    )
    add("--max-autotune", action="store_true", help="try more kernels (default: no)")
    add(
        "--isa",
        choices=["native", "avx2"],
        default="native",
        help="instruction sets of the compiled code: this processor's, or those of nearly every"
        " one (default: %(default)s)",
    )
    script = parser.add_argument_group("TorchScript, NAME.pt; always fp32, for any batch")
    script.add_argument(
        "--script", action="store_true", help="torch.jit.script (default: torch.jit.trace)"
    )
    onnx = parser.add_argument_group("ONNX, NAME.onnx; always fp32")
    onnx.add_argument(
        "--fixed-batch",
        action="store_true",
        help="for --batch pictures at once only (default: for any number of them)",
    )
    onnx.add_argument(
        "--with-activation",
        nargs="?",
        const="",
        metavar="MODULE",
        help="return what this module returns, maps [batch, K, height, width], as a second output"
        " called activation, which is what Grad-CAM maps then; without a name the last one with"
        " places of the picture (default: scores alone)",
    )
    card = parser.add_argument_group("the input, written to model.json")
    add = card.add_argument
    add("--size", metavar="N|WxH", help="(default: the library's own, else 224)")
    add(
        "--resize",
        choices=["stretch", "crop", "pad"],
        help="how a picture of another shape is fitted (default: the library's own, else stretch)",
    )
    add(
        "--resize-to",
        metavar="N|WxH",
        help="what the short side, or both, are brought to before the middle of --size is cut out"
        " (default: the library's own, else no such step)",
    )
    add(
        "--interpolation",
        choices=["bilinear", "bicubic", "area"],
        help="(default: the library's own, else bilinear)",
    )
    add("--mean", metavar="R,G,B", help="(default: the library's own, else ImageNet's)")
    add("--std", metavar="R,G,B", help="(default: the library's own, else ImageNet's)")
    add("--order", choices=["RGB", "BGR"], default="RGB", help="(default: %(default)s)")
    add("--labels", metavar="F.txt", help="one name on each line (default: the library's own)")
    check = parser.add_argument_group("the check")
    check.add_argument(
        "--threads", type=int, default=os.cpu_count(), help="(default: all, %(default)s)"
    )
    check.add_argument("--seed", type=int, default=0, help="of its pictures (default: %(default)s)")
    return parser


def parsed_size(text: str) -> tuple[int, int]:
    sides = text.lower().split("x")
    if len(sides) > 2 or not all(side.isdigit() and 1 <= int(side) <= 16384 for side in sides):
        fail(f"--size must be N or WxH, each from 1 to 16384, got {text}")
    return int(sides[0]), int(sides[-1])


def parsed_numbers(option: str, text: str) -> list[float]:
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        fail(f"{option} must be numbers with commas between them, got {text}")


def build(options: argparse.Namespace) -> Built:
    """Makes the network that MODEL names, with the library's own weights if the name says so."""
    name: str = options.model
    if name.endswith(".py"):
        return from_file(Path(name))
    library, _, rest = name.rpartition("/")
    if library not in ("", "torchvision", "timm"):
        fail(f"MODEL must be FILE.py, torchvision/NAME or timm/NAME, got {name}")
    libraries = [library] if library else ["torchvision", "timm"]
    installed = [each for each in libraries if importlib.util.find_spec(each)]
    if not installed:
        fail(
            f"{name} needs {' or '.join(libraries)}, got neither; install it with:"
            f" pip install {libraries[0]}"
            if len(libraries) > 1
            else f"{name} needs {library}; install it with: pip install {library}"
        )
    for each in installed:
        maker = from_torchvision if each == "torchvision" else from_timm
        found = maker(rest, options)
        if found:
            return found
    fail(f"MODEL must be a name that {' or '.join(installed)} knows, got {name}")


def from_file(path: Path) -> Built:
    if not path.is_file():
        fail(f"MODEL must be a Python file or a name, got {path}, which is not there")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        fail(f"{path} must be a Python file")
    module = importlib.util.module_from_spec(spec)
    # Scripting looks up the source of classes in their module.
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(module)
        network = module.build()
    except AttributeError as error:
        if hasattr(module, "build"):
            fail(f"build() of {path} failed: {error}")
        fail(f"{path} must define build(), which returns the network")
    except Exception as error:
        fail(f"{path} failed: {type(error).__name__}: {error}")
    if not isinstance(network, torch.nn.Module):
        fail(f"build() of {path} must return a torch.nn.Module, got {type(network).__name__}")
    return Built(network, path.stem)


def from_torchvision(name: str, options: argparse.Namespace) -> Built | None:
    import torchvision

    stem, _, tag = name.partition(".")
    if stem not in torchvision.models.list_models():
        return None
    built = Built(torch.nn.Identity(), stem, versions={"torchvision": torchvision.__version__})
    extra: dict[str, Any] = {} if options.classes is None else {"num_classes": options.classes}
    known = torchvision.models.get_model_weights(stem)
    if tag:
        if tag != "DEFAULT" and tag not in known.__members__:
            fail(f"the tag of {stem} must be one of {list(known.__members__)}, got {tag}")
        extra["weights"] = known[tag]
        built.labels = list(extra["weights"].meta.get("categories", []))
    taken = known[tag or "DEFAULT"]
    if not tag:
        print(f"{stem}: pictures are brought to its input as for {taken}", flush=True)
    preset = taken.transforms()
    if not hasattr(preset, "crop_size") or not hasattr(preset, "resize_size"):
        fail(f"{stem} must be a classifier of pictures, got one whose input is {preset}")
    built.size = (preset.crop_size[0],) * 2
    built.resize_to = preset.resize_size[0]
    built.interpolation = expressed(stem, preset.interpolation.value, options)
    built.mean, built.std = list(preset.mean), list(preset.std)
    # Reads --aux-logits and the like from the weights; without them only what is asked for.
    built.module = torchvision.models.get_model(stem, **extra)
    return built


def expressed(name: str, interpolation: str, options: argparse.Namespace) -> str:
    """The interpolation, if pictures can be brought to the input by it."""
    if options.interpolation:
        return options.interpolation
    if interpolation not in ("bilinear", "bicubic"):
        fail(
            f"{name} brings pictures to its input by {interpolation}, which cannot be expressed:"
            " choose another by --interpolation"
        )
    return interpolation


def from_timm(name: str, options: argparse.Namespace) -> Built | None:
    import timm

    stem, _, tag = name.partition(".")
    if not timm.is_model(stem):
        return None
    extra: dict[str, Any] = {} if options.classes is None else {"num_classes": options.classes}
    network = timm.create_model(name, pretrained=bool(tag), **extra)
    data = timm.data.resolve_model_data_config(network)
    width, height = data["input_size"][2], data["input_size"][1]
    # As timm.data.transforms_imagenet_eval computes it.
    scaled = (math.floor(width / data["crop_pct"]), math.floor(height / data["crop_pct"]))
    built = Built(
        network,
        stem,
        size=(width, height),
        mean=list(data["mean"]),
        std=list(data["std"]),
        interpolation=expressed(stem, data["interpolation"], options),
        versions={"timm": timm.__version__},
    )
    mode = data.get("crop_mode", "center")
    if mode == "squash":
        built.resize_to = scaled
    elif mode == "center" and width == height:
        built.resize_to = scaled[0]
    elif not options.resize and not options.resize_to:
        fail(
            f"{stem} brings pictures to its input {width}x{height} by crop_mode {mode}, which cannot"
            " be expressed: choose another way by --resize or --resize-to"
        )
    return built


def load_weights(network: torch.nn.Module, path: Path) -> None:
    """Fills the network; every tensor of both must be accounted for."""
    if not path.is_file():
        fail(f"--weights must be a file, got {path}, which is not there")
    if path.suffix == ".safetensors":
        try:
            from safetensors.torch import load_file
        except ImportError:
            fail("--weights of .safetensors needs safetensors: pip install safetensors")
        read: Callable[[], Any] = lambda: load_file(path)  # noqa: E731
    else:
        read = lambda: torch.load(path, map_location="cpu", weights_only=True)  # noqa: E731
    try:
        with quiet():
            state = read()
    except Exception as error:
        fail(f"--weights must be a state dict, got {path}, which is none: {type(error).__name__}")
    for key in ("state_dict", "model"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    if not isinstance(state, dict) or not all(torch.is_tensor(v) for v in state.values()):
        fail(f"--weights must be a state dict, tensors by name, got {path}")
    state = {name.removeprefix("module."): tensor for name, tensor in state.items()}
    own = network.state_dict()
    # Checkpoints older than the counter of batch normalisation do not have it.
    counters = {name for name in own if name.endswith("num_batches_tracked")}
    problems = [f"{name} is missing" for name in own if name not in state and name not in counters]
    problems += [f"{name} is too much" for name in state if name not in own]
    problems += [
        f"{name} must be {list(own[name].shape)}, got {list(state[name].shape)}"
        for name in own
        if name in state and own[name].shape != state[name].shape
    ]
    if problems:
        shown = "; ".join(problems[:12])
        more = f"; and {len(problems) - 12} more" if len(problems) > 12 else ""
        fail(f"{path} must fit the network, {len(problems)} tensors do not: {shown}{more}")
    network.load_state_dict(state, strict=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps deprecation notices of the exporters off the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def pictures(batch: int, channels: int, size: tuple[int, int], seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(batch, channels, size[1], size[0], generator=generator)


def prepared(tensor: torch.Tensor, options: argparse.Namespace) -> torch.Tensor:
    """The pictures as the package takes them."""
    memory = torch.channels_last if options.layout == "nhwc" else torch.contiguous_format
    return tensor.to(options.device, TYPES[options.precision]).contiguous(memory_format=memory)


def write_script(network: torch.nn.Module, example: torch.Tensor, scripted: bool, to: Path) -> None:
    with quiet(), torch.no_grad():
        try:
            module = torch.jit.script(network) if scripted else torch.jit.trace(network, example)
        except Exception as error:
            way = "torch.jit.trace" if scripted else "--script"
            fail(f"TorchScript cannot express the network; try {way}: {first_line(error)}")
        torch.jit.save(module, str(to))


def write_package(
    network: torch.nn.Module, example: torch.Tensor, options: argparse.Namespace, to: Path
) -> None:
    compiler = os.environ.get("CXX", "g++")
    if options.device == "cpu" and shutil.which(compiler) is None:
        fail(f"a package needs the C++ compiler {compiler}, got none: apt-get install g++")
    memory = torch.channels_last if options.layout == "nhwc" else torch.contiguous_format
    module = network.to(options.device, TYPES[options.precision]).to(memory_format=memory)
    configuration: dict[str, Any] = {
        "freezing": options.freeze,
        "max_autotune": options.max_autotune,
        # Without it, only the instruction sets that the package names are used.
        "cpp.march": "",
        # Otherwise the number of threads of this machine is compiled in.
        "cpp.dynamic_threads": True,
        "cpp.simdlen": 256 if options.isa == "avx2" else None,
        "aot_inductor.enable_line_tables": False,
        "aot_inductor.metadata": {
            "quicklime.exporter": EXPORTER,
            "quicklime.torch": torch.__version__,
            "quicklime.dtype": str(example.dtype).removeprefix("torch."),
            "quicklime.shape": ",".join(map(str, example.shape)),
            "quicklime.strides": ",".join(map(str, example.stride())),
        },
    }
    with quiet(), torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        try:
            exported = torch.export.export(module, (example,))
            # The archive's folder is named as its file.
            written = torch._inductor.aoti_compile_and_package(
                exported,
                package_path=str(Path(folder) / to.name),
                inductor_configs=configuration,
            )
        except Exception as error:
            fail(f"AOTInductor cannot compile the network: {first_line(error)}")
        shutil.move(written, to)


class WithActivation(torch.nn.Module):
    """A network that returns what one of its modules returns besides its scores."""

    def __init__(self, network: torch.nn.Module, layer: torch.nn.Module) -> None:
        super().__init__()
        self.network = network
        self.kept: torch.Tensor | None = None
        layer.register_forward_hook(self.keep)

    def keep(self, _layer: Any, _given: Any, result: torch.Tensor) -> None:
        self.kept = result

    def forward(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        scores = self.network(pixels)
        assert self.kept is not None
        return scores, self.kept


def mapped_layer(
    network: torch.nn.Module, example: torch.Tensor, asked: str
) -> tuple[str, torch.nn.Module]:
    """The module of that name, or the last one whose result is maps with places of the picture."""
    needs = "--with-activation needs a module that returns maps [batch, K, height, width]"
    modules = dict(network.named_modules())
    if asked and asked not in modules:
        fail(f"--with-activation must be a module of the network, got {asked}")
    results: list[tuple[str, tuple[int, ...]]] = []

    def hook(name: str) -> Callable[..., None]:
        def seen(_layer: Any, _given: Any, result: Any) -> None:
            results.append((name, tuple(result.shape) if torch.is_tensor(result) else ()))

        return seen

    hooks = [module.register_forward_hook(hook(name)) for name, module in modules.items() if name]
    try:
        with torch.inference_mode():
            network(example)
    finally:
        for each in hooks:
            each.remove()
    if asked:
        own = [shape for name, shape in results if name == asked]
        if len(own) != 1 or len(own[0]) != 4 or len(own[0]) == 4 and own[0][2] * own[0][3] == 1:
            shown = f"results {own}" if own else "no result at all"
            fail(f"{needs} once, with places of the picture, got {shown} of {asked}")
        return asked, modules[asked]
    for name, shape in reversed(results):
        if len(shape) == 3 and shape[0] == len(example) and shape[1] > 1:
            fail(f"{needs} after all tokens, got tokens {list(shape)} of {name} as the last")
        if len(shape) == 4 and shape[0] == len(example) and shape[2] * shape[3] > 1:
            return name, modules[name]
    fail(f"{needs}, got none")


def write_onnx(
    network: torch.nn.Module,
    example: torch.Tensor,
    fixed: bool,
    outputs: list[str],
    metadata: dict[str, str],
    to: Path,
) -> None:
    try:
        import onnx
        import onnxscript  # noqa: F401
    except ImportError:
        fail("an ONNX file needs onnx and onnxscript; install them with: pip install onnx onnxscript")

    def exported(dynamic: bool) -> Any:
        batch = torch.export.Dim("batch", min=1, max=4096)
        with quiet(), torch.no_grad():
            return torch.onnx.export(
                network,
                (example,),
                dynamo=True,
                verbose=False,
                input_names=["pixels"],
                output_names=outputs,
                dynamic_shapes=({0: batch},) if dynamic else None,
            )

    try:
        program = exported(not fixed)
    except Exception as error:
        if fixed:
            fail(f"ONNX cannot express the network: {first_line(error)}")
        try:
            program = exported(False)
        except Exception as again:
            fail(f"ONNX cannot express the network: {first_line(again)}")
        print(f"{to}: for {len(example)} pictures at once only: {first_line(error)}", flush=True)
    # A protocol buffer holds less than 2 GiB; what is larger goes to a file beside it.
    size = sum(tensor.numel() * tensor.element_size() for tensor in network.state_dict().values())
    model = program.model_proto
    onnx.helper.set_model_props(model, {"quicklime.exporter": EXPORTER, **metadata})
    onnx.save_model(
        model,
        str(to),
        save_as_external_data=size > 1_900_000_000,
        location=to.name + ".data",
    )


def onnx_runner(file: Path, threads: int) -> Callable[[torch.Tensor], torch.Tensor] | None:
    """What scores pictures by ONNX Runtime; None where it is not installed."""
    try:
        import onnxruntime
    except ImportError:
        print(f"{file}: not compared, as onnxruntime is missing: pip install onnxruntime")
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda given: torch.from_numpy(session.run(["logits"], {name: given.numpy()})[0])


def first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0][:300]}" if lines else type(error).__name__


def rate(run: Callable[[], Any], batch: int, device: str) -> float:
    """Images per second, the best of several passes after a warm one."""

    def timed() -> float:
        start = time.perf_counter()
        run()
        if device == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    for _ in range(2):
        timed()
    times: list[float] = []
    while len(times) < 3 or (sum(times) < 3 and len(times) < 50):
        times.append(timed())
    return batch / min(times)


def compared(
    kind: str, run: Callable[[], Any], expected: torch.Tensor, bound: float, device: str
) -> bool:
    """Prints how far a written file is from the eager network, and how fast it runs."""
    scores = run()
    if not torch.is_tensor(scores) or scores.shape != expected.shape:
        fail(f"{kind} must return one tensor {list(expected.shape)}")
    difference = (scores.float().cpu() - expected).abs().max().item()
    deviation = expected.std().item() if expected.numel() > 1 else abs(expected.item())
    allowed = bound * max(deviation, 1e-6)
    speed = rate(run, len(expected), device)
    print(
        f"{kind}: largest difference from eager fp32 {difference:.2g} (scores' deviation"
        f" {deviation:.2g}, allowed {allowed:.2g}), {speed:.1f} images/s",
        flush=True,
    )
    return difference <= allowed


def written_size(size: int | tuple[int, int]) -> int | str:
    """As model.json has it: the short side, or both."""
    return size if isinstance(size, int) else f"{size[0]}x{size[1]}"


def card(
    built: Built, options: argparse.Namespace, classes: int, written: list[str]
) -> dict[str, dict[str, Any]]:
    """The JSON files: what all model files share, and, if there are several, each one's own."""
    shared: dict[str, Any] = {
        "width": built.size[0],
        "height": built.size[1],
        "resize": options.resize,
        **({} if built.resize_to is None else {"resizeTo": written_size(built.resize_to)}),
        "interpolation": built.interpolation,
        "mean": built.mean,
        "std": built.std,
        "order": options.order,
        "classes": classes,
        "versions": {"exporter": EXPORTER, "torch": torch.__version__, **built.versions},
    }
    if built.labels:
        shared["labels"] = built.labels
    own: dict[str, dict[str, Any]] = {
        "onnx": {"format": "onnx", "layout": "nchw", "precision": "fp32"},
        "pt": {"format": "torchscript", "layout": "nchw", "precision": "fp32"},
        "pt2": {
            "format": "aotinductor",
            "layout": options.layout,
            "precision": options.precision,
            "batch": options.batch,
            "device": options.device,
        },
    }
    if len(written) == 1:
        return {"model.json": {**own[written[0]], **shared}}
    name = options.name or built.name
    cards = {f"{name}.{kind}.json": {**own[kind], **shared} for kind in written}
    return {"model.json": shared, **cards}


def settle(built: Built, options: argparse.Namespace) -> None:
    """Puts what was asked for over what the library knows."""
    if options.size:
        before = built.size
        built.size = parsed_size(options.size)
        if isinstance(built.resize_to, int) and not options.resize_to:
            # The same share of the picture is cut out.
            built.resize_to = max(*built.size, built.resize_to * min(built.size) // min(before))
        elif built.resize_to is not None:
            built.resize_to = None if before != built.size else built.resize_to
    if options.interpolation:
        built.interpolation = options.interpolation
    if options.resize_to:
        if options.resize not in (None, "crop"):
            fail(f"--resize-to goes with --resize crop, got {options.resize}")
        size = parsed_size(options.resize_to)
        built.resize_to = size if "x" in options.resize_to.lower() else size[0]
    if options.resize:
        # The way that was asked for has no such step, unless that was asked for too.
        built.resize_to = built.resize_to if options.resize == "crop" and options.resize_to else None
    options.resize = options.resize or ("stretch" if built.resize_to is None else "crop")
    if options.mean:
        built.mean = parsed_numbers("--mean", options.mean)
    if options.std:
        built.std = parsed_numbers("--std", options.std)
    if len(built.mean) != len(built.std):
        fail(f"--mean and --std must be as many, got {len(built.mean)} and {len(built.std)}")
    if not all(value > 0 for value in built.std):
        fail(f"--std must be above 0, got {options.std}")
    if options.labels:
        try:
            text = Path(options.labels).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            fail(f"--labels must be a text file in UTF-8: {error}")
        built.labels = [line.strip() for line in text.rstrip().splitlines()]


class Logits(torch.nn.Module):
    """The scores alone of a network that returns more."""

    def __init__(self, network: torch.nn.Module, batch: int) -> None:
        super().__init__()
        self.network = network
        self.batch = batch

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        result = self.network(pixels)
        if hasattr(result, "logits"):
            return result.logits
        if isinstance(result, dict):
            return result["logits"] if "logits" in result else self.only(list(result.values()))
        return self.only(list(result)) if isinstance(result, (list, tuple)) else self.only([])

    @staticmethod
    def only(results: list[Any]) -> torch.Tensor:
        found = [each for each in results if torch.is_tensor(each) and each.dim() == 2]
        if len(found) != 1:
            fail(
                "the network must return raw scores [batch, classes], as one tensor, as its only"
                f" matrix or as logits; got {len(found)} matrices in {len(results)} results"
            )
        return found[0]


def export(options: argparse.Namespace) -> int:
    known = ("pt", "onnx", "pt2")
    formats = [each for each in known if each in options.formats.split(",")]
    if not formats or set(options.formats.split(",")) - set(known):
        fail(f"--formats must be some of pt,pt2,onnx, got {options.formats}")
    if options.with_activation is not None and "onnx" not in formats:
        fail(f"--with-activation goes with --formats onnx, got {options.formats}")
    if not 1 <= options.batch <= 4096:
        fail(f"--batch must be between 1 and 4096, got {options.batch}")
    if options.device == "cuda" and not torch.cuda.is_available():
        fail("--device cuda needs a GPU that torch can use, got none")
    torch.set_num_threads(max(1, options.threads))
    # Without gradients PyTorch would write a fused attention down that has no derivative, which Grad-CAM needs.
    if hasattr(torch.backends, "mha"):
        torch.backends.mha.set_fastpath_enabled(False)
    built = build(options)
    settle(built, options)
    if options.weights:
        load_weights(built.module, Path(options.weights))
    network = built.module.float().eval()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    example = pictures(options.batch, len(built.mean), built.size, options.seed)
    with torch.inference_mode():
        try:
            expected = network(example)
        except Exception as error:
            fail(f"the network cannot take pictures {list(example.shape)}: {first_line(error)}")
    if not torch.is_tensor(expected):
        network = Logits(network, options.batch).eval()
        with torch.inference_mode():
            expected = network(example)
    if expected.dim() != 2 or len(expected) != options.batch:
        fail(
            f"the network must return raw scores [{options.batch}, classes], got a tensor"
            f" {list(expected.shape)}"
        )
    classes = expected.shape[1]
    if built.labels and len(built.labels) != classes:
        fail(f"labels must be as many as classes, {classes}, got {len(built.labels)}")
    layer = None
    if options.with_activation is not None:
        called, layer = mapped_layer(network, example, options.with_activation)
        print(f"activation: what {called} returns", flush=True)
    print(f"eager fp32: {eager_rate(network, example):.1f} images/s", flush=True)
    name = options.name or built.name
    good = True
    if "pt" in formats:
        file = out / f"{name}.pt"
        write_script(network, example, options.script, file)
        module = torch.jit.load(str(file))
        with quiet(), torch.inference_mode():
            good &= compared(str(file), lambda: module(example), expected, BOUNDS["fp32"], "cpu")
        del module
    cards = card(built, options, classes, formats)
    if "onnx" in formats:
        file = out / f"{name}.onnx"
        good &= export_onnx(network, example, expected, options, cards, layer, file)
    if "pt2" in formats:
        file = out / f"{name}.pt2"
        given = prepared(example, options)
        write_package(network, given, options, file)
        with quiet():
            package = torch._inductor.aoti_load_package(str(file))
            with torch.inference_mode():
                bound = BOUNDS[options.precision]
                good &= compared(
                    str(file), lambda: package(given), expected, bound, options.device
                )
    for file_name, content in cards.items():
        (out / file_name).write_text(
            json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        print(out / file_name)
    if not good:
        print("export_model: a file's scores are too far from the eager ones", file=sys.stderr)
    return 0 if good else 1


def export_onnx(
    network: torch.nn.Module,
    example: torch.Tensor,
    expected: torch.Tensor,
    options: argparse.Namespace,
    cards: dict[str, dict[str, Any]],
    layer: torch.nn.Module | None,
    file: Path,
) -> bool:
    """Writes the file, with what a layer returns besides where there is one, and compares it."""
    own = cards.get(f"{file.name}.json", cards["model.json"])
    metadata = {"quicklime.card": json.dumps(own, ensure_ascii=False)}
    if layer is None:
        write_onnx(network, example, options.fixed_batch, ["logits"], metadata, file)
    else:
        given = WithActivation(network, layer).eval()
        outputs = ["logits", "activation"]
        write_onnx(given, example, options.fixed_batch, outputs, metadata, file)
    run = onnx_runner(file, max(1, options.threads))
    return run is None or compared(
        str(file), lambda: run(example), expected, BOUNDS["fp32"], "cpu"
    )


def eager_rate(network: torch.nn.Module, example: torch.Tensor) -> float:
    with torch.inference_mode():
        return rate(lambda: network(example), len(example), "cpu")


if __name__ == "__main__":
    sys.exit(export(arguments().parse_args()))
