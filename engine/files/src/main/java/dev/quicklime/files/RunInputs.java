package dev.quicklime.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.model.Compose;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the command line knows of a run and an explanation does not: which files went into it. With
 * a {@link dev.quicklime.Provenance} it is enough to make the explanation again, to the bit.
 *
 * @param picture the picture's file
 * @param model the model's file
 * @param labels where names of the classes came from, as it was asked for, or null where the
 *     model's own were taken
 * @param contentSeed whether the seed was taken from the picture's bytes
 * @param compose where samples were composed
 * @param show which weights figures and tables show, in small letters
 */
public record RunInputs(
    FileMark picture,
    FileMark model,
    @Nullable String labels,
    boolean contentSeed,
    Compose compose,
    String show) {

  /** Refuses what is missing. */
  public RunInputs {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(compose, "compose");
    Objects.requireNonNull(show, "show");
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node.putObject("picture"), picture);
    put(node.putObject("model"), model);
    node.put("labels", labels);
    node.put("contentSeed", contentSeed);
    node.put("compose", compose.name().toLowerCase(Locale.ROOT));
    node.put("show", show);
    return node;
  }

  private static void put(ObjectNode node, FileMark file) {
    node.put("path", file.path());
    node.put("bundled", file.bundled());
    node.put("bytes", file.bytes());
    node.put("crc32", file.crc32());
  }

  static RunInputs read(JsonFields fields) {
    return new RunInputs(
        file(fields.object("picture")),
        file(fields.object("model")),
        fields.textOrNull("labels"),
        fields.flag("contentSeed"),
        fields.choice("compose", Compose.class),
        fields.text("show"));
  }

  private static FileMark file(JsonFields fields) {
    return fields.checked(
        () ->
            new FileMark(
                fields.text("path"),
                fields.flag("bundled"),
                fields.whole("bytes", 0, Long.MAX_VALUE),
                fields.text("crc32")));
  }
}
