package dev.quicklime.internal.opencv;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void shouldGiveBackEveryBytePerCall() {
    byte[] pixels = new byte[32 * 24 * 3];
    float[] floats = new float[pixels.length];
    byte[] png = Codec.encodePng(pixels, 32, 24, 3);
    callAll(pixels, floats, png);
    long bytes = Pointer.totalBytes();
    long count = Pointer.totalCount();
    for (int i = 0; i < 2000; i++) {
      callAll(pixels, floats, png);
    }
    // What tests before this one left to the collector may go meanwhile.
    assertTrue(Pointer.totalBytes() <= bytes, "from " + bytes + " to " + Pointer.totalBytes());
    assertTrue(Pointer.totalCount() <= count, "from " + count + " to " + Pointer.totalCount());
  }

  private static void callAll(byte[] pixels, float[] floats, byte[] png) {
    Codec.decode(png);
    Codec.encodePng(pixels, 32, 24, 3);
    assertThrows(InvalidInputException.class, () -> Codec.decode(new byte[] {1, 2, 3}));
    GaussianFilter.blur(floats, 32, 24, 3, 1.5);
    float[] features = SlicSuperpixels.features(floats, 32, 24, 3);
    SlicSuperpixels.labels(features, 32, 24, 3, Algorithm.SLIC, 8, 10, 1);
  }
}
