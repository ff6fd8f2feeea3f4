/**
 * The ground that everything is drawn on. A drawing is a list of layers over {@code Graphics2D},
 * from which a figure's PNG, its SVG and its PDF are made alike; Batik writes the SVG, PDFBox the
 * PDF. Everything here lives on the heap; a figure is drawn by one thread, several threads may each
 * draw their own. AWT is first touched when a figure is drawn, so that programs without figures
 * start fast.
 */
@NullMarked
package dev.quicklime.report.drawing;

import org.jspecify.annotations.NullMarked;
