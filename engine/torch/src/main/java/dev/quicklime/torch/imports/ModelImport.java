package dev.quicklime.torch.imports;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Labels;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.internal.ModuleSpec;
import dev.quicklime.torch.internal.ModuleTensors;
import dev.quicklime.torch.internal.TensorSpec;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.networks.Networks;
import dev.quicklime.torch.internal.networks.Unfinished;
import dev.quicklime.torch.weights.ElementType;
import dev.quicklime.torch.weights.StoredTensor;
import dev.quicklime.torch.weights.WeightsFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a TorchScript file of an architecture and a file of trained weights.
 *
 * @param architecture what the weights were trained in
 * @param weights safetensors, or a state dict of {@code torch.save}, with torchvision's names; the
 *     prefixes that PyTorch's wrappers add are taken off. Doubles, halves and bfloat16 become
 *     singles
 */
public record ModelImport(Architecture architecture, Path weights) {

  /** Refuses what is missing. */
  public ModelImport {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(weights, "weights");
  }

  /** Names of the last layer. */
  private static final String HEAD = "fc.weight";

  private static final int STANDARD_CLASSES = 1000;
  private static final int MAX_CLASSES = 1_000_000;

  /** What DataParallel and torch.compile put before every name. */
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

  /**
   * The size of the model that was written.
   *
   * @param classes number of outputs
   * @param parameters number of learnt parameters
   */
  public record Result(int classes, long parameters) {}

  /**
   * Writes the model and, beside it, its {@code model.json}. Neither is there before both are
   * whole.
   *
   * @param out a {@code .pt} file; it is replaced, and the folders it is in are made
   * @param card the model's input and labels, one for each class or none
   * @param replaceCard whether a {@code model.json} that says something else is replaced: it would
   *     be that of another model
   * @throws InvalidInputException if the input has not three channels, the labels are not as many
   *     as the classes, or a file cannot be read
   * @throws QuicklimeException if a tensor is missing, too many, misshapen or not finite, or if the
   *     weights cannot be read
   * @throws FileAlreadyExistsException if there is a {@code model.json} that says something else
   * @throws IOException if the files cannot be made
   * @throws CancellationException if the thread is interrupted
   */
  public Result run(Path out, ModelCard card, boolean replaceCard) throws IOException {
    if (!out.toString().endsWith(".pt")) {
      throw new InvalidInputException("the model's file must end with .pt, got " + out);
    }
    if (card.preprocessing().channels() != 3) {
      throw new InvalidInputException(
          "mean and std must have 3 numbers each, got " + card.preprocessing().channels());
    }
    if (Files.exists(out) && Files.exists(weights) && Files.isSameFile(out, weights)) {
      throw new InvalidInputException(
          "the model's file must not be that of its weights, got %s for both".formatted(out));
    }
    Path cardFile = ModelCard.fileBeside(out);
    if (!replaceCard && !card.mayBecome(cardFile)) {
      throw new FileAlreadyExistsException(
          cardFile.toString(),
          null,
          "it describes another input or other labels and is left alone");
    }
    try (WeightsFile file = WeightsFile.open(weights)) {
      Map<String, String> names = names(file.tensors());
      int classes = classes(file, names);
      Labels.of(card.labels()).check(classes);
      ModuleSpec network = Networks.inference(architecture, classes);
      check(network, file, names);
      try (Unfinished model = Unfinished.of(out);
          Unfinished description = Unfinished.of(cardFile)) {
        fill(network, file, names, model.path());
        card.write(description.path());
        model.publish();
        description.publish();
      }
      return new Result(classes, parameters(architecture, classes));
    } catch (ClosedByInterruptException e) {
      throw (CancellationException)
          new CancellationException("interrupted while importing " + weights).initCause(e);
    }
  }

  /** The names in the file by those that the architecture has for them. */
  private static Map<String, String> names(Map<String, StoredTensor> stored) {
    String prefix = "";
    for (String longer = longerPrefix(prefix, stored); !longer.equals(prefix); ) {
      prefix = longer;
      longer = longerPrefix(prefix, stored);
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : stored.keySet()) {
      names.put(name.substring(prefix.length()), name);
    }
    return names;
  }

  private static String longerPrefix(String prefix, Map<String, StoredTensor> stored) {
    return PREFIXES.stream()
        .map(prefix::concat)
        .filter(_ -> !stored.isEmpty())
        .filter(longer -> stored.keySet().stream().allMatch(name -> name.startsWith(longer)))
        .findFirst()
        .orElse(prefix);
  }

  /** The last layer says; where it is missing or no matrix, that is found when all are checked. */
  private static int classes(WeightsFile file, Map<String, String> names) {
    StoredTensor head = file.tensors().get(names.getOrDefault(HEAD, HEAD));
    if (head == null || head.shape().size() != 2) {
      return STANDARD_CLASSES;
    }
    long classes = head.shape().getFirst();
    if (classes < 1 || classes > MAX_CLASSES) {
      throw new QuicklimeException(
          "%s must have between 1 and %d rows, one for each class, got %d"
              .formatted(HEAD, MAX_CLASSES, classes));
    }
    return (int) classes;
  }

  private void check(ModuleSpec network, WeightsFile file, Map<String, String> names) {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    names.forEach((name, inFile) -> stored.put(name, file.tensors().get(inFile)));
    TensorAccount account = TensorAccount.of(network.allTensors(), stored);
    if (!account.balanced()) {
      throw new QuicklimeException(
          "weights %s must have exactly the tensors of the architecture, got %s%s"
              .formatted(weights, account.problems(), fitting(stored)));
    }
  }

  /** The architecture that was probably meant. */
  private static String fitting(Map<String, StoredTensor> stored) {
    StoredTensor head = stored.get(HEAD);
    if (head == null || head.shape().isEmpty()) {
      return "";
    }
    int classes = Math.clamp(head.shape().getFirst(), 1, MAX_CLASSES);
    return Architecture.names().stream()
        .filter(
            name ->
                TensorAccount.of(
                        Networks.inference(Architecture.parse(name), classes).allTensors(), stored)
                    .balanced())
        .findFirst()
        .map(name -> "; they are those of " + name)
        .orElse("");
  }

  private void fill(ModuleSpec network, WeightsFile file, Map<String, String> names, Path to) {
    try (ModuleTensors tensors =
        new ModuleTensors(
            network, (name, tensor, memory) -> copy(file, names.get(name), tensor, memory))) {
      tensors.save(network, to);
    } catch (TorchException e) {
      throw new QuicklimeException("the model cannot be made; libtorch says: " + e.getMessage(), e);
    }
  }

  private void copy(WeightsFile file, @Nullable String name, TensorSpec tensor, MemorySegment to) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted while importing " + weights);
    }
    if (name == null) {
      to.set(JAVA_LONG, 0, 0);
    } else if (tensor.kind() == TensorSpec.Kind.COUNTER) {
      file.read(name, ElementType.I64, to);
    } else {
      file.read(name, ElementType.F32, to);
      checkFinite(name, to);
    }
  }

  private void checkFinite(String name, MemorySegment floats) {
    long elements = floats.byteSize() / Float.BYTES;
    for (long i = 0; i < elements; i++) {
      float value = floats.getAtIndex(JAVA_FLOAT, i);
      if (!Float.isFinite(value)) {
        throw new QuicklimeException(
            "weights %s: %s must be finite in single precision, got %s at index %d"
                .formatted(weights, name, value, i));
      }
    }
  }

  /**
   * Names and shapes of all tensors of a network, those of PyTorch's own state dict.
   *
   * @param classes number of outputs
   * @throws InvalidInputException if there is not at least one output
   */
  public static SequencedMap<String, List<Long>> tensors(Architecture architecture, int classes) {
    Objects.requireNonNull(architecture, "architecture");
    SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
    Networks.inference(architecture, classes)
        .allTensors()
        .forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return Collections.unmodifiableSequencedMap(shapes);
  }

  /**
   * Number of learnt parameters of a network.
   *
   * @param classes number of outputs
   * @throws InvalidInputException if there is not at least one output
   */
  public static long parameters(Architecture architecture, int classes) {
    Objects.requireNonNull(architecture, "architecture");
    return Networks.inference(architecture, classes).allTensors().values().stream()
        .filter(tensor -> tensor.kind() == TensorSpec.Kind.PARAMETER)
        .mapToLong(TensorSpec::elements)
        .sum();
  }
}
