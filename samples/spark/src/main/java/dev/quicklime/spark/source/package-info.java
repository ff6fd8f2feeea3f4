/**
 * Where a job's pictures come from and its results go: files of any file system that Spark knows,
 * read where they are explained, and tables.
 */
@NullMarked
package dev.quicklime.spark.source;

import org.jspecify.annotations.NullMarked;
