package dev.quicklime.onnx.internal.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxSession;
import dev.quicklime.onnx.internal.file.ExternalFiles;
import dev.quicklime.onnx.internal.file.HeadModel;
import dev.quicklime.onnx.internal.file.OnnxFile;
import dev.quicklime.onnx.internal.file.OnnxGraph;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A model file, of which parts are loaded.
 *
 * @param file where it lies
 * @param content what it says of itself
 * @param threads of a pass, ≥ 1
 */
public record ModelParts(Path file, OnnxFile content, int threads) {

  /** Refuses what is missing. */
  public ModelParts {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(content, "content");
  }

  /** What messages call it. */
  String name() {
    return String.valueOf(file.getFileName());
  }

  /** Names of what the file itself returns. */
  List<String> outputs() {
    return content.outputs().stream().map(port -> port.name()).toList();
  }

  /** The steps of the file; to be closed. */
  OnnxGraph graph() {
    return OnnxGraph.open(file);
  }

  /**
   * Loads all of it, so that it returns inner values besides.
   *
   * @throws QuicklimeException if its weights are not there
   * @throws OnnxException if ONNX Runtime refuses it
   * @throws InvalidInputException if the file cannot be read
   */
  OnnxSession returning(Set<String> values) {
    Path path = ExternalFiles.pathOf(file, content);
    Set<String> more = new HashSet<>(values);
    more.removeAll(outputs());
    if (more.isEmpty()) {
      return OnnxSession.open(name(), path, threads);
    }
    byte[] bytes;
    try (OnnxGraph graph = graph()) {
      bytes = graph.returning(more);
    }
    return content.external().isEmpty()
        ? OnnxSession.of(name(), bytes, threads)
        : OnnxSession.of(
            name(), bytes, Objects.requireNonNull(path.toAbsolutePath().getParent()), threads);
  }

  /**
   * Loads what follows a value.
   *
   * @param output what it returns
   * @param sizes of values whose size is asked for, and the batch of which they are
   * @param shape of the value, the number of rows first
   * @throws OnnxException if ONNX Runtime refuses it
   */
  OnnxSession after(
      String value, String output, Map<String, long[]> sizes, long measured, long[] shape) {
    byte[] bytes;
    try (OnnxGraph graph = graph()) {
      bytes =
          new HeadModel(graph, value, output, sizes, measured)
              .bytes(ExternalFiles.pathOf(file, content), shape);
    }
    return OnnxSession.of(name() + " after " + value, bytes, threads);
  }
}
