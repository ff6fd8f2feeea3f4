package dev.quicklime.serve.remote;

/** How a predictor is asked. */
public enum PredictorProtocol {
  /** {@code POST /v1/models/N:predict}, pictures as nested lists. */
  V1,
  /** {@code POST /v2/models/N/infer}, Open Inference, one tensor of pictures. */
  V2
}
