"""The network of outputs.pt2, which returns a dictionary; made, in this folder, on x86-64 Linux, by

    python outputs.py outputs.pt2

with torch 2.13, and made small as tiny.py makes tiny.pt2. It prints the first scores of each output
that AotOutputsTest knows.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import tiny
import torch


class Outputs(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv = torch.nn.Conv2d(3, 4, 3)
        self.head = torch.nn.Linear(4, 3)

    def forward(self, x: torch.Tensor) -> dict:
        maps = torch.relu(self.conv(x))
        scores = self.head(maps.mean([2, 3]))
        return {"maps": maps, "logits": scores, "more": (scores * 2, None)}


if __name__ == "__main__":
    model = Outputs().eval()
    ramp = (torch.arange(2 * 3 * 8 * 8) * 7 % 251 / 256 - 0.5).reshape(2, 3, 8, 8)
    torch._inductor.config.cpp.simdlen = 256
    torch._inductor.config.cpp.march = ""
    with torch.no_grad(), TemporaryDirectory() as folder:
        made = str(Path(folder) / "outputs.pt2")
        program = torch.export.export(model, (ramp,))
        torch._inductor.aoti_compile_and_package(program, package_path=made)
        tiny.shrink(Path(made), Path(sys.argv[1]))
        print(model(ramp)["logits"].tolist(), model(ramp)["more"][0].tolist())
