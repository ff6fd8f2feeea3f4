"""The network of tiny.pt2; made, in this folder, on x86-64 Linux, by

    python ../../../../../../../samples/export/export_model.py tiny.py --formats pt2 --isa avx2 \
        --precision fp32 --batch 4 --layout nchw --size 32 --out made
    python tiny.py made/tiny.pt2 tiny.pt2

The second line takes out symbols, sources of kernels and the card, and compresses the rest; it
prints the scores that AotPackageTest knows.
"""

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import torch


def build() -> torch.nn.Module:
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(8, 3),
    )


def shrink(source: Path, target: Path) -> None:
    with TemporaryDirectory() as folder, zipfile.ZipFile(source) as archive:
        archive.extractall(folder)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as small:
            for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
                if file.suffix == ".so":
                    subprocess.run(["strip", "--strip-unneeded", file], check=True)
                if file.name.endswith(".kernel.cpp"):
                    continue
                text = file.read_bytes()
                for place in (str(Path(torch.__file__).parents[1]), gettempdir()):
                    text = text.replace(place.encode(), b"_" * len(place))
                if file.suffix == ".cpp":
                    # The compiler's command names folders of the machine.
                    text = re.sub(rb"/\S+/", b"", text)
                entry = zipfile.ZipInfo(str(file.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                small.writestr(entry, text)


if __name__ == "__main__":
    shrink(Path(sys.argv[1]), Path(sys.argv[2]))
    ramp = (torch.arange(4 * 3 * 32 * 32) * 7 % 251 / 256 - 0.5).reshape(4, 3, 32, 32)
    with torch.inference_mode():
        print(build().eval()(ramp).tolist())
