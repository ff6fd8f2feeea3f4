package dev.quicklime.files.card;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Interpolation;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.image.ResizeTo;
import dev.quicklime.internal.file.ReadBudget;
import dev.quicklime.model.Device;
import dev.quicklime.model.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a model file does not say about itself, read from a JSON file beside it: the one named as
 * the model file with {@code .json} behind ({@code resnet50.pt2.json}), which is then the only one
 * read; else {@code model.json}. So two files of one model can lie in one folder with what they
 * share in {@code model.json}, or each with a card of its own.
 *
 * <p>Every field may be missing: {@code width} and {@code height} in pixels, {@code resize}
 * (stretch, crop or pad), {@code resizeTo} (the size before a crop: a number, of the short side, or
 * a text as {@code "256x232"}, width and height), {@code interpolation} (bilinear, bicubic or
 * area), {@code mean} and {@code std} for each channel, {@code order} (RGB or BGR), {@code labels}
 * (one name for each class), {@code classes} (how many), {@code format} (torchscript, aotinductor
 * or onnx), {@code layout} (nchw or nhwc), {@code precision} (fp32 or bf16), {@code batch}, {@code
 * device} (cpu, cuda or cuda:INDEX), {@code versions} (an object of texts). Fields with other names
 * are left for others to read, unless they look like one of these misspelt.
 *
 * @param preprocessing the input the model takes
 * @param labels one name for each class, empty if the file gives none
 * @param facts what else it says
 */
public record ModelCard(Preprocessing preprocessing, List<String> labels, ModelFacts facts) {

  private static final String FILE = "model.json";

  /** The names of a hundred thousand classes have some megabytes. */
  private static final long MOST_BYTES = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** All but {@code versions}: {@code version} is a likely name for something else. */
  private static final Set<String> SPELT =
      Set.of(
          "width",
          "height",
          "resize",
          "resizeTo",
          "interpolation",
          "mean",
          "std",
          "order",
          "labels",
          "classes",
          "format",
          "layout",
          "precision",
          "batch",
          "device");

  /** Copies the labels and counts them. */
  public ModelCard {
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(facts, "facts");
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && facts.classes() > 0 && labels.size() != facts.classes()) {
      throw new InvalidInputException(
          "labels must be as many as classes, %d, got %d"
              .formatted(facts.classes(), labels.size()));
    }
  }

  /** A card of the input and the labels alone. */
  public ModelCard(Preprocessing preprocessing, List<String> labels) {
    this(preprocessing, labels, ModelFacts.none());
  }

  /**
   * Reads the card beside a model file. What it does not say, or all where there is no card, is the
   * standard input and no labels.
   *
   * @param model the model file, which need not be there
   * @param standard what holds for the input where the card says nothing
   * @throws QuicklimeException if the card is there but cannot be read or is wrong
   */
  public static ModelCard beside(Path model, Preprocessing standard) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(standard, "standard");
    Path file = fileBeside(model);
    if (!Files.isRegularFile(file)) {
      return new ModelCard(standard, List.of());
    }
    try {
      String json = text(file);
      // Editors of Windows begin UTF-8 with a mark.
      return read(json.startsWith("\uFEFF") ? json.substring(1) : json, file.toString(), standard);
    } catch (CharacterCodingException e) {
      throw new QuicklimeException(file + " must be UTF-8 text: save it as UTF-8", e);
    } catch (IOException e) {
      throw new QuicklimeException(file + ": " + e.getMessage(), e);
    } catch (InvalidInputException e) {
      throw new QuicklimeException(file + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    byte[] bytes = ReadBudget.small(file, MOST_BYTES);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /**
   * Reads a card that lies elsewhere than in a file, for instance within a model.
   *
   * @param json its text
   * @param place what messages call it
   * @param standard what holds for the input where the card says nothing
   * @throws QuicklimeException if it is wrong
   */
  public static ModelCard read(String json, String place, Preprocessing standard) {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(standard, "standard");
    try {
      return parse(new CardFields(MAPPER.readTree(json)), standard);
    } catch (JacksonException e) {
      throw new QuicklimeException(
          "%s must be a JSON object, got a text that is none: %s"
              .formatted(place, JsonProblem.of(e)),
          e);
    } catch (InvalidInputException e) {
      throw new QuicklimeException(place + ": " + e.getMessage(), e);
    }
  }

  private static ModelCard parse(CardFields card, Preprocessing standard) {
    card.checkNames(SPELT);
    Resize resize = card.choice("resize", List.of(Resize.values()));
    ResizeTo resizeTo = card.size("resizeTo");
    Interpolation interpolation = card.choice("interpolation", List.of(Interpolation.values()));
    ChannelOrder order = card.choice("order", List.of(ChannelOrder.values()));
    Preprocessing preprocessing =
        new Preprocessing(
            card.whole("width", standard.width()),
            card.whole("height", standard.height()),
            Objects.requireNonNullElse(resize, resizeTo == null ? standard.resize() : Resize.CROP),
            resizeTo == null && resize == null ? standard.resizeTo() : resizeTo,
            Objects.requireNonNullElse(interpolation, standard.interpolation()),
            card.numbers("mean", standard.mean()),
            card.numbers("std", standard.std()),
            Objects.requireNonNullElse(order, standard.order()));
    String device = card.text("device");
    ModelFacts facts =
        new ModelFacts(
            card.text("format"),
            card.choice("layout", List.of(Layout.values())),
            card.choice("precision", List.of(Precision.FP32, Precision.BF16)),
            card.whole("batch", 0),
            card.whole("classes", 0),
            device == null ? null : Device.parse(device),
            card.map("versions"));
    return new ModelCard(preprocessing, card.texts("labels"), facts);
  }

  /** Where the card of a model file is: of its own name if there is such a file, else shared. */
  public static Path fileBeside(Path model) {
    Objects.requireNonNull(model, "model");
    Path own = model.resolveSibling(model.getFileName() + ".json");
    return Files.isRegularFile(own) ? own : model.resolveSibling(FILE);
  }

  /** Whether there is no file yet, or one that says the same. */
  public boolean mayBecome(Path file) {
    if (Files.notExists(file)) {
      return true;
    }
    try {
      return MAPPER.readTree(text(file)).equals(MAPPER.readTree(json().toString()));
    } catch (IOException | InvalidInputException e) {
      return false;
    }
  }

  /**
   * Writes the card, always in the same order of fields; what is not known is left out.
   *
   * @param file where to, for instance {@code model.json} beside the model
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(json()) + "\n");
  }

  private ObjectNode json() {
    ObjectNode card = MAPPER.createObjectNode();
    given(facts.format(), value -> card.put("format", value));
    card.put("width", preprocessing.width());
    card.put("height", preprocessing.height());
    card.put("resize", lower(preprocessing.resize()));
    ResizeTo resizeTo = preprocessing.resizeTo();
    if (resizeTo != null && resizeTo.isShortSide()) {
      card.put("resizeTo", resizeTo.width());
    } else if (resizeTo != null) {
      card.put("resizeTo", resizeTo.toString());
    }
    card.put("interpolation", lower(preprocessing.interpolation()));
    preprocessing.mean().forEach(card.putArray("mean")::add);
    preprocessing.std().forEach(card.putArray("std")::add);
    card.put("order", preprocessing.order().name());
    given(facts.layout(), value -> card.put("layout", lower(value)));
    given(facts.precision(), value -> card.put("precision", lower(value)));
    given(facts.batch() == 0 ? null : facts.batch(), value -> card.put("batch", value));
    given(facts.device(), value -> card.put("device", value.toString()));
    given(facts.classes() == 0 ? null : facts.classes(), value -> card.put("classes", value));
    if (!facts.versions().isEmpty()) {
      facts.versions().forEach(card.putObject("versions")::put);
    }
    if (!labels.isEmpty()) {
      labels.forEach(card.putArray("labels")::add);
    }
    return card;
  }

  private static <T> void given(@Nullable T value, Consumer<T> then) {
    if (value != null) {
      then.accept(value);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
