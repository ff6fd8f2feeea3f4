package dev.quicklime.onnx.internal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An input or an output of a graph.
 *
 * @param name what the graph calls it
 * @param type its elements, {@link OnnxType#UNDEFINED} where it is no tensor
 * @param shaped whether the number of its dimensions is known
 * @param shape sizes of its dimensions, −1 for one that is open
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record OnnxPort(String name, OnnxType type, boolean shaped, long[] shape) {

  private static final int TENSOR = 1;
  private static final long OPEN = -1;
  private static final int MOST_DIMENSIONS = 1024;

  /** Copies the shape. */
  public OnnxPort {
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of dimensions, or −1 where it is not known. */
  public int rank() {
    return shaped ? shape.length : -1;
  }

  /** Size of a dimension, or −1 where it is open. */
  public long size(int dimension) {
    return shape[dimension];
  }

  /** Type and shape, for messages, as {@code float32[?, 3, 224, 224]}. */
  public String shown() {
    if (type == OnnxType.UNDEFINED || !shaped) {
      return type.called();
    }
    return type.called() + Arrays.toString(shape).replace("-1", "?");
  }

  static OnnxPort read(ProtoMessage value) throws IOException {
    String name = "";
    OnnxType type = OnnxType.UNDEFINED;
    List<Long> shape = null;
    while (value.next()) {
      if (value.field() == 1) {
        name = value.text();
      } else if (value.field() == 2) {
        ProtoMessage kind = value.message();
        while (kind.next()) {
          if (kind.field() == TENSOR) {
            ProtoMessage tensor = kind.message();
            while (tensor.next()) {
              if (tensor.field() == 1) {
                type = OnnxType.of(tensor.number());
              } else if (tensor.field() == 2) {
                shape = shape(tensor.message());
              }
            }
          }
        }
      }
    }
    long[] sizes =
        shape == null ? new long[0] : shape.stream().mapToLong(Long::longValue).toArray();
    return new OnnxPort(name, type, shape != null, sizes);
  }

  /** A size that is given by a name, or below 0 as some tools write it, is open. */
  private static List<Long> shape(ProtoMessage dimensions) throws IOException {
    List<Long> shape = new ArrayList<>();
    while (dimensions.next()) {
      if (dimensions.field() == 1) {
        long size = OPEN;
        ProtoMessage dimension = dimensions.message();
        while (dimension.next()) {
          if (dimension.field() == 1) {
            size = Math.max(OPEN, dimension.number());
          }
        }
        if (shape.size() == MOST_DIMENSIONS) {
          throw new IOException("a shape of more than %d sides".formatted(MOST_DIMENSIONS));
        }
        shape.add(size);
      }
    }
    return shape;
  }
}
