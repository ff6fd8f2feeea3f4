/**
 * Quicklime inside another program: with a model file, and with a classifier that is a plain
 * function. Each example owns its explainer and closes it; an explainer may be shared by threads.
 */
@NullMarked
package dev.quicklime.embed;

import org.jspecify.annotations.NullMarked;
