/** Fits other surrogates to the samples of stored runs, without any model. For one thread. */
@NullMarked
package dev.quicklime.cli.refit;

import org.jspecify.annotations.NullMarked;
