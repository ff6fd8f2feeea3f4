/**
 * Shows explanations of tables' rows to people: text, a page of HTML with a bar chart, and files
 * for programs. Everything lives on the heap and is garbage once written; one thread writes one
 * report.
 */
@NullMarked
package dev.quicklime.report.tabular;

import org.jspecify.annotations.NullMarked;
