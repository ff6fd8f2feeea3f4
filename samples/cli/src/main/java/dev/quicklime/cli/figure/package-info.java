/**
 * Draws: pictures under overlays, and charts. A drawing is a list of layers over {@code
 * Graphics2D}, from which a figure's PNG and its SVG are made alike; the charts in it are
 * JFreeChart's, the SVG is written by Batik. Everything here lives on the heap; a figure is drawn
 * by one thread, several threads may each draw their own. AWT is first touched when a figure is
 * drawn, so that commands without figures start fast.
 */
@NullMarked
package dev.quicklime.cli.figure;

import org.jspecify.annotations.NullMarked;
