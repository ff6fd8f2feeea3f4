/**
 * What a model file does not say about itself, in a JSON file beside it. Cards are immutable values
 * of the heap; any thread may read and write them, but no two may write to one file.
 */
@NullMarked
package dev.quicklime.files.card;

import org.jspecify.annotations.NullMarked;
