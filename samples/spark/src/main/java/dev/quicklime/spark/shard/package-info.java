/**
 * One explanation over many executors: its samples are scored and summed up where they are drawn,
 * and fitted once on the driver.
 */
@NullMarked
package dev.quicklime.spark.shard;

import org.jspecify.annotations.NullMarked;
