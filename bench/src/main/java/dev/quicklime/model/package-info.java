/**
 * Benchmarks of classifiers. A state owns its model for one trial; JMH's worker threads are the
 * only callers.
 */
@NullMarked
package dev.quicklime.model;

import org.jspecify.annotations.NullMarked;
