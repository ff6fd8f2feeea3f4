package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;

/** The rules that several segmenters share. */
final class SegmenterChecks {
  private SegmenterChecks() {}

  static void segments(int segments) {
    if (segments < Segmenter.MIN_SEGMENTS || segments > Segmenter.MAX_SEGMENTS) {
      throw new InvalidInputException(
          "segments must be between %s and %s, got %s"
              .formatted(Segmenter.MIN_SEGMENTS, Segmenter.MAX_SEGMENTS, segments));
    }
  }

  static void iterations(int iterations) {
    if (iterations < 1 || iterations > Segmenter.MAX_ITERATIONS) {
      throw new InvalidInputException(
          "iterations must be between 1 and %s, got %s"
              .formatted(Segmenter.MAX_ITERATIONS, iterations));
    }
  }
}
