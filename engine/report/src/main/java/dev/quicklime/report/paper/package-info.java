/**
 * What is taken over into papers: tables as CSV and LaTeX, and how Quicklime is cited. Everything
 * here lives on the heap; may be called by several threads at once, each for a folder of its own.
 */
@NullMarked
package dev.quicklime.report.paper;

import org.jspecify.annotations.NullMarked;
