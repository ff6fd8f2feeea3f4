package dev.quicklime.onnx.internal.file;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.file.ReadBudget;
import dev.quicklime.internal.memory.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file computes, step by step. The file stays mapped until this is closed. For one thread.
 */
public final class OnnxGraph implements AutoCloseable {

  private final MappedFile mapped;
  private final Path file;
  private final List<MemorySegment> around = new ArrayList<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, MemorySegment> weights = new HashMap<>();
  private final Map<String, MemorySegment> inputs = new LinkedHashMap<>();
  private final List<String> outputs = new ArrayList<>();

  /** Two bytes can be a step or a constant, of which an object is made. */
  private static final int STEP = 4 * ReadBudget.OBJECT;

  private final ReadBudget budget;

  private OnnxGraph(Path file, MappedFile mapped) {
    this.file = file;
    this.mapped = mapped;
    this.budget = ReadBudget.of(mapped.segment().byteSize());
  }

  /**
   * Opens a file.
   *
   * @throws InvalidInputException if it cannot be read
   * @throws QuicklimeException if it is no ONNX file or is cut off
   */
  public static OnnxGraph open(Path file) {
    OnnxGraph graph = null;
    try {
      graph = new OnnxGraph(file, new MappedFile(file));
      graph.read();
      OnnxGraph read = graph;
      graph = null;
      return read;
    } catch (IOException | InvalidInputException e) {
      throw graph == null
          ? new InvalidInputException("model " + file + " cannot be read: " + e, e)
          : new QuicklimeException(
              "model %s must be an ONNX file, got one that is none or is cut off: %s"
                  .formatted(file, e.getMessage()),
              e);
    } finally {
      if (graph != null) {
        graph.close();
      }
    }
  }

  private void read() throws IOException {
    ProtoMessage model = new ProtoMessage(mapped.segment());
    while (model.next()) {
      switch (model.field()) {
        // Version, sets of operators, functions.
        case 1, 8, 25 -> around.add(model.whole());
        case 7 -> graph(model.message());
        default -> {
          // Who made it, and texts.
        }
      }
    }
  }

  private void graph(ProtoMessage graph) throws IOException {
    while (graph.next()) {
      budget.take(STEP);
      switch (graph.field()) {
        case 1 -> nodes.add(OnnxNode.read(graph.message(), graph.whole()));
        case 5 -> weights.put(named(graph.message(), 8), graph.whole());
        case 11 -> inputs.put(named(graph.message(), 1), graph.whole());
        case 12 -> outputs.add(named(graph.message(), 1));
        case 15 -> {
          ProtoMessage sparse = graph.message();
          while (sparse.next()) {
            if (sparse.field() == 1) {
              weights.put(named(sparse.message(), 8), graph.whole());
            }
          }
        }
        default -> {
          // Names, texts, and shapes that hold for one batch only.
        }
      }
    }
  }

  /** The text that is one of a message's fields, or nothing. */
  static String named(ProtoMessage message, int field) throws IOException {
    String name = "";
    while (message.next()) {
      if (message.field() == field) {
        name = message.text();
      }
    }
    return name;
  }

  Path file() {
    return file;
  }

  /** Fields of the model that hold for every graph of its operators. */
  List<MemorySegment> around() {
    return around;
  }

  /** The steps, each after those whose values it takes. */
  public List<OnnxNode> nodes() {
    return List.copyOf(nodes);
  }

  /** What it returns, by name. */
  public List<String> outputs() {
    return List.copyOf(outputs);
  }

  /** Fields that hold constants, by the constants' names. */
  Map<String, MemorySegment> weights() {
    return weights;
  }

  /** Fields of what is taken from outside, by name; old files list their constants here too. */
  Map<String, MemorySegment> inputs() {
    return inputs;
  }

  /**
   * The whole model with more outputs: any values that it computes on its way.
   *
   * @param names of values, those that are outputs already included
   * @return an ONNX file; weights that lie in other files stay there
   */
  public byte[] returning(Set<String> names) {
    ProtoWriter graph = new ProtoWriter();
    Set<String> more = new HashSet<>(names);
    more.removeAll(outputs);
    for (String name : more) {
      // The type is found by whoever runs it.
      graph.message(12, new ProtoWriter().text(1, name));
    }
    // A message that comes in two parts is the first with all that is repeated in the second added.
    byte[] added = new ProtoWriter().message(7, graph).toBytes();
    long size = mapped.segment().byteSize();
    // At once, as a file may have more than a gigabyte.
    byte[] all = new byte[Math.toIntExact(size + added.length)];
    MemorySegment.copy(mapped.segment(), 0, MemorySegment.ofArray(all), 0, size);
    System.arraycopy(added, 0, all, Math.toIntExact(size), added.length);
    return all;
  }

  @Override
  public void close() {
    mapped.close();
  }
}
