/**
 * Cuts a TorchScript graph at a layer and runs both halves, for the layer's values and gradients.
 * Native objects live in a scope of one call, but for the module, which its owner closes; calls
 * into one module are serialised.
 */
@NullMarked
package dev.quicklime.torch.internal.cam;

import org.jspecify.annotations.NullMarked;
