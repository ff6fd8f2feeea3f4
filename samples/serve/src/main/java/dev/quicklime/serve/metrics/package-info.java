/**
 * What a service counts, and its text for Prometheus. All of it may be used by all threads; reading
 * stops nobody from counting.
 */
@NullMarked
package dev.quicklime.serve.metrics;

import org.jspecify.annotations.NullMarked;
