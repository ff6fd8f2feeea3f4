package dev.quicklime.internal.kernel;

import dev.quicklime.internal.jvm.JvmOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels in use, chosen once: those on the Vector API where they pay, else the scalar ones,
 * with a warning that says why. {@code -Ddev.quicklime.kernels=scalar|vector} forces one, and fails
 * where it cannot be had.
 */
public final class Kernels {

  private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

  private static final KernelChoice CHOICE = choose();
  private static final KernelSet CHOSEN = KernelSet.of(CHOICE.form());

  private Kernels() {}

  private static KernelChoice choose() {
    KernelChoice choice =
        KernelChoice.of(System.getProperty(KernelChoice.PROPERTY, "auto"), new ThisJvm());
    boolean said =
        JvmOptions.vectorsAreMissing() && !JvmOptions.isFirstToSayThatVectorsAreMissing();
    if (choice.form() == Implementation.SCALAR && !choice.asked() && !said) {
      LOG.warn("Kernels are scalar: {}", choice.reason());
    }
    return choice;
  }

  /** The kernels that this process uses. */
  public static KernelSet chosen() {
    return CHOSEN;
  }

  /** Which form they have: {@code scalar}, or {@code vector} with its width. */
  public static String description() {
    return switch (CHOICE.form()) {
      case SCALAR -> "scalar";
      case VECTOR -> "vector " + CHOSEN.vectorBits() + " bits";
    };
  }

  /** The same, and why they are scalar where they are. */
  public static String reasonedDescription() {
    return switch (CHOICE.form()) {
      case SCALAR -> description() + " (" + CHOICE.reason() + ")";
      case VECTOR -> description();
    };
  }
}
