package dev.quicklime.spark.profile;

import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.profile.ReferencePart;
import dev.quicklime.profile.ReferenceRange;
import dev.quicklime.profile.ReferenceScores;
import dev.quicklime.report.profile.ProfileLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * One picture's way through the cluster, on a thread of its own: two jobs, the first of which
 * scores what fits are compared by, in ranges, and the second measures what is missing, seed by
 * seed.
 */
final class PicturePass implements Runnable {

  /** What is heard of a pass. */
  sealed interface News {

    /**
     * What came of a seed.
     *
     * @param seed which it was
     * @param lines of results
     */
    record Seed(int seed, Answer<ArrayList<ProfileLine>> lines) implements News {}

    /**
     * No more will come.
     *
     * @param cause why, if not because all came
     */
    record End(@Nullable Exception cause) implements News {}
  }

  private final SparkContext context;
  private final ProfileSpec spec;
  private final ProfilePlan plan;
  private final String name;
  private final List<Integer> missing;
  private final List<ReferenceRange> ranges;
  private final String group;
  private final JobProgress progress;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

  /**
   * Prepares a pass.
   *
   * @param name of the picture
   * @param missing the seeds that are to be measured, −1 for the references
   * @param ranges that the masks which fits are compared by are scored in
   * @param group of Spark's jobs
   */
  PicturePass(
      SparkContext context,
      ProfileSpec spec,
      ProfilePlan plan,
      String name,
      List<Integer> missing,
      List<ReferenceRange> ranges,
      String group,
      JobProgress progress) {
    this.context = context;
    this.spec = spec;
    this.plan = plan;
    this.name = name;
    this.missing = List.copyOf(missing);
    this.ranges = List.copyOf(ranges);
    this.group = group;
    this.progress = progress;
  }

  /** The picture. */
  String name() {
    return name;
  }

  /** The seeds that are to be measured. */
  List<Integer> missing() {
    return missing;
  }

  /** What is heard, in the order in which it comes. */
  BlockingQueue<News> news() {
    return news;
  }

  @Override
  public void run() {
    try {
      measure();
      news.add(new News.End(null));
    } catch (Exception e) {
      // Whatever it is, whoever waits for news has to hear of it.
      news.add(new News.End(e));
    }
  }

  private void measure() throws Exception {
    context.setJobGroup(group, "quicklime profile: " + name, false);
    JavaSparkContext java = JavaSparkContext.fromSparkContext(context);
    Broadcast<ShippedPicture> picture =
        java.broadcast(SparkPictures.ship(name, plan.picture(name)));
    try {
      Broadcast<ReferenceScores> scores = java.broadcast(references(picture));
      try {
        TaskJob.run(
            context,
            missing,
            new SeedWork(spec, name, picture, scores),
            measured -> {
              progress.add(measured.seed() < 0 ? 0 : plan.work(measured.seed()));
              news.add(new News.Seed(measured.seed(), measured.lines()));
            });
      } finally {
        scores.destroy();
      }
    } finally {
      picture.destroy();
    }
  }

  private ReferenceScores references(Broadcast<ShippedPicture> picture) throws Exception {
    Queue<Answer<ReferencePart>> found = new ConcurrentLinkedQueue<>();
    TaskJob.run(
        context,
        ranges,
        new RangeWork(spec, picture),
        part -> {
          found.add(part);
          progress.add(part.found() == null ? 0 : part.found().range().rows());
        });
    return ReferenceScores.of(plan.options(), found.stream().map(Answer::get).toList());
  }
}
