/**
 * Shows an explanation to people: text for a terminal, figures as files, and one page of HTML that
 * holds them all. Everything here lives on the heap and is garbage once written. A report is
 * written by one thread, for which those of the common pool draw figures; several threads may each
 * write their own, to different folders.
 */
@NullMarked
package dev.quicklime.report.explanation;

import org.jspecify.annotations.NullMarked;
