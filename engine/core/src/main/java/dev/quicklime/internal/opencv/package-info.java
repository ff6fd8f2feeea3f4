/**
 * The only users of the OpenCV preset. Every method takes and gives plain arrays; what it allocates
 * natively belongs to one pointer scope that closes before the method returns. Methods check
 * whatever could bring the native code down, and may be called by any number of threads at once.
 */
@NullMarked
package dev.quicklime.internal.opencv;

import org.jspecify.annotations.NullMarked;
