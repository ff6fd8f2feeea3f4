package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.run.ArgumentFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void shouldShowTheUsageWithoutArguments() {
    assertEquals(0, run());
    assertTrue(out.toString().startsWith("Usage: quicklime"), out.toString());
    assertTrue(out.toString().contains("doctor"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void shouldPrintItsVersion() {
    assertEquals(0, run("--version"));
    assertTrue(
        out.toString()
            .matches(
                "quicklime \\S+\\RJDK 2.*\\Rlibtorch \\S+\\ROpenCV \\S+\\RONNX Runtime \\d\\S+\\R"),
        out.toString());
  }

  @Test
  void shouldAnswerAMisspeltCommandInOneLine() {
    assertEquals(2, run("doctro"));
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("'doctro'"), err.toString());
    assertTrue(err.toString().contains("did you mean doctor"), err.toString());
    assertTrue(err.toString().contains("quicklime --help lists all commands"), err.toString());
  }

  @Test
  void shouldSayHowExecutorsAreExamined() {
    assertEquals(2, run("doctor", "--spark"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("samples/quicklime-spark --master MASTER -- doctor"));
  }

  @Test
  void shouldAnswerAnUnknownOptionInOneLine() {
    assertEquals(2, run("doctor", "--nonsense"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("--nonsense"), err.toString());
    assertTrue(err.toString().contains("quicklime doctor --help lists all opt"), err.toString());
  }

  @Test
  void shouldSayWhichOptionAMisspeltOneMayHaveBeen() {
    assertEquals(2, run("explain", "--segmnts", "30"));
    assertEquals(
        "quicklime: Unknown option: '--segmnts'; did you mean --segments or --segmenter or --seed?"
            + " (quicklime explain --help lists all options)\n",
        err.toString());
  }

  @Test
  void shouldPointToHelpWhereAnOptionLacksItsValue() {
    assertEquals(2, run("explain", "--samples"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("(quicklime explain --help lists all"), err.toString());
  }

  @Test
  void shouldNotPointToHelpWhereARuleOfItsOwnIsBroken() {
    assertEquals(2, run("explain", "--layer", "x"));
    assertEquals("quicklime: --layer goes with --with-gradcam\n", err.toString());
  }

  private int runWithFiles(String... args) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Main.run(command, ArgumentFiles.of(args));
  }

  @Test
  void shouldTakeAnArgumentThatBeginsWithTwoAtSignsAsItIs() {
    assertEquals(2, runWithFiles("@@cat.png"));
    assertTrue(err.toString().contains("'@cat.png'"), err.toString());
  }

  @Test
  void shouldTakeWordsFromAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("words.args"), "# what it is\n--version\n");
    assertEquals(0, runWithFiles("explain", "@" + file));
    assertTrue(out.toString().startsWith("quicklime "), out.toString());
  }

  @Test
  void shouldAnswerAnArgumentFileThatIsMissingInOneLine() {
    assertEquals(2, runWithFiles("explain", "@none.args"));
    assertEquals("", out.toString());
    assertEquals(
        "quicklime: argument file none.args must be there, got no file of that name; a name that"
            + " begins with @ is written with a second one, @@none.args"
            + System.lineSeparator(),
        err.toString());
  }

  @Test
  void shouldOfferTheSameExplanationsWithAndWithoutTheOtherCommands() {
    CommandLine alone = Objects.requireNonNull(Main.explain().getSubcommands().get("explain"));
    CommandLine beside = Objects.requireNonNull(Main.commandLine().getSubcommands().get("explain"));
    assertEquals(beside.getUsageMessage(), alone.getUsageMessage());
    assertEquals(
        beside.getCommandSpec().optionsMap().keySet(),
        alone.getCommandSpec().optionsMap().keySet());
  }

  @Test
  void shouldHaveNoPercentSignInItsHelpThatIsTakenForAFormat() {
    assertEquals(List.of(), badDescriptions(Main.commandLine()));
  }

  private static List<String> badDescriptions(CommandLine command) {
    List<String> bad = new ArrayList<>();
    Stream<ArgSpec> all =
        Stream.concat(
            command.getCommandSpec().options().stream(),
            command.getCommandSpec().positionalParameters().stream());
    // As they are written; what the command makes of them has been through the formatter.
    all.map(arg -> (AnnotatedElement) arg.userObject())
        .flatMap(MainTest::descriptions)
        .filter(text -> text.replace("%%", "").replace("%n", "").contains("%"))
        .forEach(bad::add);
    command.getSubcommands().values().forEach(sub -> bad.addAll(badDescriptions(sub)));
    return bad;
  }

  private static Stream<String> descriptions(AnnotatedElement element) {
    Option option = element.getAnnotation(Option.class);
    Parameters parameters = element.getAnnotation(Parameters.class);
    String[] none = {};
    return Stream.concat(
        Stream.of(option == null ? none : option.description()),
        Stream.of(parameters == null ? none : parameters.description()));
  }

  @Test
  void shouldFindNothingMissingOnAMachineThatRunsTheTests() {
    assertEquals(0, run("doctor"), out + err.toString());
    for (String part :
        new String[] {"JDK", "CPU", "Kernels", "OpenCV", "libtorch", "CUDA", "Fonts"}) {
      assertTrue(out.toString().contains(part), out.toString());
    }
  }
}
