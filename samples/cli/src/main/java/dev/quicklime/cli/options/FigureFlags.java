package dev.quicklime.cli.options;

import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.report.drawing.FigureFormat;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which formats figures lie beside a page. */
@InGroup(HelpGroup.OUTPUT)
public final class FigureFlags {

  @Option(
      names = "--figure-formats",
      paramLabel = "png|svg|pdf[,...]",
      description =
          "Formats of the figures' files, with commas between them: png; svg and pdf, in which"
              + " charts, outlines of superpixels and lettering are shapes, for papers (default:"
              + " png).")
  private @Nullable String formats;

  /** Whether they were given. */
  public boolean isGiven() {
    return formats != null;
  }

  /**
   * The formats that were asked for.
   *
   * @throws dev.quicklime.InvalidInputException if there is no such format
   */
  public Set<FigureFormat> formats() {
    if (formats == null) {
      return EnumSet.of(FigureFormat.PNG);
    }
    Set<FigureFormat> chosen = EnumSet.noneOf(FigureFormat.class);
    for (String format : formats.split(",", -1)) {
      chosen.add(Parse.choice("--figure-formats", format.strip(), FigureFormat.class));
    }
    return chosen;
  }
}
