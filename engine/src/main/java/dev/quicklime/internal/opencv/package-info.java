/**
 * The only users of JavaCPP's OpenCV preset. Every native object made here is owned by the {@code
 * PointerScope} of the call that made it; nothing of it leaves the package. Safe for several
 * threads.
 */
@NullMarked
package dev.quicklime.internal.opencv;

import org.jspecify.annotations.NullMarked;
