/**
 * Small pictures with a known truth: generated scenes with the mask of their one object, the writer
 * that puts them into a folder, the measures that compare an explanation with the mask, and the
 * bundled model and pictures. Everything here is plain heap data; all types are immutable and may
 * be used from any thread.
 */
@NullMarked
package dev.quicklime.scenes;

import org.jspecify.annotations.NullMarked;
