package dev.quicklime.report.page;

import dev.quicklime.report.figure.ColourKey;

/**
 * A figure whose colours have a key, which the page writes in its own letters.
 *
 * @param shown the figure
 * @param key to its colours
 */
public record Keyed(Shown shown, ColourKey key) {}
