/**
 * Profiles as jobs of Apache Spark: how many samples a faithful explanation needs, measured by as
 * many processes as there are. The driver hands out ranges of the masks that fits are compared by,
 * and then seeds, and keeps the results as the command {@code profile} does, to the bit.
 */
@NullMarked
package dev.quicklime.spark.profile;

import org.jspecify.annotations.NullMarked;
