package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;

/**
 * What a file says of one tensor.
 *
 * @param type number format of its elements
 * @param shape size of each dimension, none negative; empty for a single number
 */
public record StoredTensor(ElementType type, List<Long> shape) {

  /** As many as PyTorch has. */
  private static final int MAX_DIMENSIONS = 64;

  /** Refuses sizes that are negative or whose product no file could hold. */
  public StoredTensor {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(shape, "shape");
    if (shape.size() > MAX_DIMENSIONS) {
      throw new InvalidInputException(
          "a shape must have at most %s dimensions, got %s"
              .formatted(MAX_DIMENSIONS, shape.size()));
    }
    shape = List.copyOf(shape);
    elements(shape);
  }

  /** How many elements its shape has; 1 if it has no dimensions. */
  public long elements() {
    return elements(shape);
  }

  private static long elements(List<Long> shape) {
    long elements = 1;
    try {
      for (long size : shape) {
        if (size < 0) {
          throw new InvalidInputException("a shape must have no negative sizes, got " + shape);
        }
        elements = Math.multiplyExact(elements, size);
      }
      Math.multiplyExact(elements, Long.BYTES);
    } catch (ArithmeticException e) {
      throw new InvalidInputException("a shape must fit into a file, got " + shape, e);
    }
    return elements;
  }
}
