package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.util.List;

/**
 * A model that maps pictures or videos by Grad-CAM, whatever runs it. It may hold native memory
 * until it is closed.
 */
public interface CamModel extends AutoCloseable {

  /**
   * Number format of gradients and of the scores that come with maps, whatever the model is scored
   * in otherwise.
   */
  String PRECISION = "fp32";

  /** What the model runs on, as {@code cpu} or {@code cuda:0}. */
  String device();

  /** Threads of a pass on a processor, ≥ 1. */
  int threads();

  /**
   * What maps can be made of, in the order of computation, for inputs of one size.
   *
   * @param input batch, channels, height, width of pictures, or batch, channels, frames, height,
   *     width of videos; the batch does not matter
   * @throws QuicklimeException if the model fails on such an input, or if nothing in it has places
   */
  List<CamLayer> layers(int... input);

  /**
   * Maps of every picture or video of a batch, all its classes from one forward pass.
   *
   * @throws InvalidInputException if there is no such layer or class
   * @throws QuicklimeException if the model fails on such an input, returns something else than
   *     finite scores, or if these do not depend on the layer
   */
  CamResult explain(CamInput input, CamOptions options);

  /**
   * Raw scores alone, of every picture or video of a batch.
   *
   * @return for each picture or video a score for each class
   * @throws QuicklimeException as {@link #explain} does
   */
  double[][] scores(CamInput input);

  /** Frees the model; no map may be under way. Further calls do nothing. */
  @Override
  void close();
}
