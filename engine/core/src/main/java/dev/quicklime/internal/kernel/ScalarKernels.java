package dev.quicklime.internal.kernel;

import dev.quicklime.internal.kernel.compose.BlendKernel;
import dev.quicklime.internal.kernel.compose.PairKernel;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
import dev.quicklime.internal.kernel.compose.ScalarBlendKernel;
import dev.quicklime.internal.kernel.compose.ScalarPairKernel;
import dev.quicklime.internal.kernel.compose.ScalarPixelMaskKernel;
import dev.quicklime.internal.kernel.masks.CountKernel;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import dev.quicklime.internal.kernel.masks.ScalarCountKernel;
import dev.quicklime.internal.kernel.masks.ScalarMaskKernel;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import dev.quicklime.internal.kernel.matrix.ScalarCombineKernel;
import dev.quicklime.internal.kernel.matrix.ScalarFactorKernel;
import dev.quicklime.internal.kernel.matrix.ScalarSweepKernel;
import dev.quicklime.internal.kernel.matrix.SweepKernel;
import dev.quicklime.internal.kernel.sums.ColumnSumKernel;
import dev.quicklime.internal.kernel.sums.PairCountKernel;
import dev.quicklime.internal.kernel.sums.PairSumKernel;
import dev.quicklime.internal.kernel.sums.ScalarColumnSumKernel;
import dev.quicklime.internal.kernel.sums.ScalarPairCountKernel;
import dev.quicklime.internal.kernel.sums.ScalarPairSumKernel;
import dev.quicklime.internal.kernel.sums.ScalarTransposeKernel;
import dev.quicklime.internal.kernel.sums.TransposeKernel;

/** The plainest correct loops, which are the specification; they run on every JVM. */
record ScalarKernels() implements KernelSet {

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public MaskKernel masks() {
    return new ScalarMaskKernel();
  }

  @Override
  public CountKernel count() {
    return new ScalarCountKernel();
  }

  @Override
  public PixelMaskKernel pixelMasks() {
    return new ScalarPixelMaskKernel();
  }

  @Override
  public BlendKernel blends() {
    return new ScalarBlendKernel();
  }

  @Override
  public PairKernel pairs() {
    return new ScalarPairKernel();
  }

  @Override
  public PairCountKernel pairCount() {
    return new ScalarPairCountKernel();
  }

  @Override
  public PairSumKernel pairSum() {
    return new ScalarPairSumKernel();
  }

  @Override
  public ColumnSumKernel columnSum() {
    return new ScalarColumnSumKernel();
  }

  @Override
  public TransposeKernel transpose() {
    return new ScalarTransposeKernel();
  }

  @Override
  public SweepKernel sweep() {
    return new ScalarSweepKernel();
  }

  @Override
  public CombineKernel combine() {
    return new ScalarCombineKernel();
  }

  @Override
  public FactorKernel factor() {
    return new ScalarFactorKernel();
  }
}
