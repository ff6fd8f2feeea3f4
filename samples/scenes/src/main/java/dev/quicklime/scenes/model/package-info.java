/**
 * The bundled classifier: its architecture, its training on generated scenes, and the TorchScript
 * file it becomes, all through libtorch from Java. Native tensors belong to a {@link
 * dev.quicklime.scenes.model.SceneNetwork}, which is closed; training runs on the calling thread.
 */
@NullMarked
package dev.quicklime.scenes.model;

import org.jspecify.annotations.NullMarked;
