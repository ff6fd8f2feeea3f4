package dev.quicklime.torch.imports;

import dev.quicklime.torch.internal.TensorSpec;
import dev.quicklime.torch.weights.StoredTensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tensors of a file that may be those of one network: of one of its entries, all whose names begin
 * alike.
 *
 * @param entry where in the file
 * @param prefix what stands before each name there
 * @param matched how many of the wanted names are there
 */
record StoredWeights(String entry, String prefix, int matched) {

  /** How averages of weights over training are called. */
  private static final Pattern AVERAGED =
      Pattern.compile("(?:^|[^a-z])(?:ema|swa|avg|average|averaged|polyak)(?:[^a-z]|$)");

  /**
   * What in an entry could be the network: one for each text that stands before at least one of the
   * wanted names, those first that have the most; at the end all of it as it is.
   *
   * @param wanted names that the network has
   */
  static List<StoredWeights> in(
      String entry, Collection<String> stored, Collection<String> wanted) {
    Map<String, Integer> prefixes = new LinkedHashMap<>();
    Map<String, Map<Integer, String>> byEnd = byEnd(wanted);
    for (String name : stored) {
      // A name ends with a wanted one if it ends with its last part, and there are few of each.
      String last = lastPart(name);
      byEnd.forEach(
          (end, names) -> {
            if (last.endsWith(end)) {
              for (String want : names.values()) {
                if (name.endsWith(want)) {
                  prefixes.merge(name.substring(0, name.length() - want.length()), 1, Integer::sum);
                }
              }
            }
          });
    }
    prefixes.putIfAbsent("", 0);
    return prefixes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(e -> new StoredWeights(entry, e.getKey(), e.getValue()))
        .toList();
  }

  private static Map<String, Map<Integer, String>> byEnd(Collection<String> wanted) {
    Map<String, Map<Integer, String>> byEnd = new HashMap<>();
    for (String name : wanted) {
      Map<Integer, String> same = byEnd.computeIfAbsent(lastPart(name), _ -> new LinkedHashMap<>());
      same.put(same.size(), name);
    }
    return byEnd;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** What it is called by: keys and prefix, joined by dots; empty for a file's only names. */
  String label() {
    String bare = prefix.replaceFirst("[./:_-]+$", "");
    return Stream.of(entry, bare)
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + "." + b)
        .orElse("");
  }

  /** Whether somebody who gives this name means it, by its whole name or one part of it. */
  boolean called(String name) {
    String label = label();
    return label.equals(name)
        || label.startsWith(name + ".")
        || label.endsWith("." + name)
        || entry.equals(name);
  }

  /** Whether by its name it holds averages over training. */
  boolean averaged() {
    return AVERAGED.matcher(label().toLowerCase(Locale.ROOT)).find();
  }

  /**
   * Tensors by the names that the network has for them.
   *
   * @param stored those of the entry
   */
  Map<String, StoredTensor> tensors(Map<String, StoredTensor> stored) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    stored.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            tensors.put(name.substring(prefix.length()), tensor);
          }
        });
    return tensors;
  }

  /** What there is for and against its being the network. */
  TensorAccount account(Map<String, TensorSpec> wanted, Map<String, StoredTensor> stored) {
    return TensorAccount.of(wanted, tensors(stored));
  }
}
