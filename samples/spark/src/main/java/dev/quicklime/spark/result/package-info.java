/**
 * What an explanation is in a table: a row for each explained class of a picture, or one that says
 * why a picture could not be explained.
 */
@NullMarked
package dev.quicklime.spark.result;

import org.jspecify.annotations.NullMarked;
