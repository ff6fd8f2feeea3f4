package dev.quicklime.torch;

import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import java.util.List;

/** Small models' options on one thread of the CPU; pixels come to them as they are, from 0 to 1. */
final class PlainInput {

  private PlainInput() {}

  /**
   * Options of a model.
   *
   * @param side pixels of a side of its input
   */
  static ModelOptions options(int side, int batch, Precision precision) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(side, side)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return ModelOptions.of(input)
        .withBatch(batch)
        .withThreads(1)
        .withPrecision(precision)
        .withDevice(Device.cpu());
  }
}
