package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {

  private static final List<ProfileLine> REFERENCES = List.of(Lines.reference("bernoulli", 0.01));
  private static final List<ProfileLine> FIRST = seed(0);
  private static final List<ProfileLine> SECOND = seed(1);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("profile.csv");
  }

  private static List<ProfileLine> seed(long seed) {
    return List.of(
        Lines.line("a \"cat\", black", "bernoulli", 64, seed, 1e-17 / 3, "4 1 3"),
        Lines.line("a \"cat\", black", "bernoulli", 128, seed, null, ""));
  }

  private ResultFile open() throws IOException {
    return ResultFile.open(file(), 1, 2);
  }

  @Test
  void shouldKeepTheOrderOfItsColumns() throws IOException {
    open().add(FIRST.subList(0, 1));
    assertEquals(
        "picture,superpixels,design,target,classIndex,samples,stop,seed,error,coverage,heldOutR2,"
            + "trainingR2,deletion,insertion,strongest,forwards,seconds,missed,label,file\n"
            + "\"a \"\"cat\"\", black\",9,bernoulli,logit,0,64,,0,"
            + 1e-17 / 3
            + ",,0.5,0.6,,,\"4 1 3\",65,0.064,,\"tabby, \"\"tiger\"\" cat\",\"a \"\"cat\"\","
            + " black\"\n",
        Files.readString(file()));
  }

  private Path references() {
    return folder.resolve("profile-reference.csv");
  }

  @Test
  void shouldKeepReferencesInAFileOfTheirOwn() throws IOException {
    ResultFile results = open();
    results.add(REFERENCES);
    results.add(FIRST);
    assertEquals(
        """
        picture,superpixels,design,target,samples,error,file
        cat,9,bernoulli,logit,5000,0.01,cat
        """,
        Files.readString(references()));
    assertFalse(Files.readString(file()).contains("reference"));
  }

  /** Every column of every line is empty or of the column's type. */
  @Test
  void shouldHaveOneKindOfLineWithTypedColumns() throws IOException {
    ResultFile results = open();
    results.add(REFERENCES);
    results.add(FIRST);
    results.add(SECOND);
    CsvMapper mapper = new CsvMapper();
    List<Map<String, String>> lines;
    try (MappingIterator<Map<String, String>> read =
        mapper
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file().toFile())) {
      lines = read.readAll();
    }
    assertEquals(4, lines.size());
    for (Map<String, String> line : lines) {
      assertEquals(20, line.size(), line.toString());
      for (String column : List.of("superpixels", "classIndex", "samples", "seed", "forwards")) {
        Long.parseLong(String.valueOf(line.get(column)));
      }
      for (String column :
          List.of("stop", "error", "coverage", "heldOutR2", "deletion", "insertion", "seconds")) {
        String value = String.valueOf(line.get(column));
        assertTrue(value.isEmpty() || Double.isFinite(Double.parseDouble(value)), column);
      }
      assertTrue(String.valueOf(line.get("strongest")).matches("([0-9]+( [0-9]+)*)?"));
      assertEquals("tabby, \"tiger\" cat", line.get("label"));
      assertTrue(Long.parseLong(String.valueOf(line.get("seed"))) >= 0);
    }
  }

  @Test
  void shouldSayWherePicturesAreSeenFromItsFolder() throws IOException {
    Path picture = Files.createDirectories(folder.resolve("photos")).resolve("cat.png");
    Files.createFile(picture);
    Path results = Files.createDirectories(folder.resolve("out")).resolve("profile.csv");
    ResultFile file = ResultFile.open(results, 1, 1);
    file.add(List.of(Lines.line(picture.toString(), "bernoulli", 64, 0, 0.5, "1")));
    file.add(List.of(Lines.line("scene-0001", "bernoulli", 64, 0, 0.5, "1")));
    List<String> lines = Files.readAllLines(results);
    assertTrue(lines.get(1).endsWith(",../photos/cat.png"), lines.get(1));
    assertTrue(lines.get(2).endsWith(",scene-0001"), lines.get(2));
  }

  @Test
  void shouldMoveReferencesOutOfAFileOfEarlierVersions() throws IOException {
    open();
    String header = Files.readString(file()).replace(",label,file", "");
    String reference = "cat,9,reference,logit,-1,5000,,-1,0.01,,,,,,bernoulli,5000,0.0,\n";
    String fit = "cat,9,bernoulli,logit,0,64,,%s,0.5,,,,,,1,65,0.1,\n";
    Files.delete(references());
    Files.writeString(
        file(), header + reference + fit.formatted(0) + fit.formatted(0).replace(",64,", ",128,"));
    assertFalse(ResultFile.isEmpty(file()));
    ResultFile results = open();
    assertTrue(results.has("cat", -1));
    assertTrue(results.has("cat", 0));
    assertEquals(3, results.lines().size());
    assertTrue(Files.readString(references()).contains("cat,9,bernoulli,logit,5000,0.01,"));
    assertEquals(3, Files.readAllLines(file()).size());
    assertEquals(results.lines().size(), open().lines().size());
  }

  @Test
  void shouldNotTakeReferencesAloneForNothing() throws IOException {
    assertTrue(ResultFile.isEmpty(file()));
    ResultFile results = open();
    assertTrue(ResultFile.isEmpty(file()));
    results.add(REFERENCES);
    assertFalse(ResultFile.isEmpty(file()));
  }

  @Test
  void shouldGoOnWithAFileOfBeforeSuperpixelsWereToldOf() throws IOException {
    ResultFile first = open();
    first.add(
        List.of(
            Lines.line("cat", "bernoulli", 64, 0, 0.5, "4"),
            Lines.line("cat", "bernoulli", 128, 0, 0.25, "4")));
    List<String> old =
        Files.readAllLines(file()).stream()
            .map(
                line ->
                    line.replace(",missed,label,file", "")
                        .replace(",,\"tabby, \"\"tiger\"\" cat\",cat", ""))
            .toList();
    Files.write(file(), old);
    ResultFile again = open();
    assertTrue(again.has("cat", 0));
    again.add(SECOND);
    assertEquals(SECOND, open().lines().subList(2, 4));
  }

  @Test
  void shouldRefuseReferencesOfSomethingElse() throws IOException {
    Files.writeString(references(), "name,age\nAda,36\n");
    InvalidInputException e = assertThrows(InvalidInputException.class, this::open);
    assertTrue(String.valueOf(e.getMessage()).startsWith(references().toString()), e.getMessage());
  }

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    ResultFile results = open();
    results.add(REFERENCES);
    results.add(FIRST);
    String written = Files.readString(file());
    ResultFile again = open();
    assertEquals(results.lines(), again.lines());
    assertEquals(3, again.lines().size());
    assertEquals(FIRST.getFirst(), again.lines().get(1));
    assertTrue(again.has("cat", -1));
    assertTrue(again.has("a \"cat\", black", 0));
    assertFalse(again.has("a \"cat\", black", 1));
    assertEquals(written, Files.readString(file()));
  }

  @Test
  void shouldForgetASeedThatWasNotWrittenToItsEnd() throws IOException {
    ResultFile results = open();
    results.add(REFERENCES);
    results.add(FIRST);
    String whole = Files.readString(file());
    results.add(SECOND);
    String more = Files.readString(file());
    for (int end = whole.length(); end < more.length(); end++) {
      Files.writeString(file(), more.substring(0, end));
      ResultFile again = open();
      assertFalse(again.has("a \"cat\", black", 1), "cut after " + end);
      assertTrue(again.has("a \"cat\", black", 0), "cut after " + end);
      assertEquals(whole, Files.readString(file()));
    }
  }

  @Test
  void shouldLeaveTheFileAsIfNothingHadHappened() throws IOException {
    ResultFile straight = open();
    straight.add(REFERENCES);
    straight.add(FIRST);
    straight.add(SECOND);
    String wanted = Files.readString(file());
    Files.writeString(file(), wanted.substring(0, wanted.length() - 3));
    open().add(SECOND);
    assertEquals(wanted, Files.readString(file()));
  }

  @Test
  void shouldRefuseAFileOfSomethingElse() throws IOException {
    Files.writeString(file(), "name,age\nAda,36\n");
    InvalidInputException e = assertThrows(InvalidInputException.class, this::open);
    assertTrue(String.valueOf(e.getMessage()).startsWith(file().toString()), e.getMessage());
    assertEquals("name,age\nAda,36\n", Files.readString(file()));
  }
}
