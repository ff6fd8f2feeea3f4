/**
 * The subcommand {@code serve}: models from files, the options of requests read as those of the
 * command line are, and a server until the process is told to end. For one thread, but for what
 * reads options, which is for all.
 */
@NullMarked
package dev.quicklime.cli.serve;

import org.jspecify.annotations.NullMarked;
