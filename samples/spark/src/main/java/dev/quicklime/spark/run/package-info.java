/**
 * What the driver does before tasks run: options are read, files shipped, and everything that a
 * process could decide for itself is decided once for all of them.
 */
@NullMarked
package dev.quicklime.spark.run;

import org.jspecify.annotations.NullMarked;
