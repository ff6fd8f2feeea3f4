package dev.quicklime.files;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.quicklime.ExplainOptions;
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
import java.util.List;
import java.util.Locale;

/**
 * Options as JSON: every record becomes an object of its components, so that none is forgotten when
 * a strategy gains one, and names its kind in {@code type} where there is a choice of kinds.
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

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(
                new SimpleModule()
                    .addSerializer(new SegmentMapSerializer())
                    .addSerializer(new ConstantSerializer()));
    CHOICES.forEach(choice -> builder.addMixIn(choice, Typed.class));
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

  /** A label map is an input of its own; the options say which size it had. */
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
      json.writeEndObject();
    }
  }
}
