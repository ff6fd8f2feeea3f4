/**
 * Explains for a classifier that is a function of another process, which is asked over a
 * Unix-domain socket and finds its batches in a file that both have mapped, composed there without
 * a further copy. Each connection has a thread and a mapping of its own and shares nothing with
 * others.
 */
@NullMarked
package dev.quicklime.serve.ring;

import org.jspecify.annotations.NullMarked;
