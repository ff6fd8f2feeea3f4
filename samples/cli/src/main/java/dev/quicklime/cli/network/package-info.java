/**
 * Writes networks with random weights, for tests and measurements; a command that help does not
 * show.
 */
@NullMarked
package dev.quicklime.cli.network;

import org.jspecify.annotations.NullMarked;
