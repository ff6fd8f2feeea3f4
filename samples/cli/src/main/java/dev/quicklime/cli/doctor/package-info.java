/** Looks at what Quicklime runs on, part by part, and names the remedy for what is missing. */
@NullMarked
package dev.quicklime.cli.doctor;

import org.jspecify.annotations.NullMarked;
