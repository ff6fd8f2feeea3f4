package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tensor as elements of a larger block.
 *
 * @param tensor type and shape
 * @param offset index of its first element
 * @param strides elements from one index to the next, for each dimension
 */
record View(StoredTensor tensor, long offset, List<Long> strides) {

  View {
    strides = List.copyOf(strides);
    if (strides.size() != tensor.shape().size()) {
      throw new InvalidInputException(
          "strides must be as many as the %s dimensions, got %s"
              .formatted(tensor.shape().size(), strides.size()));
    }
  }

  /** All elements of a block one after the other. */
  static View whole(StoredTensor tensor) {
    return new View(tensor, 0, contiguous(tensor.shape()));
  }

  private static List<Long> contiguous(List<Long> shape) {
    List<Long> strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
    for (int i = shape.size() - 2; i >= 0; i--) {
      strides.set(i, strides.get(i + 1) * Math.max(1, shape.get(i + 1)));
    }
    return strides;
  }

  /** Refuses a view that leaves a block of so many elements. */
  void checkWithin(long elements) {
    if (tensor.elements() == 0) {
      return;
    }
    try {
      long last = offset;
      boolean negative = offset < 0;
      for (int i = 0; i < strides.size(); i++) {
        negative |= strides.get(i) < 0;
        last =
            Math.addExact(
                last, Math.multiplyExact(tensor.shape().get(i) - 1, (long) strides.get(i)));
      }
      if (!negative && last < elements) {
        return;
      }
    } catch (ArithmeticException e) {
      // Further away than any block reaches, which is said below.
    }
    throw new InvalidInputException(
        "it must lie within its storage of %s elements, got offset %s, shape %s, strides %s"
            .formatted(elements, offset, tensor.shape(), strides));
  }

  /** Copies the elements in row-major order, converted to single precision or to long. */
  void copy(MemorySegment block, ElementType as, MemorySegment to) {
    if (as != ElementType.F32 && as != ElementType.I64) {
      throw new InvalidInputException("as must be F32 or I64, got " + as);
    }
    long elements = tensor.elements();
    if (to.byteSize() != elements * as.bytes()) {
      throw new InvalidInputException(
          "to must have %s bytes, got %s".formatted(elements * as.bytes(), to.byteSize()));
    }
    ElementType type = tensor.type();
    if (strides.equals(contiguous(tensor.shape()))) {
      long bytes = elements * type.bytes();
      MemorySegment from = block.asSlice(offset * type.bytes(), bytes);
      if (type == as && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
        to.copyFrom(from);
        return;
      }
      for (long i = 0; i < elements; i++) {
        put(from, i, as, to, i);
      }
      return;
    }
    gather(block, as, to);
  }

  private void gather(MemorySegment block, ElementType as, MemorySegment to) {
    List<Long> shape = tensor.shape();
    long[] index = new long[shape.size()];
    long at = offset;
    long elements = tensor.elements();
    for (long i = 0; i < elements; i++) {
      put(block, at, as, to, i);
      for (int d = index.length - 1; d >= 0; d--) {
        at += strides.get(d);
        if (++index[d] < shape.get(d)) {
          break;
        }
        at -= strides.get(d) * shape.get(d);
        index[d] = 0;
      }
    }
  }

  private void put(MemorySegment from, long source, ElementType as, MemorySegment to, long target) {
    long offset = source * tensor.type().bytes();
    if (as == ElementType.F32) {
      to.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, target, tensor.type().toFloat(from, offset));
    } else {
      to.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, target, tensor.type().toLong(from, offset));
    }
  }
}
