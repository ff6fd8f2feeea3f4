/**
 * Shows maps of Grad-CAM to people, those of a picture and those of a video, as figures and one
 * page of HTML. Frames of a video are taken one after the other and a few are kept. For one thread.
 */
@NullMarked
package dev.quicklime.report.gradcam;

import org.jspecify.annotations.NullMarked;
