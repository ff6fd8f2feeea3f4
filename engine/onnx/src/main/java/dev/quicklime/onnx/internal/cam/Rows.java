package dev.quicklime.onnx.internal.cam;

/** Runs what follows a layer, on several activations of one picture at once. */
interface Rows {

  /** Rows of a pass, ≥ 1. */
  int count();

  /** Makes every row the same activation, in the order in which the layer has it. */
  void fill(float[] activation);

  /** Adds to all places of one map in one row. */
  void shift(int row, int channel, float by);

  /** Undoes all shifts of a row. */
  void reset(int row, int channel);

  /** The scores of all rows, row by row; a whole number of them for each. */
  double[] scores();
}
