package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamMap;
import dev.quicklime.files.npy.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The maps of one picture or video as one {@code .npz} file: {@code maps} float32 [C, h, w], or [C,
 * T, h, w] of a video, as the layer has them, neither interpolated nor rescaled; {@code classes}
 * int32 [C].
 */
public final class CamArchive {

  private CamArchive() {}

  /**
   * Writes the file, over what is there.
   *
   * @param maps at least one, all of one layer
   * @param video whether they have frames
   * @throws IOException if the file cannot be written; what was written so far is left
   */
  public static void write(List<CamMap> maps, boolean video, Path file) throws IOException {
    Objects.requireNonNull(maps, "maps");
    Objects.requireNonNull(file, "file");
    if (maps.isEmpty()) {
      throw new InvalidInputException("an archive must have at least one map, got none");
    }
    CamMap first = maps.getFirst();
    int count = maps.size();
    int[] shape =
        video
            ? new int[] {count, first.frames(), first.height(), first.width()}
            : new int[] {count, first.height(), first.width()};
    int length = first.frames() * first.height() * first.width();
    float[] values = new float[Math.multiplyExact(count, length)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(maps.get(i).values(), 0, values, i * length, length);
    }
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.floats("maps", shape, values);
      npz.ints("classes", new int[] {count}, maps.stream().mapToInt(CamMap::index).toArray());
    }
  }
}
