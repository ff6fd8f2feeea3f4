/**
 * Frames in and out: video files through FFmpeg, and folders of pictures that stand for one. Frames
 * come one at a time, so that a long video takes no more memory than a short one. What reads or
 * writes owns its native memory until it is closed, and is for one thread.
 */
@NullMarked
package dev.quicklime.cli.video;

import org.jspecify.annotations.NullMarked;
