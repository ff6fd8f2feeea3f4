/**
 * Explains several pictures and writes one report over them, like a paper. The command owns the
 * model until it returns; for one thread.
 */
@NullMarked
package dev.quicklime.cli.study;

import org.jspecify.annotations.NullMarked;
