/**
 * Benchmarks of whole explanations. A state owns its explainer for one trial; JMH's worker threads
 * are the only callers.
 */
@NullMarked
package dev.quicklime;

import org.jspecify.annotations.NullMarked;
