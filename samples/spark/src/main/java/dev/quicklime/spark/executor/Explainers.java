package dev.quicklime.spark.executor;

import dev.quicklime.Explainer;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.options.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The explainers of this process: each is opened by the first task that needs it, shared by all
 * that run at once, and kept for those to come. Of explainers that nobody uses the last {@value
 * #IDLE} are kept; all are closed when the process ends. May be used by any thread.
 */
public final class Explainers {

  private static final int IDLE = 2;

  private static final Explainers SHARED = new Explainers();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(SHARED::closeIdle, "quicklime-explainers"));
    } catch (IllegalStateException e) {
      // The process ends, and has opened none: a driver whose tasks run elsewhere.
      assert SHARED.open.isEmpty();
    }
  }

  /** By use, the longest unused first. */
  private final Map<ExplainSpec, Holder> open = new LinkedHashMap<>(8, 0.75f, true);

  /** Tests have their own. */
  Explainers() {}

  /** An explainer that is used now, with what it explains by. Not to be kept past its closing. */
  public static final class Lease implements AutoCloseable {
    private final Explainers owner;
    private final Holder holder;
    private boolean closed;

    private Lease(Explainers owner, Holder holder) {
      this.owner = owner;
      this.holder = holder;
    }

    /** The explainer. */
    public Explainer explainer() {
      return holder.explainer;
    }

    /** The options that it was opened by. */
    public Settings.Chosen chosen() {
      return holder.chosen;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        owner.giveBack(holder);
      }
    }
  }

  private static final class Holder {
    private final Settings.Chosen chosen;
    private final Explainer explainer;
    private int users;

    Holder(Settings.Chosen chosen, Explainer explainer) {
      this.chosen = chosen;
      this.explainer = explainer;
    }
  }

  /**
   * Takes the explainer of this process, which is opened if it was not yet.
   *
   * @throws QuicklimeException if its model cannot be opened here
   */
  public static Lease lease(ExplainSpec spec) {
    return SHARED.take(spec);
  }

  /** Closes an explainer that will not be needed again, unless somebody uses it. */
  public static void discard(ExplainSpec spec) {
    SHARED.closeIdle(List.of(spec));
  }

  /** Closes what nobody uses. */
  public static void release() {
    SHARED.closeIdle();
  }

  synchronized Lease take(ExplainSpec spec) {
    Objects.requireNonNull(spec, "spec");
    Holder holder = open.get(spec);
    if (holder == null) {
      makeRoom();
      holder = open(spec);
      open.put(spec, holder);
    }
    holder.users++;
    return new Lease(this, holder);
  }

  private static Holder open(ExplainSpec spec) {
    Settings.Chosen chosen = spec.choose();
    try {
      return new Holder(chosen, chosen.open());
    } catch (QuicklimeException | LinkageError e) {
      throw LoadedElsewhere.told(e);
    }
  }

  /** Closes the longest unused until there is room for one more. */
  private void makeRoom() {
    List<ExplainSpec> idle = idle();
    closeIdle(idle.subList(0, Math.max(0, idle.size() - IDLE + 1)));
  }

  private synchronized void giveBack(Holder holder) {
    holder.users--;
  }

  synchronized void closeIdle() {
    closeIdle(idle());
  }

  private List<ExplainSpec> idle() {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().users == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized void closeIdle(List<ExplainSpec> specs) {
    for (ExplainSpec spec : specs) {
      Holder holder = open.get(spec);
      if (holder != null && holder.users == 0) {
        open.remove(spec);
        holder.explainer.close();
      }
    }
  }

  /** How many are open. */
  synchronized int count() {
    return open.size();
  }
}
