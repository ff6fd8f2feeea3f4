package dev.quicklime.torch.internal;

import java.util.List;

/**
 * A tensor of a module that is to be made.
 *
 * @param name within its module
 * @param kind what the module does with it
 * @param shape size of each dimension; empty for a single number
 */
public record TensorSpec(String name, Kind kind, List<Long> shape) {

  /** What a module does with a tensor. */
  public enum Kind {
    /** Learnt, single precision. */
    PARAMETER,
    /** Kept beside what is learnt, single precision. */
    BUFFER,
    /** A whole number of 64 bits that no forward pass reads. */
    COUNTER
  }

  /** Copies the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Number of bytes. */
  public long bytes() {
    return Math.multiplyExact(elements(), kind == Kind.COUNTER ? Long.BYTES : Float.BYTES);
  }
}
