/**
 * What files of pictures say of themselves before anything is decoded: which format they are of,
 * how large and of what samples, how the camera was held, and what of them will be left out. Files
 * are walked here by their own structure, so that no decoder is given what it would read wrongly in
 * silence; the JDK's own decoders are called here. Nothing native is touched; every type is for one
 * thread, or immutable.
 */
@NullMarked
package dev.quicklime.internal.format;

import org.jspecify.annotations.NullMarked;
