package dev.quicklime.internal.kernel;

import dev.quicklime.internal.kernel.compose.BlendKernel;
import dev.quicklime.internal.kernel.compose.PairKernel;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
import dev.quicklime.internal.kernel.compose.VectorBlendKernel;
import dev.quicklime.internal.kernel.compose.VectorPairKernel;
import dev.quicklime.internal.kernel.compose.VectorPixelMaskKernel;
import dev.quicklime.internal.kernel.machine.VectorWidth;
import dev.quicklime.internal.kernel.masks.CountKernel;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import dev.quicklime.internal.kernel.masks.VectorCountKernel;
import dev.quicklime.internal.kernel.masks.VectorMaskKernel;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import dev.quicklime.internal.kernel.matrix.SweepKernel;
import dev.quicklime.internal.kernel.matrix.VectorCombineKernel;
import dev.quicklime.internal.kernel.matrix.VectorFactorKernel;
import dev.quicklime.internal.kernel.matrix.VectorSweepKernel;
import dev.quicklime.internal.kernel.sums.ColumnSumKernel;
import dev.quicklime.internal.kernel.sums.PairCountKernel;
import dev.quicklime.internal.kernel.sums.PairSumKernel;
import dev.quicklime.internal.kernel.sums.TransposeKernel;
import dev.quicklime.internal.kernel.sums.VectorColumnSumKernel;
import dev.quicklime.internal.kernel.sums.VectorPairCountKernel;
import dev.quicklime.internal.kernel.sums.VectorPairSumKernel;
import dev.quicklime.internal.kernel.sums.VectorTransposeKernel;

/**
 * The same on the Vector API. This is the one door to it: no class is loaded that needs its module
 * before a method here is called.
 */
record VectorKernels() implements KernelSet {

  @Override
  public int vectorBits() {
    return VectorWidth.bits();
  }

  @Override
  public MaskKernel masks() {
    return new VectorMaskKernel();
  }

  @Override
  public CountKernel count() {
    return new VectorCountKernel();
  }

  @Override
  public PixelMaskKernel pixelMasks() {
    return new VectorPixelMaskKernel();
  }

  @Override
  public BlendKernel blends() {
    return new VectorBlendKernel();
  }

  @Override
  public PairKernel pairs() {
    return new VectorPairKernel();
  }

  @Override
  public PairCountKernel pairCount() {
    return new VectorPairCountKernel();
  }

  @Override
  public PairSumKernel pairSum() {
    return new VectorPairSumKernel();
  }

  @Override
  public ColumnSumKernel columnSum() {
    return new VectorColumnSumKernel();
  }

  @Override
  public TransposeKernel transpose() {
    return new VectorTransposeKernel();
  }

  @Override
  public SweepKernel sweep() {
    return new VectorSweepKernel();
  }

  @Override
  public CombineKernel combine() {
    return new VectorCombineKernel();
  }

  @Override
  public FactorKernel factor() {
    return new VectorFactorKernel();
  }
}
