package dev.quicklime.run;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Tells another progress first, and then asks whether to go on.
 *
 * @param heard who hears of all
 * @param cancelled whether to end
 */
record UntilCancelled(Progress heard, BooleanSupplier cancelled) implements Progress {

  @Override
  public void scored(long done, long total) {
    heard.scored(done, total);
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled after %s of %s samples".formatted(done, total));
    }
  }

  @Override
  public void judged(double standardError) {
    heard.judged(standardError);
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled while looking at the fit to samples so far");
    }
  }
}
