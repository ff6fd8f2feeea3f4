/**
 * What the processor has: instruction sets, and the width of the vectors that kernels use. Read
 * once, and the same for all threads.
 */
@NullMarked
package dev.quicklime.internal.kernel.machine;

import org.jspecify.annotations.NullMarked;
