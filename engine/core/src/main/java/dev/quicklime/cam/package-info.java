/**
 * Gradient-weighted class activation maps, Grad-CAM, of TorchScript models for pictures and videos.
 * {@link dev.quicklime.cam.GradCam} owns its module's native memory until it is closed and may be
 * used by several threads at once, whose passes take turns; what it returns is plain data of the
 * heap.
 */
@NullMarked
package dev.quicklime.cam;

import org.jspecify.annotations.NullMarked;
