/**
 * What an ONNX file says of itself and what it computes, read from its bytes without ONNX Runtime:
 * inputs, outputs, steps, metadata, files of weights beside it; and models made of its parts. Files
 * are mapped while they are read, and what comes of it is plain data. Any thread may read.
 */
@NullMarked
package dev.quicklime.onnx.internal.file;

import org.jspecify.annotations.NullMarked;
