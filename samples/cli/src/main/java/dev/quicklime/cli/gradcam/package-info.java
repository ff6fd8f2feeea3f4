/**
 * Maps pictures and videos by Grad-CAM and writes a report of each. The command owns the model
 * until it returns; frames come one at a time. For one thread.
 */
@NullMarked
package dev.quicklime.cli.gradcam;

import org.jspecify.annotations.NullMarked;
