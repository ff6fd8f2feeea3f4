package dev.quicklime.files.card;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Layout;
import dev.quicklime.model.Device;
import dev.quicklime.model.Precision;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model file holds and how it was made, beside the pictures it takes.
 *
 * @param format {@link #TORCH_SCRIPT}, {@link #AOT_INDUCTOR} or {@link #ONNX}, or null if that is
 *     not said
 * @param layout order of a batch's elements, or null
 * @param precision number format of the input, single precision or bfloat16, or null
 * @param batch pictures in a forward pass, 1 to 4096, or 0 if that is not said
 * @param classes scores of a picture, ≥ 1, or 0 if that is not said
 * @param device what it was made for, a CPU or a GPU, or null
 * @param versions what made it, by name, for instance {@code torch}
 */
public record ModelFacts(
    @Nullable String format,
    @Nullable Layout layout,
    @Nullable Precision precision,
    int batch,
    int classes,
    @Nullable Device device,
    SortedMap<String, String> versions) {

  /** Format of TorchScript files. */
  public static final String TORCH_SCRIPT = "torchscript";

  /** Format of packages compiled by AOTInductor. */
  public static final String AOT_INDUCTOR = "aotinductor";

  /** Format of ONNX files. */
  public static final String ONNX = "onnx";

  private static final Set<String> FORMATS = Set.of(TORCH_SCRIPT, AOT_INDUCTOR, ONNX);

  private static final ModelFacts NONE =
      new ModelFacts(null, null, null, 0, 0, null, new TreeMap<>());

  /**
   * Checks the values.
   *
   * @throws InvalidInputException if a value is outside of its range
   */
  public ModelFacts {
    Objects.requireNonNull(versions, "versions");
    if (format != null && !FORMATS.contains(format)) {
      throw new InvalidInputException(
          "format must be %s, %s or %s, got %s"
              .formatted(TORCH_SCRIPT, AOT_INDUCTOR, ONNX, format));
    }
    if (precision == Precision.AUTO) {
      throw new InvalidInputException("precision must be fp32 or bf16, got auto");
    }
    if (batch < 0 || batch > 4096) {
      throw new InvalidInputException("batch must be between 1 and 4096, got " + batch);
    }
    if (classes < 0) {
      throw new InvalidInputException("classes must be at least 1, got " + classes);
    }
    if (device != null && device.kind() == Device.Kind.AUTO) {
      throw new InvalidInputException("device must be cpu, cuda or cuda:INDEX, got auto");
    }
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /** Facts of a card that says nothing: null, 0 and no versions. */
  public static ModelFacts none() {
    return NONE;
  }

  /** The same of a format. */
  public ModelFacts withFormat(@Nullable String value) {
    return new ModelFacts(value, layout, precision, batch, classes, device, versions);
  }

  /** The same with an order of a batch's elements. */
  public ModelFacts withLayout(@Nullable Layout value) {
    return new ModelFacts(format, value, precision, batch, classes, device, versions);
  }

  /** The same in a number format. */
  public ModelFacts withPrecision(@Nullable Precision value) {
    return new ModelFacts(format, layout, value, batch, classes, device, versions);
  }

  /** The same with a number of pictures in a forward pass. */
  public ModelFacts withBatch(int value) {
    return new ModelFacts(format, layout, precision, value, classes, device, versions);
  }

  /** The same with a number of classes. */
  public ModelFacts withClasses(int value) {
    return new ModelFacts(format, layout, precision, batch, value, device, versions);
  }

  /** The same for a device. */
  public ModelFacts withDevice(@Nullable Device value) {
    return new ModelFacts(format, layout, precision, batch, classes, value, versions);
  }

  /** The same with the versions of what made it. */
  public ModelFacts withVersions(Map<String, String> value) {
    Objects.requireNonNull(value, "value");
    return new ModelFacts(format, layout, precision, batch, classes, device, new TreeMap<>(value));
  }
}
