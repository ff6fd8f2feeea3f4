"""Writes the networks of OnnxGradcamTest: python make_maps.py; needs numpy and onnx.

Pictures [N, 3, 24, 24], six maps of 12x12 places, four classes. In tokens.onnx the places are tokens at the end.
"""

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper as nh

random = np.random.default_rng(1)
CONSTANTS = [
    nh.from_array(random.normal(size=(6, 3, 3, 3)).astype(np.float32), "c"),
    nh.from_array(random.normal(size=(4, 6)).astype(np.float32), "w"),
    nh.from_array(np.array([0, 6, -1]), "rows"),
]
BODY = [h.make_node("Conv", ["pixels", "c"], ["conv"], pads=[1, 1, 1, 1], strides=[2, 2]), h.make_node("Relu", ["conv"], ["maps"])]
LINEAR = h.make_node("Gemm", ["flat", "w"], ["logits"], transB=1)
ENDS = {
    "maps": [h.make_node("GlobalAveragePool", ["maps"], ["pooled"]), h.make_node("Flatten", ["pooled"], ["flat"])],
    "tokens": [
        h.make_node("Reshape", ["maps", "rows"], ["long"]),
        h.make_node("Transpose", ["long"], ["tokens"], perm=[0, 2, 1]),
        h.make_node("ReduceMean", ["tokens"], ["flat"], axes=[1], keepdims=0),
    ],
}
for name, end in ENDS.items():
    pictures = h.make_tensor_value_info("pixels", T.FLOAT, ("N", 3, 24, 24))
    scores = h.make_tensor_value_info("logits", T.FLOAT, ("N", 4))
    graph = h.make_graph([*BODY, *end, LINEAR], name, [pictures], [scores], CONSTANTS)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, name + ".onnx")
