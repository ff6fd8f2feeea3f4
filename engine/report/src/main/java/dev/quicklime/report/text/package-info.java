/**
 * Numbers and the engine's types in words, alike on every page, in every figure and on the
 * terminal, whatever the locale. Stateless; for any thread.
 */
@NullMarked
package dev.quicklime.report.text;

import org.jspecify.annotations.NullMarked;
