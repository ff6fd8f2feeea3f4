package dev.quicklime.bench.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.jmh.Catalogue;
import dev.quicklime.bench.jmh.Known;
import dev.quicklime.bench.jmh.Measured;
import dev.quicklime.bench.results.Digits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One table of the budgets' file. Where it names several values for a parameter it stands for a
 * budget with each.
 */
final class BudgetTable {

  private static final Set<String> REQUIRED =
      Set.of(
          "path",
          "why",
          "benchmark",
          "yardstick",
          "measured",
          "ratio",
          "tolerance",
          "machine",
          "kernel");
  private static final Set<String> OPTIONAL = Set.of("params", "yardstick-params");
  private static final Set<String> TWIN =
      Set.of("scalar-params", "scalar-measured", "scalar-ratio");

  private static final Set<String> HEAP = Set.of("bytes-measured", "bytes");

  /** Largest budget in times of what was measured: less than a path of twice the time needs. */
  private static final double NEAR = 1.6;

  private final JsonNode table;
  private final Known subject;
  private final Known yardstick;
  private final Map<String, List<String>> params;
  private final Map<String, String> ofYardstick;
  private final Map<String, String> ofScalar;

  BudgetTable(JsonNode table, Catalogue catalogue) {
    this.table = table;
    checkFields();
    this.subject = benchmark(catalogue, "benchmark");
    this.yardstick = benchmark(catalogue, "yardstick");
    this.params = values("params", subject);
    this.ofYardstick = single("yardstick-params", yardstick);
    this.ofScalar = single("scalar-params", subject);
    checkComplete();
  }

  private void checkFields() {
    if (!table.isObject()) {
      throw new InvalidInputException("must be a table");
    }
    for (Map.Entry<String, JsonNode> field : table.properties()) {
      if (!REQUIRED.contains(field.getKey())
          && !OPTIONAL.contains(field.getKey())
          && !TWIN.contains(field.getKey())
          && !HEAP.contains(field.getKey())) {
        throw new InvalidInputException("there is no field " + field.getKey());
      }
    }
    for (String field : REQUIRED.stream().sorted().toList()) {
      if (!table.has(field)) {
        throw new InvalidInputException("the field " + field + " is missing");
      }
    }
    checkTogether("a scalar twin", TWIN);
    checkTogether("a budget of bytes", HEAP);
    text("why");
  }

  private void checkTogether(String what, Set<String> fields) {
    List<String> given = fields.stream().filter(table::has).sorted().toList();
    if (!given.isEmpty() && given.size() < fields.size()) {
      throw new InvalidInputException(
          "%s needs all of %s, got %s".formatted(what, fields.stream().sorted().toList(), given));
    }
  }

  /** A budget for each combination of the parameters' values. */
  List<Budget> budgets() {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : combinations) {
        for (String value : param.getValue()) {
          Map<String, String> more = new LinkedHashMap<>(combination);
          more.put(param.getKey(), value);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(this::budget).toList();
  }

  private Budget budget(Map<String, String> chosen) {
    Measured measured = new Measured(subject.name(), new TreeMap<>(chosen));
    TreeMap<String, String> forYardstick = new TreeMap<>(chosen);
    forYardstick.keySet().retainAll(yardstick.params().keySet());
    Measured beside = new Measured(yardstick.name(), forYardstick).with(ofYardstick);
    @Nullable Measured scalar = ofScalar.isEmpty() ? null : measured.with(ofScalar);
    if (beside.equals(measured) || measured.equals(scalar)) {
      throw new InvalidInputException("the benchmark would be compared with itself");
    }
    return new Budget(
        path(chosen),
        measured,
        new Limit(beside, ratio("ratio", "measured")),
        scalar == null ? null : new Limit(scalar, scalarRatio()),
        number("tolerance", true),
        flag(),
        bytes(),
        machines());
  }

  /** The name, with those values that tell it from the others of this table. */
  private String path(Map<String, String> chosen) {
    StringBuilder path = new StringBuilder(text("path"));
    chosen.forEach(
        (name, value) -> {
          if (params.getOrDefault(name, List.of()).size() > 1) {
            path.append(", ")
                .append(
                    value.matches("[0-9.]+") ? name + " " + value : value.toLowerCase(Locale.ROOT));
          }
        });
    return path.toString();
  }

  private Known benchmark(Catalogue catalogue, String field) {
    Known known = catalogue.find(text(field));
    if (known.ownJvm()) {
      throw new InvalidInputException(
          known.name() + " wants JVM options of its own, and the guard measures all in one JVM");
    }
    return known;
  }

  private Map<String, List<String>> values(String field, Known of) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    JsonNode given = table.path(field);
    if (!given.isMissingNode() && !given.isObject()) {
      throw new InvalidInputException(field + " must be a table");
    }
    for (Map.Entry<String, JsonNode> param : given.properties()) {
      List<String> known = of.params().get(param.getKey());
      if (known == null) {
        throw new InvalidInputException(
            "%s has no parameter %s, but %s".formatted(of.name(), param.getKey(), of.params()));
      }
      List<String> values = new ArrayList<>();
      Iterable<JsonNode> several =
          param.getValue().isArray() ? param.getValue() : List.of(param.getValue());
      several.forEach(value -> values.add(value.asText()));
      if (values.isEmpty() || !known.containsAll(values)) {
        throw new InvalidInputException(
            "%s of %s must be of %s, got %s".formatted(param.getKey(), of.name(), known, values));
      }
      all.put(param.getKey(), values);
    }
    return all;
  }

  private Map<String, String> single(String field, Known of) {
    Map<String, String> all = new LinkedHashMap<>();
    values(field, of)
        .forEach(
            (name, values) -> {
              if (values.size() > 1) {
                throw new InvalidInputException(
                    "%s must have one value for %s, got %s".formatted(field, name, values));
              }
              all.put(name, values.getFirst());
            });
    return all;
  }

  private void checkComplete() {
    for (String name : subject.params().keySet()) {
      if (!params.containsKey(name)) {
        throw new InvalidInputException(
            "params must name a value for %s, of %s".formatted(name, subject.params().get(name)));
      }
    }
    for (String name : yardstick.params().keySet()) {
      if (!params.containsKey(name) && !ofYardstick.containsKey(name)) {
        throw new InvalidInputException(
            "yardstick-params must name a value for %s, of %s"
                .formatted(name, yardstick.params().get(name)));
      }
    }
  }

  private String text(String field) {
    JsonNode value = table.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new InvalidInputException(field + " must be text, got " + value);
    }
    return value.asText();
  }

  /** A budget far above what was measured is none. */
  private double ratio(String field, String measured) {
    double ratio = number(field, false);
    double median = number(measured, false);
    if (!(ratio <= NEAR * median)) {
      throw new InvalidInputException(
          "%s must be at most %s times %s, %s, got %s"
              .formatted(field, NEAR, measured, Digits.of(NEAR * median), table.path(field)));
    }
    return ratio;
  }

  private double scalarRatio() {
    double ratio = ratio("scalar-ratio", "scalar-measured");
    if (ratio > 1) {
      throw new InvalidInputException(
          "scalar-ratio must be at most 1, got " + table.path("scalar-ratio"));
    }
    return ratio;
  }

  private @Nullable Double bytes() {
    if (!table.has("bytes")) {
      return null;
    }
    if (flag()) {
      throw new InvalidInputException(
          "bytes is for paths that may allocate, and kernel = true says that this one must not");
    }
    return ratio("bytes", "bytes-measured");
  }

  private double number(String field, boolean zeroAllowed) {
    JsonNode value = table.path(field);
    double number = value.asDouble(Double.NaN);
    if (!value.isNumber()
        || !(zeroAllowed ? number >= 0 : number > 0)
        || Double.isInfinite(number)) {
      throw new InvalidInputException(
          "%s must be a number %s 0, got %s".formatted(field, zeroAllowed ? "≥" : ">", value));
    }
    return number;
  }

  private boolean flag() {
    JsonNode value = table.path("kernel");
    if (!value.isBoolean()) {
      throw new InvalidInputException("kernel must be true or false, got " + value);
    }
    return value.asBoolean();
  }

  private Set<MachineClass> machines() {
    JsonNode value = table.path("machine");
    if (value.isTextual() && value.asText().equals("any")) {
      return Set.of();
    }
    Set<MachineClass> machines = EnumSet.noneOf(MachineClass.class);
    Iterable<JsonNode> several = value.isArray() ? value : List.of(value);
    for (JsonNode word : several) {
      machines.add(
          Arrays.stream(MachineClass.values())
              .filter(known -> known.word().equals(word.asText()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "machine must be any or of %s, got %s"
                              .formatted(
                                  Arrays.stream(MachineClass.values())
                                      .map(MachineClass::word)
                                      .toList(),
                                  value))));
    }
    if (machines.isEmpty()) {
      throw new InvalidInputException("machine must name a class, got " + value);
    }
    return machines;
  }
}
