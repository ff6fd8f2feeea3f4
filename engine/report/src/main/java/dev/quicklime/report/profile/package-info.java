/**
 * Profiles of samples against fidelity: measured rows in a file that an interrupted profile goes on
 * with, what they come to, and the page and charts that show it. Plain heap data; for one thread.
 */
@NullMarked
package dev.quicklime.report.profile;

import org.jspecify.annotations.NullMarked;
