package dev.quicklime.cli.options;

import dev.quicklime.files.card.LabelFile;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.scenes.Bundled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code --labels} says, and what {@code --classes} means by it. */
public final class LabelNames {

  /** What {@code --labels} takes, for its help. */
  public static final String HELP =
      "Names of the classes: a text of one on each line, a JSON list or object, the word imagenet,"
          + " or none to number them (default: those of model.json; ImageNet's for a model of 1000"
          + " outputs that names none).";

  /** What is said where names are only taken for granted. */
  public static final String REMEDY =
      "give yours with --labels F if they are others, or --labels none to number them";

  private LabelNames() {}

  /**
   * Names known by the words {@code imagenet} and {@code none}, unless a file is called so, or
   * those of a file.
   */
  public static Labels of(Path asked) {
    if (Files.exists(asked)) {
      return LabelFile.read(asked);
    }
    return switch (asked.toString()) {
      case "imagenet" -> Labels.imageNet();
      case "none" -> Labels.none();
      default -> LabelFile.read(asked);
    };
  }

  /**
   * Names of the classes of a model for pictures.
   *
   * @param asked of {@code --labels}, or null
   * @param model its file, or null for the bundled one
   * @param card of the model
   */
  public static Labels of(@Nullable Path asked, @Nullable Path model, ModelCard card) {
    if (asked != null) {
      return of(asked);
    }
    return model == null ? Labels.read(Bundled.labels()) : Labels.ofModel(card.labels(), REMEDY);
  }

  /**
   * The labels, held to what {@code --classes} takes for granted: that a model has names.
   *
   * @param classes as they were given, or null
   */
  public static Labels relied(Labels labels, @Nullable String classes) {
    return classes == null || classes.matches("[0-9, ]*") ? labels : labels.relied();
  }

  /**
   * The classes that {@code --classes} lists.
   *
   * @throws dev.quicklime.InvalidInputException if there is none of a name, or more than one
   */
  public static ClassChoice.Listed classes(String classes, Labels labels) {
    if (classes.isBlank()) {
      throw Parse.wrong("--classes", "indices or names with commas between them", "nothing");
    }
    Labels names = relied(labels, classes);
    // A name may have commas of its own.
    Stream<String> parts =
        names.names().contains(classes)
            ? Stream.of(classes)
            : Arrays.stream(classes.split(",", -1)).map(String::strip);
    List<Integer> indices = parts.map(names::index).toList();
    return new ClassChoice.Listed(indices);
  }
}
