/**
 * What every command does around its work: an output folder that nobody sees half of, progress and
 * notices on the terminal, Ctrl-C, exit codes, and what is begun before it is needed. Commands own
 * what they open and close it before they return; each runs on the main thread of a JVM that ends
 * with it.
 */
@NullMarked
package dev.quicklime.cli.run;

import org.jspecify.annotations.NullMarked;
