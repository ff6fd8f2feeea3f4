package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models of a service by their names, in the order in which they were given. */
public final class ModelTable {

  private final Map<String, Served> models;

  private ModelTable(Map<String, Served> models) {
    this.models = Collections.unmodifiableMap(models);
  }

  /**
   * A table of models.
   *
   * @throws InvalidInputException if there is none, or two have one name
   */
  public static ModelTable of(List<? extends Served> models) {
    if (models.isEmpty()) {
      throw new InvalidInputException("a service must have at least one model, got none");
    }
    Map<String, Served> byName = new LinkedHashMap<>();
    for (Served model : models) {
      if (byName.putIfAbsent(model.name(), model) != null) {
        throw new InvalidInputException(
            "models must have different names, got two " + model.name());
      }
    }
    return new ModelTable(byName);
  }

  /** Forward passes of models whose batches are shared, of all of them. */
  public long forwards() {
    return shared().mapToLong(SharedBatches::forwards).sum();
  }

  /** Rows that went in forward passes with those of somebody else, of all models. */
  public long sharedRows() {
    return shared().mapToLong(SharedBatches::sharedRows).sum();
  }

  private Stream<SharedBatches> shared() {
    return models.values().stream()
        .filter(ServedModel.class::isInstance)
        .map(one -> ((ServedModel) one).explainer().classifier())
        .filter(SharedBatches.class::isInstance)
        .map(SharedBatches.class::cast);
  }

  /** All names. */
  public List<String> names() {
    return List.copyOf(models.keySet());
  }

  /** Whether all of them can be asked. */
  public boolean ready() {
    return models.values().stream().allMatch(Served::ready);
  }

  /**
   * The model of a name, of pictures or rows.
   *
   * @throws ServiceException if there is none
   */
  public Served get(String name) {
    Served model = models.get(name);
    if (model == null) {
      throw ServiceException.of(
          Problem.UNKNOWN,
          "there is no model %s; there are %s".formatted(name, String.join(", ", models.keySet())));
    }
    return model;
  }
}
