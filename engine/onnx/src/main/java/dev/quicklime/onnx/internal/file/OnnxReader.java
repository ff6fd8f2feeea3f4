package dev.quicklime.onnx.internal.file;

import dev.quicklime.internal.file.ReadBudget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the messages of a model. The numbers are those of onnx.proto: of {@code ModelProto},
 * {@code GraphProto}, {@code NodeProto}, {@code AttributeProto} and {@code TensorProto}.
 */
final class OnnxReader {

  private static final int GRAPH = 7;
  private static final int METADATA = 14;

  /** A graph within a graph within a graph; no network goes deeper, but a stack has an end. */
  private static final int DEEPEST = 64;

  private static final Set<String> QUANTIZED =
      Set.of(
          "QLinearConv",
          "QLinearMatMul",
          "QGemm",
          "ConvInteger",
          "MatMulInteger",
          "DynamicQuantizeLinear",
          "QuantizeLinear");

  private final List<OnnxPort> inputs = new ArrayList<>();
  private final List<OnnxPort> outputs = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, Long> external = new HashMap<>();
  private final Set<String> initialized = new HashSet<>();
  private final Map<OnnxType, Long> weights = new EnumMap<>(OnnxType.class);
  private boolean quantized;

  private final ReadBudget budget;

  /**
   * For one file.
   *
   * @param bytes its length
   */
  OnnxReader(long bytes) {
    budget = ReadBudget.of(bytes);
  }

  OnnxFile read(MemorySegment bytes) throws IOException {
    ProtoMessage model = new ProtoMessage(bytes);
    boolean graph = false;
    while (model.next()) {
      switch (model.field()) {
        case GRAPH -> {
          graph(model.message(), 0);
          graph = true;
        }
        case METADATA -> {
          entry(model.message(), metadata);
          budget.take(2 * ReadBudget.OBJECT);
        }
        default -> {
          // Versions, and functions, whose weights are the graph's.
        }
      }
    }
    if (!graph) {
      throw new IOException("it has no graph");
    }
    inputs.removeIf(input -> initialized.contains(input.name()));
    long all = weights.values().stream().mapToLong(Long::longValue).sum();
    return new OnnxFile(inputs, outputs, metadata, external, all, precision());
  }

  private String precision() {
    if (quantized) {
      return "int8";
    }
    OnnxType most = OnnxType.FLOAT;
    for (Map.Entry<OnnxType, Long> entry : weights.entrySet()) {
      if (entry.getValue() > weights.getOrDefault(most, 0L)) {
        most = entry.getKey();
      }
    }
    return most.precision();
  }

  private void graph(ProtoMessage graph, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("graphs lie more than %d deep in each other".formatted(DEEPEST));
    }
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message(), depth);
        case 5 -> initialized.add(tensor(graph.message()));
        case 11 -> {
          if (depth == 0) {
            budget.take(4 * ReadBudget.OBJECT);
            inputs.add(OnnxPort.read(graph.message()));
          }
        }
        case 12 -> {
          if (depth == 0) {
            budget.take(4 * ReadBudget.OBJECT);
            outputs.add(OnnxPort.read(graph.message()));
          }
        }
        case 15 -> {
          // A sparse tensor: its values are a tensor, whose name is its own.
          ProtoMessage sparse = graph.message();
          while (sparse.next()) {
            if (sparse.field() <= 2) {
              String name = tensor(sparse.message());
              if (sparse.field() == 1) {
                initialized.add(name);
              }
            }
          }
        }
        default -> {
          // Names, texts for readers, shapes in between.
        }
      }
    }
  }

  private void node(ProtoMessage node, int depth) throws IOException {
    while (node.next()) {
      if (node.field() == 4) {
        quantized |= QUANTIZED.contains(node.text());
      } else if (node.field() == 5) {
        attribute(node.message(), depth);
      }
    }
  }

  private void attribute(ProtoMessage attribute, int depth) throws IOException {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> tensor(attribute.message());
        case 6, 11 -> graph(attribute.message(), depth + 1);
        default -> {
          // Plain values.
        }
      }
    }
  }

  /** Counts a tensor and notes where its values lie; its name. */
  private String tensor(ProtoMessage tensor) throws IOException {
    budget.take(2 * ReadBudget.OBJECT);
    String name = "";
    long elements = 1;
    OnnxType type = OnnxType.UNDEFINED;
    boolean outside = false;
    Map<String, String> place = new HashMap<>();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> {
          for (long size : tensor.numbers()) {
            if (size < 0) {
              throw new IOException("a tensor has a side of " + size);
            }
            elements = Math.multiplyExact(elements, size);
          }
        }
        case 2 -> type = OnnxType.of(tensor.number());
        case 8 -> name = tensor.text();
        case 13 -> entry(tensor.message(), place);
        case 14 -> outside = tensor.number() == 1;
        default -> {
          // The values.
        }
      }
    }
    if (type.weight()) {
      weights.merge(type, elements, Math::addExact);
    }
    if (outside) {
      external.merge(
          place.getOrDefault("location", ""),
          Math.addExact(
              number(place.get("offset"), 0),
              number(place.get("length"), Math.multiplyExact(elements, (long) type.bytes()))),
          Math::max);
    }
    return name;
  }

  private static long number(@Nullable String text, long standard) throws IOException {
    if (text == null) {
      return standard;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("%s is no place in a file of weights".formatted(text), e);
    }
  }

  static void entry(ProtoMessage entry, Map<String, String> into) throws IOException {
    String key = "";
    String value = "";
    while (entry.next()) {
      if (entry.field() == 1) {
        key = entry.text();
      } else if (entry.field() == 2) {
        value = entry.text();
      }
    }
    into.put(key, value);
  }
}
