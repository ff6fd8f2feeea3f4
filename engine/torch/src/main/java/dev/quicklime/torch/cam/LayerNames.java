package dev.quicklime.torch.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.torch.internal.cam.CamModule;
import dev.quicklime.torch.internal.cam.CandidateLayer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds layers by what users call them. */
final class LayerNames {

  private static final int NEAR = 5;

  private LayerNames() {}

  /**
   * A layer by its name.
   *
   * @param model for what is wrong with it
   * @throws InvalidInputException if there is none
   */
  static CandidateLayer find(CamModule module, String model, @Nullable String name, long[] shape) {
    String asked = Objects.requireNonNull(name);
    List<CandidateLayer> layers = module.layers(shape);
    CandidateLayer found = module.find(asked, layers);
    if (found != null) {
      return found;
    }
    if (module.knows(asked)) {
      throw new InvalidInputException(
          ("layer must have places of the picture and lie between it and the scores, got %s, which"
                  + " has not for an input of %s of model %s")
              .formatted(asked, Arrays.toString(shape), model));
    }
    List<String> meant = module.meanings(asked);
    if (meant.size() > 1) {
      throw new InvalidInputException(
          "layer must be named by its whole path where several end so, got %s for %s of model %s"
              .formatted(asked, String.join(", ", meant), model));
    }
    String near = near(asked, layers);
    throw new InvalidInputException(
        "layer must be one of model %s, got %s; %s"
            .formatted(
                model,
                asked,
                near.isEmpty()
                    ? "it has none with places of the picture"
                    : "near ones are " + near));
  }

  private static String near(String asked, List<CandidateLayer> layers) {
    return layers.reversed().stream()
        .flatMap(layer -> Stream.of(layer.module(), layer.name()))
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparingInt(name -> distance(asked, name)))
        .limit(NEAR)
        .collect(Collectors.joining(", "));
  }

  /** How many letters to insert, delete or replace; only half as bad in names that go on. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    int distance = 2 * row[other.length()];
    return other.startsWith(one) || one.startsWith(other) ? distance / 2 : distance;
  }
}
