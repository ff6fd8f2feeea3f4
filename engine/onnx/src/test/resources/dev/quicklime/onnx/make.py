"""Writes the models of the tests beside itself: python make.py (onnx 1.22, numpy).

Unless said otherwise a model takes pictures of 32x32 pixels and three channels, and scores the channels'
means m by [.5, -.25, .125] m + .5 and [-1, .5, 2] m - .5.
"""

import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper as nh

WEIGHTS = np.array([[0.5, -0.25, 0.125], [-1, 0.5, 2]], np.float32)
BIAS = np.array([0.5, -0.5], np.float32)
SIDE = 32
NCHW = ("N", 3, SIDE, SIDE)
NHWC = ("N", SIDE, SIDE, 3)


def tensor(name, values):
    return nh.from_array(np.ascontiguousarray(values), name)


def info(name, shape, type=T.FLOAT):
    return h.make_tensor_value_info(name, type, shape)


def node(operator, inputs, output, **attributes):
    return h.make_node(operator, inputs.split(), [output], **attributes)


def save(name, nodes, inputs, outputs, initializers=(), metadata=None, check=True, opset=17, **how):
    graph = h.make_graph(nodes, "graph", inputs, outputs, list(initializers))
    domains = {n.domain for n in nodes} - {""}
    opsets = [h.make_opsetid("", opset)] + [h.make_opsetid(d, 1) for d in domains]
    model = h.make_model(graph, opset_imports=opsets, ir_version=8)
    if metadata:
        h.set_model_props(model, metadata)
    if check:
        onnx.checker.check_model(model)
    onnx.save(model, name + ".onnx", **how)


def scores(start="x", type=np.float32, output="logits"):
    """Nodes and weights that score NCHW pictures."""
    nodes = [
        node("GlobalAveragePool", start, "pooled"),
        node("Flatten", "pooled", "means"),
        node("MatMul", "means weights", "products"),
        node("Add", "products bias", output),
    ]
    return nodes, [tensor("weights", WEIGHTS.T.astype(type)), tensor("bias", BIAS.astype(type))]


def pictures(name, shape, type=T.FLOAT, before=(), start="x", number=np.float32, result=T.FLOAT, extra=(), **how):
    nodes, weights = scores(start, number)
    batch = shape[0] if shape else "N"
    save(
        name,
        list(before) + nodes,
        [info("x", shape, type)],
        [info("logits", (batch, 2), result)],
        weights + list(extra),
        **how,
    )


CHANNELS_FIRST = [node("Transpose", "x", "planes", perm=[0, 3, 1, 2])]

# Layouts, batches and sizes.
pictures("linear", NCHW)
pictures("nhwc", NHWC, before=CHANNELS_FIRST, start="planes")
pictures("fixed", (4, 3, SIDE, SIDE))
pictures("open", ("N", "C", "H", "W"))
pictures("unshaped", None, check=False)
pictures("cube", ("N", 3, 3, 3))
pictures("one", NCHW, before=[node("Reshape", "x shape", "alone")], start="alone",
         extra=[tensor("shape", np.array([1, 3, SIDE, SIDE], np.int64))])

# Outputs: means m of the three channels in several shapes.
nodes, weights = scores()
several = nodes + [
    node("Relu", "x", "features"),
    node("Add", "logits logits", "twice"),
    node("ReduceMean", "x", "level", axes=[1, 2, 3], keepdims=0),
    node("ReduceMean", "means", "column", axes=[1], keepdims=1),
    node("ArgMax", "logits", "best", axis=1),
]
save("outputs", several, [info("x", NCHW)], [
    info("features", NCHW),
    info("twice", ("N", 2)),
    info("logits", ("N", 2)),
    info("level", ("N",)),
    info("column", ("N", 1)),
    info("pooled", ("N", 3, 1, 1)),
    info("best", ("N", 1), T.INT64),
], weights)
save("level", [several[4], several[6]], [info("x", NCHW)], [info("features", NCHW), info("level", ("N",))])
save("column", several[:2] + several[7:8], [info("x", NCHW)], [info("column", ("N", 1))])
save("pooled", several[:1], [info("x", NCHW)], [info("pooled", ("N", 3, 1, 1))])
save("unnamed", several[:4] + several[5:6], [info("x", NCHW)], [info("twice", ("N", 2)), info("means", ("N", 3))], weights)
save("best", several[:4] + several[8:], [info("x", NCHW)], [info("best", ("N", 1), T.INT64)], weights)
save("sequence", several[:1] + [node("SequenceConstruct", "pooled", "list")], [info("x", NCHW)],
     [h.make_tensor_sequence_value_info("list", T.FLOAT, None)])
save("image", several[4:5], [info("x", NCHW)], [info("features", NCHW)])
save("nothing", [node("Log", "x", "log")] + scores("log")[0], [info("x", NCHW)], [info("logits", ("N", 2))], weights)

# Weights in a file of their own, and a card within.
pathlib.Path("external.weights").unlink(missing_ok=True)
pictures("external", NCHW, save_as_external_data=True, location="external.weights", size_threshold=0)
card = {
    "width": SIDE,
    "height": SIDE,
    "mean": [0.5, 0.25, 0.125],
    "std": [0.5, 0.5, 0.25],
    "order": "BGR",
    "labels": ["cat", "dog"],
}
pictures("card", NCHW, metadata={"quicklime.card": json.dumps(card), "made_by": "make.py"})

# Other formats of pixels and weights. Those that take levels normalise by ImageNet's mean and deviation.
pictures("half", NCHW, T.FLOAT16, number=np.float16, result=T.FLOAT16)
pictures("halfweights", NCHW, before=[node("Cast", "x", "halves", to=T.FLOAT16)], start="halves",
         number=np.float16, result=T.FLOAT16)
MEAN = np.array([0.485, 0.456, 0.406], np.float32) * 255
STD = np.array([0.229, 0.224, 0.225], np.float32) * 255
NORMALIZE = [
    node("Cast", "x", "numbers", to=T.FLOAT),
    node("Sub", "numbers mean", "centred"),
    node("Div", "centred std", "normalized"),
]
pictures("bytes", NCHW, T.UINT8, before=NORMALIZE, start="normalized",
         extra=[tensor("mean", MEAN.reshape(1, 3, 1, 1)), tensor("std", STD.reshape(1, 3, 1, 1))])
pictures("bytesnhwc", NHWC, T.UINT8, start="planes", extra=[tensor("mean", MEAN), tensor("std", STD)],
         before=NORMALIZE + [node("Transpose", "normalized", "planes", perm=[0, 3, 1, 2])])
pictures("bytesgray", ("N", 1, SIDE, SIDE), T.UINT8, start="colours",
         before=[node("Cast", "x", "numbers", to=T.FLOAT), node("Concat", "numbers numbers numbers", "colours", axis=1)])
nodes, weights = scores("steps")
save("int8", [node("QuantizeLinear", "x scale zero", "whole"), node("DequantizeLinear", "whole scale zero", "steps")]
     + nodes, [info("x", NCHW)], [info("logits", ("N", 2))],
     weights + [tensor("scale", np.array(0.0625, np.float32)), tensor("zero", np.array(0, np.int8))])

# Rows of four numbers, and what takes neither rows nor pictures.
ROWS = np.array([[1, 2, 0, -1], [0, -1, 3, 0.5], [0.25, 0, 0, 1]]).T
for name, shape, number, kind in [
    ("rows", ("N", 4), np.float32, T.FLOAT),
    ("rows64", ("N", 4), np.float64, T.DOUBLE),
    ("rows3", (3, 4), np.float32, T.FLOAT),
    ("rowsopen", ("N", "D"), np.float32, T.FLOAT),
    ("text", ("N", "T"), np.int64, T.INT64),
]:
    save(name, [node("MatMul", "x weights", "logits")], [info("x", shape, kind)],
         [info("logits", (shape[0], 3), kind)], [tensor("weights", ROWS.astype(number))])
nodes, weights = scores("sum")
save("twoinputs", [node("Add", "x y", "sum")] + nodes, [info("x", NCHW), info("y", NCHW)],
     [info("logits", ("N", 2))], weights)
nodes, weights = scores()
defaults = [tensor("unused", np.zeros(1, np.float32))]
save("initialized", nodes, [info("x", NCHW), info("weights", (3, 2)), info("bias", (2,)), info("unused", (1,))],
     [info("logits", ("N", 2))], weights + defaults)
save("noinput", [node("Constant", "", "logits", value=tensor("v", np.zeros((1, 2), np.float32)))], [],
     [info("logits", (1, 2))])
nodes, weights = scores("numbers")
save("int64", [node("Cast", "x", "numbers", to=T.FLOAT)] + nodes, [info("x", NCHW, T.INT64)],
     [info("logits", ("N", 2))], weights)
save("float64", [node("Cast", "x", "numbers", to=T.FLOAT)] + nodes, [info("x", NCHW, T.DOUBLE)],
     [info("logits", ("N", 2))], weights)
save("bfloat16", [node("Cast", "x", "numbers", to=T.FLOAT)] + nodes, [info("x", NCHW, T.BFLOAT16)],
     [info("logits", ("N", 2))], weights)
pictures("volume", ("N", 3, 8, SIDE, SIDE))
pictures("zero", ("N", 3, 0, SIDE))
pictures("emptybatch", (0, 3, SIDE, SIDE))
pictures("huge", ("N", 3, 1 << 40, SIDE))
pictures("hugebatch", (1 << 40, 3, SIDE, SIDE))
pictures("channels", ("N", 5000, 8192, 8192), check=False)

# What the runtime refuses.
pictures("unknown", NCHW, before=[node("Frobnicate", "x", "frobnicated")], start="frobnicated", check=False)
pictures("domain", NCHW, before=[h.make_node("Frobnicate", ["x"], ["frobnicated"], domain="com.example")],
         start="frobnicated", check=False)
pictures("later", NCHW, opset=99, check=False)
nodes, weights = scores()
save("dangling", nodes[1:], [info("x", NCHW)], [info("logits", ("N", 2))], weights, check=False)
save("mismatch", nodes, [info("x", NCHW)], [info("logits", ("N", 2))],
     [tensor("weights", np.zeros((5, 2), np.float32)), weights[1]], check=False)
