package dev.quicklime.onnx.internal.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A step of a graph.
 *
 * @param operation what it does, as {@code Relu}
 * @param takes names of the values that it reads, those that its inner graphs read of the outer one
 *     included
 * @param gives names of the values that it computes
 * @param start first dimension of those that a {@code Shape} tells of, counted from the end if
 *     negative
 * @param end the one after the last of them, counted likewise
 * @param field its bytes in the graph, with the field's tag; theirs whose the file is
 */
public record OnnxNode(
    String operation,
    List<String> takes,
    List<String> gives,
    long start,
    long end,
    MemorySegment field) {

  private static final int DEEPEST = 64;

  /** Copies the lists. */
  public OnnxNode {
    takes = List.copyOf(takes);
    gives = List.copyOf(gives);
  }

  /** Whether what it computes depends on the sizes alone of what it takes. */
  public boolean sizesOnly() {
    return takes.size() == 1 && (operation.equals("Shape") || operation.equals("Size"));
  }

  static OnnxNode read(ProtoMessage node, MemorySegment field) throws IOException {
    return read(node, field, 0);
  }

  private static OnnxNode read(ProtoMessage node, MemorySegment field, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("graphs lie more than %s deep in each other".formatted(DEEPEST));
    }
    List<String> takes = new ArrayList<>();
    List<String> gives = new ArrayList<>();
    String operation = "";
    long start = 0;
    long end = Long.MAX_VALUE;
    while (node.next()) {
      switch (node.field()) {
        case 1 -> takes.add(node.text());
        case 2 -> gives.add(node.text());
        case 4 -> operation = node.text();
        case 5 -> {
          ProtoMessage attribute = node.message();
          String name = "";
          while (attribute.next()) {
            switch (attribute.field()) {
              case 1 -> name = attribute.text();
              case 3 -> {
                start = name.equals("start") ? attribute.number() : start;
                end = name.equals("end") ? attribute.number() : end;
              }
              case 6, 11 -> takes.addAll(captured(attribute.message(), depth + 1));
              default -> {
                // What it does, not what it takes.
              }
            }
          }
        }
        default -> {
          // Names and texts for readers.
        }
      }
    }
    // An optional input that is left out has no name.
    takes.removeIf(String::isEmpty);
    gives.removeIf(String::isEmpty);
    return new OnnxNode(operation, takes, gives, start, end, field);
  }

  /** What an inner graph reads that it does not compute itself. */
  private static List<String> captured(ProtoMessage graph, int depth) throws IOException {
    List<String> takes = new ArrayList<>();
    Set<String> own = new HashSet<>();
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> {
          OnnxNode inner = read(graph.message(), graph.whole(), depth);
          takes.addAll(inner.takes());
          own.addAll(inner.gives());
        }
        case 5 -> own.add(OnnxGraph.named(graph.message(), 8));
        case 11 -> own.add(OnnxGraph.named(graph.message(), 1));
        // Its result may be a value of the outer graph as it is.
        case 12 -> takes.add(OnnxGraph.named(graph.message(), 1));
        default -> {
          // Names and shapes.
        }
      }
    }
    takes.removeAll(own);
    return takes;
  }
}
