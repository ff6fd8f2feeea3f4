package dev.quicklime.files;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.tabular.TabularOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Options as JSON, and back: every record becomes an object of its components, so that none is
 * forgotten when a strategy gains one, and names its kind in {@code type} where there is a choice
 * of kinds.
 */
final class OptionsJson {

  private static final List<Class<?>> CHOICES =
      List.of(
          Segmenter.class,
          Design.class,
          Fill.class,
          ClassChoice.class,
          Surrogate.class,
          Alpha.class);

  /** Of a model's input. */
  private static final int MAX_SIDE = 16384;

  private static final JsonMapper MAPPER = mapper();

  private OptionsJson() {}

  static JsonNode of(ExplainOptions options) {
    return MAPPER.valueToTree(options);
  }

  static JsonNode of(TabularOptions options) {
    return MAPPER.valueToTree(options);
  }

  static JsonNode of(Surrogate surrogate) {
    return MAPPER.valueToTree(surrogate);
  }

  /**
   * Reads what {@link #of(ExplainOptions)} wrote. Nothing may be missing, and nothing may be there
   * that this version does not know: it could decide what is found.
   *
   * @throws InvalidInputException naming the place, the rule and what was got
   */
  static ExplainOptions read(JsonFields options) {
    try {
      return MAPPER.treeToValue(options.node(), ExplainOptions.class);
    } catch (JacksonException e) {
      throw new InvalidInputException(OptionsProblem.of(e, options), e);
    }
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(
                new SimpleModule()
                    .addSerializer(new SegmentMapSerializer())
                    .addSerializer(new ConstantSerializer())
                    .addDeserializer(SegmentMap.class, new SegmentMapDeserializer()));
    for (Class<?> choice : CHOICES) {
      builder.addMixIn(choice, Typed.class);
      builder.registerSubtypes(choice.getPermittedSubclasses());
    }
    builder.addMixIn(GivenSegments.class, NamedGiven.class);
    return builder.build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
  private interface Typed {}

  /** The name that files have had from the first. */
  @JsonTypeName("Given")
  private interface NamedGiven {}

  /** Constants in small letters, which Jackson would make in the letters of the user's language. */
  private static final class ConstantSerializer extends StdSerializer<Enum<?>> {

    private static final long serialVersionUID = 1L;

    ConstantSerializer() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> constant, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(constant.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Runs of equal labels, row after row, each a label and a length. */
  private static final class SegmentMapSerializer extends StdSerializer<SegmentMap> {

    private static final long serialVersionUID = 1L;

    SegmentMapSerializer() {
      super(SegmentMap.class);
    }

    @Override
    public void serialize(SegmentMap map, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("width", map.width());
      json.writeNumberField("height", map.height());
      json.writeNumberField("segments", map.count());
      json.writeArrayFieldStart("runs");
      int[] labels = map.labels();
      int start = 0;
      for (int i = 1; i <= labels.length; i++) {
        if (i == labels.length || labels[i] != labels[start]) {
          json.writeNumber(labels[start]);
          json.writeNumber(i - start);
          start = i;
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** The same map; the number of segments follows from its runs. */
  private static final class SegmentMapDeserializer extends StdDeserializer<SegmentMap> {

    private static final long serialVersionUID = 1L;

    SegmentMapDeserializer() {
      super(SegmentMap.class);
    }

    @Override
    public SegmentMap deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      JsonFields fields = new JsonFields(context.readTree(json), "map");
      int width = (int) fields.whole("width", 1, MAX_SIDE);
      int height = (int) fields.whole("height", 1, MAX_SIDE);
      List<Double> runs = fields.numbers("runs");
      int pixels = width * height;
      long filled = 0;
      for (int i = 0; i < runs.size(); i++) {
        double number = runs.get(i);
        boolean isLength = i % 2 == 1;
        if (!(number >= (isLength ? 1 : 0) && number <= pixels && number == Math.rint(number))) {
          throw new InvalidInputException(
              "runs must be labels from 0 and lengths from 1, whole numbers in turn, got %s at %s"
                  .formatted(number, i));
        }
        filled += isLength ? (long) number : 0;
      }
      if (filled != pixels || runs.size() % 2 != 0) {
        throw new InvalidInputException(
            "runs must be labels and lengths that fill %s×%s pixels, got %s numbers for %s pixels"
                .formatted(width, height, runs.size(), filled));
      }
      int[] labels = new int[pixels];
      int at = 0;
      for (int i = 0; i < runs.size(); i += 2) {
        int end = at + runs.get(i + 1).intValue();
        Arrays.fill(labels, at, end, runs.get(i).intValue());
        at = end;
      }
      return SegmentMap.of(width, height, labels);
    }
  }
}
