package dev.quicklime;

import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassifierInfo;
import java.util.Map;
import java.util.Objects;

/**
 * What an explanation was made with, enough to make it again.
 *
 * @param options all options
 * @param model the classifier and what it ran on
 * @param preprocessing what pictures become before the model sees them
 * @param batch samples in a forward pass
 * @param versions of Quicklime, the JDK and the native libraries in use
 * @param cpu processor, as the operating system names it
 * @param kernels implementation of the hot loops
 */
public record Provenance(
    ExplainOptions options,
    ClassifierInfo model,
    Preprocessing preprocessing,
    int batch,
    Map<String, String> versions,
    String cpu,
    String kernels) {

  /** Copies the versions. */
  public Provenance {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(versions, "versions");
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(kernels, "kernels");
    versions = Map.copyOf(versions);
  }

  /** The same with other options. */
  public Provenance withOptions(ExplainOptions value) {
    return new Provenance(value, model, preprocessing, batch, versions, cpu, kernels);
  }
}
