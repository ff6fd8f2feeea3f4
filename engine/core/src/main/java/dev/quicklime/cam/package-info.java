/**
 * What Grad-CAM is about, whatever runs the model: its input and options, the weights of the maps
 * and what comes out, gradient-weighted class activation maps of pictures and videos. Everything
 * but a {@link dev.quicklime.cam.CamModel} is plain heap data that any thread may read; a backend
 * owns the model's native memory.
 */
@NullMarked
package dev.quicklime.cam;

import org.jspecify.annotations.NullMarked;
