package dev.quicklime.torch.internal;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Forward passes on one device that nobody waits for until their scores are wanted. Batches are
 * copied in one stream and scored in another, so that a copy overlaps the forward pass before it;
 * scores go back in the second one, being few. Host memory that is copied from must be page-locked,
 * or the copies are no longer asynchronous, and must be left alone until the scores are there.
 *
 * <p>Batches are enqueued by one thread at a time and awaited by any.
 */
final class DeviceQueue implements AutoCloseable {

  private final TorchDevice device;
  private final DeviceStream copies;
  private final DeviceStream compute;
  private final ArrayDeque<DeviceLane> free = new ArrayDeque<>();
  private boolean closed;

  DeviceQueue(TorchDevice device) {
    this.device = device;
    this.copies = new DeviceStream(device);
    this.compute = new DeviceStream(device);
  }

  /**
   * Enqueues a batch.
   *
   * @param host the batch, or what it is made from
   * @param forward what is done with it on the device, its result included
   */
  PendingOutput submit(Tensor host, Function<Tensor, IValue> forward) {
    DeviceLane lane = take();
    try (PointerScope _ = new PointerScope();
        InferenceMode _ = new InferenceMode(true)) {
      Flight flight = new Flight(lane);
      copies.run(
          () -> {
            flight.input = lane.stage(host);
            lane.copied().record(copies);
          });
      lane.copied().holdUp(compute);
      compute.run(
          () -> {
            flight.output = receive(forward.apply(flight.input()), lane);
            lane.done().record(compute);
          });
      return flight;
    } catch (RuntimeException | Error e) {
      abandon(lane, e);
      throw e;
    }
  }

  /** The caller may write to its memory again as soon as it hears of a failure. */
  private void abandon(DeviceLane lane, Throwable failure) {
    try {
      copies.synchronize();
      compute.synchronize();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    release(lane);
  }

  private static ModelOutput receive(IValue result, DeviceLane lane) {
    ModelOutput output = ModelOutput.describe(result);
    if (output.problem().isEmpty()) {
      TensorOptions single = new TensorOptions(torch.ScalarType.Float);
      lane.receive(
          result.toTensor().to(single, false, false, new MemoryFormatOptional()).contiguous());
    }
    return output;
  }

  private synchronized DeviceLane take() {
    if (closed) {
      throw new IllegalStateException("this queue is closed");
    }
    DeviceLane lane = free.poll();
    return lane != null ? lane : new DeviceLane(device);
  }

  private synchronized void release(DeviceLane lane) {
    if (closed) {
      lane.close();
    } else {
      free.push(lane);
    }
  }

  /** A batch under way. */
  private final class Flight implements PendingOutput {

    private final DeviceLane lane;
    private final AtomicBoolean awaited = new AtomicBoolean();
    private @Nullable Tensor input;
    private ModelOutput output = new ModelOutput("", new long[0], new float[0]);

    Flight(DeviceLane lane) {
      this.lane = lane;
    }

    Tensor input() {
      return requireNonNull(input);
    }

    @Override
    public ModelOutput await() {
      if (awaited.getAndSet(true)) {
        throw new IllegalStateException("these scores were taken already");
      }
      try {
        lane.done().await();
        if (!output.problem().isEmpty()) {
          return output;
        }
        long count = 1;
        for (long size : output.shape()) {
          count *= size;
        }
        float[] values =
            lane.scores().asSlice(0, count * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
        return new ModelOutput("", output.shape(), values);
      } catch (RuntimeException e) {
        throw new TorchException(TorchErrors.oneLine(e), e);
      } finally {
        release(lane);
      }
    }
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      copies.synchronize();
      compute.synchronize();
    } finally {
      free.forEach(DeviceLane::close);
      free.clear();
      copies.close();
      compute.close();
    }
  }
}
