package dev.quicklime.onnx.internal;

/**
 * A tensor that a model returned, on the heap.
 *
 * @param name what the model calls it
 * @param shape sizes of its dimensions
 * @param values its numbers in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record OnnxOutput(String name, long[] shape, double[] values) {}
