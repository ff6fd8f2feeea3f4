package dev.quicklime.internal.fit.sums;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@link SampleSums} as bytes, where rows are not kept. */
public final class StoredSums {

  private StoredSums() {}

  /**
   * Writes sums.
   *
   * @throws IllegalStateException if rows are kept
   */
  public static void write(SampleSums sums, DataOutput out) throws IOException {
    if (!(sums.columns() instanceof SummedColumns(int rows, int columns, boolean exhaustive))) {
      throw new IllegalStateException("samples with rows are not written");
    }
    out.writeInt(rows);
    out.writeInt(columns);
    out.writeBoolean(exhaustive);
    out.writeInt(sums.weightyRows());
    out.writeInt(sums.weightExponent());
    out.writeInt(sums.blockRows());
    out.writeInt(sums.balancedRows());
    out.writeDouble(sums.effectiveSamples());
    sums.gram().write(out);
    out.writeInt(sums.classes());
    for (int c = 0; c < sums.classes(); c++) {
      out.writeInt(sums.scoreExponent(c));
      sums.moments(c).write(out);
    }
  }

  /** What {@link #write} wrote. */
  public static SampleSums read(DataInput in) throws IOException {
    SummedColumns columns = new SummedColumns(in.readInt(), in.readInt(), in.readBoolean());
    int weightyRows = in.readInt();
    int weightExponent = in.readInt();
    int blockRows = in.readInt();
    int balancedRows = in.readInt();
    double effectiveSamples = in.readDouble();
    Gram gram = Gram.read(columns.columns(), in);
    int[] exponents = new int[in.readInt()];
    List<Moments> moments = new ArrayList<>();
    for (int c = 0; c < exponents.length; c++) {
      exponents[c] = in.readInt();
      moments.add(Moments.read(columns.columns(), in));
    }
    return SampleSums.ofSums(
        columns,
        weightyRows,
        weightExponent,
        exponents,
        blockRows,
        balancedRows,
        effectiveSamples,
        gram,
        moments);
  }
}
