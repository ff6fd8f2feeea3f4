"""Writes the networks of OnnxGradCamTest and its neighbours: python make_cam.py; needs numpy and onnx.

Pictures [N, 3, 4, 4]; A = ReLU of a convolution of one pixel, five maps; then what each file has of its own. C and W are
sixteenths, so that sums over 16 places are exact.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper as nh

C = np.array([[8, -4, 2], [-16, 8, 4], [4, 4, 4], [2, 12, -8], [-2, -2, 16]], np.float32) / 16
W = np.array([[8, -4, 2, 1, 16], [-16, 8, 4, 12, 2], [1, 2, 3, 4, 5], [0, 0, 0, 0, 0]], np.float32) / 16
B = np.array([0.5, -0.5, 0.25, 1], np.float32)


def weight(name, values, kind=np.float32):
    return nh.from_array(np.asarray(values, kind), name)


BODY = [
    h.make_node("Conv", ["pixels", "c"], ["conv"]),
    h.make_node("Relu", ["conv"], ["maps"]),
]
LINEAR = [h.make_node("Gemm", ["flat", "w", "b"], ["logits"], transB=1)]
CONSTANTS = [weight("c", C.reshape(5, 3, 1, 1)), weight("w", W), weight("b", B)]
SCORES = ["logits"]


def save(name, nodes, more=(), batch="N", outputs=SCORES, constants=CONSTANTS, opset=17, external=False):
    graph = h.make_graph(
        nodes,
        name,
        [h.make_tensor_value_info("pixels", T.FLOAT, (batch, 3, 4, 4))],
        [
            h.make_tensor_value_info(each, T.FLOAT, (batch, 4) if each == "logits" else (batch, 5, 4, 4))
            for each in outputs
        ],
        [*constants, *more],
    )
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model)
    if external:
        Path(name + ".data").unlink(missing_ok=True)
        onnx.save(model, name + ".onnx", save_as_external_data=True, location=name + ".data", size_threshold=0)
    else:
        onnx.save(model, name + ".onnx")


def pool(of="maps"):
    return h.make_node("GlobalAveragePool", [of], ["pooled"])


def flatten(of="pooled"):
    return h.make_node("Flatten", [of], ["flat"])


save("pooled", [*BODY, pool(), flatten(), *LINEAR])
save("beside", [*BODY, pool(), flatten(), *LINEAR], external=True)
# The batch is written into the steps, of one picture and of three.
for size in (1, 3):
    save(
        f"fixed{size}",
        [*BODY, pool(), h.make_node("Reshape", ["pooled", "shape"], ["flat"]), *LINEAR],
        [weight("shape", [size, 5], np.int64)],
        batch=size,
    )
# It is open in the file, but not in the steps.
save(
    "single",
    [*BODY, pool(), h.make_node("Reshape", ["pooled", "shape"], ["flat"]), *LINEAR],
    [weight("shape", [1, 5], np.int64)],
)
# The batch is asked of the pictures, after the cut, and of a value before it.
for name, of in (("sized", "pixels"), ("asked", "conv")):
    save(
        name,
        [
            *BODY,
            h.make_node("Shape", [of], ["batch"], start=0, end=1),
            pool(),
            h.make_node("Concat", ["batch", "five"], ["shape"], axis=0),
            h.make_node("Reshape", ["pooled", "shape"], ["flat"]),
            *LINEAR,
        ],
        [weight("five", [5], np.int64)],
    )
# Rows, columns and maps, in this order: so many maps that it shows, the first four twice.
save(
    "last",
    [
        *BODY,
        h.make_node("Transpose", ["maps"], ["turned"], perm=[0, 2, 3, 1]),
        h.make_node("ReduceMean", ["turned"], ["flat"], axes=[1, 2], keepdims=0),
        *LINEAR,
    ],
    constants=[
        weight("c", np.vstack([C, C[:4]]).reshape(9, 3, 1, 1)),
        weight("w", np.hstack([W, W[:, :4]])),
        weight("b", B),
    ],
)
# An earlier value is called activation and returned.
save(
    "named",
    [
        h.make_node("Conv", ["pixels", "c"], ["activation"]),
        h.make_node("Relu", ["activation"], ["maps"]),
        pool(),
        flatten(),
        *LINEAR,
    ],
    outputs=["activation", "logits"],
)
# The name is given by a step of its own.
save(
    "copied",
    [
        h.make_node("Conv", ["pixels", "c"], ["conv"]),
        h.make_node("Identity", ["conv"], ["activation"]),
        h.make_node("Relu", ["conv"], ["maps"]),
        pool(),
        flatten(),
        *LINEAR,
    ],
    outputs=["activation", "logits"],
)
# A graph within the head, which takes a constant of the outer one.
inner = [
    h.make_graph([h.make_node(kind, ["flat", "half"], [kind])], kind, [], [h.make_tensor_value_info(kind, T.FLOAT, None)])
    for kind in ("Mul", "Add")
]
save(
    "inner",
    [
        *BODY,
        pool(),
        flatten(),
        h.make_node("If", ["yes"], ["half of it"], then_branch=inner[0], else_branch=inner[1]),
        h.make_node("Gemm", ["half of it", "w", "b"], ["logits"], transB=1),
    ],
    [weight("half", 0.5), weight("yes", True, bool)],
)
# Layer normalisation, a hidden layer with hard swish, a linear layer.
random = np.random.default_rng(5)
HIDDEN = random.normal(size=(7, 5)).astype(np.float32)
LAST = random.normal(size=(4, 7)).astype(np.float32)
save(
    "smooth",
    [
        *BODY,
        pool(),
        flatten(),
        h.make_node("LayerNormalization", ["flat", "scale"], ["normal"], axis=-1),
        h.make_node("Gemm", ["normal", "hidden"], ["linear"], transB=1),
        h.make_node("HardSwish", ["linear"], ["swish"]),
        h.make_node("Gemm", ["swish", "last", "b"], ["logits"], transB=1),
    ],
    [weight("hidden", HIDDEN), weight("last", LAST), weight("scale", np.ones(5))],
)
# Sixtieths have no slope.
save(
    "steps",
    [
        *BODY,
        pool(),
        flatten(),
        h.make_node("Gemm", ["flat", "w", "b"], ["score"], transB=1, alpha=60.0),
        h.make_node("Round", ["score"], ["whole"]),
        h.make_node("Div", ["whole", "sixty"], ["logits"]),
    ],
    [weight("sixty", 60)],
)
# The same scores, whatever the picture.
save(
    "constant",
    [
        *BODY,
        pool(),
        flatten(),
        h.make_node("Mul", ["flat", "zero"], ["none"]),
        h.make_node("Gemm", ["none", "w", "b"], ["logits"], transB=1),
    ],
    [weight("zero", 0)],
)
# Tokens, one of each place.
save(
    "tokens",
    [
        *BODY,
        h.make_node("Reshape", ["maps", "rows"], ["long"]),
        h.make_node("Transpose", ["long"], ["tokens"], perm=[0, 2, 1]),
        h.make_node("ReduceMean", ["tokens"], ["flat"], axes=[1], keepdims=0),
        *LINEAR,
    ],
    [weight("rows", [0, 5, -1], np.int64)],
)
# Half precision within.
save(
    "half",
    [
        h.make_node("Cast", ["pixels"], ["halves"], to=T.FLOAT16),
        h.make_node("Conv", ["halves", "c16"], ["conv"]),
        h.make_node("Relu", ["conv"], ["maps"]),
        pool(),
        flatten(),
        h.make_node("Gemm", ["flat", "w16"], ["score"], transB=1),
        h.make_node("Cast", ["score"], ["logits"], to=T.FLOAT),
    ],
    constants=[weight("c16", C.reshape(5, 3, 1, 1), np.float16), weight("w16", W, np.float16)],
)
# Two ways lead past every value.
save(
    "ways",
    [
        h.make_node("Conv", ["pixels", "c"], ["one"]),
        h.make_node("Conv", ["pixels", "c2"], ["two"]),
        h.make_node("GlobalAveragePool", ["one"], ["first"]),
        h.make_node("GlobalAveragePool", ["two"], ["second"]),
        h.make_node("Add", ["first", "second"], ["pooled"]),
        flatten(),
        *LINEAR,
    ],
    [weight("c2", -C.reshape(5, 3, 1, 1))],
)
# No number in the layer, but numbers as scores.
save(
    "missing",
    [
        h.make_node("Conv", ["pixels", "c"], ["conv"]),
        h.make_node("Sqrt", ["conv"], ["maps"]),
        h.make_node("IsNaN", ["maps"], ["nan"]),
        h.make_node("Where", ["nan", "zero", "maps"], ["clean"]),
        pool("clean"),
        flatten(),
        *LINEAR,
    ],
    [weight("zero", 0)],
)

if __name__ == "__main__":
    # What autograd says of smooth.onnx, for the test: python make_cam.py, where torch is there.
    import torch

    x = torch.sin(torch.arange(48.0)).reshape(1, 3, 4, 4)
    a = torch.relu(torch.einsum("kc,nchw->nkhw", torch.from_numpy(C), x)).double().requires_grad_()
    normal = torch.nn.functional.layer_norm(a.mean((2, 3)), (5,))
    scores = torch.nn.functional.hardswish(normal @ torch.from_numpy(HIDDEN).double().T)
    scores = scores @ torch.from_numpy(LAST).double().T + torch.from_numpy(B)
    for name, value in (("score", scores), ("probability", scores.softmax(1))):
        for c in (0, 2):
            alpha = torch.autograd.grad(value[0, c], a, retain_graph=True)[0].mean((2, 3))[0]
            print(name, c, [float(f"{v:.9g}") for v in alpha])
# Two outputs that could be scores: the linear layer's, and all of them turned over.
twice = h.make_graph(
    [*BODY, pool(), flatten(), h.make_node("Gemm", ["flat", "w", "b"], ["first"], transB=1), h.make_node("Neg", ["first"], ["second"])],
    "either",
    [h.make_tensor_value_info("pixels", T.FLOAT, ("N", 3, 4, 4))],
    [h.make_tensor_value_info(each, T.FLOAT, ("N", 4)) for each in ("first", "second")],
    CONSTANTS,
)
onnx.save(h.make_model(twice, opset_imports=[h.make_opsetid("", 17)], ir_version=8), "either.onnx")
