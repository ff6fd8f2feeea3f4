/**
 * The {@code quicklime} command: the root and what starts it. What is public serves programs that
 * add commands of their own; each subcommand has a package.
 */
@NullMarked
package dev.quicklime.cli;

import org.jspecify.annotations.NullMarked;
