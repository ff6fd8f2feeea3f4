/**
 * Draws scenes whose truth is known, trains the bundled model on them, and judges explanations by
 * them. For one thread.
 */
@NullMarked
package dev.quicklime.cli.scenes;

import org.jspecify.annotations.NullMarked;
