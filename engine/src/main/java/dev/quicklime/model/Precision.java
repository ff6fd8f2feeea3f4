package dev.quicklime.model;

/** Number format of a forward pass. */
public enum Precision {
  /** The format of the model file's own parameters: single precision. */
  AUTO,
  /** IEEE 754 single precision. */
  FP32,
  /**
   * bfloat16: half the memory and, on hardware that has it, much faster, with 8 bits of mantissa.
   */
  BF16
}
