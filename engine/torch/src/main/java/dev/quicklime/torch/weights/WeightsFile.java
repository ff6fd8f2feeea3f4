package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * A file of named tensors: safetensors, or a state dict as PyTorch's {@code torch.save} writes it
 * since version 1.6. Which of them it is, its first bytes tell. All that the file says of its
 * tensors has been checked once it is open.
 */
public sealed interface WeightsFile extends AutoCloseable permits SafetensorsFile, TorchFile {

  /**
   * Opens a file.
   *
   * @throws InvalidInputException if there is no such file or it cannot be read
   * @throws QuicklimeException if it is of another kind, incomplete or damaged
   * @throws CancellationException if the thread is interrupted
   */
  static WeightsFile open(Path file) {
    Objects.requireNonNull(file, "file");
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "weights " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try {
      return switch (FileKind.of(file)) {
        case ZIP -> TorchFile.open(file);
        case LEGACY_TORCH ->
            throw new InvalidInputException(
                "must be as torch.save writes it since PyTorch 1.6, got the format from before;"
                    + " load and save it once in Python: torch.save(torch.load(FILE,"
                    + " map_location='cpu'), NEW_FILE)");
        case LFS_POINTER ->
            throw new InvalidInputException(
                "must be safetensors or a state dict of torch.save, got a pointer of Git LFS:"
                    + " fetch the file itself with git lfs pull");
        case OTHER -> SafetensorsFile.open(file);
      };
    } catch (InvalidInputException e) {
      throw new QuicklimeException("weights " + file + ": " + e.getMessage(), e);
    } catch (ClosedByInterruptException e) {
      throw (CancellationException)
          new CancellationException("interrupted while opening " + file).initCause(e);
    } catch (IOException e) {
      throw new InvalidInputException("weights " + file + " cannot be read: " + e, e);
    }
  }

  /** All tensors by their names, in the file's order. */
  Map<String, StoredTensor> tensors();

  /**
   * Copies a tensor in row-major order.
   *
   * @param name one of {@link #tensors}
   * @param as {@link ElementType#F32} or {@link ElementType#I64}, to which elements are converted
   * @param to as many bytes as that takes, in the machine's byte order
   * @throws QuicklimeException if the file does not hold what it promised
   */
  void read(String name, ElementType as, MemorySegment to);

  @Override
  void close();
}
