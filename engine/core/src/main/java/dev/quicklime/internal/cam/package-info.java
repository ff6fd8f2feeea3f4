/**
 * What backends of Grad-CAM share: how an activation is laid out in maps, and how scores and
 * gradients become maps. It owns nothing; a {@link dev.quicklime.internal.cam.CamGradients} may lie
 * in a backend's memory and is for the thread that made it.
 */
@NullMarked
package dev.quicklime.internal.cam;

import org.jspecify.annotations.NullMarked;
