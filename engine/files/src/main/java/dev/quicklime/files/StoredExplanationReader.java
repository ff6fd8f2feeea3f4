package dev.quicklime.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Provenance;
import dev.quicklime.QuicklimeException;
import dev.quicklime.Versions;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.file.ReadBudget;
import dev.quicklime.model.ClassifierInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and checks the parts of an explanation that say how it was made. */
final class StoredExplanationReader {

  /** The explanation of a large picture has some megabytes. */
  private static final long MOST_BYTES = 256 << 20;

  private static final int MOST_THREADS = 1024;
  private static final int MOST_BATCH = 4096;

  /** Of a model's input; the size to resize to is null in most of them. */
  private static final List<String> INPUT =
      List.of("width", "height", "resize", "interpolation", "mean", "std", "order");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private StoredExplanationReader() {}

  static StoredExplanation read(Path file) {
    JsonNode root;
    try {
      if (Files.isDirectory(file)) {
        throw new InvalidInputException("must be the explanation.json of a picture, got a folder");
      }
      root = MAPPER.readTree(ReadBudget.small(file, MOST_BYTES));
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw new InvalidInputException(
          "must be a whole JSON object, got a text that is none%s: it is damaged or was cut off"
              .formatted(at == null ? "" : " from line " + at.getLineNr() + " on"),
          e);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no such file", e);
    } catch (IOException e) {
      throw new InvalidInputException("must be a file that can be read, got " + e, e);
    }
    return read(root);
  }

  private static StoredExplanation read(JsonNode root) {
    checkKind(root);
    JsonFields fields = new JsonFields(root, "");
    JsonFields made = fields.object("provenance");
    List<StoredExplanation.StoredClass> classes =
        fields.objects("classes").stream().map(StoredExplanationReader::explained).toList();
    return new StoredExplanation(
        fields.text("image"),
        new Provenance(
            OptionsJson.read(made.object("options")),
            model(fields, made),
            input(made.object("input")),
            (int) made.whole("batch", 1, MOST_BATCH),
            made.texts("versions"),
            made.text("cpu"),
            made.text("kernels")),
        made.node().has("inputs") ? RunInputs.read(made.object("inputs")) : null,
        (int) fields.whole("samples", 1, Integer.MAX_VALUE),
        classes);
  }

  /** Other results are JSON too, and begin with the same number. */
  private static void checkKind(JsonNode root) {
    String other = kind(root);
    if (other != null) {
      throw new InvalidInputException("must be the explanation.json of a picture, got " + other);
    }
    JsonNode schema = root.path("schema");
    if (!schema.isInt() || schema.intValue() < 1) {
      throw new InvalidInputException(
          "schema must be the number of the form, %s, got %s"
              .formatted(JsonSchema.VERSION, JsonFields.shown(schema)));
    }
    if (schema.intValue() > JsonSchema.VERSION) {
      throw new InvalidInputException(
          ("schema must be at most %s, got %s: Quicklime %s wrote it, and this is the older %s;"
                  + " take that version or a later one")
              .formatted(
                  JsonSchema.VERSION,
                  schema,
                  root.path("quicklime").isTextual()
                      ? root.path("quicklime").textValue()
                      : "of another version",
                  Versions.quicklime()));
    }
  }

  private static @Nullable String kind(JsonNode root) {
    if (!root.isObject()) {
      return "JSON that is no object";
    }
    if (root.has("superpixels") && root.has("classes")) {
      return null;
    }
    if (root.has("runs")) {
      return "what refit wrote, whose samples are those of a run and were not drawn again: name the"
          + " explanation.json beside that run";
    }
    if (root.has("features") && root.has("row")) {
      return "the explanation of a row of a table";
    }
    if (root.has("layer")) {
      return "maps of Grad-CAM";
    }
    if (root.has("prose") && root.has("pictures")) {
      return "a study: name the explanation.json of one of its pictures";
    }
    return root.has("schema") && root.has("pictures") ? "a profile" : "other JSON";
  }

  private static ClassifierInfo model(JsonFields fields, JsonFields made) {
    JsonNode parameters = fields.node().path("parameters");
    String precision = made.text("precision");
    return new ClassifierInfo(
        fields.text("model"),
        made.text("runtime"),
        parameters.canConvertToLong() && parameters.isIntegralNumber()
            ? parameters.longValue()
            : null,
        made.text("device"),
        precision,
        (int) made.whole("threads", 1, MOST_THREADS),
        List.of(),
        List.of(),
        made.textOrNull("output"),
        // Older files have scores as of samples.
        made.node().has("originalPrecision") ? made.text("originalPrecision") : precision);
  }

  /** As the card beside a model is read, but that everything must be said. */
  private static Preprocessing input(JsonFields input) {
    for (String field : INPUT) {
      if (!input.node().hasNonNull(field)) {
        throw new InvalidInputException(
            "%s.%s must be there, got nothing".formatted(input.place(), field));
      }
    }
    ObjectNode card = input.node().deepCopy();
    if (card.path("resizeTo").isNull()) {
      card.remove("resizeTo");
    }
    try {
      return ModelCard.read(card.toString(), input.place(), Preprocessing.imageNet())
          .preprocessing();
    } catch (QuicklimeException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static StoredExplanation.StoredClass explained(JsonFields fields) {
    return new StoredExplanation.StoredClass(
        (int) fields.whole("index", 0, Integer.MAX_VALUE),
        fields.numberOrNone("intercept"),
        fields.numberOrNone("r2"),
        fields.numberOrNone("gap"),
        fields.numbers("coefficients"));
  }
}
