"""`python3 backend/bench/weights/half.py FROM.onnx TO.onnx`: the same graph in half precision, to be weighed by main.ts.

Weights, constants and the values in between become fp16; what comes in are whole numbers, and what goes out is fp32 again, as
the product expects it. Needs the package `onnx` (Debian: python3-onnx).
"""

import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

LARGEST = float(numpy.finfo(numpy.float16).max)


def to_half(tensor):
    """Masks are minus infinity or nearly so; they become the least that half precision knows."""
    if tensor.data_type == TensorProto.FLOAT:
        values = numpy.clip(numpy_helper.to_array(tensor), -LARGEST, LARGEST).astype(numpy.float16)
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))


def rename(names, old, new):
    for at, name in enumerate(names):
        if name == old:
            names[at] = new


source, target = sys.argv[1:]
model = onnx.load(source)
graph = model.graph
for tensor in graph.initializer:
    to_half(tensor)
for node in graph.node:
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.TENSOR:
            to_half(attribute.t)
        if node.op_type == "Cast" and attribute.name == "to" and attribute.i == TensorProto.FLOAT:
            attribute.i = TensorProto.FLOAT16
for output in graph.output:
    half = f"{output.name}_half"
    for node in graph.node:
        rename(node.input, output.name, half)
        rename(node.output, output.name, half)
    graph.node.append(helper.make_node("Cast", [half], [output.name], to=TensorProto.FLOAT))
del graph.value_info[:]
onnx.save(model, target)
