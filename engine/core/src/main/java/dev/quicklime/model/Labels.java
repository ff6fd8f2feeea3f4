package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names of a model's classes. Immutable. */
public final class Labels {

  private static final int IMAGE_NET = 1000;

  private final List<String> names;
  private final @Nullable String remedy;

  private Labels(List<String> names, @Nullable String remedy) {
    this.names = List.copyOf(names);
    this.remedy = remedy;
  }

  /** No names: classes are called by their index. */
  public static Labels none() {
    return new Labels(List.of(), null);
  }

  /** One name for each class. */
  public static Labels of(List<String> names) {
    Objects.requireNonNull(names, "names");
    return new Labels(names, null);
  }

  /**
   * The names that come with a model file for pictures. Where there are none and the model turns
   * out to have exactly 1000 outputs, they are ImageNet's, see {@link #imageNet()}, and {@link
   * #notices()} says so: nearly all such files were trained for its challenge.
   *
   * @param names one for each class, or empty
   * @param remedy what the notice says at its end, of how other names are given
   */
  public static Labels ofModel(List<String> names, String remedy) {
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(remedy, "remedy");
    return new Labels(names, names.isEmpty() ? remedy : null);
  }

  /** The names that come with a model file, see {@link #ofModel(List, String)}. */
  public static Labels ofModel(List<String> names) {
    return ofModel(names, "if they are others, name them in the card beside the model");
  }

  /**
   * The 1000 classes of ImageNet's challenge (ILSVRC 2012), in the order and with the English names
   * that torchvision gives them. A function of 1000 scores may be anything: they are taken by
   * themselves for model files alone, see {@link #ofModel(List, String)}.
   */
  public static Labels imageNet() {
    try (InputStream names =
        Objects.requireNonNull(Labels.class.getResourceAsStream("imagenet.txt"), "imagenet.txt")) {
      return of(new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text file with one name on each line, in UTF-8 or with a byte order mark in UTF-16;
   * empty lines at its end do not count, and an empty one before is a class without a name.
   *
   * @throws InvalidInputException if the file cannot be read as such or is empty
   */
  public static Labels read(Path file) {
    return ofLines(LabelText.read(file), file);
  }

  /**
   * One name on each line of a text that was read already, see {@link #read}.
   *
   * @param file what messages call it
   * @throws InvalidInputException if there is no name in it
   */
  public static Labels ofLines(String text, Path file) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(file, "file");
    List<String> lines = text.stripTrailing().lines().map(String::strip).toList();
    if (lines.isEmpty()) {
      throw new InvalidInputException("labels file " + file + " must have at least one line");
    }
    return of(lines);
  }

  /**
   * The names that hold for a model with so many outputs: these, unless they wait for exactly 1000
   * of them.
   *
   * @param classes how many classes the model turned out to have
   */
  public Labels settle(int classes) {
    return classes == IMAGE_NET ? relied() : this;
  }

  /**
   * The same when one of them was asked for by its name: labels that wait for a model of 1000
   * outputs are ImageNet's from now on, and no other model goes with them.
   */
  public Labels relied() {
    return remedy != null && names.isEmpty() ? new Labels(imageNet().names, remedy) : this;
  }

  /** What a reader should know of names that nobody gave, one sentence each; mostly nothing. */
  public List<String> notices() {
    return remedy == null || names.isEmpty()
        ? List.of()
        : List.of(
            "the model names none of its %s outputs, so they are called as ImageNet's classes; %s"
                .formatted(IMAGE_NET, remedy));
  }

  /** All names, empty if there are none. */
  public List<String> names() {
    return names;
  }

  /** Name of a class, or "class 7" where it has none. */
  public String name(int index) {
    String name = names.isEmpty() ? "" : names.get(Objects.checkIndex(index, names.size()));
    return name.isEmpty() ? "class " + index : name;
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
            "class %s is ambiguous: give its index, %s or %s"
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
    if (remedy != null && !names.isEmpty() && names.size() != classes) {
      throw new InvalidInputException(
          "classes must be given by their index: the model has %s outputs and names none of them"
              .formatted(classes));
    }
    if (!names.isEmpty() && names.size() != classes) {
      long empty = names.stream().filter(String::isEmpty).count();
      throw new InvalidInputException(
          "labels must have one line for each of the model's %s classes, got %s%s"
              .formatted(
                  classes, names.size(), empty > 0 ? ", %s of them empty".formatted(empty) : ""));
    }
  }
}
