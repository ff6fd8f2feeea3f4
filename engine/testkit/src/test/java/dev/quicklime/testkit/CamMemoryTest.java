package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.Device;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamMemoryTest {

  private static final int SIDE = 64;

  @TempDir Path folder;

  @Test
  void shouldKeepItsMemoryOverAThousandMaps() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "resident memory is asked of Linux");
    Path model = ScriptModules.saveConvolutions(folder);
    // The heap is there from the start, and compiled code stays small: both would grow with time,
    // not with what maps leave behind.
    ForkedJvm ran =
        ForkedJvm.run(
            ManyMaps.class.getName(),
            List.of(model.toString()),
            300,
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:TieredStopAtLevel=1");
    assertEquals(0, ran.exitCode(), ran.err());
    String[] words = ran.out().strip().split(" ", -1);
    double hundredth = Double.parseDouble(words[0]);
    double last = Double.parseDouble(words[1]);
    assertTrue(
        last <= 1.02 * hundredth, "resident memory grew from " + hundredth + " to " + last + " kB");
    assertEquals("0", words[2], "bytes of native buffers left after closing");
    assertEquals("0", words[3], "bytes of native objects left after closing");
  }

  /** Maps pictures one after the other, by two layers in turns. */
  static final class ManyMaps {

    private ManyMaps() {}

    /** Prints resident memory after the 100th and after the 1000th, and what is left in the end. */
    public static void main(String[] args) throws IOException {
      CamInput picture = Inputs.of(1, 1, 3, SIDE, SIDE);
      GradCam.load(Path.of(args[0]), Device.cpu(), 1).close();
      long before = TorchRuntime.nativeBytes();
      long hundredth = 0;
      long last;
      try (GradCam cam = GradCam.load(Path.of(args[0]), Device.cpu(), 1)) {
        String other = cam.layers(1, 3, SIDE, SIDE).getFirst().name();
        for (int i = 1; i <= 1000; i++) {
          cam.explain(picture, CamOptions.defaults().withLayer(i % 2 == 0 ? null : other));
          if (i == 100) {
            hundredth = resident();
          }
        }
        last = resident();
      }
      long left = TorchRuntime.nativeBytes() - before;
      System.out.println(
          hundredth + " " + last + " " + NativeBuffer.allocated() + " " + Math.max(0, left));
    }

    private static long resident() throws IOException {
      System.gc();
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      throw new IllegalStateException("no VmRSS");
    }
  }
}
