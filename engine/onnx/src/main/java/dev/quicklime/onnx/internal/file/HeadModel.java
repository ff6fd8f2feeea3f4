package dev.quicklime.onnx.internal.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model of the last part of a graph: from one value, through which everything goes, to one
 * output. It has that part's steps and constants, and nothing else. Where a step asks for the size
 * of a value before the cut, it is told the one that was measured, in the batch of the new model.
 */
public final class HeadModel {

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final OnnxGraph graph;
  private final String cut;
  private final String output;
  private final Map<String, long[]> sizes;
  private final long measured;

  /**
   * Prepares.
   *
   * @param cut name of the value that the model is to take
   * @param output name of what it is to return
   * @param sizes of values before the cut whose size is asked for
   * @param measured the batch with which they were measured
   */
  public HeadModel(
      OnnxGraph graph, String cut, String output, Map<String, long[]> sizes, long measured) {
    this.graph = graph;
    this.cut = cut;
    this.output = output;
    this.sizes = new HashMap<>(sizes);
    this.measured = measured;
  }

  /**
   * An ONNX file of the model.
   *
   * @param model where the graph's own file lies, for weights that lie beside it
   * @param shape of its only input, float32, which is called as the value was
   * @throws QuicklimeException if a step needs something else of what is before the cut
   */
  public byte[] bytes(Path model, long[] shape) {
    Set<String> needed = new HashSet<>(Set.of(output));
    List<byte[]> steps = new ArrayList<>();
    List<OnnxNode> nodes = graph.nodes();
    Set<String> behind = behind(nodes);
    ProtoWriter content = new ProtoWriter();
    ProtoWriter constants = new ProtoWriter();
    for (OnnxNode node : nodes.reversed()) {
      if (node.gives().stream().noneMatch(needed::contains) || node.gives().contains(cut)) {
        continue;
      }
      long[] size = node.sizesOnly() ? before(node.takes().getFirst(), behind) : null;
      if (size == null) {
        needed.addAll(node.takes());
        steps.add(node.field().toArray(JAVA_BYTE));
      } else {
        constants.message(5, constant(node, size, shape[0]));
      }
    }
    for (byte[] step : steps.reversed()) {
      content.copy(MemorySegment.ofArray(step));
    }
    content.text(2, "head");
    content.copy(MemorySegment.ofArray(constants.toBytes()));
    content.message(11, input(shape));
    for (String name : needed.stream().sorted().toList()) {
      MemorySegment weight = graph.weights().get(name);
      if (weight != null) {
        content.copy(embedded(model, weight));
        MemorySegment named = graph.inputs().get(name);
        if (named != null) {
          content.copy(named);
        }
      } else if (graph.inputs().containsKey(name)) {
        throw new QuicklimeException(
            "model %s must not need %s after %s".formatted(model, name, cut));
      }
    }
    content.message(12, new ProtoWriter().text(1, output));
    ProtoWriter whole = new ProtoWriter();
    graph.around().forEach(whole::copy);
    return whole.message(7, content).toBytes();
  }

  /** All that is computed of the value, itself included. */
  private Set<String> behind(List<OnnxNode> nodes) {
    Set<String> behind = new HashSet<>(Set.of(cut));
    for (OnnxNode node : nodes) {
      if (node.takes().stream().anyMatch(behind::contains)) {
        behind.addAll(node.gives());
      }
    }
    return behind;
  }

  /** The size that was measured, or null for a value that the new model computes itself. */
  private long @Nullable [] before(String value, Set<String> behind) {
    return behind.contains(value) ? null : sizes.get(value);
  }

  private ProtoWriter constant(OnnxNode node, long[] size, long batch) {
    long[] own = size.clone();
    if (own.length > 0 && own[0] % measured == 0) {
      own[0] = own[0] / measured * batch;
    }
    ProtoWriter tensor = new ProtoWriter();
    if (node.operation().equals("Size")) {
      long elements = 1;
      for (long each : own) {
        elements *= each;
      }
      own = new long[] {elements};
    } else {
      int from = place(node.start(), own.length);
      own = Arrays.copyOfRange(own, from, Math.max(from, place(node.end(), own.length)));
      tensor.number(1, own.length);
    }
    ByteBuffer raw = ByteBuffer.allocate(own.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long each : own) {
      raw.putLong(each);
    }
    return tensor.number(2, INT64).text(8, node.gives().getFirst()).bytes(9, raw.array());
  }

  private static int place(long index, int rank) {
    return Math.clamp(index < 0 ? index + rank : index, 0, rank);
  }

  private ProtoWriter input(long[] shape) {
    ProtoWriter dimensions = new ProtoWriter();
    for (long size : shape) {
      dimensions.message(1, new ProtoWriter().number(1, size));
    }
    ProtoWriter tensor = new ProtoWriter().number(1, FLOAT).message(2, dimensions);
    return new ProtoWriter().text(1, cut).message(2, new ProtoWriter().message(1, tensor));
  }

  /** A constant with its values, wherever they lay. */
  private static MemorySegment embedded(Path model, MemorySegment field) {
    try {
      ProtoMessage graph = new ProtoMessage(field);
      graph.next();
      if (graph.field() != 5) {
        return field;
      }
      ProtoMessage tensor = graph.message();
      ProtoWriter copy = new ProtoWriter();
      Map<String, String> place = new HashMap<>();
      long standard = 1;
      while (tensor.next()) {
        switch (tensor.field()) {
          case 13 -> OnnxReader.entry(tensor.message(), place);
          case 14 -> {
            // It says that the values lie elsewhere.
          }
          default -> {
            copy.copy(tensor.whole());
            standard *= factor(tensor);
          }
        }
      }
      if (!place.containsKey("location")) {
        return field;
      }
      Path beside = model.resolveSibling(place.getOrDefault("location", ""));
      try (MappedFile file = new MappedFile(beside)) {
        long offset = Long.parseLong(place.getOrDefault("offset", "0"));
        String length = place.get("length");
        long bytes = length == null ? standard : Long.parseLong(length);
        copy.bytes(9, file.segment().asSlice(offset, bytes).toArray(JAVA_BYTE));
      }
      return MemorySegment.ofArray(new ProtoWriter().message(5, copy).toBytes());
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      throw new QuicklimeException(
          "weights of model %s cannot be read: %s".formatted(model, e.getMessage()), e);
    }
  }

  /** What a field of a tensor multiplies the number of its bytes by. */
  private static long factor(ProtoMessage tensor) throws IOException {
    long factor = 1;
    if (tensor.field() == 1) {
      for (long size : tensor.numbers()) {
        factor *= size;
      }
    }
    return tensor.field() == 2 ? OnnxType.of(tensor.number()).bytes() : factor;
  }
}
