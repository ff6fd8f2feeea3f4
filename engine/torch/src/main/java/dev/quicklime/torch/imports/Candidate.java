package dev.quicklime.torch.imports;

import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.internal.ModuleSpec;
import dev.quicklime.torch.internal.networks.Networks;
import dev.quicklime.torch.weights.StoredTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tensors of a file that may be a network's: those of one entry whose names share a start.
 *
 * @param entry the state dict they are in
 * @param prefix what stands before their own names, empty or ending with a dot
 * @param tensors what is there, by their own names
 */
record Candidate(String entry, String prefix, Map<String, StoredTensor> tensors) {

  /** Names of the last layer. */
  private static final String HEAD = "fc.weight";

  private static final int STANDARD_CLASSES = 1000;
  private static final int MAX_CLASSES = 1_000_000;

  /** What averages of weights over the training are called. */
  private static final Pattern AVERAGE =
      Pattern.compile("(?:^|[._-])(?:ema|swa|avg|averaged?|shadow)(?:[._-]|$)");

  /**
   * What there is behind a prefix, but for what is behind a longer one of several: that is
   * another's.
   */
  static Candidate of(
      String entry, String prefix, Set<String> prefixes, Map<String, StoredTensor> stored) {
    List<String> longer =
        prefixes.stream()
            .filter(other -> other.startsWith(prefix) && !other.equals(prefix))
            .toList();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    stored.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix) && longer.stream().noneMatch(name::startsWith)) {
            tensors.put(name.substring(prefix.length()), tensor);
          }
        });
    return new Candidate(entry, prefix, tensors);
  }

  /** All that leads to the tensors' own names, joined by dots; empty where nothing does. */
  String path() {
    String end = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    return Stream.of(entry, end)
        .filter(part -> !part.isEmpty())
        .reduce((first, second) -> first + "." + second)
        .orElse("");
  }

  /** Whether the path is, or has in it, what somebody calls it. */
  boolean called(String name) {
    return ("." + path() + ".").contains("." + name + ".");
  }

  boolean average() {
    return AVERAGE.matcher(path().toLowerCase(Locale.ROOT)).find();
  }

  int depth() {
    return path().isEmpty() ? 0 : path().split("\\.", -1).length;
  }

  /** The last layer says; where it is missing or no matrix, that is found when all are checked. */
  int classes() {
    StoredTensor head = tensors.get(HEAD);
    if (head == null || head.shape().size() != 2) {
      return STANDARD_CLASSES;
    }
    long classes = head.shape().getFirst();
    if (classes < 1 || classes > MAX_CLASSES) {
      throw new QuicklimeException(
          "%s must have between 1 and %s rows, one for each class, got %s"
              .formatted(HEAD, MAX_CLASSES, classes));
    }
    return (int) classes;
  }

  ModuleSpec network(Architecture architecture) {
    return Networks.inference(architecture, classes());
  }

  TensorAccount account(Architecture architecture) {
    return TensorAccount.of(network(architecture).allTensors(), tensors);
  }
}
