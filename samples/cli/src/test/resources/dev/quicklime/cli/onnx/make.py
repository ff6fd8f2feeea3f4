"""Writes the models of the tests beside itself: python make.py (onnx 1.22, numpy)."""

import json

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper as nh


def save(name, nodes, inputs, outputs, weights, metadata=None):
    graph = h.make_graph(nodes, "graph", inputs, outputs, [nh.from_array(v, k) for k, v in weights.items()])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8)
    if metadata:
        h.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    onnx.save(model, name + ".onnx")


# How red, green and blue the left half of a picture of levels is, and of the right half as a second output.
def half(name, start, end):
    return [
        h.make_node("Slice", ["numbers", start, end, "axis"], [name + "half"]),
        h.make_node("ReduceMean", [name + "half"], [name], axes=[1, 2], keepdims=0),
    ]


save(
    "levels",
    [h.make_node("Cast", ["x"], ["large"], to=T.FLOAT), h.make_node("Div", ["large", "scale"], ["numbers"])]
    + half("right", "middle", "end") + half("logits", "start", "middle"),
    [h.make_tensor_value_info("x", T.UINT8, ("N", 48, 48, 3))],
    [h.make_tensor_value_info("right", T.FLOAT, ("N", 3)), h.make_tensor_value_info("logits", T.FLOAT, ("N", 3))],
    {"scale": np.array(16, np.float32), "axis": np.array([2], np.int64), "start": np.array([0], np.int64),
     "middle": np.array([24], np.int64), "end": np.array([48], np.int64)},
    {"quicklime.card": json.dumps({"labels": ["red", "green", "blue"]})},
)  # fmt: skip

# Two classes of rows of three numbers.
save(
    "rows",
    [h.make_node("Gemm", ["x", "slopes", "levels"], ["scores"])],
    [h.make_tensor_value_info("x", T.FLOAT, ("N", 3))],
    [h.make_tensor_value_info("scores", T.FLOAT, ("N", 2))],
    {"slopes": np.array([[2, 0], [-3, 1], [0.5, 0]], np.float32), "levels": np.array([1, -1], np.float32)},
)
