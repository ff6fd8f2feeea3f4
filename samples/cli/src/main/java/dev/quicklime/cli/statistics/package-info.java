/** Numbers that sum up samples. */
@NullMarked
package dev.quicklime.cli.statistics;

import org.jspecify.annotations.NullMarked;
