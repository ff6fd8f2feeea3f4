package dev.quicklime.torch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TorchErrorsTest {

  @Test
  void shouldTellAShortageOfMemoryFromOtherErrors() {
    assertTrue(TorchErrors.outOfMemory(new RuntimeException("CUDA out of memory. Tried to")));
    assertFalse(TorchErrors.outOfMemory(new RuntimeException("CUDA error: unspecified")));
  }

  @Test
  void shouldMakeOneLineOfWhatAGpuSays() {
    assertEquals(
        "CUDA out of memory. Tried to allocate 24.50 GiB. GPU 0 has a total capacity of 7.79 GiB.",
        TorchErrors.oneLine(
            new RuntimeException(
                "CUDA out of memory. Tried to allocate 24.50 GiB. GPU 0 has a total capacity of"
                    + " 7.79 GiB.\nException raised from malloc at CUDACachingAllocator.cpp:1270"
                    + " (most recent call first):\nframe #0: c10::Error::Error\n")));
    assertEquals(
        "CUDA error: invalid device ordinal",
        TorchErrors.oneLine(
            new RuntimeException(
                "CUDA error: invalid device ordinal\nCUDA kernel errors might be asynchronously"
                    + " reported at some other API call.\n")));
  }
}
