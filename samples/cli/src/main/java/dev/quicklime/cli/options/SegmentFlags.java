package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.files.LabelMaps;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the picture is divided: by SLIC, into tiles, or as a file says. */
@InGroup(HelpGroup.SUPERPIXELS)
public final class SegmentFlags {

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--segments",
      paramLabel = "N",
      description = "About how many superpixels SLIC makes (default: ${DEFAULT-VALUE}).")
  private String segments = "100";

  @Option(
      names = "--segmenter",
      paramLabel = "slic|slico",
      description =
          "slico chooses the compactness of each superpixel itself (default: ${DEFAULT-VALUE}).")
  private String segmenter = "slic";

  @Option(
      names = "--compactness",
      paramLabel = "C",
      description = "How much slic prefers round to equal in colour (default: 10).")
  private @Nullable String compactness;

  @Option(
      names = "--tiles",
      paramLabel = "ROWSxCOLS",
      description = "Tiles in place of superpixels, for instance 8x8 (default: none).")
  private @Nullable String tiles;

  @Option(
      names = "--label-map",
      paramLabel = "F",
      description =
          "Superpixels from a PNG or .npy file of the model's input size (default: none).")
  private @Nullable Path labelMap;

  /** Reads the label map where there is one. */
  public Segmenter segmenter() {
    if (labelMap != null) {
      return new GivenSegments(LabelMaps.read(labelMap));
    }
    if (tiles != null) {
      Parse.Pair pair = Parse.pair("--tiles", tiles, "ROWSxCOLS, for instance 8x8");
      return new Tiles(pair.first(), pair.second());
    }
    int count = Parse.whole("--segments", segments, Segmenter.MIN_SEGMENTS, Segmenter.MAX_SEGMENTS);
    return switch (segmenter) {
      case "slic" -> compactness == null ? Slic.of(count) : slic(count, compactness);
      case "slico" -> {
        if (compactness != null) {
          throw new InvalidInputException(
              "--compactness goes with --segmenter slic; slico chooses it itself");
        }
        yield Slico.of(count);
      }
      default -> throw Parse.wrong("--segmenter", "one of slic, slico", segmenter);
    };
  }

  private static Segmenter slic(int count, String compactness) {
    return Slic.of(count)
        .withCompactness(
            Parse.number(
                "--compactness",
                compactness,
                "a number between 0.001 and 1000000",
                value -> value >= 0.001 && value <= 1e6));
  }
}
