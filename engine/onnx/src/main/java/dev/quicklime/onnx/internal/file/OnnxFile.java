package dev.quicklime.onnx.internal.file;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.MappedFile;
import dev.quicklime.model.ModelFileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an ONNX file says of itself.
 *
 * @param inputs what it takes, without those that only name weights
 * @param outputs what it returns, in its order
 * @param metadata texts that its maker added
 * @param external files that hold weights, each as it is named and how many bytes it must have
 * @param weights how many numbers its weights are
 * @param precision what it computes with: {@code int8} where it multiplies whole numbers of eight
 *     bits, else what most of its weights are, for instance {@code fp32}
 */
public record OnnxFile(
    List<OnnxPort> inputs,
    List<OnnxPort> outputs,
    Map<String, String> metadata,
    Map<String, Long> external,
    long weights,
    String precision) {

  /** Copies all lists. */
  public OnnxFile {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
    external = Map.copyOf(external);
  }

  /**
   * Whether a file's content is that of an ONNX file, or where the content says nothing its name;
   * nothing is thrown and not much read.
   */
  public static boolean recognises(Path file) {
    ModelFileKind kind = ModelFileKind.of(file);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return kind == ModelFileKind.ONNX || (kind.unknown() && name.endsWith(".onnx"));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is no ONNX file or is cut off
   */
  public static OnnxFile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "model " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try (MappedFile mapped = new MappedFile(file)) {
      return read(file, mapped);
    } catch (IOException e) {
      throw new InvalidInputException("model " + file + " cannot be read: " + e, e);
    }
  }

  private static OnnxFile read(Path file, MappedFile mapped) {
    try {
      return new OnnxReader(mapped.segment().byteSize()).read(mapped.segment());
    } catch (IOException | ArithmeticException | InvalidInputException e) {
      throw new QuicklimeException(
          "model %s must be an ONNX file, got %d bytes that are none or are cut off: %s"
              .formatted(file, mapped.segment().byteSize(), e.getMessage()),
          e);
    }
  }
}
