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
    Settings.Chosen chosen = ExplainWords.choose(List.of(args));
    List<Image> pictures = new ArrayList<>();
    SceneGenerator scenes = new SceneGenerator(21, SIDE, SIDE);
    for (int i = 0; i < PICTURES; i++) {
      pictures.add(scenes.scene(i).image());
    }
    try (Explainer explainer = chosen.open();
        Scanner lines = new Scanner(System.in)) {
      passes(explainer, chosen.options(), pictures);
      System.out.println("ready");
      while (lines.hasNextLine()) {
        lines.nextLine();
        System.out.println(passes(explainer, chosen.options(), pictures));
      }
    }
  }

  /** Milliseconds of forward passes, of all pictures together. */
  private static double passes(Explainer explainer, ExplainOptions options, List<Image> pictures) {
    double millis = 0;
    for (Image picture : pictures) {
      Explanation explanation = explainer.explain(picture, options, Progress.none());
      millis += explanation.timings().of(Stage.FORWARD);
    }
    return millis;
  }
}
