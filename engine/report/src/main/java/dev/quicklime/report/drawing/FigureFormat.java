package dev.quicklime.report.drawing;

/** Formats of figures as files of their own. */
public enum FigureFormat {
  /** Pixels, with how many of them are an inch on paper. */
  PNG,

  /** Shapes and text, pictures in pixels, for browsers and drawing programs. */
  SVG,

  /** Shapes, lettering among them, and pictures in pixels, for papers. */
  PDF
}
