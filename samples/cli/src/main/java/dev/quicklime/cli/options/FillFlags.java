package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.perturb.Fill;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What takes the place of superpixels that are not shown. */
@InGroup(HelpGroup.SAMPLES)
public final class FillFlags {

  @Option(
      names = "--fill",
      paramLabel = "gray|black|mean|image-mean|#rrggbb|blur",
      description =
          "What takes the place of the others: a colour, the mean of the superpixel or of the"
              + " picture, or the picture blurred (default: ${DEFAULT-VALUE}).")
  private String fill = "gray";

  @Option(
      names = "--blur-sigma",
      paramLabel = "S",
      description = "Of --fill blur, in pixels of the model's input (default: 10).")
  private @Nullable String blurSigma;

  public Fill fill() {
    if (blurSigma != null && !fill.equals("blur")) {
      throw new InvalidInputException("--blur-sigma goes with --fill blur, got --fill " + fill);
    }
    return switch (fill) {
      case "gray" -> Fill.gray();
      case "black" -> Fill.black();
      case "mean" -> new Fill.SegmentMean();
      case "image-mean" -> new Fill.ImageMean();
      case "blur" ->
          new Fill.Blur(
              blurSigma == null
                  ? 10
                  : Parse.number(
                      "--blur-sigma",
                      blurSigma,
                      "a number above 0 and at most 1000",
                      value -> value > 0 && value <= 1000));
      default -> colour();
    };
  }

  private Fill colour() {
    if (!fill.matches("#[0-9a-fA-F]{6}")) {
      throw Parse.wrong(
          "--fill", "one of gray, black, mean, image-mean, blur or a colour #rrggbb", fill);
    }
    byte[] rgb = HexFormat.of().parseHex(fill, 1, fill.length());
    return new Fill.Constant(
        List.of((double) (rgb[0] & 0xff), (double) (rgb[1] & 0xff), (double) (rgb[2] & 0xff)));
  }
}
