package dev.quicklime.fuzz;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives changed files to a reader. Anything but an answer or a documented exception within the time
 * is a fault, memory that runs out too; the seed and the number of the input bring it back.
 */
final class FuzzRun {

  /** Far more than any of these files takes, on a machine that is busy with others too. */
  private static final long MOST_SECONDS = 10;

  private final FuzzTarget target;
  private final long seed;
  private final Path folder;
  private final AtomicLong began = new AtomicLong(Long.MAX_VALUE);
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private volatile int input = -1;
  private int read;
  private int refused;

  FuzzRun(FuzzTarget target, long seed, Path folder) {
    this.target = target;
    this.seed = seed;
    this.folder = folder;
  }

  /** How many inputs were read, and how many refused. */
  record Counts(int read, int refused) {}

  /** Runs so many inputs; the first fault ends it. */
  Counts run(int inputs) throws InterruptedException {
    Thread worker = new Thread(() -> inputs(inputs), "fuzz-" + target.name());
    worker.setDaemon(true);
    worker.start();
    while (!worker.join(java.time.Duration.ofMillis(200))) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began.get());
      if (began.get() != Long.MAX_VALUE && seconds > MOST_SECONDS) {
        AssertionError slow =
            new AssertionError(where("took more than %d s".formatted(MOST_SECONDS)));
        slow.setStackTrace(worker.getStackTrace());
        throw slow;
      }
    }
    Throwable found = fault.get();
    if (found != null) {
      throw new AssertionError(where("ended in " + found), found);
    }
    return new Counts(read, refused);
  }

  private String where(String what) {
    return "%s, seed %d, input %d, %s %s"
        .formatted(target.name(), seed, input, folder.resolve(target.file()), what);
  }

  private void inputs(int inputs) {
    try {
      for (int i = 0; i < inputs; i++) {
        input = i;
        Path file = Files.write(folder.resolve(target.file()), bytes(i));
        began.set(System.nanoTime());
        one(file);
        began.set(Long.MAX_VALUE);
      }
    } catch (Throwable e) {
      fault.set(e);
    }
  }

  /** An input depends on its number alone. */
  private byte[] bytes(int number) {
    Mutator mutator = new Mutator(seed * 1_000_003 + number);
    byte[] whole = target.seeds().get(mutator.random().nextInt(target.seeds().size()));
    Container container = mutator.random().nextBoolean() ? target.container() : Container.PLAIN;
    return container.change(whole, target.seeds(), mutator);
  }

  private void one(Path file) {
    try {
      target.reader().read(file);
      read++;
    } catch (InvalidInputException | QuicklimeException | IOException e) {
      refused++;
    }
  }
}
