/**
 * Models elsewhere: a classifier whose pictures are scored by a predictor over HTTP, by KServe's V1
 * or V2. Batches go out from memory of its own, several at once; what comes back is read within
 * bounds and checked before anybody believes it. May be used by all threads.
 */
@NullMarked
package dev.quicklime.serve.remote;

import org.jspecify.annotations.NullMarked;
