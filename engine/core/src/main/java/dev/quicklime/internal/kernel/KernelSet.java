package dev.quicklime.internal.kernel;

import dev.quicklime.internal.kernel.compose.BlendKernel;
import dev.quicklime.internal.kernel.compose.PairKernel;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
import dev.quicklime.internal.kernel.masks.CountKernel;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import dev.quicklime.internal.kernel.matrix.SweepKernel;
import dev.quicklime.internal.kernel.sums.ColumnSumKernel;
import dev.quicklime.internal.kernel.sums.PairCountKernel;
import dev.quicklime.internal.kernel.sums.PairSumKernel;
import dev.quicklime.internal.kernel.sums.TransposeKernel;

/**
 * All kernels in one of their two forms. Kernels have no state: whoever runs one in a loop takes it
 * once and holds it in a final field, so that the loop's calls have one target.
 */
public sealed interface KernelSet permits ScalarKernels, VectorKernels {

  /**
   * The kernels in one form. Those on vectors need a JVM started with the Vector API's module, and
   * are slow where that JVM does not optimize.
   */
  static KernelSet of(Implementation form) {
    return switch (form) {
      case SCALAR -> new ScalarKernels();
      case VECTOR -> new VectorKernels();
    };
  }

  /** Bits of the vectors that the kernels use; 0 where they are scalar. */
  int vectorBits();

  /** Draws masks. */
  MaskKernel masks();

  /** Looks numbers up by how many superpixels a mask shows. */
  CountKernel count();

  /** Spreads a row of masks over a picture. */
  PixelMaskKernel pixelMasks();

  /** Composes perturbed pictures. */
  BlendKernel blends();

  /** Composes two interleaved pictures at once. */
  PairKernel pairs();

  /** Sums the weights of pairs of columns, by classes of rows. */
  PairCountKernel pairCount();

  /** Sums the weights of pairs of columns, row by row. */
  PairSumKernel pairSum();

  /** Sums numbers by column. */
  ColumnSumKernel columnSum();

  /** Turns rows of bits into columns. */
  TransposeKernel transpose();

  /** Passes over coordinates in coordinate descent. */
  SweepKernel sweep();

  /** Combines rows of a matrix. */
  CombineKernel combine();

  /** Factors matrices and solves with the factors. */
  FactorKernel factor();
}
