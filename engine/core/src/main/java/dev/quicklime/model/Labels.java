package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Names of a model's classes. Immutable. */
public final class Labels {

  private final List<String> names;

  private Labels(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** No names: classes are called by their index. */
  public static Labels none() {
    return new Labels(List.of());
  }

  /** One name for each class. */
  public static Labels of(List<String> names) {
    Objects.requireNonNull(names, "names");
    return new Labels(names);
  }

  /**
   * The 1000 classes of ImageNet's challenge (ILSVRC 2012), in the order and with the English names
   * that torchvision gives them. They are never taken by themselves: a function of 1000 scores may
   * be anything.
   */
  public static Labels imageNet() {
    try (InputStream names =
        Objects.requireNonNull(Labels.class.getResourceAsStream("imagenet.txt"), "imagenet.txt")) {
      return new Labels(new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text file in UTF-8 with one name on each line; empty lines at its end do not count, nor
   * does a byte order mark at its beginning.
   *
   * @throws InvalidInputException if the file cannot be read as such or is empty
   */
  public static Labels read(Path file) {
    Objects.requireNonNull(file, "file");
    List<String> lines;
    try {
      lines = new ArrayList<>(Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("labels file " + file + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("labels file " + file + " must be UTF-8 text", e);
    } catch (IOException e) {
      throw new InvalidInputException("labels file " + file + " cannot be read: " + e, e);
    }
    if (!lines.isEmpty() && lines.getFirst().startsWith("\uFEFF")) {
      lines.set(0, lines.getFirst().substring(1));
    }
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    if (lines.isEmpty()) {
      throw new InvalidInputException("labels file " + file + " must have at least one line");
    }
    return new Labels(lines.stream().map(String::strip).toList());
  }

  /** All names, empty if there are none. */
  public List<String> names() {
    return names;
  }

  /** Name of a class, or "class 7" where there are none. */
  public String name(int index) {
    return names.isEmpty() ? "class " + index : names.get(Objects.checkIndex(index, names.size()));
  }

  /**
   * Index of a class given by its name or by its number.
   *
   * @throws InvalidInputException if no class or more than one has that name
   */
  public int index(String nameOrIndex) {
    int index = names.indexOf(nameOrIndex);
    if (index >= 0) {
      if (names.lastIndexOf(nameOrIndex) != index) {
        throw new InvalidInputException(
            "class %s is ambiguous: give its index, %d or %d"
                .formatted(nameOrIndex, index, names.lastIndexOf(nameOrIndex)));
      }
      return index;
    }
    if (nameOrIndex.matches("[0-9]{1,9}")) {
      return Integer.parseInt(nameOrIndex);
    }
    throw new InvalidInputException(
        "classes must be indices or names from the labels, got " + nameOrIndex);
  }

  /**
   * Checks that there is a name for each class, or none at all.
   *
   * @param classes how many classes the model turned out to have
   */
  public void check(int classes) {
    if (!names.isEmpty() && names.size() != classes) {
      throw new InvalidInputException(
          "labels must have one line for each of the model's %d classes, got %d"
              .formatted(classes, names.size()));
    }
  }
}
