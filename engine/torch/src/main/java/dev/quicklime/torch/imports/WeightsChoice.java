package dev.quicklime.torch.imports;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.internal.networks.Networks;
import dev.quicklime.torch.weights.StoredTensor;
import dev.quicklime.torch.weights.WeightsFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the tensors that an architecture wants in a file, whatever stands before their names and
 * however deep their state dict lies. What lies there and fits must fit whole; of several such the
 * one is taken that is no average over the training, then the outermost, then the file's first.
 *
 * @param taken what is taken
 * @param others what would have fitted as well
 * @param left names of all tensors that belong to none of these
 */
record WeightsChoice(Candidate taken, List<Candidate> others, List<String> left) {

  /** Of any file no more of the likeliest are compared tensor by tensor. */
  private static final int MOST_COMPARED = 64;

  private static final Comparator<Candidate> RULE =
      Comparator.comparing(Candidate::average).thenComparingInt(Candidate::depth);

  private record Place(Candidate candidate, long hits) {}

  /**
   * Chooses.
   *
   * @param called what the tensors to take must be called, or empty if the rule decides
   */
  static WeightsChoice of(Architecture architecture, WeightsFile file, String called) {
    List<Candidate> all = candidates(architecture, file);
    List<Candidate> open =
        all.stream().filter(one -> called.isEmpty() || one.called(called)).toList();
    if (open.isEmpty()) {
      throw new InvalidInputException(
          "the entry must be one of %s, got %s".formatted(shown(all), TensorAccount.shown(called)));
    }
    List<Candidate> whole =
        open.stream().filter(one -> one.account(architecture).balanced()).sorted(RULE).toList();
    if (whole.isEmpty()) {
      throw new QuicklimeException(problems(architecture, open));
    }
    Candidate taken = whole.getFirst();
    List<Candidate> others =
        all.stream()
            .filter(one -> !one.equals(taken) && one.account(architecture).balanced())
            .toList();
    List<Candidate> known = new ArrayList<>(others);
    known.add(taken);
    return new WeightsChoice(taken, others, left(file, known));
  }

  /** By how many names they have of those that are wanted, most first. */
  private static List<Candidate> candidates(Architecture architecture, WeightsFile file) {
    Set<String> wanted = Networks.inference(architecture, 1).allTensors().keySet();
    List<Place> places = new ArrayList<>();
    file.entries()
        .forEach(
            (entry, stored) -> {
              Map<String, Long> found = prefixes(wanted, stored);
              found.forEach(
                  (prefix, hits) ->
                      places.add(
                          new Place(Candidate.of(entry, prefix, found.keySet(), stored), hits)));
            });
    List<Candidate> likeliest =
        places.stream()
            .sorted(Comparator.comparingLong(Place::hits).reversed())
            .limit(MOST_COMPARED)
            .map(Place::candidate)
            .toList();
    if (!likeliest.isEmpty()) {
      return likeliest;
    }
    Map.Entry<String, Map<String, StoredTensor>> first = file.entries().firstEntry();
    return List.of(new Candidate(first.getKey(), "", first.getValue()));
  }

  /** What stands before names that are wanted, and before how many of them. */
  private static Map<String, Long> prefixes(Set<String> wanted, Map<String, StoredTensor> stored) {
    int longest = wanted.stream().mapToInt(String::length).max().orElse(0);
    Map<String, Long> hits = new LinkedHashMap<>();
    for (String name : stored.keySet()) {
      int at = name.length();
      while (at > 0 && name.length() - at <= longest) {
        at = name.lastIndexOf('.', at - 1) + 1;
        if (wanted.contains(name.substring(at))) {
          hits.merge(name.substring(0, at), 1L, Long::sum);
        }
        at--;
      }
    }
    long most = hits.values().stream().mapToLong(Long::longValue).max().orElse(0);
    // A block of a network has names of the whole one, such as conv1.weight.
    hits.values().removeIf(count -> count < (most + 1) / 2);
    return hits;
  }

  private static String problems(Architecture architecture, List<Candidate> open) {
    Candidate best =
        open.stream()
            .min(Comparator.comparingInt(one -> one.account(architecture).count()))
            .orElseThrow();
    String where = best.path().isEmpty() ? "" : " under " + TensorAccount.shown(best.path());
    return "must have exactly the tensors of the architecture, got%s %s%s"
        .formatted(where, best.account(architecture).problems(), meant(open));
  }

  /** The architecture that was probably meant. */
  private static String meant(List<Candidate> open) {
    return Architecture.names().stream()
        .filter(
            name -> {
              Architecture architecture = Architecture.parse(name);
              return open.stream().anyMatch(one -> one.account(architecture).balanced());
            })
        .findFirst()
        .map(name -> "; they are those of " + name)
        .orElse("");
  }

  private static List<String> left(WeightsFile file, List<Candidate> known) {
    List<String> left = new ArrayList<>();
    file.entries()
        .forEach(
            (entry, stored) -> {
              Set<String> theirs =
                  known.stream()
                      .filter(one -> one.entry().equals(entry))
                      .flatMap(one -> one.tensors().keySet().stream().map(one.prefix()::concat))
                      .collect(Collectors.toSet());
              stored.keySet().stream()
                  .filter(name -> !theirs.contains(name))
                  .map(name -> entry.isEmpty() ? name : entry + "." + name)
                  .forEach(left::add);
            });
    return left;
  }

  private static String shown(List<Candidate> all) {
    return TensorAccount.list(
        all.stream().map(one -> one.path().isEmpty() ? "(the file itself)" : one.path()).toList());
  }
}
