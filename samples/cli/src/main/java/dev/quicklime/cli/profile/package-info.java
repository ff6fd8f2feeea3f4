/**
 * Measures how many samples of which design a faithful explanation takes. What was measured is kept
 * line by line, so that an interrupted profile goes on. For one thread.
 */
@NullMarked
package dev.quicklime.cli.profile;

import org.jspecify.annotations.NullMarked;
