"""Writes one small network as TorchScript and as ONNX beside itself: python make.py (torch 2.13, onnx 1.22)."""

import torch
from torch import nn


class Twin(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.Conv2d(8, 8, 3, stride=2, padding=1),
            nn.GELU(),
        )
        self.head = nn.Linear(8 * 16, 5)

    def forward(self, x):
        x = nn.functional.adaptive_avg_pool2d(self.body(x), (4, 4))
        return self.head(x.flatten(1))


torch.manual_seed(1)
twin = Twin()
with torch.no_grad():
    for parameter in twin.parameters():
        parameter.normal_(0, 0.3)
    twin.body[1].running_mean.normal_(0, 0.5)
    twin.body[1].running_var.uniform_(0.5, 2)
twin.eval()
example = torch.zeros(2, 3, 64, 64)
torch.jit.freeze(torch.jit.script(twin)).save("twin.pt")
torch.onnx.export(twin, (example,), "twin.onnx", dynamo=False, input_names=["x"], output_names=["logits"],
                  dynamic_axes={"x": {0: "N"}, "logits": {0: "N"}})
