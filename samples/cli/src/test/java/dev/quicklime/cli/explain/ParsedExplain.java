package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.Main;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParseResult;

/** What {@code explain} makes of options, of a picture and a model that has a card. */
abstract class ParsedExplain {

  @TempDir Path folder;

  Path model = Path.of("model.pt");
  Path picture = Path.of("cat.png");

  @BeforeEach
  void writeInputs() throws IOException {
    // Checked options need the model's card, not the model.
    model = folder.resolve("m/model.pt");
    Files.createDirectories(folder.resolve("m"));
    Files.writeString(
        folder.resolve("m/model.json"),
        "{\"width\": 64, \"height\": 48, \"labels\": [\"cat\", \"dog, small\", \"7\"]}");
    picture = TestPictures.write(folder.resolve("cat.png"), 20, 20);
  }

  ExplainCommand.Prepared prepare(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", model.toString(), "--out", folder.resolve("out").toString()));
    args.addAll(List.of(options));
    ParseResult result = Main.commandLine().parseArgs(args.toArray(String[]::new)).subcommand();
    assertNotNull(result);
    return ((ExplainCommand) result.commandSpec().userObject()).prepare();
  }

  ExplainOptions options(String... options) throws IOException {
    return prepare(options).chosen().options();
  }

  ModelOptions modelOptions(String... options) throws IOException {
    return prepare(options).chosen().modelOptions();
  }

  String refused(String... options) {
    return String.valueOf(
        assertThrows(InvalidInputException.class, () -> prepare(options)).getMessage());
  }
}
