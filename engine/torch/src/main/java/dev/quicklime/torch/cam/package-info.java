/**
 * Grad-CAM of TorchScript models: the graph is cut at a layer, whose values and gradients make the
 * maps. {@link dev.quicklime.torch.cam.GradCam} owns its module's native memory until it is closed
 * and may be used by several threads at once, whose passes take turns.
 */
@NullMarked
package dev.quicklime.torch.cam;

import org.jspecify.annotations.NullMarked;
