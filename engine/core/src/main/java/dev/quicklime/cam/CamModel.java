package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;

/** A model that maps pictures or videos by Grad-CAM, whatever runs it. */
public interface CamModel {

  /** What the model runs on, as {@code cpu} or {@code cuda:0}. */
  String device();

  /**
   * Maps of every picture or video of a batch, all its classes from one forward pass.
   *
   * @throws InvalidInputException if there is no such layer or class
   * @throws QuicklimeException if the model fails on such an input, returns something else than
   *     finite scores, or if these do not depend on the layer
   */
  CamResult explain(CamInput input, CamOptions options);
}
