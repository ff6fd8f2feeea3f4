/**
 * Off-heap memory. The classes here are the only owners of an {@link java.lang.foreign.Arena}; each
 * closes what it owns exactly once. Pools may be used from any thread, a buffer belongs to whoever
 * took it.
 */
@NullMarked
package dev.quicklime.internal.memory;

import org.jspecify.annotations.NullMarked;
