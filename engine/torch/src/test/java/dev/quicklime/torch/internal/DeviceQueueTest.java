package dev.quicklime.torch.internal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.internal.memory.NativeBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the CPU, whose streams do everything at once: what is kept and handed back, and when. */
class DeviceQueueTest {

  private static IValue doubled(Tensor input) {
    return new IValue(input.mul(new Scalar(2f)).flatten(1, -1));
  }

  @BeforeAll
  static void load() {
    TorchRuntime.load();
  }

  private static PendingOutput submit(
      DeviceQueue queue, float start, long[] shape, Function<Tensor, IValue> forward) {
    try (NativeBuffer memory = new NativeBuffer(shape[0] * shape[1] * shape[2] * shape[3] * 4);
        PointerScope _ = new PointerScope()) {
      for (int i = 0; i < memory.segment().byteSize() / 4; i++) {
        memory.segment().setAtIndex(JAVA_FLOAT, i, start + i);
      }
      return queue.submit(
          PixelTensor.view(memory.segment(), shape, true, torch.ScalarType.Float), forward);
    }
  }

  @Test
  void shouldKeepEachBatchApartHoweverManyAreUnderWay() {
    try (DeviceQueue queue = new DeviceQueue(TorchDevice.cpu())) {
      ArrayDeque<PendingOutput> flying = new ArrayDeque<>();
      List<Float> got = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        if (flying.size() == 3) {
          got.add(flying.remove().await().values()[0]);
        }
        flying.add(submit(queue, 100 * i, new long[] {2, 1, 1, 3}, DeviceQueueTest::doubled));
      }
      flying.forEach(pending -> got.add(pending.await().values()[0]));
      for (int i = 0; i < 50; i++) {
        assertEquals(200f * i, got.get(i));
      }
    }
  }

  @Test
  void shouldKeepTheOrderOfTheElements() {
    try (DeviceQueue queue = new DeviceQueue(TorchDevice.cpu())) {
      // Two channels, interleaved in memory, of two pixels.
      ModelOutput output =
          submit(queue, 1, new long[] {1, 2, 1, 2}, DeviceQueueTest::doubled).await();
      assertArrayEquals(new long[] {1, 4}, output.shape());
      assertArrayEquals(new float[] {2, 6, 4, 8}, output.values());
    }
  }

  @Test
  void shouldTakeAnotherShapeInTheSameLane() {
    try (DeviceQueue queue = new DeviceQueue(TorchDevice.cpu())) {
      for (long width : new long[] {3, 7, 1, 7}) {
        long[] shape = {2, 1, 1, width};
        assertEquals(
            2 * width, submit(queue, 0, shape, DeviceQueueTest::doubled).await().values().length);
      }
    }
  }

  @Test
  void shouldGoOnAfterAFailure() {
    try (DeviceQueue queue = new DeviceQueue(TorchDevice.cpu())) {
      long[] shape = {1, 1, 1, 2};
      IllegalStateException planted = new IllegalStateException("planted");
      assertSame(
          planted,
          assertThrows(
              IllegalStateException.class,
              () ->
                  submit(
                      queue,
                      0,
                      shape,
                      input -> {
                        throw planted;
                      })));
      assertEquals(6, submit(queue, 3, shape, DeviceQueueTest::doubled).await().values()[0]);
    }
  }

  @Test
  void shouldSayWhatIsNoTensorOfScores() {
    try (DeviceQueue queue = new DeviceQueue(TorchDevice.cpu())) {
      long[] shape = {1, 1, 1, 2};
      assertEquals("a double", submit(queue, 0, shape, input -> new IValue(2.0)).await().problem());
    }
  }

  @Test
  void shouldHandScoresOutOnceAndAlsoAfterClosing() {
    DeviceQueue queue = new DeviceQueue(TorchDevice.cpu());
    PendingOutput pending = submit(queue, 4, new long[] {1, 1, 1, 1}, DeviceQueueTest::doubled);
    queue.close();
    queue.close();
    assertEquals(8, pending.await().values()[0]);
    assertThrows(IllegalStateException.class, pending::await);
    assertThrows(
        IllegalStateException.class,
        () -> submit(queue, 0, new long[] {1, 1, 1, 1}, DeviceQueueTest::doubled));
  }
}
