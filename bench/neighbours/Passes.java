import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.scenes.SceneGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * Explains pictures whenever a line is read, and says how long forward passes took. A process of
 * its own, since how threads wait is settled when native code is loaded.
 */
final class Passes {

  private static final int PICTURES = 4;
  private static final int SIDE = 96;

  private Passes() {}

  public static void main(String... args) {
    Stage stage = Stage.valueOf(args[0]);
    Settings.Chosen chosen = ExplainWords.choose(List.of(args).subList(1, args.length));
    List<Image> pictures = new ArrayList<>();
    SceneGenerator scenes = new SceneGenerator(21, SIDE, SIDE);
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(scenes.scene(i).image());
    }
    try (Explainer explainer = chosen.open();
        Scanner lines = new Scanner(System.in)) {
      millis(explainer, chosen.options(), pictures, stage);
      System.out.println("ready");
      while (lines.hasNextLine()) {
        lines.nextLine();
        System.out.println(millis(explainer, chosen.options(), pictures, stage));
      }
    }
  }

  /** Milliseconds of a stage, of all pictures together. */
  private static double millis(
      Explainer explainer, ExplainOptions options, List<Image> pictures, Stage stage) {
    double millis = 0;
    for (Image picture : pictures) {
      Explanation explanation = explainer.explain(picture, options, Progress.none());
      millis += explanation.timings().of(stage);
    }
    return millis;
  }
}
