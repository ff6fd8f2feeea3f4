package dev.quicklime.model;

/** Where perturbed samples are composed. */
public enum Compose {
  /** By the processor, into the batch that the model is handed. */
  HOST,
  /**
   * Where the model runs, by tensor operations on packed masks. Samples are the same bits; much
   * less goes to a GPU, and the processor has nothing to compose. On the CPU it is slower.
   */
  DEVICE
}
