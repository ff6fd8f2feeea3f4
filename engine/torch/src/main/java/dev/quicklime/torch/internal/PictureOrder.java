package dev.quicklime.torch.internal;

import java.util.function.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;

/**
 * Gives a module its pictures as it takes them, with their channels first or, where it fails on
 * that and what it says tells so, last. For one module, under its lock.
 */
final class PictureOrder {

  private boolean last;
  private boolean known;

  /** Whether the module takes channels last; known after the first pass. */
  boolean last() {
    return last;
  }

  /**
   * Runs a module.
   *
   * @param input batch, channels, height, width; or rows
   * @param forward throws what libtorch throws
   */
  IValue run(Tensor input, Function<Tensor, IValue> forward) {
    if (known) {
      return forward.apply(given(input));
    }
    try {
      IValue result = forward.apply(input);
      known = true;
      return result;
    } catch (RuntimeException e) {
      long[] shape = input.sizes().vec().get();
      if (!InputProblem.channelsLast(TorchErrors.oneLine(e), shape)) {
        throw e;
      }
      last = true;
      try {
        IValue result = forward.apply(given(input));
        known = true;
        return result;
      } catch (RuntimeException other) {
        last = false;
        throw e;
      }
    }
  }

  private Tensor given(Tensor input) {
    return last ? input.permute(0, 2, 3, 1) : input;
  }
}
