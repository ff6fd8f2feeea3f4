/**
 * The only users of JavaCPP's libtorch preset. Every native object made here is owned by the class
 * that made it, or by the {@code PointerScope} of the call; nothing of it leaves the package. Safe
 * for several threads unless a class says otherwise.
 */
@NullMarked
package dev.quicklime.internal.torch;

import org.jspecify.annotations.NullMarked;
