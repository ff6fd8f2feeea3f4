package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where a model runs.
 *
 * @param kind kind of processor, or the choice between them
 * @param indices which GPUs, each ≥ 0 and once, or none for every one that libtorch finds; 0 for
 *     the other kinds
 */
public record Device(Kind kind, List<Integer> indices) {

  /** What a model runs on. */
  public enum Kind {
    /** A GPU where libtorch finds one, else the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** NVIDIA GPUs. */
    CUDA
  }

  private static final int LARGEST = 127;

  /**
   * Checks the indices.
   *
   * @throws InvalidInputException if one is negative, or they do not go with the kind
   */
  public Device {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(indices, "indices");
    indices = List.copyOf(indices);
    for (int index : indices) {
      if (index < 0 || index > LARGEST || (kind != Kind.CUDA && index != 0)) {
        throw new InvalidInputException(
            "device index must be 0, or from 0 to " + LARGEST + " for cuda, got " + index);
      }
    }
    if (new HashSet<>(indices).size() < indices.size()) {
      throw new InvalidInputException("device indices must differ, got " + indices);
    }
    if (kind != Kind.CUDA && indices.size() != 1) {
      throw new InvalidInputException("only cuda has several devices, got " + indices);
    }
  }

  /**
   * A single processor.
   *
   * @param index which of its kind, ≥ 0; 0 unless it is a GPU
   * @throws InvalidInputException if there cannot be one of the index
   */
  public Device(Kind kind, int index) {
    this(kind, List.of(index));
  }

  /** A GPU where there is one, else the CPU. */
  public static Device auto() {
    return new Device(Kind.AUTO, 0);
  }

  /** The processor that the JVM runs on, with all its cores. */
  public static Device cpu() {
    return new Device(Kind.CPU, 0);
  }

  /**
   * A single GPU, by its index from 0 as CUDA counts them; whether it is there shows when a model
   * is opened.
   */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:INDEX}, {@code cuda:INDEX,INDEX…} or
   * {@code cuda:all}.
   */
  public static Device parse(String text) {
    Objects.requireNonNull(text, "text");
    return switch (text) {
      case "auto" -> auto();
      case "cpu" -> cpu();
      case "cuda" -> cuda(0);
      case "cuda:all" -> new Device(Kind.CUDA, List.of());
      default -> {
        if (!text.matches("cuda:[0-9]{1,3}(,[0-9]{1,3}){0,127}")) {
          throw new InvalidInputException(
              "device must be auto, cpu, cuda, cuda:INDEX, cuda:INDEX,INDEX or cuda:all, got "
                  + text);
        }
        yield new Device(
            Kind.CUDA,
            Arrays.stream(text.substring("cuda:".length()).split(",", -1))
                .map(Integer::valueOf)
                .toList());
      }
    };
  }

  /** Whether it may be more than one processor. */
  public boolean several() {
    return indices.size() != 1;
  }

  /** The first index, 0 where all are meant. */
  public int index() {
    return indices.isEmpty() ? 0 : indices.getFirst();
  }

  /**
   * Refuses several processors where one is needed.
   *
   * @throws InvalidInputException if it is more than one
   */
  public void checkSingle() {
    if (several()) {
      throw new InvalidInputException(
          "one module runs on one device, got " + this + "; open one on each with Replicas.open");
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case CUDA ->
          "cuda:"
              + (indices.isEmpty()
                  ? "all"
                  : indices.stream().map(String::valueOf).collect(Collectors.joining(",")));
    };
  }
}
