/**
 * The figures of explanations and of maps: pictures under overlays, and the charts of their
 * numbers, each with its caption and alternative text. They are drawn at the picture's own size.
 * Plain heap data; a figure is drawn by one thread, several threads may each draw their own.
 */
@NullMarked
package dev.quicklime.report.figure;

import org.jspecify.annotations.NullMarked;
