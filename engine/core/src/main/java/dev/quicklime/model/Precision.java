package dev.quicklime.model;

/** Number format of a forward pass. */
public enum Precision {
  /**
   * bfloat16 where the processor computes in it natively and its scores of the first pictures agree
   * with those in single precision: none is off by more than 1/32 of the range of all scores, and
   * no two of a picture's four best classes that are further apart than that change places. Single
   * precision otherwise.
   */
  AUTO,
  /** IEEE 754 single precision. */
  FP32,
  /**
   * bfloat16: half the memory and, on hardware that has it, much faster, with 8 bits of mantissa.
   */
  BF16
}
