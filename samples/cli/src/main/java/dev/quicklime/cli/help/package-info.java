/**
 * How commands present themselves: options in groups under headings, and the versions of what they
 * run on. Nothing here knows a single command or option.
 */
@NullMarked
package dev.quicklime.cli.help;

import org.jspecify.annotations.NullMarked;
