/**
 * Benchmarks of what happens between the engine and libtorch; here because only this package
 * reaches it. A state owns its tensors for one trial; JMH's worker threads are the only callers.
 */
@NullMarked
package dev.quicklime.internal.torch;

import org.jspecify.annotations.NullMarked;
