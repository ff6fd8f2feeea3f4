package dev.quicklime.onnx.internal;

/**
 * Keeps a native thing alive while somebody uses it. Closing it is final for whoever comes later;
 * it is freed then, or by the last of those who use it.
 */
public final class Lifeline {

  private final String name;
  private final Runnable free;
  private int users;
  private boolean closed;

  /**
   * For a thing that is there already.
   *
   * @param name what messages call it
   * @param free frees it; called once
   */
  Lifeline(String name, Runnable free) {
    this.name = name;
    this.free = free;
  }

  /** One use, from its making to its closing. */
  public final class Use implements AutoCloseable {
    private boolean over;

    private Use() {}

    @Override
    public void close() {
      if (!over) {
        over = true;
        end();
      }
    }
  }

  /**
   * Begins a use.
   *
   * @throws IllegalStateException if it is closed
   */
  public synchronized Use use() {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
    users++;
    return new Use();
  }

  private void end() {
    synchronized (this) {
      users--;
      if (!closed || users > 0) {
        return;
      }
    }
    free.run();
  }

  /** Ends its life; further calls do nothing. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (users > 0) {
        return;
      }
    }
    free.run();
  }
}
