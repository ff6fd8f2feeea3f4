package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            + "trainingR2,deletion,insertion,strongest,forwards,seconds,missed\n"
            + "\"a \"\"cat\"\", black\",9,bernoulli,logit,0,64,,0,"
            + 1e-17 / 3
            + ",,0.5,0.6,,,\"4 1 3\",65,0.064,\n",
        Files.readString(file()));
  }

  @Test
  void shouldGoOnWithAFileOfBeforeSuperpixelsWereToldOf() throws IOException {
    open().add(FIRST);
    List<String> old =
        Files.readAllLines(file()).stream()
            .map(line -> line.substring(0, line.lastIndexOf(',')))
            .toList();
    Files.write(file(), old);
    ResultFile again = open();
    assertTrue(again.has("a \"cat\", black", 0));
    again.add(SECOND);
    assertEquals(SECOND, open().lines().subList(2, 4));
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
