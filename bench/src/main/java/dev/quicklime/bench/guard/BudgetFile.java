package dev.quicklime.bench.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.jmh.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads budgets. Whatever is misspelt in the file is an IllegalArgumentException that says where.
 */
final class BudgetFile {

  private static final String OWN = "budgets.toml";
  private static final String TABLE = "budget";

  private BudgetFile() {}

  /** The budgets that come with the benchmarks. */
  static List<Budget> own(Catalogue catalogue) throws IOException {
    try (InputStream in = BudgetFile.class.getResourceAsStream(OWN)) {
      byte[] bytes = Objects.requireNonNull(in, OWN).readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8), OWN, catalogue);
    }
  }

  /** The budgets of a file. */
  static List<Budget> read(Path file, Catalogue catalogue) throws IOException {
    return parse(Files.readString(file), file.toString(), catalogue);
  }

  static List<Budget> parse(String text, String file, Catalogue catalogue) {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      // Where a limit of the parser is passed, there is no place.
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new InvalidInputException(file + line + ": " + e.getOriginalMessage(), e);
    }
    JsonNode tables = root.path(TABLE);
    if (!tables.isArray() || tables.isEmpty() || root.size() != 1) {
      throw new InvalidInputException(
          file + " must hold one or more [[" + TABLE + "]] and nothing else");
    }
    List<Budget> budgets = new ArrayList<>();
    int number = 0;
    for (JsonNode table : tables) {
      number++;
      String where = "%s, budget %d".formatted(file, number);
      if (table.path("path").isTextual()) {
        where += " (" + table.path("path").asText() + ")";
      }
      try {
        budgets.addAll(new BudgetTable(table, catalogue).budgets());
      } catch (InvalidInputException e) {
        throw new InvalidInputException(where + ": " + e.getMessage(), e);
      }
    }
    Set<String> paths = new HashSet<>();
    for (Budget budget : budgets) {
      if (!paths.add(budget.path())) {
        throw new InvalidInputException(
            file + " must call each path by a name of its own, got " + budget.path() + " twice");
      }
    }
    return budgets;
  }
}
