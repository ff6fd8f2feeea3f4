package dev.quicklime.torch.internal;

/** What a forward pass that is under way will return. */
@FunctionalInterface
public interface PendingOutput {

  /**
   * Waits for it; to be called once, by any thread.
   *
   * @throws TorchException if the device failed meanwhile
   */
  ModelOutput await();
}
