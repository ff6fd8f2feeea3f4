/**
 * Off-heap memory. The classes here are the only owners of an {@link java.lang.foreign.Arena}; each
 * closes what it owns exactly once. Pools may be used from any thread, a buffer belongs to whoever
 * took it. Besides, {@link dev.quicklime.internal.memory.LibraryPages} takes pages of libraries out
 * of the process that nothing reads any more.
 */
@NullMarked
package dev.quicklime.internal.memory;

import org.jspecify.annotations.NullMarked;
