/**
 * Explains pictures on Apache Spark: from a table of pictures to a table of explanations, equal to
 * the bit whatever the cluster, the partitions and the failures.
 */
@NullMarked
package dev.quicklime.spark;

import org.jspecify.annotations.NullMarked;
