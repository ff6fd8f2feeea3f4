/**
 * Grad-CAM with a runtime that has no gradients: a file is cut at a value through which everything
 * goes, and what follows it is run with every map moved a little. {@link
 * dev.quicklime.onnx.internal.cam.CutModel} owns sessions and buffers until it is closed; all of it
 * is for one thread at a time.
 */
@NullMarked
package dev.quicklime.onnx.internal.cam;

import org.jspecify.annotations.NullMarked;
