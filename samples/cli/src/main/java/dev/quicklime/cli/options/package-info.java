/**
 * Groups of options that several commands share, and what they make of the words given: plain
 * values of the engine. What is wrong with an option is said in one line, with its name. For one
 * thread.
 */
@NullMarked
package dev.quicklime.cli.options;

import org.jspecify.annotations.NullMarked;
