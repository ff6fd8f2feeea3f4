package dev.quicklime.model;

/**
 * Where a model runs.
 *
 * @param kind kind of processor, or the choice between them
 * @param index which GPU, ≥ 0; 0 for the others
 */
public record Device(Kind kind, int index) {

  /** Kinds of processor. */
  public enum Kind {
    /** A GPU where libtorch finds one, else the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** An NVIDIA GPU. */
    CUDA
  }

  /** Checks the index. */
  public Device {
    if (index < 0 || index > 127 || (kind != Kind.CUDA && index != 0)) {
      throw new IllegalArgumentException(
          "device index must be 0, or from 0 to 127 for cuda, got " + index);
    }
  }

  /** A GPU where there is one, else the CPU. */
  public static Device auto() {
    return new Device(Kind.AUTO, 0);
  }

  /** The CPU. */
  public static Device cpu() {
    return new Device(Kind.CPU, 0);
  }

  /** Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:INDEX}. */
  public static Device parse(String text) {
    return switch (text) {
      case "auto" -> auto();
      case "cpu" -> cpu();
      case "cuda" -> new Device(Kind.CUDA, 0);
      default -> {
        if (!text.matches("cuda:[0-9]{1,3}")) {
          throw new IllegalArgumentException(
              "device must be auto, cpu, cuda or cuda:INDEX, got " + text);
        }
        yield new Device(Kind.CUDA, Integer.parseInt(text.substring(5)));
      }
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
    };
  }
}
