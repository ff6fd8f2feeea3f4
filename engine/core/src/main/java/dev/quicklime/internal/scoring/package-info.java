/**
 * The one loop that takes samples through a model, batch by batch, checks what comes back and keeps
 * the explained classes' values. Feeds own the batches they took from the model and give them back
 * when they are closed; everything here is for one run and one thread.
 */
@NullMarked
package dev.quicklime.internal.scoring;

import org.jspecify.annotations.NullMarked;
