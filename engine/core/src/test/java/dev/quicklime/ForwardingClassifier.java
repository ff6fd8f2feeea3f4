package dev.quicklime;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.PipelinedClassifier;

/** A classifier that is another one in all that a test does not change. */
interface ForwardingClassifier extends PipelinedClassifier {

  /** The other one, which this owns. */
  PipelinedClassifier scorer();

  @Override
  default ClassifierInfo info() {
    return scorer().info();
  }

  @Override
  default BatchFormat format() {
    return scorer().format();
  }

  @Override
  default int batchSize() {
    return scorer().batchSize();
  }

  @Override
  default Batch newBatch() {
    return scorer().newBatch();
  }

  @Override
  default double[] score(Batch batch, int rows) {
    return scorer().score(batch, rows);
  }

  @Override
  default void close() {
    scorer().close();
  }
}
