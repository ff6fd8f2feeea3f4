package dev.quicklime.onnx;

import dev.quicklime.cam.CamInput;
import dev.quicklime.model.Device;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The networks that make_cam.py writes, and what is known of them. */
final class CamFiles {

  static final int PLACES = 16;
  static final int MAPS = 5;

  /** The convolution, in sixteenths. */
  private static final double[][] C = {
    {8, -4, 2}, {-16, 8, 4}, {4, 4, 4}, {2, 12, -8}, {-2, -2, 16},
  };

  /** The linear layer, in sixteenths. */
  private static final double[][] W = {
    {8, -4, 2, 1, 16}, {-16, 8, 4, 12, 2}, {1, 2, 3, 4, 5}, {0, 0, 0, 0, 0},
  };

  private CamFiles() {}

  static Path file(String name) {
    URL file = Objects.requireNonNull(CamFiles.class.getResource("cam/" + name + ".onnx"));
    try {
      return Path.of(file.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static OnnxGradCam open(String name) {
    return OnnxGradCam.load(file(name), Device.cpu(), 1);
  }

  /** Pictures that differ at every place; none where there are none. */
  static CamInput pictures(int count) {
    float[] values = new float[count * 3 * PLACES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return CamInput.of(values, count, 3, 4, 4);
  }

  /** What the layer holds for one picture of those, [maps][places]. */
  static double[][] activation(int picture) {
    double[][] maps = new double[MAPS][PLACES];
    for (int k = 0; k < MAPS; k++) {
      for (int place = 0; place < PLACES; place++) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
          sum += C[k][c] / 16 * (float) Math.sin((picture * 3 + c) * PLACES + place);
        }
        maps[k][place] = Math.max(0, sum);
      }
    }
    return maps;
  }

  /** Weight of a class's map where pooling and the linear layer follow: W divided by the places. */
  static double alpha(int index, int map) {
    return W[index][map] / 16 / PLACES;
  }

  /** The map of a class where pooling and the linear layer follow. */
  static double[] map(int picture, int index) {
    double[][] activation = activation(picture);
    double[] map = new double[PLACES];
    for (int place = 0; place < PLACES; place++) {
      double sum = 0;
      for (int k = 0; k < MAPS; k++) {
        sum += alpha(index, k) * activation[k][place];
      }
      map[place] = Math.max(0, sum);
    }
    return map;
  }
}
