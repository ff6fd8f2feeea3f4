/**
 * Traces of requests, sent by OpenTelemetry's SDK where the environment asks for them; what belongs
 * to the SDK is loaded only then. All of it may be used by all threads.
 */
@NullMarked
package dev.quicklime.serve.trace;

import org.jspecify.annotations.NullMarked;
