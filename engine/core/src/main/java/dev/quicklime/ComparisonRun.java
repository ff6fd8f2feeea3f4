package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.fidelity.Agreement;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.Comparison;
import dev.quicklime.fidelity.Removal;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Sets one explanation beside another method's maps. For one thread and one use. */
final class ComparisonRun {

  private final Explanation explanation;
  private final PictureScorer scorer;
  private final Progress progress;
  private final Target height;
  private final long total;
  private long scored;

  ComparisonRun(Explanation explanation, PictureScorer scorer, Progress progress) {
    this.explanation = explanation;
    this.scorer = scorer;
    this.progress = progress;
    this.height = JudgedTarget.of(explanation).height();
    this.total = 4L * explanation.classes().size() * (explanation.segments().count() + 1L);
  }

  Comparison compare(List<double[]> maps) {
    List<ClassComparison> classes = new ArrayList<>();
    for (int c = 0; c < maps.size(); c++) {
      classes.add(compare(explanation.classes().get(c), maps.get(c)));
    }
    return new Comparison(classes, height, Comparison.TOP_SHARE, scored);
  }

  private ClassComparison compare(ClassExplanation explained, double[] map) {
    List<Double> weights = explained.fit().coefficients();
    double[] means = Agreement.means(explanation.segments(), map);
    List<Double> listed = DoubleStream.of(means).boxed().toList();
    List<Integer> order = Removal.order(weights);
    List<Integer> mapOrder = Removal.order(listed);
    int index = explained.scored().index();
    return new ClassComparison(
        listed,
        Agreement.rankCorrelation(
            weights.stream().mapToDouble(Double::doubleValue).toArray(), means),
        Agreement.topAreas(explanation.segments(), weights, map, Comparison.TOP_SHARE),
        area(Removal.deletion(order), index),
        area(Removal.insertion(order), index),
        area(Removal.deletion(mapOrder), index),
        area(Removal.insertion(mapOrder), index));
  }

  private double area(MaskMatrix masks, int index) {
    long before = scored;
    double[] curve =
        scorer
            .score(
                masks,
                List.of(index),
                List.of(height),
                (done, _) -> progress.scored(before + done, total))[0];
    scored = before + masks.rows();
    return Removal.area(curve);
  }
}
