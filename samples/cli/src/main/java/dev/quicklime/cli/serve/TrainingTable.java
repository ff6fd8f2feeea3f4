package dev.quicklime.cli.serve;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.TableReading;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.serve.model.ServedTable;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The table that a model of rows is served with. */
@InGroup(HelpGroup.COMMON)
final class TrainingTable {

  private static final int BATCH = 1024;

  /** What says nothing about a model of rows. */
  private static final Set<String> OF_PICTURES =
      Set.of(
          "--compose",
          "--precision",
          "--resize",
          "--resize-to",
          "--interpolation",
          "--size",
          "--mean",
          "--std",
          "--models",
          "--predictor_host");

  @Option(
      names = "--table",
      paramLabel = "TRAIN.csv",
      description =
          "Serves a model of rows, as tabular explains it, with the table that it was trained on:"
              + " its columns are the model's inputs, and rows are drawn as they vary. The"
              + " parameters of requests are then the options of tabular.")
  private @Nullable Path table;

  @Mixin private final TableReading reading = new TableReading();

  /**
   * Whether there is one.
   *
   * @throws InvalidInputException if options were given that do not go with it, or only with it
   */
  boolean given(CommandSpec spec) {
    ParseResult given = spec.commandLine().getParseResult();
    if (table == null) {
      refuse(
          given,
          CommandSpec.forAnnotatedObject(TableReading.class).optionsMap().keySet(),
          " needs --table, which it is about");
      return false;
    }
    refuse(given, OF_PICTURES, " cannot be combined with --table");
    return true;
  }

  private static void refuse(ParseResult given, Set<String> options, String rule) {
    options.stream()
        .filter(given::hasMatchedOption)
        .sorted()
        .findFirst()
        .ifPresent(
            option -> {
              throw new InvalidInputException(option + rule);
            });
  }

  /**
   * Opens the model of the table.
   *
   * @param model its file and what it runs on
   * @param name what routes call it
   */
  ServedTable open(ModelFlags model, @Nullable String name) {
    Path file = model.model();
    if (file == null || table == null) {
      throw new InvalidInputException("--table needs --model, the model of its rows");
    }
    WrongFile.refuse(file, WrongFile.Use.ROWS);
    Path asked = model.labels();
    Labels labels =
        asked == null ? Labels.of(ModelFiles.card(file).labels()) : LabelNames.of(asked);
    ModelOptions how = model.over(ModelFiles.card(file).preprocessing());
    Table rows = reading.read(table);
    TabularExplainer explainer =
        TabularExplainer.of(
            ModelFiles.rows(
                file,
                how.device(),
                how.batch() == 0 ? BATCH : how.batch(),
                how.threads(),
                how.output()),
            labels);
    return new ServedTable(
        name == null ? ModelsFolder.name(file) : name,
        explainer,
        rows,
        reading.oneHot(),
        new RowParameters(rows, labels));
  }
}
