package dev.quicklime.spark.profile;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A job of Spark of one task for each of some things, whose results are heard as they come. */
final class TaskJob {

  private TaskJob() {}

  /** One task. */
  private static final class Task<A, R> extends AbstractFunction2<TaskContext, Iterator<A>, R>
      implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private final Work<A, R> work;

    Task(Work<A, R> work) {
      this.work = work;
    }

    @Override
    public R apply(TaskContext context, Iterator<A> told) {
      return work.of(told.next());
    }
  }

  /** Hears of results, on the one thread that schedules all jobs. */
  private static final class Heard<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final Consumer<R> listener;

    Heard(Consumer<R> listener) {
      this.listener = listener;
    }

    @Override
    public BoxedUnit apply(Object partition, R result) {
      listener.accept(result);
      return BoxedUnit.UNIT;
    }
  }

  /**
   * Runs a job to its end.
   *
   * @param told what each task is told
   * @param heard hears each result once, in whatever order; must neither wait nor throw
   * @throws Exception what Spark throws, of whatever kind: its methods declare none
   */
  static <A, R> void run(SparkContext context, List<A> told, Work<A, R> work, Consumer<R> heard)
      throws Exception {
    List<Object> partitions = IntStream.range(0, told.size()).<Object>mapToObj(i -> i).toList();
    context.runJob(
        JavaSparkContext.fromSparkContext(context).parallelize(told, told.size()).rdd(),
        new Task<>(work),
        CollectionConverters.asScala(partitions).toSeq(),
        new Heard<>(heard),
        TaskJob.<R>tag());
  }

  /** Spark makes arrays by it, which are of objects here. */
  @SuppressWarnings("unchecked")
  private static <R> ClassTag<R> tag() {
    return (ClassTag<R>) ClassTag.Object();
  }
}
