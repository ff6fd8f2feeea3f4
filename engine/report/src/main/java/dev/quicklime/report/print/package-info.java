/**
 * Prints pages through a browser that is on the machine, in a process of its own. Nothing of it
 * stays behind: neither the process nor its profile.
 */
@NullMarked
package dev.quicklime.report.print;

import org.jspecify.annotations.NullMarked;
