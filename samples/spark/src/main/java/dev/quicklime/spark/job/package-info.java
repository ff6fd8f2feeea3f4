/**
 * The job for {@code spark-submit}: explains the pictures of a folder or a table into files, and
 * computes only what these lack.
 */
@NullMarked
package dev.quicklime.spark.job;

import org.jspecify.annotations.NullMarked;
