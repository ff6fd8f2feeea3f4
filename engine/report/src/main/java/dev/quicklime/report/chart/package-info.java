/**
 * Bars, boxes, curves and histograms, drawn by JFreeChart in one style, as plates that figures are
 * made of. A chart is used by the thread that draws it; nothing is shared.
 */
@NullMarked
package dev.quicklime.report.chart;

import org.jspecify.annotations.NullMarked;
