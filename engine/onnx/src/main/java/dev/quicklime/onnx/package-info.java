/**
 * ONNX files run by ONNX Runtime on the processor: as classifiers of pictures and as models of
 * rows. A model holds native memory until it is closed, which lets a pass that is under way come to
 * its end; any thread may score, and passes of one model take turns.
 */
@NullMarked
package dev.quicklime.onnx;

import org.jspecify.annotations.NullMarked;
