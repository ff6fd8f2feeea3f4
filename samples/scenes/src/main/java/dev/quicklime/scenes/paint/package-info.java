/**
 * What a scene is painted with: figures, textures, backdrops, fragments, colours and noise, all as
 * functions of a point. Only arithmetic and {@link java.lang.StrictMath} are used, so that a scene
 * has the same bytes on every machine. Heap data only, immutable, for any thread.
 */
@NullMarked
package dev.quicklime.scenes.paint;

import org.jspecify.annotations.NullMarked;
