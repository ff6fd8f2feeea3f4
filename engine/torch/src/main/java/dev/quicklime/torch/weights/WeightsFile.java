package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.ModelFileKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;

/**
 * Named tensors in a file: safetensors, or what PyTorch's {@code torch.save} writes since version
 * 1.6; or in several with an index. Which of them it is, the content tells. All that the file says
 * of its tensors has been checked once it is open.
 *
 * <p>A checkpoint can hold several state dicts. Each is an entry, named by the keys that lead to
 * it, joined by dots; the outermost is called by no name at all, an empty text.
 */
public sealed interface WeightsFile extends AutoCloseable
    permits SafetensorsFile, ShardedFile, TorchFile {

  /**
   * Opens a file, the index of several, or a folder with one index or one file of a customary name.
   *
   * @throws InvalidInputException if there is no such file or it cannot be read
   * @throws QuicklimeException if it is of another kind, incomplete or damaged
   * @throws CancellationException if the thread is interrupted
   */
  static WeightsFile open(Path file) {
    Objects.requireNonNull(file, "file");
    if (Files.notExists(file)) {
      throw new InvalidInputException("weights " + file + " does not exist");
    }
    ModelFileKind folder = Files.isDirectory(file) ? ModelFileKind.of(file) : ModelFileKind.OTHER;
    if (folder != ModelFileKind.OTHER && folder != ModelFileKind.FOLDER) {
      throw new InvalidInputException(
          "weights %s must be safetensors or a state dict of torch.save, got %s"
              .formatted(file, folder.words()));
    }
    try {
      if (Files.isDirectory(file)) {
        return open(ShardIndex.in(file));
      }
      return ofKind(file, ModelFileKind.of(file));
    } catch (InvalidInputException e) {
      if (Files.isDirectory(file)) {
        throw e;
      }
      throw new QuicklimeException("weights " + file + ": " + e.getMessage(), e);
    } catch (ClosedByInterruptException e) {
      throw (CancellationException)
          new CancellationException("interrupted while opening " + file).initCause(e);
    } catch (IOException e) {
      throw new InvalidInputException("weights " + file + " cannot be read: " + e, e);
    }
  }

  private static WeightsFile ofKind(Path file, ModelFileKind kind) throws IOException {
    return switch (kind) {
      case SAFETENSORS -> SafetensorsFile.open(file);
      case STATE_DICT, ZIP, CUT_OFF -> TorchFile.open(file);
      case WEIGHTS_INDEX -> ShardedFile.open(file);
      case TORCH_SCRIPT ->
          throw new InvalidInputException(
              "must be safetensors or a state dict, got a TorchScript file, which can be used as"
                  + " it is");
      case OLD_TORCH ->
          throw new InvalidInputException(
              "must be as torch.save writes it since PyTorch 1.6, got the format from before;"
                  + " load and save it once in Python: torch.save(torch.load(FILE,"
                  + " map_location='cpu'), NEW_FILE)");
      case LFS_POINTER ->
          throw new InvalidInputException(
              "must be safetensors or a state dict of torch.save, got a pointer of Git LFS:"
                  + " fetch the file itself with git lfs pull");
      // The pickle itself says best what is in the way.
      case PICKLED_MODULE -> TorchFile.open(file);
      // What claims to be safetensors but is damaged is told what is wrong with it.
      case OTHER, EMPTY -> SafetensorsFile.open(file);
      default ->
          throw new InvalidInputException(
              "must be safetensors or a state dict of torch.save, got " + kind.words());
    };
  }

  /** All tensors by the entry that they are in and their names, in the file's order. */
  SequencedMap<String, Map<String, StoredTensor>> entries();

  /**
   * Copies a tensor in row-major order.
   *
   * @param entry one of {@link #entries}
   * @param name one of its tensors
   * @param as {@link ElementType#F32} or {@link ElementType#I64}, to which elements are converted
   * @param to as many bytes as that takes, in the machine's byte order
   * @throws InvalidInputException if there is no such tensor
   * @throws QuicklimeException if the file does not hold what it promised
   */
  void read(String entry, String name, ElementType as, MemorySegment to);

  @Override
  void close();
}
