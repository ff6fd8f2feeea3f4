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
import dev.quicklime.torch.weights.WeightsFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;

/**
 * Makes a TorchScript file of an architecture and a file of trained weights.
 *
 * <p>The tensors are looked for under any names that stand before theirs: keys of dicts that a
 * checkpoint nests its state dict in, and prefixes as wrappers add them. What is found in one place
 * must be the whole network and nothing else; tensors in other places are left. Where several
 * places would do, the one is taken that is not called an average over the training, then the
 * outermost, then the file's first.
 *
 * @param architecture what the weights were trained in
 * @param weights safetensors, or what {@code torch.save} wrote, with torchvision's names; or an
 *     index of several such files, or the folder that it is in. Doubles, halves and bfloat16 become
 *     singles
 * @param entry what the place of the tensors to take is called, a key or a prefix without its last
 *     dot, or several joined by dots; empty if the rule decides
 */
public record ModelImport(Architecture architecture, Path weights, String entry) {

  /** Refuses what is missing. */
  public ModelImport {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(entry, "entry");
  }

  /** Takes what the rule says. */
  public ModelImport(Architecture architecture, Path weights) {
    this(architecture, weights, "");
  }

  /** The same with tensors from a place of that name. */
  public ModelImport withEntry(String entry) {
    return new ModelImport(architecture, weights, entry);
  }

  /**
   * What was written, and of what.
   *
   * @param classes number of outputs
   * @param parameters number of learnt parameters
   * @param entry the place that the tensors were in, empty if it was the outermost
   * @param others places of tensors that would have fitted as well
   * @param left names of tensors in no such place, with all that stands before them
   */
  public record Result(
      int classes, long parameters, String entry, List<String> others, List<String> left) {

    /** Copies the lists. */
    public Result {
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(others, "others");
      Objects.requireNonNull(left, "left");
      others = List.copyOf(others);
      left = List.copyOf(left);
    }
  }

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
   * @throws QuicklimeException if a tensor is missing, too many or misshapen, holds something else
   *     than finite floats, or as a variance a negative one, or if the weights cannot be read
   * @throws FileAlreadyExistsException if there is a {@code model.json} that says something else
   * @throws IOException if the files cannot be made, or there is no room for them
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
      WeightsChoice choice = choose(file);
      Candidate taken = choice.taken();
      Labels.of(card.labels()).check(taken.classes());
      try (Unfinished model = Unfinished.of(out);
          Unfinished description = Unfinished.of(cardFile)) {
        try {
          fill(taken, file, model.path());
        } catch (FileSystemException e) {
          // The hidden file says nothing to anybody.
          throw (FileSystemException)
              new FileSystemException(out.toString(), null, e.getReason()).initCause(e);
        }
        card.write(description.path());
        // The model last: without its card it would be taken for one of another input.
        description.publish();
        model.publish();
      }
      return new Result(
          taken.classes(),
          parameters(architecture, taken.classes()),
          taken.path(),
          choice.others().stream().map(Candidate::path).toList(),
          choice.left());
    } catch (ClosedByInterruptException e) {
      throw (CancellationException)
          new CancellationException("interrupted while importing " + weights).initCause(e);
    }
  }

  private WeightsChoice choose(WeightsFile file) {
    try {
      return WeightsChoice.of(architecture, file, entry);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("weights %s: %s".formatted(weights, e.getMessage()), e);
    } catch (QuicklimeException e) {
      throw new QuicklimeException("weights %s %s".formatted(weights, e.getMessage()), e);
    }
  }

  private void fill(Candidate taken, WeightsFile file, Path to) throws FileSystemException {
    ModuleSpec network = taken.network(architecture);
    try (ModuleTensors tensors =
        new ModuleTensors(
            network, (name, tensor, memory) -> copy(taken, file, name, tensor, memory))) {
      tensors.save(network, to);
    } catch (TorchException e) {
      throw new QuicklimeException("the model cannot be made; libtorch says: " + e.getMessage(), e);
    }
  }

  private void copy(
      Candidate taken, WeightsFile file, String name, TensorSpec tensor, MemorySegment to) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted while importing " + weights);
    }
    String stored = taken.prefix() + name;
    if (!taken.tensors().containsKey(name)) {
      to.set(JAVA_LONG, 0, 0);
    } else if (tensor.kind() == TensorSpec.Kind.COUNTER) {
      file.read(taken.entry(), stored, ElementType.I64, to);
    } else {
      file.read(taken.entry(), stored, ElementType.F32, to);
      check(stored, tensor, to);
    }
  }

  private void check(String name, TensorSpec tensor, MemorySegment floats) {
    // A network would make NaN of all that passes it, and in silence.
    boolean variance = tensor.name().equals("running_var");
    long elements = floats.byteSize() / Float.BYTES;
    for (long i = 0; i < elements; i++) {
      float value = floats.getAtIndex(JAVA_FLOAT, i);
      if (!Float.isFinite(value) || (variance && value < 0)) {
        throw new QuicklimeException(
            "weights %s: %s must be %s, got %s at index %s"
                .formatted(
                    weights,
                    TensorAccount.shown(name),
                    variance ? "a variance, finite and not negative" : "finite in single precision",
                    value,
                    i));
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
