/**
 * Superpixels: how a picture is cut into the parts that are shown or hidden. Segmenters are plain
 * data, {@link dev.quicklime.segment.Segmentation} does the work and {@link
 * dev.quicklime.segment.SegmentMap} is its immutable result on the heap. Native memory is taken and
 * given back inside a single call; all types may be used by any number of threads at once.
 */
@NullMarked
package dev.quicklime.segment;

import org.jspecify.annotations.NullMarked;
