/**
 * Which batch of a model file is the fastest, measured once, by passes over pictures that are going
 * to be scored, and remembered in a small file of the folder that the options name. A trial owns
 * the memory of its batch while it is open; measuring is done by the thread that asks, and the file
 * may be written by several processes, of which the last wins.
 */
@NullMarked
package dev.quicklime.files.batches;

import org.jspecify.annotations.NullMarked;
