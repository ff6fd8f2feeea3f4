package dev.quicklime.cli.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Takes things one after the other through three steps that overlap: while the caller's thread is
 * at the second step of one, a thread does the first of the next, and another the third of the one
 * before. Each step takes things in their order, and so do failures come: whatever overlaps, nobody
 * can tell the results from those of one thing after the other. Three things are held at once at
 * most. For one thread and one use; no thread of its own is left in the end.
 *
 * @param <P> what the first step makes
 * @param <F> what the second makes of it; closed when the third is over, or left out
 */
public final class Pipeline<P, F extends Closeable> {

  /** What is done. */
  public interface Steps<P, F> {

    /** The first step, on a thread ahead of the caller's. */
    P prepare(int index) throws IOException;

    /** Whether nothing else is to be begun while this is held. */
    boolean alone(P prepared);

    /**
     * The second step, on the caller's thread.
     *
     * @param prepared waits for the first step, and throws what that has thrown; called once
     */
    F find(int index, Prepared<P> prepared) throws IOException;

    /** The third step, on a thread behind the caller's. */
    void write(int index, F found) throws IOException;

    /**
     * What comes of it where a step fails, on the caller's thread.
     *
     * @param outcome throws what the step has thrown: whoever throws it on ends the whole
     */
    void failed(int index, Outcome outcome) throws IOException;
  }

  /** A first step that may still be under way. */
  @FunctionalInterface
  public interface Prepared<P> {

    /** Waits for it. */
    P get() throws IOException;
  }

  /** How a step has failed. */
  @FunctionalInterface
  public interface Outcome {

    /** Throws what the step has thrown. */
    void rethrow() throws IOException;
  }

  private final Steps<P, F> steps;
  private final int count;
  private final SideThread ahead;
  private final SideThread behind;
  private SideThread.@Nullable Work<P> next;
  private SideThread.@Nullable Work<Integer> writing;
  private boolean alone;

  private Pipeline(Steps<P, F> steps, int count, SideThread ahead, SideThread behind) {
    this.steps = steps;
    this.count = count;
    this.ahead = ahead;
    this.behind = behind;
  }

  /**
   * Takes things through all steps.
   *
   * @param count how many there are
   * @throws IOException as {@link Steps#failed} throws it
   * @throws CancellationException if the thread is interrupted while it waits; a third step that is
   *     under way is finished
   */
  public static <P, F extends Closeable> void run(Steps<P, F> steps, int count) throws IOException {
    try (SideThread behind = new SideThread("quicklime-reports");
        SideThread ahead = new SideThread("quicklime-pictures")) {
      try {
        new Pipeline<>(steps, count, ahead, behind).run();
      } finally {
        ahead.giveUp();
      }
    }
  }

  private void run() throws IOException {
    for (int i = 0; i < count; i++) {
      step(i);
    }
    settle(count - 1);
  }

  private void step(int index) throws IOException {
    SideThread.Work<P> own = next == null ? ahead.begin(() -> steps.prepare(index)) : next;
    next = null;
    alone = false;
    F found;
    try {
      found = steps.find(index, () -> take(index, own));
    } catch (IOException | RuntimeException | Error e) {
      // What comes before in order may have failed too, and is heard of first.
      settle(index - 1);
      steps.failed(
          index,
          () -> {
            throw e;
          });
      return;
    }
    try {
      settle(index - 1);
    } catch (IOException | RuntimeException | Error e) {
      drop(found, e);
      throw e;
    }
    writing = behind.begin(() -> written(index, found));
    if (alone) {
      settle(index);
    }
  }

  private P take(int index, SideThread.Work<P> own) throws IOException {
    try {
      P prepared = own.get();
      alone = steps.alone(prepared);
      return prepared;
    } finally {
      if (!alone && index + 1 < count) {
        next = ahead.begin(() -> steps.prepare(index + 1));
      }
    }
  }

  private int written(int index, F found) throws IOException {
    try (found) {
      steps.write(index, found);
    }
    return index;
  }

  /** Waits for the third step of a thing, if that is still to be heard of. */
  private void settle(int index) throws IOException {
    SideThread.Work<Integer> last = writing;
    writing = null;
    if (last == null) {
      return;
    }
    try {
      int over = last.get();
      assert over == index;
    } catch (IOException | RuntimeException | Error e) {
      steps.failed(
          index,
          () -> {
            throw e;
          });
    }
  }

  private static void drop(Closeable found, Throwable why) {
    try {
      found.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }
}
