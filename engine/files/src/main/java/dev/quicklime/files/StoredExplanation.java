package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import dev.quicklime.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file that {@link ExplanationJson} wrote says of how the explanation was made, and what was
 * found: enough to make it again and to compare. Fields that this version does not know are left
 * aside, but for those of the options, each of which may matter. Immutable.
 *
 * @param image what the picture was called
 * @param provenance options, model, input, versions and machine
 * @param inputs which files went into it, or null where who made it did not say
 * @param samples rows that were drawn besides the original, which a stop rule may end early
 * @param classes what was found
 */
public record StoredExplanation(
    String image,
    Provenance provenance,
    @Nullable RunInputs inputs,
    int samples,
    List<StoredClass> classes) {

  /**
   * The fit of a class. A number that is undefined is NaN.
   *
   * @param index of the class
   * @param intercept of the fit
   * @param r2 of the fit, on its own samples
   * @param gap of a best subset that was not proved, as a share of its residual
   * @param coefficients d numbers
   */
  public record StoredClass(
      int index, double intercept, double r2, double gap, List<Double> coefficients) {

    /** Copies the coefficients. */
    public StoredClass {
      Objects.requireNonNull(coefficients, "coefficients");
      coefficients = List.copyOf(coefficients);
    }
  }

  /** Copies the classes. */
  public StoredExplanation {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(classes, "classes");
    classes = List.copyOf(classes);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException in one line that does not name the file, if it cannot be read, is
   *     no explanation of a picture, is of a newer form, or lacks a field or has a wrong one
   */
  public static StoredExplanation read(Path file) {
    Objects.requireNonNull(file, "file");
    return StoredExplanationReader.read(file);
  }
}
